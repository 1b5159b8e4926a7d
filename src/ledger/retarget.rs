//! How hard the next block is: the rule that keeps blocks coming at their pace, and what it would
//! say if they keep the one they have (Core `pow.cpp`, whitepaper section 4).
//!
//! The chain is cut into periods. The first block of each has a new target, by the time that the
//! blocks of the period before took. Where [`Params::min_difficulty_after_spacings`] allows it, a
//! block that comes late may be easy; with BIP-0094's remedy ([`Params::enforce_bip94`]) such a
//! block is an exception that the next target does not see.
//!
//! ```text
//! height   0   1 ... 9 | 10  11 ... 19 | 20
//!          |___measured_|  |__measured__|  |
//!          base            base            the new target: base × took / should have taken
//! ```

use super::index::{BlockTree, Id};
use super::{BlockTime, Params, Target};

/// What the next retarget makes of the blocks of this period, if those to come keep their pace.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RetargetForecast {
    /// Height of the first block with the new target.
    pub height: u32,
    /// The compact target that the new one is in proportion to.
    pub base_bits: u32,
    /// The new compact target.
    pub bits: u32,
    /// All blocks that it is measured by are there: it is no forecast any more.
    pub is_settled: bool,
}

/// The numbers that a retarget is made of.
struct Period {
    interval: u32,
    /// Height of its first block.
    start: u32,
    /// The first block whose time counts.
    timed_height: u32,
    timed_from: BlockTime,
    base_bits: u32,
}

impl Period {
    /// The compact target of the block after a period whose last block has this time (Core
    /// `CalculateNextWorkRequired`).
    fn next_bits(&self, params: &Params, last: i64) -> u32 {
        // From a block to a block: one span fewer than there are blocks, as in Core.
        let actual_secs = last - i64::from(self.timed_from.0);
        let expected_secs = self.interval.saturating_mul(params.spacing_secs);
        match Target::from_bits(self.base_bits) {
            Some(base) => base.retarget(actual_secs, expected_secs, params.limit).to_bits(),
            None => params.limit_bits,
        }
    }
}

impl BlockTree {
    /// The bits that a block behind `parent` with this time must have (Core `GetNextWorkRequired`).
    pub(super) fn next_bits(&self, params: &Params, parent: Id, time: BlockTime) -> u32 {
        let last = self.get(parent);
        let Some(period) = self.period(params, parent) else { return last.header.bits };
        if (last.height + 1).is_multiple_of(period.interval) {
            return period.next_bits(params, last.header.time.0.into());
        }
        match easy_after(params, last.header.time) {
            Some(moment) if time > moment => params.limit_bits,
            Some(_) => self.last_ordinary_bits(params, parent, period.interval),
            None => last.header.bits,
        }
    }

    /// The first time at which a block behind `parent` may be one of minimum difficulty, though
    /// at `parent`'s own time it may not; none where that never comes, or changes nothing.
    pub(super) fn easy_from(&self, params: &Params, parent: Id) -> Option<BlockTime> {
        let last = self.get(parent);
        let moment = BlockTime(easy_after(params, last.header.time)?.0.checked_add(1)?);
        let is_easier = self.next_bits(params, parent, moment) != self.next_bits(params, parent, last.header.time);
        is_easier.then_some(moment)
    }

    /// What the next retarget would be if the blocks still to come behind `tip` kept the pace of
    /// those of its period; none where there is no retarget, or no two blocks that make a pace.
    pub(super) fn retarget_forecast(&self, params: &Params, tip: Id) -> Option<RetargetForecast> {
        let last = self.get(tip);
        let period = self.period(params, tip)?;
        let height = period.start.checked_add(period.interval)?;
        let spans = i64::from(last.height.checked_sub(period.timed_height).filter(|spans| *spans > 0)?);
        let all_spans = i64::from(height - 1 - period.timed_height);
        let taken_secs = i64::from(last.header.time.0) - i64::from(period.timed_from.0);
        let at_end = i64::from(period.timed_from.0) + taken_secs * all_spans / spans;
        Some(RetargetForecast {
            height,
            base_bits: period.base_bits,
            bits: period.next_bits(params, at_end),
            is_settled: spans == all_spans,
        })
    }

    /// The period that `last` is in; none where there are no retargets.
    fn period(&self, params: &Params, last: Id) -> Option<Period> {
        let interval = params.retarget_interval.filter(|interval| *interval > 0)?;
        let height = self.get(last).height;
        let start = height - height % interval;
        let timed = self.get(self.ancestor(last, start.max(params.first_timed_height)));
        let base = if params.enforce_bip94 { self.ancestor(last, start) } else { last };
        Some(Period {
            interval,
            start,
            timed_height: timed.height,
            timed_from: timed.header.time,
            base_bits: self.get(base).header.bits,
        })
    }

