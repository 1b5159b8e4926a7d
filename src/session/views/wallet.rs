//! The wallet.

use crate::api::{AddressView, CoinState, CoinView, HistoryView, OwnAddressView, PartyView, WalletView};
use crate::keys::Address;
use crate::session::state::State;
use crate::wallet::{self, Branch, Wallet, WalletAddress, WalletCoin};

/// Coins listed.
const COINS: usize = 200;
/// Addresses listed.
const ADDRESSES: usize = 100;
/// Lines of history.
const HISTORY: usize = 100;
/// Addresses listed of a line of history.
const COUNTERPARTIES: usize = 8;

/// Shows the wallet; there is none on mainnet.
pub(in crate::session) fn wallet(state: &State) -> Option<WalletView> {
    let wallet = state.wallet()?;
    let height = state.chain().height();
    let balance = wallet.balance(height);
    let mut coins = wallet.coins(height);
    // A waiting payment has taken these; its change is listed.
    coins.retain(|coin| coin.state != wallet::CoinState::Spending);
    coins.sort_unstable_by_key(|coin| (rank(coin.state), std::cmp::Reverse(coin.value), coin.outpoint));
    // The list is cut, the counts are not.
    let count = |wanted: u8| coins.iter().filter(|coin| rank(coin.state) == wanted).count();
    // What was given away comes before change, of which there soon is more than a list takes.
    let mut addresses = wallet.addresses();
    addresses.reverse();
    addresses.sort_by_key(|entry| entry.branch == Branch::Change);
    let given = addresses.iter().filter(|entry| entry.branch == Branch::Receive).count();
    let history = wallet.recent_history(height, HISTORY);
    // Own change that waits for its block can be spent, but its tile says that it is unconfirmed.
    let confirmed = balance.spendable.checked_sub(balance.unconfirmed_change).unwrap_or_default();
    let unconfirmed = balance.pending.checked_add(balance.unconfirmed_change).unwrap_or_default();
    let total = [balance.spendable, balance.immature, balance.pending]
        .into_iter()
        .try_fold(crate::ledger::Amount::ZERO, |sum, part| sum.checked_add(part))
        .unwrap_or_default();
    Some(WalletView {
        height,
        total,
        spendable: confirmed,
        immature: balance.immature,
        pending: unconfirmed,
        coin_count: coins.len(),
        spendable_count: count(0),
        immature_count: count(1),
        pending_count: count(2),
        coins: coins.iter().take(COINS).map(coin).collect(),
        addresses: addresses.iter().take(ADDRESSES).map(address).collect(),
        address_count: given,
        gap: wallet.address_gap(),
        receive_address: wallet.current_address().to_string(),
        history_count: wallet.transaction_count(),
        history: history.iter().map(|entry| line(wallet, entry)).collect(),
        words_backed_up: state.words_backed_up(),
        next_block_fee_rate: state.next_block_fee_rate(),
        network_active: state.network_active(),
        payees: state.own.payees(),
    })
}

/// Says where a coin of this state stands on the page: what can be spent first.
fn rank(state: wallet::CoinState) -> u8 {
    match state {
        wallet::CoinState::Spendable => 0,
        wallet::CoinState::Immature { .. } => 1,
        wallet::CoinState::Unconfirmed | wallet::CoinState::Spending => 2,
    }
}

/// Shows a coin of the wallet.
pub(super) fn coin(coin: &WalletCoin) -> CoinView {
    CoinView {
        outpoint: coin.outpoint,
        value: coin.value,
        address: coin.address.to_string(),
        path: coin.path.to_string(),
        height: coin.height,
        state: match coin.state {
            wallet::CoinState::Spendable => CoinState::Spendable,
            wallet::CoinState::Immature { matures_at } => CoinState::Immature { matures_at },
            wallet::CoinState::Unconfirmed | wallet::CoinState::Spending => CoinState::Unconfirmed,
        },
        origin: coin.origin,
    }
}

/// Shows an address of the wallet.
pub(in crate::session) fn address(entry: &WalletAddress) -> AddressView {
    AddressView {
        address: entry.address.to_string(),
        path: entry.path.to_string(),
        label: entry.label.clone(),
        used: entry.used,
        change: entry.branch == Branch::Change,
        balance: entry.balance,
    }
}

fn line(wallet: &Wallet, entry: &wallet::HistoryEntry) -> HistoryView {
    let party = |address: &Address| PartyView {
        address: address.to_string(),
        names: wallet.told_names(address).into_iter().map(str::to_owned).collect(),
    };
    let mut own: Vec<OwnAddressView> = Vec::new();
    for output in entry.received() {
        let address = output.address.map(|address| address.to_string()).unwrap_or_default();
        if own.len() < COUNTERPARTIES && !address.is_empty() && own.iter().all(|other| other.address != address) {
            own.push(OwnAddressView { address, label: output.label.clone() });
        }
    }
    HistoryView {
        txid: entry.txid,
        kind: entry.kind,
        amount_sat: entry.amount,
        fee: entry.fee,
        parties: entry.counterparties.iter().take(COUNTERPARTIES).map(party).collect(),
        own,
        height: entry.height,
        confirmations: entry.confirmations,
        state: entry.state,
        time: entry.time,
    }
}
