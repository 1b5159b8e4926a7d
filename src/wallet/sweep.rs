//! Sweeping: all coins of a key that is not the wallet's, like that of a paper wallet, are paid to an address that is.
//!
//! The key is used once and kept nowhere. What it can spend is found by whoever has the coins.

use super::coin_selection::{DUST_LIMIT, MAX_INPUTS, P2PK_INPUT_SIZE, P2PKH_INPUT_SIZE, transaction_size};
use super::single_spend::LockedCoin;
use super::wallet::push;
use crate::keys::address::Address;
use crate::keys::ecdsa::sign_ecdsa;
use crate::keys::keys::{PrivateKey, PublicKey};
use crate::ledger::sighash::{SIGHASH_ALL, legacy_sighash};
use crate::ledger::{Amount, Script, Transaction, TxIn, TxOut};

/// Bytes that an uncompressed public key is longer than a compressed one.
const UNCOMPRESSED_MORE: usize = 32;

/// A sweep worked out, not signed yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SweepPlan {
    /// The public key whose coins these are, in the form that its coins were locked to.
    pub key: PublicKey,
    /// The coins it spends, largest first.
    pub coins: Vec<LockedCoin>,
    /// Coins that cost more than they are worth, or are over the limit of one payment.
    pub left_out: usize,
    /// Who gets it.
    pub to: Address,
    /// How much.
    pub value: Amount,
    /// What is left to the miner.
    pub fee: Amount,
    /// Most bytes of the signed transaction.
    pub size: usize,
}

/// Why a key's coins cannot be swept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SweepError {
    /// There are none.
    #[error("there is nothing to sweep")]
    Nothing,
    /// The fee leaves less than is worth sending.
    #[error(
        "there is {found}; the fee of {fee} would leave less than {least}, which is too little to be worth sending"
    )]
    Dust {
        /// What the coins are worth.
        found: Amount,
        /// The fee.
        fee: Amount,
        /// The least that nodes relay.
        least: Amount,
    },
}

impl SweepError {
    /// A stable name of the rule that was broken.
    pub fn rule(&self) -> &'static str {
        match self {
            Self::Nothing => "sweep-nothing",
            Self::Dust { .. } => "sweep-dust",
        }
    }

    /// The facts, named, for a translated text. Amounts are in coins.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Nothing => Vec::new(),
            Self::Dust { found, fee, least } => {
                vec![("found", found.to_string()), ("fee", fee.to_string()), ("least", least.to_string())]
            }
        }
    }
}

/// Works out how these coins of a key go to an address. `fee` is what so many bytes cost.
///
/// # Errors
/// Any [`SweepError`].
pub fn plan_sweep(
    key: &PublicKey,
    mut coins: Vec<LockedCoin>,
    to: Address,
    fee: impl Fn(usize) -> Amount,
) -> Result<SweepPlan, SweepError> {
    if coins.is_empty() {
        return Err(SweepError::Nothing);
    }
    coins.sort_by_key(|coin| (std::cmp::Reverse(coin.value), coin.outpoint));
    let (count, all) = (coins.len(), total(&coins));
    let cost = |coins: &[LockedCoin]| {
        let bytes = coins.iter().map(|coin| input_size(key, coin)).sum();
        let size = transaction_size(coins.len(), bytes, 1);
        (size, fee(size))
    };
    let whole = cost(&coins).1;
    coins.retain(|coin| coin.value > fee(input_size(key, coin)));
    coins.truncate(MAX_INPUTS);
    let (size, fee) = cost(&coins);
    let value = total(&coins).checked_sub(fee).filter(|value| *value >= DUST_LIMIT);
    let value = value.ok_or(SweepError::Dust {
        found: all,
        fee: if coins.is_empty() { whole } else { fee },
        least: DUST_LIMIT,
    })?;
    Ok(SweepPlan { key: *key, left_out: count - coins.len(), coins, to, value, fee, size })
}

fn total(coins: &[LockedCoin]) -> Amount {
    // Coins that exist never add up to more than the limit.
    Amount::sum(coins.iter().map(|coin| coin.value)).unwrap_or(Amount::from_sat(crate::ledger::MAX_MONEY))
}

/// Most bytes of an input that spends a coin with this key.
fn input_size(key: &PublicKey, coin: &LockedCoin) -> usize {
    match coin.script_pubkey.pay_to_pubkey_key() {
        Some(_) => P2PK_INPUT_SIZE,
        None if key.is_compressed() => P2PKH_INPUT_SIZE,
        None => P2PKH_INPUT_SIZE + UNCOMPRESSED_MORE,
    }
}

