//! Someone else's key: the signature holds, and the coin does not move.

use std::rc::Rc;

use yew::prelude::*;

use crate::api::{Answer, CoinState, Command, WalletView};
use crate::keys::Address;
use crate::ledger::{Amount, Encodable, Params, to_hex};
use crate::ui::pages::keys::practice::PageKey;
use crate::ui::parts::{Button, ButtonKind, EmptyState, IconName, Panel, Verdict, VerdictState};
use crate::ui::{Shared, use_dispatch, use_text};
use crate::wallet::single_spend::{LockedCoin, spend_with};

/// The fee offered, in satoshis: enough for any node.
const FEE: Amount = Amount::from_sat(10_000);

/// Props of [`WrongKeyCard`].
#[derive(Properties, PartialEq)]
pub struct WrongKeyCardProps {
    /// The key on screen.
    pub key_on_screen: PageKey,
    /// The network's version bytes.
    pub params: Rc<Params>,
    /// The wallet, whose coin is tried.
    pub wallet: Option<Shared<WalletView>>,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
struct Tried {
    holds: bool,
    allowed: bool,
    reason: String,
    coin: String,
}

/// The card.
#[component]
pub fn WrongKeyCard(props: &WrongKeyCardProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let tried = use_state_eq(|| None::<Result<Tried, String>>);
    let coin = props.wallet.as_ref().and_then(|wallet| {
        let coin = wallet.coins.iter().find(|coin| coin.state == CoinState::Spendable)?;
        let owner = Address::parse(&coin.address, &props.params).ok()?;
        let locked = LockedCoin { outpoint: coin.outpoint, value: coin.value, script_pubkey: owner.script_pubkey() };
        Some((locked, coin.address.clone()))
    });
    let key = props.key_on_screen.private_key().ok();
    let onclick = {
        let (coin, key, params, tried) = (coin.clone(), key.clone(), props.params.clone(), tried.setter());
        Callback::from(move |_: MouseEvent| {
            let (Some((coin, address)), Some(key)) = (&coin, &key) else { return };
            let to = Address::from_public_key(&key.public_key(), &params).script_pubkey();
            let Some(spend) = spend_with(coin, key, to, FEE) else { return };
            let (tried, address) = (tried.clone(), address.clone());
            let hex = to_hex(&spend.transaction.to_bytes());
            let command =
                Command::Rpc { method: "testmempoolaccept".to_owned(), params: vec![serde_json::json!([hex])] };
            dispatch.request(command, move |answered| {
                tried.set(Some(match answered {
                    Ok(Answer::Rpc(value)) => {
                        let result = value.get(0).cloned().unwrap_or_default();
                        let reason = result.get("reject-reason").and_then(|reason| reason.as_str());
                        Ok(Tried {
                            holds: spend.signature_holds,
                            allowed: result.get("allowed").and_then(|allowed| allowed.as_bool()).unwrap_or_default(),
                            reason: reason.unwrap_or_default().to_owned(),
                            coin: address,
                        })
                    }
                    Ok(_) => Err(String::new()),
                    Err(error) => Err(text.error(&error)),
                }));
            });
        })
    };
    let shown = match &*tried {
        None => Html::default(),
        Some(Err(error)) => html! { <p class="fielderr" role="alert">{ error.clone() }</p> },
        Some(Ok(tried)) => {
            let (state, word) = if tried.allowed {
                (VerdictState::Valid, text.t(key!("keys.fail.own_key")))
            } else {
                (VerdictState::Invalid, text.t(key!("keys.fail.refused")))
            };
            let why = if tried.allowed {
                text.t(key!("keys.fail.own_key_why")).to_owned()
            } else {
                text.with(key!("keys.fail.refused_why"), &[("reason", &tried.reason), ("address", &tried.coin)])
            };
            html! {
                <div class="stack stack--2" data-wrong-key={if tried.allowed { "allowed" } else { "refused" }} data-reason={tried.reason.clone()}>
                    <Verdict state={if tried.holds { VerdictState::Valid } else { VerdictState::Invalid }}
                        word={text.t(key!("keys.fail.holds"))} why={text.t(key!("keys.fail.holds_why"))} />
                    <Verdict {state} {word} {why} />
                </div>
            }
        }
    };
    html! {
        <Panel name="wrong-key" title={text.t(key!("keys.fail.wrong"))} subtitle={text.t(key!("keys.fail.wrong_sub"))}>
            { match &coin {
                None => html! { <EmptyState title={text.t(key!("keys.fail.no_coin"))} text={text.t(key!("keys.fail.no_coin_why"))} icon={IconName::Wallet}>
                    <a class="btn" href="#/miner">{ text.t(key!("keys.fail.go_mine")) }</a>
                </EmptyState> },
                Some((coin, address)) => html! {
                    <div class="stack stack--3">
                        <p class="sm">{ text.with(key!("keys.fail.wrong_how"), &[("value", &coin.value.to_string()), ("address", address)]) }</p>
                        <div class="row"><Button kind={ButtonKind::Accent} icon={IconName::Sign} action="try-wrong-key" disabled={key.is_none()} {onclick}>
                            { text.t(key!("keys.fail.try")) }</Button></div>
                        { shown }
                    </div>
                },
            } }
        </Panel>
    }
}
