//! The balance as a sum: nothing but the coins, added up.

use yew::prelude::*;

use crate::api::WalletView;
use crate::ledger::Amount;
use crate::ui::parts::AmountText;
use crate::ui::{Key, Text};

/// `1 coin`, `6 coins`.
pub fn coins_text(text: Text, count: usize) -> String {
    text.count(plural!("wallet.coins"), count as u64)
}

/// The sum.
pub fn balance(text: Text, wallet: &WalletView) -> Html {
    let part = |kind: &'static str, key: Key, count: usize, amount: Amount| {
        html! {
            <div class="sum__part" data-k={kind}>
                <span class="label"><i />{ text.with(key, &[("coins", &coins_text(text, count))]) }</span>
                <AmountText {amount} />
            </div>
        }
    };
    let op = |sign: &'static str| html! { <span class="sum__op" aria-hidden="true">{ sign }</span> };
    html! {
        <header class="sum">
            <div class="sum__total">
                <span class="label">{ text.with(key!("wallet.balance"), &[("coins", &coins_text(text, wallet.coin_count))]) }</span>
                <b data-balance={wallet.total.to_string()}><AmountText amount={wallet.total} /></b>
            </div>
            { op("=") }
            { part("spend", key!("wallet.sum.spendable"), wallet.spendable_count, wallet.spendable) }
            { op("+") }
            { part("imm", key!("wallet.sum.immature"), wallet.immature_count, wallet.immature) }
            { op("+") }
            { part("pend", key!("wallet.sum.pending"), wallet.pending_count, wallet.pending) }
            if !wallet.coins.is_empty() { <p class="xs muted sum__note">{ text.t(key!("wallet.coins.note")) }</p> }
        </header>
    }
}
