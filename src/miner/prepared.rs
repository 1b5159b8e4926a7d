//! A job made ready for its kernels, and what they count.
//!
//! A header is 80 bytes, SHA-256 works in blocks of 64: the first block holds no nonce, so its
//! state, the midstate, is computed once a job.

use sha2::block_api::compress256;

use super::job::{Job, MAX_ZERO_BITS, Report};
use crate::ledger::{BlockHash, Header};

/// SHA-256's initial state (FIPS 180-4, section 5.3.3).
pub(super) const INITIAL_STATE: [u32; 8] =
    [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];

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
