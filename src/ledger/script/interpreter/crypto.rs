//! Opcodes that hash elements and check signatures.

use ripemd::Ripemd160;
use sha1::Sha1;
use sha2::Digest;

use super::engine::Engine;
use super::{Flags, ScriptError, SignatureCheck};
use crate::ledger::script::opcodes::{
    OP_CHECKMULTISIG, OP_CHECKSIG, OP_HASH160, OP_HASH256, OP_RIPEMD160, OP_SHA1, OP_SHA256, Opcode,
};
use crate::ledger::script::{Builder, MAX_MULTISIG_KEYS, MAX_OPS, Script, signature};
use crate::ledger::{hash160, sha256, sha256d};

impl Engine<'_> {
    pub(super) fn hash_op(&mut self, opcode: Opcode) -> Result<(), ScriptError> {
        let element = self.stack.pop()?;
        self.stack.push(match opcode {
            OP_RIPEMD160 => Ripemd160::digest(&element).to_vec(),
            OP_SHA1 => Sha1::digest(&element).to_vec(),
            OP_SHA256 => sha256(&element).to_vec(),
            OP_HASH160 => hash160(&element).as_bytes().to_vec(),
            OP_HASH256 => sha256d(&element).to_vec(),
            _ => return Err(ScriptError::BadOpcode),
        });
        Ok(())
    }

    /// `<signature> <pubkey> OP_CHECKSIG`.
    pub(super) fn check_sig(&mut self, opcode: Opcode) -> Result<(), ScriptError> {
        self.stack.need(2)?;
        let pubkey = self.stack.pop()?;
        let signature = self.stack.pop()?;
        let mut script_code = self.script_code();
        self.remove_signature(&mut script_code, &signature)?;
        self.check_signature_encoding(&signature)?;
        self.check_pubkey_encoding(&pubkey)?;
        let valid = self.check_signature(&signature, &pubkey, &script_code);
        if !valid && self.flags.contains(Flags::NULLFAIL) && !signature.is_empty() {
            return Err(ScriptError::SigNullfail);
        }
        self.push_or_require(valid, opcode == OP_CHECKSIG, ScriptError::Checksigverify)
    }

    /// `<dummy> <signature>… m <pubkey>… n OP_CHECKMULTISIG`.
    ///
    /// Signatures must come in the order of their keys: each is compared with the keys that are
    /// left until one fits, from the last of both to the first. The dummy is taken because the
    /// first version took one element too many.
    pub(super) fn check_multisig(&mut self, opcode: Opcode) -> Result<(), ScriptError> {
        let pubkeys = self.pop_list(MAX_MULTISIG_KEYS, ScriptError::PubkeyCount, Self::count_keys)?;
        let signatures = self.pop_list(pubkeys.len(), ScriptError::SigCount, |_, _| Ok(()))?;
        let mut script_code = self.script_code();
        for signature in &signatures {
            self.remove_signature(&mut script_code, signature)?;
        }

        let mut keys_left = pubkeys.as_slice();
        let mut signatures_left = signatures.as_slice();
        let mut valid = true;
        while let (true, [signature, later_signatures @ ..]) = (valid, signatures_left) {
            // There are never more signatures left than keys.
            let Some((pubkey, later_keys)) = keys_left.split_first() else { break };
            self.check_signature_encoding(signature)?;
            self.check_pubkey_encoding(pubkey)?;
            if self.check_signature(signature, pubkey, &script_code) {
                signatures_left = later_signatures;
            }
            keys_left = later_keys;
            valid = signatures_left.len() <= keys_left.len();
        }

        if !valid && self.flags.contains(Flags::NULLFAIL) && signatures.iter().any(|signature| !signature.is_empty()) {
            return Err(ScriptError::SigNullfail);
        }
        let dummy = self.stack.pop()?;
        if self.flags.contains(Flags::NULLDUMMY) && !dummy.is_empty() {
            return Err(ScriptError::SigNulldummy);
        }
        self.push_or_require(valid, opcode == OP_CHECKMULTISIG, ScriptError::Checkmultisigverify)
    }

    /// Each key counts as an operation.
    fn count_keys(&mut self, keys: usize) -> Result<(), ScriptError> {
        self.op_count += keys;
        if self.op_count > MAX_OPS { Err(ScriptError::OpCount) } else { Ok(()) }
    }

    /// Takes a count of at most `limit` and that many elements, the top one first.
    fn pop_list(
        &mut self,
        limit: usize,
        out_of_range: ScriptError,
        on_count: impl FnOnce(&mut Self, usize) -> Result<(), ScriptError>,
    ) -> Result<Vec<Vec<u8>>, ScriptError> {
        let count = usize::try_from(self.pop_number()?).ok().filter(|count| *count <= limit).ok_or(out_of_range)?;
        on_count(self, count)?;
        self.stack.need(count)?;
        (0..count).map(|_| self.stack.pop()).collect()
    }

    fn push_or_require(&mut self, valid: bool, push: bool, error: ScriptError) -> Result<(), ScriptError> {
        if push {
            self.stack.push_bool(valid);
        } else if !valid {
            return Err(error);
        }
        Ok(())
    }

    /// A signature cannot sign itself: where the script that is signed holds it, it is taken out.
    fn remove_signature(&self, script_code: &mut Script, signature: &[u8]) -> Result<(), ScriptError> {
        let push = Builder::new().data(signature).into_script();
        let found = script_code.find_and_delete(push.as_bytes());
        if found > 0 && self.flags.contains(Flags::CONST_SCRIPTCODE) {
            return Err(ScriptError::SigFindanddelete);
        }
        Ok(())
    }

    /// Whether `signature`, its hash type as last byte, is one of `pubkey` over this transaction.
    fn check_signature(&mut self, signature: &[u8], pubkey: &[u8], script_code: &Script) -> bool {
        let sighash = match signature.split_last() {
            Some((hash_type, _)) if signature::is_key_size(pubkey) => self.sighash(script_code, *hash_type),
            _ => None,
        };
        let der_sig = signature.split_last().map_or(&[][..], |(_, der_sig)| der_sig);
        let valid = sighash.is_some_and(|sighash| signature::verify(pubkey, der_sig, &sighash));
        self.note_check(|| SignatureCheck { pubkey: pubkey.to_vec(), signature: signature.to_vec(), sighash, valid });
        valid
    }

    /// The signature hash, kept because one script may ask for the same again and again, each
    /// time over the whole transaction.
    fn sighash(&mut self, script_code: &Script, hash_type: u8) -> Option<[u8; 32]> {
        match &self.last_sighash {
            Some((script, kind, hash)) if *kind == hash_type && script == script_code => Some(*hash),
            _ => {
                let hash = self.checker.sighash(script_code, hash_type)?;
                self.last_sighash = Some((script_code.clone(), hash_type, hash));
                Some(hash)
            }
        }
    }

    /// The empty signature is always allowed, as the one that fails on purpose.
    fn check_signature_encoding(&self, signature: &[u8]) -> Result<(), ScriptError> {
        let Some((hash_type, der_sig)) = signature.split_last() else { return Ok(()) };
        if self.flags.intersects(Flags::DERSIG | Flags::LOW_S | Flags::STRICTENC) && !signature::is_strict_der(der_sig)
        {
            return Err(ScriptError::SigDer);
        }
        if self.flags.contains(Flags::LOW_S) && !signature::is_low_s(der_sig) {
            return Err(ScriptError::SigHighS);
        }
        if self.flags.contains(Flags::STRICTENC) && !signature::is_defined_hash_type(*hash_type) {
            return Err(ScriptError::SigHashtype);
        }
        Ok(())
    }

    fn check_pubkey_encoding(&self, pubkey: &[u8]) -> Result<(), ScriptError> {
        if self.flags.contains(Flags::STRICTENC) && !signature::is_compressed_or_uncompressed(pubkey) {
            return Err(ScriptError::Pubkeytype);
        }
        Ok(())
    }
}
