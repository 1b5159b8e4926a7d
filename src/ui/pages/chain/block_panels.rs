//! The chosen block: facts, Merkle tree, transactions, checks.

use yew::prelude::*;

use super::header::BlockProps;
use crate::session::{BlockState, BlockView, TransactionRow};
use crate::ui::figures::MerkleFigure;
use crate::ui::figures::merkle::merkle_table;
use crate::ui::parts::{
    AddressText, AmountText, CheckList, EmptyState, Facts, FigurePanel, HashText, Icon, IconName, Panel, Tag, TimeAgo,
    Who, block_time, clock_time,
};
use crate::ui::route::{block_href, transaction_href};
use crate::ui::{Text, format, use_text};

/// Addresses shown on a side of a row at most.
const ADDRESSES: usize = 2;

/// What is known of the block, in two columns.
#[component]
pub fn BlockFacts(props: &BlockProps) -> Html {
    let text = use_text();
    let block = &props.block;
    let height = block.card.height.to_string();
    let row = |key: &'static str, value: Html| (AttrValue::Static(key), value);
    let mut rows = vec![
        row(text.t("chain.state"), state(text, block)),
        row(text.t("chain.mined_by"), miner(text, block)),
        row(
            text.t("chain.reward"),
            html! { <><AmountText amount={block.reward} /><span class="faint">{text.with("chain.reward_parts", &[("subsidy", &block.subsidy.to_string()), ("fees", &block.card.fees.to_string())])}</span></> },
        ),
        row(text.t("chain.work"), html! { {text.with("chain.work_value", &[("work", &grouped(&block.work))])} }),
        row(text.t("chain.difficulty"), html! { <span class="num">{difficulty(block.difficulty)}</span> }),
        row(
            text.t("chain.time"),
            html! { <><span class="num">{clock_time(block_time(block.card.time))}</span><span class="faint"><TimeAgo at={block_time(block.card.time)} /></span></> },
        ),
        row(
            text.t("chain.median"),
            html! { <span class="num">{clock_time(block_time(block.median_time_past))}</span> },
        ),
        row(text.t("chain.size"), html! { {text.count("common.bytes", block.card.size.into())} }),
    ];
    if let Some(next) = &block.next {
        rows.push(row(
            text.t("chain.next_block"),
            html! { <HashText hash={*next} href={AttrValue::from(block_href(next))} /> },
        ));
    }
    if block.state == BlockState::HeaderOnly {
        rows.retain(|(name, _)| *name != text.t("chain.size") && *name != text.t("chain.reward"));
    }
    html! {
        <Panel class="a-facts" name="facts" title={text.with("common.block", &[("height", &height)])}>
            <Facts {rows} />
        </Panel>
    }
}

fn state(text: Text, block: &BlockView) -> Html {
    match &block.state {
        BlockState::Active => {
            let count = text.count("common.confirmations", block.confirmations.into());
            html! { <><span data-value="confirmations">{count}</span><Tag kind="ok" text={text.t("chain.state_active")} /></> }
        }
        BlockState::Stale => html! { <Tag kind="stale" text={text.t("chain.state_stale")} /> },
        BlockState::HeaderOnly => html! { <Tag kind="pending" text={text.t("chain.state_header")} /> },
        BlockState::Invalid(rule) => {
            html! { <><span>{text.check(rule)}</span><Tag kind="bad" text={text.t("chain.state_invalid")} /></> }
        }
    }
}

fn miner(text: Text, block: &BlockView) -> Html {
    if block.card.height == 0 {
        html! { <span class="faint">{text.t("chain.genesis_by")}</span> }
    } else if block.card.miner.0.is_empty() {
        html! { <span class="faint">{text.t("common.nobody")}</span> }
    } else {
        html! { <Who name={block.card.miner.0.clone()} /> }
    }
}

fn grouped(digits: &str) -> String {
    digits.parse().map_or_else(|_| digits.to_owned(), format::grouped)
}

/// A difficulty far below 1 keeps its first digits.
fn difficulty(value: f64) -> String {
    if value >= 100.0 {
        format::short(value)
    } else if value >= 0.001 {
        format!("{value:.4}")
    } else {
        format!("{value:.3e}")
    }
}

