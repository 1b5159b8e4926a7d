//! The node worker's miner workers.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use std::collections::BTreeMap;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ErrorEvent, Event, MessageEvent, Worker};

use super::codec::{decode, encode};
use super::js::property;
use super::miner_worker::{Miner, ready};
use super::role::{Role, share_role, start_worker};
use crate::miner::{FromMiner, ToMiner};

/// How often a miner that trapped is started again before it is said to have failed.
const MAX_RESTARTS: u8 = 3;

/// What a miner says, or why it is no more.
pub(super) type MinerReport = Rc<dyn Fn(u8, Result<FromMiner, String>)>;

/// The miners, numbered from 0.
///
/// In a browser whose workers can't start workers, miner 0 works in this worker itself, between
/// its other duties.
pub(super) struct Miners {
    miners: RefCell<BTreeMap<u8, Running>>,
    /// How often each was started again.
    restarts: RefCell<BTreeMap<u8, u8>>,
    report: MinerReport,
}

enum Running {
    Worker { worker: Worker, _listeners: [Closure<dyn FnMut(JsValue)>; 2] },
    Here(Miner),
}

impl Miners {
    /// None yet. `report` is never called before the method that caused it has returned.
    pub(super) fn new(report: impl Fn(u8, Result<FromMiner, String>) + 'static) -> Rc<Self> {
        Rc::new(Self { miners: RefCell::default(), restarts: RefCell::default(), report: Rc::new(report) })
    }

    /// Has so many miners: starts those missing, ends those beyond.
    pub(super) fn set_count(self: &Rc<Self>, count: u8) {
        self.miners.borrow_mut().retain(|number, _| *number < count);
        for number in 0..count {
            if self.miners.borrow().contains_key(&number) {
                continue;
            }
            match self.start(number) {
                Ok(running) => {
                    self.miners.borrow_mut().insert(number, running);
                }
                Err(reason) => self.fail(number, reason, Failure::Start),
            }
        }
    }

    /// Tells a miner; one that is no more does not hear it.
    pub(super) fn tell(&self, number: u8, message: ToMiner) {
        match self.miners.borrow().get(&number) {
            Some(Running::Worker { worker, .. }) => {
                // Bytes can always be posted.
                let _ = worker.post_message(&encode(&message));
            }
            Some(Running::Here(miner)) => miner.take(message),
            None => {}
        }
    }

    fn start(self: &Rc<Self>, number: u8) -> Result<Running, String> {
        if !property(&js_sys::global(), "Worker").is_function() {
            return Err("in this browser a worker can't start workers".to_owned());
        }
        let worker = start_worker()?;
        share_role(&worker, Role::Miner)?;
        let heard = Rc::new(Cell::new(false));
        let (this, heard_now) = (Rc::downgrade(self), Rc::clone(&heard));
        let on_message = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
            let Some(this) = this.upgrade() else { return };
            heard_now.set(true);
            let data = event.dyn_ref::<MessageEvent>().map(MessageEvent::data);
            match data.and_then(|data| decode::<FromMiner>(&data).ok()) {
                Some(FromMiner::Failed { reason }) => this.fail(number, reason, Failure::Trap),
                Some(message) => (this.report)(number, Ok(message)),
                None => {
                    this.fail(number, "the miner said something this node does not know".to_owned(), Failure::Trap);
                }
            }
        });
        let this = Rc::downgrade(self);
        let on_error = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
            let Some(this) = this.upgrade() else { return };
            let text = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message).filter(|text| !text.is_empty());
            if let Some(event) = event.dyn_ref::<Event>() {
                event.prevent_default();
            }
            let (failure, missing) = if heard.get() {
                (Failure::Trap, "the miner stopped")
            } else {
                (Failure::Start, "the miner's files could not be loaded")
            };
            this.fail(number, text.unwrap_or_else(|| missing.to_owned()), failure);
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Ok(Running::Worker { worker, _listeners: [on_message, on_error] })
    }

    /// A miner could not be started, and if it is the first it is replaced by one in this worker; or it trapped, and
    /// is ended and started again: never in this worker, which it would take with it.
    fn fail(self: &Rc<Self>, number: u8, reason: String, failure: Failure) {
        // Later, as this may be called by a listener of the miner that goes.
        let this = Rc::downgrade(self);
        Timeout::new(0, move || {
            let Some(this) = this.upgrade() else { return };
            let was = this.miners.borrow_mut().remove(&number);
            if failure == Failure::Trap && was.is_none() {
                // It was told already, or is not wanted any more.
                return;
            }
            let was_here = matches!(was, Some(Running::Here(_)));
            // Dropping it ends its worker.
            drop(was);
            if failure == Failure::Trap && this.may_restart(number) {
                web_sys::console::warn_1(&format!("miner {number} is started again: {reason}").into());
                if let Ok(running) = this.start(number) {
                    this.miners.borrow_mut().insert(number, running);
                    return;
                }
            }
            if failure == Failure::Trap || number != 0 || was_here {
                (this.report)(number, Err(reason));
                return;
            }
            web_sys::console::warn_1(&format!("mining inside the node's worker: {reason}").into());
            let report = Rc::clone(&this.report);
            let miner = Miner::inside(move |message| report(0, Ok(message)));
            this.miners.borrow_mut().insert(0, Running::Here(miner));
            (this.report)(0, Ok(ready()));
        })
        .forget();
    }
}

impl Miners {
    /// Whether a miner that trapped is tried once more.
    fn may_restart(&self, number: u8) -> bool {
        let mut restarts = self.restarts.borrow_mut();
        let before = restarts.get(&number).copied().unwrap_or_default();
        restarts.insert(number, before.saturating_add(1));
        before < MAX_RESTARTS
    }
}

/// How a miner failed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Failure {
    /// It could not be started.
    Start,
    /// It ran, and trapped.
    Trap,
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Self::Worker { worker, .. } = self {
            worker.set_onmessage(None);
            worker.set_onerror(None);
            worker.terminate();
        }
    }
}
