//! A transaction that spends one coin with one key, whether or not the coin is that key's: for showing what the rules
//! say to it.

use super::wallet::push;
use crate::keys::ecdsa::{sign_ecdsa, verify_ecdsa};
use crate::keys::keys::PrivateKey;
use crate::ledger::sighash::{SIGHASH_ALL, legacy_sighash};
use crate::ledger::{Amount, OutPoint, Script, Transaction, TxIn, TxOut};

/// A coin: where it is, its value, and the script that locks it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockedCoin {
    /// Where it is.
    pub outpoint: OutPoint,
    /// Its value.
    pub value: Amount,
    /// Its lock.
    pub script_pubkey: Script,
}

/// A spending transaction, and whether its signature holds for the key that made it.
#[derive(Clone, Debug, PartialEq)]
pub struct SingleSpend {
    /// The transaction.
    pub transaction: Transaction,
    /// Whether the signature verifies with the public key beside it.
    pub signature_holds: bool,
}

/// Spends a coin to a script with this key, paying `fee`; none where the coin is not worth the fee.
pub fn spend_with(coin: &LockedCoin, key: &PrivateKey, to: Script, fee: Amount) -> Option<SingleSpend> {
    let value = coin.value.checked_sub(fee)?;
    let input = TxIn {
        prevout: coin.outpoint,
        script_sig: Script::default(),
        sequence: TxIn::SEQUENCE_FINAL,
        witness: Vec::new(),
    };
    let outputs = vec![TxOut { value, script_pubkey: to }];
    let mut transaction = Transaction { version: 2, inputs: vec![input], outputs, lock_time: 0 };
    let hash = legacy_sighash(&transaction, 0, &coin.script_pubkey, SIGHASH_ALL);
    let signature = sign_ecdsa(key, &hash);
    let signature_holds = verify_ecdsa(&key.public_key(), &hash, &signature);
    let mut bytes = signature.to_der();
    bytes.push(SIGHASH_ALL as u8);
    let mut script_sig = Vec::new();
    push(&bytes, &mut script_sig);
    push(&key.public_key().to_bytes(), &mut script_sig);
    transaction.inputs.first_mut()?.script_sig = Script::from_bytes(script_sig);
    Some(SingleSpend { transaction, signature_holds })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::Address;
    use crate::keys::signed_input::signed_input;
    use crate::ledger::script::interpreter::{Flags, TransactionChecker, verify_script};
    use crate::ledger::{Params, Txid};

    #[test]
    fn a_key_of_either_form_spends_the_coins_of_its_own_address_and_not_of_the_other() {
        let params = Params::regtest();
        let wif = "91avARGdfge8E4tZfYLoxeJ5sGBdNJQH4kvjJoQFacc6xVKZXV1";
        let long = PrivateKey::from_wif(wif, &params).expect("a key");
        let short = long.clone().with_compression(true);
        for (key, size, opens) in [(&long, 65, true), (&short, 33, false)] {
            let coin = LockedCoin {
                outpoint: OutPoint { txid: Txid::hash(b"coin"), vout: 0 },
                value: Amount::from_sat(50_000),
                script_pubkey: Address::parse("mvV3PBKGZHP8dHsvP8quNQuC8yuvPnpoSE", &params)
                    .expect("valid")
                    .script_pubkey(),
            };
            let spend = spend_with(&coin, key, Script::default(), Amount::from_sat(1_000)).expect("worth the fee");
            assert!(spend.signature_holds, "for the key it does");
            let tx = &spend.transaction;
            assert_eq!(signed_input(tx, 0).map(|signed| signed.public_key.to_bytes().len()), Some(size));
            let unlocking = &tx.inputs[0].script_sig;
            let ran = verify_script(unlocking, &coin.script_pubkey, Flags::STANDARD, &TransactionChecker::new(tx, 0));
            assert_eq!(ran.is_ok(), opens, "{ran:?}");
        }
    }
}
