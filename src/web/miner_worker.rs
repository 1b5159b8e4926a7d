//! The miner worker: does the slice it is given, reports, and waits for the next.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use super::clock::precise_millis;
use super::codec::{decode, encode};
use crate::miner::{FromMiner, Job, KERNEL, MINER_PROTOCOL_VERSION, ToMiner, search};

/// Runs the miner worker: the whole of its role.
pub fn run_miner() {
    super::js::report_panics(|reason| post(&FromMiner::Failed { reason }));
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else { return };
    let miner = Miner::alone(|message| post(&message));
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let message = decode::<ToMiner>(&event.data()).ok();
        match message {
            Some(message) => miner.take(message),
            None => post(&FromMiner::Failed { reason: "the miner was told something it does not know".to_owned() }),
        }
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // It lives as long as the worker.
    on_message.forget();
    post(&ready());
}

/// The first word of a miner.
pub(super) fn ready() -> FromMiner {
    FromMiner::Ready { protocol: MINER_PROTOCOL_VERSION, kernel: KERNEL.to_owned() }
}

fn post(message: &FromMiner) {
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else { return };
    // Bytes can always be posted.
    let _ = scope.post_message(&encode(message));
}

/// A miner in the worker it is made in.
pub(super) struct Miner {
    report: Rc<dyn Fn(FromMiner)>,
    /// Rest before every job, in milliseconds.
    least_rest_ms: Option<u32>,
    /// The job that rests before it begins.
    resting: RefCell<Option<Timeout>>,
}

impl Miner {
    /// A miner with a worker of its own.
    fn alone(report: impl Fn(FromMiner) + 'static) -> Self {
        Self { report: Rc::new(report), least_rest_ms: None, resting: RefCell::new(None) }
    }

    /// A miner that shares its worker: it lets others have their turn before each job, and so
    /// never reports before it was told.
    pub(super) fn inside(report: impl Fn(FromMiner) + 'static) -> Self {
        Self { report: Rc::new(report), least_rest_ms: Some(1), resting: RefCell::new(None) }
    }

    /// Does what it is told; a job that has not begun is dropped for it.
    pub(super) fn take(&self, message: ToMiner) {
        // Dropping a timeout cancels it.
        drop(self.resting.take());
        let ToMiner::Search(job) = message else { return };
        match self.least_rest_ms.unwrap_or(0).max(job.rest_ms) {
            0 => work(&*self.report, &job),
            rest_ms => {
                let report = Rc::clone(&self.report);
                let timeout = Timeout::new(rest_ms, move || work(&*report, &job));
                self.resting.replace(Some(timeout));
            }
        }
    }
}

fn work(report: &dyn Fn(FromMiner), job: &Job) {
    let began = precise_millis();
    let mut result = search(job);
    result.micros = ((precise_millis() - began).max(0.001) * 1000.0) as u64;
    report(FromMiner::Report(result));
}
