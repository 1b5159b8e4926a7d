//! The strip of cards over the drawing of their links.

use yew::prelude::*;

use crate::api::{BlockCard, Branch, ChainView, NodeName, TipHolders};
use crate::ledger::BlockHash;
use crate::ui::figures::chain_strip::{self, CardState, PlacedCard, Strip, Walk};
use crate::ui::figures::draw;
use crate::ui::parts::{
    Avatar, Button, ButtonKind, HashGlyph, HashText, Icon, IconName, Mark, MarkKind, TimeAgo, Who, block_time,
    short_digits,
};
use crate::ui::route::block_href;
use crate::ui::store::Action;
use crate::ui::{Digest, Key, Shared, Text, format, use_dispatch, use_text};
use crate::web::page;

/// Blocks by which the strip moves.
const PAGE: u32 = 12;
/// Dots of transactions on a card at most.
const DOTS: u32 = 8;
/// Avatars over a tip at most.
const FACES: usize = 6;

/// Properties of [`StripView`].
#[derive(Properties, PartialEq)]
pub struct StripViewProps {
    /// What is shown.
    pub chain: Shared<ChainView>,
    /// The chosen block.
    pub current: Option<BlockHash>,
}

/// The cards: Tab enters once, ← → walk along the links, ↑ ↓ change the branch, Home and End go to the
/// newest and the oldest block shown, Enter chooses.
#[component]
pub fn StripView(props: &StripViewProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let strip = use_memo(props.chain.clone(), |chain| chain_strip::layout(chain));
    let focused = use_state_eq(|| None::<BlockHash>);
    let root = use_node_ref();
    let stop = tab_stop(&strip, *focused, props.current);
    let onkeydown = {
        let (strip, focused, root) = (strip.clone(), focused.clone(), root.clone());
        Callback::from(move |event: KeyboardEvent| {
            let walked = |walk| stop.and_then(|from| strip.neighbour(&from, walk));
            let next = match event.key().as_str() {
                "ArrowLeft" => walked(Walk::Newer),
                "ArrowRight" => walked(Walk::Older),
                "ArrowUp" => walked(Walk::Up),
                "ArrowDown" => walked(Walk::Down),
                "Home" => strip.newest(),
                "End" => strip.oldest(),
                _ => return,
            };
            let next = next.map(|placed| placed.card.hash);
            if let Some(next) = next {
                event.prevent_default();
                focus_card(&root, &next);
                focused.set(Some(next));
            }
        })
    };
    let mover = |icon: Option<IconName>, action: &'static str, key: Key, top: Option<u32>| {
        let dispatch = dispatch.clone();
        html! {
            <Button small={true} kind={ButtonKind::Quiet} {icon} {action}
                onclick={Callback::from(move |_: MouseEvent| dispatch.act(Action::StripTop(top)))}>
                {text.t(key)}
            </Button>
        }
    };
    let highest = props.chain.active.first().map_or(0, |card| card.height);
    let lowest = props.chain.active.last().map_or(0, |card| card.height);
    let card = |placed: &PlacedCard| card_item(text, placed, props, stop);
    html! {
        <div class="strip__box">
            <div class="strip__scroll">
                <ol class="strip" ref={root} {onkeydown} style={format!("--n:{};--branches:{}", strip.columns, strip.rows.saturating_sub(1))}
                    aria-label={text.t(key!("chain.blocks_label"))}>
                    {for in_order(&strip, &props.chain).into_iter().map(|item| match item {
                        Item::Card(placed) => card(placed),
                        Item::Branch(branch, cards) => branch_item(text, branch, &cards, &props.chain.tips, &card),
                    })}
                    <svg class="strip__links" aria-hidden="true" viewBox={format!("0 0 {} {}", strip.width(), strip.height())}
                        style={format!("--fw:{};--fh:{}", strip.width(), strip.height())}>{draw(&strip.links)}</svg>
                </ol>
            </div>
            if props.chain.more_above || lowest > 0 {
                <p class="strip__more">
                    if props.chain.more_above {
                        {mover(Some(IconName::ArrowLeft), "strip-tip", key!("chain.to_tip"), None)}
                        {mover(None, "strip-newer", key!("chain.newer"), Some(highest + PAGE))}
                    }
                    if lowest > 0 {
                        {mover(Some(IconName::ArrowRight), "strip-older", key!("chain.older"), Some(highest.saturating_sub(PAGE).max(PAGE)))}
                    }
                </p>
            }
        </div>
    }
}

