//! Workers: what one of them does, and how it is started.
//!
//! One module plays both roles. The page's own script compiles it while the page is loaded; whoever starts a worker
//! hands it over, so that it is fetched and compiled once a tab.

use js_sys::{Object, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::Worker;

use super::js::{error_text, property, set};

/// The workers' loader, beside the page.
const LOADER: &str = "loader";
/// Where the page's own script leaves what workers need: the addresses of the loader and of the module's JavaScript,
/// and the compiled module, or a promise of it.
const PAGE_HAS: &str = "tabchainWorkers";
/// Where the loader leaves the same in a worker, with its role.
const WORKER_HAS: &str = "tabchainWorker";

/// What a worker does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Keeps and checks the ledger.
    Node,
    /// Searches nonces.
    Miner,
}

impl Role {
    const fn name(self) -> &'static str {
        match self {
            Self::Node => "node",
            Self::Miner => "miner",
        }
    }
}

/// What this worker does.
pub fn role() -> Role {
    let given = property(&property(&js_sys::global(), WORKER_HAS), "role").as_string();
    if given.as_deref() == Some(Role::Miner.name()) { Role::Miner } else { Role::Node }
}

/// Starts a worker without a role yet: messages to it are kept by the browser until it can read them.
pub(super) fn start_worker() -> Result<Worker, String> {
    let address = property(&given(), LOADER).as_string().unwrap_or_default();
    Worker::new(&address).map_err(|error| error_text(&error))
}

/// Gives a worker its role, and the module to play it.
///
/// # Errors
/// The module could not be fetched or compiled.
pub(super) async fn give_role(worker: &Worker, role: Role) -> Result<(), String> {
    let module = JsFuture::from(Promise::resolve(&property(&given(), "module")));
    let module = module.await.map_err(|error| error_text(&error))?;
    post_role(worker, role, &module)
}

/// The same in a worker, which has the module.
pub(super) fn share_role(worker: &Worker, role: Role) -> Result<(), String> {
    post_role(worker, role, &property(&given(), "module"))
}

fn post_role(worker: &Worker, role: Role, module: &JsValue) -> Result<(), String> {
    let message = Object::new();
    set(&message, "role", &role.name().into());
    set(&message, "module", module);
    for name in [LOADER, "glue"] {
        set(&message, name, &property(&given(), name));
    }
    worker.post_message(&message).map_err(|error| error_text(&error))
}

fn given() -> JsValue {
    let here = property(&js_sys::global(), WORKER_HAS);
    if here.is_object() { here } else { property(&js_sys::global(), PAGE_HAS) }
}
