//! Opening a node in its worker: who it is, what it kept, its ledger replayed.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use super::channel::scope;
use super::clock::{now, random_bytes};
use super::codec::decode;
use super::features::missing_in_worker;
use super::identity::{Claim, choose};
use super::js::report_panics;
use super::keeper::{Fault, Keeper};
use super::link::worker_failed;
use super::runtime::{DATABASE_LIMITS, Runtime, post};
use super::start::{FromPage, StartOptions};
use super::storage::{self, Storage, StoredRow};
use super::timeout::sleep;
use crate::api::{Feature, PROTOCOL_VERSION, StorageState, StorageTrouble, ToPage, UserError, code};
use crate::ledger::Params;
use crate::session::{Session, SessionConfig, SessionInput};

/// Most messages kept while the node is opening.
const MAX_EARLY: usize = 256;
/// Progress is told after so many replayed blocks.
const PROGRESS_BLOCKS: u32 = 25;

/// Runs the node worker: the whole of its role.
pub fn run_node() {
    report_panics(|reason| {
        post(&ToPage::Failed(worker_failed(&reason)));
    });
    let Ok(global) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else { return };
    let worker: Rc<RefCell<Worker>> = Rc::new(RefCell::new(Worker::Waiting));
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let message = decode::<FromPage>(&event.data()).ok();
        match message {
            Some(message) => take(&worker, message),
            None => post(&ToPage::Failed(UserError::new(
                code::INTERNAL_ERROR,
                "stale-worker",
                "the page said something its node does not understand: reload the page",
            ))),
        }
    });
    global.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // It lives as long as the worker.
    on_message.forget();
    post(&ToPage::Loaded { protocol: PROTOCOL_VERSION });
}

/// How far this worker is.
enum Worker {
    /// For its page's first word.
    Waiting,
    /// Opening; what came meanwhile.
    Opening(Vec<FromPage>),
    /// At work.
    Running(Rc<Runtime>),
}

fn take(worker: &Rc<RefCell<Worker>>, message: FromPage) {
    let runtime = match (&mut *worker.borrow_mut(), message) {
        (state @ Worker::Waiting, FromPage::Start(options)) => {
            *state = Worker::Opening(Vec::new());
            let worker = Rc::clone(worker);
            spawn_local(async move { open(&worker, options).await });
            return;
        }
        (Worker::Opening(early), message) => {
            if early.len() < MAX_EARLY {
                early.push(message);
            }
            return;
        }
        (Worker::Running(runtime), message) => (Rc::clone(runtime), message),
        (Worker::Waiting, _) => return,
    };
    let (runtime, message) = runtime;
    match message {
        FromPage::Request(request) => runtime.put(SessionInput::Page(request)),
        FromPage::Leave => runtime.leave(),
        FromPage::Return => runtime.come_back(),
        FromPage::Start(_) => {}
    }
}

async fn open(worker: &Rc<RefCell<Worker>>, options: StartOptions) {
    match open_node(options).await {
        Ok(runtime) => {
            let before = worker.replace(Worker::Running(runtime));
            if let Worker::Opening(early) = before {
                for message in early {
                    take(worker, message);
                }
            }
        }
        Err(error) => post(&ToPage::Failed(error)),
    }
}

async fn open_node(options: StartOptions) -> Result<Rc<Runtime>, UserError> {
    let params = Params::new(options.network, &options.room);
    let scope = scope(&params.genesis_hash());
    let mut listed = storage::list(&scope).await.unwrap_or_default();
    let earlier = earlier_nodes(&params).await;
    listed.extend(earlier.iter().cloned());
    let claim = choose(&scope, &options, &listed).await.map_err(no_entropy)?;
    let config = SessionConfig {
        name: claim.node.display_name(),
        release: options.release,
        network: options.network,
        room: options.room,
        entropy: random_bytes().map_err(no_entropy)?,
        stored: None,
        storage: StorageState::Stored,
    };
    let (mut session, storage) = match open_stored(&scope, &claim, &config, &earlier).await {
        Ok((session, storage)) => (session, Ok(storage)),
        // What is there is left as it is, and this node begins anew in memory.
        Err(fault) => {
            let storage = Keeper::without_database(DATABASE_LIMITS, now(), fault.clone()).storage();
            (Session::open(SessionConfig { storage, ..config }, now())?, Err(fault))
        }
    };
    // Nothing is to be done about it yet: the page learns of it with all else.
    let mut missing = missing_in_worker();
    if claim.lock.is_none() && !missing.contains(&Feature::WebLocks) {
        // The browser has locks and refuses them here.
        missing.push(Feature::WebLocks);
    }
    session.handle(now(), SessionInput::Missing(missing));
    let effects = session.opened(now());
    let runtime = Runtime::start(scope, claim, session, storage);
    runtime.carry_out(effects);
    runtime.join();
    Ok(runtime)
}

/// The nodes that earlier versions, with other rules, kept in this room, last open first.
async fn earlier_nodes(params: &Params) -> Vec<StoredRow> {
    let mut rows = Vec::new();
    for genesis in params.earlier_genesis_hashes() {
        rows.extend(storage::list(&scope(&genesis)).await.unwrap_or_default());
    }
    rows
}

/// The node as its database has it, its ledger replayed. One that is new by these rules takes over
/// what goes on of the node of its name by earlier ones.
async fn open_stored(
    scope: &str,
    claim: &Claim,
    config: &SessionConfig,
    earlier: &[StoredRow],
) -> Result<(Session, Storage), Fault> {
    let mut storage = Storage::open(scope, &claim.node).await?;
    let stored = storage.state().await?;
    let total = storage.block_count().await?;
    let is_new = stored.is_none() && total == 0;
    let config = SessionConfig { stored, ..config.clone() };
    let unreadable = |error: UserError| Fault { trouble: StorageTrouble::Unreadable, reason: error.text };
    let mut session = Session::open(config, now()).map_err(unreadable)?;
    if let Some(row) = earlier.iter().find(|row| is_new && row.node == claim.node) {
        // Should it not open now, this node may not be written as a new one: its words would be lost to sight.
        let not_now = |fault: Fault| Fault { trouble: StorageTrouble::Earlier, ..fault };
        let before = Storage::open(&row.scope, &row.node).await.map_err(not_now)?;
        if let Some(json) = before.state().await.map_err(not_now)? {
            let blocks = before.block_count().await.map_err(not_now)?;
            session.adopt_earlier(&json, blocks).map_err(unreadable)?;
        }
    }
    replay(&mut session, &storage, total).await?;
    // A node without blocks is in the list too.
    storage.write_row(session.chain().height());
    Ok((session, storage))
}

/// Gives the session the blocks it kept, a page at a time, so that the page sees how far it is.
async fn replay(session: &mut Session, storage: &Storage, total: u32) -> Result<(), Fault> {
    let (mut seq, mut done) = (0, 0);
    loop {
        let page = storage.blocks_after(seq).await?;
        let Some((last, _)) = page.last() else { return Ok(()) };
        seq = *last;
        for (_, bytes) in page {
            // One that can't be used is as if it were not there: the peers have it.
            if let Err(error) = session.replay(now(), &bytes) {
                web_sys::console::warn_1(&error.text.into());
            }
            done += 1;
            if done % PROGRESS_BLOCKS == 0 {
                post(&ToPage::Opening { done, total });
            }
        }
        // Lets messages in.
        sleep(0).await;
    }
}

fn no_entropy(reason: String) -> UserError {
    UserError::new(code::INTERNAL_ERROR, "no-entropy", reason.clone()).fact("reason", reason)
}
