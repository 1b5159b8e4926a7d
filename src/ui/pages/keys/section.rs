//! The sections of the keys page, each with an address of its own, and what every section is given.

use std::rc::Rc;

use yew::prelude::*;

use super::checking::SignedNote;
use super::key_bits::KeyBits;
use super::practice::PageKey;
use crate::api::{AnswersView, NodeView, NotesView, WalletView};
use crate::ledger::Params;
use crate::ui::Shared;

/// Props of every section: what is on the page's bench, and nothing of the node's beside it.
#[derive(Clone, Properties, PartialEq)]
pub struct SectionProps {
    /// The key on screen.
    pub key_on_screen: PageKey,
    /// All keys of the page, the one on screen among them.
    pub keys: Vec<PageKey>,
    /// What a link brought to be verified, made with someone else's key.
    pub received: Option<SignedNote>,
    /// The message to sign.
    pub message: AttrValue,
    /// The network's version bytes.
    pub params: Rc<Params>,
    /// The wallet's public side; `None` until the node has told, or where there is no wallet.
    pub wallet: Option<Shared<WalletView>>,
    /// The node; `None` until it has told.
    pub node: Option<Shared<NodeView>>,
    /// Signed notes between the tabs; `None` until the node has told.
    pub notes: Option<Shared<NotesView>>,
    /// What the nodes say of a transaction; `None` until they were asked.
    pub answers: Option<Shared<AnswersView>>,
    /// The key on screen gets other bits.
    pub on_key: Callback<KeyBits>,
    /// Another message.
    pub on_message: Callback<String>,
}