impl SweepPlan {
    /// What the coins are worth.
    pub fn found(&self) -> Amount {
        total(&self.coins)
    }

    /// The transaction before it is signed.
    pub fn unsigned_transaction(&self) -> Transaction {
        let inputs = self.coins.iter().map(|coin| TxIn {
            prevout: coin.outpoint,
            script_sig: Script::default(),
            sequence: TxIn::SEQUENCE_FINAL,
            witness: Vec::new(),
        });
        let outputs = vec![TxOut { value: self.value, script_pubkey: self.to.script_pubkey() }];
        Transaction { version: 2, inputs: inputs.collect(), outputs, lock_time: 0 }
    }

    /// Signs it with `SIGHASH_ALL`; none if that is another key.
    pub fn sign(&self, key: &PrivateKey) -> Option<Transaction> {
        if key.public_key() != self.key {
            return None;
        }
        let mut tx = self.unsigned_transaction();
        let mut scripts = Vec::with_capacity(self.coins.len());
        for (at, coin) in self.coins.iter().enumerate() {
            let mut signature = sign_ecdsa(key, &legacy_sighash(&tx, at, &coin.script_pubkey, SIGHASH_ALL)).to_der();
            signature.push(SIGHASH_ALL as u8);
            let mut script = Vec::with_capacity(140);
            push(&signature, &mut script);
            if coin.script_pubkey.pay_to_pubkey_key().is_none() {
                push(&self.key.to_bytes(), &mut script);
            }
            scripts.push(Script::from_bytes(script));
        }
        for (input, script) in tx.inputs.iter_mut().zip(scripts) {
            input.script_sig = script;
        }
        debug_assert!(tx.vsize() <= self.size, "sizes are planned with the longest signatures");
        Some(tx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{OutPoint, Params, Txid};

    fn coins(key: &PublicKey, values: &[u64]) -> Vec<LockedCoin> {
        (0..)
            .zip(values)
            .map(|(vout, value)| LockedCoin {
                outpoint: OutPoint { txid: Txid::hash(b"paper"), vout },
                value: Amount::from_sat(*value),
                script_pubkey: Script::pay_to_pubkey_hash(&key.hash()),
            })
            .collect()
    }

    fn at_two_satoshis(size: usize) -> Amount {
        Amount::from_sat(size as u64 * 2)
    }

    #[test]
    fn all_that_is_worth_its_fee_goes_to_one_address() {
        let params = Params::regtest();
        for compressed in [true, false] {
            let key = PrivateKey::from_bytes(&[9; 32]).expect("in range").with_compression(compressed);
            let public = key.public_key();
            let to = Address::p2pkh(public.hash(), &params);
            let plan = plan_sweep(&public, coins(&public, &[200, 5_000, 70_000]), to, at_two_satoshis).expect("enough");
            assert_eq!((plan.coins.len(), plan.left_out, plan.found().to_sat()), (2, 1, 75_000));
            let input = if compressed { 148 } else { 180 };
            assert_eq!(plan.size, 10 + 2 * input + 34);
            assert_eq!(plan.value.to_sat(), 75_000 - 2 * plan.size as u64);
            let tx = plan.sign(&key).expect("its key");
            assert!(tx.vsize() <= plan.size && tx.vsize() + 8 > plan.size, "{} {}", tx.vsize(), plan.size);
            assert_eq!(plan.sign(&key.with_compression(!compressed)), None, "the other form has other coins");
        }
    }

    #[test]
    fn nothing_and_too_little_are_told() {
        let key = PrivateKey::from_bytes(&[9; 32]).expect("in range").public_key();
        let to = Address::p2pkh(key.hash(), &Params::regtest());
        assert_eq!(plan_sweep(&key, Vec::new(), to, at_two_satoshis), Err(SweepError::Nothing));
        for values in [&[900][..], &[100, 200]] {
            let error = plan_sweep(&key, coins(&key, values), to, at_two_satoshis).expect_err("too little");
            assert_eq!(error.rule(), "sweep-dust", "{values:?}");
        }
        let many = plan_sweep(&key, coins(&key, &[10_000; 501]), to, at_two_satoshis).expect("enough");
        assert_eq!((many.coins.len(), many.left_out), (MAX_INPUTS, 1));
    }
}
