//! The same message signed in two ways: ECDSA, and Schnorr's as BIP-0340 has it.

use yew::prelude::*;

use crate::keys::{PrivateKey, Signature, sign_ecdsa, verify_ecdsa};
use crate::ledger::{sha256, to_hex};
use crate::lessons::schnorr::{sign_schnorr, verify_schnorr};
use crate::ui::pages::keys::practice::PageKey;
use crate::ui::parts::{Button, CopyButton, EmptyState, IconName, Panel, Tag};
use crate::ui::{format, use_text};

/// The private key of BIP-0340's first vector; message and randomness of it are 32 zero bytes.
const EXAMPLE_KEY: [u8; 32] = {
    let mut bytes = [0; 32];
    bytes[31] = 3;
    bytes
};

/// Props of [`SchnorrCard`].
#[derive(Properties, PartialEq)]
pub struct SchnorrCardProps {
    /// The key on screen.
    pub key_on_screen: PageKey,
    /// The message.
    pub message: AttrValue,
}

/// The card.
#[component]
pub fn SchnorrCard(props: &SchnorrCardProps) -> Html {
    let text = use_text();
    let broken = use_state_eq(|| false);
    let toggle = {
        let (broken, setter) = (*broken, broken.setter());
        Callback::from(move |_: MouseEvent| setter.set(!broken))
    };
    let example = use_state_eq(|| false);
    let on_example = {
        let (now, setter) = (*example, example.setter());
        Callback::from(move |_: MouseEvent| setter.set(!now))
    };
    let (private, hash) = if *example {
        (PrivateKey::from_bytes(&EXAMPLE_KEY).ok(), [0; 32])
    } else {
        (props.key_on_screen.private_key().ok(), sha256(props.message.as_bytes()))
    };
    // BIP-0340 lets 32 zero bytes stand in for fresh randomness; so the card shows the same signature every time.
    let both = private.and_then(|key| Some((sign_schnorr(&key, &hash, &[0; 32])?, key)));
    let Some((schnorr, key)) = both else {
        return html! {
            <Panel name="schnorr" class="failures__wide" title={text.t(key!("keys.fail.schnorr"))}>
                <EmptyState title={text.t(key!("keys.sign.no_key"))} text={text.t(key!("keys.public.none_why"))} icon={IconName::Keys} />
            </Panel>
        };
    };
    let public = key.public_key();
    let ecdsa = sign_ecdsa(&key, &hash);
    let mut compact = ecdsa.to_compact();
    let mut sent = schnorr.signature;
    if *broken {
        for bytes in [&mut compact, &mut sent] {
            if let Some(byte) = bytes.last_mut() {
                *byte ^= 1;
            }
        }
    }
    let ecdsa_now = Signature::from_compact(&compact).ok();
    let ecdsa_holds = ecdsa_now.as_ref().is_some_and(|signature| verify_ecdsa(&public, &hash, signature));
    let schnorr_holds = verify_schnorr(&schnorr.public_key, &hash, &sent);
    let der = ecdsa_now.map(|signature| signature.to_der()).unwrap_or_default();
    let column = |name: &'static str,
                  key_hex: String,
                  signature: &[u8],
                  equation: &'static str,
                  holds: bool,
                  rule: &'static str| {
        let hex = to_hex(signature);
        html! {
            <div class="scheme" data-scheme={name} data-holds={holds.to_string()}>
                <h3>{ name }{ " " }<Tag text={if holds { text.t(key!("keys.verdict.valid")) } else { text.t(key!("keys.verdict.invalid")) }} /></h3>
                <p class="label">{ text.with(key!("keys.fail.key_bytes"), &[("count", &(key_hex.len() / 2).to_string())]) }<CopyButton text={key_hex.clone()} /></p>
                <code class="run" data-scheme-key={name}>{ format::spaced_hex(&key_hex) }</code>
                <p class="label">{ text.with(key!("keys.fail.signature_bytes"), &[("count", &signature.len().to_string())]) }<CopyButton text={hex.clone()} /></p>
                <code class="run" data-scheme-signature={name}>{ format::spaced_hex(&hex) }</code>
                <p class="label">{ text.t(key!("keys.fail.equation")) }</p>
                <code class="mono">{ equation }</code>
                <p class="xs muted">{ rule }</p>
            </div>
        }
    };
    html! {
        <Panel name="schnorr" class="failures__wide" title={text.t(key!("keys.fail.schnorr"))} subtitle={text.t(key!("keys.fail.schnorr_sub"))}
            actions={html! { <>
                <Button small={true} pressed={*example} action="published-schnorr" onclick={on_example}>{ text.t(key!("keys.fail.published")) }</Button>
                <Button small={true} pressed={*broken} action="break-both" onclick={toggle}>{ text.t(key!("keys.fail.break_both")) }</Button>
            </> }}>
            if *example { <p class="sm">{ text.t(key!("keys.fail.published_why")) }</p> }
            <div class="schemes">
                { column("ECDSA", public.to_string(), &der, "(z·s⁻¹·G + r·s⁻¹·Q).x = r", ecdsa_holds, text.t(key!("keys.fail.ecdsa_why"))) }
                { column("Schnorr", to_hex(&schnorr.public_key), &sent, "s·G = R + hash(R.x, Q.x, m)·Q", schnorr_holds, text.t(key!("keys.fail.schnorr_why"))) }
            </div>
        </Panel>
    }
}
