//! Mining by hand: type a nonce, hash the header, look; a nonce that wins is a block.

use yew::prelude::*;

use super::facts::{HandTry, header_bytes, header_with, one_in, parse_nonce, target_bytes, try_nonce};
use crate::api::{Answer, Command, HandHeader, MinerView, UserError};
use crate::ledger::{BlockHash, to_hex};
use crate::ui::parts::{Button, ButtonKind, Field, IconName, Mark, MarkKind, Note, Panel, zeros_text};
use crate::ui::route::block_href;
use crate::ui::{Key, Shared, Text, use_dispatch, use_text};

/// Zero bits on the ladder of small goals, with the key of what each takes.
const CLIMB: [(u32, Key); 3] =
    [(1, key!("miner.hand.climb.1")), (4, key!("miner.hand.climb.4")), (8, key!("miner.hand.climb.8"))];

/// Props of [`ByHand`].
#[derive(Properties, PartialEq)]
pub struct ByHandProps {
    /// The miner.
    pub miner: Shared<MinerView>,
}

/// What was tried last, on which header, and what became of it.
#[derive(Clone, Debug, PartialEq)]
struct LastTry {
    header_hex: String,
    height: u32,
    zero_bits: u32,
    tried: HandTry,
    sent: Sent,
}

/// Where a nonce that wins is.
#[derive(Clone, Debug, PartialEq)]
enum Sent {
    /// It does not win, or its block is on its way to the node.
    Not,
    /// Its block is taken.
    Mined(BlockHash, u32),
    /// It is refused.
    Refused(UserError),
}

