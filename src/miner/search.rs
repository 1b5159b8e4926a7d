//! The search for a nonce: hash the header twice with each, and look whether the target is met.

use super::BlockTemplate;
use super::job::{Job, Report};
use super::prepared::{Prepared, Tally};
use crate::ledger::Block;

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{BlockHash, Header};
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
