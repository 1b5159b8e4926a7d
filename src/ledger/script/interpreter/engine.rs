//! One script's run: instruction by instruction, within the limits, branches taken or not.

use super::{Flags, Part, ScriptError, SignatureCheck, Stack, Step, TransactionChecker};
use crate::ledger::script::number::{self, MAX_NUMBER_SIZE, is_true};
use crate::ledger::script::opcodes::*;
use crate::ledger::script::{Instruction, MAX_ELEMENT_SIZE, MAX_OPS, MAX_SCRIPT_SIZE, MAX_STACK_SIZE, Script};

/// A script while it runs.
pub(super) struct Engine<'a> {
    part: Part,
    script: &'a Script,
    pub(super) flags: Flags,
    pub(super) checker: &'a TransactionChecker<'a>,
    pub(super) stack: Stack,
    pub(super) alt_stack: Stack,
    /// For each OP_IF that is open, whether its current branch runs.
    branches: Vec<bool>,
    pub(super) op_count: usize,
    /// Where the script that is signed starts: after the last OP_CODESEPARATOR that ran.
    code_start: usize,
    /// The last signature hash computed, with what it was computed for.
    pub(super) last_sighash: Option<(Script, u8, [u8; 32])>,
    steps: &'a mut Option<Vec<Step>>,
    checks: Vec<SignatureCheck>,
}

impl<'a> Engine<'a> {
    pub(super) fn new(
        part: Part,
        script: &'a Script,
        flags: Flags,
        checker: &'a TransactionChecker<'a>,
        stack: Stack,
        steps: &'a mut Option<Vec<Step>>,
    ) -> Self {
        Self {
            part,
            script,
            flags,
            checker,
            stack,
            alt_stack: Stack::default(),
            branches: Vec::new(),
            op_count: 0,
            code_start: 0,
            last_sighash: None,
            steps,
            checks: Vec::new(),
        }
    }

    /// Runs to the end and gives back the stack.
    pub(super) fn run(mut self) -> Result<Stack, ScriptError> {
        if self.script.as_bytes().len() > MAX_SCRIPT_SIZE {
            return Err(ScriptError::ScriptSize);
        }
        let script = self.script;
        let mut instructions = script.instructions();
        while let Some(read) = instructions.next() {
            let instruction = read.map_err(|_| ScriptError::BadOpcode)?;
            let next = instructions.position();
            if self.steps.is_some() {
                self.traced_step(instruction, next)?;
            } else {
                self.step(instruction, next)?;
            }
        }
        if self.branches.is_empty() { Ok(self.stack) } else { Err(ScriptError::UnbalancedConditional) }
    }

    fn traced_step(&mut self, instruction: Instruction<'_>, next: usize) -> Result<(), ScriptError> {
        let executing_before = self.is_executing();
        let (stack, alt_stack) = (self.stack.clone(), self.alt_stack.clone());
        let result = self.step(instruction, next);
        let (stack, alt_stack) = if result.is_ok() { (&self.stack, &self.alt_stack) } else { (&stack, &alt_stack) };
        let step = Step {
            part: self.part,
            at: instruction.at,
            opcode: instruction.opcode,
            data: instruction.data.to_vec(),
            // OP_ELSE and OP_ENDIF run where either side of them does.
            executed: executing_before || self.is_executing(),
            stack_after: stack.elements().to_vec(),
            alt_stack_after: alt_stack.elements().to_vec(),
            checks: std::mem::take(&mut self.checks),
            error: result.err(),
        };
        if let Some(steps) = self.steps.as_mut() {
            steps.push(step);
        }
        result
    }

    fn is_executing(&self) -> bool {
        self.branches.iter().all(|taken| *taken)
    }

    pub(super) fn require_minimal(&self) -> bool {
        self.flags.contains(Flags::MINIMALDATA)
    }

    /// Keeps a signature check for the step that made it.
    pub(super) fn note_check(&mut self, check: impl FnOnce() -> SignatureCheck) {
        if self.steps.is_some() {
            self.checks.push(check());
        }
    }

    /// The part of the script that signatures sign.
    pub(super) fn script_code(&self) -> Script {
        Script::from_bytes(self.script.as_bytes().get(self.code_start..).unwrap_or_default().to_vec())
    }

