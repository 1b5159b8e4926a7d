//! The send form. The node parses and refuses, field by field; what is typed is never lost.

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use super::draft::{Draft, short};
use crate::api::{Answer, Command, PaymentForm, PaymentPreview, UserError, WalletView};
use crate::keys::typed::decimal;
use crate::ledger::Txid;
use crate::ui::parts::{Avatar, Button, ButtonKind, Field, HashText, IconName, Mark, MarkKind, Note, Panel, Slider};
use crate::ui::{Shared, Text, use_dispatch, use_text};

/// How long the form must rest before its preview is asked for, in milliseconds.
const REST_MS: u32 = 220;

/// Open tabs offered to be paid; any other can be paid at its address.
const PAYEES: usize = 12;

/// Props of [`SendCard`].
#[derive(Properties, PartialEq)]
pub struct SendCardProps {
    /// The wallet.
    pub wallet: Shared<WalletView>,
    /// What is typed and chosen.
    pub draft: Draft,
    /// It changed.
    pub on_change: Callback<Draft>,
    /// The payment it would make, as the node says; `None` when it would make none.
    pub on_preview: Callback<Option<Shared<PaymentPreview>>>,
}

/// Why a press on the button did not sign.
#[derive(Clone, Debug, PartialEq)]
enum Said {
    Nothing,
    /// Nothing had been shown yet; now it is.
    Look,
    /// What was shown pays the fee rate that the next block needed before.
    Fee {
        was: String,
        is: String,
    },
    /// What was shown is out of date, for this reason; what is shown now is not.
    OutOfDate(UserError),
}

