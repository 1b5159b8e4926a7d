//! What the node last said, and how a message changes it.

use std::rc::Rc;

use yew::Reducible;

use super::Shared;
use crate::api::{
    AnswersView, BlockView, ChainView, MinerView, NetworkView, NodeView, NotesView, Notice, PROTOCOL_VERSION, ToPage,
    TransactionView, UserError, View, WalletView, Watch,
};

/// Toasts kept at most: older news is no news, only errors wait to be read.
const MAX_TOASTS: usize = 2;

/// The rule of a worker that is of another version than its page.
const STALE_WORKER: &str = "stale-worker";

/// How far the node is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Phase {
    /// Its worker is being loaded.
    #[default]
    Starting,
    /// It replays the stored chain.
    Opening {
        /// Blocks replayed.
        done: u32,
        /// Blocks stored.
        total: u32,
    },
    /// It is open.
    Ready,
    /// It can't run.
    Failed(Shared<UserError>),
    /// Its worker is of another version than this page.
    Stale,
}

/// Something watched that the node may not have.
#[derive(Debug, Default)]
pub enum Slot<T> {
    /// Asked for.
    #[default]
    Loading,
    /// The node does not have it.
    Missing,
    /// Here it is.
    Here(Shared<T>),
}

impl<T> Clone for Slot<T> {
    fn clone(&self) -> Self {
        match self {
            Self::Loading => Self::Loading,
            Self::Missing => Self::Missing,
            Self::Here(value) => Self::Here(value.clone()),
        }
    }
}

impl<T> PartialEq for Slot<T> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Loading, Self::Loading) | (Self::Missing, Self::Missing) => true,
            (Self::Here(one), Self::Here(other)) => one == other,
            _ => false,
        }
    }
}

/// A message to the user.
#[derive(Clone, Debug, PartialEq)]
pub struct Toast {
    /// Unique in the page's lifetime.
    pub id: u64,
    /// What it is about.
    pub body: ToastBody,
}

/// What a toast is about.
#[derive(Clone, Debug, PartialEq)]
pub enum ToastBody {
    /// Something happened.
    Notice(Notice),
    /// Something asked for failed.
    Error(UserError),
    /// A text, already translated.
    Said(String),
}

impl ToastBody {
    /// Whether it says that something failed.
    pub const fn is_error(&self) -> bool {
        match self {
            Self::Error(_) => true,
            Self::Said(_) => false,
            Self::Notice(notice) => matches!(
                notice,
                Notice::TransactionRejected { .. }
                    | Notice::BlockRejected { .. }
                    | Notice::PeerBanned { .. }
                    | Notice::MinerFailed { .. }
                    | Notice::StorageFailed { .. }
            ),
        }
    }
}

/// The state of the page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    /// How far the node is.
    pub phase: Phase,
    /// What the page watches now.
    pub watch: Watch,
    /// Highest height the strip shows; `None` follows the tip.
    pub strip_top: Option<u32>,
    /// The header bar.
    pub node: Option<Shared<NodeView>>,
    /// The strip.
    pub chain: Option<Shared<ChainView>>,
    /// The watched block.
    pub block: Slot<BlockView>,
    /// The watched transaction.
    pub transaction: Slot<TransactionView>,
    /// The wallet.
    pub wallet: Option<Shared<WalletView>>,
    /// Peers and messages.
    pub network: Option<Shared<NetworkView>>,
    /// The miner.
    pub miner: Option<Shared<MinerView>>,
    /// Signed notes.
    pub notes: Option<Shared<NotesView>>,
    /// What the nodes say of a transaction.
    pub answers: Option<Shared<AnswersView>>,
    /// Messages to the user, oldest first.
    pub toasts: Shared<Vec<Toast>>,
    next_toast: u64,
}

/// What changes the state.
#[derive(Clone, Debug)]
pub enum Action {
    /// The node said all this since the last frame.
    Apply(Vec<ToPage>),
    /// The page watches something else.
    Watch(Watch),
    /// The strip shows blocks from this height down; `None` follows the tip.
    StripTop(Option<u32>),
    /// A message to the user.
    Toast(ToastBody),
    /// The user has read a toast.
    Dismiss(u64),
}

