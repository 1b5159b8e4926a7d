//! What gets signed: for each input, the very bytes its key commits to.

use yew::prelude::*;

use crate::api::{Answer, ByteRun, Command, PaymentPreview};
use crate::ledger::{Txid, from_hex, sha256d, to_hex};
use crate::ui::parts::{AddressText, FigurePanel, HashGlyph, Icon, IconName, Slider, Tag, hue_style};
use crate::ui::{Key, Shared, Text, format, use_dispatch, use_text};

/// Inputs that have a tab each; of more, one is chosen with a slider.
const TABS_MAX: usize = 12;

/// Props of [`SignedCard`].
#[derive(Properties, PartialEq)]
pub struct SignedCardProps {
    /// The payment.
    pub preview: Shared<PaymentPreview>,
}

/// What the card shows: one input of one payment, whole. The bytes are the node's answer, so that a payment of hundreds
/// of coins brings those of the input looked at and no others.
#[derive(Clone, PartialEq)]
struct Shown {
    preview: Shared<PaymentPreview>,
    input: usize,
    runs: Vec<ByteRun>,
}

/// The card.
#[component]
pub fn SignedCard(props: &SignedCardProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let chosen = use_state_eq(|| 0usize);
    let shown = use_state_eq(|| None::<Shown>);
    // The number of the last question; answers to older ones are not looked at.
    let asked = use_mut_ref(|| 0u64);
    let wanted = (*chosen).min(props.preview.inputs.len().saturating_sub(1));
    {
        let shown = shown.setter();
        use_effect_with((props.preview.clone(), wanted), move |(preview, input)| {
            let (preview, input) = (preview.clone(), *input);
            let number = asked.borrow().wrapping_add(1);
            *asked.borrow_mut() = number;
            let command =
                Command::PaymentPreimage { plan: preview.plan, input: u32::try_from(input).unwrap_or(u32::MAX) };
            dispatch.request(command, move |answered| {
                if *asked.borrow() == number {
                    shown.set(match answered {
                        Ok(Answer::Preimage(runs)) => Some(Shown { preview, input, runs }),
                        // The payment is out of date, and another preview under way.
                        _ => None,
                    });
                }
            });
        });
    }
    let Some(Shown { preview, input, runs }) = &*shown else { return Html::default() };
    let at = *input;
    let count = preview.inputs.len();
    let size: usize = runs.iter().map(|run| run.hex.len() / 2).sum();
    let bytes: Vec<u8> = runs.iter().flat_map(|run| from_hex(&run.hex).unwrap_or_default()).collect();
    let z = to_hex(&sha256d(&bytes));
    let actions = html! { <Tag text={text.count(plural!("common.bytes"), size as u64)} /> };
    let onkeydown = {
        let chosen = chosen.clone();
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "ArrowLeft" => chosen.set(at.saturating_sub(1)),
            "ArrowRight" => chosen.set((at + 1).min(count.saturating_sub(1))),
            _ => {}
        })
    };
    let address = preview.inputs.get(at).map(|coin| coin.address.clone()).unwrap_or_default();
    let number = text.with(key!("wallet.signed.input"), &[("number", &at.to_string())]);
    let on_slide = {
        let chosen = chosen.setter();
        Callback::from(move |input: u32| chosen.set(input as usize))
    };
    let last = u32::try_from(count.saturating_sub(1)).unwrap_or(u32::MAX);
    let many = html! {
        <Slider id="signed-input" label={text.t(key!("wallet.signed.tabs"))} min={0} max={last} value={u32::try_from(at).unwrap_or(last)}
            shown={number} oninput={on_slide} />
    };
    let few = || {
        html! {
            <div class="scrollx"><div class="seg seg--tabs" role="tablist" aria-label={text.t(key!("wallet.signed.tabs"))} {onkeydown}>
                { for preview.inputs.iter().enumerate().map(|(input, coin)| {
                    let select = { let chosen = chosen.clone(); move |_| chosen.set(input) };
                    html! {
                        <button type="button" role="tab" key={input} aria-selected={(input == at).to_string()} aria-controls="signed-bytes"
                            tabindex={if input == at { "0" } else { "-1" }} onclick={select}>
                            <HashGlyph hash={coin.outpoint.txid} size={10} />
                            { text.with(key!("wallet.signed.input"), &[("number", &input.to_string())]) }
                        </button>
                    }
                }) }
            </div></div>
        }
    };
    let tabs = if count > TABS_MAX { many } else { few() };
    let step = |label: Html, what: Html| html! { <span class="signflow__step"><span class="label">{ label }</span>{ what }</span> };
    let figure = html! {
        <>
            { tabs.clone() }
            <div id="signed-bytes" role="tabpanel">{ run_text(text, runs) }</div>
            { legend(text, runs) }
            <div class="signflow">
                { step(html! { text.t(key!("wallet.signed.z")) }, html! { <code class="mono" title={z.clone()}>{ format::middle_cut(&z, 8, 4) }</code> }) }
                <Icon name={IconName::ArrowRight} />
                { step(html! { text.t(key!("wallet.signed.by")) }, html! { <AddressText {address} /> }) }
                <Icon name={IconName::ArrowRight} />
                { step(html! { text.with(key!("wallet.signed.into"), &[("number", &at.to_string())]) },
                    html! { <span class="sm muted">{ text.t(key!("wallet.signed.size")) }</span> }) }
            </div>
        </>
    };
    html! {
        <FigurePanel name="signed" title={text.t(key!("wallet.signed.title"))} subtitle={text.t(key!("wallet.signed.sub"))} {actions}
            {figure} table={html! { <>{ tabs }<div id="signed-bytes" role="tabpanel">{ run_table(text, runs) }</div></> }} />
    }
}