/// The one card that Tab reaches.
fn tab_stop(strip: &Strip, focused: Option<BlockHash>, current: Option<BlockHash>) -> Option<BlockHash> {
    let here = |hash: &BlockHash| strip.cards.iter().any(|placed| placed.card.hash == *hash);
    focused.filter(here).or_else(|| current.filter(here)).or_else(|| strip.cards.first().map(|placed| placed.card.hash))
}

fn focus_card(root: &NodeRef, hash: &BlockHash) {
    page::focus_within(root.cast(), &format!("[data-hash=\"{hash}\"] a"));
}

/// An entry of the list.
enum Item<'a> {
    Card(&'a PlacedCard),
    Branch(&'a Branch, Vec<&'a PlacedCard>),
}

/// Reading order: active blocks downwards, each branch right before the block it grows from.
fn in_order<'a>(strip: &'a Strip, chain: &'a ChainView) -> Vec<Item<'a>> {
    let mut items = Vec::new();
    let mut left: Vec<&Branch> = chain.branches.iter().collect();
    let cards_of = |branch: &Branch| -> Vec<&'a PlacedCard> {
        let hashes: Vec<BlockHash> = branch.blocks.iter().map(|card| card.hash).collect();
        strip.cards.iter().filter(|placed| placed.row > 0 && hashes.contains(&placed.card.hash)).collect()
    };
    for placed in strip.cards.iter().filter(|placed| placed.row == 0) {
        left.retain(|branch| {
            let here = branch.fork == placed.card.hash;
            if here {
                items.push(Item::Branch(branch, cards_of(branch)));
            }
            !here
        });
        items.push(Item::Card(placed));
    }
    items.extend(left.into_iter().map(|branch| Item::Branch(branch, cards_of(branch))));
    items.retain(|item| !matches!(item, Item::Branch(_, cards) if cards.is_empty()));
    items
}

fn branch_item(
    text: Text,
    branch: &Branch,
    cards: &[&PlacedCard],
    tips: &[TipHolders],
    card: &dyn Fn(&PlacedCard) -> Html,
) -> Html {
    let (Some(first), Some(last)) = (cards.first(), cards.last()) else { return html! {} };
    let state = first.state;
    let holders = tips
        .iter()
        .find(|holders| holders.tip == first.card.hash)
        .map(|holders| holders.nodes.as_slice())
        .unwrap_or_default();
    let note = match state {
        CardState::Broken => {
            let rule = branch.invalid.clone().unwrap_or_default();
            text.with(key!("chain.branch_invalid"), &[("rule", &text.check(&rule))])
        }
        CardState::Wanted => text.t(key!("chain.branch_headers")).to_owned(),
        CardState::Weaker => text.t(key!("chain.branch_weaker")).to_owned(),
        CardState::Active | CardState::Stale if !branch.weaker => text.t(key!("chain.branch_equal")).to_owned(),
        CardState::Active | CardState::Stale => lost_by(text, branch),
    };
    let more = u64::from(branch.count).saturating_sub(branch.blocks.len() as u64);
    let place = format!("--col:{};--row:{};--ph:{}", first.column, first.row, Digest::from(last.card.prev).hue());
    html! {
        <li class="branch" key={first.card.hash.to_string()} style={place} data-state={state.attribute()}>
            <p class="branch__note">
                <Mark kind={if state == CardState::Broken { MarkKind::Bad } else { MarkKind::Stale }} size={16} />
                <b>{note}</b>
                if more > 0 { <span class="xs muted">{text.count(plural!("chain.branch_more"), more)}</span> }
                if !holders.is_empty() {
                    {faces(holders)}
                    <span class="xs muted">{text.t(key!("chain.still_here"))}</span>
                }
            </p>
            <ol class="branch__blocks">{for cards.iter().map(|placed| card(placed))}</ol>
        </li>
    }
}

