//! A transaction: where its coins come from and go, why nodes accept it, its bytes.

use yew::prelude::*;

use crate::ledger::{Amount, Txid};
use crate::session::{InputView, NodeView, OutputView, TransactionView};
use crate::ui::figures::{BowTie, BowTieFigure, Strand, bow_tie};
use crate::ui::parts::{
    AddressTextProps, CopyButton, EmptyStateProps, FigurePanel, IconName, PanelProps, address_text, amount_text,
    check_list, empty_state, hash_glyph, hash_link, icon, panel, skeleton, tag,
};
use crate::ui::route::{block_href, transaction_href};
use crate::ui::store::Slot;
use crate::ui::{Digest, Shared, Text, format, use_text};

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
            html! { <><TransactionHead txid={props.txid} />{panel(PanelProps { children: skeleton(text, 6), ..PanelProps::default() })}</> }
        }
        Slot::Missing => html! {
            <>
                <TransactionHead txid={props.txid} />
                {empty_state(EmptyStateProps {
                    title: text.t("transaction.missing").into(),
                    text: text.t("transaction.missing_why").into(),
                    icon: Some(IconName::Search),
                    children: html! { <a class="btn btn--accent" href="#/chain">{text.t("chain.go_tip")}</a> },
                    ..EmptyStateProps::default()
                })}
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
                    {panel(PanelProps {
                        name: Some("checks".into()),
                        title: Some(text.t(checks_title(view)).into()),
                        children: check_list(text, &view.checks),
                        ..PanelProps::default()
                    })}
                </div>
                {panel(PanelProps {
                    name: Some("raw".into()),
                    title: Some(text.t("transaction.raw").into()),
                    subtitle: Some(text.with("transaction.raw_sub", &[("size", &text.count("common.bytes", view.row.size.into()))]).into()),
                    actions: html! { <CopyButton text={view.hex.clone()} label={text.t("transaction.copy_hex")} /> },
                    children: html! { <p class="rawhex" tabindex="0" data-value="hex">{format::spaced_hex(&view.hex)}</p> },
                    ..PanelProps::default()
                })}
            </>
        },
    }
}

fn checks_title(view: &TransactionView) -> &'static str {
    if view.checks.iter().any(|check| check.passed == Some(false)) {
        "transaction.checks_failed"
    } else {
        "transaction.checks"
    }
}

fn title(text: Text, view: &TransactionView) -> String {
    if view.row.coinbase {
        text.t("transaction.coinbase").to_owned()
    } else {
        text.with("transaction.title_amount", &[("amount", &crate::ui::parts::plain_amount(view.row.amount))])
    }
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
    let title = props.title.clone().unwrap_or(AttrValue::Static(text.t("transaction.title")));
    html! {
        <div class="txhead">
            <span class="txhead__g">{hash_glyph(props.txid, 40)}</span>
            <div class="grow"><h1>{title}</h1><code class="mono txid" data-value="txid">{props.txid.to_string()}</code></div>
            <CopyButton text={props.txid.to_string()} />
        </div>
    }
}

fn crumbs(text: Text, view: &TransactionView) -> Html {
    html! {
        <nav class="crumbs" aria-label={text.t("transaction.crumbs")}>
            <a href="#/chain">{text.t("nav.chain")}</a>
            {icon(IconName::ChevronRight, 13)}
            if let Some((hash, height)) = &view.block {
                <a href={block_href(hash)}>{text.with("common.block", &[("height", &format::grouped((*height).into()))])}</a>
            } else {
                <span>{text.t("transaction.waiting")}</span>
            }
            {icon(IconName::ChevronRight, 13)}
            <span>{text.t("transaction.title")}</span>
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
                {fact(text.t("transaction.size"), text.count("common.bytes", view.row.size.into()))}
                {fact(text.t("transaction.fee"), view.row.fee.map_or_else(|| "–".to_owned(), |fee| fee.to_string()))}
                if let Some(rate) = rate {
                    {fact(text.t("transaction.rate"), text.with("transaction.rate_value", &[("rate", &format::short(rate))]))}
                }
                {fact(text.t("transaction.version"), view.version.to_string())}
                {fact(text.t("transaction.lock_time"), view.lock_time.to_string())}
            </dl>
        </div>
    }
}

fn confirmations(text: Text, view: &TransactionView) -> Html {
    let Some((_, height)) = view.block else {
        return html! { <>{tag("pending", Some(IconName::Clock), text.t("transaction.waiting"))}<span class="muted sm">{text.t("transaction.waiting_why")}</span></> };
    };
    let count = text.count("common.confirmations", view.confirmations.into());
    let undo = text.count("transaction.undo", view.confirmations.into());
    html! {
        <>
            <span class="confs hide-sm" role="img" aria-label={count.clone()}>
                {for (0..CONFIRMATIONS).map(|step| html! { <i key={step} class={(step < view.confirmations).then_some("on")}>{height + step}</i> })}
            </span>
            <span><b class="strong" data-value="confirmations">{count}</b><br /><span class="xs muted">{undo}</span></span>
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
        <FigurePanel name="flow" title={text.t("transaction.flow")} subtitle={AttrValue::Static(text.t("transaction.flow_sub"))}
            figure={html! { <BowTieFigure {tie} /> }} table={flow_table(text, view)} />
    }
}

