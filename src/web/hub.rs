//! Who is there: hello, welcome, bye, and noticing who went without a word. Sans-IO.
//!
//! A node says hello to all; who hears it welcomes it; from then on each knows the other. Every
//! run of a node has a number of its own, so that a reloaded tab is told from the one before.
//! Who is gone is learnt from the locks (see [`locks`](super::locks)), or, where there are none,
//! from the silence of its heartbeats.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::Slug;
use crate::ledger::{Duration, Time};

/// Most peers; who comes later is not linked.
pub const MAX_PEERS: usize = 64;
/// Most bans kept; of more, the one that ends first is forgotten.
const MAX_BANNED: usize = 256;
/// How often presence is looked at.
pub const TICK: Duration = Duration::from_secs(1);
/// How often a node that holds its lock but is unknown is greeted again.
const HELLO_AGAIN: Duration = Duration::from_secs(3);
/// Without locks: how often a node says it is there, and after what silence it is gone.
const HEARTBEAT: Duration = Duration::from_secs(2);
const SILENCE: Duration = Duration::from_secs(8);

/// What nodes say to each other beside Bitcoin's frames.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Signal {
    /// To all: I am here, who else is?
    Hello {
        /// Who.
        from: Slug,
        /// Its run.
        run: u32,
    },
    /// To one: I am here too.
    Welcome {
        /// Who.
        from: Slug,
        /// Its run.
        run: u32,
    },
    /// To all: I am leaving.
    Bye {
        /// Who.
        from: Slug,
        /// Its run.
        run: u32,
    },
    /// To one: I do not link with you any more.
    Drop {
        /// Who.
        from: Slug,
        /// Its run.
        run: u32,
    },
    /// To all, without locks: I am still here.
    Here {
        /// Who.
        from: Slug,
        /// Its run.
        run: u32,
    },
    /// To all, without locks: is this name taken?
    Probe {
        /// The name.
        node: Slug,
    },
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HubOutput {
    /// Say this to all.
    Broadcast(Signal),
    /// Say this to one.
    Tell(Slug, Signal),
    /// A node is there now.
    Up(Slug),
    /// It is gone.
    Down(Slug),
}

/// The other nodes of this network and room, as one node sees them.
#[derive(Clone, Debug)]
pub struct Hub {
    me: Slug,
    run: u32,
    active: bool,
    peers: BTreeMap<Slug, Peer>,
    /// Not to be linked with until then; at most [`MAX_BANNED`].
    banned: BTreeMap<Slug, Time>,
    last_hello: Time,
    last_heartbeat: Time,
}

#[derive(Clone, Debug)]
struct Peer {
    run: u32,
    heard: Time,
}

impl Hub {
    /// Nobody known; not taking part yet.
    pub fn new(me: Slug) -> Self {
        Self {
            me,
            run: 0,
            active: false,
            peers: BTreeMap::new(),
            banned: BTreeMap::new(),
            last_hello: Time::default(),
            last_heartbeat: Time::default(),
        }
    }

    /// The number of this run.
    pub const fn run(&self) -> u32 {
        self.run
    }

    /// Takes part, as a run of this number: greets all.
    pub fn join(&mut self, now: Time, run: u32) -> Vec<HubOutput> {
        if self.active {
            return Vec::new();
        }
        self.active = true;
        self.run = run;
        vec![self.hello(now)]
    }

    /// Takes part no more.
    pub fn leave(&mut self) -> Vec<HubOutput> {
        if !self.active {
            return Vec::new();
        }
        self.active = false;
        let bye = HubOutput::Broadcast(Signal::Bye { from: self.me.clone(), run: self.run });
        let gone = std::mem::take(&mut self.peers).into_keys().map(HubOutput::Down);
        std::iter::once(bye).chain(gone).collect()
    }

