//! A transaction: where its coins come from and go, why nodes accept it, its bytes.

use yew::prelude::*;

use crate::api::{InputView, NodeView, OutputView, OwnShare, TransactionRow, TransactionView};
use crate::ledger::{Amount, Txid};
use crate::ui::figures::{BowTie, BowTieFigure, Strand, bow_tie};
use crate::ui::parts::{
    AddressText, AmountText, ChecksPanel, CopyButton, EmptyState, FigurePanel, HashGlyph, HashText, Icon, IconName,
    Panel, Skeleton, Tag, plain_amount,
};
use crate::ui::route::{block_href, transaction_href};
use crate::ui::store::Slot;
use crate::ui::{Digest, Key, Shared, Text, format, use_text};

/// Confirmations drawn as boxes.
const CONFIRMATIONS: u32 = 6;

/// Properties of [`TransactionPage`].
#[derive(Properties, PartialEq)]
pub struct TransactionPageProps {
    /// Which.
    pub txid: Txid,
    /// What the node has of it.
    pub view: Slot<TransactionView>,
    /// This node.
    pub node: Option<Shared<NodeView>>,
}

/// The page.
#[component]
pub fn TransactionPage(props: &TransactionPageProps) -> Html {
    let text = use_text();
    match &props.view {
        Slot::Loading => {
            html! { <><TransactionHead txid={props.txid} /><Panel><Skeleton lines={6} /></Panel></> }
        }
        Slot::Missing => html! {
            <>
                <TransactionHead txid={props.txid} />
                <EmptyState title={text.t(key!("transaction.missing"))} text={text.t(key!("transaction.missing_why"))}
                    icon={IconName::Search}>
                    <a class="btn btn--accent" href="#/chain">{text.t(key!("chain.go_tip"))}</a>
                </EmptyState>
            </>
        },
        Slot::Here(view) => html! {
            <>
                {crumbs(text, view)}
                <TransactionHead txid={props.txid} title={title(text, view)} />
                {status(text, view)}
                <FlowPanel view={view.clone()} />
                <div class="cols cols--aside">
                    <ScriptsPanel view={view.clone()} />
                    <ChecksPanel title={text.t(checks_title(view))} checks={view.checks.clone()} />
                </div>
                <Panel name="raw" title={text.t(key!("transaction.raw"))}
                    subtitle={text.with(key!("transaction.raw_sub"), &[("size", &text.count(plural!("common.bytes"), view.row.size.into()))])}
                    actions={html! { <CopyButton text={view.hex.clone()} label={text.t(key!("transaction.copy_hex"))} /> }}>
                    <p class="rawhex" tabindex="0" data-value="hex">{format::spaced_hex(&view.hex)}</p>
                </Panel>
            </>
        },
    }
}

fn checks_title(view: &TransactionView) -> Key {
    if view.checks.iter().any(|check| check.passed == Some(false)) {
        key!("transaction.checks_failed")
    } else if view.only_in_wallet {
        key!("transaction.checks_again")
    } else {
        key!("transaction.checks")
    }
}

/// What it moves, as far as it can be told: only its owner knows the change from the payment.
fn title(text: Text, view: &TransactionView) -> String {
    let row = &view.row;
    if row.coinbase {
        return text.t(key!("transaction.coinbase")).to_owned();
    }
    match row.own {
        Some(OwnShare::Paid { paid: Amount::ZERO, back }) => {
            text.with(key!("transaction.title_self"), &[("amount", &plain_amount(back))])
        }
        Some(OwnShare::Paid { paid, back }) => {
            let key = if back == Amount::ZERO {
                key!("transaction.title_paid_whole")
            } else {
                key!("transaction.title_paid")
            };
            let values =
                [("amount", &*plain_amount(paid)), ("who", &paid_to(text, view)), ("back", &plain_amount(back))];
            text.with(key, &values)
        }
        Some(OwnShare::Received { amount }) => {
            text.with(key!("transaction.title_received"), &[("amount", &plain_amount(amount))])
        }
        None => {
            let count = text.count(plural!("transaction.new_coin"), row.new_coin_count.into());
            text.with(key!("transaction.title_coins"), &[("coins", &count), ("amounts", &amounts(text, row))])
        }
    }
}