    /// Testnet's rule: a block of minimum difficulty is an exception, what counts is the last that
    /// was none, or the period's first.
    fn last_ordinary_bits(&self, params: &Params, from: Id, interval: u32) -> u32 {
        let mut at = from;
        loop {
            let entry = self.get(at);
            match self.parent(at) {
                Some(parent) if !entry.height.is_multiple_of(interval) && entry.header.bits == params.limit_bits => {
                    at = parent
                }
                _ => return entry.header.bits,
            }
        }
    }
}

/// The time after which a block behind one of time `last` may be easy; none where none may.
fn easy_after(params: &Params, last: BlockTime) -> Option<BlockTime> {
    Some(BlockTime(last.0.saturating_add(params.min_difficulty_after_secs()?)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::index::tests::{append, tree};
    use super::*;

    /// The bits of all blocks of a tree without branches, by height.
    fn bits(tree: &BlockTree) -> Vec<u32> {
        tree.ids().map(|id| tree.get(id).header.bits).collect()
    }

    fn time(tree: &BlockTree, id: Id) -> u32 {
        tree.get(id).header.time.0
    }

    /// A room's first blocks come long after its genesis, which is dated years before.
    const OPENED: u32 = 60_000_000;

    /// Blocks at these seconds after the room was opened.
    fn room(params: &Params, seconds: impl IntoIterator<Item = u32>) -> BlockTree {
        tree(params, seconds.into_iter().map(|after| OPENED + after))
    }

    /// A time at which no block is late.
    const EARLY: BlockTime = BlockTime(0);

    #[test]
    fn the_classroom_retargets_every_ten_blocks_the_first_time_by_what_blocks_1_to_9_took() {
        let params = Params::classroom("");
        // All numbers here from another implementation. Eight spans of 15 s where ten are expected.
        let steady = room(&params, (1..=20).map(|block| block * 15));
        assert_eq!(steady.next_bits(&params, 8, EARLY), params.first_bits);
        assert_eq!(steady.next_bits(&params, 9, EARLY), 0x1e03_3332);
        // From then on nine spans.
        assert_eq!(steady.next_bits(&params, 19, EARLY), 0x1e02_e146);
        // Nine blocks in 12 s: four times harder, in whole seconds 37 of 150.
        let fast = room(&params, [0, 1, 3, 4, 6, 7, 9, 10, 12]);
        assert_eq!(fast.next_bits(&params, 9, EARLY), 0x1e00_fc95);
        assert!(Target::from_bits(0x1e00_fc95) < Target::from_bits(params.first_bits));
        // Far too slow: four times easier, not more.
        let slow = room(&params, (1..10).map(|block| block * 299));
        assert_eq!(slow.next_bits(&params, 9, EARLY), 0x1e0f_fffc);
    }

    #[test]
    fn after_twenty_spacings_one_block_is_easy_and_the_next_is_not() {
        let params = Params::classroom("");
        let mut tree = room(&params, [15, 30]);
        let last = time(&tree, 2);
        assert_eq!(tree.next_bits(&params, 2, BlockTime(last + 300)), params.first_bits);
        assert_eq!(tree.next_bits(&params, 2, BlockTime(last + 301)), params.limit_bits);
        let easy = append(&mut tree, &params, 2, BlockTime(last + 301));
        assert_eq!(tree.get(easy).header.bits, params.limit_bits);
        assert_eq!(tree.next_bits(&params, easy, BlockTime(last + 310)), params.first_bits);
        let second = append(&mut tree, &params, easy, BlockTime(last + 700));
        assert_eq!(tree.next_bits(&params, second, BlockTime(last + 701)), params.first_bits);
    }

    #[test]
    fn block_1_of_a_room_is_easy_and_the_moment_of_an_easy_block_is_known() {
        let params = Params::classroom("");
        let mut tree = room(&params, []);
        let genesis = params.genesis.header.time.0;
        assert_eq!(tree.easy_from(&params, 0), Some(BlockTime(genesis + 301)));
        assert_eq!(tree.next_bits(&params, 0, BlockTime(genesis + OPENED)), params.limit_bits);
        for height in 1..30 {
            let at = time(&tree, height - 1) + if height == 1 { OPENED } else { 15 };
            append(&mut tree, &params, height - 1, BlockTime(at));
            // A period's first block is never easy.
            let expected = if (height + 1) % 10 == 0 { None } else { Some(BlockTime(at + 301)) };
            assert_eq!(tree.easy_from(&params, height), expected, "behind block {height}");
        }
        assert_eq!(self::tree(&Params::regtest(), [1]).easy_from(&Params::regtest(), 1), None);
        assert_eq!(self::tree(&Params::mainnet(), [1]).easy_from(&Params::mainnet(), 1), None);
    }

    #[test]
    fn a_pause_at_the_wrong_block_does_not_throw_the_difficulty_to_the_minimum() {
        let params = Params::classroom("");
        // 18 blocks, 301 s of rest, two blocks.
        let steady: Vec<u32> = (1..=18).map(|block| block * 15).collect();
        let tree = room(&params, steady.iter().copied().chain([18 * 15 + 301, 18 * 15 + 316]));
        assert_eq!(bits(&tree)[18..], [0x1e03_3332, 0x1f00_ffff, 0x1e08_fb35]);
        let fast = room(&params, (1..=18).chain([18 + 301, 18 + 302]));
        assert_eq!(bits(&fast)[18..], [0x1e00_fc95, 0x1f00_ffff, 0x1e02_0851]);
        // Without the remedy, as on testnet3.
        let without = Params { enforce_bip94: false, ..params };
        let thrown = room(&without, (1..=18).chain([18 + 301, 18 + 302]));
        assert_eq!(bits(&thrown)[20], 0x1f00_ffff);
    }

    #[test]
    fn the_forecast_is_what_the_rule_then_says() {
        let params = Params::classroom("");
        let mut tree = room(&params, [0]);
        assert_eq!(tree.retarget_forecast(&params, 0), None, "genesis is no pace");
        assert_eq!(tree.retarget_forecast(&params, 1), None, "one block is no pace");
        // A block every 40 s: eight spans are 320 s where 150 are expected.
        for height in 2..=9 {
            let parent = height - 1;
            let at = time(&tree, parent) + 40;
            append(&mut tree, &params, parent, BlockTime(at));
            let forecast = tree.retarget_forecast(&params, height).expect("there is a pace");
            let expected = RetargetForecast {
                height: 10,
                base_bits: params.first_bits,
                bits: 0x1e08_8886,
                is_settled: height == 9,
            };
            assert_eq!(forecast, expected, "at {height}");
        }
        assert_eq!(tree.next_bits(&params, 9, EARLY), 0x1e08_8886);
        // Too fast is harder, never easier.
        let fast = room(&params, [0, 1, 3, 4, 6, 7, 9, 10, 12]);
        for height in 2..=9 {
            assert_eq!(fast.retarget_forecast(&params, height).expect("a pace").bits, 0x1e00_fc95);
        }
        assert_eq!(tree.retarget_forecast(&Params::regtest(), 5), None);
    }

    #[test]
    fn regtest_and_quiet_mainnet_keep_their_bits() {
        let params = Params::regtest();
        let tree = tree(&params, [1, 2, 3]);
        assert_eq!(tree.next_bits(&params, 3, BlockTime(u32::MAX)), 0x207f_ffff);
        let mainnet = Params::mainnet();
        let tree = self::tree(&mainnet, [600, 1200]);
        assert_eq!(tree.next_bits(&mainnet, 2, BlockTime(u32::MAX)), 0x1d00_ffff);
    }

    #[test]
    fn mainnet_still_retargets_from_the_period_s_first_block_by_its_last_block_s_bits() {
        // Core's unit test `get_next_work`: block 32255, with the period's first at 1261130161.
        let mut params = Params::mainnet();
        params.genesis.header.time = BlockTime(1_261_130_161);
        params.genesis.header.bits = 0x1d00_ffff;
        let last = 1_262_152_739 - 1_261_130_161;
        let mut tree = tree(&params, (1..2015).map(|block| block * 500));
        append(&mut tree, &params, 2014, BlockTime(1_261_130_161 + last));
        assert_eq!(tree.next_bits(&params, 2015, EARLY), 0x1d00_d86a);
    }

    proptest! {
        #[test]
        fn easy_blocks_never_pull_the_next_target_along(
            gaps in prop::collection::vec(prop_oneof![0u32..40, 290u32..320, 0u32..3000], 1..80)
        ) {
            let params = Params::classroom("");
            let never = Params { min_difficulty_after_spacings: None, ..params.clone() };
            let times: Vec<u32> = gaps.iter().scan(0, |at, gap| { *at += gap; Some(*at) }).collect();
            let with = bits(&room(&params, times.iter().copied()));
            let without = bits(&room(&never, times.iter().copied()));
            for (height, (with, without)) in with.iter().zip(&without).enumerate() {
                if height % 10 == 0 {
                    // The same as if no block could ever have been easy.
                    prop_assert_eq!(with, without, "at {}", height);
                } else {
                    prop_assert!(with == without || *with == params.limit_bits, "at {}", height);
                }
            }
        }
    }
}
