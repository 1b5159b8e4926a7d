//! Sharing what is on the page as a link; the private key goes in only if it is asked for, and with a warning.

use yew::prelude::*;

use super::key_bits::KeyBits;
use super::shared_link::SharedLink;
use crate::api::MAX_NOTE_BYTES;
use crate::ui::parts::{CopyButton, Dialog, Field, IconName, Note, Switch};
use crate::ui::route::KeysSection;
use crate::ui::{format, use_text};
use crate::web::page;

/// Props of [`ShareDialog`].
#[derive(Properties, PartialEq)]
pub struct ShareDialogProps {
    /// Whether it is shown.
    pub open: bool,
    /// What is shared, without the private key; none where the message is too long to be signed.
    pub shared: Option<SharedLink>,
    /// The private key, for who asks for it; none where it is a wallet's.
    pub private_key: Option<KeyBits>,
    /// The section to open.
    pub section: KeysSection,
    /// It was closed.
    pub on_close: Callback<()>,
}

/// The dialog.
#[component]
pub fn ShareDialog(props: &ShareDialogProps) -> Html {
    let text = use_text();
    let secret = use_state_eq(|| false);
    {
        let secret = secret.setter();
        use_effect_with(props.open, move |_| secret.set(false));
    }
    let private_key = props.private_key.filter(|_| *secret);
    let link = props.shared.clone().map(|shared| {
        let shared = SharedLink { private_key, ..shared };
        [page::own_address(), shared.href(props.section)].concat()
    });
    let on_secret = {
        let secret = secret.setter();
        Callback::from(move |wanted: bool| secret.set(wanted))
    };
    let Some(link) = link else {
        return html! {
            <Dialog open={props.open} title={text.t(key!("keys.share.title"))} onclose={props.on_close.clone()}>
                <div data-share={props.open.then_some("too-long")}>
                    <Note icon={IconName::Warning} kind="bad">{ text.with(key!("keys.share.too_long"), &[("limit", &format::grouped(MAX_NOTE_BYTES as u64))]) }</Note>
                </div>
            </Dialog>
        };
    };
    html! {
        <Dialog open={props.open} title={text.t(key!("keys.share.title"))} onclose={props.on_close.clone()}
            actions={html! { <CopyButton text={link.clone()} /> }}>
            <div class="stack stack--3" data-share={props.open.then_some("open")}>
                <p>{ text.t(key!("keys.share.why")) }</p>
                <Field id="share_link" mono={true} rows={4} readonly={true} label={text.t(key!("keys.share.link"))} value={link} oninput={Callback::noop()} />
                if props.private_key.is_some() {
                    <Switch label={text.t(key!("keys.share.secret"))} checked={*secret} onchange={on_secret} action="share-secret" />
                    if *secret { <Note icon={IconName::Warning} kind="bad">{ text.t(key!("keys.share.warning")) }</Note> }
                } else {
                    <p class="xs muted">{ text.t(key!("keys.share.wallet")) }</p>
                }
            </div>
        </Dialog>
    }
}
