//! The chosen block: facts, Merkle tree, transactions, checks.

use yew::prelude::*;

use super::header::header_panel;
use crate::api::{BlockState, BlockView, OwnShare, ProofOfWork, TransactionRow, UncheckedWitnesses};
use crate::ledger::Amount;
use crate::ui::figures::merkle::{merkle_figure, merkle_table};
use crate::ui::parts::{
    AddressText, AmountText, ChecksPanel, EmptyState, Facts, FigurePanel, HashText, Icon, IconName, Panel, Tag,
    TimeAgo, Who, block_time, date_time, plain_amount,
};
use crate::ui::route::{block_href, transaction_href};
use crate::ui::{Shared, Text, format, use_text};

/// Addresses shown on a side of a row at most.
const ADDRESSES: usize = 2;

/// Properties of [`BlockPanels`].
#[derive(Properties, PartialEq)]
pub struct BlockPanelsProps {
    /// The block.
    pub block: Shared<BlockView>,
}

/// All panels of a block, drawn again only for another block: not whenever the strip above moves.
#[component]
pub fn BlockPanels(props: &BlockPanelsProps) -> Html {
    let text = use_text();
    let block = &*props.block;
    // Only headers are here: there are no transactions to show.
    let whole = block.state != BlockState::HeaderOnly;
    let checks_first = matches!(block.state, BlockState::Invalid(_));
    html! {
        <div class="anatomy" data-block={block.card.hash.to_string()} data-state={if checks_first { "invalid" } else { "valid" }}>
            if checks_first {
                {checks_panel(text, block)}
            }
            {header_panel(text, block)}
            {block_facts(text, block)}
            if whole {
                {merkle_panel(text, block)}
                {block_transactions(text, block)}
            }
            if !checks_first {
                {checks_panel(text, block)}
            }
        </div>
    }
}

/// What is known of the block, in two columns.
fn block_facts(text: Text, block: &BlockView) -> Html {
    let height = block.card.height.to_string();
    let work =
        if block.proof_of_work == ProofOfWork::Given { key!("chain.work_given") } else { key!("chain.work_value") };
    let mut rows = vec![
        (text.t(key!("chain.state")), state(text, block)),
        (text.t(key!("chain.mined_by")), miner(text, block)),
        (
            text.t(key!("chain.reward")),
            html! { <><AmountText amount={block.reward} /><span class="faint">{reward_parts(text, block)}</span></> },
        ),
        (text.t(key!("chain.work")), html! { text.with(work, &[("work", &grouped(&block.work))]) }),
        (text.t(key!("chain.difficulty")), html! { <span class="num">{format::difficulty(block.difficulty)}</span> }),
        (
            text.t(key!("chain.time")),
            html! { <><span class="num">{date_time(block_time(block.card.time))}</span><span class="faint"><TimeAgo at={block_time(block.card.time)} /></span></> },
        ),
    ];
    // Genesis comes after nothing.
    if block.card.height > 0 {
        let median = date_time(block_time(block.median_time_past));
        rows.push((text.t(key!("chain.median")), html! { <span class="num">{median}</span> }));
    }
    rows.push((text.t(key!("chain.size")), html! { text.count(plural!("common.bytes"), block.card.size.into()) }));
    if let Some(since) = &block.unchecked_since {
        rows.push((text.t(key!("chain.witnesses")), witnesses(text, block.unchecked_witnesses, since)));
    }
    if let Some(next) = &block.next {
        rows.push((text.t(key!("chain.next_block")), html! { <HashText hash={*next} href={block_href(next)} /> }));
    }
    if block.state == BlockState::HeaderOnly {
        rows.retain(|(name, _)| *name != text.t(key!("chain.size")) && *name != text.t(key!("chain.reward")));
    }
    html! {
        <Panel class="a-facts" name="facts" title={text.with(key!("common.block"), &[("height", &height)])}>
            <Facts {rows} />
        </Panel>
    }
}

