//! A key on paper: address and private key to print, fold and keep.

use std::rc::Rc;

use yew::prelude::*;

use super::practice::{KeyOrigin, PageKey};
use crate::keys::{Address, PrivateKey};
use crate::ledger::{Network, Params};
use crate::ui::figures::QrFigure;
use crate::ui::parts::{Button, ButtonKind, CopyButton, Dialog, EmptyState, Icon, IconName, Note};
use crate::ui::{Key, Text, use_text};
use crate::web::page;

/// Props of [`PaperDialog`].
#[derive(Properties, PartialEq)]
pub struct PaperDialogProps {
    /// Whether it is shown.
    pub open: bool,
    /// The key on screen.
    pub key_on_screen: PageKey,
    /// The network's version bytes.
    pub params: Rc<Params>,
    /// It was closed.
    pub on_close: Callback<()>,
}

/// The dialog. A wallet's key is drawn only after its warning was confirmed.
#[component]
pub fn PaperDialog(props: &PaperDialogProps) -> Html {
    let text = use_text();
    let confirmed = use_state_eq(|| false);
    {
        let confirmed = confirmed.setter();
        use_effect_with((props.open, props.key_on_screen.clone()), move |_| confirmed.set(false));
    }
    let practice = matches!(props.key_on_screen.origin, KeyOrigin::Practice(_));
    let private = props.key_on_screen.private_key().ok();
    let confirm = {
        let confirmed = confirmed.setter();
        Callback::from(move |_: MouseEvent| confirmed.set(true))
    };
    let cancel = props.on_close.reform(|_: MouseEvent| ());
    let print = Callback::from(|_: MouseEvent| page::print());
    let (state, inside, actions) = match private {
        _ if !props.open => ("closed", Html::default(), Html::default()),
        None => (
            "no-key",
            html! { <EmptyState bad={true} title={text.t(key!("keys.paper.no_key"))} text={text.t(key!("keys.paper.no_key_why"))} /> },
            Html::default(),
        ),
        Some(_) if !practice && !*confirmed => (
            "asking",
            html! { <Note icon={IconName::Warning} kind="bad">{ text.t(key!("keys.paper.wallet_warning")) }</Note> },
            html! {
                <>
                    <Button onclick={cancel}>{ text.t(key!("keys.paper.cancel")) }</Button>
                    <Button kind={ButtonKind::Danger} icon={IconName::Eye} action="confirm-paper" onclick={confirm}>
                        { text.t(key!("keys.paper.confirm")) }</Button>
                </>
            },
        ),
        Some(private) => (
            "sheet",
            sheet(text, &private, &props.params, practice),
            html! { <Button kind={ButtonKind::Primary} icon={IconName::Print} action="print-paper" onclick={print}>{ text.t(key!("keys.paper.print")) }</Button> },
        ),
    };
    html! {
        <Dialog open={props.open} title={text.t(key!("keys.paper.title"))} onclose={props.on_close.clone()} {actions}>
            <div data-paper-wallet={state}>{ inside }</div>
        </Dialog>
    }
}

/// What is printed: the open half, the fold, the secret half, and how to use it.
fn sheet(text: Text, private: &PrivateKey, params: &Params, practice: bool) -> Html {
    let address = Address::from_public_key(&private.public_key(), params).to_string();
    let wif = private.to_wif(params);
    let (network, worth) = match params.network {
        Network::Classroom => (key!("keys.paper.classroom"), key!("keys.paper.worthless")),
        Network::Regtest => (key!("keys.paper.regtest"), key!("keys.paper.worthless")),
        Network::Mainnet => (key!("keys.paper.mainnet"), key!("keys.paper.real")),
    };
    let kind = if practice { key!("keys.private.practice") } else { key!("keys.wallet.tag") };
    let half = |name: &'static str, title: Key, why: Key, qr: Key, value: &str| {
        html! {
            <section class="paper__half" data-half={name}>
                <h3>{ text.t(title) }</h3>
                <p>{ text.t(why) }</p>
                <QrFigure text={value.to_owned()} label={text.t(qr)} {name} />
                <p class="paper__value"><code class="mono" data-paper={name}>{ value.to_owned() }</code><CopyButton text={value.to_owned()} /></p>
            </section>
        }
    };
    html! {
        <article class="paper" aria-label={text.t(key!("keys.paper.title"))}>
            <header class="paper__head">
                <b>{ text.t(key!("keys.paper.title")) }</b>
                <span>{ text.t(kind) }</span>
                <span>{ text.t(network) }</span>
            </header>
            <p class="paper__warning"><Icon name={IconName::Warning} size={18} /><span>{ text.t(worth) }</span></p>
            <div class="paper__halves">
                { half("address", key!("keys.paper.address"), key!("keys.paper.address_why"), key!("keys.paper.address_qr"), &address) }
                <p class="paper__fold"><span>{ text.t(key!("keys.paper.fold")) }</span></p>
                { half("wif", key!("keys.paper.secret"), key!("keys.paper.secret_why"), key!("keys.paper.secret_qr"), &wif) }
            </div>
            <ol class="paper__use">
                { for [key!("keys.paper.use_fold"), key!("keys.paper.use_receive"), key!("keys.paper.use_spend"), key!("keys.paper.use_keep")].map(|step| html! {
                    <li>{ text.t(step) }</li>
                }) }
            </ol>
        </article>
    }
}
