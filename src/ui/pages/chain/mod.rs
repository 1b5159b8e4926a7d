//! The chain page: what waits, what is mined, and the chosen block in all its parts.

mod block_panels;
mod header;
mod next_block;
mod strip;

use yew::prelude::*;

use crate::ledger::BlockHash;
use crate::session::{BlockState, BlockView, ChainView, NodeView};
use crate::ui::parts::{EmptyState, IconName, PageHead, Panel, Skeleton, TableToggle};
use crate::ui::store::{Action, Slot};
use crate::ui::{Shared, use_dispatch, use_text};
use block_panels::{BlockFacts, BlockTransactions, ChecksPanel, MerklePanel};
use header::HeaderPanel;
use next_block::NextBlockCard;
use strip::{StripTable, StripView};

/// Blocks kept above a chosen old block, so that it does not stand at the very edge.
const ABOVE_CHOSEN: u32 = 3;

/// Properties of [`ChainPage`].
#[derive(Properties, PartialEq)]
pub struct ChainPageProps {
    /// The strip.
    pub chain: Option<Shared<ChainView>>,
    /// The chosen block.
    pub block: Slot<BlockView>,
    /// Its hash, as soon as it is known.
    pub wanted: Option<BlockHash>,
    /// Nothing is chosen: the tip is shown and followed.
    pub following: bool,
    /// This node.
    pub node: Option<Shared<NodeView>>,
}

/// The page.
#[component]
pub fn ChainPage(props: &ChainPageProps) -> Html {
    let text = use_text();
    let as_table = use_state_eq(|| false);
    let onchange = {
        let as_table = as_table.clone();
        Callback::from(move |wanted| as_table.set(wanted))
    };
    use_show_chosen(props);
    html! {
        <>
            <PageHead title={text.t("chain.title")} lede={text.t("chain.lede")}>
                <span class="xs faint hide-sm hide-md">
                    <span class="kbd">{"←"}</span>{" "}<span class="kbd">{"→"}</span>{" "}{text.t("chain.walk")}
                </span>
                <TableToggle on={*as_table} {onchange} />
            </PageHead>
            if let Some(chain) = &props.chain {
                if *as_table {
                    <Panel title={text.t("chain.table_title")}><StripTable chain={chain.clone()} /></Panel>
                } else {
                    <section class="chain" aria-label={text.t("chain.strip_label")} data-figure="chain">
                        <NextBlockCard chain={chain.clone()} />
                        <div class="now" aria-hidden="true"><span class="now__word">{text.t("chain.now")}</span></div>
                        <StripView chain={chain.clone()} current={props.wanted} me={props.node.as_ref().map(|node| node.name.clone())} />
                    </section>
                }
            } else {
                <Panel><Skeleton lines={5} /></Panel>
            }
            {block(props)}
        </>
    }
}

/// The chosen block's panels.
fn block(props: &ChainPageProps) -> Html {
    match &props.block {
        Slot::Loading => {
            html! { <div class="anatomy"><Panel class="a-head"><Skeleton lines={5} /></Panel><Panel class="a-facts"><Skeleton lines={5} /></Panel></div> }
        }
        Slot::Missing => html! { <NoBlock /> },
        Slot::Here(block) => {
            // Only headers are here: there are no transactions to show.
            let whole = block.state != BlockState::HeaderOnly;
            let checks_first = matches!(block.state, BlockState::Invalid(_));
            html! {
                <div class="anatomy" data-block={block.card.hash.to_string()} data-state={if checks_first { "invalid" } else { "valid" }}>
                    if checks_first {
                        <ChecksPanel block={block.clone()} />
                    }
                    <HeaderPanel block={block.clone()} />
                    <BlockFacts block={block.clone()} />
                    if whole {
                        <MerklePanel block={block.clone()} />
                        <BlockTransactions block={block.clone()} />
                    }
                    if !checks_first {
                        <ChecksPanel block={block.clone()} />
                    }
                </div>
            }
        }
    }
}

#[component]
fn NoBlock() -> Html {
    let text = use_text();
    html! {
        <EmptyState title={text.t("chain.no_block")} text={text.t("chain.no_block_why")} icon={IconName::Search}>
            <a class="btn btn--accent" href="#/chain">{text.t("chain.go_tip")}</a>
        </EmptyState>
    }
}

/// Moves the strip to a chosen block that it does not show, and back to the tip when none is chosen.
#[hook]
fn use_show_chosen(props: &ChainPageProps) {
    let dispatch = use_dispatch();
    let chosen = match &props.block {
        Slot::Here(block) if !props.following => Some((block.card.hash, block.card.height)),
        _ => None,
    };
    let chain = props.chain.clone();
    let following = props.following;
    use_effect_with((chosen, following), move |(chosen, following)| {
        if *following {
            dispatch.act(Action::StripTop(None));
        } else if let (Some((hash, height)), Some(chain)) = (chosen, chain) {
            let branches = chain.branches.iter().flat_map(|branch| &branch.blocks);
            if !chain.active.iter().chain(branches).any(|card| card.hash == *hash) {
                dispatch.act(Action::StripTop(Some(height + ABOVE_CHOSEN)));
            }
        }
    });
}
