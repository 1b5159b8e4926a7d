//! Looking at the private key of one of the wallet's addresses: only after a warning.

use yew::prelude::*;

use super::send::error_line;
use crate::api::{Answer, Command, KeyReveal, UserError};
use crate::ui::parts::{Button, ButtonKind, CopyButton, Dialog, IconName, Note};
use crate::ui::{use_dispatch, use_text};

/// Props of [`RevealKeyDialog`].
#[derive(Properties, PartialEq)]
pub struct RevealKeyDialogProps {
    /// The address; `None` keeps the dialog closed.
    pub address: Option<String>,
    /// It was closed.
    pub on_close: Callback<()>,
    /// Gets the key instead of showing it here, and names the button for that.
    #[prop_or_default]
    pub on_key: Option<(AttrValue, Callback<KeyReveal>)>,
}

/// The dialog. The key is forgotten when it closes.
#[component]
pub fn RevealKeyDialog(props: &RevealKeyDialogProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let key = use_state_eq(|| None::<KeyReveal>);
    let error = use_state_eq(|| None::<UserError>);
    {
        let (key, error) = (key.clone(), error.clone());
        use_effect_with(props.address.clone(), move |_| {
            key.set(None);
            error.set(None);
        });
    }
    let on_close = {
        let (key, on_close) = (key.clone(), props.on_close.clone());
        Callback::from(move |()| {
            key.set(None);
            on_close.emit(());
        })
    };
    let reveal = {
        let (key, error, on_close, on_key) = (key.clone(), error.clone(), props.on_close.clone(), props.on_key.clone());
        let address = props.address.clone().unwrap_or_default();
        Callback::from(move |_: MouseEvent| {
            let (key, error, on_close, on_key) = (key.clone(), error.clone(), on_close.clone(), on_key.clone());
            dispatch.request(Command::RevealKey { address: address.clone() }, move |result| match result {
                Ok(Answer::Key(found)) => match &on_key {
                    Some((_, on_key)) => {
                        on_key.emit(found);
                        on_close.emit(());
                    }
                    None => key.set(Some(found)),
                },
                Ok(_) => {}
                Err(found) => error.set(Some(found)),
            });
        })
    };
    let word =
        props.on_key.as_ref().map_or(AttrValue::Static(text.t(key!("wallet.reveal.action"))), |(word, _)| word.clone());
    let actions = html! {
        <>
            <Button onclick={on_close.reform(|_| ())}>{text.t(key!("common.close"))}</Button>
            if key.is_none() {
                <Button kind={ButtonKind::Danger} icon={IconName::Eye} action="confirm-reveal" onclick={reveal}>
                    {word}
                </Button>
            }
        </>
    };
    html! {
        <Dialog open={props.address.is_some()} title={text.t(key!("wallet.reveal.title"))} onclose={on_close} {actions}>
            <Note icon={IconName::Warning} kind="bad">{text.t(key!("wallet.reveal.warning"))}</Note>
            <p class="sm"><code class="mono">{ props.address.clone().unwrap_or_default() }</code></p>
            { error_line(text, error.as_ref()) }
            if let Some(key) = &*key {
                <dl class="secret">
                    <dt>{ text.t(key!("wallet.reveal.wif")) }</dt>
                    <dd><code class="mono" data-secret="wif">{ &key.wif }</code><CopyButton text={key.wif.clone()} /></dd>
                    <dt>{ text.t(key!("wallet.reveal.hex")) }</dt>
                    <dd><code class="mono" data-secret="hex">{ &key.hex }</code><CopyButton text={key.hex.clone()} /></dd>
                    <dt>{ text.t(key!("wallet.table.path")) }</dt>
                    <dd><code class="mono">{ &key.path }</code></dd>
                </dl>
            }
        </Dialog>
    }
}
