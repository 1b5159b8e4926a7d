//! The first message of each side: who I am, what I speak, how far my chain is.

use crate::ledger::{DecodeError, Reader};

use super::reject::{decode_text, encode_text};

/// The protocol spoken: has headers-first sync, `sendheaders` (BIP-0130) and all before.
pub const PROTOCOL_VERSION: u32 = 70_015;
/// The oldest protocol answered: that of `sendheaders`' predecessors, with `mempool` and `pong`
/// (BIP-0031, BIP-0035) and filters (BIP-0037), which added the last field of `version`.
pub const MIN_PROTOCOL_VERSION: u32 = 70_001;
/// Service bit: has all blocks.
pub const NODE_NETWORK: u64 = 1;
/// Service bit: answers `mempool` (BIP-0035, BIP-0111).
pub const NODE_BLOOM: u64 = 4;
/// Most bytes of a user agent (Core `MAX_SUBVERSION_LENGTH`).
pub const MAX_USER_AGENT: usize = 256;

/// A network address as `version` carries it; Tabchain's nodes have none, so theirs is zero.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct NetAddress {
    /// Service bits.
    pub services: u64,
    /// IPv6, or IPv4 mapped into it.
    pub ip: [u8; 16],
    /// The port, 0 for none.
    pub port: u16,
}

/// A version message.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Version {
    /// The protocol the sender speaks.
    pub protocol: u32,
    /// The sender's service bits.
    pub services: u64,
    /// The sender's clock, in seconds since 1970.
    pub time: i64,
    /// Where the sender sees the receiver.
    pub receiver: NetAddress,
    /// Where the sender says it is.
    pub sender: NetAddress,
    /// The sender's number, by which it knows a connection to itself.
    pub nonce: u64,
    /// The sender's program and name (BIP-0014), at most [`MAX_USER_AGENT`] bytes.
    pub user_agent: String,
    /// The sender's height.
    pub start_height: i32,
    /// Whether the sender wants transactions announced (BIP-0037).
    pub relay: bool,
}

/// This program's user agent with the node's name as a comment: `/Tabchain:0.1.0(Alice)/` (BIP-0014).
///
/// The characters that separate its parts are left out of the name.
pub fn user_agent(name: &str) -> String {
    const PROGRAM: &str = concat!("Tabchain:", env!("CARGO_PKG_VERSION"));
    let name: String = name.chars().filter(|c| !c.is_control() && !"/:()".contains(*c)).take(40).collect();
    if name.is_empty() { format!("/{PROGRAM}/") } else { format!("/{PROGRAM}({name})/") }
}

impl NetAddress {
    fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.services.to_le_bytes());
        out.extend_from_slice(&self.ip);
        out.extend_from_slice(&self.port.to_be_bytes());
    }

    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(Self { services: reader.u64()?, ip: reader.array()?, port: u16::from_be_bytes(reader.array()?) })
    }
}

impl Version {
    pub(super) fn encode_payload(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.protocol.to_le_bytes());
        out.extend_from_slice(&self.services.to_le_bytes());
        out.extend_from_slice(&self.time.to_le_bytes());
        self.receiver.encode(out);
        self.sender.encode(out);
        out.extend_from_slice(&self.nonce.to_le_bytes());
        encode_text(&self.user_agent, MAX_USER_AGENT, out);
        out.extend_from_slice(&self.start_height.to_le_bytes());
        out.push(u8::from(self.relay));
    }

    /// Reads a version message; what a later protocol may have added after it is ignored.
    pub(super) fn decode_payload(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let version = Self {
            protocol: reader.u32()?,
            services: reader.u64()?,
            time: reader.u64()?.cast_signed(),
            receiver: NetAddress::decode(reader)?,
            sender: NetAddress::decode(reader)?,
            nonce: reader.u64()?,
            user_agent: decode_text(reader, MAX_USER_AGENT)?,
            start_height: reader.i32()?,
            relay: reader.remaining() == 0 || reader.u8()? != 0,
        };
        reader.take(reader.remaining())?;
        Ok(version)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_name_cannot_break_the_user_agent_apart() {
        let version = env!("CARGO_PKG_VERSION");
        assert_eq!(user_agent("Alice"), format!("/Tabchain:{version}(Alice)/"));
        assert_eq!(user_agent("a/b:(c)\n"), format!("/Tabchain:{version}(abc)/"));
        assert_eq!(user_agent(""), format!("/Tabchain:{version}/"));
        assert!(user_agent(&"節".repeat(1000)).len() <= MAX_USER_AGENT);
    }
}
