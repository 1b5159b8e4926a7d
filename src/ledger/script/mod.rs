//! Scripts: the small programs that lock coins and unlock them.
//!
//! An output's locking script says what must be shown to spend it; an input's unlocking script
//! shows it. [`interpreter::verify_script`] runs one after the other.

pub mod asm;
pub mod instruction;
pub mod interpreter;
pub mod number;
pub mod opcodes;
pub mod signature;
pub mod template;
pub mod witness;

use std::fmt;

use super::encoding::to_hex;
pub use asm::AsmError;
pub use instruction::{Builder, Instruction, Instructions, TruncatedPush};
use opcodes::{
    OP_CHECKMULTISIG, OP_CHECKMULTISIGVERIFY, OP_CHECKSIG, OP_CHECKSIGVERIFY, OP_INVALIDOPCODE, OP_NOP10, OP_RETURN,
};
pub use template::StandardType;
pub use witness::WitnessProgram;

/// Most bytes of a script that can run (Core `MAX_SCRIPT_SIZE`).
pub const MAX_SCRIPT_SIZE: usize = 10_000;
/// Most bytes of one stack element (Core `MAX_SCRIPT_ELEMENT_SIZE`).
pub const MAX_ELEMENT_SIZE: usize = 520;
/// Most operations of one script, pushes aside (Core `MAX_OPS_PER_SCRIPT`).
pub const MAX_OPS: usize = 201;
/// Most keys of one multisignature (Core `MAX_PUBKEYS_PER_MULTISIG`).
pub const MAX_MULTISIG_KEYS: usize = 20;
/// Most elements on both stacks together (Core `MAX_STACK_SIZE`).
pub const MAX_STACK_SIZE: usize = 1_000;

/// A script's bytes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Script(Vec<u8>);

impl Script {
    /// From raw bytes, valid or not.
    pub const fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// The raw bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Its instructions, in order.
    pub fn instructions(&self) -> Instructions<'_> {
        Instructions::new(&self.0)
    }

    /// Whether it only pushes (BIP-0016: what the unlocking script of a script hash must do).
    pub fn is_push_only(&self) -> bool {
        self.instructions().all(|read| read.is_ok_and(|instruction| instruction.opcode.is_push()))
    }

    /// Whether no unlocking script can ever satisfy it, so that its coin need not be kept
    /// (Core `IsUnspendable`).
    pub fn is_unspendable(&self) -> bool {
        self.0.first() == Some(&OP_RETURN.0) || self.0.len() > MAX_SCRIPT_SIZE
    }

    /// Whether it can be read to its end, has known opcodes only, and pushes nothing too large
    /// (Core `HasValidOps`).
    pub fn has_valid_ops(&self) -> bool {
        self.instructions().all(|read| {
            read.is_ok_and(|instruction| {
                instruction.opcode.0 <= OP_NOP10.0 && instruction.data.len() <= MAX_ELEMENT_SIZE
            })
        })
    }

    /// Signature checks in it, as blocks are limited by them (Core `GetSigOpCount`).
    ///
    /// A multisignature counts as 20, or with `accurate` as the keys that a small number just
    /// before it announces. Counting ends where the script can no longer be read.
    pub fn sigop_count(&self, accurate: bool) -> usize {
        let mut count = 0;
        let mut before = OP_INVALIDOPCODE;
        for instruction in self.instructions() {
            let Ok(Instruction { opcode, .. }) = instruction else { break };
            count += match opcode {
                OP_CHECKSIG | OP_CHECKSIGVERIFY => 1,
                OP_CHECKMULTISIG | OP_CHECKMULTISIGVERIFY => match before.small_number() {
                    Some(keys @ 1..) if accurate => usize::from(keys),
                    _ => MAX_MULTISIG_KEYS,
                },
                _ => 0,
            };
            before = opcode;
        }
        count
    }

    /// Signature checks that spending this with `script_sig` runs: of a script hash those of the
    /// script behind it, counted accurately (BIP-0016); of anything else none beyond its own.
    pub fn p2sh_sigop_count(&self, script_sig: &Self) -> usize {
        if self.script_hash().is_none() {
            return 0;
        }
        script_sig.redeem_script().map_or(0, |redeem| redeem.sigop_count(true))
    }

    /// The script that an unlocking script reveals for a script hash: its last push, if it only pushes.
    pub fn redeem_script(&self) -> Option<Self> {
        let mut last: &[u8] = &[];
        for instruction in self.instructions() {
            let instruction = instruction.ok().filter(|read| read.opcode.is_push())?;
            last = instruction.data;
        }
        Some(Self(last.to_vec()))
    }

    /// Removes every occurrence of the bytes `part` that starts where an instruction starts, and
    /// tells how many there were (Core `FindAndDelete`).
    pub(crate) fn find_and_delete(&mut self, part: &[u8]) -> usize {
        if part.is_empty() {
            return 0;
        }
        let mut found = 0;
        let mut kept = Vec::with_capacity(self.0.len());
        let mut at = 0;
        loop {
            while self.0.get(at..).is_some_and(|rest| rest.starts_with(part)) {
                at += part.len();
                found += 1;
            }
            let rest = self.0.get(at..).unwrap_or_default();
            let mut instructions = Instructions::new(rest);
            let Some(Ok(_)) = instructions.next() else {
                kept.extend_from_slice(rest);
                break;
            };
            let length = instructions.position();
            kept.extend_from_slice(rest.get(..length).unwrap_or_default());
            at += length;
        }
        if found > 0 {
            self.0 = kept;
        }
        found
    }

    /// The script without its OP_CODESEPARATORs, as signatures sign it.
    pub(crate) fn without_code_separators(&self) -> Vec<u8> {
        let mut kept = Vec::with_capacity(self.0.len());
        let mut instructions = self.instructions();
        let mut start = 0;
        while let Some(Ok(instruction)) = instructions.next() {
            if instruction.opcode == opcodes::OP_CODESEPARATOR {
                kept.extend_from_slice(self.0.get(start..instruction.at).unwrap_or_default());
                start = instructions.position();
            }
        }
        kept.extend_from_slice(self.0.get(start..).unwrap_or_default());
        kept
    }
}

