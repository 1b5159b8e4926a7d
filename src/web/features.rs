//! Which features of the browser are missing.

use super::clock::random_bytes;
use super::js::property;
use super::{locks, page};
use crate::api::Feature;

/// What the node's worker does not have of what it uses.
pub(super) fn missing_in_worker() -> Vec<Feature> {
    Feature::ALL.into_iter().filter(|feature| !has(*feature)).collect()
}

/// Whether this thread has a feature; what only the page can have is not missed in a worker.
fn has(feature: Feature) -> bool {
    let global = js_sys::global();
    let is_function = |name: &str| property(&global, name).is_function();
    match feature {
        Feature::BroadcastChannel => is_function("BroadcastChannel"),
        Feature::IndexedDb => property(&global, "indexedDB").is_object(),
        Feature::WebLocks => locks::are_supported(),
        Feature::NestedWorkers => is_function("Worker"),
        Feature::Entropy => random_bytes::<1>().is_ok(),
        Feature::SiteStorage => web_sys::window().is_none() || page::can_keep(),
    }
}

/// The same for what only the page can tell.
pub fn missing_in_page() -> Vec<Feature> {
    [Feature::SiteStorage].into_iter().filter(|feature| !has(*feature)).collect()
}

/// Whether tabs can talk to each other, as far as the page can tell.
pub fn tabs_can_talk() -> bool {
    has(Feature::BroadcastChannel)
}
