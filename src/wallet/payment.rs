//! Payments: what is asked, what would be done, and why not.

use super::address::Address;
use super::coin_selection::{
    Candidate, DUST_LIMIT, MAX_INPUTS, P2PK_INPUT_SIZE, P2PKH_INPUT_SIZE, Selection, SelectionFailure, Target,
    select_coins, settle,
};
use super::coins::{CoinState, WalletCoin};
use super::path::DerivationPath;

use crate::ledger::{Amount, OutPoint, Script, Transaction, TxIn, TxOut};

/// Least fee rate that nodes relay, in satoshis a virtual byte.
pub const LEAST_FEE_RATE: u64 = 1;
/// Most that is taken for meant, in satoshis a virtual byte (Core `DEFAULT_MAX_RAW_TX_FEE_RATE`).
pub const MOST_FEE_RATE: u64 = 10_000;
/// Most recipients of one payment.
pub const MAX_RECIPIENTS: usize = 250;
/// The version of the transactions made here.
const TRANSACTION_VERSION: i32 = 2;

/// What is asked of a wallet.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PaymentRequest {
    /// Who gets how much.
    pub recipients: Vec<(Address, Amount)>,
    /// Satoshis a virtual byte.
    pub fee_rate_sat_per_vbyte: u64,
    /// The coins to spend, all of them; none lets the wallet choose.
    pub coins: Option<Vec<OutPoint>>,
    /// Whether the recipients bear the fee, in equal parts.
    pub subtract_fee: bool,
    /// Whether all that can be spent (of the coins chosen, if any) goes to the one recipient; the
    /// amount is not looked at.
    pub send_all: bool,
}

/// A payment worked out, not signed yet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PaymentPlan {
    /// The coins it spends.
    pub inputs: Vec<PlannedInput>,
    /// The outputs it makes, the change last.
    pub outputs: Vec<PlannedOutput>,
    /// What is left to the miner.
    pub fee: Amount,
    /// Most bytes of the signed transaction; each signature may be a byte or two shorter.
    pub size: usize,
}

/// A coin to spend.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlannedInput {
    /// Where it is.
    pub outpoint: OutPoint,
    /// How much.
    pub value: Amount,
    /// The script that locks it: what the signature hash has in this input's place.
    pub script_pubkey: Script,
    /// The address of the key that unlocks it.
    pub address: Address,
    /// The key's path.
    pub path: DerivationPath,
}

/// An output to make.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlannedOutput {
    /// Who gets it.
    pub address: Address,
    /// How much.
    pub value: Amount,
    /// Whether it is what comes back.
    pub change: bool,
}

/// Why a payment cannot be made.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PaymentError {
    /// Nobody to pay.
    #[error("a payment has a recipient")]
    NoRecipients,
    /// Too many to pay at once.
    #[error("a payment has at most {most} recipients, these are {found}")]
    TooManyRecipients {
        /// Recipients asked for.
        found: usize,
        /// The limit.
        most: usize,
    },
    /// All that is there can go to one only.
    #[error("everything can be sent to one recipient only, these are {found}")]
    SendAllRecipients {
        /// Recipients asked for.
        found: usize,
    },
    /// An address of another network.
    #[error("{address} is not an address of this network")]
    WrongNetwork {
        /// The address.
        address: Address,
    },
    /// Less than it would cost to spend.
    #[error("{amount} is too little to be worth sending, the least is {least}")]
    Dust {
        /// What would be sent.
        amount: Amount,
        /// The least that nodes relay.
        least: Amount,
    },
    /// The sum is more than all the coins there can be.
    #[error("the amounts add up to more than all the coins there can be")]
    TooLarge,
    /// Nodes do not relay so low a fee.
    #[error("a fee of {asked} satoshis a byte is too low, the least is {least}")]
    FeeTooLow {
        /// Satoshis a virtual byte asked for.
        asked: u64,
        /// The least.
        least: u64,
    },
    /// Surely a slip.
    #[error("a fee of {asked} satoshis a byte is surely a slip, the most is {most}")]
    FeeTooHigh {
        /// Satoshis a virtual byte asked for.
        asked: u64,
        /// The most.
        most: u64,
    },
    /// Not enough that can be spent.
    #[error("{needed} is needed with the fee, {available} can be spent (immature: {immature}, unconfirmed: {pending})")]
    Insufficient {
        /// Amount and fee.
        needed: Amount,
        /// What can be spent (of the coins chosen, if any).
        available: Amount,
        /// Block rewards that cannot be spent yet.
        immature: Amount,
        /// Coming in, not in a block yet.
        pending: Amount,
    },
    /// The recipient's share of the fee is more than the amount.
    #[error("the fee of {fee} is more than the {amount} that are to bear it")]
    FeeAboveAmount {
        /// What is to be sent.
        amount: Amount,
        /// The fee it is to bear.
        fee: Amount,
    },
    /// A chosen coin that the wallet does not have.
    #[error("the coin {outpoint} is not in this wallet")]
    UnknownCoin {
        /// The coin.
        outpoint: OutPoint,
    },
    /// A chosen coin that cannot be spent.
    #[error("the coin {outpoint} cannot be spent now: {reason}")]
    CoinNotSpendable {
        /// The coin.
        outpoint: OutPoint,
        /// `immature`, `unconfirmed` or `spending`.
        reason: &'static str,
    },
    /// Too many coins are needed.
    #[error("this takes {needed} coins, one payment can spend {most}; pay less, or several times")]
    TooManyInputs {
        /// Coins needed.
        needed: usize,
        /// The limit.
        most: usize,
    },
}