/// The card 'Mine by hand'. It hashes in the page; a header that wins goes to the node.
#[component]
pub fn ByHand(props: &ByHandProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let typed = use_state(String::new);
    let last = use_state(|| None::<LastTry>);
    let tickets = use_state(|| 0u32);
    let best = use_state(|| 0u32);
    let error = use_state(|| None::<Key>);
    let hand = props.miner.hand.clone();

    let attempt = {
        let (typed, last, tickets, best, error) =
            (typed.clone(), last.clone(), tickets.clone(), best.clone(), error.clone());
        let (hand, dispatch) = (hand.clone(), dispatch.clone());
        move |nonce: Option<u32>| {
            let Some(hand) = &hand else { return };
            let Some(header) = header_bytes(&hand.header_hex) else { return };
            let nonce = match nonce {
                Some(nonce) => nonce,
                None => match parse_nonce(&typed) {
                    Ok(nonce) => nonce,
                    Err(found) => return error.set(Some(found.text_key())),
                },
            };
            let tried = try_nonce(&header, nonce, &target_bytes(&hand.target));
            error.set(None);
            best.set((*best).max(tried.zeros));
            tickets.set(tickets.saturating_add(1));
            let this = LastTry {
                header_hex: hand.header_hex.clone(),
                height: hand.height,
                zero_bits: hand.zero_bits,
                tried,
                sent: Sent::Not,
            };
            last.set(Some(this.clone()));
            typed.set(nonce.to_string());
            if tried.wins {
                let last = last.clone();
                let header = to_hex(&header_with(&header, nonce));
                dispatch.request(Command::MinedByHand { header }, move |answered| {
                    let sent = match answered {
                        Ok(Answer::Mined { hash, height }) => Sent::Mined(hash, height),
                        Ok(_) => return,
                        Err(error) => Sent::Refused(error),
                    };
                    last.set(Some(LastTry { sent, ..this }));
                });
            }
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
        let next = last.as_ref().map_or(0, |last| last.tried.nonce.wrapping_add(1));
        Callback::from(move |_: MouseEvent| attempt(Some(next)))
    };
    let oninput = {
        let (typed, error) = (typed.clone(), error.clone());
        Callback::from(move |value: String| {
            error.set(None);
            typed.set(value);
        })
    };
    let on_renew = Callback::from(move |_: MouseEvent| dispatch.send(Command::NewHandHeader));
    let no_header = hand.is_none();
    let next = text.t(key!("miner.hand.next"));
    html! {
        <Panel title={text.t(key!("miner.hand.title"))} class="growpanel" name="by-hand">
            if let Some(hand) = &hand {
                <p class="row xs muted" data-hand-height={hand.height.to_string()} data-hand-header={hand.header_hex.clone()}>
                    <span>{ about(text, hand) }</span>
                    <Button icon={IconName::Reload} icon_only={true} title={text.t(key!("miner.hand.renew_why"))}
                        onclick={on_renew} action="hand-renew" />
                </p>
            } else if props.miner.can_mine {
                <p class="xs muted">{ text.t(key!("miner.hand.no_header")) }</p>
            }
            <form class="hand" {onsubmit}>
                <Field id="nonce" label={text.t(key!("miner.hand.nonce"))} value={(*typed).clone()} {oninput} mono={true}
                    inputmode="numeric" error={error.map(|key| AttrValue::Static(text.t(key)))} />
                <Button kind={ButtonKind::Accent} icon={IconName::Hand} submit={true} action="hand-try"
                    disabled={no_header}>
                    {text.t(key!("miner.hand.try"))}
                </Button>
                <Button icon={IconName::Step} icon_only={true} title={next} onclick={on_next} disabled={no_header}
                    action="hand-next" />
            </form>
            if let Some(last) = &*last {
                { outcome(text, last, *tickets) }
                { after(text, last, hand.as_ref()) }
            }
            <ol class="climb">{ for CLIMB.iter().map(|(zeros, key)| {
                let done = *best >= *zeros && *tickets > 0;
                html! {
                    <li data-done={done.then_some("true")}>
                        <Mark kind={if done { MarkKind::Ok } else { MarkKind::Todo }} size={16} />
                        <b>{ zeros_text(text, *zeros) }</b><span>{ text.t(*key) }</span>
                    </li>
                }
            }) }</ol>
        </Panel>
    }
}

/// Which block the header is of, and how hard it is.
fn about(text: Text, hand: &HandHeader) -> String {
    let payments = text.count(plural!("miner.hand.payments"), hand.payments as u64);
    text.with(
        key!("miner.hand.for"),
        &[
            ("height", &hand.height.to_string()),
            ("payments", &payments),
            ("zeros", &zeros_text(text, hand.zero_bits)),
            ("count", &one_in(hand.expected_hashes)),
        ],
    )
}

/// The hash of the last try, and whether it is enough.
fn outcome(text: Text, last: &LastTry, tickets: u32) -> Html {
    let tried = &last.tried;
    let hex = to_hex(&tried.hash);
    let zero_digits = hex.len() - hex.trim_start_matches('0').len();
    let (zeros, rest) = hex.split_at(zero_digits);
    let kind = if tried.wins { MarkKind::Ok } else { MarkKind::Bad };
    let said = match (tried.wins, &last.sent) {
        (true, Sent::Not) => text.t(key!("miner.hand.wins")).to_owned(),
        (true, _) => text.t(key!("miner.hand.enough")).to_owned(),
        (false, _) => {
            let needed = zeros_text(text, last.zero_bits);
            text.with(key!("miner.hand.need"), &[("needed", &needed), ("count", &tickets.to_string())])
        }
    };
    html! {
        <>
            <p class="hand__out"><code class="mono"><span class="z0">{ zeros.to_owned() }</span>{ rest.to_owned() }</code></p>
            <p class="row sm" role="status">
                <Mark {kind} />
                <span><b class="strong">{ format!("{}. ", zeros_text(text, tried.zeros)) }</b>
                    <span class="muted">{ said }</span></span>
            </p>
        </>
    }
}

/// Whether two headers build on the same block: it is named in bytes 4 to 36.
fn same_parent(one: &str, other: &str) -> bool {
    one.get(8..72) == other.get(8..72)
}

/// What became of a try: a block, a refusal, or a header that another block overtook.
fn after(text: Text, last: &LastTry, hand: Option<&HandHeader>) -> Html {
    match &last.sent {
        Sent::Mined(hash, height) => {
            let height = [("height", height.to_string())];
            let height = height.each_ref().map(|(name, value)| (*name, value.as_str()));
            html! {
                <Note icon={IconName::Hand} kind="ok">
                    <span data-hand-mined={hash.to_string()}>{ text.with(key!("miner.hand.mined"), &height) }{ " " }
                        <a href={block_href(hash)}>{ text.with(key!("miner.hand.look"), &height) }</a></span>
                </Note>
            }
        }
        Sent::Refused(error) => html! { <Note kind="bad">{text.error(error)}</Note> },
        Sent::Not => match hand {
            Some(hand) if !same_parent(&hand.header_hex, &last.header_hex) => html! {
                <Note>
                    {text.with(key!("miner.hand.overtaken"),
                        &[("tried", &last.height.to_string()), ("height", &hand.height.to_string())])}
                </Note>
            },
            _ => Html::default(),
        },
    }
}
