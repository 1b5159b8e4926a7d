//! The wallet's coins as Core lists them (`wallet/rpc/coins.cpp`).

use serde_json::{Value, json};

use super::addresses::invalid_bitcoin_address;
use super::args::shown;
use super::json as shape;
use super::table::Call;
use crate::api::{UserError, code};
use crate::keys::Address;
use crate::ledger::{Amount, MAX_MONEY, to_hex};
use crate::session::refusal::wallet_missing;
use crate::session::state::State;
use crate::wallet::{CoinState, WalletCoin};

/// Which coins `listunspent` gives.
struct Wanted {
    confirmations: std::ops::RangeInclusive<i64>,
    addresses: Vec<Address>,
    include_unsafe: bool,
    include_immature: bool,
    amounts: std::ops::RangeInclusive<Amount>,
    most: usize,
    sum: Option<Amount>,
}

impl Wanted {
    fn read(state: &State, call: &Call<'_>) -> Result<Self, UserError> {
        let args = &call.args;
        let least = args.optional_number::<i32>("minconf")?.unwrap_or(1);
        let most = args.optional_number::<i32>("maxconf")?.unwrap_or(9_999_999);
        let mut addresses = Vec::new();
        for text in args.texts("addresses")? {
            let address = invalid_bitcoin_address(state, text)?;
            if addresses.contains(&address) {
                let text = format!("Invalid parameter, duplicated address: {}", shown(text));
                return Err(
                    UserError::new(code::INVALID_PARAMETER, "rpc-duplicated-address", text).fact("address", address)
                );
            }
            addresses.push(address);
        }
        let mut wanted = Self {
            confirmations: i64::from(least)..=i64::from(most),
            addresses,
            include_unsafe: args.optional_bool("include_unsafe")?.unwrap_or(true),
            include_immature: false,
            amounts: Amount::ZERO..=Amount::from_sat(MAX_MONEY),
            most: usize::MAX,
            sum: None,
        };
        if let Some(options) = args.options("query_options")? {
            let least = options.optional_amount("minimumAmount")?.unwrap_or(*wanted.amounts.start());
            let most = options.optional_amount("maximumAmount")?.unwrap_or(*wanted.amounts.end());
            wanted.amounts = least..=most;
            let count = options.optional_number::<u32>("maximumCount")?.unwrap_or_default();
            wanted.most = if count == 0 { usize::MAX } else { count as usize };
            wanted.sum = options.optional_amount("minimumSumAmount")?;
            wanted.include_immature = options.optional_bool("include_immature_coinbase")?.unwrap_or(false);
        }
        Ok(wanted)
    }

    fn takes(&self, coin: &WalletCoin, confirmations: i64) -> bool {
        let is_there = match coin.state {
            CoinState::Spending => false,
            CoinState::Immature { .. } => self.include_immature,
            CoinState::Spendable | CoinState::Unconfirmed => true,
        };
        is_there
            && self.confirmations.contains(&confirmations)
            && self.amounts.contains(&coin.value)
            && (self.include_unsafe || is_safe(coin))
            && (self.addresses.is_empty() || self.addresses.contains(&coin.address))
    }
}

/// Whether nobody else can take it back.
fn is_safe(coin: &WalletCoin) -> bool {
    coin.height.is_some() || coin.is_spendable()
}

pub(super) fn list_unspent(state: &State, call: Call<'_>) -> Result<Value, UserError> {
    let wanted = Wanted::read(state, &call)?;
    let height = state.chain().height();
    let wallet = state.wallet().ok_or_else(wallet_missing)?;
    let mut sum = Amount::ZERO;
    let mut lines = Vec::new();
    for coin in wallet.coins(height) {
        let confirmations = coin.height.map_or(0, |at| i64::from(height + 1 - at));
        if !wanted.takes(&coin, confirmations) {
            continue;
        }
        lines.push(json!({
            "txid": coin.outpoint.txid,
            "vout": coin.outpoint.vout,
            "address": coin.address.to_string(),
            "label": wallet.label(&coin.address),
            "scriptPubKey": to_hex(coin.script_pubkey.as_bytes()),
            "amount": shape::coins(coin.value),
            "confirmations": confirmations,
            "spendable": true,
            "solvable": true,
            "safe": is_safe(&coin),
        }));
        sum = sum.checked_add(coin.value).unwrap_or(Amount::from_sat(MAX_MONEY));
        if lines.len() >= wanted.most || wanted.sum.is_some_and(|enough| sum >= enough) {
            break;
        }
    }
    Ok(Value::Array(lines))
}
