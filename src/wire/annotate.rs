//! What each byte of a message means, for those who look at the bytes.

use std::ops::Range;

use crate::ledger::{Amount, BlockHash, DecodeError, Header, MAX_ELEMENTS, MerkleNode, Reader, Txid, to_hex};

use super::frame::{FRAME_HEADER_SIZE, checksum, peek_command};
use super::reject::RejectCode;

/// Most fields that one annotation has; what comes after them is one field `rest`.
pub const MAX_FIELDS: usize = 2_000;
/// Most bytes that a value shows in full.
const MAX_SHOWN_BYTES: usize = 80;

/// A run of bytes that belong together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Field {
    /// The path of names, like `inputs[0].prevout.txid`: Bitcoin's nouns, the same in any language.
    pub name: String,
    /// Where its bytes are, from the start of what was annotated.
    pub bytes: Range<usize>,
    /// What they say, as people write it.
    pub value: String,
}

/// The fields of a frame. They cover it from its first byte to its last without gap or overlap,
/// whatever the bytes are; what cannot be read is one field `unreadable`.
pub fn annotate(frame: &[u8]) -> Vec<Field> {
    let mut notes = Notes::new(frame);
    let payload_magic_to_checksum = frame_header(&mut notes, frame);
    if payload_magic_to_checksum.is_ok() {
        let command = peek_command(frame).unwrap_or_default();
        // The error is shown by the field `unreadable`, which finish adds.
        let _ = payload(&mut notes, command);
    }
    notes.finish()
}

/// The fields of a transaction's bytes, as [`annotate`] gives those of a frame.
pub fn annotate_transaction(bytes: &[u8]) -> Vec<Field> {
    let mut notes = Notes::new(bytes);
    let _ = transaction(&mut notes, "");
    notes.finish()
}

/// The fields of a block's bytes, as [`annotate`] gives those of a frame.
pub fn annotate_block(bytes: &[u8]) -> Vec<Field> {
    let mut notes = Notes::new(bytes);
    let _ = block(&mut notes);
    notes.finish()
}

/// Why annotating stops: the bytes are wrong, or there are too many fields.
#[derive(Debug)]
enum Stop {
    Unreadable,
    Full,
}

impl From<DecodeError> for Stop {
    fn from(_: DecodeError) -> Self {
        Self::Unreadable
    }
}

type Noted<T = ()> = Result<T, Stop>;

/// The fields so far, and where the reader is.
struct Notes<'a> {
    reader: Reader<'a>,
    bytes: &'a [u8],
    fields: Vec<Field>,
}

