//! A script read as instructions: an opcode, and the bytes it pushes if it pushes any.

use super::Script;
use super::opcodes::{OP_0, OP_1NEGATE, OP_PUSHDATA1, OP_PUSHDATA2, OP_PUSHDATA4, Opcode};

/// One instruction of a script.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Instruction<'a> {
    /// Offset of its first byte in the script.
    pub at: usize,
    /// Its opcode.
    pub opcode: Opcode,
    /// The bytes it pushes; empty for what pushes no bytes of the script.
    pub data: &'a [u8],
}

impl Instruction<'_> {
    /// Whether its push is written the shortest way there is (BIP-0062 rule 3, Core `CheckMinimalPush`).
    pub fn is_minimal_push(&self) -> bool {
        let opcode = self.opcode;
        match self.data {
            [] => opcode == OP_0,
            [1..=16 | 0x81] => false,
            data if data.len() <= 75 => usize::from(opcode.0) == data.len(),
            data if data.len() <= 0xff => opcode == OP_PUSHDATA1,
            data if data.len() <= 0xffff => opcode == OP_PUSHDATA2,
            _ => true,
        }
    }
}

/// The script ends inside a push.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the push at byte {at} runs past the script's end")]
pub struct TruncatedPush {
    /// Offset of the push.
    pub at: usize,
}

/// The instructions of a script, in order; ends after the first error.
#[derive(Clone, Debug)]
pub struct Instructions<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Instructions<'a> {
    /// Those of raw bytes.
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// Offset of the next instruction.
    pub const fn position(&self) -> usize {
        self.at
    }

    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let end = self.at.checked_add(count)?;
        let slice = self.bytes.get(self.at..end)?;
        self.at = end;
        Some(slice)
    }

    fn read(&mut self, opcode: Opcode) -> Option<&'a [u8]> {
        let length = match opcode {
            OP_PUSHDATA1 => usize::from(*self.take(1)?.first()?),
            OP_PUSHDATA2 => usize::from(u16::from_le_bytes(self.take(2)?.try_into().ok()?)),
            OP_PUSHDATA4 => usize::try_from(u32::from_le_bytes(self.take(4)?.try_into().ok()?)).ok()?,
            Opcode(length @ 1..=75) => usize::from(length),
            _ => 0,
        };
        self.take(length)
    }
}

impl<'a> Iterator for Instructions<'a> {
    type Item = Result<Instruction<'a>, TruncatedPush>;

    fn next(&mut self) -> Option<Self::Item> {
        let at = self.at;
        let opcode = Opcode(*self.take(1)?.first()?);
        let Some(data) = self.read(opcode) else {
            self.at = self.bytes.len();
            return Some(Err(TruncatedPush { at }));
        };
        Some(Ok(Instruction { at, opcode, data }))
    }
}

/// Puts a script together.
#[derive(Clone, Default, Debug)]
pub struct Builder(Vec<u8>);

impl Builder {
    /// The empty script.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Adds an opcode as it is.
    #[must_use]
    pub fn opcode(mut self, opcode: Opcode) -> Self {
        self.0.push(opcode.0);
        self
    }

    /// Adds a push of `data` with the shortest length prefix.
    ///
    /// As Core's `CScript << bytes`: one byte 1 to 16 is pushed as a byte, not as OP_1 to OP_16.
    #[must_use]
    pub fn data(mut self, data: &[u8]) -> Self {
        push_data(data, &mut self.0);
        self
    }

    /// Adds a push of `data` the shortest way of all (BIP-0062 rule 3): OP_1 for the byte 1.
    #[must_use]
    pub fn minimal_data(self, data: &[u8]) -> Self {
        match data {
            [number @ 1..=16] => self.opcode(Opcode(number + 0x50)),
            [0x81] => self.opcode(OP_1NEGATE),
            _ => self.data(data),
        }
    }

    /// Adds a push of a number the shortest way.
    #[must_use]
    pub fn number(self, number: i64) -> Self {
        let bytes = super::number::encode(number);
        self.minimal_data(&bytes)
    }

    /// Adds raw bytes, whatever they mean.
    #[must_use]
    pub fn raw(mut self, bytes: &[u8]) -> Self {
        self.0.extend_from_slice(bytes);
        self
    }

    /// The script.
    pub fn into_script(self) -> Script {
        Script::from_bytes(self.0)
    }
}

fn push_data(data: &[u8], out: &mut Vec<u8>) {
    match data.len() {
        length @ 0..=75 => out.push(length as u8),
        length @ 76..=0xff => out.extend_from_slice(&[OP_PUSHDATA1.0, length as u8]),
        length @ 0x100..=0xffff => {
            out.push(OP_PUSHDATA2.0);
            out.extend_from_slice(&(length as u16).to_le_bytes());
        }
        length => {
            out.push(OP_PUSHDATA4.0);
            out.extend_from_slice(&(length as u32).to_le_bytes());
        }
    }
    out.extend_from_slice(data);
}

#[cfg(test)]
mod tests {
    use super::super::opcodes::{OP_1, OP_CHECKSIG};
    use super::*;

    #[test]
    fn pushes_of_every_length_are_read_back_and_are_minimal() {
        for length in [0, 2, 75, 76, 255, 256, 520, 0xffff, 0x1_0000] {
            let data = vec![7; length];
            let script = Builder::new().data(&data).opcode(OP_CHECKSIG).into_script();
            let read: Result<Vec<_>, _> = script.instructions().collect();
            let read = read.expect("complete");
            assert_eq!(read.len(), 2);
            assert_eq!(read[0].data, data);
            assert!(read[0].is_minimal_push());
            assert_eq!(read[1].opcode, OP_CHECKSIG);
        }
    }

    #[test]
    fn a_longer_push_than_needed_is_noticed() {
        for bytes in [&[1, 5][..], &[1, 0x81], &[0x4c, 0], &[0x4c, 2, 7, 7], &[0x4d, 1, 0, 7], &[0x4e, 1, 0, 0, 0, 7]] {
            let instruction = Instructions::new(bytes).next().expect("one").expect("complete");
            assert!(!instruction.is_minimal_push(), "{bytes:?}");
        }
    }

    #[test]
    fn a_push_past_the_end_is_an_error_and_ends_the_script() {
        for bytes in [&[2, 7][..], &[0x4c], &[0x4c, 2, 7], &[0x4d, 1], &[0x4e, 0xff, 0xff, 0xff, 0xff, 1]] {
            let mut instructions = Instructions::new(bytes);
            assert_eq!(instructions.next(), Some(Err(TruncatedPush { at: 0 })));
            assert_eq!(instructions.next(), None);
        }
    }

    #[test]
    fn small_numbers_are_single_opcodes() {
        assert_eq!(
            Builder::new().number(0).number(1).number(16).number(-1).into_script().as_bytes(),
            &[0, 0x51, 0x60, 0x4f]
        );
        assert_eq!(Builder::new().number(17).number(-2).into_script().as_bytes(), &[1, 17, 1, 0x82]);
        assert_eq!(Builder::new().data(&[1]).into_script().as_bytes(), &[1, 1]);
        assert_eq!(Builder::new().minimal_data(&[1]).into_script().as_bytes(), &[OP_1.0]);
    }
}
