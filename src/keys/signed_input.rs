//! What a pay-to-public-key-hash input's signature covers: its parts, the bytes that are hashed field by field, and
//! the transaction that changed bytes would make.

use super::ecdsa::verify_ecdsa;
use super::keys::PublicKey;
use super::signature::Signature;
use crate::ledger::sighash::{SIGHASH_ANYONECANPAY, SIGHASH_NONE, SIGHASH_SINGLE};
use crate::ledger::{Encodable, Script, Transaction, decode_exact, encode_compact_size, hash160, sha256d};

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
    /// Its bytes; a script's with its length before it.
    pub bytes: Vec<u8>,
}

/// The fields of [`preimage`](crate::ledger::sighash::preimage), in order; their bytes one after the other are its bytes. Empty where that is empty.
pub fn hashed_fields(tx: &Transaction, input: usize, script_code: &Script, hash_type: u32) -> Vec<HashedField> {
    let kind = hash_type & KIND_MASK;
    if input >= tx.inputs.len() || (kind == SIGHASH_SINGLE && input >= tx.outputs.len()) {
        return Vec::new();
    }
    let mut fields = Vec::new();
    let mut add = |name: &'static str, index: Option<usize>, bytes: Vec<u8>| {
        fields.push(HashedField { name, index, bytes });
    };
    let alone = hash_type & SIGHASH_ANYONECANPAY != 0;
    add("version", None, tx.version.to_le_bytes().to_vec());
    add("input_count", None, counted(if alone { 1 } else { tx.inputs.len() }));
    for (index, other) in tx.inputs.iter().enumerate().filter(|(index, _)| !alone || *index == input) {
        add("prevout", Some(index), other.prevout.to_bytes());
        let mut sequence = other.sequence;
        if index == input {
            add("script_code", Some(index), sized(&script_code.without_code_separators()));
        } else {
            add("script_empty", Some(index), sized(&[]));
            // Who leaves outputs to others lets them change their sequence numbers, too.
            if matches!(kind, SIGHASH_NONE | SIGHASH_SINGLE) {
                sequence = 0;
            }
        }
        add("sequence", Some(index), sequence.to_le_bytes().to_vec());
    }
    let outputs = match kind {
        SIGHASH_NONE => 0,
        SIGHASH_SINGLE => input + 1,
        _ => tx.outputs.len(),
    };
    add("output_count", None, counted(outputs));
    for (index, output) in tx.outputs.iter().enumerate().take(outputs) {
        // Of the outputs that are left open the amount is −1 and the script empty.
        let blank = kind == SIGHASH_SINGLE && index != input;
        let (amount, script) =
            if blank { (u64::MAX, &[][..]) } else { (output.value.to_sat(), output.script_pubkey.as_bytes()) };
        add("amount", Some(index), amount.to_le_bytes().to_vec());
        add("script_pubkey", Some(index), sized(script));
    }
    add("lock_time", None, tx.lock_time.to_le_bytes().to_vec());
    add("hash_type", None, hash_type.to_le_bytes().to_vec());
    fields
}

/// A count, as Bitcoin writes it.
fn counted(count: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    encode_compact_size(count as u64, &mut bytes);
    bytes
}

/// A script with its length before it.
fn sized(script: &[u8]) -> Vec<u8> {
    let mut bytes = counted(script.len());
    bytes.extend_from_slice(script);
    bytes
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
    use crate::keys::PrivateKey;
    use crate::ledger::sighash::{SIGHASH_ALL, preimage};
    use crate::ledger::{Amount, OutPoint, Txid};
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
                    let bytes: Vec<u8> = fields.into_iter().flat_map(|field| field.bytes).collect();
                    assert_eq!(bytes, preimage(&tx, input, &script, hash_type), "{hash_type:#x} {input}");
                }
            }
        }
        assert!(hashed_fields(&tx, 9, &script, SIGHASH_ALL).is_empty());
        assert!(hashed_fields(&tx, 1, &script, SIGHASH_SINGLE | 0x40).iter().any(|field| field.name == "hash_type"));
    }

    #[test]
    fn counts_and_lengths_above_252_take_three_bytes() {
        let mut tx = payment();
        let input = tx.inputs.first().cloned().expect("one");
        let output = tx.outputs.first().cloned().expect("one");
        tx.inputs = vec![input; 300];
        tx.outputs = vec![output; 253];
        let long = Script::from_bytes(vec![0x51; 300]);
        tx.outputs[0].script_pubkey = long.clone();
        for at in [0, 252, 299] {
            let fields = hashed_fields(&tx, at, &long, SIGHASH_ALL);
            let field = |name: &str| &fields.iter().find(|field| field.name == name).expect("it is there").bytes;
            assert_eq!(field("input_count"), &[0xfd, 0x2c, 0x01]);
            assert_eq!(field("output_count"), &[0xfd, 0xfd, 0x00]);
            assert_eq!(field("script_code")[..3], [0xfd, 0x2c, 0x01]);
            assert_eq!(field("script_pubkey")[..3], [0xfd, 0x2c, 0x01]);
            let bytes: Vec<u8> = fields.iter().flat_map(|field| field.bytes.clone()).collect();
            assert_eq!(bytes, preimage(&tx, at, &long, SIGHASH_ALL));
        }
    }
}
