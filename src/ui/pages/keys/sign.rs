//! Signing: the only card that needs the private key.

use yew::prelude::*;

use super::checking::{SignedNote, der_runs};
use super::message_field::{MessageField, fits};
use super::practice::PageKey;
use crate::keys::sign_ecdsa;
use crate::ledger::{sha256, to_hex};
use crate::ui::figures::bit_strip::{BitStripFigure, layout};
use crate::ui::parts::{Button, ButtonKind, CopyButton, EmptyState, Icon, IconName, Panel, Tag};
use crate::ui::{Text, format, use_text};

/// Props of [`SignCard`].
#[derive(Properties, PartialEq)]
pub struct SignCardProps {
    /// The key on screen.
    pub key_on_screen: PageKey,
    /// Its name.
    pub name: String,
    /// The message as typed.
    pub message: String,
    /// It is the one that the page begins with.
    pub is_example: bool,
    /// A signed message came with a link: nothing is signed here until it is asked for.
    pub waits: bool,
    /// What was signed last.
    pub note: Option<SignedNote>,
    /// The message was changed.
    pub on_message: Callback<String>,
    /// Something was signed.
    pub on_signed: Callback<SignedNote>,
}

/// The card.
#[component]
pub fn SignCard(props: &SignCardProps) -> Html {
    let text = use_text();
    let SignCardProps { key_on_screen, name, message, note, .. } = props;
    let private = key_on_screen.private_key().ok();
    let is_unsigned = note.is_none();
    let can_sign = private.is_some() && fits(message);
    let hash = sha256(message.as_bytes());
    let public = private.as_ref().map(|key| key.public_key().to_string());
    let sign = {
        let (private, name, message, on_signed) =
            (private.clone(), name.clone(), message.clone(), props.on_signed.clone());
        let number = note.as_ref().map_or(0, |note| note.number) + 1;
        move || {
            if let Some(key) = private.as_ref().filter(|_| fits(&message)) {
                on_signed.emit(SignedNote {
                    number,
                    signature: to_hex(&sign_ecdsa(key, &sha256(message.as_bytes())).to_der()),
                    public_key: key.public_key().to_string(),
                    message: message.clone(),
                    signer: name.clone(),
                });
            }
        }
    };
    {
        // A first signature, so that there is something to look at and to break; again when the example gets its names.
        let first = !props.waits && note.as_ref().is_none_or(|note| note.number == 1);
        let sign = sign.clone();
        use_effect_with((props.is_example.then(|| message.clone()), props.waits), move |(example, _)| {
            if first && (example.is_some() || is_unsigned) {
                sign()
            }
        });
    }
    let onclick = Callback::from(move |_: MouseEvent| sign());
    let current = note.as_ref().filter(|note| note.message == *message && Some(&note.public_key) == public.as_ref());
    html! {
        <Panel name="sign" title={text.t(key!("keys.sign.title"))} subtitle={text.t(key!("keys.sign.sub"))}
            actions={html! { <Tag icon={IconName::Keys} text={name.clone()} /> }}>
            <div class="stack stack--3">
                <MessageField id="message" label={text.t(key!("keys.message.title"))} value={message.clone()} oninput={props.on_message.clone()} signs={true} />
                { hash_row(text, text.t(key!("keys.sign.z")), &hash, None) }
                <p class="formula">
                    <Icon name={IconName::Lock} /><span>{ text.t(key!("keys.sign.formula")) }</span>
                    <b class="rs" data-f="r">{ "r" }</b><span>{ text.t(key!("keys.sign.and")) }</span><b class="rs" data-f="s">{ "s" }</b>
                </p>
                { match current {
                    Some(note) => signature(text, &note.signature),
                    None if private.is_none() => html! { <EmptyState title={text.t(key!("keys.sign.no_key"))} text={text.t(key!("keys.public.none_why"))} /> },
                    None => html! { <EmptyState title={text.t(key!("keys.sign.stale"))} text={text.t(key!("keys.sign.stale_why"))} icon={IconName::Sign} /> },
                } }
                <div class="row">
                    <Button kind={ButtonKind::Primary} icon={IconName::Sign} action="sign" disabled={!can_sign} {onclick}>
                        { text.t(key!("keys.sign.action")) }</Button>
                    <span class="xs muted">{ text.t(key!("keys.sign.rfc")) }</span>
                </div>
            </div>
        </Panel>
    }
}

/// A hash as a picture of its bits, with its bytes or what changed beside it.
pub fn hash_row(text: Text, label: &'static str, hash: &[u8; 32], other: Option<&[u8; 32]>) -> Html {
    let strip = layout(hash, other.map(<[u8; 32]>::as_slice));
    let said = text
        .with(key!("keys.bits.label"), &[("count", &strip.set.to_string()), ("changed", &strip.changed.to_string())]);
    html! {
        <div class="zrow">
            <div>
                <p class="label row">{ label }<CopyButton text={to_hex(hash)} /></p>
                <BitStripFigure bytes={hash.to_vec()} other={other.map(|other| other.to_vec())} label={said} />
            </div>
            if strip.changed > 0 {
                <p class="bigdiff" data-changed-bits={strip.changed.to_string()}>
                    <b>{ strip.changed }</b><span>{ text.t(key!("keys.bits.changed")) }</span>
                    <span class="legend"><i class="sw" data-sw="changed" />{ text.t(key!("keys.bits.legend")) }</span>
                </p>
            } else {
                <code class="run zhex">{ format::spaced_hex(&to_hex(hash)) }</code>
            }
        </div>
    }
}

/// A DER signature, its parts coloured.
pub fn signature(text: Text, signature: &str) -> Html {
    let runs = der_runs(signature);
    let title = text.with(key!("keys.sign.der"), &[("count", &(signature.len() / 2).to_string())]);
    html! {
        <div data-signature={signature.to_owned()}>
            <div class="label row row--wrap">{ title }
                <span class="legend end">
                    <span><i class="sw" data-sw="plain" />{ text.t(key!("keys.sign.type_length")) }</span>
                    <span><i class="sw" data-sw="r" />{ "r" }</span><span><i class="sw" data-sw="s" />{ "s" }</span>
                </span>
                <CopyButton text={signature.to_owned()} />
            </div>
            <code class="run">{ for runs.iter().map(|(field, hex)| html! {
                <><span data-field={*field}>{ format::spaced_hex(hex) }</span>{ " " }</>
            }) }</code>
            <div class="compare compare--plain">
                { for runs.iter().filter(|(field, _)| *field != "plain").map(|(field, hex)| html! {
                    <><span><b class="rs" data-f={*field}>{ *field }</b></span><code class="mono" data-value={*field}>{ hex.trim_start_matches("00").to_owned() }</code></>
                }) }
            </div>
        </div>
    }
}
