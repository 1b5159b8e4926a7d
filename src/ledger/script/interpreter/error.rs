//! Why a script fails: one variant a rule, with Bitcoin Core's names and words.

macro_rules! script_errors {
    ($($(#[$doc:meta])* $name:ident, $code:literal, $text:literal;)*) => {
        /// The rule that a script broke (Core `ScriptError`).
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, thiserror::Error)]
        pub enum ScriptError {
            $($(#[$doc])* #[error($text)] $name,)*
        }

        impl ScriptError {
            /// Every error there is, in Core's order.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Core's text, as it stands between the brackets of `mandatory-script-verify-flag-failed (…)`.
            pub const fn rule(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// Core's short name without its prefix, as in script_tests.json: `EQUALVERIFY`.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }
        }
    };
}

script_errors! {
    /// The script ran to its end and left false, or nothing, on top.
    EvalFalse, "EVAL_FALSE", "Script evaluated without error but finished with a false/empty top stack element";
    /// OP_RETURN was executed: the output can never be spent.
    OpReturn, "OP_RETURN", "OP_RETURN was encountered";
    /// A number is longer than four bytes (five for lock times), or not written the shortest way.
    Scriptnum, "SCRIPTNUM", "Script number overflowed or is non-minimally encoded";
    /// The script has more than 10,000 bytes.
    ScriptSize, "SCRIPT_SIZE", "Script is too big";
    /// A push of more than 520 bytes.
    PushSize, "PUSH_SIZE", "Push value size limit exceeded";
    /// More than 201 operations that are not pushes.
    OpCount, "OP_COUNT", "Operation limit exceeded";
    /// More than 1,000 elements on both stacks together.
    StackSize, "STACK_SIZE", "Stack size limit exceeded";
    /// A multisignature asks for fewer than no signatures or for more than there are keys.
    SigCount, "SIG_COUNT", "Signature count negative or greater than pubkey count";
    /// A multisignature has fewer than no keys or more than 20.
    PubkeyCount, "PUBKEY_COUNT", "Pubkey count negative or limit exceeded";
    /// OP_VERIFY found false.
    Verify, "VERIFY", "Script failed an OP_VERIFY operation";
    /// OP_EQUALVERIFY found two different elements: in P2PKH, the wrong key.
    Equalverify, "EQUALVERIFY", "Script failed an OP_EQUALVERIFY operation";
    /// OP_CHECKMULTISIGVERIFY found too few valid signatures.
    Checkmultisigverify, "CHECKMULTISIGVERIFY", "Script failed an OP_CHECKMULTISIGVERIFY operation";
    /// OP_CHECKSIGVERIFY found an invalid signature.
    Checksigverify, "CHECKSIGVERIFY", "Script failed an OP_CHECKSIGVERIFY operation";
    /// OP_NUMEQUALVERIFY found two different numbers.
    Numequalverify, "NUMEQUALVERIFY", "Script failed an OP_NUMEQUALVERIFY operation";
    /// An opcode that does not exist, or a push that runs past the end.
    BadOpcode, "BAD_OPCODE", "Opcode missing or not understood";
    /// An opcode switched off in 2010, wherever it stands.
    DisabledOpcode, "DISABLED_OPCODE", "Attempted to use a disabled opcode";
    /// Fewer elements on the stack than the operation takes.
    InvalidStackOperation, "INVALID_STACK_OPERATION", "Operation not valid with the current stack size";
    /// OP_FROMALTSTACK with nothing there.
    InvalidAltstackOperation, "INVALID_ALTSTACK_OPERATION", "Operation not valid with the current altstack size";
    /// OP_IF, OP_ELSE and OP_ENDIF do not match up.
    UnbalancedConditional, "UNBALANCED_CONDITIONAL", "Invalid OP_IF construction";
    /// A negative lock time (BIP-0065, BIP-0112).
    NegativeLocktime, "NEGATIVE_LOCKTIME", "Negative locktime";
    /// The transaction may be mined earlier than the script allows (BIP-0065, BIP-0112).
    UnsatisfiedLocktime, "UNSATISFIED_LOCKTIME", "Locktime requirement not satisfied";
    /// A signature ends in no known hash type.
    SigHashtype, "SIG_HASHTYPE", "Signature hash type missing or not understood";
    /// A signature is not strict DER (BIP-0066).
    SigDer, "SIG_DER", "Non-canonical DER signature";
    /// A push that could be written shorter (BIP-0062).
    Minimaldata, "MINIMALDATA", "Data push larger than necessary";
    /// An unlocking script that does more than push (BIP-0016).
    SigPushonly, "SIG_PUSHONLY", "Only push operators allowed in signatures";
    /// A signature's S is in the upper half of its range (BIP-0062).
    SigHighS, "SIG_HIGH_S", "Non-canonical signature: S value is unnecessarily high";
    /// The extra element that a multisignature takes is not empty (BIP-0147).
    SigNulldummy, "SIG_NULLDUMMY", "Dummy CHECKMULTISIG argument must be zero";
    /// A public key is in neither the compressed nor the uncompressed form.
    Pubkeytype, "PUBKEYTYPE", "Public key is neither compressed or uncompressed";
    /// More than one element is left at the end (BIP-0062).
    Cleanstack, "CLEANSTACK", "Stack size must be exactly one after execution";
    /// A failed signature check with a signature that is not empty (BIP-0146).
    SigNullfail, "NULLFAIL", "Signature must be zero for failed CHECK(MULTI)SIG operation";
    /// A NOP kept for future rules.
    DiscourageUpgradableNops, "DISCOURAGE_UPGRADABLE_NOPS", "NOPx reserved for soft-fork upgrades";
    /// A program of version 0 has neither 20 nor 32 bytes (BIP-0141).
    WitnessProgramWrongLength, "WITNESS_PROGRAM_WRONG_LENGTH", "Witness program has incorrect length";
    /// The witness of a script hash shows no script (BIP-0141).
    WitnessProgramWitnessEmpty, "WITNESS_PROGRAM_WITNESS_EMPTY", "Witness program was passed an empty witness";
    /// The witness shows another script than the program is the hash of, or not a key and a signature (BIP-0141).
    WitnessProgramMismatch, "WITNESS_PROGRAM_MISMATCH", "Witness program hash mismatch";
    /// A witness program is spent with an unlocking script (BIP-0141).
    WitnessMalleated, "WITNESS_MALLEATED", "Witness requires empty scriptSig";
    /// A nested witness program is spent with an unlocking script that does not only show it (BIP-0141).
    WitnessMalleatedP2sh, "WITNESS_MALLEATED_P2SH", "Witness requires only-redeemscript scriptSig";
    /// A witness where no witness program is spent (BIP-0141).
    WitnessUnexpected, "WITNESS_UNEXPECTED", "Witness provided for non-witness script";
    /// OP_CODESEPARATOR where policy refuses it.
    OpCodeseparator, "OP_CODESEPARATOR", "Using OP_CODESEPARATOR in non-witness script";
    /// The signature stands in the script that it signs.
    SigFindanddelete, "SIG_FINDANDDELETE", "Signature is found in scriptCode";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_has_a_text_and_a_name_of_its_own() {
        for (at, error) in ScriptError::ALL.iter().enumerate() {
            assert_eq!(error.to_string(), error.rule());
            for other in &ScriptError::ALL[at + 1..] {
                assert_ne!(error.code(), other.code());
                assert_ne!(error.rule(), other.rule());
            }
        }
    }
}
