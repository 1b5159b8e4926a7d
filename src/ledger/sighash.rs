//! The signature hash: what exactly a signature signs.
//!
//! The transaction is written again with every unlocking script emptied, save that of the input
//! being signed, which holds the script being satisfied; the hash type is appended, and that is
//! hashed twice. The hash type says which inputs and outputs are left in, so that a signer may
//! leave them to others.

use super::encoding::{encode_compact_size, encode_var_bytes};
use super::{Encodable, Script, Transaction, TxIn, sha256d};

/// Signs all inputs and all outputs.
pub const SIGHASH_ALL: u32 = 1;
/// Signs all inputs and no output: anyone may say where the coins go.
pub const SIGHASH_NONE: u32 = 2;
/// Signs all inputs and the output of the same index.
pub const SIGHASH_SINGLE: u32 = 3;
/// Added to another: signs its own input only, so that others may add theirs.
pub const SIGHASH_ANYONECANPAY: u32 = 0x80;

/// The bits of the hash type that tell the three kinds apart.
const KIND_MASK: u32 = 0x1f;

/// The hash that a signature of `input` signs.
///
/// `script_code` is the script being satisfied: the spent output's, or the one behind its script
/// hash. `hash_type` is hashed whole, though a signature carries only its lowest byte.
///
/// For [`SIGHASH_SINGLE`] without an output of that index, and for an input that is not there, it
/// is the number 1: a mistake of the first version that is a rule now.
pub fn legacy_sighash(tx: &Transaction, input: usize, script_code: &Script, hash_type: u32) -> [u8; 32] {
    if is_out_of_range(tx, input, hash_type) {
        let mut one = [0; 32];
        one[0] = 1;
        return one;
    }
    sha256d(&preimage(tx, input, script_code, hash_type))
}

/// The bytes that [`legacy_sighash`] hashes twice; empty where it hashes nothing.
pub fn preimage(tx: &Transaction, input: usize, script_code: &Script, hash_type: u32) -> Vec<u8> {
    let mut out = Vec::new();
    if is_out_of_range(tx, input, hash_type) {
        return out;
    }
    let anyone_can_pay = hash_type & SIGHASH_ANYONECANPAY != 0;
    out.extend_from_slice(&tx.version.to_le_bytes());
    encode_compact_size(if anyone_can_pay { 1 } else { tx.inputs.len() as u64 }, &mut out);
    for (index, other) in tx.inputs.iter().enumerate() {
        if index == input {
            encode_input(other, &script_code.without_code_separators(), other.sequence, &mut out);
        } else if !anyone_can_pay {
            // Who leaves outputs to others lets them change their sequence numbers, too.
            let leaves_outputs = matches!(hash_type & KIND_MASK, SIGHASH_NONE | SIGHASH_SINGLE);
            encode_input(other, &[], if leaves_outputs { 0 } else { other.sequence }, &mut out);
        }
    }
    encode_outputs(tx, input, hash_type, &mut out);
    out.extend_from_slice(&tx.lock_time.to_le_bytes());
    out.extend_from_slice(&hash_type.to_le_bytes());
    out
}

fn is_out_of_range(tx: &Transaction, input: usize, hash_type: u32) -> bool {
    input >= tx.inputs.len() || (hash_type & KIND_MASK == SIGHASH_SINGLE && input >= tx.outputs.len())
}

fn encode_input(input: &TxIn, script: &[u8], sequence: u32, out: &mut Vec<u8>) {
    input.prevout.encode(out);
    encode_var_bytes(script, out);
    out.extend_from_slice(&sequence.to_le_bytes());
}

fn encode_outputs(tx: &Transaction, input: usize, hash_type: u32, out: &mut Vec<u8>) {
    match hash_type & KIND_MASK {
        SIGHASH_NONE => encode_compact_size(0, out),
        SIGHASH_SINGLE => {
            encode_compact_size(input as u64 + 1, out);
            for _ in 0..input {
                // A blank output: the amount −1 and an empty script.
                out.extend_from_slice(&u64::MAX.to_le_bytes());
                encode_var_bytes(&[], out);
            }
            if let Some(output) = tx.outputs.get(input) {
                output.encode(out);
            }
        }
        _ => {
            encode_compact_size(tx.outputs.len() as u64, out);
            for output in &tx.outputs {
                output.encode(out);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{Amount, OutPoint, TxOut, Txid};

    fn transaction() -> Transaction {
        let input = |vout, sequence| TxIn {
            prevout: OutPoint { txid: Txid::hash(b"coin"), vout },
            script_sig: Script::from_bytes(vec![0x51]),
            sequence,
            witness: Vec::new(),
        };
        let output = |sat| TxOut { value: Amount::from_sat(sat), script_pubkey: Script::from_bytes(vec![0x52]) };
        Transaction {
            version: 2,
            inputs: vec![input(0, 7), input(1, 8)],
            outputs: vec![output(10), output(20)],
            lock_time: 9,
        }
    }

    fn hash(tx: &Transaction, hash_type: u32) -> [u8; 32] {
        legacy_sighash(tx, 1, &Script::from_bytes(vec![0xac]), hash_type)
    }

    /// Which of the five changes below a hash type notices.
    fn notices(hash_type: u32) -> [bool; 5] {
        let changes: [fn(&mut Transaction); 5] = [
            |tx| tx.inputs[0].prevout.vout = 5,
            |tx| tx.inputs[0].sequence = 5,
            |tx| tx.outputs[0].value = Amount::from_sat(5),
            |tx| tx.outputs[1].value = Amount::from_sat(5),
            |tx| tx.inputs[0].script_sig = Script::default(),
        ];
        changes.map(|change| {
            let mut tx = transaction();
            change(&mut tx);
            hash(&tx, hash_type) != hash(&transaction(), hash_type)
        })
    }

    #[test]
    fn each_hash_type_signs_what_it_says() {
        let cases = [
            (SIGHASH_ALL, [true, true, true, true, false]),
            (SIGHASH_NONE, [true, false, false, false, false]),
            (SIGHASH_SINGLE, [true, false, false, true, false]),
            (SIGHASH_ALL | SIGHASH_ANYONECANPAY, [false, false, true, true, false]),
            (SIGHASH_NONE | SIGHASH_ANYONECANPAY, [false; 5]),
            (SIGHASH_SINGLE | SIGHASH_ANYONECANPAY, [false, false, false, true, false]),
        ];
        for (hash_type, expected) in cases {
            assert_eq!(notices(hash_type), expected, "{hash_type:#x}");
        }
    }

    #[test]
    fn single_without_its_output_signs_the_number_one() {
        let mut tx = transaction();
        tx.outputs.truncate(1);
        let mut one = [0; 32];
        one[0] = 1;
        assert_eq!(hash(&tx, SIGHASH_SINGLE), one);
        assert_eq!(hash(&tx, SIGHASH_SINGLE | SIGHASH_ANYONECANPAY), one);
        assert!(preimage(&tx, 1, &Script::default(), SIGHASH_SINGLE).is_empty());
        assert_eq!(legacy_sighash(&tx, 2, &Script::default(), SIGHASH_ALL), one);
    }

    #[test]
    fn the_signed_bytes_end_in_the_whole_hash_type() {
        let bytes = preimage(&transaction(), 0, &Script::default(), 0x1234_5601);
        assert!(bytes.ends_with(&[9, 0, 0, 0, 1, 0x56, 0x34, 0x12]));
    }
}
