//! The node worker: a session, and everything of the browser that it needs.
//!
//! One input at a time goes into the session. What comes out is done at once, but for what waits until something is
//! kept ([`EffectQueue`](super::effects::EffectQueue)); nothing here decides about the ledger.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::timers::callback::{Interval, Timeout};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::DedicatedWorkerGlobalScope;

use super::channel::{Channels, Incoming, scope};
use super::clock::{now, random_bytes};
use super::codec::encode;
use super::effects::EffectQueue;
use super::hub::{self, Hub, HubOutput};
use super::identity::{Claim, claim, node_of_lock};
use super::keeper::{Fault, Keeper, TimeLimits};
use super::miners::Miners;
use super::storage::{self, Storage};
use super::{Slug, locks};
use crate::api::{Feature, NodeName, StorageState, StoredNode, ToPage, UserError};
use crate::ledger::{Duration, Time};
use crate::session::{Effect, Session, SessionInput};

mod keeping;

/// Bounds of a timer, in milliseconds: no busy loop, and no more than a browser can wait.
const TIMER_MS: (u64, u64) = (4, 0x7fff_ffff);
/// How long the database may take; what waits for it goes on then.
pub(super) const DATABASE_LIMITS: TimeLimits =
    TimeLimits { write: Duration::from_secs(5), open: Duration::from_millis(storage::OPEN_MS as u64) };
/// Bitcoin Core's code of a database error (`RPC_DATABASE_ERROR`).
const DATABASE_ERROR: i32 = -20;

/// A node at work.
pub(super) struct Runtime {
    scope: String,
    /// Its name, and the lock that makes it this tab's, held as long as this worker lives.
    claim: Claim,
    session: RefCell<Session>,
    effects: RefCell<EffectQueue>,
    /// Effects are being done, further up the stack.
    draining: Cell<bool>,
    keeper: RefCell<Keeper>,
    /// The database while it is open and idle.
    storage: RefCell<Option<Storage>>,
    /// How many databases were let go: what one of them says later is not heard.
    let_go: Cell<u64>,
    /// The keeper's next moment, and the timer that is set to it.
    keeper_wake: RefCell<Option<(Time, Timeout)>>,
    /// What the session knows of what is saved.
    told: RefCell<StorageState>,
    hub: RefCell<Hub>,
    channels: RefCell<Option<Channels>>,
    miners: RefCell<Option<Rc<Miners>>>,
    wake: RefCell<Option<Timeout>>,
    presence: RefCell<Option<Interval>>,
    /// The user wants to be linked with the others.
    takes_part: Cell<bool>,
}

impl Runtime {
    /// Puts a session to work, and links it with the others.
    pub(super) fn start(scope: String, claim: Claim, session: Session, storage: Result<Storage, Fault>) -> Rc<Self> {
        let hub = Hub::new(claim.node.clone());
        let (storage, keeper) = match storage {
            Ok(storage) => (Some(storage), Keeper::with_open_database(DATABASE_LIMITS)),
            Err(fault) => (None, Keeper::without_database(DATABASE_LIMITS, now(), fault)),
        };
        let told = RefCell::new(session.node_view().storage);
        let runtime = Rc::new(Self {
            scope,
            claim,
            session: RefCell::new(session),
            effects: RefCell::default(),
            draining: Cell::new(false),
            keeper: RefCell::new(keeper),
            storage: RefCell::default(),
            let_go: Cell::new(0),
            keeper_wake: RefCell::default(),
            told,
            hub: RefCell::new(hub),
            channels: RefCell::new(None),
            miners: RefCell::new(None),
            wake: RefCell::new(None),
            presence: RefCell::new(None),
            takes_part: Cell::new(true),
        });
        if let Some(storage) = storage {
            runtime.hold(storage);
        }
        runtime.start_miners();
        runtime.start_channels();
        runtime
    }

    /// Puts something into the session and does what comes out.
    pub(super) fn put(self: &Rc<Self>, input: SessionInput) {
        let effects = self.session.borrow_mut().handle(now(), input);
        self.carry_out(effects);
    }