/// The card.
#[component]
pub fn SendCard(props: &SendCardProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let error = use_state_eq(|| None::<UserError>);
    // The payment on screen, and the form that it answers.
    let shown = use_state_eq(|| None::<(PaymentForm, Shared<PaymentPreview>)>);
    let said = use_state_eq(|| Said::Nothing);
    let sent = use_state_eq(|| None::<Txid>);
    let sending = use_state_eq(|| false);
    // Set at once by the first click, long before the state is drawn: a double click sends once.
    let busy = use_mut_ref(|| false);
    // The number of the last question; answers to older ones are not looked at.
    let asked = use_mut_ref(|| 0u64);
    // The user pressed before the payment was on screen: this is said with it, or what is wrong of every field.
    let pressed = use_mut_ref(|| Said::Nothing);
    // Counts how often the preview was asked for anew, though nothing was typed.
    let again = use_state_eq(|| 0u32);
    let SendCardProps { wallet, draft, .. } = props;
    let fee_needed = wallet.next_block_fee_rate;

    {
        let (dispatch, error, shown, said) = (dispatch.clone(), error.setter(), shown.setter(), said.setter());
        let (asked, pressed) = (asked.clone(), pressed.clone());
        let (on_preview, on_change) = (props.on_preview.clone(), props.on_change.clone());
        let pruned = draft.pruned(wallet);
        let deps = (draft.clone(), wallet.height, wallet.spendable, wallet.pending, fee_needed, *again);
        use_effect_with(deps, move |(draft, ..)| {
            let number = *asked.borrow() + 1;
            *asked.borrow_mut() = number;
            let is_pressed = *pressed.borrow() != Said::Nothing;
            let timer = if let Some(pruned) = pruned {
                on_change.emit(pruned);
                None
            } else if draft.is_blank() && !is_pressed {
                error.set(None);
                shown.set(None);
                on_preview.emit(None);
                None
            } else {
                let (draft, form) = (draft.clone(), draft.form(fee_needed));
                Some(Timeout::new(if is_pressed { 0 } else { REST_MS }, move || {
                    dispatch.request(Command::PreviewPayment(form.clone()), move |result| {
                        if *asked.borrow() != number {
                            return;
                        }
                        let to_say = pressed.replace(Said::Nothing);
                        match result {
                            Ok(Answer::Preview(found)) => {
                                let found = Shared::new(*found);
                                error.set(None);
                                shown.set(Some((form, found.clone())));
                                on_preview.emit(Some(found));
                                if to_say != Said::Nothing {
                                    said.set(to_say);
                                }
                            }
                            Ok(_) => {}
                            Err(found) => {
                                // A field nobody has come to yet is not wrong.
                                let untouched = match found.field.as_deref() {
                                    Some("to") => draft.to.trim().is_empty(),
                                    Some("amount") => draft.amount.trim().is_empty() && !draft.send_all,
                                    _ => false,
                                };
                                error.set((to_say != Said::Nothing || !untouched).then_some(found));
                                shown.set(None);
                                on_preview.emit(None);
                            }
                        }
                    });
                }))
            };
            move || drop(timer)
        });
    }
    {
        // What was said was about what was typed. A chosen coin that is gone is no news of the user's.
        let said = said.setter();
        let typed = (draft.to.clone(), draft.amount.clone(), draft.fee_rate.clone(), draft.send_all);
        use_effect_with(typed, move |_| said.set(Said::Nothing));
    }

    let edit = |change: fn(&Draft, String) -> Draft| {
        let (draft, on_change, sent) = (draft.clone(), props.on_change.clone(), sent.clone());
        Callback::from(move |value: String| {
            sent.set(None);
            on_change.emit(change(&draft, value));
        })
    };
    let emit = |next: Draft| {
        let (on_change, sent) = (props.on_change.clone(), sent.clone());
        Callback::from(move |_: MouseEvent| {
            sent.set(None);
            on_change.emit(next.clone());
        })
    };
    // Only what is on screen, and answers what is typed, can be signed.
    let form = draft.form(fee_needed);
    let ready = shown.as_ref().filter(|(answered, _)| *answered == form).map(|(_, preview)| preview.clone());
    let first_look = match &*shown {
        // Nothing else than what the next block needs is another than it was.
        Some((answered, _)) if *answered == (PaymentForm { fee_rate: answered.fee_rate.clone(), ..form.clone() }) => {
            Said::Fee { was: answered.fee_rate.clone(), is: form.fee_rate.clone() }
        }
        _ => Said::Look,
    };
    let onsubmit = {
        let (dispatch, error, sent, sending, busy) =
            (dispatch.clone(), error.setter(), sent.setter(), sending.setter(), busy.clone());
        let (draft, on_change, asked, pressed) =
            (draft.clone(), props.on_change.clone(), asked.clone(), pressed.clone());
        let (said, again, plan) = (said.setter(), again.clone(), ready.as_ref().map(|preview| preview.plan));
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if *busy.borrow() {
                return;
            }
            let ask_again = {
                let again = again.clone();
                move || again.set(again.wrapping_add(1))
            };
            let Some(plan) = plan else {
                pressed.replace(first_look.clone());
                return ask_again();
            };
            busy.replace(true);
            sending.set(true);
            // An answer about a preview must not speak over the answer about the payment.
            *asked.borrow_mut() += 1;
            let (error, sent, sending, busy) = (error.clone(), sent.clone(), sending.clone(), busy.clone());
            let (draft, on_change, said) = (draft.clone(), on_change.clone(), said.clone());
            dispatch.request(Command::SendPayment { plan }, move |result| {
                *busy.borrow_mut() = false;
                sending.set(false);
                match result {
                    Ok(Answer::Sent { txid }) => {
                        error.set(None);
                        sent.set(Some(txid));
                        on_change.emit(draft.after_payment());
                    }
                    Ok(_) => {}
                    Err(found) if found.rule.starts_with("preview-") => {
                        said.set(Said::OutOfDate(found));
                        ask_again();
                    }
                    Err(found) => error.set(Some(found)),
                }
            });
        })
    };

    let understood = ready.as_ref().map(|preview| understood(text, draft, preview));
    let found = error.as_ref();
    let other = found.filter(|error| !matches!(error.field.as_deref(), Some("to" | "amount" | "fee_rate")));
    let cant = wallet.coins.is_empty();
    let all = {
        let draft = (*draft).clone();
        html! {
            <>
                <span class="faint sm">{ text.t(key!("wallet.send.coins")) }</span>
                <Button small={true} kind={ButtonKind::Quiet} action="send-all" pressed={draft.send_all}
                    onclick={emit(Draft { send_all: !draft.send_all, ..draft })}>
                    {text.t(key!("wallet.send.all"))}
                </Button>
            </>
        }
    };
    let amount = if draft.send_all { text.t(key!("wallet.send.everything")).to_owned() } else { draft.amount.clone() };
    html! {
        <Panel name="send" title={text.t(key!("wallet.send.title"))}>
            <form class="stack stack--3" {onsubmit} novalidate={true} autocomplete="off"
                data-plan={ready.as_ref().map(|preview| preview.plan.to_string())}>
                { payees(text, wallet, draft, &emit) }
                <Field id="to" label={text.t(key!("wallet.send.to"))} value={draft.to.clone()} mono={true}
                    placeholder={text.t(key!("wallet.send.to_hint"))} error={text.error_at(found, "to")}
                    hint={understood.as_ref().and_then(|(to, _)| to.clone())}
                    oninput={edit(Draft::with_to)} />
                <Field id="amount" label={text.t(key!("wallet.send.amount"))} value={amount} inputmode="decimal" placeholder="0.00"
                    disabled={draft.send_all} error={text.error_at(found, "amount")} suffix={all}
                    hint={understood.and_then(|(_, amount)| amount)}
                    oninput={edit(|draft, amount| Draft { amount, ..draft.clone() })} />
                { fee_field(text, draft, fee_needed, &props.on_change, edit(|draft, fee_rate| Draft { fee_rate, ..draft.clone() }), text.error_at(found, "fee_rate")) }
                { facts(text, shown.as_ref().map(|(_, preview)| preview)) }
                { said_line(text, &said) }
                <Button kind={ButtonKind::Primary} block={true} submit={true} action="send" icon={IconName::Sign}
                    disabled={*sending || cant}>
                    {text.t(if *sending { key!("wallet.send.sending") } else { key!("wallet.send.action") })}
                </Button>
                if cant { <p class="xs muted">{ text.t(key!("wallet.send.no_coins")) }</p> }
                { error_line(text, other) }
                <div role="status">
                    if let Some(txid) = *sent {
                        <div class="verdict" data-verdict="valid" data-sent={txid.to_string()}>
                            <Mark kind={MarkKind::Ok} size={28} />
                            <div class="grow">
                                <p class="strong">{ text.t(key!("wallet.send.sent")) }</p>
                                <p class="sm"><HashText hash={txid} href={format!("#/tx/{txid}")} /></p>
                                <p class="xs muted">{ text.t(key!("wallet.send.sent_why")) }</p>
                            </div>
                        </div>
                    }
                </div>
            </form>
        </Panel>
    }
}

