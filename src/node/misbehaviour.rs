//! Keeping out those who break the protocol: a score per link, and a list of names that stay out
//! for a while once it is full.

use std::collections::BTreeMap;

use super::{DisconnectReason, Node, PeerId};
use crate::ledger::{Duration, Time};

/// The score at which a peer is disconnected (Core `DISCOURAGEMENT_THRESHOLD`).
pub const MISBEHAVIOUR_LIMIT: u32 = 100;
/// How long a peer stays out after that: a lesson goes on, so not Core's 24 hours.
pub const BAN_DURATION: Duration = Duration::from_secs(10 * 60);
/// Most names on the list; the one that would come off first makes room.
pub const MAX_BANS: usize = 100;

/// A block or header that breaks a rule: it cost work to make, so it is no accident.
pub(super) const SCORE_INVALID_BLOCK: u32 = 100;
/// A transaction that no block may hold. Core gave 100; here a class may look at a few.
pub(super) const SCORE_INVALID_TRANSACTION: u32 = 10;
/// A message that can't be read.
pub(super) const SCORE_MALFORMED: u32 = 10;
/// Headers that do not follow one another, or never connect.
pub(super) const SCORE_BAD_HEADERS: u32 = 20;
/// A message before the handshake, or one that belongs to it after.
pub(super) const SCORE_OUT_OF_TURN: u32 = 1;

/// The names that stay out.
#[derive(Clone, Debug, Default)]
pub(super) struct Bans {
    until: BTreeMap<String, Time>,
}

impl Bans {
    /// Until when `name` stays out, if it does.
    pub(super) fn until(&self, name: &str, now: Time) -> Option<Time> {
        self.until.get(name).copied().filter(|until| *until > now)
    }

    pub(super) fn add(&mut self, name: String, until: Time) {
        self.until.insert(name, until);
        while self.until.len() > MAX_BANS {
            let first = self.until.iter().min_by_key(|(_, until)| **until).map(|(name, _)| name.clone());
            let Some(first) = first else { break };
            self.until.remove(&first);
        }
    }

    pub(super) fn expire(&mut self, now: Time) {
        self.until.retain(|_, until| *until > now);
    }

    pub(super) fn len(&self) -> usize {
        self.until.len()
    }
}

impl Node {
    /// The names that stay out, each with until when.
    pub fn bans(&self, now: Time) -> impl Iterator<Item = (&str, Time)> {
        self.bans.until.iter().filter(move |(_, until)| **until > now).map(|(name, until)| (name.as_str(), *until))
    }

    /// Lets a node of this name in again.
    pub fn unban(&mut self, name: &str) {
        self.bans.until.remove(name);
    }

    /// Adds to a peer's score, and puts it out when that is full.
    pub(super) fn misbehaving(&mut self, now: Time, id: PeerId, score: u32, rule: &str) {
        let Some(peer) = self.peers.get_mut(&id) else { return };
        peer.misbehaviour = peer.misbehaviour.saturating_add(score).min(MISBEHAVIOUR_LIMIT);
        if peer.misbehaviour >= MISBEHAVIOUR_LIMIT {
            let until = now + BAN_DURATION;
            self.bans.add(peer.name.clone(), until);
            self.disconnect(now, id, DisconnectReason::Misbehaved { rule: rule.to_owned(), until });
        } else if score > 0 {
            self.peer_changed(id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_forgets_in_time_and_never_grows_past_its_limit() {
        let mut bans = Bans::default();
        for number in 0..3 * MAX_BANS as u64 {
            bans.add(format!("node {number}"), Time::from_millis(1000 + number));
            assert!(bans.len() <= MAX_BANS);
        }
        let last = format!("node {}", 3 * MAX_BANS - 1);
        assert!(bans.until(&last, Time::from_millis(1000)).is_some());
        assert!(bans.until("node 0", Time::from_millis(0)).is_none());
        assert!(bans.until(&last, Time::from_millis(5000)).is_none());
        bans.expire(Time::from_millis(5000));
        assert_eq!(bans.len(), 0);
    }
}
