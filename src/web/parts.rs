//! Parts of the page with a module of their own, loaded when they are first shown.
//!
//! The module that starts the node keeps a door open for them in the page's global scope: through it a part hears
//! all that the node says, beginning with what is on screen now, and speaks to the node.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::codec::{Heard, ReadView, ViewKind, decode, decode_to_page, encode};
use super::js::{call, error_text, property, set};
use crate::session::{PROTOCOL_VERSION, Request, ToPage, UserError};

/// The door's name in the page's global scope.
const DOOR: &str = "tabchainDoor";
/// The loader's name there; the page's own script defines it.
const LOADER: &str = "tabchainLoad";

/// What a part says through the door.
pub(super) enum FromPart {
    /// It listens.
    Attach(Function),
    /// It asks the node.
    Request(Request),
    /// It has something to tell the user: a text, or what failed.
    News(Result<String, UserError>),
}

/// The parts that listen, and what one that comes later has to know.
#[derive(Default)]
pub(super) struct PartLinks {
    listeners: RefCell<Vec<Function>>,
    /// The newest of each kind of view, and of what is kept of the rest.
    newest: RefCell<[Option<JsValue>; ViewKind::ALL.len() + 1]>,
}

impl PartLinks {
    /// Opens the door; what comes through it goes to `take`.
    pub(super) fn open_door(take: impl Fn(FromPart) + 'static) {
        let take = Rc::new(take);
        let door = js_sys::Object::new();
        let entry = |name: &str, read: fn(&JsValue) -> Option<FromPart>| {
            let take = Rc::clone(&take);
            let function = Closure::<dyn FnMut(JsValue)>::new(move |said: JsValue| {
                if let Some(said) = read(&said) {
                    take(said);
                }
            });
            set(&door, name, function.as_ref());
            // It lives as long as the page.
            function.forget();
        };
        entry("attach", |said| said.dyn_ref::<Function>().cloned().map(FromPart::Attach));
        entry("request", |said| decode(said).ok().map(FromPart::Request));
        entry("news", |said| decode(said).ok().map(FromPart::News));
        set(&door, "protocol", &PROTOCOL_VERSION.into());
        set(&js_sys::global(), DOOR, &door);
    }

    pub(super) fn attach(&self, listener: Function) {
        for message in self.newest.borrow().iter().rev().flatten() {
            // A listener that throws is its own affair.
            let _ = listener.call1(&JsValue::UNDEFINED, message);
        }
        self.listeners.borrow_mut().push(listener);
    }

    /// Hands a message on; `keep`: one that comes later has to know it.
    pub(super) fn tell(&self, kind: Option<ViewKind>, message: &JsValue, keep: bool) {
        if keep {
            let at = kind.map_or(ViewKind::ALL.len(), |kind| kind as usize);
            if let Some(slot) = self.newest.borrow_mut().get_mut(at) {
                *slot = Some(message.clone());
            }
        }
        for listener in self.listeners.borrow().iter() {
            let _ = listener.call1(&JsValue::UNDEFINED, message);
        }
    }
}

/// A part's link to the node, through the door.
#[derive(Clone)]
pub struct PartLink {
    door: JsValue,
}

impl PartLink {
    /// Listens: `on_message` gets what is on screen now and then all that the node says, but the
    /// views that `read_view` leaves out.
    ///
    /// # Errors
    /// There is no door, or the page is of another version than this part.
    pub fn attach(read_view: ReadView, on_message: impl Fn(ToPage) + 'static) -> Result<Self, String> {
        let door = property(&js_sys::global(), DOOR);
        let protocol = property(&door, "protocol").as_f64();
        if protocol != Some(f64::from(PROTOCOL_VERSION)) {
            return Err("this part of the page is of another version than the page: reload the page".to_owned());
        }
        let listener = Closure::<dyn FnMut(JsValue)>::new(move |message: JsValue| {
            let message = match decode_to_page(&message) {
                Ok(Heard::View(kind, bytes)) => match read_view(kind as u8, &bytes) {
                    Some(Ok(view)) => ToPage::View(Box::new(view)),
                    // What can't be read is told by the page's shell.
                    Some(Err(_)) | None => return,
                },
                Ok(Heard::Message(message)) => *message,
                Err(_) => return,
            };
            on_message(message);
        });
        let attached = call(&door, "attach", &[listener.as_ref().clone()]).map_err(|error| error_text(&error));
        // It lives as long as the page.
        listener.forget();
        attached.map(|_| Self { door })
    }

    /// Sends a request. Its number must not be one the shell uses.
    pub fn send(&self, request: &Request) {
        let _ = call(&self.door, "request", &[encode(request)]);
    }

    /// Has the shell tell the user: a text, or what failed.
    pub fn tell_user(&self, news: &Result<String, UserError>) {
        let _ = call(&self.door, "news", &[encode(news)]);
    }
}

/// Loads a part's module, once; a later call waits for the same.
///
/// # Errors
/// What the browser said.
pub async fn load_part(name: &str) -> Result<(), String> {
    let promise = call(&js_sys::global(), LOADER, &[name.into()]).map_err(|error| error_text(&error))?;
    let promise: Promise = promise.dyn_into().map_err(|_| "the page has no loader".to_owned())?;
    JsFuture::from(promise).await.map(|_| ()).map_err(|error| error_text(&error))
}
