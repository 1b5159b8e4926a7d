//! Verifying, with what was sent and nothing else; made to be broken.

use std::rc::Rc;

use yew::prelude::*;

use super::parting::{Parting, partings, with_one_byte_changed, with_one_character_changed};
use crate::keys::{PrivateKey, PublicKey};
use crate::ledger::{Params, to_hex};
use crate::ui::pages::keys::checking::{Finding, SignedNote, changes, check};
use crate::ui::pages::keys::message_field::MessageField;
use crate::ui::pages::keys::verify::{Received, difference, errors_of, verdict};
use crate::ui::parts::{Button, ButtonKind, CopyButton, Field, IconName, Mark, MarkKind, Panel, Tag};
use crate::ui::{Text, use_text};

/// Props of [`BenchCard`].
#[derive(Properties, PartialEq)]
pub struct BenchCardProps {
    /// What was signed; no private key comes in here.
    pub note: Option<SignedNote>,
    /// The network's version bytes.
    pub params: Rc<Params>,
}

/// The card.
#[component]
pub fn BenchCard(props: &BenchCardProps) -> Html {
    let text = use_text();
    let received = use_state_eq(|| props.note.as_ref().map(Received::from).unwrap_or_default());
    {
        let received = received.setter();
        use_effect_with(props.note.clone(), move |note| {
            received.set(note.as_ref().map(Received::from).unwrap_or_default())
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
    let act = |change: fn(&Received) -> Option<Received>| {
        let received = received.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(next) = change(&received) {
                received.set(next);
            }
        })
    };
    let restore = {
        let (received, note) = (received.clone(), props.note.clone());
        Callback::from(move |_: MouseEvent| received.set(note.as_ref().map(Received::from).unwrap_or_default()))
    };
    let checked = check(&received.who, &received.message, &received.signature, &props.params);
    let found = &checked.finding;
    let changed = props
        .note
        .as_ref()
        .map(|note| changes(note, &received.who, &received.message, &received.signature, &props.params))
        .unwrap_or_default();
    let (key_error, signature_error) = errors_of(text, found);
    let rows = match (found, &props.note, PublicKey::from_hex(received.who.trim())) {
        (Finding::Checked(steps), Some(note), Ok(key)) => partings(note, &key, steps),
        _ => Vec::new(),
    };
    let none = props.note.is_none();
    html! {
        <Panel name="signing-bench" title={text.t(key!("keys.verify.title"))} subtitle={text.t(key!("keys.verify.sub"))}
            actions={html! { <Tag icon={IconName::Lock} text={text.t(key!("keys.verify.no_key"))} /> }}>
            <div class="stack stack--3">
                <div class="row row--wrap" role="group" aria-label={text.t(key!("keys.signing.break"))}>
                    <span class="label">{ text.t(key!("keys.signing.break")) }</span>
                    <Button small={true} icon={IconName::Sign} action="change-character" disabled={none}
                        onclick={act(|received| Some(Received { message: with_one_character_changed(&received.message), ..received.clone() }))}>
                        { text.t(key!("keys.signing.change_message")) }</Button>
                    <Button small={true} icon={IconName::Sign} action="change-r" disabled={none}
                        onclick={act(|received| with_one_byte_changed(&received.signature, false).map(|signature| Received { signature, ..received.clone() }))}>
                        { text.t(key!("keys.signing.change_r")) }</Button>
                    <Button small={true} icon={IconName::Sign} action="change-s" disabled={none}
                        onclick={act(|received| with_one_byte_changed(&received.signature, true).map(|signature| Received { signature, ..received.clone() }))}>
                        { text.t(key!("keys.signing.change_s")) }</Button>
                    <Button small={true} icon={IconName::Keys} action="change-key" disabled={none}
                        onclick={act(|received| Some(Received { who: someone_else()?, ..received.clone() }))}>
                        { text.t(key!("keys.signing.change_key")) }</Button>
                    <Button small={true} kind={ButtonKind::Quiet} icon={IconName::Return} action="restore-bench"
                        disabled={changed == Default::default()} onclick={restore}>{ text.t(key!("keys.verify.restore")) }</Button>
                </div>
                <MessageField id="bench_message" label={text.t(key!("keys.message.title"))} value={received.message.clone()}
                    oninput={edit(|received, value| received.message = value)} />
                { difference(text, props.note.as_ref(), &received.message) }
                <Field id="bench_public_key" mono={true} label={text.t(key!("keys.verify.who"))} value={received.who.clone()} error={key_error}
                    oninput={edit(|received, value| received.who = value)} />
                <Field id="bench_signature" mono={true} rows={3} label={text.t(key!("keys.verify.signature"))} value={received.signature.clone()}
                    error={signature_error} oninput={edit(|received, value| received.signature = value)} />
                { table(text, &rows) }
                if let Finding::Checked(steps) = found { { comparison(text, steps.point_x.as_ref(), &steps.r, steps.valid) } }
                { verdict(text, &checked, changed, props.note.as_ref(), &received.message) }
            </div>
        </Panel>
    }
}

/// The public key of someone else, made for this and its private key forgotten.
fn someone_else() -> Option<String> {
    let bytes = crate::ui::pages::keys::practice::random_key();
    PrivateKey::from_bytes(&bytes).ok().map(|key| key.public_key().to_string())
}

/// All numbers, and where they part from what was signed.
fn table(text: Text, rows: &[Parting]) -> Html {
    if rows.is_empty() {
        return Html::default();
    }
    let first = rows.iter().position(|row| !row.is_same());
    html! {
        <table class="partings">
            <caption class="label">{ text.t(key!("keys.signing.numbers")) }</caption>
            <thead class="vh"><tr>
                <th scope="col">{ text.t(key!("keys.signing.number")) }</th>
                <th scope="col">{ text.t(key!("keys.signing.value")) }</th>
                <th scope="col">{ text.t(key!("keys.signing.same")) }</th>
            </tr></thead>
            <tbody>
                { for rows.iter().enumerate().map(|(at, row)| {
                    let state = if row.is_same() { "same" } else if Some(at) == first { "first" } else { "parted" };
                    let hex = |bytes: Option<[u8; 32]>| bytes.map_or_else(|| "∞".to_owned(), |bytes| to_hex(&bytes));
                    let (mark, said) = match state {
                        "same" => (MarkKind::Ok, text.t(key!("keys.signing.is_same"))),
                        "first" => (MarkKind::Bad, text.t(key!("keys.signing.parts_here"))),
                        _ => (MarkKind::Bad, text.t(key!("keys.signing.follows"))),
                    };
                    html! {
                        <tr key={row.name} data-parting={row.name} data-state={state}>
                            <th scope="row"><b>{ row.name }</b><span class="xs muted">{ row.formula }</span></th>
                            <td><span class="row row--top"><code class="mono grow">{ hex(row.received) }</code><CopyButton text={hex(row.received)} /></span>
                                if !row.is_same() { <code class="mono faint"><s>{ hex(row.signed) }</s></code> }</td>
                            <td><Mark kind={mark} size={15} /><span class="xs">{ said }</span></td>
                        </tr>
                    }
                }) }
            </tbody>
        </table>
    }
}

/// The comparison that decides: R.x of the computed point, and the r that was sent.
fn comparison(text: Text, x: Option<&[u8; 32]>, r: &[u8; 32], valid: bool) -> Html {
    let short = |bytes: &[u8; 32]| {
        let hex = to_hex(bytes);
        crate::ui::format::middle_cut(&hex, 8, 8)
    };
    let shown = x.map_or_else(|| text.t(key!("keys.verify.infinity")).to_owned(), short);
    html! {
        <p class="decides" data-ok={valid.to_string()}>
            <span><b>{ "R.x" }</b>{ " " }<code class="mono">{ shown }</code></span>
            <b class="decides__sign">{ if valid { "=" } else { "≠" } }</b>
            <span><b>{ "r" }</b>{ " " }<code class="mono">{ short(r) }</code></span>
            <span class="vh">{ if valid { text.t(key!("keys.verify.equal")) } else { text.t(key!("keys.verify.unequal")) } }</span>
        </p>
    }
}
