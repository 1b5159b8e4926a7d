//! What happened while a script ran, for showing it step by step.

use super::ScriptError;
use crate::ledger::script::opcodes::Opcode;

/// Which of an input's scripts a step belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// The unlocking script.
    ScriptSig,
    /// The locking script.
    ScriptPubkey,
    /// The script behind a script hash (BIP-0016).
    RedeemScript,
}

/// One signature compared with one key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SignatureCheck {
    /// The public key as it was on the stack.
    pub pubkey: Vec<u8>,
    /// The signature as it was on the stack, its hash type as last byte.
    pub signature: Vec<u8>,
    /// The hash it had to sign; none if the signature is empty or the key has no valid form.
    pub sighash: Option<[u8; 32]>,
    /// Whether it does.
    pub valid: bool,
}

/// One instruction that was reached.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    /// The script it stands in.
    pub part: Part,
    /// Offset of its first byte there.
    pub at: usize,
    /// Its opcode.
    pub opcode: Opcode,
    /// The bytes it pushes, if it pushes any of the script.
    pub data: Vec<u8>,
    /// False in the branch of an OP_IF that was not taken.
    pub executed: bool,
    /// The stack after it, the top last; where it failed, the stack it failed on.
    pub stack_after: Vec<Vec<u8>>,
    /// The other stack after it, likewise.
    pub alt_stack_after: Vec<Vec<u8>>,
    /// The signatures it checked, in order.
    pub checks: Vec<SignatureCheck>,
    /// Why the script failed at it, if it did.
    pub error: Option<ScriptError>,
}

/// A run of an input's scripts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Trace {
    /// Every instruction reached, in order.
    pub steps: Vec<Step>,
    /// The verdict, the same as [`verify_script`](super::verify_script) gives.
    pub result: Result<(), ScriptError>,
}
