//! The strip of blocks, the branches beside it, and the next block.

use std::collections::BTreeMap;

use super::{address_of, is_mine, to_u32};
use crate::api::{Attempt, BlockCard, Branch, ChainView, NextBlock, NodeName, PendingPayment, TipHolders};
use crate::ledger::{
    Amount, Block, BlockHash, BlockIndex, BlockStatus, Chain, CheckedBlock, Target, Time, Transaction, Work,
};
use crate::mempool::MempoolEntry;
use crate::miner::miner_tag;
use crate::session::tab::Session;

/// Active blocks on the strip.
const STRIP_BLOCKS: u32 = 24;
/// Branches shown.
const BRANCHES: usize = 4;
/// Blocks shown of a branch.
const BRANCH_BLOCKS: usize = 8;
/// Payments shown of the next block.
const NEXT_PAYMENTS: usize = 12;
/// Bytes of a block that the coinbase and the header take at most.
const RESERVED_WEIGHT: usize = 4_000;

pub(in crate::session) fn chain(session: &Session) -> ChainView {
    let chain = session.chain();
    let top = session.watch.strip_top.unwrap_or(u32::MAX).min(chain.height());
    let bottom = top.saturating_sub(STRIP_BLOCKS - 1);
    let active = (bottom..=top).rev().filter_map(|height| chain.checked(height)).map(card_of_checked).collect();
    ChainView {
        active,
        more_above: top < chain.height(),
        branches: branches(chain, bottom),
        next: next_block(session),
        tips: tip_holders(session),
    }
}

/// The card of a block on the active chain.
pub(in crate::session) fn card_of_checked(checked: &std::sync::Arc<CheckedBlock>) -> BlockCard {
    card(checked.hash(), checked.height(), checked.block(), checked.fees())
}

/// The card of a block; of one not on the active chain the fees are not known.
pub(super) fn card_of_index(chain: &Chain, index: &BlockIndex) -> BlockCard {
    if chain.is_active(&index.hash)
        && let Some(checked) = chain.checked(index.height)
    {
        return card_of_checked(checked);
    }
    match chain.block(&index.hash) {
        Some(block) => card(index.hash, index.height, &block, claimed_fees(chain, index.height, &block)),
        None => BlockCard {
            hash: index.hash,
            prev: index.header.prev_block_hash,
            height: index.height,
            time: index.header.time,
            tx_count: 0,
            fees: Amount::ZERO,
            miner: NodeName::default(),
            size: 0,
        },
    }
}

/// What a coinbase claims beyond the subsidy; exact for a block whose miner took all there was.
fn claimed_fees(chain: &Chain, height: u32, block: &Block) -> Amount {
    let claimed = block.transactions.first().and_then(Transaction::output_value).unwrap_or_default();
    claimed.checked_sub(chain.params().subsidy(height)).unwrap_or_default()
}

fn card(hash: BlockHash, height: u32, block: &Block, fees: Amount) -> BlockCard {
    BlockCard {
        hash,
        prev: block.header.prev_block_hash,
        height,
        time: block.header.time,
        tx_count: to_u32(block.transactions.len()),
        fees,
        miner: NodeName(block.transactions.first().and_then(miner_tag).unwrap_or_default()),
        size: to_u32(block.total_size()),
    }
}

fn branches(chain: &Chain, bottom: u32) -> Vec<Branch> {
    let active_work = chain.tip().chain_work;
    let mut tips: Vec<&BlockIndex> =
        chain.tips().into_iter().filter(|tip| !chain.is_active(&tip.hash) && tip.height + 1 >= bottom).collect();
    tips.sort_unstable_by(|a, b| b.chain_work.cmp(&a.chain_work).then(a.hash.cmp(&b.hash)));
    tips.truncate(BRANCHES);
    tips.into_iter().filter_map(|tip| branch(chain, tip, active_work)).collect()
}

fn branch(chain: &Chain, tip: &BlockIndex, active_work: Work) -> Option<Branch> {
    let mut blocks = Vec::new();
    let mut count = 0;
    let mut index = tip;
    while !chain.is_active(&index.hash) {
        count += 1;
        if blocks.len() < BRANCH_BLOCKS {
            blocks.push(card_of_index(chain, index));
        }
        index = chain.index(&index.header.prev_block_hash)?;
    }
    Some(Branch {
        blocks,
        fork: index.hash,
        fork_height: index.height,
        count,
        blocks_behind: chain.height().saturating_sub(tip.height),
        weaker: tip.chain_work < active_work,
        work_behind: format!("{:.0}", (active_work.to_f64() - tip.chain_work.to_f64()).max(0.0)),
        invalid: match &tip.status {
            BlockStatus::Invalid(reason) => Some(reason.rule.to_owned()),
            _ => None,
        },
        headers_only: tip.status == BlockStatus::HeaderOnly,
    })
}