impl Reducible for Model {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut model = Rc::unwrap_or_clone(self);
        match action {
            Action::Apply(messages) => messages.into_iter().for_each(|message| model.apply(message)),
            Action::Watch(watch) => model.watch(watch),
            Action::StripTop(top) => model.strip_top = top,
            Action::Toast(body) => model.toast(body),
            Action::Dismiss(id) => {
                model.toasts = Shared::new(model.toasts.iter().filter(|toast| toast.id != id).cloned().collect());
            }
        }
        Rc::new(model)
    }
}

impl Model {
    fn apply(&mut self, message: ToPage) {
        match message {
            ToPage::Loaded { protocol } if protocol != PROTOCOL_VERSION => self.phase = Phase::Stale,
            ToPage::Loaded { .. } | ToPage::Reply(_) => {}
            ToPage::Opening { done, total } => self.phase = Phase::Opening { done, total },
            ToPage::Ready(node) => {
                self.phase = Phase::Ready;
                self.node = Some(Shared::new(*node));
            }
            ToPage::Failed(error) if error.rule == STALE_WORKER => self.phase = Phase::Stale,
            ToPage::Failed(error) => self.phase = Phase::Failed(Shared::new(error)),
            ToPage::View(view) => self.view(*view),
            ToPage::Notice(notice) => self.toast(ToastBody::Notice(notice)),
        }
    }

    fn view(&mut self, view: View) {
        match view {
            View::Node(node) => self.node = Some(Shared::new(node)),
            View::Chain(chain) => self.chain = Some(Shared::new(chain)),
            // An answer that was on its way while the user went on to another block is not shown.
            View::Block(watched, block) if self.watch.block == Some(watched) => {
                self.block = block.map_or(Slot::Missing, |block| Slot::Here(Shared::new(*block)));
            }
            View::Block(..) => {}
            View::Transaction(None) if self.watch.transaction.is_some() => self.transaction = Slot::Missing,
            View::Transaction(Some(transaction)) if self.watch.transaction == Some(transaction.row.txid) => {
                self.transaction = Slot::Here(Shared::new(*transaction));
            }
            View::Transaction(_) => {}
            View::Wallet(wallet) => self.wallet = Some(Shared::new(wallet)),
            View::Network(network) => self.network = Some(Shared::new(network)),
            View::Miner(miner) => self.miner = Some(Shared::new(miner)),
            View::Notes(notes) => self.notes = Some(Shared::new(notes)),
            View::Answers(answers) => self.answers = Some(Shared::new(answers)),
        }
    }

    fn watch(&mut self, watch: Watch) {
        if watch.block != self.watch.block {
            self.block = Slot::Loading;
        }
        if watch.transaction != self.watch.transaction {
            self.transaction = Slot::Loading;
        }
        self.watch = watch;
    }

    fn toast(&mut self, body: ToastBody) {
        let mut toasts = (*self.toasts).clone();
        if body == ToastBody::Notice(Notice::StorageBack) {
            // No error any more that waits to be read.
            toasts.retain(|toast| !matches!(toast.body, ToastBody::Notice(Notice::StorageFailed { .. })));
        }
        // Blocks come one after the other: only the newest is news.
        if is_block_found(&body) {
            toasts.retain(|toast| !is_block_found(&toast.body));
        }
        toasts.retain(|toast| toast.body != body);
        toasts.push(Toast { id: self.next_toast, body });
        if toasts.len() > MAX_TOASTS {
            let oldest = toasts.iter().position(|toast| !toast.body.is_error()).unwrap_or(0);
            toasts.remove(oldest);
        }
        self.next_toast += 1;
        self.toasts = Shared::new(toasts);
    }
}

fn is_block_found(body: &ToastBody) -> bool {
    matches!(body, ToastBody::Notice(Notice::BlockFound { .. }))
}