/// The translated text of an error that belongs to no field; always in the page, so that it is announced.
pub fn error_line(text: Text, error: Option<&UserError>) -> Html {
    html! {
        <div role="alert" class="field__alert">
            if let Some(error) = error {
                <p class="fielderr"><Mark kind={MarkKind::Bad} size={14} />
                    <span data-rule={error.rule.clone()}>{ text.error(error) }</span></p>
            }
        </div>
    }
}

/// How address and amount were read, where that is not what is written in their fields.
fn understood(text: Text, draft: &Draft, preview: &PaymentPreview) -> (Option<AttrValue>, Option<AttrValue>) {
    let Some(paid) = preview.outputs.iter().find(|output| !output.change) else { return (None, None) };
    let read_as = |what: &str| AttrValue::from(text.with(key!("wallet.send.read_as"), &[("what", what)]));
    let is_plain = draft.send_all || draft.amount.trim().parse() == Ok(paid.value);
    (
        (draft.to.trim() != paid.address).then(|| read_as(&paid.address)),
        (!is_plain).then(|| read_as(&short(paid.value))),
    )
}

/// Why a press did not sign, always in the page, so that it is announced.
fn said_line(text: Text, said: &Said) -> Html {
    html! {
        <div role="alert">
            { match said {
                Said::Nothing => Html::default(),
                Said::Look => html! {
                    <Note icon={IconName::Eye} kind="pending">
                        <span data-said="look">{ text.t(key!("wallet.send.look")) }</span>
                    </Note>
                },
                Said::Fee { was, is } => {
                    let why = text.with(key!("wallet.send.fee_changed"), &[("was", was), ("is", is)]);
                    html! {
                        <Note icon={IconName::Warning} kind="bad">
                            <span data-said="out-of-date" data-rule="fee">{ text.with(key!("wallet.send.out_of_date"), &[("why", &why)]) }</span>
                        </Note>
                    }
                }
                Said::OutOfDate(error) => html! {
                    <Note icon={IconName::Warning} kind="bad">
                        <span data-said="out-of-date" data-rule={error.rule.clone()}>
                            { text.with(key!("wallet.send.out_of_date"), &[("why", &text.error(error))]) }</span>
                    </Note>
                },
            } }
        </div>
    }
}

