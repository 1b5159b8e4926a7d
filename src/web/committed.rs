//! Waiting until a transaction of the database is committed, and why it was not.

use std::cell::RefCell;
use std::rc::Rc;

use futures::channel::oneshot;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Event, IdbTransaction};

use super::js::{error_text, property};

/// Returns when the transaction is committed.
///
/// # Errors
/// What the browser said; the transaction has changed nothing then.
pub(super) async fn committed(transaction: IdbTransaction) -> Result<(), String> {
    let refused: Rc<RefCell<Option<String>>> = Rc::default();
    let reason = Rc::clone(&refused);
    let aborting = transaction.clone();
    let on_error = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
        let error = property(&property(&event, "target"), "error");
        // The first is the cause, those that follow are its effects.
        reason.borrow_mut().get_or_insert_with(|| error_text(&error));
        // Some browsers tell the whole worker of what nobody prevents. It must abort all the same.
        event.prevent_default();
        // Refused only where it aborts already.
        let _ = aborting.abort();
    });
    let (done, waiting) = oneshot::channel();
    // One of the two events comes, and comes last.
    let on_end = Closure::once_into_js(move |event: Event| {
        let _ = done.send(event.type_() == "complete");
    });
    transaction.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    transaction.set_oncomplete(Some(on_end.unchecked_ref()));
    transaction.set_onabort(Some(on_end.unchecked_ref()));
    let is_committed = waiting.await;
    transaction.set_onerror(None);
    if is_committed == Ok(true) {
        return Ok(());
    }
    let said = refused.borrow_mut().take();
    let why = said.or_else(|| transaction.error().map(|error| error_text(&error)));
    Err(why.unwrap_or_else(|| "the database gave the write up".to_owned()))
}
