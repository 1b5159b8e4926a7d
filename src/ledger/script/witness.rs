//! Segregated witness, as far as it can be told without running a witness's script (BIP-0141): which
//! program an input spends, and whether the form of unlocking script and witness fits it.
//!
//! Running the scripts and checking the signatures in witnesses is left out. So an input can be
//! refused here, and one that is not may still be one that Bitcoin Core refuses; which those are
//! [`WitnessProgram::needs_execution`] tells, so that nobody takes them for checked.

use super::interpreter::ScriptError;
use super::{Builder, Script};
use crate::ledger::sha256;

/// What locks an input's coin by its witness.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WitnessProgram {
    /// Its version, 0 to 16.
    pub version: u8,
    /// 2 to 40 bytes.
    pub program: Vec<u8>,
    /// Whether it is behind a script hash: the unlocking script shows it.
    pub nested: bool,
}

impl WitnessProgram {
    /// The program that an input spends; none where the coin is locked otherwise.
    pub fn spent(script_sig: &Script, script_pubkey: &Script) -> Option<Self> {
        if let Some((version, program)) = script_pubkey.witness_program() {
            return Some(Self { version, program: program.to_vec(), nested: false });
        }
        script_pubkey.script_hash()?;
        let redeem_script = script_sig.redeem_script()?;
        let (version, program) = redeem_script.witness_program()?;
        Some(Self { version, program: program.to_vec(), nested: true })
    }

    /// Whether only a run of the witness's script, or a signature in it, tells if it unlocks the
    /// coin: keys and script hashes (BIP-0141, BIP-0143), Taproot (BIP-0341). Programs of other
    /// forms are kept for later rules, and until then anyone may spend them.
    pub fn needs_execution(&self) -> bool {
        match (self.version, self.program.len()) {
            (0, _) => true,
            (1, 32) => !self.nested,
            _ => false,
        }
    }

    /// Checks an unlocking script and a witness against the program, up to where the witness's
    /// script would be run (Core `VerifyScript`, `VerifyWitnessProgram`).
    ///
    /// # Errors
    /// The first rule that they break.
    pub fn check_form(&self, script_sig: &Script, witness: &[Vec<u8>]) -> Result<(), ScriptError> {
        if !self.nested && !script_sig.as_bytes().is_empty() {
            return Err(ScriptError::WitnessMalleated);
        }
        if self.nested && *script_sig != self.only_push() {
            return Err(ScriptError::WitnessMalleatedP2sh);
        }
        match (self.version, self.program.len(), witness.split_last()) {
            (0, 20, _) if witness.len() == 2 => Ok(()),
            (0, 20, _) => Err(ScriptError::WitnessProgramMismatch),
            (0, 32, None) => Err(ScriptError::WitnessProgramWitnessEmpty),
            (0, 32, Some((script, _))) if sha256(script)[..] == self.program[..] => Ok(()),
            (0, 32, _) => Err(ScriptError::WitnessProgramMismatch),
            (0, ..) => Err(ScriptError::WitnessProgramWrongLength),
            _ => Ok(()),
        }
    }

    /// Signature operations of a witness (BIP-0141, Core `WitnessSigOps`): a quarter of one in a
    /// script each.
    pub fn sigop_count(&self, witness: &[Vec<u8>]) -> usize {
        match (self.version, self.program.len(), witness.last()) {
            (0, 20, _) => 1,
            (0, 32, Some(script)) => Script::from_bytes(script.clone()).sigop_count(true),
            _ => 0,
        }
    }

    /// The unlocking script that shows the program and does nothing else.
    fn only_push(&self) -> Script {
        let version = Builder::new().number(self.version.into()).into_script();
        let length = u8::try_from(self.program.len()).unwrap_or(u8::MAX);
        Builder::new().data(&[version.as_bytes(), &[length], &self.program].concat()).into_script()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::hash160;

    fn script(text: &str) -> Script {
        Script::from_asm(text).expect("valid text")
    }

    /// `0 <20 bytes>`.
    fn key_hash() -> Script {
        Script::from_bytes([&[0, 20][..], &[7; 20]].concat())
    }

    fn nested(program: &Script) -> (Script, Script) {
        let shown = Builder::new().data(program.as_bytes()).into_script();
        (shown, Script::pay_to_script_hash(&hash160(program.as_bytes())))
    }

    #[test]
    fn a_program_is_found_bare_and_behind_a_script_hash() {
        let empty = Script::default();
        let bare = WitnessProgram::spent(&empty, &key_hash()).expect("a program");
        assert_eq!((bare.version, bare.program.len(), bare.nested), (0, 20, false));
        let (shown, locked) = nested(&key_hash());
        let found = WitnessProgram::spent(&shown, &locked).expect("a program");
        assert_eq!(found, WitnessProgram { nested: true, ..bare });
        assert_eq!(WitnessProgram::spent(&empty, &locked), None);
        assert_eq!(WitnessProgram::spent(&shown, &script("1")), None);
    }

    #[test]
    fn the_form_of_script_and_witness_must_fit_the_program() {
        let inner = script("1");
        let of_script = Script::from_bytes([&[0, 32][..], &sha256(inner.as_bytes())].concat());
        let (shown, locked) = nested(&key_hash());
        let twice = Script::from_bytes([&[0x51][..], shown.as_bytes()].concat());
        let two = vec![vec![1], vec![2]];
        let (revealed, other) = (vec![inner.as_bytes().to_vec()], vec![vec![0x52]]);
        let empty = Script::default();
        let cases = [
            (&empty, &key_hash(), &two, Ok(())),
            (&empty, &key_hash(), &revealed, Err(ScriptError::WitnessProgramMismatch)),
            (&script("1"), &key_hash(), &two, Err(ScriptError::WitnessMalleated)),
            (&shown, &locked, &two, Ok(())),
            (&twice, &locked, &two, Err(ScriptError::WitnessMalleatedP2sh)),
            (&empty, &of_script, &revealed, Ok(())),
            (&empty, &of_script, &other, Err(ScriptError::WitnessProgramMismatch)),
            (&empty, &of_script, &vec![], Err(ScriptError::WitnessProgramWitnessEmpty)),
            (&empty, &script("0 0x02 0x0102"), &two, Err(ScriptError::WitnessProgramWrongLength)),
            (&empty, &script("16 0x02 0x0102"), &vec![], Ok(())),
        ];
        for (script_sig, script_pubkey, witness, expected) in cases {
            let program = WitnessProgram::spent(script_sig, script_pubkey).expect("a program");
            assert_eq!(program.check_form(script_sig, witness), expected, "{script_pubkey:?}");
        }
    }

    #[test]
    fn what_anyone_may_spend_needs_no_execution() {
        for (version, length, nested, expected) in [
            (0, 20, false, true),
            (0, 32, true, true),
            (1, 32, false, true),
            (1, 32, true, false),
            (1, 2, false, false),
            (2, 32, false, false),
        ] {
            let program = WitnessProgram { version, program: vec![0; length], nested };
            assert_eq!(program.needs_execution(), expected, "{program:?}");
        }
    }
}