    /// Takes in what a node said.
    pub fn take(&mut self, now: Time, signal: Signal) -> Vec<HubOutput> {
        let mut out = Vec::new();
        if let Signal::Probe { node } = signal {
            if node == self.me {
                // Also a node that takes no part holds its name.
                out.push(HubOutput::Broadcast(Signal::Here { from: self.me.clone(), run: self.run }));
            }
            return out;
        }
        if !self.active {
            return out;
        }
        match signal {
            Signal::Hello { from, run } | Signal::Here { from, run } => {
                if self.meet(now, &from, run, &mut out) && !out.is_empty() {
                    let welcome = Signal::Welcome { from: self.me.clone(), run: self.run };
                    // Before the link is used, so that nothing overtakes it.
                    out.insert(out.len() - 1, HubOutput::Tell(from, welcome));
                }
            }
            Signal::Welcome { from, run } => {
                self.meet(now, &from, run, &mut out);
            }
            Signal::Bye { from, run } | Signal::Drop { from, run } => {
                if self.peers.get(&from).is_some_and(|peer| peer.run == run) {
                    self.peers.remove(&from);
                    out.push(HubOutput::Down(from));
                }
            }
            Signal::Probe { .. } => {}
        }
        out
    }

    /// Whether a frame of this run of a node is to be read.
    pub fn hears(&mut self, now: Time, from: &Slug, run: u32) -> bool {
        match self.peers.get_mut(from) {
            Some(peer) if peer.run == run => {
                peer.heard = now;
                true
            }
            _ => false,
        }
    }

    /// Drops the link to a node, for good until this moment.
    pub fn drop_peer(&mut self, peer: &Slug, until: Option<Time>) -> Vec<HubOutput> {
        if let Some(until) = until {
            self.banned.insert(peer.clone(), until);
            let first = self.banned.iter().min_by_key(|(_, until)| **until).map(|(name, _)| name.clone());
            if let Some(first) = first.filter(|_| self.banned.len() > MAX_BANNED) {
                self.banned.remove(&first);
            }
        }
        if self.peers.remove(peer).is_none() {
            return Vec::new();
        }
        let signal = Signal::Drop { from: self.me.clone(), run: self.run };
        vec![HubOutput::Tell(peer.clone(), signal)]
    }

    /// Looks who is there: every [`TICK`], with the names whose locks are held, or `None` where
    /// there are no locks.
    pub fn tick(&mut self, now: Time, holders: Option<&[Slug]>) -> Vec<HubOutput> {
        let mut out = Vec::new();
        self.banned.retain(|_, until| now < *until);
        if !self.active {
            return out;
        }
        let is_gone = |name: &Slug, peer: &Peer| match holders {
            Some(holders) => !holders.contains(name),
            None => (now - peer.heard).millis > SILENCE.millis,
        };
        let gone: Vec<Slug> =
            self.peers.iter().filter(|(name, peer)| is_gone(name, peer)).map(|(name, _)| name.clone()).collect();
        for name in gone {
            // Should it be there after all, both sides begin anew.
            out.extend(self.drop_peer(&name, None));
            out.push(HubOutput::Down(name));
        }
        let unknown =
            |name: &Slug| *name != self.me && !self.peers.contains_key(name) && !self.banned.contains_key(name);
        let greet = holders.is_some_and(|holders| holders.iter().any(unknown)) && self.peers.len() < MAX_PEERS;
        if greet && now >= self.last_hello + HELLO_AGAIN {
            out.push(self.hello(now));
        }
        if holders.is_none() && now >= self.last_heartbeat + HEARTBEAT {
            self.last_heartbeat = now;
            out.push(HubOutput::Broadcast(Signal::Here { from: self.me.clone(), run: self.run }));
        }
        out
    }

    fn hello(&mut self, now: Time) -> HubOutput {
        self.last_hello = now;
        HubOutput::Broadcast(Signal::Hello { from: self.me.clone(), run: self.run })
    }