    /// Takes part in the network.
    pub(super) fn join(self: &Rc<Self>) {
        let run = random_bytes().map_or_else(|_| now().millis as u32, u32::from_le_bytes);
        let outputs = self.hub.borrow_mut().join(now(), run);
        self.hub_says(outputs);
    }

    /// Takes part again, after its page was away, if it did before.
    pub(super) fn come_back(self: &Rc<Self>) {
        if self.takes_part.get() {
            self.join();
        }
    }

    /// Takes leave of the other nodes.
    pub(super) fn leave(self: &Rc<Self>) {
        let outputs = self.hub.borrow_mut().leave();
        self.hub_says(outputs);
    }

    /// Does what the session wants: at once, but for what waits until something is kept.
    pub(super) fn carry_out(self: &Rc<Self>, effects: Vec<Effect>) {
        let mut replies = Vec::new();
        let mut changes = false;
        for effect in effects {
            match effect {
                Effect::StoreBlock { hash, bytes } => {
                    changes = true;
                    self.want_block(hash, bytes.len());
                }
                Effect::StoreState { json, height } => {
                    changes = true;
                    self.want_state(json, height);
                }
                Effect::SaveNow => self.keeper.borrow_mut().try_now(now()),
                Effect::MinerWorkers(count) => {
                    if let Some(miners) = self.miners() {
                        miners.set_count(count);
                    }
                }
                Effect::Miner { worker, message } => {
                    if let Some(miners) = self.miners() {
                        miners.tell(worker, message);
                    }
                }
                Effect::WakeAt(time) => self.wake_at(time),
                Effect::ListStoredNodes { id } => self.list_stored_nodes(id),
                Effect::DeleteStoredNode { id, name } => self.delete_stored_node(id, &name),
                Effect::Send { to, bytes } => self.queue_frame(to, bytes),
                reply @ Effect::ToPage(ToPage::Reply(_)) => replies.push(reply),
                Effect::ToPage(message) => post(&message),
                about_others @ (Effect::Disconnect { .. } | Effect::SetNetworkActive(_)) => {
                    let after = self.keeper.borrow().last_block();
                    self.effects.borrow_mut().push(about_others, after);
                }
            }
        }
        // A reply says that something is done: what it changed is kept by then, if it can be.
        let after = if changes { self.keeper.borrow().last() } else { 0 };
        for reply in replies {
            self.effects.borrow_mut().push_reply(reply, after);
        }
        self.keep();
        self.drain();
    }

    /// A frame goes behind the blocks before it.
    fn queue_frame(self: &Rc<Self>, to: NodeName, bytes: Vec<u8>) {
        let after = self.keeper.borrow().last_block();
        let fits = self.effects.borrow_mut().push(Effect::Send { to: to.clone(), bytes }, after);
        if !fits {
            // A stream with a hole is no stream: both sides begin anew.
            self.drop_link(&to, None);
            self.put(SessionInput::PeerDown(to));
        }
    }

    fn drain(self: &Rc<Self>) {
        if self.draining.replace(true) {
            return;
        }
        loop {
            let settled = self.keeper.borrow().settled();
            let next = self.effects.borrow_mut().take_next(settled);
            let Some(effect) = next else { break };
            self.do_now(effect);
        }
        self.draining.set(false);
        if let Some(channels) = &*self.channels.borrow() {
            channels.flush();
        }
    }

    fn do_now(self: &Rc<Self>, effect: Effect) {
        match effect {
            Effect::Send { to, bytes } => {
                let run = self.hub.borrow().run();
                if let (Some(channels), Some(to)) = (&*self.channels.borrow(), Slug::parse(&to.0)) {
                    channels.send(&to, run, &bytes);
                }
            }
            Effect::Disconnect { peer, until } => self.drop_link(&peer, until),
            Effect::ToPage(message) => post(&message),
            Effect::SetNetworkActive(active) => {
                self.takes_part.set(active);
                if active {
                    self.join();
                } else {
                    self.leave();
                }
            }
            // Done before it comes here.
            Effect::StoreBlock { .. }
            | Effect::StoreState { .. }
            | Effect::SaveNow
            | Effect::MinerWorkers(_)
            | Effect::Miner { .. }
            | Effect::WakeAt(_)
            | Effect::ListStoredNodes { .. }
            | Effect::DeleteStoredNode { .. } => {}
        }
    }

