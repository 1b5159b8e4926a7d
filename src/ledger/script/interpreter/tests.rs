//! Stories of scripts that run, and of how they are shown.

use k256::ecdsa::signature::hazmat::PrehashSigner;
use k256::ecdsa::{Signature, SigningKey};

use super::*;
use crate::ledger::script::opcodes::{OP_0, OP_1, OP_CHECKMULTISIG, OP_CHECKSIG, OP_DUP, OP_EQUALVERIFY, OP_IF};
use crate::ledger::script::{Builder, MAX_ELEMENT_SIZE, MAX_OPS, MAX_STACK_SIZE};
use crate::ledger::sighash::{SIGHASH_ALL, legacy_sighash};
use crate::ledger::{Amount, OutPoint, Transaction, TxIn, TxOut, Txid, hash160};

fn key(seed: u8) -> SigningKey {
    SigningKey::from_slice(&[seed; 32]).expect("in range")
}

fn pubkey(key: &SigningKey) -> Vec<u8> {
    key.verifying_key().to_sec1_point(true).as_bytes().to_vec()
}

fn transaction() -> Transaction {
    let prevout = OutPoint { txid: Txid::hash(b"coin"), vout: 0 };
    Transaction {
        version: 2,
        inputs: vec![TxIn { prevout, script_sig: Script::default(), sequence: 10, witness: Vec::new() }],
        outputs: vec![TxOut { value: Amount::from_sat(1), script_pubkey: Script::default() }],
        lock_time: 100,
    }
}

fn sign(key: &SigningKey, tx: &Transaction, script_code: &Script) -> Vec<u8> {
    let hash = legacy_sighash(tx, 0, script_code, SIGHASH_ALL);
    let signature: Signature = key.sign_prehash(&hash).expect("signs");
    let mut bytes = signature.normalize_s().to_der().as_bytes().to_vec();
    bytes.push(SIGHASH_ALL as u8);
    bytes
}

fn verify_text(script_sig: &str, script_pubkey: &str, flags: Flags) -> Result<(), ScriptError> {
    let read = |text| Script::from_asm(text).expect("valid text");
    let tx = transaction();
    verify_script(&read(script_sig), &read(script_pubkey), flags, &TransactionChecker::new(&tx, 0))
}

#[test]
fn the_key_behind_the_hash_unlocks_and_every_step_is_shown() {
    let (key, tx) = (key(1), transaction());
    let locked = Script::pay_to_pubkey_hash(&hash160(&pubkey(&key)));
    let signature = sign(&key, &tx, &locked);
    let unlocking = Builder::new().data(&signature).data(&pubkey(&key)).into_script();
    let checker = TransactionChecker::new(&tx, 0);
    assert_eq!(verify_script(&unlocking, &locked, Flags::STANDARD, &checker), Ok(()));

    let trace = trace_script(&unlocking, &locked, Flags::STANDARD, &checker);
    assert_eq!(trace.result, Ok(()));
    assert_eq!(trace.steps.len(), 7);
    assert_eq!(trace.steps[1].stack_after, [signature.clone(), pubkey(&key)]);
    assert_eq!((trace.steps[2].part, trace.steps[2].opcode), (Part::ScriptPubkey, OP_DUP));
    let last = &trace.steps[6];
    assert_eq!((last.opcode, last.at), (OP_CHECKSIG, 24));
    assert_eq!(last.stack_after, [vec![1]]);
    assert_eq!(last.checks.len(), 1);
    assert_eq!(last.checks[0].sighash, Some(legacy_sighash(&tx, 0, &locked, SIGHASH_ALL)));
    assert!(last.checks[0].valid);
}

#[test]
fn another_key_fails_at_the_hash_and_the_trace_ends_there() {
    let (own, other, tx) = (key(1), key(2), transaction());
    let locked = Script::pay_to_pubkey_hash(&hash160(&pubkey(&own)));
    let unlocking = Builder::new().data(&sign(&other, &tx, &locked)).data(&pubkey(&other)).into_script();
    let trace = trace_script(&unlocking, &locked, Flags::MANDATORY, &TransactionChecker::new(&tx, 0));
    assert_eq!(trace.result, Err(ScriptError::Equalverify));
    let last = trace.steps.last().expect("there are steps");
    assert_eq!((last.opcode, last.error), (OP_EQUALVERIFY, Some(ScriptError::Equalverify)));
    assert_eq!(last.stack_after.len(), 4, "the stack that it failed on");
}

#[test]
fn a_changed_output_breaks_the_signature() {
    let (key, mut tx) = (key(1), transaction());
    let locked = Script::pay_to_pubkey(&pubkey(&key));
    let unlocking = Builder::new().data(&sign(&key, &tx, &locked)).into_script();
    let verdict = |tx: &Transaction, flags| verify_script(&unlocking, &locked, flags, &TransactionChecker::new(tx, 0));
    assert_eq!(verdict(&tx, Flags::NONE), Ok(()));
    tx.outputs[0].value = Amount::from_sat(2);
    assert_eq!(verdict(&tx, Flags::NONE), Err(ScriptError::EvalFalse));
    assert_eq!(verdict(&tx, Flags::NULLFAIL), Err(ScriptError::SigNullfail));
    assert_eq!(
        verify_script(&unlocking, &locked, Flags::NONE, &TransactionChecker::new(&tx, 1)),
        Err(ScriptError::EvalFalse),
        "an input that is not there verifies nothing"
    );
}

