//! What the bytes of a hashed field say, in words: an amount in coins, an address, the coin that is spent.

use crate::keys::Address;
use crate::ledger::sighash::{SIGHASH_ALL, SIGHASH_ANYONECANPAY, SIGHASH_NONE, SIGHASH_SINGLE};
use crate::ledger::{Amount, OutPoint, Params, Reader, Script, decode_exact};
use crate::ui::format;

/// Reads a field of [`hashed_fields`](crate::keys::signed_input::hashed_fields) by its name; none where its bytes say
/// nothing that has a shorter form, such as a script that pays to no address.
pub fn reading(name: &str, bytes: &[u8], params: &Params) -> Option<String> {
    match name {
        "amount" => {
            let sat = u64::from_le_bytes(bytes.try_into().ok()?);
            // The amount of an output that SINGLE leaves open is written as −1.
            if sat == u64::MAX {
                Some("−1".to_owned())
            } else {
                format::readable_amount(&Amount::from_sat(sat).to_string())
            }
        }
        "prevout" => {
            let coin: OutPoint = decode_exact(bytes).ok()?;
            Some([&format::middle_cut(&coin.txid.to_string(), 6, 4), ":", &coin.vout.to_string()].concat())
        }
        "script_pubkey" | "script_code" => {
            let mut reader = Reader::new(bytes);
            let script = Script::from_bytes(reader.var_bytes().ok().filter(|_| reader.remaining() == 0)?);
            let address = Address::from_script(&script, params)?;
            Some(format::middle_cut(&address.to_string(), 6, 4))
        }
        "input_count" | "output_count" => {
            let mut reader = Reader::new(bytes);
            let count = reader.compact_size(u64::MAX).ok().filter(|_| reader.remaining() == 0)?;
            Some(format::grouped(count))
        }
        "version" => Some(i32::from_le_bytes(bytes.try_into().ok()?).to_string()),
        "lock_time" => Some(u32::from_le_bytes(bytes.try_into().ok()?).to_string()),
        "hash_type" => hash_type(u32::from_le_bytes(bytes.try_into().ok()?)),
        _ => None,
    }
}

/// The name of a hash type, as Core's `SighashToStr` has it; none for one without a name.
fn hash_type(hash_type: u32) -> Option<String> {
    let name = match hash_type & !SIGHASH_ANYONECANPAY {
        SIGHASH_ALL => "ALL",
        SIGHASH_NONE => "NONE",
        SIGHASH_SINGLE => "SINGLE",
        _ => return None,
    };
    let alone = if hash_type & SIGHASH_ANYONECANPAY == 0 { "" } else { "|ANYONECANPAY" };
    Some([name, alone].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{Encodable, Txid};

    fn read(name: &str, bytes: &[u8]) -> Option<String> {
        reading(name, bytes, &Params::regtest())
    }

    #[test]
    fn a_changed_byte_of_an_amount_is_another_amount() {
        let mut bytes = Amount::from_coins(40).to_sat().to_le_bytes();
        assert_eq!(read("amount", &bytes).as_deref(), Some("40"));
        bytes[3] ^= 1;
        assert_eq!(read("amount", &bytes).as_deref(), Some("40.16777216"));
        bytes[7] ^= 1;
        assert_eq!(read("amount", &bytes).as_deref(), Some("720,575,980.54705152"), "more than there can be, and said");
        assert_eq!(read("amount", &[0xff; 8]).as_deref(), Some("−1"), "an output that SINGLE leaves open");
        assert_eq!(read("amount", &[0; 8]).as_deref(), Some("0"));
    }

    #[test]
    fn a_script_reads_as_its_address_and_one_that_is_no_payment_to_a_key_as_nothing() {
        let script = Script::pay_to_pubkey_hash(&crate::ledger::hash160(b"key"));
        let mut bytes = [&[25], script.as_bytes()].concat();
        let address = Address::from_script(&script, &Params::regtest()).unwrap().to_string();
        assert_eq!(read("script_pubkey", &bytes), Some(format::middle_cut(&address, 6, 4)));
        bytes[10] ^= 1;
        assert_ne!(read("script_pubkey", &bytes), Some(format::middle_cut(&address, 6, 4)), "another address");
        assert_ne!(read("script_pubkey", &bytes), None);
        bytes[1] ^= 1;
        assert_eq!(read("script_pubkey", &bytes), None, "another opcode");
        bytes[0] ^= 1;
        assert_eq!(read("script_pubkey", &bytes), None, "a length that is not the script's");
    }

    #[test]
    fn coins_counts_and_types_are_named() {
        let coin = OutPoint { txid: Txid::hash(b"coin"), vout: 7 };
        let txid = coin.txid.to_string();
        assert_eq!(read("prevout", &coin.to_bytes()), Some(format!("{}:7", format::middle_cut(&txid, 6, 4))));
        assert_eq!(read("input_count", &[0xfd, 0xfd, 0]).as_deref(), Some("253"));
        assert_eq!(read("input_count", &[0xfd]), None);
        assert_eq!(read("version", &2i32.to_le_bytes()).as_deref(), Some("2"));
        assert_eq!(read("hash_type", &0x81u32.to_le_bytes()).as_deref(), Some("ALL|ANYONECANPAY"));
        assert_eq!(read("hash_type", &0x07u32.to_le_bytes()), None);
        assert_eq!(read("script_empty", &[0]), None);
    }
}
