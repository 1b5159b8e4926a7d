//! The instructions of Script, by number (Core `opcodetype`).
//!
//! Bytes 1 to 75 push that many of the bytes that follow. What was switched off in 2010 still has
//! its name here, so that it can be shown and refused.

/// One instruction's number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Opcode(pub u8);

macro_rules! opcodes {
    ($($(#[$doc:meta])* $name:ident = $value:literal;)*) => {
        $($(#[$doc])* pub const $name: Opcode = Opcode($value);)*

        const fn name_of(value: u8) -> Option<&'static str> {
            match value {
                $($value => Some(stringify!($name)),)*
                _ => None,
            }
        }
    };
}

opcodes! {
    /// Pushes the empty element, which is the number 0 and is false.
    OP_0 = 0x00;
    /// Pushes the bytes behind a one-byte length.
    OP_PUSHDATA1 = 0x4c;
    /// Pushes the bytes behind a two-byte length.
    OP_PUSHDATA2 = 0x4d;
    /// Pushes the bytes behind a four-byte length.
    OP_PUSHDATA4 = 0x4e;
    /// Pushes −1.
    OP_1NEGATE = 0x4f;
    /// Fails if executed.
    OP_RESERVED = 0x50;
    /// Pushes 1, which is true.
    OP_1 = 0x51;
    /// Pushes 2.
    OP_2 = 0x52;
    /// Pushes 3.
    OP_3 = 0x53;
    /// Pushes 4.
    OP_4 = 0x54;
    /// Pushes 5.
    OP_5 = 0x55;
    /// Pushes 6.
    OP_6 = 0x56;
    /// Pushes 7.
    OP_7 = 0x57;
    /// Pushes 8.
    OP_8 = 0x58;
    /// Pushes 9.
    OP_9 = 0x59;
    /// Pushes 10.
    OP_10 = 0x5a;
    /// Pushes 11.
    OP_11 = 0x5b;
    /// Pushes 12.
    OP_12 = 0x5c;
    /// Pushes 13.
    OP_13 = 0x5d;
    /// Pushes 14.
    OP_14 = 0x5e;
    /// Pushes 15.
    OP_15 = 0x5f;
    /// Pushes 16.
    OP_16 = 0x60;
    /// Does nothing.
    OP_NOP = 0x61;
    /// Fails if executed.
    OP_VER = 0x62;
    /// Runs what follows if the top is true; removes it.
    OP_IF = 0x63;
    /// Runs what follows if the top is false; removes it.
    OP_NOTIF = 0x64;
    /// Fails wherever it stands.
    OP_VERIF = 0x65;
    /// Fails wherever it stands.
    OP_VERNOTIF = 0x66;
    /// Runs what follows if the part before was not run.
    OP_ELSE = 0x67;
    /// Ends an OP_IF.
    OP_ENDIF = 0x68;
    /// Fails unless the top is true; removes it.
    OP_VERIFY = 0x69;
    /// Fails: what is locked so can never be spent, and may carry data.
    OP_RETURN = 0x6a;
    /// Moves the top to the other stack.
    OP_TOALTSTACK = 0x6b;
    /// Moves the other stack's top back.
    OP_FROMALTSTACK = 0x6c;
    /// Removes two.
    OP_2DROP = 0x6d;
    /// Copies the top two.
    OP_2DUP = 0x6e;
    /// Copies the top three.
    OP_3DUP = 0x6f;
    /// Copies the third and fourth to the top.
    OP_2OVER = 0x70;
    /// Moves the fifth and sixth to the top.
    OP_2ROT = 0x71;
    /// Swaps the top two pairs.
    OP_2SWAP = 0x72;
    /// Copies the top if it is true.
    OP_IFDUP = 0x73;
    /// Pushes how many elements there are.
    OP_DEPTH = 0x74;
    /// Removes the top.
    OP_DROP = 0x75;
    /// Copies the top.
    OP_DUP = 0x76;
    /// Removes the second.
    OP_NIP = 0x77;
    /// Copies the second to the top.
    OP_OVER = 0x78;
    /// Copies the n-th to the top.
    OP_PICK = 0x79;
    /// Moves the n-th to the top.
    OP_ROLL = 0x7a;
    /// Moves the third to the top.
    OP_ROT = 0x7b;
    /// Swaps the top two.
    OP_SWAP = 0x7c;
    /// Copies the top below the second.
    OP_TUCK = 0x7d;
    /// Switched off in 2010.
    OP_CAT = 0x7e;
    /// Switched off in 2010.
    OP_SUBSTR = 0x7f;
    /// Switched off in 2010.
    OP_LEFT = 0x80;
    /// Switched off in 2010.
    OP_RIGHT = 0x81;
    /// Pushes the top's length.
    OP_SIZE = 0x82;
    /// Switched off in 2010.
    OP_INVERT = 0x83;
    /// Switched off in 2010.
    OP_AND = 0x84;
    /// Switched off in 2010.
    OP_OR = 0x85;
    /// Switched off in 2010.
    OP_XOR = 0x86;
    /// Whether the top two are the same bytes.
    OP_EQUAL = 0x87;
    /// Fails unless the top two are the same bytes; removes both.
    OP_EQUALVERIFY = 0x88;
    /// Fails if executed.
    OP_RESERVED1 = 0x89;
    /// Fails if executed.
    OP_RESERVED2 = 0x8a;
    /// Adds 1.
    OP_1ADD = 0x8b;
    /// Subtracts 1.
    OP_1SUB = 0x8c;
    /// Switched off in 2010.
    OP_2MUL = 0x8d;
    /// Switched off in 2010.
    OP_2DIV = 0x8e;
    /// Changes the sign.
    OP_NEGATE = 0x8f;
    /// Makes it positive.
    OP_ABS = 0x90;
    /// 1 for 0, else 0.
    OP_NOT = 0x91;
    /// 0 for 0, else 1.
    OP_0NOTEQUAL = 0x92;
    /// Adds.
    OP_ADD = 0x93;
    /// Subtracts the top from the second.
    OP_SUB = 0x94;
    /// Switched off in 2010.
    OP_MUL = 0x95;
    /// Switched off in 2010.
    OP_DIV = 0x96;
    /// Switched off in 2010.
    OP_MOD = 0x97;
    /// Switched off in 2010.
    OP_LSHIFT = 0x98;
    /// Switched off in 2010.
    OP_RSHIFT = 0x99;
    /// Whether both are not 0.
    OP_BOOLAND = 0x9a;
    /// Whether either is not 0.
    OP_BOOLOR = 0x9b;
    /// Whether both numbers are equal.
    OP_NUMEQUAL = 0x9c;
    /// Fails unless both numbers are equal; removes both.
    OP_NUMEQUALVERIFY = 0x9d;
    /// Whether the numbers differ.
    OP_NUMNOTEQUAL = 0x9e;
    /// Whether the second is less than the top.
    OP_LESSTHAN = 0x9f;
    /// Whether the second is greater than the top.
    OP_GREATERTHAN = 0xa0;
    /// Whether the second is at most the top.
    OP_LESSTHANOREQUAL = 0xa1;
    /// Whether the second is at least the top.
    OP_GREATERTHANOREQUAL = 0xa2;
    /// The smaller.
    OP_MIN = 0xa3;
    /// The greater.
    OP_MAX = 0xa4;
    /// Whether the third is at least the second and less than the top.
    OP_WITHIN = 0xa5;
    /// RIPEMD-160.
    OP_RIPEMD160 = 0xa6;
    /// SHA-1.
    OP_SHA1 = 0xa7;
    /// SHA-256.
    OP_SHA256 = 0xa8;
    /// SHA-256, then RIPEMD-160: what addresses are made of.
    OP_HASH160 = 0xa9;
    /// SHA-256 twice.
    OP_HASH256 = 0xaa;
    /// Signatures sign only what follows this.
    OP_CODESEPARATOR = 0xab;
    /// Whether the signature below the public key on top signs this transaction.
    OP_CHECKSIG = 0xac;
    /// As OP_CHECKSIG, failing at once if not.
    OP_CHECKSIGVERIFY = 0xad;
    /// Whether m signatures are by m of n keys, in the same order.
    OP_CHECKMULTISIG = 0xae;
    /// As OP_CHECKMULTISIG, failing at once if not.
    OP_CHECKMULTISIGVERIFY = 0xaf;
    /// Does nothing yet.
    OP_NOP1 = 0xb0;
    /// Fails unless the transaction's lock time is at least the top (BIP-0065).
    OP_CHECKLOCKTIMEVERIFY = 0xb1;
    /// Fails unless the coin is at least as old as the top says (BIP-0112).
    OP_CHECKSEQUENCEVERIFY = 0xb2;
    /// Does nothing yet.
    OP_NOP4 = 0xb3;
    /// Does nothing yet.
    OP_NOP5 = 0xb4;
    /// Does nothing yet.
    OP_NOP6 = 0xb5;
    /// Does nothing yet.
    OP_NOP7 = 0xb6;
    /// Does nothing yet.
    OP_NOP8 = 0xb7;
    /// Does nothing yet.
    OP_NOP9 = 0xb8;
    /// Does nothing yet.
    OP_NOP10 = 0xb9;
    /// Tapscript only (BIP-0342); unknown here.
    OP_CHECKSIGADD = 0xba;
    /// Never valid.
    OP_INVALIDOPCODE = 0xff;
}

impl Opcode {
    /// Core's name in its `asm` texts: small numbers as numbers, `OP_UNKNOWN` for what has no name.
    pub fn name(self) -> &'static str {
        const SMALL: [&str; 16] =
            ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16"];
        match self {
            OP_0 => "0",
            OP_1NEGATE => "-1",
            _ => match self.small_number() {
                Some(number @ 1..=16) => SMALL[usize::from(number) - 1],
                _ => name_of(self.0).unwrap_or("OP_UNKNOWN"),
            },
        }
    }

    /// The opcode's own name: `OP_0`, `OP_16`, `OP_CHECKSIG`, `OP_PUSHBYTES_20`, or `OP_UNKNOWN`.
    pub fn full_name(self) -> String {
        match self.0 {
            1..=75 => format!("OP_PUSHBYTES_{}", self.0),
            value => name_of(value).unwrap_or("OP_UNKNOWN").to_owned(),
        }
    }

    /// 0 to 16 for OP_0 to OP_16.
    pub const fn small_number(self) -> Option<u8> {
        match self.0 {
            0 => Some(0),
            0x51..=0x60 => Some(self.0 - 0x50),
            _ => None,
        }
    }

    /// OP_0 to OP_16 for 0 to 16.
    pub const fn from_small_number(number: u8) -> Option<Self> {
        match number {
            0 => Some(OP_0),
            1..=16 => Some(Self(number + 0x50)),
            _ => None,
        }
    }

    /// Whether it pushes the bytes that follow it (OP_0 pushes none).
    pub const fn is_data_push(self) -> bool {
        self.0 <= OP_PUSHDATA4.0
    }

    /// Whether Core counts it as a push: all up to OP_16, OP_RESERVED among them.
    pub const fn is_push(self) -> bool {
        self.0 <= OP_16.0
    }

    /// Whether it was switched off in 2010 (CVE-2010-5137 and its like).
    pub const fn is_disabled(self) -> bool {
        matches!(
            self,
            OP_CAT
                | OP_SUBSTR
                | OP_LEFT
                | OP_RIGHT
                | OP_INVERT
                | OP_AND
                | OP_OR
                | OP_XOR
                | OP_2MUL
                | OP_2DIV
                | OP_MUL
                | OP_DIV
                | OP_MOD
                | OP_LSHIFT
                | OP_RSHIFT
        )
    }

    /// The opcode of a name, with or without `OP_`.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.strip_prefix("OP_").unwrap_or(name);
        match name {
            "FALSE" => return Some(OP_0),
            "TRUE" => return Some(OP_1),
            "NOP2" => return Some(OP_CHECKLOCKTIMEVERIFY),
            "NOP3" => return Some(OP_CHECKSEQUENCEVERIFY),
            _ => {}
        }
        (0..=u8::MAX).find(|value| name_of(*value).is_some_and(|known| &known[3..] == name)).map(Self)
    }
}

impl std::fmt::Display for Opcode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

impl std::fmt::Debug for Opcode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.full_name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_core() {
        assert_eq!(OP_0.name(), "0");
        assert_eq!(OP_1NEGATE.name(), "-1");
        assert_eq!(OP_16.name(), "16");
        assert_eq!(OP_DUP.name(), "OP_DUP");
        assert_eq!(Opcode(0xb1).name(), "OP_CHECKLOCKTIMEVERIFY");
        assert_eq!(Opcode(0xbb).name(), "OP_UNKNOWN");
        assert_eq!(Opcode(20).full_name(), "OP_PUSHBYTES_20");
    }

    #[test]
    fn every_name_is_read_back() {
        for value in 0..=u8::MAX {
            let Some(name) = name_of(value) else { continue };
            assert_eq!(Opcode::from_name(name), Some(Opcode(value)), "{name}");
            assert_eq!(Opcode::from_name(&name[3..]), Some(Opcode(value)), "{name}");
        }
        assert_eq!(Opcode::from_name("OP_NOSUCH"), None);
    }
}
