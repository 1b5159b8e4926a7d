//! Signing, step by step; this card has the private key.

use std::rc::Rc;

use yew::prelude::*;

use crate::keys::SigningSteps;
use crate::ledger::to_hex;
use crate::ui::pages::keys::checking::SignedNote;
use crate::ui::pages::keys::message_field::{MessageField, fits};
use crate::ui::pages::keys::sign::{hash_row, signature};
use crate::ui::parts::{Button, ButtonKind, CopyButton, EmptyState, Icon, IconName, Panel, Tag};
use crate::ui::{format, use_text};

/// What was signed: the numbers and the note that can be sent.
pub type Signed = Rc<Option<(SigningSteps, SignedNote)>>;

/// Props of [`StepsCard`].
#[derive(Properties)]
pub struct StepsCardProps {
    /// What was signed; none where the bits are no key.
    pub signed: Signed,
    /// The message.
    pub message: AttrValue,
    /// Another message.
    pub on_message: Callback<String>,
}

impl PartialEq for StepsCardProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.signed, &other.signed) && self.message == other.message && self.on_message == other.on_message
    }
}

/// The card.
#[component]
pub fn StepsCard(props: &StepsCardProps) -> Html {
    let text = use_text();
    let nonce_shown = use_state_eq(|| false);
    let toggle = {
        let nonce_shown = nonce_shown.clone();
        Callback::from(move |_: MouseEvent| nonce_shown.set(!*nonce_shown))
    };
    let number = |name: &'static str, bytes: &[u8; 32], field: Option<&'static str>| {
        let hex = to_hex(bytes);
        html! {
            <div class="signnum">
                <b class="rs" data-f={field}>{ name }</b>
                <code class="mono signnum__hex" data-number={name}>{ format::spaced_hex(&hex) }</code>
                <CopyButton text={hex} />
            </div>
        }
    };
    let steps = match &*props.signed {
        None if !fits(&props.message) => {
            html! { <EmptyState title={text.t(key!("keys.sign.stale"))} text={text.t(key!("keys.message.shorten"))} icon={IconName::Sign} /> }
        }
        None => {
            html! { <EmptyState title={text.t(key!("keys.sign.no_key"))} text={text.t(key!("keys.public.none_why"))} /> }
        }
        Some((steps, note)) => html! {
            <ol class="walk">
                <li>
                    <p class="walk__say">{ text.t(key!("keys.signing.say_z")) }</p>
                    { hash_row(text, text.t(key!("keys.sign.z")), &steps.hash, None) }
                </li>
                <li>
                    <p class="walk__say">{ text.t(key!("keys.signing.say_k")) }
                        { " " }<Button small={true} kind={ButtonKind::Quiet} icon={IconName::Eye} pressed={*nonce_shown} action="show-nonce" onclick={toggle}>
                            { text.t(key!("keys.signing.show_k")) }</Button></p>
                    if *nonce_shown {
                        { number("k", &steps.nonce, None) }
                        <p class="xs muted">{ text.t(key!("keys.signing.k_secret")) }</p>
                    }
                </li>
                <li>
                    <p class="walk__say">{ text.t(key!("keys.signing.say_point")) }</p>
                    { number("R.x", &steps.point_x, Some("r")) }
                    { number("R.y", &steps.point_y, None) }
                </li>
                <li>
                    <p class="walk__say">{ text.t(key!("keys.signing.say_r")) }</p>
                    { number("r", &steps.r, Some("r")) }
                </li>
                <li>
                    <p class="walk__say">{ text.t(key!("keys.signing.say_s")) }<code class="mono">{ " s = k⁻¹·(z + r·d) mod n" }</code></p>
                    { number("s", &steps.s_raw, Some("s")) }
                    <p class="walk__low" data-low-s={(!steps.was_high).to_string()}>
                        <Icon name={IconName::Return} size={15} />
                        <span>{ if steps.was_high { text.t(key!("keys.signing.was_high")) } else { text.t(key!("keys.signing.was_low")) } }</span>
                    </p>
                    if steps.was_high { { number("n − s", &steps.s, Some("s")) } }
                </li>
                <li>
                    <p class="walk__say">{ text.t(key!("keys.signing.say_der")) }</p>
                    { signature(text, &note.signature) }
                    <ul class="walk__der xs muted">
                        <li><code class="mono">{ "30" }</code>{ " " }{ text.t(key!("keys.signing.der_sequence")) }</li>
                        <li><code class="mono">{ "02" }</code>{ " " }{ text.t(key!("keys.signing.der_integer")) }</li>
                        <li><code class="mono">{ "00" }</code>{ " " }{ text.t(key!("keys.signing.der_zero")) }</li>
                    </ul>
                </li>
            </ol>
        },
    };
    html! {
        <Panel name="signing-steps" title={text.t(key!("keys.signing.title"))} subtitle={text.t(key!("keys.sign.sub"))}
            actions={html! { <Tag icon={IconName::Keys} text={text.t(key!("keys.signing.has_key"))} /> }}>
            <div class="stack stack--3">
                <MessageField id="signing_message" label={text.t(key!("keys.message.title"))} value={props.message.clone()} oninput={props.on_message.clone()} signs={true} />
                { steps }
            </div>
        </Panel>
    }
}
