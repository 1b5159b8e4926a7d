//! Where the numbers of a verification part from those of what was signed.

use crate::keys::{PublicKey, Signature, VerifyingSteps, verify_ecdsa_explained};
use crate::ledger::sha256;
use crate::ui::pages::keys::checking::SignedNote;

/// A number of the verification, as signed and as received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parting {
    /// Its name in formulas.
    pub name: &'static str,
    /// How it comes about.
    pub formula: &'static str,
    /// Its value for what was signed.
    pub signed: Option<[u8; 32]>,
    /// Its value for what was received.
    pub received: Option<[u8; 32]>,
}

impl Parting {
    /// Whether both are the same.
    pub fn is_same(&self) -> bool {
        self.signed == self.received
    }
}

/// The numbers in the order they are computed: a change first shows where it enters, and then in all that is made of it.
pub fn partings(note: &SignedNote, received_key: &PublicKey, received: &VerifyingSteps) -> Vec<Parting> {
    let signed = steps_of(note);
    let key = PublicKey::from_hex(&note.public_key).ok();
    let row = |name, formula, number: fn(&VerifyingSteps) -> Option<[u8; 32]>| Parting {
        name,
        formula,
        signed: signed.as_ref().and_then(number),
        received: number(received),
    };
    vec![
        row("z", "SHA-256", |steps| Some(steps.hash)),
        Parting { name: "Q", formula: "x", signed: key.map(|key| key.x()), received: Some(received_key.x()) },
        row("r", "DER", |steps| Some(steps.r)),
        row("s⁻¹", "1/s mod n", |steps| Some(steps.s_inverse)),
        row("u₁", "z·s⁻¹", |steps| Some(steps.u1)),
        row("u₂", "r·s⁻¹", |steps| Some(steps.u2)),
        row("R.x", "(u₁·G + u₂·Q).x", |steps| steps.point_x),
    ]
}

fn steps_of(note: &SignedNote) -> Option<VerifyingSteps> {
    let key = PublicKey::from_hex(&note.public_key).ok()?;
    let signature = Signature::from_der(&crate::ledger::from_hex(&note.signature).ok()?).ok()?;
    Some(verify_ecdsa_explained(&key, &sha256(note.message.as_bytes()), &signature))
}

/// A text with one character changed: the last digit if there is one, else the last letter.
pub fn with_one_character_changed(text: &str) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    let at = characters
        .iter()
        .rposition(char::is_ascii_digit)
        .or_else(|| characters.iter().rposition(|character| character.is_alphanumeric()));
    match at.and_then(|at| characters.get_mut(at)) {
        Some(character) => {
            *character = match *character {
                '9' => '1',
                digit @ '0'..='8' => char::from(digit as u8 + 1),
                'x' => 'y',
                _ => 'x',
            };
            characters.into_iter().collect()
        }
        None => format!("{text}!"),
    }
}

/// A DER signature in hexadecimal with one bit changed in the middle of `r` or `s`, so that it still reads as DER.
pub fn with_one_byte_changed(signature: &str, in_s: bool) -> Option<String> {
    let signature = Signature::from_der(&crate::ledger::from_hex(signature).ok()?).ok()?;
    let (mut r, mut s) = (signature.r(), signature.s());
    if let Some(byte) = if in_s { s.get_mut(16) } else { r.get_mut(16) } {
        *byte ^= 1;
    }
    Signature::from_scalars(&r, &s).ok().map(|changed| crate::ledger::to_hex(&changed.to_der()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::{PrivateKey, sign_ecdsa};
    use crate::ledger::{from_hex, to_hex};

    fn key(number: u8) -> PrivateKey {
        let mut bytes = [0; 32];
        bytes[31] = number;
        PrivateKey::from_bytes(&bytes).expect("in range")
    }

    fn note() -> SignedNote {
        let message = "Amber Fox pays Jade Otter 3 coins".to_owned();
        let signature = to_hex(&sign_ecdsa(&key(7), &sha256(message.as_bytes())).to_der());
        SignedNote { number: 1, message, public_key: key(7).public_key().to_string(), signature, signer: String::new() }
    }

    fn names_that_part(key: &PublicKey, message: &str, signature: &str) -> Vec<&'static str> {
        let signature = Signature::from_der(&from_hex(signature).expect("hex")).expect("DER");
        let steps = verify_ecdsa_explained(key, &sha256(message.as_bytes()), &signature);
        partings(&note(), key, &steps).iter().filter(|row| !row.is_same()).map(|row| row.name).collect()
    }

    #[test]
    fn a_change_shows_where_it_enters_and_in_what_is_made_of_it() {
        let (note, public) = (note(), key(7).public_key());
        assert_eq!(names_that_part(&public, &note.message, &note.signature), [""; 0]);
        let message = with_one_character_changed(&note.message);
        assert_eq!(names_that_part(&public, &message, &note.signature), ["z", "u₁", "R.x"]);
        assert_eq!(names_that_part(&key(8).public_key(), &note.message, &note.signature), ["Q", "R.x"]);
        let changed_r = with_one_byte_changed(&note.signature, false).expect("a signature");
        assert_eq!(names_that_part(&public, &note.message, &changed_r), ["r", "u₂", "R.x"]);
        let changed_s = with_one_byte_changed(&note.signature, true).expect("a signature");
        assert_eq!(names_that_part(&public, &note.message, &changed_s), ["s⁻¹", "u₁", "u₂", "R.x"]);
    }

    #[test]
    fn one_character_is_changed_in_any_text() {
        for (text, changed) in
            [("pays 3 coins", "pays 4 coins"), ("9", "1"), ("abc", "abx"), ("钱", "x"), ("", "!"), ("?", "?!")]
        {
            assert_eq!(with_one_character_changed(text), changed);
        }
        assert_eq!(with_one_byte_changed("zz", true), None);
    }
}
