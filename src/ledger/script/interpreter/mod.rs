//! Runs scripts: an unlocking script, then the locking script on the stack it left.
//!
//! The rules are those of Bitcoin Core for scripts without segregated witness. A witness program
//! is run as the plain pushes it is, as nodes before BIP-0141 do; of its witness only the form is
//! looked at ([`WitnessProgram::check_form`]).
//!
//! Each group of opcodes has its file: flow, limits and lock times are in `engine`, moving elements
//! in `stack_ops`, numbers in `arithmetic`, hashes and signatures in `crypto`.

mod arithmetic;
mod checker;
mod crypto;
mod engine;
mod error;
mod flags;
mod stack;
mod stack_ops;
#[cfg(test)]
mod tests;
mod trace;

pub use checker::{LOCKTIME_THRESHOLD, TransactionChecker};
pub use checker::{SEQUENCE_LOCKTIME_DISABLE_FLAG, SEQUENCE_LOCKTIME_MASK, SEQUENCE_LOCKTIME_TYPE_FLAG};
pub use error::ScriptError;
pub use flags::Flags;
pub use trace::{Part, SignatureCheck, Step, Trace};

use super::number::is_true;
use super::{Script, WitnessProgram};
use engine::Engine;
use stack::Stack;

/// Whether `script_sig`, in the input that `checker` knows, may spend what `script_pubkey` locks.
///
/// Where that is a witness program which [needs execution](WitnessProgram::needs_execution), success
/// means only that nothing else stands against it.
///
/// # Errors
/// The first rule that it breaks.
pub fn verify_script(
    script_sig: &Script,
    script_pubkey: &Script,
    flags: Flags,
    checker: &TransactionChecker<'_>,
) -> Result<(), ScriptError> {
    verify(script_sig, script_pubkey, flags, checker, &mut None)
}

/// As [`verify_script`], noting every step and the stack after it.
pub fn trace_script(
    script_sig: &Script,
    script_pubkey: &Script,
    flags: Flags,
    checker: &TransactionChecker<'_>,
) -> Trace {
    let mut steps = Some(Vec::new());
    let result = verify(script_sig, script_pubkey, flags, checker, &mut steps);
    Trace { steps: steps.unwrap_or_default(), result }
}

fn verify(
    script_sig: &Script,
    script_pubkey: &Script,
    flags: Flags,
    checker: &TransactionChecker<'_>,
    steps: &mut Option<Vec<Step>>,
) -> Result<(), ScriptError> {
    if flags.contains(Flags::SIGPUSHONLY) && !script_sig.is_push_only() {
        return Err(ScriptError::SigPushonly);
    }
    let mut run = |part, script: &Script, stack| Engine::new(part, script, flags, checker, stack, steps).run();

    let unlocked = run(Part::ScriptSig, script_sig, Stack::default())?;
    let pay_to_script_hash = flags.contains(Flags::P2SH) && script_pubkey.script_hash().is_some();
    let for_redeem_script = pay_to_script_hash.then(|| unlocked.clone());
    let mut stack = run(Part::ScriptPubkey, script_pubkey, unlocked)?;
    require_true(&stack)?;

    if let Some(mut unlocked) = for_redeem_script {
        if !script_sig.is_push_only() {
            return Err(ScriptError::SigPushonly);
        }
        let redeem_script = Script::from_bytes(unlocked.pop()?);
        stack = run(Part::RedeemScript, &redeem_script, unlocked)?;
        require_true(&stack)?;
    }
    let program = if flags.contains(Flags::WITNESS) { WitnessProgram::spent(script_sig, script_pubkey) } else { None };
    if let Some(program) = program {
        // What is left on the stack is the program itself.
        return program.check_form(script_sig, checker.witness());
    }
    if flags.contains(Flags::CLEANSTACK) && stack.len() != 1 {
        return Err(ScriptError::Cleanstack);
    }
    if flags.contains(Flags::WITNESS) && !checker.witness().is_empty() {
        return Err(ScriptError::WitnessUnexpected);
    }
    Ok(())
}

fn require_true(stack: &Stack) -> Result<(), ScriptError> {
    match stack.top(0) {
        Ok(top) if is_true(top) => Ok(()),
        _ => Err(ScriptError::EvalFalse),
    }
}