/// Who is paid: the first of them by name, or address, and how many more.
fn paid_to(text: Text, view: &TransactionView) -> String {
    let mut paid = view.outputs.iter().filter(|output| !output.change);
    let first = paid.next().map_or_else(String::new, |output| match &output.payee {
        Some(name) => name.0.clone(),
        None => name_of(text, output.address.as_deref(), output.mine),
    });
    match paid.count() {
        0 => first,
        more => [first, text.count(plural!("transaction.and_more"), more as u64)].concat(),
    }
}

/// `12.50 and 37.49999774`; of many, the first and how many more.
fn amounts(text: Text, row: &TransactionRow) -> String {
    let mut shown: Vec<String> = row.new_coins.iter().copied().map(plain_amount).collect();
    let more = u64::from(row.new_coin_count).saturating_sub(shown.len() as u64);
    if more > 0 {
        return [shown.join(text.t(key!("transaction.comma"))), text.count(plural!("transaction.and_more"), more)]
            .concat();
    }
    let last = shown.pop().unwrap_or_default();
    if shown.is_empty() {
        return last;
    }
    [shown.join(text.t(key!("transaction.comma"))), last].join(text.t(key!("transaction.and")))
}

/// Properties of [`TransactionHead`].
#[derive(Properties, PartialEq)]
struct TransactionHeadProps {
    txid: Txid,
    #[prop_or_default]
    title: Option<AttrValue>,
}

#[component]
fn TransactionHead(props: &TransactionHeadProps) -> Html {
    let text = use_text();
    let title = props.title.clone().unwrap_or(AttrValue::Static(text.t(key!("transaction.title"))));
    html! {
        <div class="txhead">
            <span class="txhead__g"><HashGlyph hash={props.txid} size={40} /></span>
            <div class="grow"><h1>{title}</h1><code class="mono txid" data-value="txid">{props.txid.to_string()}</code></div>
            <CopyButton text={props.txid.to_string()} />
        </div>
    }
}

fn crumbs(text: Text, view: &TransactionView) -> Html {
    html! {
        <nav class="crumbs" aria-label={text.t(key!("transaction.crumbs"))}>
            <a href="#/chain">{text.t(key!("nav.chain"))}</a>
            <Icon name={IconName::ChevronRight} size={13} />
            if let Some((hash, height)) = &view.block {
                <a href={block_href(hash)}>{text.with(key!("common.block"), &[("height", &format::grouped((*height).into()))])}</a>
            } else {
                <span>{text.t(if view.only_in_wallet { key!("transaction.gone") } else { key!("transaction.waiting") })}</span>
            }
            <Icon name={IconName::ChevronRight} size={13} />
            <span>{text.t(key!("transaction.title"))}</span>
        </nav>
    }
}

fn status(text: Text, view: &TransactionView) -> Html {
    let fact = |name: &'static str, value: String| html! { <div><dt>{name}</dt><dd class="num">{value}</dd></div> };
    let rate = view.row.fee.map(|fee| fee.to_sat() as f64 / f64::from(view.row.size.max(1)));
    html! {
        <div class="status" data-confirmations={view.confirmations.to_string()}>
            <div class="status__conf">{confirmations(text, view)}</div>
            <dl class="status__facts">
                {fact(text.t(key!("transaction.size")), text.count(plural!("common.bytes"), view.row.size.into()))}
                {fact(text.t(key!("transaction.fee")), view.row.fee.map_or_else(|| "–".to_owned(), |fee| fee.to_string()))}
                if let Some(rate) = rate {
                    {fact(text.t(key!("transaction.rate")), text.with(key!("transaction.rate_value"), &[("rate", &format::short(rate))]))}
                }
                {fact(text.t(key!("transaction.version")), view.version.to_string())}
                {fact(text.t(key!("transaction.lock_time")), view.lock_time.to_string())}
            </dl>
        </div>
    }
}

fn confirmations(text: Text, view: &TransactionView) -> Html {
    let Some((_, height)) = view.block else {
        if view.only_in_wallet {
            return gone(text, view);
        }
        return html! { <><Tag kind="pending" icon={IconName::Clock} text={text.t(key!("transaction.waiting"))} /><span class="muted sm">{text.t(key!("transaction.waiting_why"))}</span></> };
    };
    let count = text.count(plural!("common.confirmations"), view.confirmations.into());
    let undo = text.count(plural!("transaction.undo"), view.confirmations.into());
    html! {
        <>
            <span class="confs hide-sm" role="img" aria-label={count.clone()}>
                {for (0..CONFIRMATIONS).map(|step| html! { <i key={step} class={(step < view.confirmations).then_some("on")}>{height + step}</i> })}
            </span>
            <span><b class="strong" data-value="confirmations">{count}</b><br /><span class="xs muted">{undo}</span></span>
        </>
    }
}