/// The Merkle tree, or why there is none to draw.
#[component]
pub fn MerklePanel(props: &BlockProps) -> Html {
    let text = use_text();
    let block = &props.block;
    let count = text.count("common.transactions", block.card.tx_count.into());
    let subtitle = text.with("chain.merkle_sub", &[("transactions", &count)]);
    if block.merkle_levels.is_empty() {
        return html! {
            <Panel class="a-tree" name="merkle" title={text.t("chain.merkle_title")} {subtitle}>
                <EmptyState title={text.t("chain.merkle_large")} text={text.t("chain.merkle_large_why")} icon={IconName::Fork}>
                    <HashText hash={block.merkle_root} />
                </EmptyState>
            </Panel>
        };
    }
    html! {
        <FigurePanel class="a-tree" name="merkle" title={text.t("chain.merkle_title")} subtitle={AttrValue::from(subtitle)}
            figure={html! { <MerkleFigure levels={block.merkle_levels.clone()} /> }}
            table={merkle_table(text, &block.merkle_levels, &block.transactions)} />
    }
}

/// The block's transactions as a table.
#[component]
pub fn BlockTransactions(props: &BlockProps) -> Html {
    let text = use_text();
    let block = &props.block;
    let total = u64::from(block.card.tx_count);
    let shown = block.transactions.len() as u64;
    let subtitle = if shown < total {
        text.with("chain.tx_shown", &[("shown", &format::grouped(shown)), ("total", &format::grouped(total))])
    } else {
        text.count("chain.tx_in_block", total)
    };
    html! {
        <Panel class="a-tx" name="transactions" title={text.t("chain.transactions")} {subtitle}>
            <div class="scrollx">
                <table class="table">
                    <thead><tr>
                        <th>{"#"}</th><th>{text.t("chain.transaction")}</th><th class="hide-sm">{text.t("chain.from_to")}</th>
                        <th class="r">{text.t("chain.amount")}</th><th class="r hide-sm">{text.t("chain.fee")}</th>
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
            <td><HashText hash={row.txid} href={AttrValue::from(transaction_href(&row.txid))} /></td>
            <td class="hide-sm">
                <span class="flowcell">
                    if row.coinbase { <span class="muted">{text.t("chain.new_coins")}</span> } else { {addresses(text, &row.from)} }
                    <Icon name={IconName::ArrowRight} size={13} />
                    {addresses(text, &row.to)}
                </span>
            </td>
            <td class="r"><AmountText amount={row.amount} /></td>
            <td class="r num hide-sm">{row.fee.map_or_else(|| "–".to_owned(), |fee| fee.to_string())}</td>
        </tr>
    }
}

fn addresses(text: Text, addresses: &[String]) -> Html {
    let more = addresses.len().saturating_sub(ADDRESSES);
    html! {
        <>
            if addresses.is_empty() { <span class="faint">{text.t("chain.no_address")}</span> }
            {for addresses.iter().take(ADDRESSES).map(|address| html! { <AddressText key={address.clone()} address={address.clone()} /> })}
            if more > 0 { <span class="faint">{format!("+{more}")}</span> }
        </>
    }
}

/// Why the block is valid, or the check that failed.
#[component]
pub fn ChecksPanel(props: &BlockProps) -> Html {
    let text = use_text();
    let block = &props.block;
    if block.checks.is_empty() {
        return html! {};
    }
    let failed = block.checks.iter().any(|check| check.passed == Some(false));
    let title = text.t(if failed { "chain.checks_failed" } else { "chain.checks_passed" });
    html! {
        <Panel class={classes!("a-wide", failed.then_some("panel--bad"))} name="checks" {title}>
            <CheckList checks={block.checks.clone()} />
        </Panel>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_difficulties_keep_digits() {
        assert_eq!(difficulty(1.0), "1.0000");
        assert_eq!(difficulty(0.000_000_465_6), "4.656e-7");
        assert_eq!(difficulty(1_234_567.0), "1,234,567");
        assert_eq!(grouped("4194304"), "4,194,304");
    }
}
