//! Sweeping: a private key from paper, its coins looked for and taken into the wallet.

use yew::prelude::*;

use super::WalletCardProps;
use super::send::error_line;
use crate::api::{Answer, Command, Secret, SweepPreview, UserError};
use crate::ledger::{Amount, Txid};
use crate::ui::parts::{
    AddressText, Button, ButtonKind, Dialog, Field, HashText, IconName, Mark, MarkKind, Note, Panel,
};
use crate::ui::route::transaction_href;
use crate::ui::{Text, use_dispatch, use_text};

/// The card, with its dialog.
#[component]
pub fn SweepCard(props: &WalletCardProps) -> Html {
    let text = use_text();
    let open = use_state_eq(|| false);
    let swept = use_state_eq(|| None::<(Txid, Amount)>);
    let show = {
        let (open, swept) = (open.setter(), swept.setter());
        Callback::from(move |_: MouseEvent| {
            swept.set(None);
            open.set(true);
        })
    };
    let on_close = {
        let open = open.setter();
        Callback::from(move |()| open.set(false))
    };
    let on_swept = {
        let (open, swept) = (open.setter(), swept.setter());
        Callback::from(move |sent: (Txid, Amount)| {
            swept.set(Some(sent));
            open.set(false);
        })
    };
    html! {
        <Panel name="sweep" title={text.t(key!("wallet.sweep.title"))} subtitle={text.t(key!("wallet.sweep.sub"))}>
            <div class="stack stack--3">
                <div class="row">
                    <Button icon={IconName::Download} action="open-sweep" onclick={show}>
                        {text.t(key!("wallet.sweep.open"))}
                    </Button>
                </div>
                <div role="status">
                    if let Some((txid, value)) = *swept {
                        <div class="verdict" data-verdict="valid" data-swept={txid.to_string()}>
                            <Mark kind={MarkKind::Ok} size={28} />
                            <div class="grow">
                                <p class="strong">{ text.with(key!("wallet.sweep.sent"), &[("amount", &value.to_string())]) }</p>
                                <p class="sm"><HashText hash={txid} href={transaction_href(&txid)} /></p>
                                <p class="xs muted">{ text.t(key!("wallet.send.sent_why")) }</p>
                            </div>
                        </div>
                    }
                </div>
            </div>
            <SweepDialog open={*open} {on_close} {on_swept} fee_rate={props.wallet.next_block_fee_rate.max(1).to_string()} />
        </Panel>
    }
}

/// Props of the dialog.
#[derive(Properties, PartialEq)]
struct SweepDialogProps {
    open: bool,
    on_close: Callback<()>,
    on_swept: Callback<(Txid, Amount)>,
    /// What the next block needs, in satoshis a virtual byte.
    fee_rate: AttrValue,
}

