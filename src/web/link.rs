//! The page's side of its node worker.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{ErrorEvent, Event, MessageEvent, PageTransitionEvent, Worker};

use super::codec::{decode, encode};
use super::js::{error_text, text};
use super::role::{Role, give_role, start_worker};
use super::start::{FromPage, StartOptions};
use crate::api::{PROTOCOL_VERSION, Reply, Request, ToPage, UserError, code};

/// Requests kept until the worker is loaded; later ones are refused.
const MAX_QUEUE: usize = 256;

/// The link to this tab's node. Dropping it ends the node worker.
pub struct NodeLink {
    shared: Rc<Shared>,
    listeners: Vec<Closure<dyn FnMut(JsValue)>>,
}

struct Shared {
    worker: Worker,
    on_message: Box<dyn Fn(ToPage)>,
    /// Until the worker is loaded, as messages before that may be lost.
    queue: RefCell<Option<Vec<JsValue>>>,
    /// Why there is no node any more.
    failed: RefCell<Option<UserError>>,
}

impl NodeLink {
    /// Starts the node worker. `on_message` gets all it says, and [`ToPage::Failed`] if it can't be loaded or dies.
    ///
    /// # Errors
    /// What the browser said where it starts no worker at all.
    pub fn spawn(options: StartOptions, on_message: impl Fn(ToPage) + 'static) -> Result<Self, String> {
        let worker = start_worker()?;
        let queue = RefCell::new(Some(vec![encode(&FromPage::Start(options))]));
        let failed = RefCell::new(None);
        let shared = Rc::new(Shared { worker, on_message: Box::new(on_message), queue, failed });
        {
            let shared = Rc::clone(&shared);
            spawn_local(async move {
                if let Err(reason) = give_role(&shared.worker, Role::Node).await {
                    shared.fail(worker_failed(&reason));
                }
            });
        }

        let mut listeners = Vec::new();
        let mut listen = |action: fn(&Rc<Shared>, JsValue)| {
            let shared = Rc::clone(&shared);
            let closure = Closure::<dyn FnMut(JsValue)>::new(move |event| action(&shared, event));
            let function: js_sys::Function = closure.as_ref().unchecked_ref::<js_sys::Function>().clone();
            listeners.push(closure);
            function
        };
        shared.worker.set_onmessage(Some(&listen(Shared::take_message)));
        shared.worker.set_onerror(Some(&listen(Shared::take_error)));
        let unreadable = listen(|shared, _| shared.fail(unreadable("a message could not be copied")));
        let target: &web_sys::EventTarget = &shared.worker;
        target.add_event_listener_with_callback("messageerror", &unreadable).map_err(|error| error_text(&error))?;
        if let Some(window) = web_sys::window() {
            let leave = listen(|shared, _| shared.post(&FromPage::Leave));
            let back = listen(|shared, event| {
                // A first showing is no return.
                if event.dyn_ref::<PageTransitionEvent>().is_some_and(PageTransitionEvent::persisted) {
                    shared.post(&FromPage::Return);
                }
            });
            for (name, function) in [("pagehide", leave), ("pageshow", back)] {
                window.add_event_listener_with_callback(name, &function).map_err(|error| error_text(&error))?;
            }
        }
        Ok(Self { shared, listeners })
    }

    /// Sends a request; before the worker is loaded it is kept and sent then.
    pub fn send(&self, request: &Request) {
        self.shared.post(&FromPage::Request(request.clone()));
    }
}

impl Drop for NodeLink {
    fn drop(&mut self) {
        self.shared.end_worker();
        // The window's listeners go with the page; a link lives as long as its page.
        for listener in self.listeners.drain(..) {
            listener.forget();
        }
    }
}

impl Shared {
    fn post(self: &Rc<Self>, message: &FromPage) {
        let refusal = match (&*self.failed.borrow(), &mut *self.queue.borrow_mut()) {
            (Some(error), _) => Some(error.clone()),
            (None, Some(queue)) if queue.len() < MAX_QUEUE => {
                queue.push(encode(message));
                None
            }
            (None, Some(_)) => {
                Some(UserError::new(code::IN_WARMUP, "node-opening", "this tab's node is still opening"))
            }
            (None, None) => {
                self.post_bytes(&encode(message));
                None
            }
        };
        if let (Some(error), FromPage::Request(request)) = (refusal, message) {
            // Every request is answered, but not before it is sent.
            let (this, id) = (Rc::clone(self), request.id);
            spawn_local(async move { (this.on_message)(ToPage::Reply(Box::new(Reply { id, result: Err(error) }))) });
        }
    }

    fn post_bytes(&self, message: &JsValue) {
        // Bytes can always be posted.
        let _ = self.worker.post_message(message);
    }

    fn take_message(self: &Rc<Self>, event: JsValue) {
        let Some(data) = event.dyn_ref::<MessageEvent>().map(MessageEvent::data) else { return };
        let message = match decode::<ToPage>(&data) {
            Ok(message) => message,
            Err(error) => return self.fail(unreadable(&error)),
        };
        match message {
            ToPage::Loaded { protocol } if protocol == PROTOCOL_VERSION => {
                let queue = self.queue.borrow_mut().take();
                for message in queue.unwrap_or_default() {
                    self.post_bytes(&message);
                }
            }
            ToPage::Loaded { protocol } => self.fail(
                UserError::new(
                    code::INTERNAL_ERROR,
                    "stale-worker",
                    format!(
                        "the page speaks version {PROTOCOL_VERSION} and its node version {protocol}: reload the page"
                    ),
                )
                .fact("page", PROTOCOL_VERSION)
                .fact("node", protocol),
            ),
            ToPage::Failed(error) => self.fail(error),
            message => (self.on_message)(message),
        }
    }

    fn take_error(self: &Rc<Self>, event: JsValue) {
        let event_text = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message);
        let reason =
            event_text.filter(|text| !text.is_empty()).or_else(|| text(&event, "message")).unwrap_or_else(|| {
                if self.queue.borrow().is_some() { "its files could not be loaded" } else { "it stopped" }.to_owned()
            });
        if let Some(event) = event.dyn_ref::<Event>() {
            event.prevent_default();
        }
        self.fail(worker_failed(&reason));
    }

    /// Ends the node, so that its lock is free for another tab, and tells the page once, why.
    fn fail(&self, error: UserError) {
        if self.failed.borrow().is_some() {
            return;
        }
        self.failed.replace(Some(error.clone()));
        self.end_worker();
        (self.on_message)(ToPage::Failed(error));
    }

    /// What is left of the worker says nothing any more and holds nothing: no lock, no database, no miner.
    fn end_worker(&self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

/// The error of a node worker that is no more.
pub fn worker_failed(reason: &str) -> UserError {
    UserError::new(code::INTERNAL_ERROR, "node-worker-failed", format!("this tab's node failed: {reason}"))
        .fact("reason", reason)
}

fn unreadable(error: &str) -> UserError {
    UserError::new(
        code::INTERNAL_ERROR,
        "stale-worker",
        format!("the node said something this page does not understand: reload the page ({error})"),
    )
}
