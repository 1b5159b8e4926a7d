//! The same on a payment: the bytes that are hashed, what each hash type leaves open, and what one changed byte does.

mod answers_list;
mod bytes_card;
mod hashed_bytes;
mod reading;

use yew::prelude::*;

use super::section::SectionProps;
use crate::api::{Answer, Command, HistoryKind, HistoryView};
use crate::ledger::{Amount, Transaction, Txid, decode_hex};
use crate::ui::parts::{EmptyState, HashGlyph, IconName, Panel};
use crate::ui::{Text, format, use_dispatch, use_text};
use bytes_card::BytesCard;

/// Most payments to choose from.
const MOST: usize = 8;

/// The section.
#[component]
pub fn PaymentSection(props: &SectionProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let chosen = use_state_eq(|| None::<Txid>);
    let loaded = use_state_eq(|| None::<(Txid, Transaction)>);
    let payments: Vec<HistoryView> = props.wallet.as_ref().map_or_else(Vec::new, |wallet| {
        let sent = wallet.history.iter().filter(|entry| matches!(entry.kind, HistoryKind::Sent | HistoryKind::ToSelf));
        sent.take(MOST).cloned().collect()
    });
    let shown = chosen
        .filter(|txid| payments.iter().any(|entry| entry.txid == *txid))
        .or_else(|| payments.first().map(|entry| entry.txid));
    {
        let loaded = loaded.setter();
        use_effect_with(shown, move |shown| {
            let Some(txid) = *shown else { return };
            let params = vec![serde_json::json!(txid.to_string())];
            dispatch.request(Command::Rpc { method: "getrawtransaction".to_owned(), params }, move |answered| {
                let Ok(Answer::Rpc(value)) = answered else { return };
                let transaction = value.as_str().and_then(|hex| decode_hex::<Transaction>(hex).ok());
                loaded.set(transaction.map(|transaction| (txid, transaction)));
            });
        });
    }
    if payments.is_empty() {
        return html! {
            <Panel name="payment-bytes" title={text.t(key!("keys.pay.title"))}>
                <EmptyState title={text.t(key!("keys.pay.none"))} text={text.t(key!("keys.pay.none_why"))} icon={IconName::Wallet}>
                    <a class="btn btn--accent" href="#/wallet">{ text.t(key!("keys.pay.go")) }</a>
                </EmptyState>
            </Panel>
        };
    }
    let transaction =
        loaded.as_ref().filter(|(txid, _)| Some(*txid) == shown).map(|(_, transaction)| transaction.clone());
    html! {
        <>
            <div class="row row--wrap" role="group" aria-label={text.t(key!("keys.pay.choose"))}>
                <span class="label">{ text.t(key!("keys.pay.choose")) }</span>
                { for payments.iter().map(|entry| {
                    let txid = entry.txid;
                    let chosen = chosen.setter();
                    html! {
                        <button type="button" key={txid.to_string()} class="btn btn--sm" data-payment={txid.to_string()} aria-pressed={(Some(txid) == shown).to_string()}
                            onclick={move |_| chosen.set(Some(txid))}><HashGlyph hash={txid} /><span class="num">{ named(text, entry) }</span></button>
                    }
                }) }
            </div>
            if let Some(transaction) = transaction {
                <BytesCard key={shown.map(|txid| txid.to_string()).unwrap_or_default()} {transaction} params={props.params.clone()} answers={props.answers.clone()} node={props.node.clone()} />
            }
        </>
    }
}

/// A payment by what it paid and to whom.
fn named(text: Text, entry: &HistoryView) -> String {
    let fee = entry.fee.unwrap_or_default().to_sat();
    let paid = Amount::from_sat(entry.amount_sat.unsigned_abs().saturating_sub(fee));
    let amount = format::readable_amount(&paid.to_string()).unwrap_or_default();
    match entry.parties.first() {
        Some(first) if entry.kind == HistoryKind::Sent => {
            let who = format::party(first);
            text.with(key!("keys.pay.paid"), &[("amount", &amount), ("who", &who)])
        }
        _ => text.t(key!("wallet.history.to_self")).to_owned(),
    }
}
