//! The search for a nonce: hash the header twice with each, and look whether the target is met.
//!
//! A header is 80 bytes, SHA-256 works in blocks of 64: the first block holds no nonce, so its
//! state, the midstate, is computed once a job.

use sha2::block_api::compress256;

use super::BlockTemplate;
use super::job::{Job, MAX_ZERO_BITS, Report};
use crate::ledger::{Block, BlockHash, Header};

/// SHA-256's initial state (FIPS 180-4, section 5.3.3).
pub(super) const INITIAL_STATE: [u32; 8] =
    [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];

/// Which kernel [`search`] uses here.
pub const KERNEL: &str = if cfg!(target_arch = "wasm32") { "simd128" } else { "portable" };

/// Searches a slice with the best kernel there is here.
pub fn search(job: &Job) -> Report {
    #[cfg(target_arch = "wasm32")]
    return super::simd::search_simd(job);
    #[cfg(not(target_arch = "wasm32"))]
    search_portable(job)
}

/// Searches a slice one nonce after the other.
pub fn search_portable(job: &Job) -> Report {
    let prepared = Prepared::new(job);
    let mut tally = Tally::new(job);
    for nonce in prepared.nonces(job) {
        let state = prepared.hash(nonce);
        if tally.count(&state, nonce) {
            break;
        }
    }
    tally.report
}

/// A block for a template, if one of the first `max_tries` nonces makes one.
///
/// It runs to its end: call it with tries that take no longer than the caller may.
pub fn mine_block_now(template: &BlockTemplate, max_tries: u32) -> Option<Block> {
    let report = search(&Job {
        id: 0,
        header: template.header_bytes(),
        target: template.target(),
        first_nonce: 0,
        count: max_tries,
        rest_ms: 0,
    });
    report.found.map(|nonce| template.block(nonce))
}

/// What is the same for all nonces of a job.
pub(super) struct Prepared {
    /// The state after the header's first 64 bytes.
    pub(super) midstate: [u32; 8],
    /// The header's last 16 bytes, padded; the nonce is bytes 12..16.
    pub(super) tail: [u8; 64],
}

impl Prepared {
    pub(super) fn new(job: &Job) -> Self {
        let (first, rest) = job.header.split_at(64);
        let mut midstate = INITIAL_STATE;
        compress256(&mut midstate, &[first.try_into().expect("split at 64")]);
        let mut tail = [0; 64];
        tail[..16].copy_from_slice(rest);
        tail[16] = 0x80;
        tail[56..].copy_from_slice(&(8 * Header::SIZE as u64).to_be_bytes());
        Self { midstate, tail }
    }

    /// The nonces of a job; none past the last there is.
    pub(super) fn nonces(&self, job: &Job) -> impl Iterator<Item = u32> + use<> {
        let end = (u64::from(job.first_nonce) + u64::from(job.count)).min(1 << 32);
        (u64::from(job.first_nonce)..end).map(|nonce| nonce as u32)
    }

    /// The state of the double hash with this nonce.
    pub(super) fn hash(&self, nonce: u32) -> [u32; 8] {
        let mut tail = self.tail;
        tail[12..16].copy_from_slice(&nonce.to_le_bytes());
        let mut first = self.midstate;
        compress256(&mut first, &[tail]);

        let mut block = [0; 64];
        for (chunk, word) in block.chunks_exact_mut(4).zip(first) {
            chunk.copy_from_slice(&word.to_be_bytes());
        }
        block[32] = 0x80;
        block[56..].copy_from_slice(&256u64.to_be_bytes());
        let mut second = INITIAL_STATE;
        compress256(&mut second, &[block]);
        second
    }
}

/// Counts hashes, keeps the lowest, and knows the target.
///
/// A hash is a number whose most significant byte is the last that SHA-256 gives: the highest
/// 32 bits, which decide nearly always, are the state's last word with its bytes swapped.
pub(super) struct Tally {
    pub(super) report: Report,
    target: [u32; 8],
    best: [u32; 8],
}

impl Tally {
    pub(super) fn new(job: &Job) -> Self {
        let mut target = [0; 8];
        for (word, chunk) in target.iter_mut().zip(job.target.chunks_exact(4)) {
            *word = u32::from_be_bytes(chunk.try_into().expect("chunks of 4"));
        }
        let report = Report { id: job.id, ..Report::default() };
        Self { report, target, best: [u32::MAX; 8] }
    }

