//! How the threads of a tab write what they say to each other: Postcard's bytes in a `Uint8Array`.
//!
//! All of them run the same build, which a version in the first message proves, so names of fields need not travel:
//! the code that reads by position is a third of the code that reads JSON. What is kept or meant for others stays JSON.
//!
//! A view is told apart by its kind before it is read, so that the page's shell carries no code for what only a part
//! loaded later can draw.

use js_sys::{Array, Uint8Array};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};

use crate::session::{ToPage, View};

/// Which slice of the screen a view is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ViewKind {
    Node,
    Chain,
    Block,
    Transaction,
    Wallet,
    Network,
    Miner,
    Notes,
    Answers,
}

impl ViewKind {
    pub(super) const ALL: [Self; 9] = [
        Self::Node,
        Self::Chain,
        Self::Block,
        Self::Transaction,
        Self::Wallet,
        Self::Network,
        Self::Miner,
        Self::Notes,
        Self::Answers,
    ];
}

/// What the node said, as far as it is read.
pub(super) enum Heard {
    /// A view, not read yet.
    View(ViewKind, Vec<u8>),
    /// All else.
    Message(Box<ToPage>),
}

/// Reads the views that a module draws; `None` is a view of another.
pub type ReadView = fn(u8, &[u8]) -> Option<Result<View, String>>;

pub(super) fn encode<T: Serialize>(message: &T) -> JsValue {
    let bytes = postcard::to_allocvec(message).expect("plain data has a form in bytes");
    Uint8Array::from(bytes.as_slice()).into()
}

pub(super) fn decode<T: DeserializeOwned>(message: &JsValue) -> Result<T, String> {
    read(&bytes_of(message)?)
}

fn bytes_of(message: &JsValue) -> Result<Vec<u8>, String> {
    message.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec).ok_or_else(|| "not bytes".to_owned())
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, String> {
    postcard::from_bytes(bytes).map_err(|error| error.to_string())
}

/// A node's message: bytes; for a view its kind and its bytes.
pub(super) fn encode_to_page(message: &ToPage) -> JsValue {
    let ToPage::View(view) = message else { return encode(message) };
    let (kind, bytes) = match &**view {
        View::Node(view) => (ViewKind::Node, encode(view)),
        View::Chain(view) => (ViewKind::Chain, encode(view)),
        View::Block(view) => (ViewKind::Block, encode(view)),
        View::Transaction(view) => (ViewKind::Transaction, encode(view)),
        View::Wallet(view) => (ViewKind::Wallet, encode(view)),
        View::Network(view) => (ViewKind::Network, encode(view)),
        View::Miner(view) => (ViewKind::Miner, encode(view)),
        View::Notes(view) => (ViewKind::Notes, encode(view)),
        View::Answers(view) => (ViewKind::Answers, encode(view)),
    };
    Array::of2(&JsValue::from(kind as u8), &bytes).into()
}

/// The kind of a view's message; `None` for all else.
pub(super) fn view_kind(message: &JsValue) -> Option<ViewKind> {
    let number = message.dyn_ref::<Array>()?.get(0).as_f64()?;
    ViewKind::ALL.get(number as usize).copied()
}

pub(super) fn decode_to_page(message: &JsValue) -> Result<Heard, String> {
    match message.dyn_ref::<Array>() {
        Some(pair) => {
            let kind = view_kind(message).ok_or_else(|| "an unknown view".to_owned())?;
            Ok(Heard::View(kind, bytes_of(&pair.get(1))?))
        }
        None => decode(message).map(|message| Heard::Message(Box::new(message))),
    }
}

/// Reads what the page's shell and the chain page draw.
pub fn read_shell_view(kind: u8, bytes: &[u8]) -> Option<Result<View, String>> {
    Some(match ViewKind::ALL.get(usize::from(kind))? {
        ViewKind::Node => read(bytes).map(View::Node),
        ViewKind::Chain => read(bytes).map(View::Chain),
        ViewKind::Block => read(bytes).map(View::Block),
        ViewKind::Transaction
        | ViewKind::Wallet
        | ViewKind::Network
        | ViewKind::Miner
        | ViewKind::Notes
        | ViewKind::Answers => return None,
    })
}

/// Reads what the parts loaded later draw.
pub fn read_part_view(kind: u8, bytes: &[u8]) -> Option<Result<View, String>> {
    Some(match ViewKind::ALL.get(usize::from(kind))? {
        ViewKind::Node => read(bytes).map(View::Node),
        ViewKind::Transaction => read(bytes).map(View::Transaction),
        ViewKind::Wallet => read(bytes).map(View::Wallet),
        ViewKind::Network => read(bytes).map(View::Network),
        ViewKind::Miner => read(bytes).map(View::Miner),
        ViewKind::Notes => read(bytes).map(View::Notes),
        ViewKind::Answers => read(bytes).map(View::Answers),
        ViewKind::Chain | ViewKind::Block => return None,
    })
}
