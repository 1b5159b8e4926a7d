//! One module plays all roles of a tab: which one this is, and how a worker for another one is made.
//!
//! A worker is given the module that is already compiled here, so that it is loaded and compiled once a tab.

use js_sys::Object;
use wasm_bindgen::JsValue;
use web_sys::Worker;

use super::js::{error_text, property, set};

/// The workers' loader, beside the page.
const LOADER: &str = "./loader.js";
/// Where the loader keeps what it was given, in the worker's global scope.
const GIVEN: &str = "tabchainWorker";

/// What a thread of a tab does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Draws.
    Page,
    /// Keeps and checks the ledger.
    Node,
    /// Searches nonces.
    Miner,
}

impl Role {
    const fn name(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Node => "node",
            Self::Miner => "miner",
        }
    }
}

/// What this thread does.
pub fn role() -> Role {
    let name = property(&property(&js_sys::global(), GIVEN), "role").as_string();
    [Role::Node, Role::Miner].into_iter().find(|role| name.as_deref() == Some(role.name())).unwrap_or(Role::Page)
}

/// Starts a worker with this role.
pub(super) fn start_worker(role: Role) -> Result<Worker, String> {
    let worker = Worker::new(LOADER).map_err(|error| error_text(&error))?;
    let given = Object::new();
    set(&given, "role", &role.name().into());
    set(&given, "glue", &glue());
    set(&given, "module", &wasm_bindgen::module());
    worker.post_message(&given).map_err(|error| error_text(&error))?;
    Ok(worker)
}

/// The address of the module's JavaScript: the page's own script leaves it for us, and the loader tells it to workers.
fn glue() -> JsValue {
    let given = property(&property(&js_sys::global(), GIVEN), "glue");
    if given.is_string() { given } else { property(&js_sys::global(), "tabchainGlue") }
}
