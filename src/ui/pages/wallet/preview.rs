//! The payment the form would make: coins go in whole, the rest comes back.

use yew::prelude::*;

use crate::api::PaymentPreview;
use crate::ledger::Amount;
use crate::ui::figures::bow_tie::{BowTie, BowTieFigure, Strand, joined};
use crate::ui::parts::{FigurePanel, Mark, MarkKind, Tag};
use crate::ui::{Digest, Shared, Text, format, use_text};

/// Props of [`PreviewCard`].
#[derive(Properties, PartialEq)]
pub struct PreviewCardProps {
    /// The payment.
    pub preview: Shared<PaymentPreview>,
    /// Whose address it goes to, if that is known.
    pub to: Option<String>,
}

/// The card.
#[component]
pub fn PreviewCard(props: &PreviewCardProps) -> Html {
    let text = use_text();
    let preview = &props.preview;
    let actions = html! { <Tag kind="accent" text={text.t(key!("wallet.preview.draft"))} /> };
    let signatures = text.count(plural!("wallet.preview.signatures"), preview.inputs.len() as u64);
    let checks = html! {
        <ul class="checks checks--row">
            <li>{ sum_check(text, preview) }</li>
            <li><Mark kind={MarkKind::Todo} size={16} /><span>{ signatures }</span></li>
        </ul>
    };
    html! {
        <FigurePanel name="preview" title={text.t(key!("wallet.preview.title"))} subtitle={text.t(key!("wallet.preview.sub"))} {actions}
            figure={html! { <>{ figure(text, preview, props.to.as_deref()) }{ checks.clone() }</> }}
            table={html! { <>{ payment_table(text, preview) }{ checks }</> }} />
    }
}

/// Sums of what goes in and what comes out, and whether they meet with the fee.
pub fn sums(preview: &PaymentPreview) -> (Amount, Amount, bool) {
    let into = Amount::sum(preview.inputs.iter().map(|coin| coin.value)).unwrap_or_default();
    let out = Amount::sum(preview.outputs.iter().map(|output| output.value)).unwrap_or_default();
    (into, out, out.checked_add(preview.fee) == Some(into))
}

fn sum_check(text: Text, preview: &PaymentPreview) -> Html {
    let (into, out, meets) = sums(preview);
    let words = text.with(
        key!("wallet.preview.sum"),
        &[("in", &into.to_string()), ("out", &out.to_string()), ("fee", &preview.fee.to_string())],
    );
    html! { <><Mark kind={if meets { MarkKind::Ok } else { MarkKind::Bad }} size={16} /><span class="num">{ words }</span></> }
}

fn figure(text: Text, preview: &PaymentPreview, to: Option<&str>) -> Html {
    let inputs = preview.inputs.iter().map(|coin| Strand {
        value: coin.value,
        who: format::middle_cut(&coin.address, 6, 4),
        note: [&format::middle_cut(&coin.outpoint.txid.to_string(), 6, 4), ":", &coin.outpoint.vout.to_string()]
            .concat(),
        href: Some(["#/tx/", &coin.outpoint.txid.to_string()].concat()),
        solid: true,
        hash: Digest::from(coin.outpoint.txid),
    });
    let outputs = preview.outputs.iter().map(|output| {
        let address = format::middle_cut(&output.address, 6, 4);
        let who = match to {
            _ if output.change => text.t(key!("wallet.preview.change")).to_owned(),
            Some(who) => text.with(key!("wallet.preview.to"), &[("who", who)]),
            None => text.with(key!("wallet.preview.to"), &[("who", &address)]),
        };
        let hash = Digest::of_text(&output.address);
        Strand { value: output.value, who, note: address, href: None, solid: false, hash }
    });
    let more = |count: usize| text.with(key!("wallet.preview.more"), &[("count", &count.to_string())]);
    let tie = BowTie {
        inputs: joined(inputs.collect(), more),
        outputs: joined(outputs.collect(), more),
        fee: Some(preview.fee),
    };
    html! { <BowTieFigure {tie} /> }
}

fn payment_table(text: Text, preview: &PaymentPreview) -> Html {
    let row = |kind: &str, what: String, value: Amount| {
        html! { <tr><td>{ kind.to_owned() }</td><td><code class="mono">{ what }</code></td><td class="r num">{ value.to_string() }</td></tr> }
    };
    html! {
        <table class="table">
            <thead><tr>
                <th scope="col">{ text.t(key!("wallet.preview.part")) }</th>
                <th scope="col">{ text.t(key!("wallet.preview.what")) }</th>
                <th scope="col" class="r">{ text.t(key!("wallet.table.amount")) }</th>
            </tr></thead>
            <tbody>
                { for preview.inputs.iter().map(|coin| row(text.t(key!("wallet.preview.input")), coin.outpoint.to_string(), coin.value)) }
                { for preview.outputs.iter().map(|output| {
                    let kind = if output.change { key!("wallet.preview.change") } else { key!("wallet.preview.output") };
                    row(text.t(kind), output.address.clone(), output.value)
                }) }
                { row(text.t(key!("wallet.send.fee")), String::new(), preview.fee) }
            </tbody>
        </table>
    }
}