    /// The highest 32 bits that a hash may have and still matter beyond its zero bits.
    #[cfg(target_arch = "wasm32")]
    pub(super) fn interesting_below(&self) -> u32 {
        self.best[0].max(self.target[0])
    }

    /// Counts a hash that is neither the lowest nor below the target, by its highest 32 bits.
    #[cfg(target_arch = "wasm32")]
    pub(super) fn count_plain(&mut self, high: u32) {
        self.report.tries += 1;
        self.bar(high.leading_zeros() as usize);
    }

    /// Counts a hash, and says whether it meets the target.
    pub(super) fn count(&mut self, state: &[u32; 8], nonce: u32) -> bool {
        self.report.tries += 1;
        let high = state[7].swap_bytes();
        if high > self.best[0] && high > self.target[0] {
            self.bar(high.leading_zeros() as usize);
            return false;
        }
        let mut number = *state;
        number.reverse();
        for word in &mut number {
            *word = word.swap_bytes();
        }
        let zeros = number.iter().scan(true, |all_zero, word| {
            let zeros = if *all_zero { word.leading_zeros() } else { 0 };
            *all_zero &= *word == 0;
            Some(zeros)
        });
        self.bar(zeros.sum::<u32>() as usize);
        if number < self.best || self.report.best.is_none() {
            self.best = number;
            self.report.best = Some((hash_of(state), nonce));
        }
        let found = number <= self.target;
        if found {
            self.report.found = Some(nonce);
        }
        found
    }

    fn bar(&mut self, zeros: usize) {
        let index = zeros.min(MAX_ZERO_BITS);
        if self.report.histogram.len() <= index {
            self.report.histogram.resize(index + 1, 0);
        }
        self.report.histogram[index] += 1;
    }
}

/// The block hash of a SHA-256 state.
fn hash_of(state: &[u32; 8]) -> BlockHash {
    let mut bytes = [0; 32];
    for (chunk, word) in bytes.chunks_exact_mut(4).zip(state) {
        chunk.copy_from_slice(&word.to_be_bytes());
    }
    BlockHash::from_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{Encodable, from_hex};

    /// Mainnet's genesis block.
    const GENESIS: &str = "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac7\
                           2c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c";

    fn job(first_nonce: u32, count: u32) -> Job {
        let header = from_hex(GENESIS).expect("hex").try_into().expect("80 bytes");
        let mut target = [0; 32];
        target[4..6].fill(0xff);
        Job { id: 3, header, target, first_nonce, count, rest_ms: 0 }
    }

    #[test]
    fn the_search_finds_the_nonce_satoshi_found() {
        let report = search_portable(&job(2_083_236_893 - 999, 5000));
        assert_eq!(report.found, Some(2_083_236_893));
        assert_eq!(report.tries, 1000);
        let (hash, nonce) = report.best.expect("hashes were tried");
        assert_eq!(nonce, 2_083_236_893);
        assert_eq!(hash.to_string(), "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f");
        assert_eq!(report.histogram.len(), 44);
        assert_eq!(report.histogram.iter().sum::<u32>(), 1000);
    }

    #[test]
    fn every_hash_is_that_of_the_header_with_its_nonce() {
        let report = search_portable(&job(100, 50));
        assert_eq!((report.found, report.tries), (None, 50));
        let mut header: Header = crate::ledger::decode_exact(&from_hex(GENESIS).expect("hex")).expect("a header");
        let lowest = (100..150)
            .map(|nonce| {
                header.nonce = nonce;
                let mut number = *BlockHash::hash(&header.to_bytes()).as_bytes();
                number.reverse();
                (number, nonce)
            })
            .min()
            .expect("fifty");
        assert_eq!(report.best.expect("fifty were tried").1, lowest.1);
    }

    #[test]
    fn a_range_ends_at_the_last_nonce() {
        assert_eq!(search_portable(&job(u32::MAX - 2, 100)).tries, 3);
        assert_eq!(search_portable(&job(u32::MAX, 0)).tries, 0);
    }
}
