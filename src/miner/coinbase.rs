//! The coinbase: the transaction that pays a block's miner, and the text in which it signs its work.

use crate::ledger::{Amount, OutPoint, Script, Transaction, TxIn, TxOut};

/// Most bytes of a miner's name in a coinbase.
pub const MAX_TAG_BYTES: usize = 60;

/// What goes before the name, and after it.
const TAG_START: &[u8] = b"/tabchain:";
const TAG_END: u8 = b'/';

/// The coinbase of the block at `height`.
///
/// Its unlocking script is the height (BIP-0034), eight bytes of extra nonce, and the miner's
/// name: at most 86 bytes, of 100 allowed.
pub(super) fn coinbase(height: u32, extra_nonce: u64, tag: &str, value: Amount, script_pubkey: &Script) -> Transaction {
    let mut script_sig = height_push(height);
    push(&extra_nonce.to_le_bytes(), &mut script_sig);
    let mut text = TAG_START.to_vec();
    text.extend_from_slice(clean(tag).as_bytes());
    text.push(TAG_END);
    push(&text, &mut script_sig);
    Transaction {
        version: 1,
        inputs: vec![TxIn {
            prevout: OutPoint::NULL,
            script_sig: Script::from_bytes(script_sig),
            sequence: TxIn::SEQUENCE_FINAL,
            witness: Vec::new(),
        }],
        outputs: vec![TxOut { value, script_pubkey: script_pubkey.clone() }],
        lock_time: 0,
    }
}

/// Who says to have mined the block of this coinbase; `None` if it is none of ours or unreadable.
///
/// It is a claim, not a proof: anyone can write any name.
pub fn miner_tag(coinbase: &Transaction) -> Option<String> {
    let bytes = coinbase.inputs.first()?.script_sig.as_bytes();
    let start = bytes.windows(TAG_START.len()).position(|window| window == TAG_START)? + TAG_START.len();
    let text = bytes.get(start..)?;
    let end = text.iter().position(|byte| *byte == TAG_END)?;
    let name = std::str::from_utf8(text.get(..end)?).ok()?;
    (!name.is_empty() && name == clean(name)).then(|| name.to_owned())
}

/// A name as it may stand in a coinbase: printable, without the end mark, not too long.
fn clean(tag: &str) -> String {
    let mut name = String::new();
    for character in tag.trim().chars() {
        if name.len() + character.len_utf8() > MAX_TAG_BYTES {
            break;
        }
        if is_printable(character) {
            name.push(character);
        }
    }
    name.trim().to_owned()
}

/// Whether a character shows as itself: no control, no line break, nothing that reorders text.
fn is_printable(character: char) -> bool {
    let invisible = matches!(character, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}' | '\u{e0000}'..='\u{e0fff}');
    character != '/' && !character.is_control() && !invisible
}

/// The height as Core pushes it (`CScript() << height`): a small number has an opcode of its own.
fn height_push(height: u32) -> Vec<u8> {
    match height {
        0 => vec![0],
        1..=16 => vec![0x50 + height as u8],
        _ => {
            let mut bytes = height.to_le_bytes().to_vec();
            while bytes.last() == Some(&0) {
                bytes.pop();
            }
            // The highest bit is a script number's sign.
            if bytes.last().is_some_and(|byte| byte & 0x80 != 0) {
                bytes.push(0);
            }
            let mut out = Vec::new();
            push(&bytes, &mut out);
            out
        }
    }
}

/// Appends a push of up to 75 bytes.
fn push(bytes: &[u8], out: &mut Vec<u8>) {
    debug_assert!(bytes.len() <= 75);
    out.push(bytes.len() as u8);
    out.extend_from_slice(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tagged(tag: &str) -> Transaction {
        coinbase(500_000, u64::MAX, tag, Amount::from_coins(50), &Script::default())
    }

    #[test]
    fn the_name_comes_back_from_the_coinbase() {
        for name in ["Amber Fox", "琥珀狐狸", "a", &"é".repeat(30)] {
            assert_eq!(miner_tag(&tagged(name)).as_deref(), Some(name));
        }
    }

    #[test]
    fn a_name_is_cut_and_cleaned_so_that_it_fits_and_reads_back() {
        assert_eq!(miner_tag(&tagged(" a/b\n\u{202e}c ")).as_deref(), Some("abc"));
        let long = tagged(&"字".repeat(100));
        assert_eq!(miner_tag(&long), Some("字".repeat(20)));
        assert!(long.inputs[0].script_sig.as_bytes().len() <= 100);
        assert_eq!(miner_tag(&tagged("")), None);
    }

    #[test]
    fn foreign_or_broken_coinbases_have_no_name() {
        let cases: [&[u8]; 6] = [
            b"",
            b"\x04\xff\xff\x00\x1d\x01\x04EThe Times 03/Jan/2009 Chancellor on brink",
            b"/tabchain:",
            b"/tabchain:no end",
            b"/tabchain:\xff\xfe/",
            b"/tabchain:\x1b[31mred/",
        ];
        for script_sig in cases {
            let mut transaction = tagged("x");
            transaction.inputs[0].script_sig = Script::from_bytes(script_sig.to_vec());
            assert_eq!(miner_tag(&transaction), None);
        }
        let mut transaction = tagged("x");
        transaction.inputs.clear();
        assert_eq!(miner_tag(&transaction), None);
    }

    #[test]
    fn the_height_is_pushed_as_core_does() {
        let cases: [(u32, &[u8]); 8] = [
            (0, &[0]),
            (1, &[0x51]),
            (16, &[0x60]),
            (17, &[1, 17]),
            (127, &[1, 127]),
            (128, &[2, 128, 0]),
            (256, &[2, 0, 1]),
            (227_931, &[3, 0x5b, 0x7a, 0x03]),
        ];
        for (height, bytes) in cases {
            assert_eq!(height_push(height), bytes, "{height}");
        }
    }
}
