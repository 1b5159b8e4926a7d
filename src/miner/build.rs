//! The template on a chain's active tip.

use std::sync::Arc;

use super::coinbase::coinbase;
use super::template::{BlockTemplate, TemplateParts};
use crate::ledger::{Amount, Chain, Header, Script, SortedSet, Time, compact_size_len};
use crate::mempool::Mempool;

impl BlockTemplate {
    /// The next block on the active tip: payments by what their packages pay, up to the weight
    /// limit, the reward to `script_pubkey`, the miner's name `tag` in the coinbase.
    ///
    /// Its time is `now`, but later than the median of the eleven blocks before.
    pub fn build(
        chain: &Chain,
        mempool: &Mempool,
        script_pubkey: &Script,
        tag: &str,
        extra_nonce: u64,
        now: Time,
    ) -> Self {
        let params = chain.params();
        let tip = chain.tip();
        let height = tip.height + 1;
        let time = chain.next_block_time(now);
        let largest_coinbase = coinbase(height, extra_nonce, tag, Amount::ZERO, script_pubkey);
        let reserved = largest_coinbase.weight() + 4 * (Header::SIZE + compact_size_len(u64::from(u32::MAX)));
        let mut refused = SortedSet::new();
        let mut payments = Vec::new();
        for entry in mempool.select(params.max_block_weight.saturating_sub(reserved)) {
            // A block with witnesses needs a commitment (BIP-0141), which these templates do not make.
            if entry.tx.has_witness() || entry.tx.inputs.iter().any(|input| refused.contains(&input.prevout.txid)) {
                refused.insert(entry.txid);
                continue;
            }
            payments.push((Arc::clone(&entry.tx), entry.fee));
        }
        Self::new(TemplateParts {
            parent: tip.hash,
            height,
            time,
            bits: chain.next_bits(&tip.hash, time),
            subsidy: params.subsidy(height),
            payments,
            script_pubkey: script_pubkey.clone(),
            tag: tag.to_owned(),
            extra_nonce,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Params;
    use crate::miner::{mine_block_now, miner_tag};

    /// Mines blocks on regtest, each at the time the one before was, and returns the chain.
    fn mine(count: u32, now: Time) -> Chain {
        let mut chain = Chain::new(Arc::new(Params::regtest()));
        let mempool = Mempool::default();
        let script_pubkey = Script::from_bytes(vec![0x51]);
        for height in 1..=count {
            let template = BlockTemplate::build(&chain, &mempool, &script_pubkey, "Amber Fox", 7, now);
            assert_eq!(template.height(), height);
            let block = mine_block_now(&template, 1_000).expect("one in two nonces will do");
            let accepted = chain.accept_block(block, now).expect("what the miner makes is valid");
            assert_eq!(accepted.update.connected.len(), 1);
        }
        chain
    }

    #[test]
    fn what_the_miner_makes_the_ledger_accepts() {
        let now = Time::from_millis(1_700_000_000_000);
        // Over the heights whose push changes its form, and over a halving.
        let chain = mine(160, now);
        assert_eq!(chain.height(), 160);
        let block = chain.block(&chain.tip().hash).expect("it is stored");
        assert_eq!(miner_tag(&block.transactions[0]).as_deref(), Some("Amber Fox"));
        assert_eq!(block.transactions[0].outputs[0].value, Amount::from_coins(25));
    }

    #[test]
    fn a_clock_that_is_behind_still_makes_times_that_rise() {
        // The second of regtest's genesis block.
        let chain = mine(30, Time::from_millis(1_296_688_602_000));
        assert_eq!(chain.height(), 30);
    }
}