/// By how much a branch lost: in blocks, where it is shorter, and in work, which decides.
fn lost_by(text: Text, branch: &Branch) -> String {
    let work = grouped_digits(&branch.work_behind);
    match branch.blocks_behind {
        0 => text.with(key!("chain.branch_lost"), &[("work", &work)]),
        behind => {
            let blocks = text.count(plural!("common.blocks"), behind.into());
            text.with(key!("chain.branch_stale"), &[("blocks", &blocks), ("work", &work)])
        }
    }
}

/// A decimal number of any length, grouped.
fn grouped_digits(digits: &str) -> String {
    digits.parse().map_or_else(|_| digits.to_owned(), format::grouped)
}

fn faces(names: &[NodeName]) -> Html {
    html! {
        <span class="faces">
            {for names.iter().take(FACES).map(|name| html! { <Avatar name={name.0.clone()} named={true} /> })}
        </span>
    }
}

fn card_item(text: Text, placed: &PlacedCard, props: &StripViewProps, stop: Option<BlockHash>) -> Html {
    let block = &placed.card;
    let current = props.current == Some(block.hash);
    let hue = Digest::from(block.hash).hue();
    let parent_hue = Digest::from(block.prev).hue();
    let style = format!("--col:{};--row:{};--h:{hue};--ph:{parent_hue}", placed.column, placed.row);
    let compact = placed.row > 0;
    let holders = props.chain.tips.iter().find(|holders| holders.tip == block.hash && !compact);
    let prime = if compact { "′" } else { "" };
    // A card that is made when its block comes slides in.
    let newest = !props.chain.more_above && props.chain.active.first().is_some_and(|first| first.hash == block.hash);
    html! {
        <li class={classes!("block", compact.then_some("block--compact"))} key={block.hash.to_string()} {style}
            data-state={placed.state.attribute()} data-hash={block.hash.to_string()} data-height={block.height.to_string()}
            data-genesis={(block.height == 0).then_some("true")} data-newest={newest.then_some("true")} aria-current={current.then_some("true")}>
            if let Some(holders) = holders {
                <span class="block__tips"><span class="tip">{faces(&holders.nodes)}<span>{text.count(plural!("chain.tip_for"), holders.nodes.len() as u64)}</span></span></span>
            }
            <a class="block__card" href={block_href(&block.hash)} tabindex={if stop == Some(block.hash) { "0" } else { "-1" }}
                aria-label={spoken(text, placed)}>
                <span class="block__top">
                    <b class="block__height">{format::grouped(block.height.into())}{prime}</b>
                    <span class="block__age"><TimeAgo at={block_time(block.time)} /></span>
                </span>
                {digits(block)}
                {previous(text, block)}
                {contents(text, placed)}
            </a>
        </li>
    }
}

fn digits(block: &BlockCard) -> Html {
    let hex = block.hash.to_string();
    let (zeros, rest) = short_digits(&hex);
    html! {
        <span class="block__hash"><HashGlyph hash={block.hash} /><code class="mono"><span class="hash__zeros">{zeros}</span>{rest}</code></span>
    }
}

fn previous(text: Text, block: &BlockCard) -> Html {
    if block.height == 0 {
        return html! { <span class="block__prev"><span>{text.t(key!("chain.genesis"))}</span></span> };
    }
    let hex = block.prev.to_string();
    let tail = hex.get(hex.len().saturating_sub(4)..).unwrap_or_default().to_owned();
    html! { <span class="block__prev"><span>{text.t(key!("chain.prev"))}</span><HashGlyph hash={block.prev} size={10} /><code class="mono">{"…"}{tail}</code></span> }
}

