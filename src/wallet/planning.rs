//! Working a payment out: is it asked rightly, which coins, who gets what.

use super::coin_selection::{
    Candidate, DUST_LIMIT, MAX_INPUTS, P2PK_INPUT_SIZE, P2PKH_INPUT_SIZE, Selection, SelectionFailure, Target,
    select_coins, settle,
};
use super::coins::{CoinState, WalletCoin};
use super::payment::{
    LEAST_FEE_RATE, MAX_RECIPIENTS, MOST_FEE_RATE, PaymentError, PaymentPlan, PaymentRequest, PlannedInput,
    PlannedOutput,
};
use crate::keys::address::Address;
use crate::ledger::{Amount, OutPoint, SortedSet};

/// Works a payment out over these coins. The caller has the wallet's facts ready.
pub(super) fn plan_payment(
    request: &PaymentRequest,
    coins: &[WalletCoin],
    change_address: Address,
) -> Result<PaymentPlan, PaymentError> {
    let amount = check_request(request, change_address.version())?;
    let (confirmed, unconfirmed) = eligible_coins(request, coins)?;
    let target = Target {
        amount,
        recipients: request.recipients.len(),
        fee_rate: request.fee_rate,
        subtract_fee: request.subtract_fee || request.send_all,
    };
    let mut pool = confirmed;
    let is_fixed = request.coins.is_some() || request.send_all;
    // Own change that waits for its block is spent only if the rest is not enough.
    let attempt = if is_fixed { None } else { select_coins(&candidates(&pool), &target).ok() };
    let (selection, target) = match attempt {
        Some(selection) => (selection, target),
        None => {
            pool.extend(unconfirmed);
            choose(request, coins, &pool, target)?
        }
    };
    build_plan(request, &pool, &selection, target, change_address)
}

/// Checks what can be checked without coins; the sum of the amounts.
fn check_request(request: &PaymentRequest, version: u8) -> Result<Amount, PaymentError> {
    let found = request.recipients.len();
    if found == 0 {
        return Err(PaymentError::NoRecipients);
    }
    if found > MAX_RECIPIENTS {
        return Err(PaymentError::TooManyRecipients { found, most: MAX_RECIPIENTS });
    }
    if request.send_all && found > 1 {
        return Err(PaymentError::SendAllRecipients { found });
    }
    if let Some((address, _)) = request.recipients.iter().find(|(address, _)| address.version() != version) {
        return Err(PaymentError::WrongNetwork { address: *address });
    }
    let asked = request.fee_rate;
    if asked < LEAST_FEE_RATE {
        return Err(PaymentError::FeeTooLow { asked, least: LEAST_FEE_RATE });
    }
    if asked > MOST_FEE_RATE {
        return Err(PaymentError::FeeTooHigh { asked, most: MOST_FEE_RATE });
    }
    if request.send_all {
        return Ok(Amount::ZERO);
    }
    if let Some((_, amount)) = request.recipients.iter().find(|(_, amount)| *amount < DUST_LIMIT) {
        return Err(PaymentError::Dust { amount: *amount, least: DUST_LIMIT });
    }
    Amount::sum(request.recipients.iter().map(|(_, amount)| *amount)).ok_or(PaymentError::TooLarge)
}

/// The coins that may be spent: those in blocks (or chosen by hand), and own change that waits.
fn eligible_coins<'a>(
    request: &PaymentRequest,
    coins: &'a [WalletCoin],
) -> Result<(Vec<&'a WalletCoin>, Vec<&'a WalletCoin>), PaymentError> {
    let Some(chosen) = &request.coins else {
        return Ok(coins.iter().filter(|coin| coin.is_spendable()).partition(|coin| coin.height.is_some()));
    };
    let chosen: SortedSet<OutPoint> = chosen.iter().copied().collect();
    let pick = |outpoint: &OutPoint| {
        let outpoint = *outpoint;
        let coin = coins.iter().find(|coin| coin.outpoint == outpoint).ok_or(PaymentError::UnknownCoin { outpoint })?;
        let reason = match coin.state {
            _ if coin.is_spendable() => return Ok(coin),
            CoinState::Immature { .. } => "immature",
            CoinState::Spending => "spending",
            CoinState::Unconfirmed | CoinState::Spendable => "unconfirmed",
        };
        Err(PaymentError::CoinNotSpendable { outpoint, reason })
    };
    Ok((chosen.iter().map(pick).collect::<Result<_, _>>()?, Vec::new()))
}