/// Of what only the wallet still has: what is so, and what took its coin.
fn gone(text: Text, view: &TransactionView) -> Html {
    html! {
        <>
            <Tag kind="bad" icon={IconName::Close} text={text.t(key!("transaction.gone"))} />
            <span class="muted sm">
                {text.t(key!("transaction.gone_why"))}
                if let Some(rival) = view.rival {
                    {" "}{text.t(key!("transaction.gone_rival"))}{" "}<HashText hash={rival} href={transaction_href(&rival)} />
                }
            </span>
        </>
    }
}

/// Properties of the panels.
#[derive(Properties, PartialEq)]
struct ViewProps {
    view: Shared<TransactionView>,
}

#[component]
fn FlowPanel(props: &ViewProps) -> Html {
    let text = use_text();
    let view = &props.view;
    let tie = bow_tie_of(text, view);
    html! {
        <FigurePanel name="flow" title={text.t(key!("transaction.flow"))} subtitle={AttrValue::Static(text.t(key!("transaction.flow_sub")))}
            figure={html! { <BowTieFigure {tie} /> }} table={flow_table(text, view)} />
    }
}

fn name_of(text: Text, address: Option<&str>, mine: bool) -> String {
    let short = address
        .map_or_else(|| text.t(key!("chain.no_address")).to_owned(), |address| format::middle_cut(address, 6, 4));
    if mine { [&short, ", ", text.t(key!("common.yours"))].concat() } else { short }
}

fn look_of(address: Option<&str>, otherwise: Txid) -> Digest {
    address.map_or_else(|| otherwise.into(), Digest::of_text)
}

/// The transaction as strands; a block reward has one strand of new coins.
fn bow_tie_of(text: Text, view: &TransactionView) -> BowTie {
    let txid = view.row.txid;
    let inputs = if view.row.coinbase {
        let who = text.t(key!("transaction.new_coins")).to_owned();
        vec![Strand {
            value: view.row.amount,
            who,
            note: text.t(key!("transaction.subsidy_and_fees")).to_owned(),
            href: None,
            solid: true,
            hash: txid.into(),
        }]
    } else {
        view.inputs.iter().map(|input| input_strand(text, input)).collect()
    };
    let outputs: Vec<Strand> = view.outputs.iter().map(|output| output_strand(text, output, txid)).collect();
    let more = |count: usize| text.count(plural!("transaction.more"), count as u64);
    // What the lists leave out is in the sums.
    let rest = |strands: &[Strand], unlisted: u32, sum: Amount| {
        let listed = Amount::sum(strands.iter().map(|strand| strand.value)).unwrap_or_default();
        (unlisted as usize, if unlisted == 0 { Amount::ZERO } else { sum.checked_sub(listed).unwrap_or_default() })
    };
    let paid_in = view.row.amount.checked_add(view.row.fee.unwrap_or_default()).unwrap_or_default();
    let rest_in = rest(&inputs, unlisted_inputs(view), paid_in);
    let rest_out = rest(&outputs, unlisted_outputs(view), view.row.amount);
    BowTie {
        inputs: bow_tie::joined_with(inputs, rest_in, more),
        outputs: bow_tie::joined_with(outputs, rest_out, more),
        fee: view.row.fee,
    }
}

/// Inputs that the view's list leaves out.
fn unlisted_inputs(view: &TransactionView) -> u32 {
    view.input_count.saturating_sub(view.inputs.len() as u32)
}

/// Outputs that the view's list leaves out.
fn unlisted_outputs(view: &TransactionView) -> u32 {
    view.output_count.saturating_sub(view.outputs.len() as u32)
}

/// A table's row that says how many the list leaves out.
fn more_row(text: Text, side: &'static str, columns: u32, unlisted: u32) -> Html {
    if unlisted == 0 {
        return Html::default();
    }
    let more = text.count(plural!("transaction.more"), unlisted.into());
    html! { <tr><td>{side}</td><td class="faint" colspan={columns.to_string()}>{"+ "}{more}</td></tr> }
}

