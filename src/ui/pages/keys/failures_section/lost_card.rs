//! A lost key: coins that everyone sees and no one can move.

use std::rc::Rc;

use yew::prelude::*;

use crate::api::{Answer, Command, PaymentForm, WalletView};
use crate::keys::{Address, PrivateKey};
use crate::ledger::{BlockHash, Params, Txid};
use crate::ui::pages::keys::practice::random_key;
use crate::ui::parts::{Button, ButtonKind, CopyButton, EmptyState, Field, IconName, Note, Panel};
use crate::ui::route::transaction_href;
use crate::ui::{Shared, use_dispatch, use_text};

/// Props of [`LostCard`].
#[derive(Properties, PartialEq)]
pub struct LostCardProps {
    /// The network's version bytes.
    pub params: Rc<Params>,
    /// The wallet that pays.
    pub wallet: Option<Shared<WalletView>>,
    /// The chain's tip: a new one is a reason to look again.
    pub tip: Option<BlockHash>,
}

/// A lost coin, as the node sees it.
#[derive(Clone, Debug, PartialEq)]
struct Lost {
    value: f64,
    confirmations: u64,
}

/// An address whose key is forgotten as soon as it was used to make it.
fn ownerless(params: &Params) -> Option<String> {
    let key = PrivateKey::from_bytes(&random_key()).ok()?;
    Some(Address::from_public_key(&key.public_key(), params).to_string())
}

/// The card.
#[component]
pub fn LostCard(props: &LostCardProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let address = use_state_eq(|| None::<String>);
    let amount = use_state_eq(|| "0.1".to_owned());
    let sent = use_state_eq(|| None::<Txid>);
    let lost = use_state_eq(|| None::<Lost>);
    let error = use_state_eq(|| None::<String>);
    {
        // The coin is looked up at every new block.
        let (dispatch, lost, address) = (dispatch.clone(), lost.setter(), (*address).clone());
        use_effect_with((*sent, props.tip), move |(sent, _)| {
            let (Some(txid), Some(address)) = (*sent, address) else { return };
            for output in 0..2u32 {
                let params = vec![serde_json::json!(txid.to_string()), serde_json::json!(output)];
                let (lost, address) = (lost.clone(), address.clone());
                dispatch.request(Command::Rpc { method: "gettxout".to_owned(), params }, move |answered| {
                    let Ok(Answer::Rpc(coin)) = answered else { return };
                    let owner = coin.pointer("/scriptPubKey/address").and_then(|address| address.as_str());
                    if owner == Some(address.as_str()) {
                        lost.set(Some(Lost {
                            value: coin.get("value").and_then(|value| value.as_f64()).unwrap_or_default(),
                            confirmations: coin
                                .get("confirmations")
                                .and_then(|count| count.as_u64())
                                .unwrap_or_default(),
                        }));
                    }
                });
            }
        });
    }
    let make = {
        let (address, sent, lost, params) = (address.setter(), sent.setter(), lost.setter(), props.params.clone());
        Callback::from(move |_: MouseEvent| {
            address.set(ownerless(&params));
            sent.set(None);
            lost.set(None);
        })
    };
    let send = {
        let (dispatch, address, amount) = (dispatch.clone(), (*address).clone(), (*amount).clone());
        let (sent, error) = (sent.setter(), error.setter());
        let fee_rate = props.wallet.as_ref().map_or(1, |wallet| wallet.next_block_fee_rate.max(1));
        Callback::from(move |_: MouseEvent| {
            let Some(to) = address.clone() else { return };
            let form =
                PaymentForm { to, amount: amount.clone(), fee_rate: fee_rate.to_string(), ..PaymentForm::default() };
            let (sent, error) = (sent.clone(), error.clone());
            let then = dispatch.clone();
            dispatch.request(Command::PreviewPayment(form), move |answered| match answered {
                Ok(Answer::Preview(preview)) => {
                    then.request(Command::SendPayment { plan: preview.plan }, move |answered| match answered {
                        Ok(Answer::Sent { txid }) => {
                            error.set(None);
                            sent.set(Some(txid));
                        }
                        Ok(_) => {}
                        Err(refused) => error.set(Some(text.error(&refused))),
                    });
                }
                Ok(_) => {}
                Err(refused) => error.set(Some(text.error(&refused))),
            });
        })
    };
    let oninput = {
        let amount = amount.setter();
        Callback::from(move |value: String| amount.set(value))
    };
    let has_coins = props.wallet.as_ref().is_some_and(|wallet| wallet.spendable > crate::ledger::Amount::ZERO);
    html! {
        <Panel name="lost-key" title={text.t(key!("keys.fail.lost"))} subtitle={text.t(key!("keys.fail.lost_sub"))}>
            <div class="stack stack--3">
                <p class="sm">{ text.t(key!("keys.fail.lost_how")) }</p>
                <div class="row"><Button icon={IconName::Dice} action="make-ownerless" onclick={make}>{ text.t(key!("keys.fail.make_ownerless")) }</Button></div>
                if let Some(address) = &*address {
                    <p class="row"><code class="run grow" data-ownerless={address.clone()}>{ address.clone() }</code><CopyButton text={address.clone()} /></p>
                    if !has_coins && sent.is_none() {
                        <EmptyState title={text.t(key!("keys.fail.no_coin"))} text={text.t(key!("keys.fail.no_coin_why"))} icon={IconName::Wallet}>
                            <a class="btn" href="#/miner">{ text.t(key!("keys.fail.go_mine")) }</a>
                        </EmptyState>
                    } else if sent.is_none() {
                        <Note icon={IconName::Warning} kind="bad">{ text.t(key!("keys.fail.lost_warning")) }</Note>
                        <Field id="lost_amount" label={text.t(key!("keys.fail.amount"))} value={(*amount).clone()} {oninput} inputmode="decimal"
                            error={(*error).clone().map(AttrValue::from)} />
                        <div class="row"><Button kind={ButtonKind::Danger} action="lose-coins" onclick={send}>{ text.t(key!("keys.fail.lose")) }</Button></div>
                    }
                }
                if let Some(txid) = *sent {
                    <p class="sm"><a href={transaction_href(&txid)}>{ text.t(key!("keys.fail.payment")) }</a></p>
                }
                if let Some(lost) = &*lost {
                    <div class="lostcoin" data-lost={lost.value.to_string()} data-confirmations={lost.confirmations.to_string()} role="status">
                        <b>{ text.with(key!("keys.fail.lost_coin"), &[("value", &lost.value.to_string())]) }</b>
                        <span class="sm">{ text.with(key!("keys.fail.lost_seen"), &[("count", &lost.confirmations.to_string())]) }</span>
                        <span class="xs muted">{ text.t(key!("keys.fail.lost_forever")) }</span>
                    </div>
                }
            </div>
        </Panel>
    }
}
