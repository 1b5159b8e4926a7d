//! Transactions: inputs that point at earlier outputs, and new outputs (whitepaper section 2).

use super::encoding::{
    Decodable, DecodeError, Encodable, MAX_ELEMENTS, Reader, compact_size_len, decode_exact, encode_compact_size,
    encode_list, encode_var_bytes, from_hex,
};
use super::script::MAX_SCRIPT_SIZE;
use super::{Amount, Script, Txid};

/// Where a coin is: an output of a transaction, by its index.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize, serde::Deserialize)]
pub struct OutPoint {
    /// The transaction that made the coin.
    pub txid: Txid,
    /// Which of its outputs, from 0.
    pub vout: u32,
}

impl OutPoint {
    /// What a coinbase's input points at: nothing.
    pub const NULL: Self = Self { txid: Txid::ZERO, vout: u32::MAX };

    /// Whether this points at nothing.
    pub fn is_null(&self) -> bool {
        *self == Self::NULL
    }
}

impl std::fmt::Display for OutPoint {
    /// `txid:vout`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.txid, self.vout)
    }
}

/// An input: the coin it spends, and the script that proves it may.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TxIn {
    /// The coin.
    pub prevout: OutPoint,
    /// The unlocking script; of a coinbase, the height and anything its miner likes.
    pub script_sig: Script,
    /// [`TxIn::SEQUENCE_FINAL`] unless a lock time or a replacement is meant.
    pub sequence: u32,
    /// Segregated witness (BIP-0141), empty in everything that Tabchain makes.
    pub witness: Vec<Vec<u8>>,
}

impl TxIn {
    /// The sequence number that means "final" (Core `SEQUENCE_FINAL`).
    pub const SEQUENCE_FINAL: u32 = u32::MAX;
    /// The highest that says that the transaction may be replaced while it waits (BIP-0125, Core
    /// `MAX_BIP125_RBF_SEQUENCE`).
    pub const SEQUENCE_REPLACEABLE: u32 = u32::MAX - 2;
}

/// An output: an amount, and the script that locks it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TxOut {
    /// The amount.
    pub value: Amount,
    /// The locking script.
    pub script_pubkey: Script,
}

/// A transaction.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Transaction {
    /// Format version, 1 or 2.
    pub version: i32,
    /// Coins spent.
    pub inputs: Vec<TxIn>,
    /// Coins made.
    pub outputs: Vec<TxOut>,
    /// Earliest height or time at which it may be in a block; 0 means at once.
    pub lock_time: u32,
}

impl Transaction {
    /// Its name: the hash of its bytes without witnesses, signatures included.
    pub fn txid(&self) -> Txid {
        let mut bytes = Vec::with_capacity(self.stripped_size());
        self.encode_stripped(&mut bytes);
        Txid::hash(&bytes)
    }

    /// Whether it makes new coins: one input, pointing at nothing.
    pub fn is_coinbase(&self) -> bool {
        self.inputs.len() == 1 && self.inputs[0].prevout.is_null()
    }

    /// Whether any input has witness data.
    pub fn has_witness(&self) -> bool {
        self.inputs.iter().any(|input| !input.witness.is_empty())
    }

    /// Bytes without witnesses.
    pub fn stripped_size(&self) -> usize {
        let inputs: usize = self.inputs.iter().map(|input| 40 + var_bytes_len(input.script_sig.as_bytes().len())).sum();
        let outputs: usize =
            self.outputs.iter().map(|output| 8 + var_bytes_len(output.script_pubkey.as_bytes().len())).sum();
        8 + compact_size_len(self.inputs.len() as u64) + inputs + compact_size_len(self.outputs.len() as u64) + outputs
    }

    /// Bytes in all.
    pub fn total_size(&self) -> usize {
        if !self.has_witness() {
            return self.stripped_size();
        }
        let witnesses: usize = self
            .inputs
            .iter()
            .map(|input| {
                compact_size_len(input.witness.len() as u64)
                    + input.witness.iter().map(|item| var_bytes_len(item.len())).sum::<usize>()
            })
            .sum();
        self.stripped_size() + 2 + witnesses
    }

    /// Weight units: a byte counts four, a witness byte one (BIP-0141).
    pub fn weight(&self) -> usize {
        self.stripped_size() * 3 + self.total_size()
    }

    /// Virtual bytes: weight divided by four, rounded up; without witnesses, the bytes.
    pub fn vsize(&self) -> usize {
        self.weight().div_ceil(4)
    }

    /// The outputs' sum, or none if it is out of range.
    pub fn output_value(&self) -> Option<Amount> {
        Amount::sum(self.outputs.iter().map(|output| output.value))
    }

    /// Appends the bytes without witnesses.
    pub fn encode_stripped(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.version.to_le_bytes());
        encode_list(&self.inputs, out);
        encode_list(&self.outputs, out);
        out.extend_from_slice(&self.lock_time.to_le_bytes());
    }
}

fn var_bytes_len(length: usize) -> usize {
    compact_size_len(length as u64) + length
}