impl PaymentError {
    /// A stable name of the rule that was broken.
    pub fn rule(&self) -> &'static str {
        match self {
            Self::NoRecipients => "wallet-no-recipients",
            Self::TooManyRecipients { .. } => "wallet-too-many-recipients",
            Self::SendAllRecipients { .. } => "wallet-send-all-recipients",
            Self::WrongNetwork { .. } => "wallet-wrong-network",
            Self::Dust { .. } => "wallet-dust",
            Self::TooLarge => "wallet-too-large",
            Self::FeeTooLow { .. } => "wallet-fee-too-low",
            Self::FeeTooHigh { .. } => "wallet-fee-too-high",
            Self::Insufficient { .. } => "wallet-insufficient-funds",
            Self::FeeAboveAmount { .. } => "wallet-fee-above-amount",
            Self::UnknownCoin { .. } => "wallet-unknown-coin",
            Self::CoinNotSpendable { .. } => "wallet-coin-not-spendable",
            Self::TooManyInputs { .. } => "wallet-too-many-inputs",
        }
    }

    /// The facts, named, for a translated text. Amounts are in coins, fee rates in satoshis a byte.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::NoRecipients | Self::TooLarge => Vec::new(),
            Self::TooManyRecipients { found, most } => vec![("found", found.to_string()), ("most", most.to_string())],
            Self::SendAllRecipients { found } => vec![("found", found.to_string())],
            Self::WrongNetwork { address } => vec![("address", address.to_string())],
            Self::Dust { amount, least } => vec![("amount", amount.to_string()), ("least", least.to_string())],
            Self::FeeTooLow { asked, least } => vec![("asked", asked.to_string()), ("least", least.to_string())],
            Self::FeeTooHigh { asked, most } => vec![("asked", asked.to_string()), ("most", most.to_string())],
            Self::Insufficient { needed, available, immature, pending } => vec![
                ("needed", needed.to_string()),
                ("available", available.to_string()),
                ("immature", immature.to_string()),
                ("pending", pending.to_string()),
            ],
            Self::FeeAboveAmount { amount, fee } => vec![("amount", amount.to_string()), ("fee", fee.to_string())],
            Self::UnknownCoin { outpoint } => vec![("outpoint", outpoint.to_string())],
            Self::CoinNotSpendable { outpoint, reason } => {
                vec![("outpoint", outpoint.to_string()), ("reason", (*reason).to_string())]
            }
            Self::TooManyInputs { needed, most } => vec![("needed", needed.to_string()), ("most", most.to_string())],
        }
    }
}

impl PaymentPlan {
    /// Satoshis a virtual byte, of the size at its longest: what is asked, or a little more.
    pub fn fee_rate(&self) -> f64 {
        self.fee.to_sat() as f64 / self.size.max(1) as f64
    }

    /// The transaction before it is signed: the unlocking scripts are empty.
    pub fn unsigned_transaction(&self) -> Transaction {
        let inputs = self.inputs.iter().map(|input| TxIn {
            prevout: input.outpoint,
            script_sig: Script::default(),
            sequence: TxIn::SEQUENCE_FINAL,
            witness: Vec::new(),
        });
        let outputs = self
            .outputs
            .iter()
            .map(|output| TxOut { value: output.value, script_pubkey: output.address.script_pubkey() });
        Transaction { version: TRANSACTION_VERSION, inputs: inputs.collect(), outputs: outputs.collect(), lock_time: 0 }
    }
}

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
        fee_rate: request.fee_rate_sat_per_vbyte,
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
    let asked = request.fee_rate_sat_per_vbyte;
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
    let mut chosen = chosen.clone();
    chosen.sort_unstable();
    chosen.dedup();
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
    Ok(PaymentPlan { inputs: inputs.collect(), outputs, fee: selection.fee, size: selection.size })
}
