//! The wires between nodes: one shared BroadcastChannel for hello and bye, and one inbox a node.
//!
//! A channel object receives whatever is posted to its name, so an inbox of another node is
//! opened only to post to it and closed at once: N tabs do not each copy what any two say.

use std::cell::RefCell;

use js_sys::{Object, Uint8Array};
use std::collections::BTreeMap;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

use super::Slug;
use super::hub::Signal;
use super::js::{error_text, property, set, text};

/// Most bytes of a frame: Bitcoin's largest payload, 4,000,000, and its header.
pub const MAX_FRAME_BYTES: u32 = 4_000_024;
/// Most characters of a signal.
const MAX_SIGNAL_CHARACTERS: usize = 1_024;

/// The prefix of all channel, lock and database names of a network and room.
pub fn scope(genesis: &crate::ledger::BlockHash) -> String {
    // The bytes as hashed: shown the other way round they begin with the same zeros everywhere.
    format!("tabchain:{}", crate::ledger::to_hex(&genesis.as_bytes()[..8]))
}

/// What came over a wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Incoming {
    /// About presence.
    Signal(Signal),
    /// Bitcoin's frame.
    Frame {
        /// Who says to have sent it.
        from: Slug,
        /// In which run.
        run: u32,
        /// The frame.
        bytes: Vec<u8>,
    },
}

/// The wires of one node.
pub struct Channels {
    scope: String,
    me: Slug,
    shared: BroadcastChannel,
    inbox: BroadcastChannel,
    /// Inboxes of others, open while something is being posted.
    outgoing: RefCell<BTreeMap<Slug, BroadcastChannel>>,
    _listener: Closure<dyn FnMut(MessageEvent)>,
}

impl Channels {
    /// Opens this node's inbox and the shared channel.
    ///
    /// # Errors
    /// What the browser said, which may have no channels.
    pub fn open(scope: &str, me: &Slug, on_incoming: impl Fn(Incoming) + 'static) -> Result<Self, String> {
        if !property(&js_sys::global(), "BroadcastChannel").is_function() {
            return Err("this browser has no BroadcastChannel".to_owned());
        }
        let shared = open(scope)?;
        let inbox = open(&inbox_name(scope, me))?;
        let listener = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(incoming) = read(&event.data()) {
                on_incoming(incoming);
            }
        });
        for channel in [&shared, &inbox] {
            channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
        }
        let outgoing = RefCell::new(BTreeMap::new());
        Ok(Self { scope: scope.to_owned(), me: me.clone(), shared, inbox, outgoing, _listener: listener })
    }

    /// Says something to all.
    pub fn broadcast(&self, signal: &Signal) {
        post(&self.shared, &json(signal));
    }

    /// Says something to one.
    pub fn tell(&self, to: &Slug, signal: &Signal) {
        self.post_to(to, &json(signal));
    }

    /// Sends a frame.
    pub fn send(&self, to: &Slug, run: u32, frame: &[u8]) {
        let envelope = Object::new();
        set(&envelope, "from", &self.me.as_str().into());
        set(&envelope, "to", &to.as_str().into());
        set(&envelope, "run", &f64::from(run).into());
        set(&envelope, "bytes", &Uint8Array::from(frame).into());
        self.post_to(to, &envelope);
    }

    /// Closes the inboxes of others, after posting.
    pub fn flush(&self) {
        for channel in std::mem::take(&mut *self.outgoing.borrow_mut()).values() {
            channel.close();
        }
    }

    fn post_to(&self, to: &Slug, message: &JsValue) {
        let mut outgoing = self.outgoing.borrow_mut();
        if !outgoing.contains_key(to)
            && let Ok(channel) = open(&inbox_name(&self.scope, to))
        {
            outgoing.insert(to.clone(), channel);
        }
        if let Some(channel) = outgoing.get(to) {
            post(channel, message);
        }
    }
}

impl Drop for Channels {
    fn drop(&mut self) {
        self.flush();
        self.shared.close();
        self.inbox.close();
    }
}

/// Listens to what is said to all, until it is dropped.
pub(super) struct Eavesdropper {
    channel: BroadcastChannel,
    _listener: Closure<dyn FnMut(MessageEvent)>,
}

impl Eavesdropper {
    /// # Errors
    /// What the browser said.
    pub(super) fn open(scope: &str, on_signal: impl Fn(Signal) + 'static) -> Result<Self, String> {
        let channel = open(scope)?;
        let listener = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(Incoming::Signal(signal)) = read(&event.data()) {
                on_signal(signal);
            }
        });
        channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
        Ok(Self { channel, _listener: listener })
    }

    pub(super) fn broadcast(&self, signal: &Signal) {
        post(&self.channel, &json(signal));
    }
}

impl Drop for Eavesdropper {
    fn drop(&mut self) {
        self.channel.close();
    }
}

fn open(name: &str) -> Result<BroadcastChannel, String> {
    BroadcastChannel::new(name).map_err(|error| error_text(&error))
}

fn inbox_name(scope: &str, node: &Slug) -> String {
    format!("{scope}:node:{node}")
}

fn json(signal: &Signal) -> JsValue {
    serde_json::to_string(signal).expect("plain data has a JSON form").into()
}

fn post(channel: &BroadcastChannel, message: &JsValue) {
    // It fails only on a closed channel or for what can't be copied; texts and bytes can.
    let _ = channel.post_message(message);
}

/// Reads what any tab of this origin may have posted; what is not ours or too long is nothing.
fn read(data: &JsValue) -> Option<Incoming> {
    if let Some(signal) = data.as_string() {
        if signal.len() > MAX_SIGNAL_CHARACTERS {
            return None;
        }
        return serde_json::from_str(&signal).ok().map(Incoming::Signal);
    }
    let from = text(data, "from")?;
    let from = Slug::parse(&from).filter(|slug| slug.as_str() == from)?;
    let run = property(data, "run").as_f64()?;
    let bytes: Uint8Array = property(data, "bytes").dyn_into().ok()?;
    let in_range = run >= 0.0 && run <= f64::from(u32::MAX) && bytes.length() <= MAX_FRAME_BYTES;
    in_range.then(|| Incoming::Frame { from, run: run as u32, bytes: bytes.to_vec() })
}