fn payees(text: Text, wallet: &WalletView, draft: &Draft, emit: &dyn Fn(Draft) -> Callback<MouseEvent>) -> Html {
    if wallet.payees.is_empty() {
        let key = match (crate::web::tabs_can_talk(), wallet.network_active) {
            (false, _) => key!("wallet.send.no_channel"),
            (true, true) => key!("wallet.send.nobody"),
            (true, false) => key!("wallet.send.cut_off"),
        };
        return html! { <p class="xs muted">{ text.t(key) }</p> };
    }
    let more = wallet.payees.len().saturating_sub(PAYEES);
    html! {
        <div class="chips" role="group" aria-label={text.t(key!("wallet.send.peers"))}>
            { for wallet.payees.iter().take(PAYEES).map(|(name, address)| {
                let chosen = *address == draft.to;
                let next = Draft { to: address.clone(), payee: Some(name.0.clone()), ..draft.clone() };
                html! {
                    <button type="button" class="chip" key={name.0.clone()} aria-pressed={chosen.to_string()} data-payee={name.0.clone()}
                        onclick={emit(next)}>
                        <Avatar name={name.0.clone()} size={20} /><span>{ &name.0 }</span>
                    </button>
                }
            }) }
            if more > 0 { <span class="faint sm">{ ["+", &more.to_string()].concat() }</span> }
        </div>
    }
}

fn fee_field(
    text: Text,
    draft: &Draft,
    needed: u64,
    on_change: &Callback<Draft>,
    oninput: Callback<String>,
    error: Option<AttrValue>,
) -> Html {
    let shown = draft.fee_rate_text(needed);
    let most = needed.saturating_mul(4).clamp(12, 1000) as u32;
    let value = decimal(&shown).ok().and_then(|rate| rate.parse::<f64>().ok()).unwrap_or(1.0);
    let on_slide = {
        let (draft, on_change) = (draft.clone(), on_change.clone());
        Callback::from(move |rate: u32| on_change.emit(Draft { fee_rate: rate.to_string(), ..draft.clone() }))
    };
    html! {
        <div class="feebox">
            <Slider id="fee-slider" label={text.t(key!("wallet.send.fee_slider"))} min={1} max={most}
                value={value.round().clamp(1.0, f64::from(most)) as u32} shown="" oninput={on_slide} />
            <p class="feescale" aria-hidden="true">
                <span>{ text.t(key!("wallet.send.fee_slow")) }</span>
                <span>{ text.with(key!("wallet.send.fee_next"), &[("rate", &needed.max(1).to_string())]) }</span>
                <span>{ text.t(key!("wallet.send.fee_fast")) }</span>
            </p>
            <Field id="fee_rate" label={text.t(key!("wallet.send.fee_rate"))} value={shown} inputmode="decimal" {oninput} {error}
                suffix={html! { <span class="faint sm nowrap">{ text.t(key!("wallet.send.fee_unit")) }</span> }} />
        </div>
    }
}

fn facts(text: Text, preview: Option<&Shared<PaymentPreview>>) -> Html {
    let Some(preview) = preview else { return Html::default() };
    html! {
        <dl class="facts">
            <dt>{ text.t(key!("wallet.send.size")) }</dt>
            <dd>{ text.count(plural!("common.bytes"), u64::from(preview.size)) }</dd>
            <dt>{ text.t(key!("wallet.send.fee")) }</dt>
            <dd><span class="num">{ preview.fee.to_string() }</span>
                <span class="faint">{ format!("{} × {:.1} sat", preview.size, preview.fee_rate) }</span></dd>
        </dl>
    }
}