/// Where the reward comes from; that of genesis can't be spent (Core leaves it out of the coins).
fn reward_parts(text: Text, block: &BlockView) -> String {
    match block.card.height {
        0 => text.t(key!("chain.reward_given")).to_owned(),
        _ => {
            let parts = [("subsidy", block.subsidy.to_string()), ("fees", block.card.fees.to_string())];
            text.with(key!("chain.reward_parts"), &parts.each_ref().map(|(name, value)| (*name, value.as_str())))
        }
    }
}

fn state(text: Text, block: &BlockView) -> Html {
    match &block.state {
        BlockState::Active => {
            let count = text.count(plural!("common.confirmations"), block.confirmations.into());
            html! { <><span data-value="confirmations">{count}</span><Tag kind="ok" text={text.t(key!("chain.state_active"))} /></> }
        }
        BlockState::Stale => html! { <Tag kind="stale" text={text.t(key!("chain.state_stale"))} /> },
        BlockState::HeaderOnly => html! { <Tag kind="pending" text={text.t(key!("chain.state_header"))} /> },
        BlockState::Invalid(rule) => {
            html! { <><span>{text.check(rule)}</span><Tag kind="bad" text={text.t(key!("chain.state_invalid"))} /></> }
        }
    }
}

/// That the block, or one that it builds on, has witnesses which were not checked.
fn witnesses(text: Text, here: usize, since: &UncheckedWitnesses) -> Html {
    let why = if here > 0 {
        html! { <span class="faint">{text.count(plural!("chain.witnesses_here"), here as u64)}</span> }
    } else {
        let below = text.with(key!("chain.witnesses_below"), &[("height", &format::grouped(since.height.into()))]);
        html! { <a href={block_href(&since.block)}>{below}</a> }
    };
    html! {
        <span data-witnesses="unchecked" data-since={since.height.to_string()}>
            <Tag kind="pending" icon={IconName::Warning} text={text.t(key!("chain.witnesses_unchecked"))} />{" "}{why}
        </span>
    }
}

fn miner(text: Text, block: &BlockView) -> Html {
    if block.card.height == 0 {
        html! { <span class="faint">{text.t(key!("chain.genesis_by"))}</span> }
    } else if block.card.miner.0.is_empty() {
        html! { <span class="faint">{text.t(key!("common.nobody"))}</span> }
    } else {
        html! { <Who name={block.card.miner.0.clone()} /> }
    }
}

fn grouped(digits: &str) -> String {
    digits.parse().map_or_else(|_| digits.to_owned(), format::grouped)
}

/// The Merkle tree, or why there is none to draw.
fn merkle_panel(text: Text, block: &BlockView) -> Html {
    let count = text.count(plural!("common.transactions"), block.card.tx_count.into());
    let subtitle = text.with(key!("chain.merkle_sub"), &[("transactions", &count)]);
    if block.merkle_levels.is_empty() {
        return html! {
            <Panel class="a-tree" name="merkle" title={text.t(key!("chain.merkle_title"))} {subtitle}>
                <EmptyState title={text.t(key!("chain.merkle_large"))} text={text.t(key!("chain.merkle_large_why"))}
                    icon={IconName::Fork}>
                    <HashText hash={block.merkle_root} />
                </EmptyState>
            </Panel>
        };
    }
    html! {
        <FigurePanel class="a-tree" name="merkle" title={text.t(key!("chain.merkle_title"))} subtitle={AttrValue::from(subtitle)}
            figure={merkle_figure(text, &block.merkle_levels)}
            table={merkle_table(text, &block.merkle_levels, &block.transactions)} />
    }
}