fn contents(text: Text, placed: &PlacedCard) -> Html {
    let block = &placed.card;
    match placed.state {
        CardState::Wanted => {
            return html! { <span class="block__row muted">{text.t(key!("chain.header_only"))}<Mark kind={MarkKind::Wait} /></span> };
        }
        CardState::Weaker => return html! { <span class="block__row muted">{text.t(key!("chain.header_only"))}</span> },
        CardState::Active | CardState::Stale | CardState::Broken => {}
    }
    let count = text.with(key!("chain.tx_count"), &[("count", &block.tx_count.to_string())]);
    let miner = if block.miner.0.is_empty() { text.t(key!("common.nobody")).to_owned() } else { block.miner.0.clone() };
    html! {
        <>
            if placed.row == 0 {
                <span class="block__row block__tx">
                    <span class="dots" aria-hidden="true">
                        <i class="cb"></i>
                        {for (1..block.tx_count.min(DOTS)).map(|_| html! { <i></i> })}
                        if block.tx_count > DOTS { <Icon name={IconName::Plus} size={10} /> }
                    </span>
                    <span>{count.clone()}</span>
                </span>
            }
            <span class="block__row block__fees"><span class="faint">{text.t(key!("chain.fees"))}</span><span class="num">{block.fees.to_string()}</span></span>
            <span class="block__row block__miner">
                if block.height > 0 { <Who name={miner} /> } else { <span class="faint">{text.t(key!("chain.genesis_by"))}</span> }
                if placed.row > 0 { <span class="faint">{count}</span> }
            </span>
        </>
    }
}

/// A card's name for screen readers.
fn spoken(text: Text, placed: &PlacedCard) -> String {
    let block = &placed.card;
    let height = block.height.to_string();
    let transactions = text.count(plural!("common.transactions"), block.tx_count.into());
    let miner = if block.miner.0.is_empty() { text.t(key!("common.nobody")) } else { block.miner.0.as_str() };
    match placed.state {
        CardState::Active => text
            .with(key!("chain.card_active"), &[("height", &height), ("transactions", &transactions), ("miner", miner)]),
        CardState::Stale => text
            .with(key!("chain.card_stale"), &[("height", &height), ("transactions", &transactions), ("miner", miner)]),
        CardState::Broken => text.with(key!("chain.card_broken"), &[("height", &height)]),
        CardState::Wanted | CardState::Weaker => text.with(key!("chain.card_wanted"), &[("height", &height)]),
    }
}

/// The strip as a table.
pub fn strip_table(text: Text, chain: &ChainView) -> Html {
    let strip = chain_strip::layout(chain);
    html! {
        <div class="scrollx">
            <table class="table">
                <thead><tr>
                    <th>{text.t(key!("chain.height"))}</th><th>{text.t(key!("chain.block"))}</th><th>{text.t(key!("chain.prev"))}</th>
                    <th>{text.t(key!("chain.state"))}</th><th>{text.t(key!("chain.mined_by"))}</th>
                    <th class="r">{text.t(key!("chain.transactions"))}</th><th class="r">{text.t(key!("chain.fees"))}</th>
                </tr></thead>
                <tbody>
                    {for strip.cards.iter().map(|placed| html! {
                        <tr key={placed.card.hash.to_string()}>
                            <td class="num">{format::grouped(placed.card.height.into())}</td>
                            <td><HashText hash={placed.card.hash} href={block_href(&placed.card.hash)} /></td>
                            <td><HashText hash={placed.card.prev} /></td>
                            <td>{match placed.state {
                                CardState::Active => text.t(key!("chain.state_active")),
                                CardState::Stale => text.t(key!("chain.state_stale")),
                                CardState::Broken => text.t(key!("chain.state_invalid")),
                                CardState::Wanted | CardState::Weaker => text.t(key!("chain.state_header")),
                            }}</td>
                            <td><Who name={placed.card.miner.0.clone()} /></td>
                            <td class="r num">{placed.card.tx_count}</td>
                            <td class="r num">{placed.card.fees.to_string()}</td>
                        </tr>
                    })}
                </tbody>
            </table>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_branch_says_by_how_many_blocks_and_by_how_much_work_it_lost() {
        let branch = |blocks_behind| Branch {
            blocks: Vec::new(),
            fork: BlockHash::hash(b"fork"),
            fork_height: 3,
            count: 1,
            work_behind: "4194320".into(),
            blocks_behind,
            weaker: true,
            invalid: None,
            headers_only: false,
        };
        let text = Text::default();
        assert_eq!(lost_by(text, &branch(1)), "lost by 1 block (4,194,320 hashes less work)");
        assert_eq!(lost_by(text, &branch(3)), "lost by 3 blocks (4,194,320 hashes less work)");
        // As high, but of easier blocks.
        assert_eq!(lost_by(text, &branch(0)), "lost: 4,194,320 hashes less work");
    }
}