    /// Knows a node from now on, if it may be linked; says whether it is.
    fn meet(&mut self, now: Time, from: &Slug, run: u32, out: &mut Vec<HubOutput>) -> bool {
        if *from == self.me || self.banned.get(from).is_some_and(|until| now < *until) {
            return false;
        }
        let full = self.peers.len() >= MAX_PEERS;
        match self.peers.get_mut(from) {
            Some(peer) if peer.run == run => {
                peer.heard = now;
                return true;
            }
            Some(_) => out.push(HubOutput::Down(from.clone())),
            None if full => return false,
            None => {}
        }
        self.peers.insert(from.clone(), Peer { run, heard: now });
        out.push(HubOutput::Up(from.clone()));
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slug(name: &str) -> Slug {
        Slug::parse(name).expect("a name")
    }

    fn at(millis: u64) -> Time {
        Time::from_millis(1_000_000 + millis)
    }

    /// Carries what hubs say to each other until all is quiet; returns ups and downs by observer.
    fn settle(hubs: &mut [Hub], now: Time, first: Vec<(usize, Vec<HubOutput>)>) -> Vec<(String, HubOutput)> {
        let mut seen = Vec::new();
        let mut queue: Vec<(usize, HubOutput)> = Vec::new();
        let expand = |from: usize, outputs: Vec<HubOutput>| outputs.into_iter().map(move |output| (from, output));
        for (from, outputs) in first {
            queue.extend(expand(from, outputs));
        }
        while !queue.is_empty() {
            let (from, output) = queue.remove(0);
            let (receivers, signal): (Vec<usize>, Signal) = match &output {
                HubOutput::Broadcast(signal) => ((0..hubs.len()).filter(|hub| *hub != from).collect(), signal.clone()),
                HubOutput::Tell(to, signal) => {
                    ((0..hubs.len()).filter(|hub| hubs[*hub].me == *to).collect(), signal.clone())
                }
                HubOutput::Up(_) | HubOutput::Down(_) => {
                    seen.push((hubs[from].me.to_string(), output));
                    continue;
                }
            };
            for receiver in receivers {
                let outputs = hubs[receiver].take(now, signal.clone());
                queue.extend(expand(receiver, outputs));
            }
        }
        seen
    }

    fn up(observer: &str, peer: &str) -> (String, HubOutput) {
        (observer.to_owned(), HubOutput::Up(slug(peer)))
    }

    fn down(observer: &str, peer: &str) -> (String, HubOutput) {
        (observer.to_owned(), HubOutput::Down(slug(peer)))
    }

    fn linked() -> [Hub; 2] {
        let mut hubs = [Hub::new(slug("ann")), Hub::new(slug("bob"))];
        let joins = vec![(0, hubs[0].join(at(0), 1)), (1, hubs[1].join(at(0), 2))];
        let mut seen = settle(&mut hubs, at(0), joins);
        seen.sort_by_key(|(observer, _)| observer.clone());
        assert_eq!(seen, [up("ann", "bob"), up("bob", "ann")]);
        hubs
    }

    #[test]
    fn two_that_greet_at_once_link_once() {
        linked();
    }

    #[test]
    fn one_that_comes_later_is_welcomed() {
        let [ann, bob] = linked();
        let mut hubs = [ann, bob, Hub::new(slug("cleo"))];
        let join = vec![(2, hubs[2].join(at(10), 3))];
        let mut seen = settle(&mut hubs, at(10), join);
        seen.sort_by_key(|(observer, _)| observer.clone());
        assert_eq!(seen, [up("ann", "cleo"), up("bob", "cleo"), up("cleo", "ann"), up("cleo", "bob")]);
    }

    #[test]
    fn a_reloaded_tab_is_a_new_run_and_the_old_one_is_not_heard() {
        let [mut ann, _] = linked();
        assert!(ann.hears(at(1), &slug("bob"), 2));
        let outputs = ann.take(at(5), Signal::Hello { from: slug("bob"), run: 7 });
        let welcome = Signal::Welcome { from: slug("ann"), run: 1 };
        let expected =
            [HubOutput::Down(slug("bob")), HubOutput::Tell(slug("bob"), welcome), HubOutput::Up(slug("bob"))];
        assert_eq!(outputs, expected);
        assert!(!ann.hears(at(6), &slug("bob"), 2));
        assert!(ann.hears(at(6), &slug("bob"), 7));
    }

    #[test]
    fn leaving_and_coming_back_is_seen_by_the_others() {
        let mut hubs = linked();
        let bye = vec![(0, hubs[0].leave())];
        assert_eq!(settle(&mut hubs, at(1), bye), [down("ann", "bob"), down("bob", "ann")]);
        assert_eq!(hubs[0].take(at(2), Signal::Hello { from: slug("bob"), run: 2 }), []);
        let join = vec![(0, hubs[0].join(at(3), 9))];
        let mut seen = settle(&mut hubs, at(3), join);
        seen.sort_by_key(|(observer, _)| observer.clone());
        assert_eq!(seen, [up("ann", "bob"), up("bob", "ann")]);
    }

    #[test]
    fn whose_lock_is_free_is_gone_and_whose_is_held_is_greeted() {
        let [mut ann, _] = linked();
        let both = [slug("ann"), slug("bob"), slug("cleo")];
        assert_eq!(ann.tick(at(1_000), Some(&both)), []);
        assert_eq!(
            ann.tick(at(3_000), Some(&both)),
            [HubOutput::Broadcast(Signal::Hello { from: slug("ann"), run: 1 })]
        );
        assert_eq!(ann.tick(at(4_000), Some(&both)), []);
        let alone = [slug("ann")];
        assert!(ann.tick(at(5_000), Some(&alone)).contains(&HubOutput::Down(slug("bob"))));
        assert!(!ann.hears(at(5_000), &slug("bob"), 2));
    }

    #[test]
    fn without_locks_silence_means_gone() {
        let [mut ann, mut bob] = linked();
        let beat = bob.tick(at(2_000), None);
        assert_eq!(beat, [HubOutput::Broadcast(Signal::Here { from: slug("bob"), run: 2 })]);
        ann.take(at(2_000), Signal::Here { from: slug("bob"), run: 2 });
        assert!(!ann.tick(at(9_000), None).contains(&HubOutput::Down(slug("bob"))));
        assert!(ann.tick(at(10_001), None).contains(&HubOutput::Down(slug("bob"))));
        // And who was thought gone is met again at its next sign.
        assert!(ann.take(at(11_000), Signal::Here { from: slug("bob"), run: 2 }).contains(&HubOutput::Up(slug("bob"))));
    }

    #[test]
    fn a_banned_node_stays_out_until_its_time_is_over() {
        let mut hubs = linked();
        let drop = vec![(0, hubs[0].drop_peer(&slug("bob"), Some(at(60_000))))];
        assert_eq!(settle(&mut hubs, at(1), drop), [down("bob", "ann")]);
        let hello = || Signal::Hello { from: slug("bob"), run: 2 };
        assert_eq!(hubs[0].take(at(59_999), hello()), []);
        assert!(hubs[0].take(at(60_000), hello()).contains(&HubOutput::Up(slug("bob"))));
    }

    #[test]
    fn a_crowd_is_bounded_and_a_taken_name_answers() {
        let mut ann = Hub::new(slug("ann"));
        ann.join(at(0), 1);
        for number in 0..200 {
            ann.take(at(1), Signal::Hello { from: slug(&format!("n{number}")), run: 1 });
        }
        assert_eq!(ann.peers.len(), MAX_PEERS);
        assert_eq!(ann.take(at(2), Signal::Probe { node: slug("ann") }).len(), 1);
        assert_eq!(ann.take(at(2), Signal::Probe { node: slug("zoe") }), []);
        assert_eq!(ann.take(at(2), Signal::Hello { from: slug("ann"), run: 5 }), []);
    }
}
