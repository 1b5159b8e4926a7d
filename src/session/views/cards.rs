//! A block in a few words, as the strip and the lists show it.

use std::sync::Arc;

use super::counts::to_u32;
use crate::api::{BlockCard, NodeName};
use crate::ledger::{Amount, Block, BlockHash, BlockIndex, Chain, CheckedBlock, Transaction};
use crate::miner::miner_tag;

/// Makes the card of a block on the active chain.
pub(in crate::session) fn card_of_checked(checked: &Arc<CheckedBlock>) -> BlockCard {
    card(checked.hash(), checked.height(), checked.block(), checked.fees())
}

/// Makes the card of a block; of one not on the active chain the fees are not known.
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

/// Returns what a coinbase claims beyond the subsidy; exact for a block whose miner took all there was.
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
