//! Several tabs in one process: the sessions' effects are carried out by hand, with no browser.
#![allow(dead_code, reason = "each test binary uses a part of it")]

use std::collections::{BTreeMap, VecDeque};

use serde_json::{Value, json};
use tabchain::api::{Answer, Command, NodeName, Notice, Request, StorageState, ToPage, UserError, View};
use tabchain::ledger::{Duration, Network, Time};
use tabchain::miner::{FromMiner, MINER_PROTOCOL_VERSION, ToMiner, search};
use tabchain::session::{Effect, Session, SessionConfig, SessionInput};

/// What regtest waits before a reward can be spent, in blocks.
pub const MATURITY: u32 = 100;

/// What a browser keeps of a node.
#[derive(Clone, Default)]
pub struct Disk {
    pub blocks: Vec<Vec<u8>>,
    pub state: Option<String>,
}

pub struct Tab {
    pub session: Session,
    pub disk: Disk,
    pub linked: bool,
    pub workers: u8,
    pub replies: BTreeMap<u64, Result<Answer, UserError>>,
    pub notices: Vec<Notice>,
    pub views: Vec<View>,
    pub next_request: u64,
    /// When it last asked to be called.
    pub wake: Option<Time>,
}

/// Tabs of one room, a clock, and the messages under way.
pub struct Browser {
    pub network: Network,
    pub now: Time,
    pub tabs: BTreeMap<NodeName, Tab>,
    pub under_way: VecDeque<(NodeName, SessionInput)>,
}

pub fn name(text: &str) -> NodeName {
    NodeName(text.to_owned())
}

/// The same with another hexadecimal digit at this place.
pub fn with_digit_changed(hex: &str, at: usize) -> String {
    let other = if &hex[at..=at] == "0" { "1" } else { "0" };
    format!("{}{other}{}", &hex[..at], &hex[at + 1..])
}

/// A tab with so many rewards that can be spent.
pub fn with_coins(rewards: u32) -> Browser {
    let mut browser = Browser::new(Network::Regtest);
    browser.open("A");
    browser.mine("A", MATURITY + rewards);
    browser
}

/// A value that is a text.
pub fn text(value: Value) -> String {
    value.as_str().expect("text").to_owned()
}

/// A message as it comes out of the other thread: it goes there in Postcard's bytes.
fn as_posted(message: &ToPage) -> ToPage {
    let bytes = postcard::to_allocvec(message).expect("every message has a form in bytes");
    let posted = postcard::from_bytes(&bytes).expect("every message is read back");
    assert_eq!(&posted, message, "what is posted is what is read");
    posted
}

/// An answer as a script gets it: amounts, which are written with eight decimals, are numbers.
fn as_script(value: Value) -> Value {
    match value {
        Value::Number(number) if number.to_string().contains('.') => json!(number.as_f64()),
        Value::Array(items) => items.into_iter().map(as_script).collect(),
        Value::Object(fields) => fields.into_iter().map(|(name, value)| (name, as_script(value))).collect(),
        other => other,
    }
}

impl Browser {
    pub fn new(network: Network) -> Self {
        Self { network, now: Time::from_millis(1_800_000_000_000), tabs: BTreeMap::new(), under_way: VecDeque::new() }
    }

    pub fn open(&mut self, who: &str) {
        self.open_with(who, Disk::default());
    }

    pub fn open_with(&mut self, who: &str, disk: Disk) {
        let mut entropy = [0; 24];
        for (at, byte) in entropy.iter_mut().enumerate() {
            *byte = who.as_bytes()[at % who.len()].wrapping_mul(at as u8 + 3);
        }
        let config = SessionConfig {
            name: name(who),
            release: String::new(),
            network: self.network,
            room: "test".to_owned(),
            entropy,
            stored: disk.state.clone(),
            storage: StorageState::Stored,
        };
        let mut session = Session::open(config, self.now).expect("own state is readable");
        for block in &disk.blocks {
            session.replay(self.now, block).expect("own blocks are valid");
        }
        let effects = session.opened(self.now);
        self.tabs.insert(
            name(who),
            Tab {
                session,
                disk,
                linked: true,
                workers: 0,
                replies: BTreeMap::new(),
                notices: Vec::new(),
                views: Vec::new(),
                next_request: 1,
                wake: None,
            },
        );
        self.carry_out(&name(who), effects);
        self.link(&name(who));
        self.settle();
    }

    pub fn close(&mut self, who: &str) -> Disk {
        let tab = self.tabs.remove(&name(who)).expect("the tab is open");
        for other in self.tabs.keys() {
            self.under_way.push_back((other.clone(), SessionInput::PeerDown(name(who))));
        }
        self.settle();
        tab.disk
    }

    pub fn link(&mut self, who: &NodeName) {
        let others: Vec<NodeName> = self
            .tabs
            .iter()
            .filter(|(other, tab)| *other != who && tab.linked)
            .map(|(other, _)| other.clone())
            .collect();
        for other in others {
            self.under_way.push_back((who.clone(), SessionInput::PeerUp(other.clone())));
            self.under_way.push_back((other, SessionInput::PeerUp(who.clone())));
        }
    }

    pub fn give(&mut self, who: &NodeName, input: SessionInput) {
        if let Some(tab) = self.tabs.get_mut(who) {
            let effects = tab.session.handle(self.now, input);
            self.carry_out(who, effects);
        }
    }