    fn step(&mut self, instruction: Instruction<'_>, next: usize) -> Result<(), ScriptError> {
        let opcode = instruction.opcode;
        // These hold in branches not taken, too.
        if instruction.data.len() > MAX_ELEMENT_SIZE {
            return Err(ScriptError::PushSize);
        }
        if !opcode.is_push() {
            self.op_count += 1;
            if self.op_count > MAX_OPS {
                return Err(ScriptError::OpCount);
            }
        }
        if opcode.is_disabled() {
            return Err(ScriptError::DisabledOpcode);
        }
        if opcode == OP_CODESEPARATOR && self.flags.contains(Flags::CONST_SCRIPTCODE) {
            return Err(ScriptError::OpCodeseparator);
        }

        let executing = self.is_executing();
        if (OP_IF..=OP_ENDIF).contains(&opcode) {
            self.control_op(opcode, executing)?;
        } else if executing && opcode.is_data_push() {
            if self.require_minimal() && !instruction.is_minimal_push() {
                return Err(ScriptError::Minimaldata);
            }
            self.stack.push(instruction.data.to_vec());
        } else if executing {
            self.execute(opcode, next)?;
        }
        if self.stack.len() + self.alt_stack.len() > MAX_STACK_SIZE { Err(ScriptError::StackSize) } else { Ok(()) }
    }

    /// OP_IF to OP_ENDIF, which count in branches not taken, too.
    fn control_op(&mut self, opcode: Opcode, executing: bool) -> Result<(), ScriptError> {
        match opcode {
            OP_IF | OP_NOTIF => {
                let mut taken = false;
                if executing {
                    taken = is_true(&self.stack.pop()?) == (opcode == OP_IF);
                }
                self.branches.push(taken);
            }
            OP_ELSE => {
                let branch = self.branches.last_mut().ok_or(ScriptError::UnbalancedConditional)?;
                *branch = !*branch;
            }
            OP_ENDIF => {
                self.branches.pop().ok_or(ScriptError::UnbalancedConditional)?;
            }
            // OP_VERIF and OP_VERNOTIF.
            _ => return Err(ScriptError::BadOpcode),
        }
        Ok(())
    }

    fn execute(&mut self, opcode: Opcode, next: usize) -> Result<(), ScriptError> {
        if let Some(number) = opcode.small_number() {
            self.stack.push_number(number.into());
            return Ok(());
        }
        let is_between = |first: Opcode, last: Opcode| (first..=last).contains(&opcode);
        match opcode {
            OP_1NEGATE => self.stack.push_number(-1),
            OP_NOP => {}
            OP_CHECKLOCKTIMEVERIFY => return self.check_lock_time_verify(),
            OP_CHECKSEQUENCEVERIFY => return self.check_sequence_verify(),
            OP_NOP1 | OP_NOP4 | OP_NOP5 | OP_NOP6 | OP_NOP7 | OP_NOP8 | OP_NOP9 | OP_NOP10 => {
                if self.flags.contains(Flags::DISCOURAGE_UPGRADABLE_NOPS) {
                    return Err(ScriptError::DiscourageUpgradableNops);
                }
            }
            OP_VERIFY => {
                if !is_true(self.stack.top(0)?) {
                    return Err(ScriptError::Verify);
                }
                self.stack.drop_top(1)?;
            }
            OP_RETURN => return Err(ScriptError::OpReturn),
            OP_SIZE => return self.stack_op(opcode),
            _ if is_between(OP_TOALTSTACK, OP_TUCK) => return self.stack_op(opcode),
            OP_EQUAL | OP_EQUALVERIFY => return self.arithmetic_op(opcode),
            _ if is_between(OP_1ADD, OP_WITHIN) => return self.arithmetic_op(opcode),
            _ if is_between(OP_RIPEMD160, OP_HASH256) => return self.hash_op(opcode),
            OP_CODESEPARATOR => self.code_start = next,
            OP_CHECKSIG | OP_CHECKSIGVERIFY => return self.check_sig(opcode),
            OP_CHECKMULTISIG | OP_CHECKMULTISIGVERIFY => return self.check_multisig(opcode),
            _ => return Err(ScriptError::BadOpcode),
        }
        Ok(())
    }

    /// The top element as a lock time, which may have five bytes; it stays there, as the NOP
    /// that this was would leave it.
    fn peek_lock_time(&self) -> Result<i64, ScriptError> {
        let lock_time = number::decode(self.stack.top(0)?, self.require_minimal(), MAX_NUMBER_SIZE + 1)?;
        if lock_time < 0 { Err(ScriptError::NegativeLocktime) } else { Ok(lock_time) }
    }

    fn check_lock_time_verify(&self) -> Result<(), ScriptError> {
        if !self.flags.contains(Flags::CHECKLOCKTIMEVERIFY) {
            return Ok(());
        }
        let lock_time = self.peek_lock_time()?;
        if self.checker.check_lock_time(lock_time) { Ok(()) } else { Err(ScriptError::UnsatisfiedLocktime) }
    }

    fn check_sequence_verify(&self) -> Result<(), ScriptError> {
        if !self.flags.contains(Flags::CHECKSEQUENCEVERIFY) {
            return Ok(());
        }
        let sequence = self.peek_lock_time()?;
        let disabled = sequence & i64::from(super::SEQUENCE_LOCKTIME_DISABLE_FLAG) != 0;
        if disabled || self.checker.check_sequence(sequence) { Ok(()) } else { Err(ScriptError::UnsatisfiedLocktime) }
    }
}