impl Encodable for Transaction {
    fn encode(&self, out: &mut Vec<u8>) {
        if !self.has_witness() {
            return self.encode_stripped(out);
        }
        out.extend_from_slice(&self.version.to_le_bytes());
        out.extend_from_slice(&[WITNESS_MARKER, WITNESS_FLAG]);
        encode_list(&self.inputs, out);
        encode_list(&self.outputs, out);
        for input in &self.inputs {
            encode_compact_size(input.witness.len() as u64, out);
            for item in &input.witness {
                encode_var_bytes(item, out);
            }
        }
        out.extend_from_slice(&self.lock_time.to_le_bytes());
    }
}

/// Where a list of inputs would start, zero announces a witness (BIP-0144).
const WITNESS_MARKER: u8 = 0;
const WITNESS_FLAG: u8 = 1;

impl Decodable for Transaction {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let version = reader.i32()?;
        let mut inputs: Vec<TxIn> = reader.list(MAX_ELEMENTS)?;
        let mut outputs: Vec<TxOut> = Vec::new();
        let mut flag = 0;
        if inputs.is_empty() {
            let at = reader.position();
            flag = reader.u8()?;
            if flag != 0 {
                if flag != WITNESS_FLAG {
                    return Err(DecodeError::Unknown { what: "transaction flag", found: flag.into(), at });
                }
                inputs = reader.list(MAX_ELEMENTS)?;
                outputs = reader.list(MAX_ELEMENTS)?;
            }
        } else {
            outputs = reader.list(MAX_ELEMENTS)?;
        }
        if flag == WITNESS_FLAG {
            let at = reader.position();
            for input in &mut inputs {
                let count = reader.compact_size(MAX_ELEMENTS)? as usize;
                for _ in 0..count {
                    input.witness.push(reader.var_bytes()?);
                }
            }
            if inputs.iter().all(|input| input.witness.is_empty()) {
                return Err(DecodeError::Unknown { what: "empty witness", found: 0, at });
            }
        }
        let lock_time = reader.u32()?;
        Ok(Self { version, inputs, outputs, lock_time })
    }
}

/// Reads a transaction in hexadecimal, which the bytes alone do not always tell: one without inputs
/// and with one output looks as if it had witnesses (Core `DecodeHexTx`).
///
/// Both encodings are tried, or only the one with witnesses (true) or without (false). Where both
/// fit, the one whose scripts make sense is taken, else the one with witnesses.
///
/// # Errors
/// Text that is not hexadecimal, or bytes that are a transaction in neither encoding; the error is
/// of the encoding with witnesses where both were tried.
pub fn decode_hex_transaction(text: &str, has_witness: Option<bool>) -> Result<Transaction, DecodeError> {
    let bytes = from_hex(text)?;
    let extended = || decode_exact::<Transaction>(&bytes);
    let legacy = || decode_exact::<WithoutWitness>(&bytes).map(|transaction| transaction.0);
    match has_witness {
        Some(true) => extended(),
        Some(false) => legacy(),
        None => match (extended(), legacy()) {
            (Ok(extended), Ok(legacy)) if !has_sane_scripts(&extended) && has_sane_scripts(&legacy) => Ok(legacy),
            (Ok(extended), _) => Ok(extended),
            (Err(_), Ok(legacy)) => Ok(legacy),
            (Err(error), Err(_)) => Err(error),
        },
    }
}

/// Whether the scripts can be what they are for (Core `CheckTxScriptsSanity`).
fn has_sane_scripts(transaction: &Transaction) -> bool {
    let is_sane = |script: &Script| script.has_valid_ops() && script.as_bytes().len() <= MAX_SCRIPT_SIZE;
    (transaction.is_coinbase() || transaction.inputs.iter().all(|input| is_sane(&input.script_sig)))
        && transaction.outputs.iter().all(|output| is_sane(&output.script_pubkey))
}

/// A transaction read as before BIP-0144, when there was no marker.
struct WithoutWitness(Transaction);

impl Decodable for WithoutWitness {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let version = reader.i32()?;
        let inputs = reader.list(MAX_ELEMENTS)?;
        let outputs = reader.list(MAX_ELEMENTS)?;
        Ok(Self(Transaction { version, inputs, outputs, lock_time: reader.u32()? }))
    }
}

impl Encodable for OutPoint {
    fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.txid.as_bytes());
        out.extend_from_slice(&self.vout.to_le_bytes());
    }
}

impl Decodable for OutPoint {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(Self { txid: Txid::from_bytes(reader.array()?), vout: reader.u32()? })
    }
}

impl Encodable for TxIn {
    fn encode(&self, out: &mut Vec<u8>) {
        self.prevout.encode(out);
        encode_var_bytes(self.script_sig.as_bytes(), out);
        out.extend_from_slice(&self.sequence.to_le_bytes());
    }
}

impl Decodable for TxIn {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            prevout: OutPoint::decode(reader)?,
            script_sig: Script::from_bytes(reader.var_bytes()?),
            sequence: reader.u32()?,
            witness: Vec::new(),
        })
    }
}

impl Encodable for TxOut {
    fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.value.to_sat().to_le_bytes());
        encode_var_bytes(self.script_pubkey.as_bytes(), out);
    }
}

impl Decodable for TxOut {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(Self { value: Amount::from_sat(reader.u64()?), script_pubkey: Script::from_bytes(reader.var_bytes()?) })
    }
}
