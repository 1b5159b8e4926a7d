//! Messages signed by the wallet's addresses, in Bitcoin Core's format: the node signs, so that no
//! private key comes into the page.

use yew::prelude::*;

use super::message_field::MessageField;
use super::verify::line_ends_key;
use crate::api::{Answer, Command, MessageVerdict, UserError, WalletView};
use crate::ui::pages::wallet::error_line;
use crate::ui::parts::{
    AddressText, Button, ButtonKind, CopyButton, EmptyState, Field, IconName, Panel, Skeleton, Verdict, VerdictState,
};
use crate::ui::{Shared, Text, format, use_dispatch, use_text};

/// Props of [`MessageCard`].
#[derive(Properties, PartialEq)]
pub struct MessageCardProps {
    /// The wallet; `None` until the node has told.
    pub wallet: Option<Shared<WalletView>>,
    /// This network has no wallet here.
    pub absent: bool,
}

/// What is being checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct ToCheck {
    address: String,
    message: String,
    signature: String,
}

/// The card: sign on the left, check on the right.
#[component]
pub fn MessageCard(props: &MessageCardProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let chosen = use_state_eq(String::new);
    let message = use_state_eq(String::new);
    let signature = use_state_eq(|| None::<String>);
    let sign_error = use_state_eq(|| None::<UserError>);
    let to_check = use_state_eq(ToCheck::default);
    let verdict = use_state_eq(|| None::<Result<MessageVerdict, UserError>>);

    let check = {
        let (dispatch, verdict) = (dispatch.clone(), verdict.clone());
        Callback::from(move |checked: ToCheck| {
            let verdict = verdict.clone();
            let command = Command::VerifyMessage {
                address: checked.address,
                signature: checked.signature,
                message: checked.message,
            };
            dispatch.request(command, move |result| match result {
                Ok(Answer::Verdict(found)) => verdict.set(Some(Ok(found))),
                Ok(_) => {}
                Err(error) => verdict.set(Some(Err(error))),
            });
        })
    };
    let Some(wallet) = &props.wallet else {
        return html! {
            <Panel name="signed-message" title={text.t(key!("keys.core.title"))}>
                if props.absent {
                    <EmptyState title={text.t(key!("wallet.none.title"))} text={text.t(key!("wallet.none.why"))} icon={IconName::Wallet} />
                } else {
                    <Skeleton lines={3} />
                }
            </Panel>
        };
    };
    let addresses = choices(wallet);
    let address = if chosen.is_empty() { addresses.first().cloned().unwrap_or_default() } else { (*chosen).clone() };
    let sign = {
        let (dispatch, signature, sign_error) = (dispatch.clone(), signature.clone(), sign_error.clone());
        let (to_check, check) = (to_check.clone(), check.clone());
        let (address, message) = (address.clone(), (*message).clone());
        Callback::from(move |_: MouseEvent| {
            let (signature, sign_error, to_check, check) =
                (signature.clone(), sign_error.clone(), to_check.clone(), check.clone());
            let (address, message) = (address.clone(), message.clone());
            let command = Command::SignMessage { address: address.clone(), message: message.clone() };
            dispatch.request(command, move |result| match result {
                Ok(Answer::Signature(found)) => {
                    sign_error.set(None);
                    signature.set(Some(found.clone()));
                    let sent = ToCheck { address, message, signature: found };
                    to_check.set(sent.clone());
                    check.emit(sent);
                }
                Ok(_) => {}
                Err(error) => sign_error.set(Some(error)),
            });
        })
    };
    let on_message = {
        let (message, signature) = (message.clone(), signature.clone());
        Callback::from(move |next: String| {
            signature.set(None);
            message.set(next);
        })
    };
    let on_chosen = {
        let (chosen, signature) = (chosen.clone(), signature.clone());
        Callback::from(move |event: Event| {
            signature.set(None);
            chosen.set(event.target_unchecked_into::<web_sys::HtmlSelectElement>().value());
        })
    };
    let edit = |change: fn(&mut ToCheck, String)| {
        let (to_check, check, verdict) = (to_check.clone(), check.clone(), verdict.clone());
        Callback::from(move |value: String| {
            let mut next = (*to_check).clone();
            change(&mut next, value);
            to_check.set(next.clone());
            if next.address.trim().is_empty() || next.signature.trim().is_empty() {
                verdict.set(None);
            } else {
                check.emit(next);
            }
        })
    };
    let check_error = verdict.as_ref().and_then(|verdict| verdict.as_ref().err());
    html! {
        <Panel name="signed-message" title={text.t(key!("keys.core.title"))} subtitle={text.t(key!("keys.core.sub"))}>
            <div class="cols cols--half">
                <div class="stack stack--3">
                    <h3>{ text.t(key!("keys.core.sign")) }</h3>
                    if addresses.is_empty() {
                        <EmptyState title={text.t(key!("keys.core.no_address"))} text={text.t(key!("keys.core.no_address_why"))} icon={IconName::Wallet} />
                    } else {
                        <div class="field">
                            <label class="label" for="signed_address">{ text.t(key!("keys.core.address")) }</label>
                            <select id="signed_address" name="signed_address" class="input input--mono" onchange={on_chosen}>
                                { for addresses.iter().map(|one| html! {
                                    <option value={one.clone()} selected={*one == address}>{ one.clone() }</option>
                                }) }
                            </select>
                        </div>
                        <MessageField id="signed_message" label={text.t(key!("keys.message.title"))} value={(*message).clone()} oninput={on_message}
                            error={text.error_at(sign_error.as_ref(), "message")} />
                        <div class="row"><Button kind={ButtonKind::Accent} icon={IconName::Sign} action="sign-message" onclick={sign}
                            disabled={message.is_empty()}>{ text.t(key!("keys.core.action")) }</Button></div>
                        { error_line(text, sign_error.as_ref().filter(|error| error.field.as_deref() != Some("message"))) }
                        if let Some(signature) = &*signature {
                            <div class="field">
                                <span class="label row">{ text.t(key!("keys.core.signature")) }<CopyButton text={signature.clone()} /></span>
                                <code class="run keytext" data-signed-message={signature.clone()}>{ signature.clone() }</code>
                            </div>
                        }
                    }
                </div>
                <div class="stack stack--3">
                    <h3>{ text.t(key!("keys.core.check")) }</h3>
                    <Field id="check_address" mono={true} label={text.t(key!("keys.core.who"))} value={to_check.address.clone()}
                        error={text.error_at(check_error, "address")} oninput={edit(|to_check, value| to_check.address = value)} />
                    <MessageField id="check_message" label={text.t(key!("keys.message.title"))} value={to_check.message.clone()}
                        error={text.error_at(check_error, "message")} oninput={edit(|to_check, value| to_check.message = value)} />
                    <Field id="check_signature" mono={true} rows={2} label={text.t(key!("keys.core.signature"))} value={to_check.signature.clone()}
                        error={text.error_at(check_error, "signature")} oninput={edit(|to_check, value| to_check.signature = value)} />
                    { outcome(text, verdict.as_ref()) }
                </div>
            </div>
        </Panel>
    }
}

