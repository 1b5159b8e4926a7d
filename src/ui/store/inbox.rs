//! Messages of the node, handed on at most once an animation frame.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

use super::Dispatch;
use super::model::{Action, coalesce};
use crate::api::ToPage;

/// A page that is not seen gets no animation frames: its messages wait so long, in milliseconds.
const UNSEEN_MS: u32 = 300;

/// What waits for the next frame.
#[derive(Clone)]
pub struct Inbox {
    dispatch: Dispatch,
    waiting: Rc<RefCell<Vec<ToPage>>>,
    scheduled: Rc<Cell<bool>>,
}

impl Inbox {
    /// An empty one.
    pub fn new(dispatch: Dispatch) -> Self {
        Self { dispatch, waiting: Rc::default(), scheduled: Rc::default() }
    }

    /// Takes a message: replies go to who asked at once, all else waits for the frame.
    pub fn take(&self, message: ToPage) {
        match message {
            ToPage::Reply(reply) => self.dispatch.answer(*reply),
            message => {
                if let ToPage::Failed(error) = &message {
                    self.dispatch.fail_all(error);
                }
                coalesce(&mut self.waiting.borrow_mut(), message);
                self.schedule();
            }
        }
    }

    fn schedule(&self) {
        if self.scheduled.replace(true) {
            return;
        }
        let inbox = self.clone();
        let frame = Closure::once_into_js(move || inbox.flush());
        if let Some(window) = web_sys::window() {
            // Refused only where there is no window to draw in.
            let _ = window.request_animation_frame(frame.unchecked_ref());
        }
        let inbox = self.clone();
        Timeout::new(UNSEEN_MS, move || inbox.flush()).forget();
    }

    fn flush(&self) {
        self.scheduled.set(false);
        let messages = std::mem::take(&mut *self.waiting.borrow_mut());
        if !messages.is_empty() {
            self.dispatch.act(Action::Apply(messages));
        }
    }
}
