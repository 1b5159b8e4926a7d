//! What a search by the words alone would find of a wallet's receiving addresses.
//!
//! Whoever restores a wallet looks at one address after the other, and stops when a number of them
//! in a row was never paid (BIP-0044's gap limit, 20). An address behind such a gap can be paid, and
//! this wallet sees it, as it knows how many it handed out; the words do not.

use super::key_ring::{Branch, GAP_LIMIT};
use super::wallet::Wallet;
use crate::ledger::{Amount, SortedSet};

/// How far a search by the words comes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct AddressGap {
    /// Receiving addresses handed out behind the last one that was paid in a block.
    pub unused_run: u32,
    /// Whether the next new address would be out of reach of a search that passes over
    /// [`GAP_LIMIT`] unpaid ones: BIP-0044 says to warn then.
    pub next_is_out_of_reach: bool,
    /// Receiving addresses handed out already that such a search does not come to.
    pub out_of_reach: u32,
    /// What is unspent on those.
    pub at_stake: Amount,
    /// How many unpaid addresses in a row a search must pass over to find all that was paid; at
    /// least [`GAP_LIMIT`].
    pub needed: u32,
}

impl Wallet {
    /// How many unused addresses behind the last known one this wallet watches.
    pub fn gap(&self) -> u32 {
        self.keys.gap()
    }

    /// Watches so many unused addresses from now on, at most [`MAX_GAP`](super::MAX_GAP), and never
    /// fewer than before.
    pub fn widen_gap(&mut self, gap: u32) {
        self.keys.widen(gap);
    }

    /// How many keys it watches, those for change included.
    pub fn watched_keys(&self) -> u32 {
        [Branch::Receive, Branch::Change].map(|branch| self.keys.known(branch) + self.keys.gap()).iter().sum()
    }

    /// How far a search by the words comes, as the chain is now.
    pub fn address_gap(&self) -> AddressGap {
        let received = || self.transactions.all_owned().filter(|(_, owned)| owned.place.branch == Branch::Receive);
        let in_blocks = received().filter(|(outpoint, _)| {
            self.transactions.get(&outpoint.txid).is_some_and(|entry| entry.state.is_confirmed())
        });
        let mut paid: Vec<u32> = in_blocks.map(|(_, owned)| owned.place.index).collect();
        paid.sort_unstable();
        let paid: SortedSet<u32> = paid.into_iter().collect();
        let (mut reach, mut needed, mut next) = (GAP_LIMIT, GAP_LIMIT, 0);
        for &index in &paid {
            if index < reach {
                reach = index + 1 + GAP_LIMIT;
            }
            needed = needed.max(index - next + 1);
            next = index + 1;
        }
        let known = self.keys.known(Branch::Receive);
        let at_stake = received()
            .filter(|(outpoint, owned)| {
                owned.place.index >= reach && owned.is_unspent && !self.transactions.is_spending(outpoint)
            })
            .map(|(_, owned)| owned.value);
        AddressGap {
            unused_run: known.saturating_sub(next),
            next_is_out_of_reach: known >= reach,
            out_of_reach: known.saturating_sub(reach),
            at_stake: Amount::sum(at_stake).unwrap_or_default(),
            needed,
        }
    }
}