fn name_of(text: Text, address: Option<&str>, mine: bool) -> String {
    let short =
        address.map_or_else(|| text.t("chain.no_address").to_owned(), |address| format::middle_cut(address, 6, 4));
    if mine { [&short, ", ", text.t("common.yours")].concat() } else { short }
}

fn look_of(address: Option<&str>, otherwise: Txid) -> Digest {
    address.map_or_else(|| otherwise.into(), Digest::of_text)
}

/// The transaction as strands; a block reward has one strand of new coins.
fn bow_tie_of(text: Text, view: &TransactionView) -> BowTie {
    let txid = view.row.txid;
    let inputs = if view.row.coinbase {
        let who = text.t("transaction.new_coins").to_owned();
        vec![Strand {
            value: view.row.amount,
            who,
            note: text.t("transaction.subsidy_and_fees").to_owned(),
            href: None,
            solid: true,
            hash: txid.into(),
        }]
    } else {
        view.inputs.iter().map(|input| input_strand(text, input)).collect()
    };
    let outputs = view.outputs.iter().map(|output| output_strand(text, output, txid)).collect();
    let more = |count: usize| text.count("transaction.more", count as u64);
    BowTie { inputs: bow_tie::joined(inputs, more), outputs: bow_tie::joined(outputs, more), fee: view.row.fee }
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
            text.with("transaction.spent_by", &[("txid", &format::middle_cut(&spender.to_string(), 6, 4))])
        }
        None => text.t("transaction.unspent").to_owned(),
    };
    Strand {
        value: output.value,
        who: name_of(text, output.address.as_deref(), output.mine),
        note,
        href: output.spent_by.as_ref().map(transaction_href),
        solid: output.spent_by.is_some(),
        hash: look_of(output.address.as_deref(), txid),
    }
}

fn flow_table(text: Text, view: &TransactionView) -> Html {
    let address = |address: &Option<String>, mine: bool| match address {
        Some(address) => address_text(
            text,
            AddressTextProps { address: address.clone().into(), mine, ..AddressTextProps::default() },
        ),
        None => html! { <span class="faint">{text.t("chain.no_address")}</span> },
    };
    html! {
        <table class="table">
            <thead><tr><th>{text.t("transaction.side")}</th><th>{"#"}</th><th>{text.t("transaction.address")}</th><th>{text.t("transaction.other")}</th><th class="r">{text.t("chain.amount")}</th></tr></thead>
            <tbody>
                if !view.row.coinbase {
                    {for view.inputs.iter().enumerate().map(|(index, input)| html! {
                        <tr key={format!("in{index}")}>
                            <td>{text.t("transaction.input")}</td><td class="num">{index}</td><td>{address(&input.address, input.mine)}</td>
                            <td>{hash_link(input.prevout.txid, transaction_href(&input.prevout.txid))}</td>
                            <td class="r">{input.value.map_or_else(|| html! { <span class="faint">{"–"}</span> }, amount_text)}</td>
                        </tr>
                    })}
                }
                {for view.outputs.iter().enumerate().map(|(index, output)| html! {
                    <tr key={format!("out{index}")}>
                        <td>{text.t("transaction.output")}</td><td class="num">{index}</td><td>{address(&output.address, output.mine)}</td>
                        <td>
                            if let Some(spender) = &output.spent_by {
                                {hash_link(*spender, transaction_href(spender))}
                            } else {
                                {text.t("transaction.unspent")}
                            }
                        </td>
                        <td class="r">{amount_text(output.value)}</td>
                    </tr>
                })}
                if let Some(fee) = view.row.fee {
                    <tr><td>{text.t("transaction.fee")}</td><td></td><td></td><td></td><td class="r">{amount_text(fee)}</td></tr>
                }
            </tbody>
        </table>
    }
}

#[component]
fn ScriptsPanel(props: &ViewProps) -> Html {
    let text = use_text();
    let view = &props.view;
    panel(PanelProps {
        name: Some("scripts".into()),
        title: Some(text.t("transaction.scripts").into()),
        subtitle: Some(text.t("transaction.scripts_sub").into()),
        children: html! {
            <div class="scrollx">
                <table class="table">
                    <thead><tr><th>{text.t("transaction.side")}</th><th>{"#"}</th><th>{text.t("transaction.script")}</th></tr></thead>
                    <tbody>
                        {for view.inputs.iter().enumerate().map(|(index, input)| script_row(text.t("transaction.unlocks"), "in", index, &input.script_sig_asm, &input.script_sig_hex))}
                        {for view.outputs.iter().enumerate().map(|(index, output)| script_row(text.t("transaction.locks"), "out", index, &output.script_pubkey_asm, &output.script_pubkey_hex))}
                    </tbody>
                </table>
            </div>
        },
        ..PanelProps::default()
    })
}

fn script_row(side: &'static str, key: &str, index: usize, asm: &str, hex: &str) -> Html {
    let shown = if asm.is_empty() { hex } else { asm };
    html! { <tr key={format!("{key}{index}")}><td>{side}</td><td class="num">{index}</td><td class="script" title={hex.to_owned()}>{shown.to_owned()}</td></tr> }
}
