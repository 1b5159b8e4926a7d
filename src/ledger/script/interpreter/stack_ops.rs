//! Opcodes that only move, copy or drop elements.

use super::ScriptError;
use super::engine::Engine;
use crate::ledger::script::number;
use crate::ledger::script::opcodes::{
    OP_2DROP, OP_2DUP, OP_2OVER, OP_2ROT, OP_2SWAP, OP_3DUP, OP_DEPTH, OP_DROP, OP_DUP, OP_FROMALTSTACK, OP_IFDUP,
    OP_NIP, OP_OVER, OP_PICK, OP_ROLL, OP_ROT, OP_SIZE, OP_SWAP, OP_TOALTSTACK, OP_TUCK, Opcode,
};

impl Engine<'_> {
    pub(super) fn stack_op(&mut self, opcode: Opcode) -> Result<(), ScriptError> {
        match opcode {
            OP_TOALTSTACK => {
                let element = self.stack.pop()?;
                self.alt_stack.push(element);
                Ok(())
            }
            OP_FROMALTSTACK => {
                let element = self.alt_stack.pop().map_err(|_| ScriptError::InvalidAltstackOperation)?;
                self.stack.push(element);
                Ok(())
            }
            OP_DROP => self.stack.drop_top(1),
            OP_2DROP => self.stack.drop_top(2),
            OP_DUP => self.stack.copy(0, 1),
            OP_2DUP => self.stack.copy(1, 2),
            OP_3DUP => self.stack.copy(2, 3),
            OP_OVER => self.stack.copy(1, 1),
            OP_2OVER => self.stack.copy(3, 2),
            OP_ROT => self.stack.raise(2, 1),
            OP_2ROT => self.stack.raise(5, 2),
            OP_SWAP => self.stack.raise(1, 1),
            OP_2SWAP => self.stack.raise(3, 2),
            OP_PICK | OP_ROLL => self.pick_or_roll(opcode),
            OP_NIP => {
                self.stack.raise(1, 1)?;
                self.stack.drop_top(1)
            }
            OP_TUCK => {
                self.stack.need(2)?;
                self.stack.copy(0, 1)?;
                self.stack.sink(2)
            }
            OP_IFDUP => {
                if number::is_true(self.stack.top(0)?) {
                    self.stack.copy(0, 1)?;
                }
                Ok(())
            }
            OP_DEPTH => {
                self.stack.push_number(self.stack.len() as i64);
                Ok(())
            }
            OP_SIZE => {
                self.stack.push_number(self.stack.top(0)?.len() as i64);
                Ok(())
            }
            _ => Err(ScriptError::BadOpcode),
        }
    }

    fn pick_or_roll(&mut self, opcode: Opcode) -> Result<(), ScriptError> {
        self.stack.need(2)?;
        let depth = usize::try_from(self.pop_number()?).map_err(|_| ScriptError::InvalidStackOperation)?;
        if opcode == OP_PICK { self.stack.copy(depth, 1) } else { self.stack.raise(depth, 1) }
    }
}
