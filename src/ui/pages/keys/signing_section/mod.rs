//! Signing and verifying, number by number: one card that has the private key, and one that never sees it.

mod bench_card;
mod parting;
mod steps_card;

use yew::prelude::*;

use super::checking::SignedNote;
use super::message_field::fits;
use super::section::SectionProps;
use crate::keys::sign_ecdsa_explained;
use crate::ledger::{sha256, to_hex};
use crate::ui::use_text;
use bench_card::BenchCard;
use steps_card::StepsCard;

/// The section. What it signs is signed anew whenever key or message change: with RFC 6979 the same two give the
/// same signature, so nothing is lost.
#[component]
pub fn SigningSection(props: &SectionProps) -> Html {
    let text = use_text();
    let signed = use_memo((props.key_on_screen.clone(), props.message.clone(), text), |(_, message, _)| {
        let key = props.key_on_screen.private_key().ok().filter(|_| fits(message))?;
        let steps = sign_ecdsa_explained(&key, &sha256(message.as_bytes()));
        let note = SignedNote {
            number: 1,
            message: message.to_string(),
            public_key: key.public_key().to_string(),
            signature: to_hex(&steps.signature.to_der()),
            signer: props.key_on_screen.name(text),
        };
        Some((steps, note))
    });
    let own = signed.as_ref().as_ref().map(|(_, note)| note.clone());
    // What a link brought is verified until something is signed here.
    let of_link = props.received.clone().filter(|received| received.message == *props.message);
    let note = of_link.or(own);
    html! {
        <div class="signing">
            <StepsCard signed={signed.clone()} message={props.message.clone()} on_message={props.on_message.clone()} />
            <BenchCard {note} params={props.params.clone()} />
        </div>
    }
}