fn input_strand(text: Text, input: &InputView) -> Strand {
    let hex = input.prevout.txid.to_string();
    let note = ["← ", &format::middle_cut(&hex, 6, 4), " : ", &input.prevout.vout.to_string()].concat();
    Strand {
        value: input.value.unwrap_or(Amount::ZERO),
        who: name_of(text, input.address.as_deref(), input.mine),
        note,
        href: Some(transaction_href(&input.prevout.txid)),
        solid: true,
        hash: look_of(input.address.as_deref(), input.prevout.txid),
    }
}

fn output_strand(text: Text, output: &OutputView, txid: Txid) -> Strand {
    let note = match &output.spent_by {
        Some(spender) => {
            text.with(key!("transaction.spent_by"), &[("txid", &format::middle_cut(&spender.to_string(), 6, 4))])
        }
        None => text.t(key!("transaction.unspent")).to_owned(),
    };
    Strand {
        value: output.value,
        who: match &output.payee {
            Some(name) => name.0.clone(),
            None if output.change => text.t(key!("transaction.back")).to_owned(),
            None => name_of(text, output.address.as_deref(), output.mine),
        },
        note,
        href: output.spent_by.as_ref().map(transaction_href),
        solid: output.spent_by.is_some(),
        hash: look_of(output.address.as_deref(), txid),
    }
}

fn flow_table(text: Text, view: &TransactionView) -> Html {
    let address = |address: &Option<String>, mine: bool| match address {
        Some(address) => html! { <AddressText address={address.clone()} {mine} /> },
        None => html! { <span class="faint">{text.t(key!("chain.no_address"))}</span> },
    };
    html! {
        <table class="table">
            <thead><tr><th>{text.t(key!("transaction.side"))}</th><th>{"#"}</th><th>{text.t(key!("transaction.address"))}</th><th>{text.t(key!("transaction.other"))}</th><th class="r">{text.t(key!("chain.amount"))}</th></tr></thead>
            <tbody>
                if !view.row.coinbase {
                    {for view.inputs.iter().enumerate().map(|(index, input)| html! {
                        <tr key={format!("in{index}")}>
                            <td>{text.t(key!("transaction.input"))}</td><td class="num">{index}</td><td>{address(&input.address, input.mine)}</td>
                            <td><HashText hash={input.prevout.txid} href={transaction_href(&input.prevout.txid)} /></td>
                            <td class="r">
                                if let Some(amount) = input.value { <AmountText {amount} /> } else { <span class="faint">{"–"}</span> }
                            </td>
                        </tr>
                    })}
                    {more_row(text, text.t(key!("transaction.input")), 4, unlisted_inputs(view))}
                }
                {for view.outputs.iter().enumerate().map(|(index, output)| html! {
                    <tr key={format!("out{index}")}>
                        <td>{text.t(key!("transaction.output"))}</td><td class="num">{index}</td><td>{address(&output.address, output.mine)}</td>
                        <td>
                            if let Some(spender) = &output.spent_by {
                                <HashText hash={*spender} href={transaction_href(spender)} />
                            } else {
                                {text.t(key!("transaction.unspent"))}
                            }
                        </td>
                        <td class="r"><AmountText amount={output.value} /></td>
                    </tr>
                })}
                {more_row(text, text.t(key!("transaction.output")), 4, unlisted_outputs(view))}
                if let Some(fee) = view.row.fee {
                    <tr><td>{text.t(key!("transaction.fee"))}</td><td></td><td></td><td></td><td class="r"><AmountText amount={fee} /></td></tr>
                }
            </tbody>
        </table>
    }
}

#[component]
fn ScriptsPanel(props: &ViewProps) -> Html {
    let text = use_text();
    let view = &props.view;
    html! {
        <Panel name="scripts" title={text.t(key!("transaction.scripts"))} subtitle={text.t(key!("transaction.scripts_sub"))}>
            <div class="scrollx">
                <table class="table">
                    <thead><tr><th>{text.t(key!("transaction.side"))}</th><th>{"#"}</th><th>{text.t(key!("transaction.script"))}</th></tr></thead>
                    <tbody>
                        {for view.inputs.iter().enumerate().map(|(index, input)| script_row(text.t(key!("transaction.unlocks")), "in", index, &input.script_sig_asm, &input.script_sig_hex))}
                        {more_row(text, text.t(key!("transaction.unlocks")), 2, unlisted_inputs(view))}
                        {for view.outputs.iter().enumerate().map(|(index, output)| script_row(text.t(key!("transaction.locks")), "out", index, &output.script_pubkey_asm, &output.script_pubkey_hex))}
                        {more_row(text, text.t(key!("transaction.locks")), 2, unlisted_outputs(view))}
                    </tbody>
                </table>
            </div>
        </Panel>
    }
}

