//! Verifying: no private key comes in here, only what was sent.

use std::rc::Rc;

use yew::prelude::*;

use super::checking::{Changes, Check, Finding, SignedNote, changes, check, with_line_feeds};
use super::compare::{compared, differing};
use super::message_field::MessageField;
use super::sign::hash_row;
use crate::keys::LineEnds;
use crate::ledger::{Params, sha256, to_hex};
use crate::ui::parts::{Button, ButtonKind, Field, Icon, IconName, Panel, Tag, Verdict, VerdictState};
use crate::ui::{Key, Text, format, use_text};

/// Props of [`VerifyCard`].
#[derive(Properties, PartialEq)]
pub struct VerifyCardProps {
    /// What was sent; all fields can be changed.
    pub note: Option<SignedNote>,
    /// The network's version bytes.
    pub params: Rc<Params>,
}

/// What is in the fields of a card that verifies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Received {
    /// A public key or an address.
    pub who: String,
    /// The message.
    pub message: String,
    /// The signature, DER, hexadecimal.
    pub signature: String,
}

impl From<&SignedNote> for Received {
    fn from(note: &SignedNote) -> Self {
        Self { who: note.public_key.clone(), message: note.message.clone(), signature: note.signature.clone() }
    }
}

/// The card.
#[component]
pub fn VerifyCard(props: &VerifyCardProps) -> Html {
    let text = use_text();
    let received = use_state_eq(Received::default);
    {
        let (received, note) = (received.clone(), props.note.clone());
        use_effect_with(props.note.clone(), move |_| {
            if let Some(note) = &note {
                received.set(note.into());
            }
        });
    }
    let edit = |change: fn(&mut Received, String)| {
        let received = received.clone();
        Callback::from(move |value: String| {
            let mut next = (*received).clone();
            change(&mut next, value);
            received.set(next);
        })
    };
    let restore = {
        let (received, note) = (received.clone(), props.note.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(note) = &note {
                received.set(note.into())
            }
        })
    };
    let checked = check(&received.who, &received.message, &received.signature, &props.params);
    let found = &checked.finding;
    let changed = props
        .note
        .as_ref()
        .map(|note| changes(note, &received.who, &received.message, &received.signature, &props.params))
        .unwrap_or_default();
    let sent_hash = props.note.as_ref().map(|note| sha256(note.message.as_bytes()));
    let (key_error, signature_error) = errors_of(text, found);
    let z_label = if sent_hash.is_some_and(|sent| sent != checked.hash) {
        key!("keys.verify.z")
    } else {
        key!("keys.verify.z_same")
    };
    let message_label = match changed.message {
        0 => text.t(key!("keys.message.title")).to_owned(),
        count => text.count(plural!("keys.verify.message_changed"), count as u64),
    };
    let is_changed = changed != Changes::default();
    html! {
        <Panel name="verify" title={text.t(key!("keys.verify.title"))} subtitle={text.t(key!("keys.verify.sub"))}
            actions={html! { <Tag icon={IconName::Lock} text={text.t(key!("keys.verify.no_key"))} /> }}>
            <div class="stack stack--3">
                <MessageField id="verify_message" label={message_label} value={received.message.clone()}
                    oninput={edit(|received, value| received.message = value)} />
                { difference(text, props.note.as_ref(), &received.message) }
                { hash_row(text, text.t(z_label), &checked.hash, sent_hash.as_ref()) }
                <Field id="verify_public_key" mono={true} label={text.t(key!("keys.verify.who"))} value={received.who.clone()} error={key_error}
                    oninput={edit(|received, value| received.who = value)} />
                <Field id="verify_signature" mono={true} rows={2} label={text.t(key!("keys.verify.signature"))} value={received.signature.clone()}
                    error={signature_error} oninput={edit(|received, value| received.signature = value)} />
                <p class="formula">
                    <Icon name={IconName::Keys} /><span>{ text.t(key!("keys.verify.formula")) }</span><b class="rs">{ "R" }</b>
                    <span>{ text.t(key!("keys.verify.is_x")) }</span><span class="nowrap"><b class="rs" data-f="r">{ "r" }</b>{ " ?" }</span>
                </p>
                if let Finding::Checked(steps) = found {
                    { compare(text, steps.point_x.as_ref(), &steps.r, steps.valid) }
                    <details class="more">
                        <summary>{ text.t(key!("keys.verify.numbers")) }</summary>
                        <dl class="secret">
                            { for [("s⁻¹", &steps.s_inverse), ("u₁ = z·s⁻¹", &steps.u1), ("u₂ = r·s⁻¹", &steps.u2)].into_iter().map(|(name, value)| html! {
                                <><dt>{ name }</dt><dd><code class="mono">{ to_hex(value) }</code></dd></>
                            }) }
                        </dl>
                    </details>
                }
                { verdict(text, &checked, changed, props.note.as_ref(), &received.message) }
                if is_changed {
                    <Button small={true} kind={ButtonKind::Quiet} icon={IconName::Return} action="restore-note" onclick={restore}>
                        { text.t(key!("keys.verify.restore")) }</Button>
                }
            </div>
        </Panel>
    }
}

