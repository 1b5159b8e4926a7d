//! A session: one tab's node, wallet and miner, and what they say to each other.
//!
//! Sans-IO: time and entropy come in, effects go out. The same inputs give the same effects.

use std::ops::Deref;

use super::publisher::Publisher;
use crate::api::{Answer, Notice, Reply, ToPage};
use crate::ledger::Time;
use crate::miner::MiningInput;
use crate::node::Input;
use crate::session::own::OwnInput;
use crate::session::state::State;
use crate::session::{Effect, SessionInput};

/// One tab's node, wallet and miner.
///
/// What it knows is [`State`], which it can be read as. What changes that says so: `self.state`.
pub struct Session {
    pub(super) state: State,
    pub(super) publisher: Publisher,
    /// Stored blocks are being replayed: nothing is stored again, nobody is told.
    pub(super) opening: bool,
    /// What is stored beside the blocks is another than the database has.
    pub(super) state_changed: bool,
    /// When the node wants to be called.
    pub(super) node_wake: Option<Time>,
    /// What is to be done so far.
    pub(super) effects: Vec<Effect>,
}

impl Deref for Session {
    type Target = State;

    fn deref(&self) -> &State {
        &self.state
    }
}

impl Session {
    /// Takes what happened, and returns what is to be done about it, in this order.
    pub fn handle(&mut self, now: Time, input: SessionInput) -> Vec<Effect> {
        self.state.now = now;
        match input {
            SessionInput::PeerUp(name) => self.peer_up(now, name),
            SessionInput::PeerDown(name) => self.peer_down(now, &name),
            SessionInput::Frame { from, bytes } => self.frame(now, &from, bytes),
            SessionInput::Page(request) => self.command(now, request),
            SessionInput::Miner { worker, message } => self.miner(now, MiningInput::Worker { worker, message }),
            SessionInput::MinerFailed { worker, reason } => {
                self.miner(now, MiningInput::WorkerFailed { worker, reason });
            }
            SessionInput::Tick => {
                let outputs = self.state.node.handle(now, Input::Tick);
                self.react(now, outputs);
                self.miner(now, MiningInput::Tick);
            }
            SessionInput::Missing(features) => self.state.missing = features,
            SessionInput::Storage(state) => self.storage_changed(state),
            SessionInput::StoredNodes { id, result } => {
                self.effects.push(Effect::ToPage(ToPage::Reply(Box::new(Reply {
                    id,
                    result: result.map(Answer::StoredNodes),
                }))));
            }
        }
        self.finish(now)
    }

    /// Stores and publishes what changed, and says when to be called again.
    pub(super) fn finish(&mut self, now: Time) -> Vec<Effect> {
        self.wallet_catches_up();
        self.tell_own(now);
        if self.state_changed && !self.opening {
            self.state_changed = false;
            if let Some(json) = self.state_json() {
                self.effects.push(Effect::StoreState { json, height: self.chain().height() });
            }
        }
        self.keep_hand_header(now);
        self.give_own(now, OwnInput::Tick);
        let publish_at = self.publish(now);
        let wake = [self.node_wake, self.mining.wake_at(), self.easy_block_at(), self.own.wake_at(), publish_at];
        let wake = wake.into_iter().flatten().min();
        if let Some(at) = wake {
            self.effects.push(Effect::WakeAt(at));
        }
        std::mem::take(&mut self.effects)
    }

    /// Tells the user of something, but for what is only replayed.
    pub(super) fn notice(&mut self, notice: Notice) {
        if !self.opening {
            self.effects.push(Effect::ToPage(ToPage::Notice(notice)));
        }
    }
}