impl<'a> Notes<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self { reader: Reader::new(bytes), bytes, fields: Vec::new() }
    }

    /// Reads one value and notes its bytes.
    fn field<T>(
        &mut self,
        name: impl Into<String>,
        read: impl FnOnce(&mut Reader<'a>) -> Result<T, DecodeError>,
        show: impl FnOnce(&T) -> String,
    ) -> Noted<T> {
        if self.fields.len() >= MAX_FIELDS {
            return Err(Stop::Full);
        }
        let mut ahead = self.reader.clone();
        let value = read(&mut ahead)?;
        let bytes = self.reader.position()..ahead.position();
        self.reader = ahead;
        if !bytes.is_empty() {
            self.fields.push(Field { name: name.into(), bytes, value: show(&value) });
        }
        Ok(value)
    }

    fn number<T: ToString>(
        &mut self,
        name: impl Into<String>,
        read: fn(&mut Reader<'a>) -> Result<T, DecodeError>,
    ) -> Noted<T> {
        self.field(name, read, T::to_string)
    }

    fn count(&mut self, name: impl Into<String>) -> Noted<usize> {
        Ok(self.number(name, |reader| reader.compact_size(MAX_ELEMENTS))? as usize)
    }

    fn hash(&mut self, name: impl Into<String>, show: impl FnOnce([u8; 32]) -> String) -> Noted {
        self.field(name, Reader::array::<32>, |bytes| show(*bytes)).map(drop)
    }

    /// Bytes behind their length: two fields, or one if there are none.
    fn counted_bytes(&mut self, name: &str, show: fn(&[u8]) -> String) -> Noted {
        let length = self.count(format!("{name}.length"))?;
        self.bytes(name, length, show)
    }

    fn bytes(&mut self, name: &str, length: usize, show: fn(&[u8]) -> String) -> Noted {
        self.field(name, |reader| reader.take(length), |bytes| show(bytes)).map(drop)
    }

    fn finish(mut self) -> Vec<Field> {
        let at = self.reader.position();
        if at < self.bytes.len() {
            let name = if self.fields.len() >= MAX_FIELDS { "rest" } else { "unreadable" };
            let value = show_bytes(&self.bytes[at..]);
            self.fields.push(Field { name: name.into(), bytes: at..self.bytes.len(), value });
        }
        self.fields
    }
}

/// Bytes as hexadecimal digits, cut where they get long.
fn show_bytes(bytes: &[u8]) -> String {
    match bytes.get(..MAX_SHOWN_BYTES) {
        Some(start) if bytes.len() > MAX_SHOWN_BYTES => format!("{}… ({} bytes)", to_hex(start), bytes.len()),
        _ => to_hex(bytes),
    }
}

fn show_text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn show_block_hash(bytes: [u8; 32]) -> String {
    BlockHash::from_bytes(bytes).to_string()
}

fn show_txid(bytes: [u8; 32]) -> String {
    Txid::from_bytes(bytes).to_string()
}

fn frame_header(notes: &mut Notes<'_>, frame: &[u8]) -> Noted {
    notes.field("magic", Reader::array::<4>, |magic| to_hex(magic))?;
    notes.field("command", Reader::array::<12>, |command| {
        show_text(command).trim_end_matches('\0').replace('\0', "\\0")
    })?;
    notes.number("length", Reader::u32)?;
    let right = frame.get(FRAME_HEADER_SIZE..).map(checksum);
    notes.field("checksum", Reader::array::<4>, |found| match right {
        Some(right) if right != *found => format!("{} ≠ {}", to_hex(found), to_hex(&right)),
        _ => to_hex(found),
    })?;
    Ok(())
}

fn payload(notes: &mut Notes<'_>, command: &str) -> Noted {
    match command {
        "version" => version(notes),
        "ping" | "pong" => notes.field("nonce", Reader::u64, |nonce| format!("{nonce:016x}")).map(drop),
        "getheaders" => {
            notes.number("version", Reader::u32)?;
            for index in 0..notes.count("locator.count")? {
                notes.hash(format!("locator[{index}]"), show_block_hash)?;
            }
            notes.hash("stop", show_block_hash)
        }
        "headers" => {
            for index in 0..notes.count("headers.count")? {
                let path = format!("headers[{index}].");
                header(notes, &path)?;
                notes.count(format!("{path}transactions.count"))?;
            }
            Ok(())
        }
        "inv" | "getdata" | "notfound" => {
            for index in 0..notes.count("inventory.count")? {
                let kind = notes.field(format!("inventory[{index}].type"), Reader::u32, |kind| match kind {
                    1 => "1 (tx)".into(),
                    2 => "2 (block)".into(),
                    _ => kind.to_string(),
                })?;
                let name = if kind == 1 { "txid" } else { "hash" };
                notes.hash(format!("inventory[{index}].{name}"), show_block_hash)?;
            }
            Ok(())
        }
        "tx" => transaction(notes, ""),
        "block" => block(notes),
        "reject" => {
            notes.counted_bytes("message", show_text)?;
            notes.field("code", Reader::u8, |code| format!("{code:#04x} {}", RejectCode::from_byte(*code).name()))?;
            notes.counted_bytes("reason", show_text)?;
            if notes.reader.remaining() > 0 {
                notes.hash("hash", show_block_hash)?;
            }
            Ok(())
        }
        "verack" | "mempool" | "sendheaders" => Ok(()),
        // Messages of our own, between tabs.
        "payto" => notes.bytes("address", notes.reader.remaining(), show_text),
        "note" | "noteseen" => {
            notes.number("number", Reader::u64)?;
            if command == "noteseen" {
                notes.number("verdict", Reader::u8)?;
                notes.number("known_key", Reader::u8)?;
            }
            notes.counted_bytes("message", show_text)?;
            notes.counted_bytes("public_key", show_bytes)?;
            notes.counted_bytes("signature", show_bytes)
        }
        "altering" => {
            notes.number("time", Reader::u64)?;
            notes.number("kind", Reader::u8)?;
            notes.counted_bytes("set_by", show_text)
        }
        "asktx" => {
            notes.number("number", Reader::u64)?;
            transaction(notes, "")
        }
        "txanswer" => {
            notes.number("number", Reader::u64)?;
            for rule in ["scripts.rule", "mempool.rule"] {
                let before = notes.reader.position();
                notes.counted_bytes(rule, show_text)?;
                // One byte is the length of an empty name: no rule failed.
                if notes.reader.position() > before + 1 {
                    for _ in 0..notes.count("facts.count")? {
                        notes.counted_bytes("facts.name", show_text)?;
                        notes.counted_bytes("facts.text", show_text)?;
                    }
                }
            }
            Ok(())
        }
        _ => notes.bytes("payload", notes.reader.remaining(), show_bytes),
    }
}

fn version(notes: &mut Notes<'_>) -> Noted {
    notes.number("version", Reader::u32)?;
    notes.field("services", Reader::u64, |bits| format!("{bits:#x}"))?;
    notes.number("time", |reader| reader.u64().map(u64::cast_signed))?;
    for side in ["receiver", "sender"] {
        notes.field(format!("{side}.services"), Reader::u64, |bits| format!("{bits:#x}"))?;
        notes.field(format!("{side}.ip"), Reader::array::<16>, |ip| to_hex(ip))?;
        notes.number(format!("{side}.port"), |reader| reader.array().map(u16::from_be_bytes))?;
    }
    notes.field("nonce", Reader::u64, |nonce| format!("{nonce:016x}"))?;
    notes.counted_bytes("user_agent", show_text)?;
    notes.number("start_height", Reader::i32)?;
    if notes.reader.remaining() > 0 {
        notes.number("relay", Reader::u8)?;
    }
    Ok(())
}

fn header(notes: &mut Notes<'_>, path: &str) -> Noted {
    // A header cut short shows as unreadable as a whole: its fields mean little apart.
    if notes.reader.remaining() < Header::SIZE {
        return Err(Stop::Unreadable);
    }
    notes.field(format!("{path}version"), Reader::i32, |version| format!("{version} ({version:#010x})"))?;
    notes.hash(format!("{path}prev_block_hash"), show_block_hash)?;
    notes.hash(format!("{path}merkle_root"), |bytes| MerkleNode::from_bytes(bytes).to_string())?;
    notes.number(format!("{path}time"), Reader::u32)?;
    notes.field(format!("{path}bits"), Reader::u32, |bits| format!("{bits:08x}"))?;
    notes.number(format!("{path}nonce"), Reader::u32)?;
    Ok(())
}

fn block(notes: &mut Notes<'_>) -> Noted {
    header(notes, "header.")?;
    for index in 0..notes.count("transactions.count")? {
        transaction(notes, &format!("transactions[{index}]."))?;
    }
    Ok(())
}

fn transaction(notes: &mut Notes<'_>, path: &str) -> Noted {
    notes.number(format!("{path}version"), Reader::i32)?;
    let mut ahead = notes.reader.clone();
    let has_witness = matches!((ahead.u8(), ahead.u8()), (Ok(0), Ok(1)));
    if has_witness {
        notes.number(format!("{path}marker"), Reader::u8)?;
        notes.number(format!("{path}flag"), Reader::u8)?;
    }
    let inputs = notes.count(format!("{path}inputs.count"))?;
    for index in 0..inputs {
        let path = format!("{path}inputs[{index}].");
        notes.hash(format!("{path}prevout.txid"), show_txid)?;
        notes.number(format!("{path}prevout.vout"), Reader::u32)?;
        notes.counted_bytes(&format!("{path}script_sig"), show_bytes)?;
        notes.field(format!("{path}sequence"), Reader::u32, |sequence| format!("{sequence:#010x}"))?;
    }
    let outputs = notes.count(format!("{path}outputs.count"))?;
    for index in 0..outputs {
        let path = format!("{path}outputs[{index}].");
        notes.field(format!("{path}value"), Reader::u64, |sat| Amount::from_sat(*sat).to_string())?;
        notes.counted_bytes(&format!("{path}script_pubkey"), show_bytes)?;
    }
    if has_witness {
        for index in 0..inputs {
            for item in 0..notes.count(format!("{path}inputs[{index}].witness.count"))? {
                notes.counted_bytes(&format!("{path}inputs[{index}].witness[{item}]"), show_bytes)?;
            }
        }
    }
    notes.number(format!("{path}lock_time"), Reader::u32)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::message::tests::{MAGIC, one_of_each};
    use super::*;

    fn covers(fields: &[Field], length: usize) {
        let mut at = 0;
        for field in fields {
            assert_eq!(field.bytes.start, at, "{field:?}");
            assert!(field.bytes.end > at, "{field:?}");
            at = field.bytes.end;
        }
        assert_eq!(at, length);
    }

    #[test]
    fn the_fields_of_every_message_cover_its_frame() {
        for message in one_of_each() {
            let frame = message.encode(MAGIC);
            let fields = annotate(&frame);
            covers(&fields, frame.len());
            assert!(fields.iter().all(|field| field.name != "unreadable"), "{message:?}: {fields:#?}");
        }
    }

    #[test]
    fn bytes_that_are_no_message_are_covered_too() {
        for message in one_of_each() {
            let frame = message.encode(MAGIC);
            for length in 0..frame.len() {
                covers(&annotate(&frame[..length]), length);
            }
            for at in 0..frame.len() {
                let mut changed = frame.clone();
                changed[at] ^= 0xff;
                covers(&annotate(&changed), frame.len());
            }
        }
    }

    #[test]
    fn a_transaction_is_taken_apart_down_to_its_scripts() {
        let bytes = crate::ledger::from_hex(
            "0100000001c997a5e56e104102fa209c6a852dd90660a20b2d9c352423edce25857fcd3704000000004847304402\
             204e45e16932b8af514961a1d3a1a25fdf3f4f7732e9d624c6c61548ab5fb8cd410220181522ec8eca07de4860a4\
             acdd12909d831cc56cbbac4622082221a8768d1d0901ffffffff0200ca9a3b00000000434104ae1a62fe09c5f51b\
             13905f07f06b99a2f7159b2225f374cd378d71302fa28414e7aab37397f554a7df5f142c21c1b7303b8a0626f1ba\
             ded5c72a704f7e6cd84cac00286bee0000000043410411db93e1dcdb8a016b49840f8c53bc1eb68a382e97b1482e\
             cad7b148a6909a5cb2e0eaddfb84ccf9744464f82e160bfa9b8b64f9d4c03f999b8643f656b412a3ac00000000",
        )
        .expect("hex");
        let fields = annotate_transaction(&bytes);
        covers(&fields, bytes.len());
        let value = |name: &str| fields.iter().find(|field| field.name == name).map(|field| field.value.as_str());
        assert_eq!(
            value("inputs[0].prevout.txid"),
            Some("0437cd7f8525ceed2324359c2d0ba26006d92d856a9c20fa0241106ee5a597c9")
        );
        assert_eq!(value("inputs[0].script_sig.length"), Some("72"));
        assert_eq!(value("outputs[0].value"), Some("10.00000000"));
        assert_eq!(value("outputs[1].value"), Some("40.00000000"));
        assert_eq!(value("lock_time"), Some("0"));
    }

    #[test]
    fn a_huge_message_has_a_bounded_number_of_fields() {
        let hashes = vec![crate::wire::Inventory::Block(BlockHash::ZERO); 50_000];
        let frame = crate::wire::Message::Inv(hashes).encode(MAGIC);
        let fields = annotate(&frame);
        assert_eq!(fields.len(), MAX_FIELDS + 1);
        assert_eq!(fields.last().map(|field| field.name.as_str()), Some("rest"));
        covers(&fields, frame.len());
    }

    #[test]
    fn a_wrong_checksum_is_shown_beside_the_right_one() {
        let mut frame = crate::wire::Message::Ping(1).encode(MAGIC);
        frame[20] ^= 1;
        let checksum = annotate(&frame).into_iter().find(|field| field.name == "checksum").expect("there");
        assert!(checksum.value.contains('≠'));
    }
}