fn script_row(side: &'static str, key: &str, index: usize, asm: &str, hex: &str) -> Html {
    let shown = if asm.is_empty() { hex } else { asm };
    html! { <tr key={format!("{key}{index}")}><td>{side}</td><td class="num">{index}</td><td class="script" title={hex.to_owned()}>{shown.to_owned()}</td></tr> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::NodeName;

    fn output(sat: u64, payee: Option<&str>, change: bool) -> OutputView {
        OutputView {
            value: Amount::from_sat(sat),
            address: Some("mzBc4XEFSdzCDcTxAgf6EZXgsZWpztRhef".to_owned()),
            script_pubkey_asm: String::new(),
            script_pubkey_hex: String::new(),
            spent_by: None,
            mine: change,
            change,
            payee: payee.map(|name| NodeName(name.to_owned())),
        }
    }

    fn view(own: Option<OwnShare>, outputs: Vec<OutputView>) -> TransactionView {
        let values: Vec<Amount> = outputs.iter().map(|output| output.value).collect();
        TransactionView {
            row: TransactionRow {
                txid: Txid::hash(b"tx"),
                from: Vec::new(),
                to: Vec::new(),
                amount: Amount::sum(values.iter().copied()).unwrap_or_default(),
                new_coins: values.iter().copied().take(TransactionRow::NEW_COINS).collect(),
                new_coin_count: values.len() as u32,
                own,
                fee: None,
                coinbase: false,
                size: 226,
            },
            block: None,
            only_in_wallet: false,
            rival: None,
            confirmations: 0,
            hex: String::new(),
            inputs: Vec::new(),
            input_count: 1,
            output_count: outputs.len() as u32,
            outputs,
            version: 2,
            lock_time: 0,
            checks: Vec::new(),
        }
    }

    #[test]
    fn the_title_tells_payment_and_change_apart_where_that_is_known() {
        let (english, chinese) = (Text::default(), Text::of("zh-CN"));
        let both = || vec![output(1_250_000_000, Some("Bob"), false), output(3_749_999_774, None, true)];
        let paid = OwnShare::Paid { paid: Amount::from_sat(1_250_000_000), back: Amount::from_sat(3_749_999_774) };
        assert_eq!(title(english, &view(Some(paid), both())), "12.50 to Bob, 37.49999774 back");
        assert_eq!(title(chinese, &view(Some(paid), both())), "付给 Bob 12.50，找回 37.49999774");
        assert_eq!(title(english, &view(None, both())), "2 new coins: 12.50 and 37.49999774");
        let got = OwnShare::Received { amount: Amount::from_sat(1_250_000_000) };
        assert_eq!(title(english, &view(Some(got), both())), "12.50 for you");
        let whole = OwnShare::Paid { paid: Amount::from_coins(1), back: Amount::ZERO };
        let unnamed = vec![output(100_000_000, None, false)];
        assert_eq!(title(english, &view(Some(whole), unnamed.clone())), "1.00 to mzBc4X…Rhef");
        assert_eq!(title(english, &view(None, unnamed)), "1 new coin: 1.00");
        let many = (1..=5).map(|coins| output(coins * 100_000_000, None, false)).collect();
        assert_eq!(title(english, &view(None, many)), "5 new coins: 1.00, 2.00, 3.00 and 2 more");
        let back = OwnShare::Paid { paid: Amount::ZERO, back: Amount::from_coins(3) };
        assert_eq!(title(english, &view(Some(back), Vec::new())), "3.00 back to yourself");
    }

    #[test]
    fn the_strands_hold_all_coins_also_those_that_are_not_listed() {
        let mut view = view(None, (0..100).map(|_| output(100_000_000, None, false)).collect());
        view.output_count = 300;
        view.row.amount = Amount::from_coins(300);
        let tie = bow_tie_of(Text::default(), &view);
        assert_eq!(Amount::sum(tie.outputs.iter().map(|strand| strand.value)), Some(Amount::from_coins(300)));
        let last = tie.outputs.last().expect("strands");
        assert_eq!(last.who, format!("{} more", 300 - (tie.outputs.len() - 1)));
    }
}
