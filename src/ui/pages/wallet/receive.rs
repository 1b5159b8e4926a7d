//! Being paid: the address to give away, and those given away before.

use yew::prelude::*;

use super::WalletCardProps;
use super::reveal::RevealKeyDialog;
use super::send::error_line;
use crate::api::{AddressGap, AddressView, Answer, Command, UserError};
use crate::ledger::Amount;
use crate::ui::parts::{
    AddressText, AmountText, Button, ButtonKind, CopyButton, Field, HashGlyph, IconName, Note, Panel, Tag,
};
use crate::ui::{Digest, Text, format, use_dispatch, use_text};
use crate::wallet::GAP_LIMIT;

/// Addresses listed before 'show all' is asked for.
const SHOWN: usize = 6;

/// The card.
#[component]
pub fn ReceiveCard(props: &WalletCardProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let label = use_state_eq(String::new);
    let error = use_state_eq(|| None::<UserError>);
    let made = use_state_eq(|| None::<String>);
    let revealed = use_state_eq(|| None::<String>);
    let all = use_state_eq(|| false);
    let wallet = &props.wallet;

    let onsubmit = {
        let (dispatch, label, error, made) = (dispatch.clone(), label.clone(), error.clone(), made.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let (typed, error, made) = (label.clone(), error.clone(), made.clone());
            let command = Command::NewAddress { label: label.trim().to_owned() };
            dispatch.request(command, move |result| match result {
                Ok(Answer::Address(address)) => {
                    error.set(None);
                    typed.set(String::new());
                    made.set(Some(address.address));
                }
                Ok(_) => {}
                Err(found) => error.set(Some(found)),
            });
        })
    };
    let oninput = {
        let label = label.clone();
        Callback::from(move |value: String| label.set(value))
    };
    // The address just made is shown until it was paid: one address, one payment.
    let is_used = |made: &String| wallet.addresses.iter().any(|address| address.address == *made && address.used);
    let current = made.as_ref().filter(|made| !is_used(made)).unwrap_or(&wallet.receive_address);
    let given: Vec<&AddressView> = wallet.addresses.iter().filter(|address| !address.change).collect();
    let shown = if *all { given.len() } else { given.len().min(SHOWN) };
    let on_close = {
        let revealed = revealed.clone();
        Callback::from(move |()| revealed.set(None))
    };
    html! {
        <Panel name="receive" title={text.t(key!("wallet.receive.title"))} subtitle={text.t(key!("wallet.receive.sub"))}>
            <div class="stack stack--3">
                <div class="addr" data-address={current.clone()}>
                    <HashGlyph hash={Digest::of_text(current)} size={30} />
                    <code class="mono">{ current.clone() }</code>
                    <CopyButton text={current.clone()} />
                </div>
                <form class="hand hand--two" {onsubmit}>
                    <Field id="label" label={text.t(key!("wallet.receive.label"))} value={(*label).clone()} {oninput}
                        placeholder={text.t(key!("wallet.receive.label_hint"))} error={text.error_at(error.as_ref(), "label")} />
                    <Button submit={true} kind={ButtonKind::Accent} icon={IconName::Plus} action="new-address">
                        {text.t(key!("wallet.receive.new"))}
                    </Button>
                </form>
                { error_line(text, error.as_ref().filter(|error| error.field.as_deref() != Some("label"))) }
                { gap_warning(text, &wallet.gap) }
                if given.is_empty() {
                    <p class="xs muted">{ text.t(key!("wallet.receive.none")) }</p>
                } else {
                    <ul class="addresses">
                        { for given.iter().take(shown).map(|address| row(text, address, &revealed)) }
                    </ul>
                }
                if shown < given.len() {
                    <Button small={true} kind={ButtonKind::Quiet} onclick={Callback::from(move |_| all.set(true))}>
                        {text.with(key!("wallet.receive.more"), &[("count", &(given.len() - shown).to_string())])}
                    </Button>
                } else if given.len() < wallet.address_count {
                    <p class="xs faint">{ text.with(key!("wallet.receive.older"), &[("count", &format::grouped((wallet.address_count - given.len()) as u64))]) }</p>
                }
            </div>
            <RevealKeyDialog address={(*revealed).clone()} {on_close} />
        </Panel>
    }
}

/// What a search by the words alone would miss (BIP-0044 asks for the warning).
fn gap_warning(text: Text, gap: &AddressGap) -> Html {
    if !gap.next_is_out_of_reach && gap.at_stake == Amount::ZERO {
        return Html::default();
    }
    let (run, limit) = (gap.unused_run.to_string(), GAP_LIMIT.to_string());
    html! {
        <Note icon={IconName::Warning} kind="pending">
            <div class="stack stack--2" data-warning="gap">
                if gap.next_is_out_of_reach {
                    <p>{ text.with(key!("wallet.gap.next"), &[("count", &run), ("limit", &limit)]) }</p>
                }
                if gap.out_of_reach > 0 {
                    <p>{ text.with(key!("wallet.gap.out"), &[("count", &gap.out_of_reach.to_string())]) }</p>
                }
                if gap.at_stake > Amount::ZERO {
                    <p>{ text.with(key!("wallet.gap.stake"),
                        &[("amount", &gap.at_stake.to_string()), ("needed", &gap.needed.to_string())]) }</p>
                }
            </div>
        </Note>
    }
}

fn row(text: Text, address: &AddressView, revealed: &UseStateHandle<Option<String>>) -> Html {
    let onclick = {
        let (revealed, address) = (revealed.clone(), address.address.clone());
        Callback::from(move |_: MouseEvent| revealed.set(Some(address.clone())))
    };
    html! {
        <li class="addresses__row" key={address.address.clone()} title={address.path.clone()}>
            <AddressText address={address.address.clone()} copy={true} />
            if !address.label.is_empty() { <span class="sm">{ &address.label }</span> }
            <span class="end row">
                if address.used { <Tag text={text.t(key!("wallet.receive.used"))} /> } else { <Tag kind="accent" text={text.t(key!("wallet.receive.fresh"))} /> }
                <AmountText amount={address.balance} />
                <Button small={true} kind={ButtonKind::Quiet} icon={IconName::Keys} icon_only={true} action="reveal-key"
                    {onclick} title={text.t(key!("wallet.reveal.open"))} />
            </span>
        </li>
    }
}
