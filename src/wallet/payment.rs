//! Payments: what is asked, what would be done, and why not.

use crate::keys::address::Address;
use crate::keys::path::DerivationPath;
use crate::ledger::{Amount, FeeRate, OutPoint, Script, Transaction, TxIn, TxOut};

/// Least fee rate that nodes relay.
pub const LEAST_FEE_RATE: FeeRate = FeeRate::from_sat_per_vb(1);
/// Most that is taken for meant: 0.1 coins for a thousand virtual bytes (Core `DEFAULT_MAX_RAW_TX_FEE_RATE`).
pub const MOST_FEE_RATE: FeeRate = FeeRate::from_sat_per_vb(10_000);
/// Most recipients of one payment.
pub const MAX_RECIPIENTS: usize = 250;
/// The version of the transactions made here.
const TRANSACTION_VERSION: i32 = 2;

/// What is asked of a wallet.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PaymentRequest {
    /// Who gets how much.
    pub recipients: Vec<(Address, Amount)>,
    /// What is paid for its size.
    pub fee_rate: FeeRate,
    /// The coins to spend, all of them; none lets the wallet choose.
    pub coins: Option<Vec<OutPoint>>,
    /// Whether the recipients bear the fee, in equal parts.
    pub subtract_fee: bool,
    /// Whether its inputs say that it may be replaced while it waits (BIP-0125).
    pub replaceable: bool,
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
    /// Whether its inputs say that it may be replaced while it waits (BIP-0125).
    pub replaceable: bool,
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
        /// The rate asked for.
        asked: FeeRate,
        /// The least.
        least: FeeRate,
    },
    /// Surely a slip.
    #[error("a fee of {asked} satoshis a byte is surely a slip, the most is {most}")]
    FeeTooHigh {
        /// The rate asked for.
        asked: FeeRate,
        /// The most.
        most: FeeRate,
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
        /// Of these, those that can be spent first, and in the block of which height.
        next_mature: Option<(Amount, u32)>,
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
            Self::Insufficient { needed, available, immature, next_mature, pending } => {
                let mut facts = vec![
                    ("needed", needed.to_string()),
                    ("available", available.to_string()),
                    ("immature", immature.to_string()),
                    ("pending", pending.to_string()),
                ];
                // Where there is nothing to wait for, there is no such fact.
                if let Some((amount, height)) = next_mature {
                    facts.extend([("maturing", amount.to_string()), ("matures_at", height.to_string())]);
                } else if *pending > Amount::ZERO {
                    facts.push(("waiting", pending.to_string()));
                }
                facts
            }
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
        let sequence = if self.replaceable { TxIn::SEQUENCE_REPLACEABLE } else { TxIn::SEQUENCE_FINAL };
        let inputs = self.inputs.iter().map(|input| TxIn {
            prevout: input.outpoint,
            script_sig: Script::default(),
            sequence,
            witness: Vec::new(),
        });
        let outputs = self
            .outputs
            .iter()
            .map(|output| TxOut { value: output.value, script_pubkey: output.address.script_pubkey() });
        Transaction { version: TRANSACTION_VERSION, inputs: inputs.collect(), outputs: outputs.collect(), lock_time: 0 }
    }
}
