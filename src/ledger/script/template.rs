//! The forms of locking script that have a name, and what they pay to.

use super::opcodes::{
    OP_1, OP_CHECKMULTISIG, OP_CHECKSIG, OP_DUP, OP_EQUAL, OP_EQUALVERIFY, OP_HASH160, OP_PUSHDATA4, OP_RETURN, Opcode,
};
use super::{Builder, Instruction, Instructions, MAX_MULTISIG_KEYS, Script, number, signature};
use crate::ledger::{Hash160, hash160};

/// What form a locking script has (Core `TxoutType`).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum StandardType {
    /// No form that has a name.
    NonStandard,
    /// A public key and OP_CHECKSIG (P2PK).
    PubKey,
    /// A public key's hash (P2PKH).
    PubKeyHash,
    /// A script's hash (P2SH, BIP-0016).
    ScriptHash,
    /// m of n public keys.
    Multisig,
    /// OP_RETURN and pushes: no coin, only data.
    NullData,
    /// A segregated-witness program of version 0 with a key's hash (BIP-0141).
    WitnessV0KeyHash,
    /// A segregated-witness program of version 0 with a script's hash (BIP-0141).
    WitnessV0ScriptHash,
    /// A Taproot output (BIP-0341).
    WitnessV1Taproot,
    /// Pay to anchor: version 1 with the two bytes 4e73, spendable by anyone.
    Anchor,
    /// A segregated-witness program of another version.
    WitnessUnknown,
}

impl StandardType {
    /// Core's name in RPC results.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NonStandard => "nonstandard",
            Self::PubKey => "pubkey",
            Self::PubKeyHash => "pubkeyhash",
            Self::ScriptHash => "scripthash",
            Self::Multisig => "multisig",
            Self::NullData => "nulldata",
            Self::WitnessV0KeyHash => "witness_v0_keyhash",
            Self::WitnessV0ScriptHash => "witness_v0_scripthash",
            Self::WitnessV1Taproot => "witness_v1_taproot",
            Self::Anchor => "anchor",
            Self::WitnessUnknown => "witness_unknown",
        }
    }
}

impl std::fmt::Display for StandardType {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// The numbers and keys of a multisignature script.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Multisig<'a> {
    /// Signatures wanted.
    pub required: usize,
    /// The keys, in the order in which their signatures must come.
    pub pubkeys: Vec<&'a [u8]>,
}

impl Script {
    /// `OP_DUP OP_HASH160 <20 bytes> OP_EQUALVERIFY OP_CHECKSIG`: pay to a public key's hash.
    pub fn pay_to_pubkey_hash(hash: &Hash160) -> Self {
        Builder::new()
            .opcode(OP_DUP)
            .opcode(OP_HASH160)
            .data(hash.as_bytes())
            .opcode(OP_EQUALVERIFY)
            .opcode(OP_CHECKSIG)
            .into_script()
    }

    /// `<key> OP_CHECKSIG`: pay to a public key, given in compressed or uncompressed form.
    pub fn pay_to_pubkey(pubkey: &[u8]) -> Self {
        Builder::new().data(pubkey).opcode(OP_CHECKSIG).into_script()
    }

    /// `OP_HASH160 <20 bytes> OP_EQUAL`: pay to a script's hash (BIP-0016).
    pub fn pay_to_script_hash(hash: &Hash160) -> Self {
        Builder::new().opcode(OP_HASH160).data(hash.as_bytes()).opcode(OP_EQUAL).into_script()
    }

    /// `OP_RETURN <data>`: carries data and locks for ever what it is given.
    pub fn null_data(data: &[u8]) -> Self {
        Builder::new().opcode(OP_RETURN).data(data).into_script()
    }

    /// The hash that a pay-to-public-key-hash script pays to, if it is one.
    pub fn pubkey_hash(&self) -> Option<Hash160> {
        match self.as_bytes() {
            [0x76, 0xa9, 20, hash @ .., 0x88, 0xac] => Some(Hash160::from_bytes(hash.try_into().ok()?)),
            _ => None,
        }
    }

    /// The public key of a pay-to-public-key script, if it is one.
    pub fn pay_to_pubkey_key(&self) -> Option<&[u8]> {
        match self.as_bytes() {
            [33, key @ .., 0xac] if key.len() == 33 && signature::is_key_size(key) => Some(key),
            [65, key @ .., 0xac] if key.len() == 65 && signature::is_key_size(key) => Some(key),
            _ => None,
        }
    }

    /// The hash that a pay-to-script-hash script pays to, if it is one.
    pub fn script_hash(&self) -> Option<Hash160> {
        match self.as_bytes() {
            [0xa9, 20, hash @ .., 0x87] => Some(Hash160::from_bytes(hash.try_into().ok()?)),
            _ => None,
        }
    }

    /// The public key hash whose key can spend this: of P2PKH as written, of P2PK computed.
    pub fn owner(&self) -> Option<Hash160> {
        self.pubkey_hash().or_else(|| self.pay_to_pubkey_key().map(hash160))
    }