impl fmt::Debug for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Script({})", to_hex(&self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::opcodes::*;
    use super::*;

    fn script(text: &str) -> Script {
        Script::from_asm(text).expect("valid text")
    }

    #[test]
    fn signature_checks_are_counted_as_core_does() {
        let multisig =
            script("2 0x21 0x020000000000000000000000000000000000000000000000000000000000000001 3 CHECKMULTISIG");
        assert_eq!(multisig.sigop_count(false), 20);
        assert_eq!(multisig.sigop_count(true), 3);
        assert_eq!(script("CHECKSIG CHECKSIGVERIFY CHECKMULTISIGVERIFY").sigop_count(true), 22);
        assert_eq!(script("0 CHECKMULTISIG").sigop_count(true), 20);
        assert_eq!(script("CHECKSIG 0x4c 0x05 CHECKSIG").sigop_count(true), 1, "counting ends at the broken push");
    }

    #[test]
    fn the_checks_behind_a_script_hash_are_counted_by_the_unlocking_script() {
        let redeem = script("2 CHECKMULTISIG CHECKSIG");
        let locked = Script::pay_to_script_hash(&crate::ledger::hash160(redeem.as_bytes()));
        let unlocking = Builder::new().opcode(OP_0).data(redeem.as_bytes()).into_script();
        assert_eq!(locked.sigop_count(true), 0);
        assert_eq!(locked.p2sh_sigop_count(&unlocking), 3);
        assert_eq!(locked.p2sh_sigop_count(&script("NOP")), 0);
        assert_eq!(redeem.p2sh_sigop_count(&unlocking), 0);
    }

    #[test]
    fn only_whole_instructions_are_deleted() {
        let cases = [
            ("1 2 3", "2", "1 3", 1),
            ("2 2 2", "2", "", 3),
            ("0x02 0x5252 2", "2", "0x02 0x5252", 1),
            ("0x03 0xff0203 0x03 0xff0203", "0x03 0xff0203", "", 2),
            ("0x02 0xfeed 0x51", "0x51", "0x02 0xfeed", 1),
            ("1 2", "", "1 2", 0),
            ("0x05 0x01", "0x01", "0x05 0x01", 0),
        ];
        for (text, part, expected, count) in cases {
            let mut changed = script(text);
            assert_eq!(changed.find_and_delete(script(part).as_bytes()), count, "{text} - {part}");
            assert_eq!(changed, script(expected), "{text} - {part}");
        }
    }

    #[test]
    fn code_separators_are_removed_where_they_are_instructions() {
        let all = script("CODESEPARATOR 1 CODESEPARATOR 0x01 0xab CODESEPARATOR");
        assert_eq!(all.without_code_separators(), script("1 0x01 0xab").as_bytes());
    }

    #[test]
    fn push_only_ends_at_the_first_operation() {
        assert!(script("0 1 16 'abc' RESERVED").is_push_only());
        assert!(!script("1 NOP").is_push_only());
        assert!(!script("0x02 0x01").is_push_only());
        assert!(Script::default().is_push_only());
    }
}