    fn wake_at(self: &Rc<Self>, time: Time) {
        let millis = (time - now()).millis.clamp(TIMER_MS.0, TIMER_MS.1) as u32;
        let this = Rc::downgrade(self);
        let timeout = Timeout::new(millis, move || {
            let Some(this) = this.upgrade() else { return };
            // It has fired: not to be cancelled any more.
            if let Some(fired) = this.wake.borrow_mut().take() {
                fired.forget();
            }
            this.put(SessionInput::Tick);
        });
        // Dropping the one before cancels it.
        drop(self.wake.borrow_mut().replace(timeout));
    }

    // --- Miners ---

    fn start_miners(self: &Rc<Self>) {
        let this = Rc::downgrade(self);
        let miners = Miners::new(move |worker, result| {
            let Some(this) = this.upgrade() else { return };
            this.put(match result {
                Ok(message) => SessionInput::Miner { worker, message },
                Err(reason) => SessionInput::MinerFailed { worker, reason },
            });
        });
        self.miners.borrow_mut().replace(miners);
    }

    fn miners(&self) -> Option<Rc<Miners>> {
        self.miners.borrow().clone()
    }

    // --- The other nodes ---

    fn start_channels(self: &Rc<Self>) {
        let this = Rc::downgrade(self);
        let opened = Channels::open(&self.scope, &self.claim.node, move |incoming| {
            if let Some(this) = this.upgrade() {
                this.take_incoming(incoming);
            }
        });
        match opened {
            Ok(channels) => {
                self.channels.borrow_mut().replace(channels);
            }
            Err(reason) => {
                web_sys::console::warn_1(&format!("this node is alone: {reason}").into());
                self.miss(Feature::BroadcastChannel);
            }
        }
        let this = Rc::downgrade(self);
        let presence = Interval::new(hub::TICK.millis as u32, move || {
            if let Some(this) = this.upgrade() {
                spawn_local(async move { this.look_around().await });
            }
        });
        self.presence.borrow_mut().replace(presence);
    }

    /// A feature that the browser seems to have and refuses.
    fn miss(self: &Rc<Self>, feature: Feature) {
        let mut missing = self.session.borrow().node_view().missing;
        if !missing.contains(&feature) {
            missing.push(feature);
            missing.sort_unstable();
            self.put(SessionInput::Missing(missing));
        }
    }

    fn take_incoming(self: &Rc<Self>, incoming: Incoming) {
        match incoming {
            Incoming::Signal(signal) => {
                let outputs = self.hub.borrow_mut().take(now(), signal);
                self.hub_says(outputs);
            }
            Incoming::Frame { from, run, bytes } => {
                let hears = self.hub.borrow_mut().hears(now(), &from, run);
                if hears {
                    self.put(SessionInput::Frame { from: from.display_name(), bytes });
                }
            }
        }
    }

    async fn look_around(self: &Rc<Self>) {
        let holders = self.holders().await;
        let outputs = self.hub.borrow_mut().tick(now(), holders.as_deref());
        self.hub_says(outputs);
    }

    /// Nodes of this network and room that some tab holds; `None` where there are no locks.
    async fn holders(&self) -> Option<Vec<Slug>> {
        self.claim.lock.as_ref()?;
        let held = locks::held_names().await.ok()?;
        Some(held.iter().filter_map(|lock| node_of_lock(&self.scope, lock)).collect())
    }

