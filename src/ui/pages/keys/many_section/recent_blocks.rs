//! The newest blocks of the active chain, fetched from the node one by one from the tip down.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde_json::json;
use yew::prelude::*;

use crate::api::{Answer, Command, UserError};
use crate::ledger::{Block, BlockHash, decode_hex};

use crate::ui::{Dispatch, use_dispatch};

/// Blocks looked at.
pub const MAX_BLOCKS: usize = 100;

/// Where the fetching stands.
#[derive(Clone, Debug, Default)]
pub enum RecentBlocks {
    /// On their way.
    #[default]
    Loading,
    /// Here, oldest first.
    Ready(Rc<Vec<Rc<Block>>>),
    /// The node refused.
    Failed(UserError),
}

impl PartialEq for RecentBlocks {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Loading, Self::Loading) => true,
            (Self::Ready(one), Self::Ready(other)) => Rc::ptr_eq(one, other),
            (Self::Failed(one), Self::Failed(other)) => one == other,
            _ => false,
        }
    }
}

type Known = BTreeMap<BlockHash, Rc<Block>>;

/// The newest blocks below a tip; at another tip only those that are not here yet are asked for. Another `again` asks
/// anew after a failure.
#[hook]
pub fn use_recent_blocks(tip: Option<BlockHash>, again: u32) -> RecentBlocks {
    let dispatch = use_dispatch();
    let state = use_state_eq(RecentBlocks::default);
    let known = use_mut_ref(Known::new);
    // Of two fetches under way only the newer one may show its blocks.
    let newest = use_mut_ref(|| 0u32);
    let setter = state.setter();
    use_effect_with((tip, again), move |(tip, _)| {
        let Some(tip) = *tip else { return };
        let turn = *newest.borrow() + 1;
        *newest.borrow_mut() = turn;
        let here = known.borrow().clone();
        wasm_bindgen_futures::spawn_local(async move {
            let fetched = fetch(&dispatch, tip, here).await;
            if *newest.borrow() != turn {
                return;
            }
            setter.set(match fetched {
                Ok(blocks) => {
                    *known.borrow_mut() = blocks.iter().map(|block| (block.block_hash(), block.clone())).collect();
                    RecentBlocks::Ready(Rc::new(blocks))
                }
                Err(error) => RecentBlocks::Failed(error),
            });
        });
    });
    (*state).clone()
}

async fn fetch(dispatch: &Dispatch, tip: BlockHash, known: Known) -> Result<Vec<Rc<Block>>, UserError> {
    let mut blocks = Vec::new();
    let mut hash = tip;
    while blocks.len() < MAX_BLOCKS && hash != BlockHash::ZERO {
        let block = match known.get(&hash) {
            Some(block) => block.clone(),
            None => Rc::new(ask(dispatch, &hash).await?),
        };
        hash = block.header.prev_block_hash;
        blocks.push(block);
    }
    blocks.reverse();
    Ok(blocks)
}

async fn ask(dispatch: &Dispatch, hash: &BlockHash) -> Result<Block, UserError> {
    let command = Command::Rpc { method: "getblock".to_owned(), params: vec![json!(hash), json!(0)] };
    let answer = dispatch.ask(command).await?;
    let hex = match &answer {
        Answer::Rpc(value) => value.as_str().unwrap_or_default(),
        _ => "",
    };
    decode_hex(hex).map_err(|error| UserError::new(-22, "block-decode", error.to_string()))
}
