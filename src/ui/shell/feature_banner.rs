//! What the browser lacks, until the user has read it.

use yew::prelude::*;

use crate::api::Feature;
use crate::ui::parts::{Button, Icon, IconName, MissingFeatures};
use crate::ui::use_text;
use crate::web::missing_in_page;

/// Properties of [`FeatureBanner`].
#[derive(Properties, PartialEq)]
pub struct FeatureBannerProps {
    /// What the node lacks.
    pub missing: Vec<Feature>,
}

/// The banner; the network page goes on to say it.
#[component]
pub fn FeatureBanner(props: &FeatureBannerProps) -> Html {
    let text = use_text();
    let is_read = use_state_eq(|| false);
    let in_page = use_memo((), |()| missing_in_page());
    // That nothing can be saved is told by a banner of its own, with what is not saved.
    let told = |feature: &&Feature| **feature != Feature::IndexedDb;
    let missing: Vec<Feature> = props.missing.iter().chain(in_page.iter()).filter(told).copied().collect();
    if missing.is_empty() || *is_read {
        return Html::default();
    }
    let onclick = {
        let is_read = is_read.clone();
        Callback::from(move |_: MouseEvent| is_read.set(true))
    };
    html! {
        <div class="banner" data-kind="pending" data-banner="features">
            <Icon name={IconName::Warning} size={18} />
            <div class="grow"><b>{text.t(key!("features.title"))}</b><MissingFeatures {missing} /></div>
            <Button small={true} action="features-read" {onclick}>{text.t(key!("common.close"))}</Button>
        </div>
    }
}
