//! Scripts as text: Core's `asm` for reading, and the form of Core's test files for writing.

use super::opcodes::{OP_NOP, OP_RESERVED, Opcode};
use super::{Builder, Script, number, signature};
use crate::ledger::{from_hex, to_hex};

/// A text that is no script.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AsmError {
    /// A word that is no opcode, number, `0x…` or `'…'`.
    #[error("{word:?} is no opcode, number, 0x… or '…'")]
    Word {
        /// The word.
        word: String,
    },
    /// A number beyond 32 bits.
    #[error("{word} is beyond the numbers that a script can be given")]
    Number {
        /// The number as written.
        word: String,
    },
}

impl Script {
    /// Core's `asm`: opcodes by name, pushes of up to four bytes as numbers, longer ones in
    /// hexadecimal, `[error]` where the script can no longer be read.
    pub fn to_asm(&self) -> String {
        self.asm(false)
    }

    /// As [`Script::to_asm`] for an unlocking script: a push that has the form of a signature is
    /// shown without its last byte, the hash type, which follows by name: `3045…[ALL]`.
    pub fn to_asm_with_hash_types(&self) -> String {
        self.asm(true)
    }

    fn asm(&self, decode_hash_types: bool) -> String {
        let decode_hash_types = decode_hash_types && !self.is_unspendable();
        let mut words = Vec::new();
        for instruction in self.instructions() {
            let Ok(instruction) = instruction else {
                words.push("[error]".to_owned());
                break;
            };
            words.push(if !instruction.opcode.is_data_push() {
                instruction.opcode.name().to_owned()
            } else if let Ok(number) = number::decode(instruction.data, false, number::MAX_NUMBER_SIZE) {
                number.to_string()
            } else {
                push_text(instruction.data, decode_hash_types)
            });
        }
        words.join(" ")
    }

    /// Reads the form of Core's test files: words between spaces, each an opcode's name (`OP_`
    /// may be left out), a decimal number, raw bytes as `0x…`, or a text to push as `'…'`.
    ///
    /// # Errors
    /// The first word that is none of these.
    pub fn from_asm(text: &str) -> Result<Self, AsmError> {
        let mut builder = Builder::new();
        for word in text.split_whitespace() {
            builder = add_word(builder, word)?;
        }
        Ok(builder.into_script())
    }
}

fn push_text(data: &[u8], decode_hash_types: bool) -> String {
    match data.split_last() {
        Some((hash_type, der_sig)) if decode_hash_types && signature::is_strict_der(der_sig) => {
            match hash_type_name(*hash_type) {
                Some(name) => format!("{}[{name}]", to_hex(der_sig)),
                None => to_hex(data),
            }
        }
        _ => to_hex(data),
    }
}

/// Core's name of a signature's hash type byte, if it is a known one: `ALL|ANYONECANPAY`.
pub const fn hash_type_name(hash_type: u8) -> Option<&'static str> {
    match hash_type {
        0x01 => Some("ALL"),
        0x02 => Some("NONE"),
        0x03 => Some("SINGLE"),
        0x81 => Some("ALL|ANYONECANPAY"),
        0x82 => Some("NONE|ANYONECANPAY"),
        0x83 => Some("SINGLE|ANYONECANPAY"),
        _ => None,
    }
}

fn add_word(builder: Builder, word: &str) -> Result<Builder, AsmError> {
    let unknown = || AsmError::Word { word: word.to_owned() };
    if let Some(hex) = word.strip_prefix("0x") {
        return Ok(builder.raw(&from_hex(hex).map_err(|_| unknown())?));
    }
    if let Some(quoted) = word.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) {
        return Ok(builder.data(quoted.as_bytes()));
    }
    let digits = word.strip_prefix('-').unwrap_or(word);
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        let limit = i64::from(u32::MAX);
        return match word.parse::<i64>() {
            Ok(number) if (-limit..=limit).contains(&number) => Ok(builder.number(number)),
            _ => Err(AsmError::Number { word: word.to_owned() }),
        };
    }
    // Pushes are written as what they push.
    match Opcode::from_name(word) {
        Some(opcode) if opcode >= OP_NOP || opcode == OP_RESERVED => Ok(builder.opcode(opcode)),
        _ => Err(unknown()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_is_shown_as_core_shows_it() {
        let cases = [
            ("", ""),
            (
                "76a914000000000000000000000000000000000000000088ac",
                "OP_DUP OP_HASH160 0000000000000000000000000000000000000000 OP_EQUALVERIFY OP_CHECKSIG",
            ),
            ("00", "0"),
            ("4f5160", "-1 1 16"),
            ("0101", "1"),
            ("04ffff001d0104", "486604799 4"),
            ("050102030405", "0102030405"),
            ("0180", "0"),
            ("b1b2bbff", "OP_CHECKLOCKTIMEVERIFY OP_CHECKSEQUENCEVERIFY OP_UNKNOWN OP_INVALIDOPCODE"),
            ("5102aa", "1 [error]"),
            ("4c", "[error]"),
        ];
        for (hex, expected) in cases {
            assert_eq!(Script::from_bytes(from_hex(hex).expect("hex")).to_asm(), expected, "{hex}");
        }
    }

    #[test]
    fn a_signature_is_shown_with_its_hash_type() {
        let data = from_hex("300602010102010181").expect("hex");
        let script = Builder::new().data(&data).into_script();
        assert_eq!(script.to_asm(), "300602010102010181");
        assert_eq!(script.to_asm_with_hash_types(), "3006020101020101[ALL|ANYONECANPAY]");
        let unknown = Builder::new().data(&from_hex("300602010102010104").expect("hex")).into_script();
        assert_eq!(unknown.to_asm_with_hash_types(), "300602010102010104");
    }

    #[test]
    fn the_form_of_test_files_is_read() {
        let cases = [
            ("DUP OP_HASH160 0x01 0xff", "76a901ff"),
            ("-1 0 1 16 17 1000 -255", "4f0051600111 02e803 02ff80"),
            ("'Az' ''", "02417a00"),
            ("RESERVED NOP2 CHECKLOCKTIMEVERIFY", "50b1b1"),
            ("4294967295", "05ffffffff00"),
        ];
        for (text, hex) in cases {
            let expected = from_hex(&hex.replace(' ', "")).expect("hex");
            assert_eq!(Script::from_asm(text).map(|script| script.as_bytes().to_vec()), Ok(expected), "{text}");
        }
        for text in ["NOSUCH", "PUSHDATA1", "OP_1", "0x1", "'open", "4294967296", "-"] {
            assert!(Script::from_asm(text).is_err(), "{text}");
        }
    }
}
