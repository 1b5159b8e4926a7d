//! Presence by Web Locks: a node's name belongs to who holds the lock named after it, and the
//! browser frees the lock of a tab that closes or crashes.
//!
//! The bindings are by name, as `web-sys` has these as unstable only.

use std::cell::RefCell;
use std::rc::Rc;

use futures::channel::oneshot;
use futures::future::{Either, select};
use js_sys::{Array, Function, Object, Promise};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::js::{call, error_text, property, set, text};

/// A held lock. Dropping it frees the lock.
#[derive(Debug)]
pub struct HeldLock {
    name: String,
    release: Function,
}

impl HeldLock {
    /// The lock's name.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for HeldLock {
    fn drop(&mut self) {
        let _ = self.release.call0(&JsValue::UNDEFINED);
    }
}

/// Whether this browser, in this context, has locks. Without https they are missing, save on localhost.
pub fn are_supported() -> bool {
    property(&manager(), "request").is_function()
}

/// Takes a lock if nobody holds it; `None` if someone does.
///
/// # Errors
/// What the browser said.
pub async fn try_hold(name: &str) -> Result<Option<HeldLock>, String> {
    let (granted, was_granted) = oneshot::channel::<Option<Function>>();
    let granted = RefCell::new(Some(granted));
    let callback = Closure::<dyn FnMut(JsValue) -> JsValue>::new(move |lock: JsValue| {
        let Some(granted) = granted.borrow_mut().take() else { return JsValue::UNDEFINED };
        if lock.is_null() || lock.is_undefined() {
            let _ = granted.send(None);
            return JsValue::UNDEFINED;
        }
        // The lock is held until this promise is resolved.
        let release = Rc::new(RefCell::new(None));
        let slot = Rc::clone(&release);
        let held = Promise::new(&mut |resolve, _| {
            slot.borrow_mut().replace(resolve);
        });
        let _ = granted.send(release.borrow_mut().take());
        held.into()
    });
    let options = Object::new();
    set(&options, "ifAvailable", &JsValue::TRUE);
    let request = call(&manager(), "request", &[name.into(), options.into(), callback.as_ref().clone()])
        .map_err(|error| error_text(&error))?;
    let request: Promise = request.dyn_into().map_err(|_| "a lock request is no promise".to_owned())?;
    match select(was_granted, JsFuture::from(request)).await {
        Either::Left((Ok(release), _)) => Ok(release.map(|release| HeldLock { name: name.to_owned(), release })),
        Either::Right((Err(error), _)) => Err(error_text(&error)),
        // Refused: the request ends as soon as its callback has.
        Either::Left((Err(_), _)) | Either::Right((Ok(_), _)) => Ok(None),
    }
}

/// The names of all locks held in this origin.
///
/// # Errors
/// What the browser said.
pub async fn held_names() -> Result<Vec<String>, String> {
    let query = call(&manager(), "query", &[]).map_err(|error| error_text(&error))?;
    let query: Promise = query.dyn_into().map_err(|_| "a lock query is no promise".to_owned())?;
    let snapshot = JsFuture::from(query).await.map_err(|error| error_text(&error))?;
    let held = property(&snapshot, "held").dyn_into::<Array>().unwrap_or_default();
    Ok(held.iter().filter_map(|lock| text(&lock, "name")).collect())
}

fn manager() -> JsValue {
    property(&property(&js_sys::global(), "navigator"), "locks")
}
