//! What a pay-to-public-key-hash input's signature covers: its parts, the bytes that are hashed field by field, and
//! the transaction that changed bytes would make.

use super::ecdsa::verify_ecdsa;
use super::keys::PublicKey;
use super::signature::Signature;
use crate::ledger::sighash::{SIGHASH_ANYONECANPAY, SIGHASH_NONE, SIGHASH_SINGLE, preimage};
use crate::ledger::{Script, Transaction, decode_exact, hash160, sha256d};

/// The bits of a hash type that tell the three kinds apart.
const KIND_MASK: u32 = 0x1f;

/// An input's unlocking script, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedInput {
    /// The signature.
    pub signature: Signature,
    /// Its hash type, `SIGHASH_ALL` and so on.
    pub hash_type: u32,
    /// The public key beside it.
    pub public_key: PublicKey,
    /// The lock it opens: that of the public key's hash.
    pub script_code: Script,
}

/// Takes an input apart; none where it is not a signature and a public key.
pub fn signed_input(tx: &Transaction, input: usize) -> Option<SignedInput> {
    let script = tx.inputs.get(input)?.script_sig.as_bytes();
    let (signature, rest) = pushed(script)?;
    let (key, rest) = pushed(rest)?;
    if !rest.is_empty() {
        return None;
    }
    let (hash_type, der) = signature.split_last()?;
    Some(SignedInput {
        signature: Signature::from_der(der).ok()?,
        hash_type: u32::from(*hash_type),
        public_key: PublicKey::from_bytes(key).ok()?,
        script_code: Script::pay_to_pubkey_hash(&hash160(key)),
    })
}

fn pushed(script: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = script.split_first()?;
    (1..=75).contains(length).then(|| rest.split_at_checked(usize::from(*length)))?
}

/// A field of the bytes that are hashed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HashedField {
    /// Its name, such as `prevout` or `amount`.
    pub name: &'static str,
    /// Which input or output it belongs to, from 0.
    pub index: Option<usize>,
    /// How many bytes it has.
    pub length: usize,
}

/// The fields of [`preimage`], in order; their lengths add up to its length. Empty where that is empty.
pub fn hashed_fields(tx: &Transaction, input: usize, script_code: &Script, hash_type: u32) -> Vec<HashedField> {
    let whole = preimage(tx, input, script_code, hash_type).len();
    if whole == 0 {
        return Vec::new();
    }
    let mut fields = Vec::new();
    let mut add =
        |name: &'static str, index: Option<usize>, length: usize| fields.push(HashedField { name, index, length });
    let size = |count: usize| match count {
        0..=0xfc => 1,
        0xfd..=0xffff => 3,
        _ => 5,
    };
    let alone = hash_type & SIGHASH_ANYONECANPAY != 0;
    add("version", None, 4);
    add("input_count", None, size(if alone { 1 } else { tx.inputs.len() }));
    for index in (0..tx.inputs.len()).filter(|index| !alone || *index == input) {
        add("prevout", Some(index), 36);
        if index == input {
            let script = script_code.as_bytes().len();
            add("script_code", Some(index), size(script) + script);
        } else {
            add("script_empty", Some(index), 1);
        }
        add("sequence", Some(index), 4);
    }
    let outputs = match hash_type & KIND_MASK {
        SIGHASH_NONE => 0,
        SIGHASH_SINGLE => input + 1,
        _ => tx.outputs.len(),
    };
    add("output_count", None, size(outputs));
    for (index, output) in tx.outputs.iter().enumerate().take(outputs) {
        let blank = hash_type & KIND_MASK == SIGHASH_SINGLE && index != input;
        let script = if blank { 0 } else { output.script_pubkey.as_bytes().len() };
        add("amount", Some(index), 8);
        add("script_pubkey", Some(index), size(script) + script);
    }
    add("lock_time", None, 4);
    add("hash_type", None, 4);
    fields
}

/// Whether the signature holds for these bytes, hashed twice.
pub fn holds_for(signed: &SignedInput, bytes: &[u8]) -> bool {
    verify_ecdsa(&signed.public_key, &sha256d(bytes), &signed.signature)
}

/// The transaction that changed bytes of a `SIGHASH_ALL` preimage would make, with the unlocking scripts put back;
/// none where they are no transaction any more.
pub fn transaction_of(bytes: &[u8], original: &Transaction) -> Option<Transaction> {
    let without_type = bytes.split_last_chunk::<4>()?.0;
    let mut changed: Transaction = decode_exact(without_type).ok()?;
    if changed.inputs.len() != original.inputs.len() {
        return None;
    }
    for (input, before) in changed.inputs.iter_mut().zip(&original.inputs) {
        input.script_sig = before.script_sig.clone();
    }
    Some(changed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::sighash::SIGHASH_ALL;
    use crate::ledger::{Amount, OutPoint, Txid};
    use crate::wallet::PrivateKey;
    use crate::wallet::single_spend::{LockedCoin, spend_with};

    fn payment() -> Transaction {
        let key = PrivateKey::from_bytes(&[5; 32]).expect("in range");
        let script = Script::pay_to_pubkey_hash(&key.public_key().hash());
        let coin = LockedCoin {
            outpoint: OutPoint { txid: Txid::hash(b"coin"), vout: 1 },
            value: Amount::from_sat(50_000),
            script_pubkey: script.clone(),
        };
        spend_with(&coin, &key, script, Amount::from_sat(1_000)).expect("worth the fee").transaction
    }

    #[test]
    fn a_signature_holds_for_the_bytes_it_covers_and_for_no_others() {
        let tx = payment();
        let signed = signed_input(&tx, 0).expect("a signature and a key");
        let bytes = preimage(&tx, 0, &signed.script_code, signed.hash_type);
        assert!(holds_for(&signed, &bytes));
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert!(!holds_for(&signed, &changed), "byte {at}");
        }
        assert_eq!(transaction_of(&bytes, &tx).map(|again| again.txid()), Some(tx.txid()));
        assert_eq!(signed_input(&tx, 1), None);
        assert_eq!(transaction_of(&bytes[..10], &tx), None);
    }

    #[test]
    fn the_fields_are_all_the_bytes_for_every_hash_type() {
        let mut tx = payment();
        let second = tx.inputs.first().cloned().expect("one");
        tx.inputs.push(second);
        let output = tx.outputs.first().cloned().expect("one");
        tx.outputs.extend([output.clone(), output]);
        let script = signed_input(&tx, 0).expect("signed").script_code;
        for kind in [SIGHASH_ALL, SIGHASH_NONE, SIGHASH_SINGLE] {
            for hash_type in [kind, kind | SIGHASH_ANYONECANPAY] {
                for input in 0..2 {
                    let fields = hashed_fields(&tx, input, &script, hash_type);
                    let length: usize = fields.iter().map(|field| field.length).sum();
                    assert_eq!(length, preimage(&tx, input, &script, hash_type).len(), "{hash_type:#x} {input}");
                }
            }
        }
        assert!(hashed_fields(&tx, 9, &script, SIGHASH_ALL).is_empty());
    }
}