/// What is wrong at the field of the key, and at the field of the signature.
pub fn errors_of(text: Text, found: &Finding) -> (Option<AttrValue>, Option<AttrValue>) {
    let said = |rule: &str, facts: &[(&'static str, String)], fallback: Key| -> Option<AttrValue> {
        let facts: Vec<(String, String)> =
            facts.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        Some(text.rule(rule, &facts).map_or(AttrValue::Static(text.t(fallback)), AttrValue::from))
    };
    match found {
        Finding::BadKey(rule, facts) => (said(rule, facts, key!("keys.verify.bad_key")), None),
        Finding::BadSignature(rule, facts) => (None, said(rule, facts, key!("keys.verify.bad_signature"))),
        Finding::Nothing | Finding::NoKeyOfAddress | Finding::Checked(_) => (None, None),
    }
}

/// R.x over r; where they part is coloured.
fn compare(text: Text, x: Option<&[u8; 32]>, r: &[u8; 32], valid: bool) -> Html {
    let shown = x.map_or_else(|| text.t(key!("keys.verify.infinity")).to_owned(), |x| to_hex(x));
    let class = if valid { "mono" } else { "mono bad" };
    let (path, label) = if valid {
        ("M5 10h18M5 18h18", text.t(key!("keys.verify.equal")))
    } else {
        ("M5 10h18M5 18h18M20 4L8 24", text.t(key!("keys.verify.unequal")))
    };
    html! {
        <div class="compare">
            <span class="label">{ "R.x" }</span><code {class} data-value="rx">{ shown }</code>
            <span class="label">{ "r" }</span><code class="mono" data-value="r">{ to_hex(r) }</code>
            <svg class="compare__eq" data-ok={valid.to_string()} width="28" height="28" viewBox="0 0 28 28" role="img" aria-label={label}>
                <path d={path} /></svg>
        </div>
    }
}

/// What was signed over what is checked, the run that differs marked in both; nothing where they are the same.
pub fn difference(text: Text, note: Option<&SignedNote>, message: &str) -> Html {
    let signed = note.map(|note| with_line_feeds(&note.message));
    let now = with_line_feeds(message);
    let Some(signed) = signed.filter(|signed| *signed != now) else { return Html::default() };
    let (signed, now) = compared(&signed, &now);
    html! {
        <div class="differing" data-value="difference">
            <p class="label">{ text.t(key!("keys.message.compared")) }</p>
            <div data-part="signed">{ signed }</div>
            <div data-part="now">{ now }</div>
        </div>
    }
}

/// The verdict on what was found.
pub fn verdict(text: Text, checked: &Check, changed: Changes, note: Option<&SignedNote>, message: &str) -> Html {
    let found = &checked.finding;
    let signer = note.map(|note| note.signer.clone()).unwrap_or_default();
    let (state, word, why) = match found {
        Finding::Nothing => {
            (VerdictState::None, key!("keys.verdict.none"), text.t(key!("keys.verdict.none_why")).to_owned())
        }
        Finding::BadKey(..) => {
            (VerdictState::Invalid, key!("keys.verdict.invalid"), text.t(key!("keys.verdict.bad_key")).to_owned())
        }
        Finding::BadSignature(..) => {
            (VerdictState::Invalid, key!("keys.verdict.invalid"), text.t(key!("keys.verdict.bad_signature")).to_owned())
        }
        found if found.is_valid() => {
            let why = if let Some(line_ends) = checked.line_ends {
                text.t(line_ends_key(line_ends)).to_owned()
            } else if note.is_some() && !changed.key {
                text.with(key!("keys.verdict.valid_why"), &[("who", &signer)])
            } else {
                text.t(key!("keys.verdict.valid_other")).to_owned()
            };
            (VerdictState::Valid, key!("keys.verdict.valid"), why)
        }
        _ => (VerdictState::Invalid, key!("keys.verdict.invalid"), why_invalid(text, changed, note, message)),
    };
    html! { <Verdict {state} word={text.t(word)} {why} /> }
}

/// That a signature holds for a text with other line ends.
pub const fn line_ends_key(line_ends: LineEnds) -> Key {
    match line_ends {
        LineEnds::CrLf => key!("keys.verdict.valid_crlf"),
        LineEnds::Lf => key!("keys.verdict.valid_lf"),
    }
}

/// What was changed since it was signed, or that nothing is known of that.
fn why_invalid(text: Text, changed: Changes, note: Option<&SignedNote>, message: &str) -> String {
    let signer = note.map(|note| format::sentence_start(&note.signer)).unwrap_or_default();
    match changed {
        Changes { message: 1.., key: false, signature: false } => {
            let (signed, shown) = differing(note.map_or("", |note| &note.message), message);
            text.with(key!("keys.verdict.message_changed"), &[("who", &signer), ("signed", &signed), ("shown", &shown)])
        }
        Changes { message: 0, key: true, signature: false } => {
            let signer = note.map(|note| note.signer.as_str()).unwrap_or_default();
            text.with(key!("keys.verdict.key_changed"), &[("who", signer)])
        }
        Changes { message: 0, key: false, signature: true } => {
            text.t(key!("keys.verdict.signature_changed")).to_owned()
        }
        _ => text.t(key!("keys.verdict.no_match")).to_owned(),
    }
}