    /// `m <key>… n OP_CHECKMULTISIG`, if it is that.
    pub fn multisig(&self) -> Option<Multisig<'_>> {
        let body = self.as_bytes().strip_suffix(&[OP_CHECKMULTISIG.0])?;
        let mut instructions = Instructions::new(body);
        let required = small_count(&instructions.next()?.ok()?, 1)?;
        let mut pubkeys = Vec::new();
        for instruction in instructions.by_ref() {
            let instruction = instruction.ok()?;
            if signature::is_key_size(instruction.data) {
                pubkeys.push(instruction.data);
                continue;
            }
            let count = small_count(&instruction, required)?;
            let ends_here = instructions.position() == body.len();
            return (ends_here && count == pubkeys.len()).then_some(Multisig { required, pubkeys });
        }
        None
    }

    /// The version and program of a segregated-witness output, if it is one (BIP-0141).
    pub fn witness_program(&self) -> Option<(u8, &[u8])> {
        match self.as_bytes() {
            [version, length, program @ ..] if (2..=40).contains(&program.len()) => {
                let version = Opcode(*version).small_number()?;
                (usize::from(*length) == program.len()).then_some((version, program))
            }
            _ => None,
        }
    }

    /// Which of the named forms it has (Core `Solver`).
    pub fn standard_type(&self) -> StandardType {
        if self.script_hash().is_some() {
            return StandardType::ScriptHash;
        }
        if let Some((version, program)) = self.witness_program() {
            return match (version, program.len()) {
                (0, 20) => StandardType::WitnessV0KeyHash,
                (0, 32) => StandardType::WitnessV0ScriptHash,
                (0, _) => StandardType::NonStandard,
                (1, 32) => StandardType::WitnessV1Taproot,
                (1, 2) if program == [0x4e, 0x73] => StandardType::Anchor,
                _ => StandardType::WitnessUnknown,
            };
        }
        if let Some(pushes) = self.as_bytes().strip_prefix(&[OP_RETURN.0]) {
            let push_only = Instructions::new(pushes).all(|read| read.is_ok_and(|it| it.opcode.is_push()));
            return if push_only { StandardType::NullData } else { StandardType::NonStandard };
        }
        if self.pay_to_pubkey_key().is_some() {
            StandardType::PubKey
        } else if self.pubkey_hash().is_some() {
            StandardType::PubKeyHash
        } else if self.multisig().is_some() {
            StandardType::Multisig
        } else {
            StandardType::NonStandard
        }
    }
}

/// A count between `least` and 20, pushed the shortest way.
fn small_count(instruction: &Instruction<'_>, least: usize) -> Option<usize> {
    let count = match instruction.opcode {
        opcode if opcode >= OP_1 => usize::from(opcode.small_number()?),
        opcode if opcode > Opcode(0) && opcode <= OP_PUSHDATA4 && instruction.is_minimal_push() => {
            usize::try_from(number::decode(instruction.data, true, number::MAX_NUMBER_SIZE).ok()?).ok()?
        }
        _ => return None,
    };
    (least..=MAX_MULTISIG_KEYS).contains(&count).then_some(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "0x21 0x0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";

    #[test]
    fn every_form_is_told_by_its_name() {
        let cases = [
            ("", "nonstandard"),
            ("1", "nonstandard"),
            ("DUP HASH160 0x14 0x0000000000000000000000000000000000000000 EQUALVERIFY CHECKSIG", "pubkeyhash"),
            ("DUP HASH160 0x14 0x0000000000000000000000000000000000000000 EQUALVERIFY CHECKSIG NOP", "nonstandard"),
            ("HASH160 0x14 0x0000000000000000000000000000000000000000 EQUAL", "scripthash"),
            (&format!("{KEY} CHECKSIG"), "pubkey"),
            ("0x21 0x0579be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798 CHECKSIG", "nonstandard"),
            (&format!("1 {KEY} 1 CHECKMULTISIG"), "multisig"),
            (&format!("2 {KEY} {KEY} {KEY} 3 CHECKMULTISIG"), "multisig"),
            (&format!("1 {} 17 CHECKMULTISIG", [KEY; 17].join(" ")), "multisig"),
            (&format!("2 {KEY} 1 CHECKMULTISIG"), "nonstandard"),
            (&format!("0 {KEY} 1 CHECKMULTISIG"), "nonstandard"),
            (&format!("1 {KEY} 2 CHECKMULTISIG"), "nonstandard"),
            (&format!("1 {KEY} 1 NOP CHECKMULTISIG"), "nonstandard"),
            ("RETURN", "nulldata"),
            ("RETURN 'hello' 16", "nulldata"),
            ("RETURN CHECKSIG", "nonstandard"),
            ("RETURN 0x05 0x00", "nonstandard"),
            ("0 0x14 0x0000000000000000000000000000000000000000", "witness_v0_keyhash"),
            ("0 0x03 0x000000", "nonstandard"),
            ("1 0x02 0x4e73", "anchor"),
            ("2 0x03 0x000000", "witness_unknown"),
        ];
        for (text, expected) in cases {
            let script = Script::from_asm(text).expect("valid text");
            assert_eq!(script.standard_type().name(), expected, "{text}");
        }
    }

    #[test]
    fn a_multisignature_shows_its_keys_in_order() {
        let script = Script::from_asm(&format!("1 {KEY} {KEY} 2 CHECKMULTISIG")).expect("valid text");
        let multisig = script.multisig().expect("is one");
        assert_eq!((multisig.required, multisig.pubkeys.len()), (1, 2));
    }

    #[test]
    fn pay_scripts_are_recognised_by_what_they_pay_to() {
        let hash = Hash160::from_bytes([7; 20]);
        assert_eq!(Script::pay_to_pubkey_hash(&hash).pubkey_hash(), Some(hash));
        assert_eq!(Script::pay_to_script_hash(&hash).script_hash(), Some(hash));
        let key = [&[2][..], &[9; 32]].concat();
        assert_eq!(Script::pay_to_pubkey(&key).pay_to_pubkey_key(), Some(key.as_slice()));
        assert_eq!(Script::pay_to_pubkey(&key).owner(), Some(hash160(&key)));
        assert_eq!(Script::null_data(b"hello").standard_type(), StandardType::NullData);
    }
}
