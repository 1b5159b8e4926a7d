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

const PROGRAM: &str = concat!("Tabchain:", env!("CARGO_PKG_VERSION"));
/// How the comment with the release begins.
const RELEASE: &str = "release ";

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

/// This program's user agent, with the node's name and the release of the app as comments (BIP-0014):
/// `/Tabchain:0.1.0(Alice; release 3f2a91)/`. Without a release, which is empty, that comment is left out.
///
/// The characters that separate its parts are left out of both.
pub fn user_agent(name: &str, release: &str) -> String {
    let plain = |text: &str, most: usize| -> String {
        text.chars().filter(|c| !c.is_control() && !"/:();".contains(*c)).take(most).collect()
    };
    let release = plain(release, 16);
    let release = if release.is_empty() { release } else { [RELEASE, &release].concat() };
    let comments: Vec<String> = [plain(name, 40), release].into_iter().filter(|comment| !comment.is_empty()).collect();
    if comments.is_empty() { format!("/{PROGRAM}/") } else { format!("/{PROGRAM}({})/", comments.join("; ")) }
}

/// The release of the app that a user agent tells, empty for one that is none; `None` for another program.
pub fn release_of(user_agent: &str) -> Option<&str> {
    let comments = user_agent.strip_prefix("/Tabchain:")?.split_once('(').map_or("", |(_, rest)| rest);
    let comments = comments.trim_end_matches('/').trim_end_matches(')');
    Some(comments.split("; ").find_map(|comment| comment.strip_prefix(RELEASE)).unwrap_or_default())
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
        assert_eq!(user_agent("Alice", ""), format!("/Tabchain:{version}(Alice)/"));
        assert_eq!(user_agent("a/b:(c);\n", ""), format!("/Tabchain:{version}(abc)/"));
        assert_eq!(user_agent("", ""), format!("/Tabchain:{version}/"));
        assert_eq!(user_agent("Alice", "3f2a"), format!("/Tabchain:{version}(Alice; release 3f2a)/"));
        assert!(user_agent(&"節".repeat(1000), &"節".repeat(1000)).len() <= MAX_USER_AGENT);
    }

    #[test]
    fn the_release_is_read_back_and_no_name_can_forge_one() {
        for (name, release) in [("Alice", "3f2a"), ("Alice", ""), ("", "3f2a"), ("", ""), ("x; release evil", "3f2a")] {
            assert_eq!(release_of(&user_agent(name, release)), Some(release), "{name} {release}");
        }
        assert_eq!(release_of("/Satoshi:31.0.0/"), None);
        assert_eq!(release_of("/Tabchain:0.2.0(Bob; release 77)/"), Some("77"));
        assert_eq!(release_of("/Tabchain:(((/"), Some(""));
    }
}
