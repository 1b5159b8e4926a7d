//! The chain page: what waits, what is mined, and the chosen block in all its parts.

mod block_panels;
mod header;
mod next_block;
mod strip;

use yew::prelude::*;

use crate::api::{BlockView, ChainView};
use crate::ledger::BlockHash;
use crate::ui::parts::{EmptyState, IconName, PageHead, Panel, Skeleton, TableToggle};
use crate::ui::store::{Action, Slot};
use crate::ui::{Shared, Text, use_dispatch, use_text};
use block_panels::BlockPanels;
use next_block::next_block_card;
use strip::{StripView, strip_table};

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
}

/// The page.
#[component]
pub fn ChainPage(props: &ChainPageProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let as_table = use_state_eq(|| false);
    let onchange = {
        let as_table = as_table.clone();
        Callback::from(move |wanted| as_table.set(wanted))
    };
    use_show_chosen(props);
    html! {
        <>
            <PageHead title={text.t(key!("chain.title"))} lede={text.t(key!("chain.lede"))}>
                <span class="xs faint hide-sm hide-md">
                    {text.t(key!("chain.walk"))}{" "}<span class="kbd">{"←"}</span>{" "}<span class="kbd">{"→"}</span>{" "}{text.t(key!("chain.walk_how"))}
                </span>
                <TableToggle on={*as_table} {onchange} />
            </PageHead>
            if let Some(chain) = &props.chain {
                if *as_table {
                    <Panel title={text.t(key!("chain.table_title"))}>{strip_table(text, chain)}</Panel>
                } else {
                    <section class="chain" aria-label={text.t(key!("chain.strip_label"))} data-figure="chain">
                        {next_block_card(text, &dispatch, &chain.next)}
                        <div class="now" aria-hidden="true"><span class="now__word">{text.t(key!("chain.now"))}</span></div>
                        <StripView chain={chain.clone()} current={props.wanted} />
                    </section>
                }
            } else {
                <Panel><Skeleton lines={5} /></Panel>
            }
            {block(text, &props.block)}
        </>
    }
}

/// The chosen block, or why it is not shown.
fn block(text: Text, block: &Slot<BlockView>) -> Html {
    let waiting = |class: &'static str| {
        html! { <Panel {class}><Skeleton lines={5} /></Panel> }
    };
    match block {
        Slot::Loading => html! { <div class="anatomy">{waiting("a-head")}{waiting("a-facts")}</div> },
        Slot::Missing => html! {
            <EmptyState title={text.t(key!("chain.no_block"))} text={text.t(key!("chain.no_block_why"))} icon={IconName::Search}>
                <a class="btn btn--accent" href="#/chain">{text.t(key!("chain.go_tip"))}</a>
            </EmptyState>
        },
        Slot::Here(block) => html! { <BlockPanels block={block.clone()} /> },
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