#[test]
fn two_of_three_behind_a_script_hash() {
    let keys = [key(1), key(2), key(3)];
    let tx = transaction();
    let redeem = keys
        .iter()
        .fold(Builder::new().number(2), |builder, key| builder.data(&pubkey(key)))
        .number(3)
        .opcode(OP_CHECKMULTISIG)
        .into_script();
    let locked = Script::pay_to_script_hash(&hash160(redeem.as_bytes()));
    let unlock = |signers: [usize; 2], dummy| {
        let signatures = signers.iter().map(|signer| sign(&keys[*signer], &tx, &redeem));
        let builder = signatures.fold(Builder::new().opcode(dummy), |builder, signature| builder.data(&signature));
        let unlocking = builder.data(redeem.as_bytes()).into_script();
        verify_script(&unlocking, &locked, Flags::MANDATORY, &TransactionChecker::new(&tx, 0))
    };
    for signers in [[0, 1], [0, 2], [1, 2]] {
        assert_eq!(unlock(signers, OP_0), Ok(()), "{signers:?}");
    }
    for signers in [[1, 0], [2, 1], [1, 1]] {
        assert_eq!(unlock(signers, OP_0), Err(ScriptError::EvalFalse), "{signers:?}: not in the keys' order");
    }
    assert_eq!(unlock([0, 1], OP_1), Err(ScriptError::SigNulldummy));
}

#[test]
fn the_limits_are_inclusive() {
    let tx = transaction();
    let checker = TransactionChecker::new(&tx, 0);
    let verdict = |script: &Script| verify_script(&Script::default(), script, Flags::NONE, &checker);
    let nops = |count: usize| Script::from_bytes([vec![0x61; count], vec![0x51]].concat());
    assert_eq!(verdict(&nops(MAX_OPS)), Ok(()));
    assert_eq!(verdict(&nops(MAX_OPS + 1)), Err(ScriptError::OpCount));
    let pushes = |count: usize| Script::from_bytes(vec![0x51; count]);
    assert_eq!(verdict(&pushes(MAX_STACK_SIZE)), Ok(()));
    assert_eq!(verdict(&pushes(MAX_STACK_SIZE + 1)), Err(ScriptError::StackSize));
    let element = |size: usize| Builder::new().data(&vec![1; size]).into_script();
    assert_eq!(verdict(&element(MAX_ELEMENT_SIZE)), Ok(()));
    assert_eq!(verdict(&element(MAX_ELEMENT_SIZE + 1)), Err(ScriptError::PushSize));
    let skipped = Builder::new().opcode(OP_0).opcode(OP_IF).data(&[1; MAX_ELEMENT_SIZE + 1]).into_script();
    assert_eq!(verdict(&skipped), Err(ScriptError::PushSize), "in a branch not taken, too");
}

#[test]
fn a_lock_time_in_the_script_holds_the_transaction_back() {
    let flags = Flags::CHECKLOCKTIMEVERIFY;
    assert_eq!(verify_text("1", "100 CHECKLOCKTIMEVERIFY", flags), Ok(()));
    assert_eq!(verify_text("1", "101 CHECKLOCKTIMEVERIFY", flags), Err(ScriptError::UnsatisfiedLocktime));
    assert_eq!(verify_text("1", "-1 CHECKLOCKTIMEVERIFY", flags), Err(ScriptError::NegativeLocktime));
    assert_eq!(verify_text("1", "500000000 CHECKLOCKTIMEVERIFY", flags), Err(ScriptError::UnsatisfiedLocktime));
    assert_eq!(verify_text("1", "101 CHECKLOCKTIMEVERIFY", Flags::NONE), Ok(()));
}

#[test]
fn a_relative_lock_time_in_the_script_holds_the_input_back() {
    let flags = Flags::CHECKSEQUENCEVERIFY;
    assert_eq!(verify_text("1", "10 CHECKSEQUENCEVERIFY", flags), Ok(()));
    assert_eq!(verify_text("1", "11 CHECKSEQUENCEVERIFY", flags), Err(ScriptError::UnsatisfiedLocktime));
    assert_eq!(verify_text("1", "4194304 CHECKSEQUENCEVERIFY", flags), Err(ScriptError::UnsatisfiedLocktime));
    assert_eq!(verify_text("1", "2147483648 CHECKSEQUENCEVERIFY", flags), Ok(()));
}

#[test]
fn branches_not_taken_are_shown_as_such() {
    let locked = Script::from_asm("0 IF RETURN ELSE 7 ENDIF").expect("valid text");
    let tx = transaction();
    let trace = trace_script(&Script::default(), &locked, Flags::NONE, &TransactionChecker::new(&tx, 0));
    assert_eq!(trace.result, Ok(()));
    let executed: Vec<bool> = trace.steps.iter().map(|step| step.executed).collect();
    assert_eq!(executed, [true, true, false, true, true, true]);
}