    fn hub_says(self: &Rc<Self>, outputs: Vec<HubOutput>) {
        for output in outputs {
            match output {
                HubOutput::Broadcast(signal) => {
                    if let Some(channels) = &*self.channels.borrow() {
                        channels.broadcast(&signal);
                    }
                }
                HubOutput::Tell(to, signal) => {
                    if let Some(channels) = &*self.channels.borrow() {
                        channels.tell(&to, &signal);
                    }
                }
                HubOutput::Up(peer) => self.put(SessionInput::PeerUp(peer.display_name())),
                HubOutput::Down(peer) => self.put(SessionInput::PeerDown(peer.display_name())),
            }
        }
        self.drain();
    }

    fn drop_link(self: &Rc<Self>, peer: &NodeName, until: Option<Time>) {
        let Some(peer) = Slug::parse(&peer.0) else { return };
        let outputs = self.hub.borrow_mut().drop_peer(&peer, until);
        self.hub_says(outputs);
    }

    // --- Stored nodes ---

    fn list_stored_nodes(self: &Rc<Self>, id: u64) {
        let this = Rc::clone(self);
        spawn_local(async move {
            let holders = this.holders().await.unwrap_or_default();
            let free = |row: &storage::StoredRow| row.node != this.claim.node && !holders.contains(&row.node);
            let result = this.stored_rows().await.map_err(database_error).map(|rows| {
                rows.into_iter()
                    .filter(free)
                    .map(|row| StoredNode {
                        name: row.node.display_name().0,
                        last_open: row.last_open,
                        height: row.height,
                    })
                    .collect()
            });
            this.put(SessionInput::StoredNodes { id, result });
        });
    }

    fn delete_stored_node(self: &Rc<Self>, id: u64, name: &str) {
        let this = Rc::clone(self);
        let node = Slug::parse(name);
        spawn_local(async move {
            let result = this.delete_free_node(node).await;
            this.put(SessionInput::StoredNodes { id, result: result.map(|()| Vec::new()) });
        });
    }

    async fn delete_free_node(&self, node: Option<Slug>) -> Result<(), UserError> {
        let unknown = || UserError::new(DATABASE_ERROR, "unknown-node", "there is no stored node of this name");
        let node = node.ok_or_else(unknown)?;
        let in_use = || {
            UserError::new(DATABASE_ERROR, "node-in-use", format!("{} is open in a tab", node.display_name().0))
                .fact("name", node.display_name().0)
        };
        if node == self.claim.node {
            return Err(in_use());
        }
        let rows = self.stored_rows().await.map_err(database_error)?;
        let row = rows.into_iter().find(|row| row.node == node).ok_or_else(unknown)?;
        // Held while it is deleted, so that no tab opens it meanwhile, also none of an earlier version.
        let _held = claim(&self.scope, &node, 0).await.ok_or_else(in_use)?;
        let _held_earlier = match row.scope == self.scope {
            true => None,
            false => Some(claim(&row.scope, &node, 0).await.ok_or_else(in_use)?),
        };
        storage::delete(&row.scope, &node).await.map_err(database_error)
    }

    /// The stored nodes of this room; of a name that is also there by earlier rules, only the one
    /// by these.
    async fn stored_rows(&self) -> Result<Vec<storage::StoredRow>, Fault> {
        let earlier = self.session.borrow().params().earlier_genesis_hashes();
        let mut rows = storage::list(&self.scope).await?;
        for genesis in earlier {
            for row in storage::list(&scope(&genesis)).await? {
                if rows.iter().all(|known| known.node != row.node) {
                    rows.push(row);
                }
            }
        }
        Ok(rows)
    }
}

fn database_error(fault: Fault) -> UserError {
    let reason = if fault.reason.is_empty() { fault.trouble.text().to_owned() } else { fault.reason };
    UserError::new(DATABASE_ERROR, "storage-failed", format!("the browser's database failed: {reason}"))
        .fact("reason", reason)
}

/// Tells the page.
pub(super) fn post(message: &ToPage) {
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else { return };
    // Bytes can always be posted.
    let _ = scope.post_message(&encode(message));
}