/// The block's transactions as a table.
fn block_transactions(text: Text, block: &BlockView) -> Html {
    let total = u64::from(block.card.tx_count);
    let shown = block.transactions.len() as u64;
    let subtitle = if shown < total {
        text.with(key!("chain.tx_shown"), &[("shown", &format::grouped(shown)), ("total", &format::grouped(total))])
    } else {
        text.count(plural!("chain.tx_in_block"), total)
    };
    html! {
        <Panel class="a-tx" name="transactions" title={text.t(key!("chain.transactions"))} {subtitle}>
            <div class="scrollx">
                <table class="table">
                    <thead><tr>
                        <th>{"#"}</th><th>{text.t(key!("chain.transaction"))}</th><th class="hide-sm">{text.t(key!("chain.from_to"))}</th>
                        <th class="r">{text.t(key!("chain.amount"))}</th><th class="r hide-sm">{text.t(key!("chain.fee"))}</th>
                    </tr></thead>
                    <tbody>{for block.transactions.iter().enumerate().map(|(index, row)| transaction(text, index, row))}</tbody>
                </table>
            </div>
        </Panel>
    }
}

fn transaction(text: Text, index: usize, row: &TransactionRow) -> Html {
    html! {
        <tr key={row.txid.to_string()} data-txid={row.txid.to_string()}>
            <td class="num faint">{index}</td>
            <td><HashText hash={row.txid} href={transaction_href(&row.txid)} /></td>
            <td class="hide-sm">
                <span class="flowcell">
                    if row.coinbase { <span class="muted">{text.t(key!("chain.new_coins"))}</span> } else { {addresses(text, &row.from)} }
                    <Icon name={IconName::ArrowRight} size={13} />
                    {addresses(text, &row.to)}
                </span>
            </td>
            <td class="r">{moved(text, row)}</td>
            <td class="r num hide-sm">{row.fee.map_or_else(|| "–".to_owned(), |fee| fee.to_string())}</td>
        </tr>
    }
}

/// What a transaction moves: of one's own the payment, its change apart; of strangers' the coins it makes.
fn moved(text: Text, row: &TransactionRow) -> Html {
    let back = |amount: Amount| {
        (amount > Amount::ZERO).then(|| {
        html! { <><br /><span class="xs faint">{text.with(key!("chain.back"), &[("amount", &plain_amount(amount))])}</span></> }
    })
    };
    match row.own {
        _ if row.coinbase => html! { <AmountText amount={row.amount} /> },
        Some(OwnShare::Paid { paid, back: change }) => html! { <><AmountText amount={paid} />{back(change)}</> },
        Some(OwnShare::Received { amount }) => html! { <AmountText {amount} /> },
        None => {
            let more = (row.new_coin_count as usize).saturating_sub(row.new_coins.len());
            html! {
                <>
                    {for row.new_coins.iter().enumerate().map(|(index, amount)| html! {
                        <span key={index}>if index > 0 { <span class="faint">{" + "}</span> }<AmountText amount={*amount} /></span>
                    })}
                    if more > 0 { <span class="faint">{format!(" +{more}")}</span> }
                </>
            }
        }
    }
}

fn addresses(text: Text, addresses: &[String]) -> Html {
    let more = addresses.len().saturating_sub(ADDRESSES);
    html! {
        <>
            if addresses.is_empty() { <span class="faint">{text.t(key!("chain.no_address"))}</span> }
            {for addresses.iter().take(ADDRESSES).map(|address| html! { <AddressText address={address.clone()} /> })}
            if more > 0 { <span class="faint">{format!("+{more}")}</span> }
        </>
    }
}

/// Why the block is valid, or the check that failed.
fn checks_panel(text: Text, block: &BlockView) -> Html {
    if block.checks.is_empty() {
        return html! {};
    }
    let failed = block.checks.iter().any(|check| check.passed == Some(false));
    let partly = block.checks.iter().any(|check| check.passed.is_none());
    let title = text.t(match (failed, block.proof_of_work) {
        (true, _) => key!("chain.checks_failed"),
        (false, ProofOfWork::Given) => key!("chain.checks_given"),
        (false, _) if partly => key!("chain.checks_partly"),
        (false, _) => key!("chain.checks_passed"),
    });
    html! {
        <ChecksPanel class={classes!("a-wide", failed.then_some("panel--bad"))} {title} checks={block.checks.clone()} />
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_of_any_size_is_grouped() {
        assert_eq!(grouped("4194304"), "4,194,304");
        assert_eq!(grouped("1".repeat(40).as_str()), "1".repeat(40));
    }
}