/// The wallet's addresses that can sign, the one to hand out next first; at most 40.
fn choices(wallet: &WalletView) -> Vec<String> {
    let mut addresses: Vec<String> = Vec::new();
    let known = wallet.addresses.iter().filter(|address| !address.change).map(|address| &address.address);
    for address in std::iter::once(&wallet.receive_address).chain(known).take(40) {
        if !address.is_empty() && !addresses.contains(address) {
            addresses.push(address.clone());
        }
    }
    addresses
}

fn outcome(text: Text, verdict: Option<&Result<MessageVerdict, UserError>>) -> Html {
    let (state, word, why) = match verdict {
        None => (VerdictState::None, key!("keys.verdict.none"), text.t(key!("keys.core.none_why")).to_owned()),
        Some(Err(error)) => (VerdictState::Invalid, key!("keys.verdict.invalid"), text.error(error)),
        Some(Ok(found)) if found.valid => {
            let why = found.line_ends.map_or(key!("keys.core.valid_why"), line_ends_key);
            (VerdictState::Valid, key!("keys.verdict.valid"), text.t(why).to_owned())
        }
        Some(Ok(found)) => {
            let why = match &found.signer {
                Some(signer) => {
                    text.with(key!("keys.core.other_signer"), &[("who", &format::middle_cut(signer, 8, 6))])
                }
                None => text.t(key!("keys.core.nobody")).to_owned(),
            };
            (VerdictState::Invalid, key!("keys.verdict.invalid"), why)
        }
    };
    let signer = verdict
        .and_then(|verdict| verdict.as_ref().ok())
        .filter(|found| !found.valid)
        .and_then(|found| found.signer.clone());
    html! {
        <>
            <Verdict {state} word={text.t(word)} {why} />
            if let Some(address) = signer { <p class="sm"><AddressText {address} copy={true} /></p> }
        </>
    }
}
