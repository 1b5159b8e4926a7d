//! What the keeper of a node wants, done with the browser's database.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;

use super::{Runtime, TIMER_MS};
use crate::ledger::{BlockHash, Encodable};
use crate::session::SessionInput;
use crate::web::clock::now;
use crate::web::keeper::{BlockToKeep, Fault, Found, StateToKeep, Step};
use crate::web::storage::{Storage, Write};

impl Runtime {
    pub(super) fn want_block(&self, hash: BlockHash, size: usize) {
        let height = self.session.borrow().chain().index(&hash).map_or(0, |index| index.height);
        self.keeper.borrow_mut().want_block(BlockToKeep { hash, height, size });
    }

    pub(super) fn want_state(&self, json: String, height: u32) {
        self.keeper.borrow_mut().want_state(StateToKeep { json, height });
    }

    /// Holds an open database; if the browser closes it, the keeper learns of it.
    pub(super) fn hold(self: &Rc<Self>, mut storage: Storage) {
        let (this, number) = (Rc::downgrade(self), self.let_go.get());
        storage.watch(move |fault| {
            let Some(this) = this.upgrade() else { return };
            // Later, as this may be called by the database that goes.
            let fault = fault.clone();
            spawn_local(async move {
                if this.let_go.get() == number {
                    this.keeper.borrow_mut().lost(now(), fault);
                    this.go_on();
                }
            });
        });
        self.storage.replace(Some(storage));
    }

    /// Does what the keeper wants now, tells the session what is saved, and sets the timer for the rest.
    pub(super) fn keep(self: &Rc<Self>) {
        loop {
            let step = self.keeper.borrow_mut().next_step(now());
            match step {
                Some(Step::Write { attempt, blocks, state }) => self.write(attempt, &blocks, state),
                Some(Step::LetGo) => {
                    self.let_go.set(self.let_go.get() + 1);
                    // Dropping it closes it.
                    drop(self.storage.take());
                }
                Some(Step::Open { attempt }) => self.open_again(attempt),
                None => break,
            }
        }
        self.wake_keeper();
        let storage = self.keeper.borrow().storage();
        if self.told.replace(storage.clone()) != storage {
            self.put(SessionInput::Storage(storage));
        }
    }

    /// Something of the database is another now.
    fn go_on(self: &Rc<Self>) {
        self.keep();
        self.drain();
    }

    fn wake_keeper(self: &Rc<Self>) {
        let at = self.keeper.borrow().wake_at();
        let set = self.keeper_wake.borrow().as_ref().map(|(at, _)| *at);
        if at == set {
            return;
        }
        let timer = at.map(|at| {
            let millis = (at - now()).millis.clamp(TIMER_MS.0, TIMER_MS.1) as u32;
            let this = Rc::downgrade(self);
            let timeout = Timeout::new(millis, move || {
                let Some(this) = this.upgrade() else { return };
                // It has fired: not to be cancelled any more.
                if let Some((_, fired)) = this.keeper_wake.borrow_mut().take() {
                    fired.forget();
                }
                this.go_on();
            });
            (at, timeout)
        });
        // Dropping the one before cancels it.
        drop(self.keeper_wake.replace(timer));
    }

    fn write(self: &Rc<Self>, attempt: u64, blocks: &[BlockHash], state: Option<StateToKeep>) {
        let Some(mut storage) = self.storage.take() else { return };
        let mut batch: Vec<Write> = {
            let session = self.session.borrow();
            let block = |hash: &BlockHash| {
                let block = session.chain().block(hash)?;
                Some(Write::Block { hash: *hash, bytes: block.to_bytes() })
            };
            blocks.iter().filter_map(block).collect()
        };
        batch.extend(state.map(|StateToKeep { json, height }| Write::State { json, height }));
        let this = Rc::clone(self);
        spawn_local(async move {
            match storage.write(&batch).await {
                // One that was given up is closed by being dropped.
                Ok(()) => {
                    if this.keeper.borrow_mut().written(attempt) {
                        this.storage.replace(Some(storage));
                    }
                }
                Err(fault) => this.keeper.borrow_mut().failed(now(), attempt, fault),
            }
            this.go_on();
        });
    }

    fn open_again(self: &Rc<Self>, attempt: u64) {
        let this = Rc::clone(self);
        spawn_local(async move {
            match this.look_into_database().await {
                Ok((storage, found, missing)) => {
                    let session = this.session.borrow();
                    let height = session.chain().height();
                    let state = session.state_json().map(|json| StateToKeep { json, height });
                    drop(session);
                    let is_used = this.keeper.borrow_mut().opened(now(), attempt, found, missing, state);
                    if is_used {
                        this.hold(storage);
                    }
                }
                Err(fault) => this.keeper.borrow_mut().failed(now(), attempt, fault),
            }
            this.go_on();
        });
    }

    /// Opens the database and sees what it lacks of what is here, in the order in which it was taken.
    async fn look_into_database(&self) -> Result<(Storage, Found, Vec<BlockToKeep>), Fault> {
        let storage = Storage::open(&self.scope, &self.claim.node).await?;
        let kept = storage.block_hashes().await?;
        let anything = !kept.is_empty() || storage.state().await?.is_some();
        let session = self.session.borrow();
        let to_keep = |hash: &BlockHash| {
            let index = session.chain().index(hash).filter(|index| index.has_block())?;
            Some(BlockToKeep { hash: *hash, height: index.height, size: index.size })
        };
        let missing = session.blocks_taken().iter().filter(|hash| !kept.contains(*hash)).filter_map(to_keep).collect();
        Ok((storage, Found { anything }, missing))
    }
}
