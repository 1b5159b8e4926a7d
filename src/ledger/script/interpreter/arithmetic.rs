//! Opcodes that calculate with numbers and compare them.

use super::ScriptError;
use super::engine::Engine;
use crate::ledger::script::number::{self, MAX_NUMBER_SIZE};
use crate::ledger::script::opcodes::{
    OP_0NOTEQUAL, OP_1ADD, OP_1SUB, OP_ABS, OP_ADD, OP_BOOLAND, OP_BOOLOR, OP_EQUAL, OP_EQUALVERIFY, OP_GREATERTHAN,
    OP_GREATERTHANOREQUAL, OP_LESSTHAN, OP_LESSTHANOREQUAL, OP_MAX, OP_MIN, OP_NEGATE, OP_NOT, OP_NUMEQUAL,
    OP_NUMEQUALVERIFY, OP_NUMNOTEQUAL, OP_SUB, OP_WITHIN, Opcode,
};

impl Engine<'_> {
    /// Takes a number of at most four bytes off the stack.
    pub(super) fn pop_number(&mut self) -> Result<i64, ScriptError> {
        let element = self.stack.pop()?;
        number::decode(&element, self.require_minimal(), MAX_NUMBER_SIZE)
    }

    pub(super) fn arithmetic_op(&mut self, opcode: Opcode) -> Result<(), ScriptError> {
        match opcode {
            OP_EQUAL | OP_EQUALVERIFY => self.equal(opcode),
            OP_1ADD | OP_1SUB | OP_NEGATE | OP_ABS | OP_NOT | OP_0NOTEQUAL => self.unary(opcode),
            OP_WITHIN => self.within(),
            _ => self.binary(opcode),
        }
    }

    fn equal(&mut self, opcode: Opcode) -> Result<(), ScriptError> {
        self.stack.need(2)?;
        let equal = self.stack.pop()? == self.stack.pop()?;
        if opcode == OP_EQUAL {
            self.stack.push_bool(equal);
            return Ok(());
        }
        if equal { Ok(()) } else { Err(ScriptError::Equalverify) }
    }

    // Four bytes leave room: no result here exceeds five.
    fn unary(&mut self, opcode: Opcode) -> Result<(), ScriptError> {
        let value = self.pop_number()?;
        self.stack.push_number(match opcode {
            OP_1ADD => value + 1,
            OP_1SUB => value - 1,
            OP_NEGATE => -value,
            OP_ABS => value.abs(),
            OP_NOT => i64::from(value == 0),
            OP_0NOTEQUAL => i64::from(value != 0),
            _ => return Err(ScriptError::BadOpcode),
        });
        Ok(())
    }

    fn binary(&mut self, opcode: Opcode) -> Result<(), ScriptError> {
        self.stack.need(2)?;
        let second = self.pop_number()?;
        let first = self.pop_number()?;
        let result = match opcode {
            OP_ADD => first + second,
            OP_SUB => first - second,
            OP_MIN => first.min(second),
            OP_MAX => first.max(second),
            OP_BOOLAND => i64::from(first != 0 && second != 0),
            OP_BOOLOR => i64::from(first != 0 || second != 0),
            OP_NUMEQUAL => i64::from(first == second),
            OP_NUMNOTEQUAL => i64::from(first != second),
            OP_LESSTHAN => i64::from(first < second),
            OP_GREATERTHAN => i64::from(first > second),
            OP_LESSTHANOREQUAL => i64::from(first <= second),
            OP_GREATERTHANOREQUAL => i64::from(first >= second),
            OP_NUMEQUALVERIFY if first == second => return Ok(()),
            OP_NUMEQUALVERIFY => return Err(ScriptError::Numequalverify),
            _ => return Err(ScriptError::BadOpcode),
        };
        self.stack.push_number(result);
        Ok(())
    }

    fn within(&mut self) -> Result<(), ScriptError> {
        self.stack.need(3)?;
        let end = self.pop_number()?;
        let start = self.pop_number()?;
        let value = self.pop_number()?;
        self.stack.push_bool((start..end).contains(&value));
        Ok(())
    }
}