/// The key, what was found, and the button that takes it. The key is forgotten when it closes.
#[component]
fn SweepDialog(props: &SweepDialogProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let typed = use_state_eq(|| Secret(String::new()));
    let found = use_state_eq(|| None::<SweepPreview>);
    let error = use_state_eq(|| None::<UserError>);
    // Why what was shown was not signed.
    let outdated = use_state_eq(|| None::<UserError>);
    let busy = use_state_eq(|| false);
    // Answers about a key that is not in the field any more are not looked at.
    let asked = use_mut_ref(|| 0u64);
    let oninput = {
        let (typed, found, error, outdated) = (typed.setter(), found.setter(), error.setter(), outdated.setter());
        let asked = asked.clone();
        Callback::from(move |value: String| {
            *asked.borrow_mut() += 1;
            typed.set(Secret(value));
            found.set(None);
            error.set(None);
            outdated.set(None);
        })
    };
    let forget = oninput.reform(|()| String::new());
    let on_close = {
        let (forget, on_close) = (forget.clone(), props.on_close.clone());
        Callback::from(move |()| {
            forget.emit(());
            on_close.emit(());
        })
    };
    let look = {
        let (dispatch, typed, asked) = (dispatch.clone(), typed.clone(), asked.clone());
        let (found, error, fee_rate) = (found.setter(), error.setter(), props.fee_rate.to_string());
        Callback::from(move |()| {
            *asked.borrow_mut() += 1;
            let number = *asked.borrow();
            let (asked, found, error) = (asked.clone(), found.clone(), error.clone());
            let command = Command::PreviewSweep { key: (*typed).clone(), fee_rate: fee_rate.clone() };
            dispatch.request(command, move |answered| {
                if *asked.borrow() != number {
                    return;
                }
                match answered {
                    Ok(Answer::Sweep(preview)) => {
                        error.set(None);
                        found.set(Some(*preview));
                    }
                    Ok(_) => {}
                    Err(refused) => {
                        found.set(None);
                        error.set(Some(refused));
                    }
                }
            });
        })
    };
    let sweep = {
        let (typed, found, busy) = (typed.clone(), found.clone(), busy.clone());
        let (error, outdated, look, on_swept) =
            (error.setter(), outdated.setter(), look.clone(), props.on_swept.clone());
        Callback::from(move |_: MouseEvent| {
            let Some(preview) = (*found).clone().filter(|_| !*busy) else { return };
            busy.set(true);
            let (busy, error, outdated) = (busy.setter(), error.clone(), outdated.clone());
            let (look, forget, on_swept) = (look.clone(), forget.clone(), on_swept.clone());
            let command = Command::SendSweep { key: (*typed).clone(), plan: preview.plan };
            dispatch.request(command, move |answered| {
                busy.set(false);
                match answered {
                    Ok(Answer::Sent { txid }) => {
                        forget.emit(());
                        on_swept.emit((txid, preview.value));
                    }
                    Ok(_) => {}
                    Err(refused) if refused.rule.starts_with("preview-") => {
                        outdated.set(Some(refused));
                        look.emit(());
                    }
                    Err(refused) => error.set(Some(refused)),
                }
            });
        })
    };
    let at_key = text.error_at(error.as_ref(), "sweep_key");
    let elsewhere = error.as_ref().filter(|error| error.field.as_deref() != Some("sweep_key"));
    let empty = typed.0.trim().is_empty();
    let actions = html! {
        <>
            <Button onclick={on_close.reform(|_| ())}>{text.t(key!("common.cancel"))}</Button>
            if let Some(preview) = &*found {
                <Button kind={ButtonKind::Primary} icon={IconName::Sign} action="sweep" onclick={sweep} disabled={*busy}>
                    {text.with(key!("wallet.sweep.take"), &[("amount", &preview.value.to_string())])}
                </Button>
            } else {
                <Button kind={ButtonKind::Primary} icon={IconName::Search} action="sweep-look"
                    onclick={look.reform(|_: MouseEvent| ())} disabled={empty}>
                    {text.t(key!("wallet.sweep.look"))}
                </Button>
            }
        </>
    };
    let onenter = found.is_none().then_some(look);
    html! {
        <Dialog open={props.open} title={text.t(key!("wallet.sweep.title"))} onclose={on_close} {actions}>
            <p class="sm">{ text.t(key!("wallet.sweep.how")) }</p>
            <Field id="sweep_key" label={text.t(key!("wallet.sweep.key"))} value={typed.0.clone()} {oninput} mono={true}
                error={at_key} hint={text.t(key!("wallet.sweep.key_hint"))} {onenter} />
            { error_line(text, elsewhere) }
            <div role="alert">
                if let Some(error) = &*outdated {
                    <Note icon={IconName::Warning} kind="bad">
                        <span data-said="out-of-date">{ text.with(key!("wallet.send.out_of_date"), &[("why", &text.error(error))]) }</span>
                    </Note>
                }
            </div>
            <div role="status">if let Some(preview) = &*found { { preview_of(text, preview) } }</div>
        </Dialog>
    }
}

/// What was found, what it costs, what arrives, and what stays.
fn preview_of(text: Text, preview: &SweepPreview) -> Html {
    let coins = text.count(plural!("wallet.coins"), preview.coin_count as u64);
    let form = if preview.compressed { key!("wallet.sweep.compressed") } else { key!("wallet.sweep.uncompressed") };
    let left = &preview.left;
    let amount = |value: Amount| value.to_string();
    let height = left.matures_at.map(|height| height.to_string()).unwrap_or_default();
    let stays = [
        (left.immature > Amount::ZERO).then(|| {
            text.with(key!("wallet.sweep.immature"), &[("amount", &amount(left.immature)), ("height", &height)])
        }),
        (left.spending > Amount::ZERO)
            .then(|| text.with(key!("wallet.sweep.spending"), &[("amount", &amount(left.spending))])),
        (left.unconfirmed > Amount::ZERO)
            .then(|| text.with(key!("wallet.sweep.unconfirmed"), &[("amount", &amount(left.unconfirmed))])),
        (left.too_small > 0).then(|| {
            text.with(
                key!("wallet.sweep.too_small"),
                &[("coins", &text.count(plural!("wallet.coins"), left.too_small as u64))],
            )
        }),
    ];
    let stays: Vec<String> = stays.into_iter().flatten().collect();
    html! {
        <div class="stack" data-sweep={preview.plan.to_string()}>
            <dl class="facts">
                <dt>{ text.t(key!("wallet.sweep.of")) }</dt>
                <dd><AddressText address={preview.address.clone()} /><span class="faint">{ text.t(form) }</span></dd>
                <dt>{ text.t(key!("wallet.sweep.found")) }</dt>
                <dd><span class="num">{ amount(preview.found) }</span><span class="faint">{ coins }</span></dd>
                <dt>{ text.t(key!("wallet.send.fee")) }</dt>
                <dd><span class="num">{ amount(preview.fee) }</span>
                    <span class="faint">{ text.count(plural!("common.bytes"), u64::from(preview.size)) }</span></dd>
                <dt>{ text.t(key!("wallet.sweep.arrives")) }</dt>
                <dd><b class="num">{ amount(preview.value) }</b></dd>
                <dt>{ text.t(key!("wallet.sweep.to")) }</dt>
                <dd><AddressText address={preview.to.clone()} /></dd>
            </dl>
            if !stays.is_empty() {
                <ul class="stack xs muted" data-left-out="">{ for stays.into_iter().map(|why| html! { <li>{ why }</li> }) }</ul>
            }
        </div>
    }
}
