//! The strip of blocks, the branches beside it, and the next block.

use std::collections::BTreeMap;

use super::cards::{card_of_checked, card_of_index};
use super::counts::to_u32;
use super::scripts::{address_of, is_mine};
use crate::api::{Attempt, Branch, ChainView, NextBlock, NodeName, PendingPayment, TipHolders};
use crate::ledger::{BlockHash, BlockIndex, BlockStatus, Chain, Work};
use crate::mempool::MempoolEntry;
use crate::session::state::{State, zero_bits};

/// Active blocks on the strip.
const STRIP_BLOCKS: u32 = 24;
/// Branches shown.
const BRANCHES: usize = 4;
/// Blocks shown of a branch.
const BRANCH_BLOCKS: usize = 8;
/// Payments shown of the next block.
const NEXT_PAYMENTS: usize = 12;

/// Shows the part of the strip that is on screen, and what is beside it.
pub(in crate::session) fn chain(state: &State) -> ChainView {
    let chain = state.chain();
    let top = state.watch.strip_top.unwrap_or(u32::MAX).min(chain.height());
    let bottom = top.saturating_sub(STRIP_BLOCKS - 1);
    let active = (bottom..=top).rev().filter_map(|height| chain.checked(height)).map(card_of_checked).collect();
    ChainView {
        active,
        more_above: top < chain.height(),
        branches: branches(chain, bottom),
        next: next_block(state),
        tips: tip_holders(state),
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

fn tip_holders(state: &State) -> Vec<TipHolders> {
    let tip = state.chain().tip();
    let mut tips: BTreeMap<(u32, BlockHash), Vec<NodeName>> = BTreeMap::new();
    tips.entry((tip.height, tip.hash)).or_default().push(state.name.clone());
    for peer in state.peers() {
        if let Some((hash, height)) = peer.best_known {
            tips.entry((height, hash)).or_default().push(NodeName(peer.name));
        }
    }
    tips.into_iter().rev().map(|((height, tip), nodes)| TipHolders { tip, height, nodes }).collect()
}

fn next_block(state: &State) -> NextBlock {
    let chain = state.chain();
    let mempool = state.mempool();
    let limit = chain.params().max_block_weight;
    let chosen = state.next_payments();
    let size: usize = chosen.iter().map(|entry| entry.tx.total_size()).sum();
    let height = chain.height() + 1;
    let attempt = state.is_mining().then(|| attempt(state));
    NextBlock {
        height,
        payments: chosen.iter().take(NEXT_PAYMENTS).map(|entry| pending(state, entry)).collect(),
        count: chosen.len(),
        left_out: mempool.len().saturating_sub(chosen.len()),
        size: to_u32(size),
        size_limit: to_u32(limit / 4),
        reward: state.next_reward(&chosen),
        zero_bits: zero_bits(state.next_bits()),
        easy: state.easy_block(),
        attempt,
    }
}

/// Shows the attempt going on.
pub(super) fn attempt(state: &State) -> Attempt {
    let stats = state.mining.stats(state.now);
    Attempt { tries: stats.tries, best_zero_bits: stats.best_zero_bits, best_hash: stats.best_hash }
}

fn pending(state: &State, entry: &MempoolEntry) -> PendingPayment {
    // Wallets put the change last: the first output is the payment, as a rule.
    let paid = entry.tx.outputs.first();
    let spent = state.spent_coins(&entry.tx, None);
    let from = spent.first().and_then(Option::as_ref).map(|coin| &coin.output);
    let mine = entry.tx.outputs.iter().any(|output| is_mine(state, &output.script_pubkey))
        || from.is_some_and(|output| is_mine(state, &output.script_pubkey));
    PendingPayment {
        txid: entry.txid,
        fee_rate: entry.fee_rate(),
        amount: paid.map(|output| output.value).unwrap_or_default(),
        from: from.and_then(|output| address_of(state, &output.script_pubkey)),
        to: paid.and_then(|output| address_of(state, &output.script_pubkey)),
        mine,
        size: to_u32(entry.tx.vsize()),
    }
}
