//! Mining by hand: type a nonce, hash the header, look.

use yew::prelude::*;

use super::facts::{HandTry, header_bytes, header_nonce, parse_nonce, target_bytes, try_nonce};
use crate::ledger::to_hex;
use crate::session::MinerView;
use crate::ui::parts::{ButtonKind, ButtonProps, Field, IconName, MarkKind, PanelProps, button, mark, panel};
use crate::ui::{Shared, Text, use_text};

/// Zero bits on the ladder of small goals, with the key of what each takes.
const CLIMB: [(u32, &str); 3] = [(1, "miner.hand.climb.1"), (4, "miner.hand.climb.4"), (8, "miner.hand.climb.8")];

/// Props of [`ByHand`].
#[derive(Properties, PartialEq)]
pub struct ByHandProps {
    /// The miner.
    pub miner: Shared<MinerView>,
}

/// The card 'Mine by hand'. It hashes in the page and sends nothing anywhere.
#[component]
pub fn ByHand(props: &ByHandProps) -> Html {
    let text = use_text();
    let typed = use_state(String::new);
    let last = use_state(|| None::<HandTry>);
    let tickets = use_state(|| 0u32);
    let best = use_state(|| 0u32);
    let error = use_state(|| None::<&'static str>);
    let miner = &props.miner;

    let attempt = {
        let (typed, last, tickets, best, error) =
            (typed.clone(), last.clone(), tickets.clone(), best.clone(), error.clone());
        let header = header_bytes(&miner.header_hex);
        let target = target_bytes(&miner.target);
        move |nonce: Option<u32>| {
            let Some(header) = header else { return };
            let nonce = match nonce {
                Some(nonce) => nonce,
                None => match parse_nonce(&typed) {
                    Ok(nonce) => nonce,
                    Err(found) => return error.set(Some(found.text_key())),
                },
            };
            let tried = try_nonce(&header, nonce, &target);
            error.set(None);
            best.set((*best).max(tried.zeros));
            tickets.set(tickets.saturating_add(1));
            last.set(Some(tried));
            typed.set(nonce.to_string());
        }
    };
    let onsubmit = {
        let attempt = attempt.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            attempt(None);
        })
    };
    let on_next = {
        let start = header_bytes(&miner.header_hex).map_or(0, |header| header_nonce(&header));
        let from = last.map_or(start, |tried| tried.nonce);
        Callback::from(move |_: MouseEvent| attempt(Some(from.wrapping_add(1))))
    };
    let oninput = {
        let (typed, error) = (typed.clone(), error.clone());
        Callback::from(move |value: String| {
            error.set(None);
            typed.set(value);
        })
    };
    let no_header = miner.header_hex.is_empty();
    let next = text.t("miner.hand.next");
    panel(PanelProps {
        title: Some(text.t("miner.hand.title").into()),
        class: "growpanel".into(),
        name: Some("by-hand".into()),
        children: html! {
            <>
                <form class="hand" {onsubmit}>
                    <Field id="nonce" label={text.t("miner.hand.nonce")} value={(*typed).clone()} {oninput} mono={true}
                        inputmode="numeric" error={error.map(|key| AttrValue::Static(text.t(key)))} />
                    {button(ButtonProps {
                        kind: ButtonKind::Accent,
                        icon: Some(IconName::Hand),
                        submit: true,
                        action: Some("hand-try".into()),
                        disabled: no_header,
                        children: html! { text.t("miner.hand.try") },
                        ..ButtonProps::default()
                    })}
                    {button(ButtonProps {
                        icon: Some(IconName::Step),
                        icon_only: true,
                        title: Some(next.into()),
                        onclick: on_next,
                        disabled: no_header,
                        action: Some("hand-next".into()),
                        ..ButtonProps::default()
                    })}
                </form>
                if no_header { <p class="xs muted">{ text.t("miner.hand.no_header") }</p> }
                if let Some(tried) = *last {
                    { outcome(text, &tried, miner.zero_bits, *tickets) }
                }
                <ol class="climb">{ for CLIMB.iter().map(|(zeros, key)| {
                    let done = *best >= *zeros && *tickets > 0;
                    html! {
                        <li data-done={done.then_some("true")}>
                            {mark(if done { MarkKind::Ok } else { MarkKind::Todo }, 16)}
                            <b>{ zeros_text(text, *zeros) }</b><span>{ text.t(key) }</span>
                        </li>
                    }
                }) }</ol>
            </>
        },
        ..PanelProps::default()
    })
}

fn outcome(text: Text, tried: &HandTry, needed: u32, tickets: u32) -> Html {
    let hex = to_hex(&tried.hash);
    let zero_digits = hex.len() - hex.trim_start_matches('0').len();
    let (zeros, rest) = hex.split_at(zero_digits);
    let kind = if tried.wins { MarkKind::Ok } else { MarkKind::Bad };
    html! {
        <>
            <p class="hand__out"><code class="mono"><span class="z0">{ zeros.to_owned() }</span>{ rest.to_owned() }</code></p>
            <p class="row sm" role="status">
                {mark(kind, 18)}
                <span><b class="strong">{ format!("{}. ", zeros_text(text, tried.zeros)) }</b>
                    <span class="muted">{ if tried.wins {
                        text.t("miner.hand.wins").to_owned()
                    } else {
                        text.with("miner.hand.need", &[("needed", &needed.to_string()), ("count", &tickets.to_string())])
                    } }</span></span>
            </p>
        </>
    }
}

/// `1 zero bit`, `4 zero bits`.
pub fn zeros_text(text: Text, zeros: u32) -> String {
    let key = if zeros == 1 { "miner.zeros.one" } else { "miner.zeros.many" };
    text.with(key, &[("count", &zeros.to_string())])
}