fn tip_holders(session: &Session) -> Vec<TipHolders> {
    let tip = session.chain().tip();
    let mut tips: BTreeMap<(u32, BlockHash), Vec<NodeName>> = BTreeMap::new();
    tips.entry((tip.height, tip.hash)).or_default().push(session.name.clone());
    for peer in session.peers() {
        if let Some((hash, height)) = peer.best_known {
            tips.entry((height, hash)).or_default().push(NodeName(peer.name));
        }
    }
    tips.into_iter().rev().map(|((height, tip), nodes)| TipHolders { tip, height, nodes }).collect()
}

/// What the next block would hold.
pub(super) fn next_payments(session: &Session) -> Vec<&MempoolEntry> {
    session.mempool().select(session.params().max_block_weight.saturating_sub(RESERVED_WEIGHT))
}

/// What the next block would bring its miner.
pub(super) fn next_reward(session: &Session) -> Amount {
    reward(session, &next_payments(session))
}

fn reward(session: &Session, payments: &[&MempoolEntry]) -> Amount {
    let fees: u64 = payments.iter().map(|entry| entry.fee.to_sat()).sum();
    Amount::from_sat(session.params().subsidy(session.chain().height() + 1).to_sat().saturating_add(fees))
}

fn next_block(session: &Session) -> NextBlock {
    let chain = session.chain();
    let mempool = session.mempool();
    let limit = chain.params().max_block_weight;
    let chosen = next_payments(session);
    let size: usize = chosen.iter().map(|entry| entry.tx.total_size()).sum();
    let height = chain.height() + 1;
    let attempt = session.is_mining().then(|| attempt(session));
    NextBlock {
        height,
        payments: chosen.iter().take(NEXT_PAYMENTS).map(|entry| pending(session, entry)).collect(),
        count: chosen.len(),
        left_out: mempool.len().saturating_sub(chosen.len()),
        size: to_u32(size),
        size_limit: to_u32(limit / 4),
        reward: reward(session, &chosen),
        zero_bits: zero_bits(session.next_bits()),
        easy: session.easy_block(),
        attempt,
    }
}

/// Zero bits that a hash at this target starts with at least.
pub(in crate::session) fn zero_bits(bits: u32) -> u32 {
    Target::from_bits(bits).map_or(0, |target| leading_zero_bits(&target.as_be_bytes()))
}

/// Zero bits at the front of a number, its most significant byte first.
pub(super) fn leading_zero_bits(bytes: &[u8; 32]) -> u32 {
    let zero_bytes = bytes.iter().take_while(|byte| **byte == 0).count();
    to_u32(zero_bytes) * 8 + bytes.get(zero_bytes).map_or(0, |byte| byte.leading_zeros())
}

/// The attempt going on.
pub(super) fn attempt(session: &Session) -> Attempt {
    let stats = session.mining.stats(session.now);
    Attempt { tries: stats.tries, best_zero_bits: stats.best_zero_bits, best_hash: stats.best_hash }
}

fn pending(session: &Session, entry: &MempoolEntry) -> PendingPayment {
    // Wallets put the change last: the first output is the payment, as a rule.
    let paid = entry.tx.outputs.first();
    let spent = super::spent_coins(session, &entry.tx, None);
    let from = spent.first().and_then(Option::as_ref).map(|coin| &coin.output);
    let mine = entry.tx.outputs.iter().any(|output| is_mine(session, &output.script_pubkey))
        || from.is_some_and(|output| is_mine(session, &output.script_pubkey));
    PendingPayment {
        txid: entry.txid,
        fee_rate: entry.fee_rate(),
        amount: paid.map(|output| output.value).unwrap_or_default(),
        from: from.and_then(|output| address_of(session, &output.script_pubkey)),
        to: paid.and_then(|output| address_of(session, &output.script_pubkey)),
        mine,
        size: to_u32(entry.tx.vsize()),
    }
}

/// The fee rate for the next block: the least relayed, or one more than the worst that just fits
/// when the block is full.
pub(in crate::session) fn next_block_fee_rate(session: &Session) -> u64 {
    let chosen = next_payments(session);
    let least = session.mempool().limits().min_fee_sat(1000).div_ceil(1000);
    if chosen.len() == session.mempool().len() {
        return least;
    }
    let worst = chosen.iter().map(|entry| entry.fee_rate()).fold(f64::INFINITY, f64::min);
    if worst.is_finite() { worst.ceil() as u64 + 1 } else { least }
}

/// Milliseconds of a header's time.
pub(super) fn time_of(index: &BlockIndex) -> Time {
    Time::from_millis(u64::from(index.header.time.0) * 1000)
}