/// How a field is coloured. Names are the node's; what is not known is plain.
pub fn field_kind(field: &str) -> &'static str {
    match field {
        name if name.contains("prevout") || name.contains("outpoint") || name.contains("txid") || name == "vout" => {
            "coin"
        }
        name if name.contains("script_code") => "vary",
        name if name.contains("script_sig") || name.contains("script_length") || name.contains("empty") => "blank",
        name if name.contains("value") || name.contains("amount") => "amount",
        name if name.contains("script_pubkey") => "s",
        _ => "plain",
    }
}

/// The hue of the coin that a run names: of its txid, wherever that is known by its bytes.
fn coin_style(run: &ByteRun) -> Option<AttrValue> {
    let bytes: [u8; 32] = from_hex(run.hex.get(..64)?).ok()?.try_into().ok()?;
    Some(hue_style(&Txid::from_bytes(bytes).into()))
}

fn run_text(text: Text, runs: &[ByteRun]) -> Html {
    html! {
        <code class="run signed">
            { for runs.iter().map(|run| {
                let kind = field_kind(&run.field);
                let name = text.field(&run.field);
                let title = if run.value.is_empty() { name } else { format!("{name}: {}", run.value) };
                let coin = kind == "coin";
                html! { <><span data-field={(!coin).then_some(kind)} data-hash={coin.then_some("")}
                    style={coin.then(|| coin_style(run)).flatten()} {title}>{ format::spaced_hex(&run.hex) }</span>{ " " }</> }
            }) }
        </code>
    }
}

fn run_table(text: Text, runs: &[ByteRun]) -> Html {
    html! {
        <table class="table">
            <thead><tr>
                <th scope="col">{ text.t(key!("wallet.signed.field")) }</th>
                <th scope="col" class="r">{ text.t(key!("wallet.signed.length")) }</th>
                <th scope="col">{ text.t(key!("wallet.signed.bytes")) }</th>
                <th scope="col">{ text.t(key!("wallet.signed.value")) }</th>
            </tr></thead>
            <tbody>{ for runs.iter().map(|run| html! {
                <tr><th scope="row">{ text.field(&run.field) }</th><td class="r num">{ run.hex.len() / 2 }</td>
                    <td><code class="mono">{ &run.hex }</code></td><td>{ &run.value }</td></tr>
            }) }</tbody>
        </table>
    }
}

fn legend(text: Text, runs: &[ByteRun]) -> Html {
    const ENTRIES: [(&str, Key); 5] = [
        ("coin", key!("wallet.signed.legend.coin")),
        ("vary", key!("wallet.signed.legend.lock")),
        ("blank", key!("wallet.signed.legend.blank")),
        ("amount", key!("wallet.signed.legend.amount")),
        ("s", key!("wallet.signed.legend.to")),
    ];
    html! {
        <p class="legend legend--wrap">
            { for ENTRIES.iter().filter(|(kind, _)| runs.iter().any(|run| field_kind(&run.field) == *kind)).map(|(kind, key)| html! {
                <span><i class="sw" data-sw={*kind} />{ text.t(*key) }</span>
            }) }
        </p>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_coloured_by_what_they_are() {
        let cases = [
            ("version", "plain"),
            ("prevout", "coin"),
            ("script_code", "vary"),
            ("script_sig", "blank"),
            ("value", "amount"),
            ("script_pubkey", "s"),
            ("lock_time", "plain"),
        ];
        for (field, kind) in cases {
            assert_eq!(field_kind(field), kind, "{field}");
        }
    }
}