    pub fn carry_out(&mut self, who: &NodeName, effects: Vec<Effect>) {
        for effect in effects {
            let tab = self.tabs.get_mut(who).expect("the tab is open");
            match effect {
                Effect::Send { to, bytes } => {
                    let linked = tab.linked && self.tabs.get(&to).is_some_and(|tab| tab.linked);
                    if linked {
                        self.under_way.push_back((to, SessionInput::Frame { from: who.clone(), bytes }));
                    }
                }
                Effect::Disconnect { peer, .. } => {
                    self.under_way.push_back((peer, SessionInput::PeerDown(who.clone())));
                }
                Effect::StoreBlock { bytes, .. } => tab.disk.blocks.push(bytes),
                Effect::StoreState { json, .. } => tab.disk.state = Some(json),
                Effect::ToPage(message) => match as_posted(&message) {
                    ToPage::Reply(reply) => {
                        tab.replies.insert(reply.id, reply.result);
                    }
                    ToPage::Notice(notice) => tab.notices.push(notice),
                    ToPage::View(view) => tab.views.push(*view),
                    _ => {}
                },
                Effect::MinerWorkers(count) => {
                    for worker in tab.workers..count {
                        let message = FromMiner::Ready { protocol: MINER_PROTOCOL_VERSION, kernel: "portable".into() };
                        self.under_way.push_back((who.clone(), SessionInput::Miner { worker, message }));
                    }
                    tab.workers = count;
                }
                Effect::Miner { worker, message: ToMiner::Search(job) } => {
                    let mut report = search(&job);
                    report.micros = 1 + report.tries;
                    let message = FromMiner::Report(report);
                    self.under_way.push_back((who.clone(), SessionInput::Miner { worker, message }));
                }
                Effect::Miner { message: ToMiner::Stop, .. } => {}
                Effect::SetNetworkActive(active) => {
                    tab.linked = active;
                    if active {
                        self.link(who);
                    } else {
                        let others: Vec<NodeName> = self.tabs.keys().filter(|other| *other != who).cloned().collect();
                        for other in others {
                            self.under_way.push_back((other, SessionInput::PeerDown(who.clone())));
                        }
                    }
                }
                Effect::WakeAt(at) => tab.wake = Some(at),
                Effect::ListStoredNodes { .. } | Effect::DeleteStoredNode { .. } | Effect::SaveNow => {}
            }
        }
    }

    /// Carries messages until there are none; a bound, so that a storm is a failure.
    pub fn settle(&mut self) {
        for _ in 0..200_000 {
            let Some((to, input)) = self.under_way.pop_front() else { return };
            self.now = self.now + Duration::from_millis(1);
            self.give(&to, input);
        }
        panic!("the messages do not come to an end");
    }

    /// Lets time pass, with everyone ticking.
    pub fn pass(&mut self, span: Duration) {
        self.now = self.now + span;
        let everyone: Vec<NodeName> = self.tabs.keys().cloned().collect();
        for who in everyone {
            self.give(&who, SessionInput::Tick);
        }
        self.settle();
    }

    pub fn ask(&mut self, who: &str, command: Command) -> Result<Answer, UserError> {
        let tab = self.tabs.get_mut(&name(who)).expect("the tab is open");
        let id = tab.next_request;
        tab.next_request += 1;
        self.give(&name(who), SessionInput::Page(Request { id, command }));
        self.settle();
        self.tabs.get_mut(&name(who)).and_then(|tab| tab.replies.remove(&id)).expect("every request is answered")
    }

    pub fn rpc(&mut self, who: &str, method: &str, params: Value) -> Result<Value, UserError> {
        let Value::Array(params) = params else { panic!("parameters are a list") };
        match self.ask(who, Command::Rpc { method: method.to_owned(), params })? {
            Answer::Rpc(value) => Ok(as_script(value)),
            other => panic!("an RPC is answered by its result, not {other:?}"),
        }
    }

    /// A line of the console, and the answer as the console prints it.
    pub fn line(&mut self, who: &str, line: &str) -> Result<String, UserError> {
        match self.ask(who, Command::RpcLine { line: line.to_owned() })? {
            Answer::Rpc(Value::String(text)) => Ok(text),
            Answer::Rpc(value) => Ok(value.to_string()),
            other => panic!("an RPC is answered by its result, not {other:?}"),
        }
    }

    pub fn call(&mut self, who: &str, method: &str, params: Value) -> Value {
        self.rpc(who, method, params).unwrap_or_else(|error| panic!("{who} {method}: {error:?}"))
    }

    /// One coin from one to another, not in a block yet; its bytes in hexadecimal.
    pub fn pay(&mut self, from: &str, to: &str) -> String {
        let address = self.call(to, "getnewaddress", json!([]));
        let txid = self.call(from, "sendtoaddress", json!([address, 1]));
        self.call(from, "getrawtransaction", json!([txid])).as_str().expect("hexadecimal").to_owned()
    }

    pub fn mine(&mut self, who: &str, blocks: u32) {
        // Header times must rise with the blocks.
        self.pass(Duration::from_secs(15));
        let address = self.call(who, "getnewaddress", json!([]));
        let hashes = self.call(who, "generatetoaddress", json!([blocks, address]));
        assert_eq!(hashes.as_array().map(Vec::len), Some(blocks as usize));
    }

    pub fn tips(&mut self) -> Vec<Value> {
        let everyone: Vec<String> = self.tabs.keys().map(|who| who.0.clone()).collect();
        everyone.iter().map(|who| self.call(who, "getbestblockhash", json!([]))).collect()
    }

    pub fn assert_agreed(&mut self) {
        let tips = self.tips();
        assert!(tips.iter().all(|tip| *tip == tips[0]), "the tips differ: {tips:?}");
    }
}