/// The choice from all eligible coins, or why there is none.
fn choose(
    request: &PaymentRequest,
    all: &[WalletCoin],
    pool: &[&WalletCoin],
    target: Target,
) -> Result<(Selection, Target), PaymentError> {
    let candidates = candidates(pool);
    let available = sum(pool.iter().map(|coin| coin.value));
    let insufficient = |needed| PaymentError::Insufficient {
        needed,
        available,
        immature: sum(all
            .iter()
            .filter(|coin| matches!(coin.state, CoinState::Immature { .. }))
            .map(|coin| coin.value)),
        next_mature: next_mature(all),
        pending: sum(all
            .iter()
            .filter(|coin| coin.state == CoinState::Unconfirmed && !coin.is_spendable())
            .map(|coin| coin.value)),
    };
    if request.coins.is_none() && !request.send_all {
        return match select_coins(&candidates, &target) {
            Ok(selection) => Ok((selection, target)),
            Err(SelectionFailure::Insufficient { needed }) => Err(insufficient(needed)),
            Err(SelectionFailure::TooManyInputs { needed }) => {
                Err(PaymentError::TooManyInputs { needed, most: MAX_INPUTS })
            }
        };
    }
    if candidates.len() > MAX_INPUTS {
        return Err(PaymentError::TooManyInputs { needed: candidates.len(), most: MAX_INPUTS });
    }
    let target = if request.send_all { Target { amount: available, ..target } } else { target };
    let everything = || (0..candidates.len()).collect();
    if candidates.is_empty() {
        return Err(insufficient(target.amount.max(DUST_LIMIT)));
    }
    let needed = || {
        let free = Target { amount: Amount::ZERO, subtract_fee: true, ..target };
        let fee = settle(&candidates, everything(), &free).map_or(Amount::ZERO, |selection| selection.fee);
        target.amount.checked_add(if target.subtract_fee { Amount::ZERO } else { fee }).unwrap_or(target.amount)
    };
    settle(&candidates, everything(), &target)
        .map(|selection| (selection, target))
        .ok_or_else(|| insufficient(needed()))
}

/// The block rewards that can be spent first, and from which height on.
fn next_mature(coins: &[WalletCoin]) -> Option<(Amount, u32)> {
    let waiting = || {
        coins.iter().filter_map(|coin| match coin.state {
            CoinState::Immature { matures_at } => Some((coin.value, matures_at)),
            _ => None,
        })
    };
    let first = waiting().map(|(_, height)| height).min()?;
    Some((sum(waiting().filter(|(_, height)| *height == first).map(|(value, _)| value)), first))
}

fn candidates(pool: &[&WalletCoin]) -> Vec<Candidate> {
    pool.iter().map(|coin| Candidate { value: coin.value, input_size: input_size(coin) }).collect()
}

/// Most bytes of an input that spends a coin.
fn input_size(coin: &WalletCoin) -> usize {
    if coin.script_pubkey.pay_to_pubkey_key().is_some() { P2PK_INPUT_SIZE } else { P2PKH_INPUT_SIZE }
}

fn sum(amounts: impl Iterator<Item = Amount>) -> Amount {
    // What a wallet has can never be more than all the coins there are.
    Amount::sum(amounts).unwrap_or(Amount::from_sat(crate::ledger::MAX_MONEY))
}

fn build_plan(
    request: &PaymentRequest,
    pool: &[&WalletCoin],
    selection: &Selection,
    target: Target,
    change_address: Address,
) -> Result<PaymentPlan, PaymentError> {
    let coins: Vec<&WalletCoin> = selection.chosen.iter().filter_map(|index| pool.get(*index).copied()).collect();
    let mut outputs = Vec::with_capacity(request.recipients.len() + 1);
    if target.subtract_fee {
        // Of a fee that left-over dust pays in part, the recipients bear the rest only.
        let paid = sum(coins.iter().map(|coin| coin.value));
        let spent =
            target.amount.checked_add(selection.change.unwrap_or(Amount::ZERO)).ok_or(PaymentError::TooLarge)?;
        let dust = paid.checked_sub(spent).unwrap_or(Amount::ZERO);
        let owed = selection.fee.checked_sub(dust).unwrap_or(Amount::ZERO).to_sat();
        let count = request.recipients.len() as u64;
        for (at, (address, asked)) in request.recipients.iter().enumerate() {
            let amount = if request.send_all { target.amount } else { *asked };
            // As in Core, the first bears what does not divide.
            let share = Amount::from_sat(owed / count + if at == 0 { owed % count } else { 0 });
            let value = amount.checked_sub(share).ok_or(PaymentError::FeeAboveAmount { amount, fee: share })?;
            if value < DUST_LIMIT {
                return Err(PaymentError::Dust { amount: value, least: DUST_LIMIT });
            }
            outputs.push(PlannedOutput { address: *address, value, change: false });
        }
    } else {
        outputs.extend(request.recipients.iter().map(|(address, value)| PlannedOutput {
            address: *address,
            value: *value,
            change: false,
        }));
    }
    outputs.extend(selection.change.map(|value| PlannedOutput { address: change_address, value, change: true }));
    let inputs = coins.into_iter().map(|coin| PlannedInput {
        outpoint: coin.outpoint,
        value: coin.value,
        script_pubkey: coin.script_pubkey.clone(),
        address: coin.address,
        path: coin.path.clone(),
    });
    Ok(PaymentPlan {
        inputs: inputs.collect(),
        outputs,
        replaceable: request.replaceable,
        fee: selection.fee,
        size: selection.size,
    })
}