/// Adds a message to those waiting for the next frame: of each slice only the newest counts.
pub fn coalesce(waiting: &mut Vec<ToPage>, message: ToPage) {
    if let ToPage::View(view) = &message {
        let kind = std::mem::discriminant(&**view);
        waiting.retain(|other| !matches!(other, ToPage::View(old) if std::mem::discriminant(&**old) == kind));
    }
    waiting.push(message);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{NodeName, WatchedBlock};
    use crate::ledger::{BlockHash, Txid};

    fn reduced(model: Model, action: Action) -> Model {
        Rc::unwrap_or_clone(Rc::new(model).reduce(action))
    }

    fn peer(name: &str) -> ToastBody {
        ToastBody::Notice(Notice::PeerJoined(NodeName(name.to_owned())))
    }

    #[test]
    fn a_worker_of_another_version_makes_the_page_stale() {
        let model = reduced(Model::default(), Action::Apply(vec![ToPage::Loaded { protocol: PROTOCOL_VERSION + 1 }]));
        assert_eq!(model.phase, Phase::Stale);
        let model = reduced(Model::default(), Action::Apply(vec![ToPage::Loaded { protocol: PROTOCOL_VERSION }]));
        assert_eq!(model.phase, Phase::Starting);
    }

    #[test]
    fn watching_another_block_forgets_the_last_and_its_late_answer() {
        let none = |watched| Action::Apply(vec![ToPage::View(Box::new(View::Block(watched, None)))]);
        let [one, other] = [b"one", b"two"].map(|name| WatchedBlock::Hash(BlockHash::hash(name)));
        let watch = |block| Action::Watch(Watch { block: Some(block), ..Watch::default() });
        let model = reduced(reduced(Model::default(), watch(one)), none(one));
        assert_eq!(model.block, Slot::Missing);
        let model = reduced(model, watch(other));
        assert_eq!(model.block, Slot::Loading);
        assert_eq!(reduced(model.clone(), none(one)).block, Slot::Loading, "it is about the one before");
        assert_eq!(reduced(model, none(other)).block, Slot::Missing);
    }

    #[test]
    fn the_tip_that_moves_on_is_watched_once() {
        let watch = Action::Watch(Watch { block: Some(WatchedBlock::Tip), ..Watch::default() });
        let model = reduced(Model::default(), watch.clone());
        let tip = || Action::Apply(vec![ToPage::View(Box::new(View::Block(WatchedBlock::Tip, None)))]);
        let model = reduced(model, tip());
        assert_eq!(reduced(model, watch).block, Slot::Missing, "what is shown stays until the next one is here");
    }

    #[test]
    fn an_answer_nobody_waits_for_any_more_is_dropped() {
        let model = reduced(Model::default(), Action::Apply(vec![ToPage::View(Box::new(View::Transaction(None)))]));
        assert_eq!(model.transaction, Slot::Loading);
        let watch = Watch { transaction: Some(Txid::hash(b"x")), ..Watch::default() };
        let model = reduced(model, Action::Watch(watch));
        let model = reduced(model, Action::Apply(vec![ToPage::View(Box::new(View::Transaction(None)))]));
        assert_eq!(model.transaction, Slot::Missing);
    }

    #[test]
    fn of_a_slice_only_the_newest_waits_for_the_frame() {
        let mut waiting = Vec::new();
        for _ in 0..3 {
            coalesce(&mut waiting, ToPage::View(Box::new(View::Block(WatchedBlock::Tip, None))));
            coalesce(&mut waiting, ToPage::View(Box::new(View::Transaction(None))));
        }
        assert_eq!(waiting.len(), 2);
    }

    #[test]
    fn toasts_are_bounded_and_never_repeat() {
        let mut model = Model::default();
        for round in 0..20 {
            model = reduced(model, Action::Toast(peer(&format!("node {round}"))));
        }
        assert_eq!(model.toasts.len(), MAX_TOASTS);
        model = reduced(model, Action::Toast(peer("node 19")));
        assert_eq!(model.toasts.len(), MAX_TOASTS);
        let error = ToastBody::Error(UserError::new(-1, "x", "x"));
        let failed = reduced(model.clone(), Action::Toast(error.clone()));
        let failed = reduced(reduced(failed, Action::Toast(peer("a"))), Action::Toast(peer("b")));
        assert!(failed.toasts.iter().any(|toast| toast.body == error), "an error stays until it is read");
        let id = model.toasts[0].id;
        assert!(reduced(model, Action::Dismiss(id)).toasts.iter().all(|toast| toast.id != id));
    }
}
