//! The search kernel for WebAssembly's 128-bit vectors: four nonces at a time, one in each lane.
//!
//! This is SHA-256's compression function (FIPS 180-4, section 6.2.2) written over vectors, for
//! searching only: whatever it finds, the ledger hashes again with the primitive library.

use core::arch::wasm32::{
    i32x4_add, u32x4, u32x4_extract_lane, u32x4_shl, u32x4_shr, u32x4_splat, v128, v128_and, v128_or, v128_xor,
};

use super::job::{Job, Report};
use super::prepared::{INITIAL_STATE, Prepared, Tally};

/// SHA-256's round constants (FIPS 180-4, section 4.2.2).
const ROUND_CONSTANTS: [u32; 64] = [
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98,
    0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
    0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8,
    0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
    0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819,
    0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
    0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
    0xc67178f2,
];

/// Searches a slice four nonces at a time.
#[target_feature(enable = "simd128")]
pub fn search_simd(job: &Job) -> Report {
    let prepared = Prepared::new(job);
    let mut tally = Tally::new(job);
    let mut tail = [u32x4_splat(0); 16];
    for (word, chunk) in tail.iter_mut().zip(prepared.tail.chunks_exact(4)) {
        *word = u32x4_splat(u32::from_be_bytes(chunk.try_into().expect("chunks of 4")));
    }
    let midstate = prepared.midstate.map(|word| u32x4_splat(word));
    let initial = INITIAL_STATE.map(|word| u32x4_splat(word));
    let end = (u64::from(job.first_nonce) + u64::from(job.count)).min(1 << 32);
    let mut next = u64::from(job.first_nonce);

    while next + 4 <= end {
        let nonce = next as u32;
        // The header holds the nonce little-endian, SHA-256 reads big-endian words.
        tail[3] =
            u32x4(nonce.swap_bytes(), (nonce + 1).swap_bytes(), (nonce + 2).swap_bytes(), (nonce + 3).swap_bytes());
        let first = compress(&midstate, tail);
        let mut block = [u32x4_splat(0); 16];
        block[..8].copy_from_slice(&first);
        block[8] = u32x4_splat(0x8000_0000);
        block[15] = u32x4_splat(256);
        let second = compress(&initial, block);
        if count_lanes(&mut tally, &second, nonce) {
            return tally.report;
        }
        next += 4;
    }
    while next < end {
        let nonce = next as u32;
        if tally.count(&prepared.hash(nonce), nonce) {
            break;
        }
        next += 1;
    }
    tally.report
}

/// Counts four hashes in the order of their nonces, up to one that meets the target.
#[target_feature(enable = "simd128")]
fn count_lanes(tally: &mut Tally, state: &[v128; 8], nonce: u32) -> bool {
    let highs = lanes(state[7]).map(u32::swap_bytes);
    let limit = tally.interesting_below();
    if highs.iter().all(|high| *high > limit) {
        for high in highs {
            tally.count_plain(high);
        }
        return false;
    }
    let words = state.map(|word| lanes(word));
    (0..4).any(|lane| tally.count(&words.map(|word| word[lane]), nonce + lane as u32))
}

#[target_feature(enable = "simd128")]
fn lanes(vector: v128) -> [u32; 4] {
    [
        u32x4_extract_lane::<0>(vector),
        u32x4_extract_lane::<1>(vector),
        u32x4_extract_lane::<2>(vector),
        u32x4_extract_lane::<3>(vector),
    ]
}

macro_rules! rotate_right {
    ($x:expr, $n:literal) => {
        v128_or(u32x4_shr($x, $n), u32x4_shl($x, 32 - $n))
    };
}

macro_rules! add {
    ($x:expr, $y:expr) => { i32x4_add($x, $y) };
    ($x:expr, $y:expr, $($rest:expr),+) => { add!(i32x4_add($x, $y), $($rest),+) };
}

macro_rules! xor3 {
    ($x:expr, $y:expr, $z:expr) => {
        v128_xor(v128_xor($x, $y), $z)
    };
}

/// One round; the caller rotates the names instead of moving eight vectors.
macro_rules! round {
    ($a:ident $b:ident $c:ident $d:ident $e:ident $f:ident $g:ident $h:ident, $constant:expr, $word:expr) => {
        let sum1 = xor3!(rotate_right!($e, 6), rotate_right!($e, 11), rotate_right!($e, 25));
        // Ch and Maj in the forms with the fewest operations; `$b ^ $c` is the round before's `$a ^ $b`.
        let choice = v128_xor($g, v128_and($e, v128_xor($f, $g)));
        let part = add!($h, sum1, choice, u32x4_splat($constant), $word);
        let sum0 = xor3!(rotate_right!($a, 2), rotate_right!($a, 13), rotate_right!($a, 22));
        let majority = v128_xor($b, v128_and(v128_xor($a, $b), v128_xor($b, $c)));
        $d = add!($d, part);
        $h = add!(part, sum0, majority);
    };
}

/// The next word of the message schedule, in place of the one sixteen rounds before.
macro_rules! schedule {
    ($w:ident, $i:literal) => {{
        let early = $w[($i + 1) % 16];
        let late = $w[($i + 14) % 16];
        let sigma0 = xor3!(rotate_right!(early, 7), rotate_right!(early, 18), u32x4_shr(early, 3));
        let sigma1 = xor3!(rotate_right!(late, 17), rotate_right!(late, 19), u32x4_shr(late, 10));
        $w[$i] = add!($w[$i], sigma0, $w[($i + 9) % 16], sigma1);
    }};
}

macro_rules! sixteen_rounds {
    ($w:ident, $base:expr, $a:ident $b:ident $c:ident $d:ident $e:ident $f:ident $g:ident $h:ident) => {
        round!($a $b $c $d $e $f $g $h, ROUND_CONSTANTS[$base], $w[0]);
        round!($h $a $b $c $d $e $f $g, ROUND_CONSTANTS[$base + 1], $w[1]);
        round!($g $h $a $b $c $d $e $f, ROUND_CONSTANTS[$base + 2], $w[2]);
        round!($f $g $h $a $b $c $d $e, ROUND_CONSTANTS[$base + 3], $w[3]);
        round!($e $f $g $h $a $b $c $d, ROUND_CONSTANTS[$base + 4], $w[4]);
        round!($d $e $f $g $h $a $b $c, ROUND_CONSTANTS[$base + 5], $w[5]);
        round!($c $d $e $f $g $h $a $b, ROUND_CONSTANTS[$base + 6], $w[6]);
        round!($b $c $d $e $f $g $h $a, ROUND_CONSTANTS[$base + 7], $w[7]);
        round!($a $b $c $d $e $f $g $h, ROUND_CONSTANTS[$base + 8], $w[8]);
        round!($h $a $b $c $d $e $f $g, ROUND_CONSTANTS[$base + 9], $w[9]);
        round!($g $h $a $b $c $d $e $f, ROUND_CONSTANTS[$base + 10], $w[10]);
        round!($f $g $h $a $b $c $d $e, ROUND_CONSTANTS[$base + 11], $w[11]);
        round!($e $f $g $h $a $b $c $d, ROUND_CONSTANTS[$base + 12], $w[12]);
        round!($d $e $f $g $h $a $b $c, ROUND_CONSTANTS[$base + 13], $w[13]);
        round!($c $d $e $f $g $h $a $b, ROUND_CONSTANTS[$base + 14], $w[14]);
        round!($b $c $d $e $f $g $h $a, ROUND_CONSTANTS[$base + 15], $w[15]);
    };
}

/// SHA-256's compression function on four blocks at a time.
#[inline]
#[target_feature(enable = "simd128")]
fn compress(state: &[v128; 8], block: [v128; 16]) -> [v128; 8] {
    let mut w = block;
    let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = *state;
    sixteen_rounds!(w, 0, a b c d e f g h);
    for base in [16, 32, 48] {
        schedule!(w, 0);
        schedule!(w, 1);
        schedule!(w, 2);
        schedule!(w, 3);
        schedule!(w, 4);
        schedule!(w, 5);
        schedule!(w, 6);
        schedule!(w, 7);
        schedule!(w, 8);
        schedule!(w, 9);
        schedule!(w, 10);
        schedule!(w, 11);
        schedule!(w, 12);
        schedule!(w, 13);
        schedule!(w, 14);
        schedule!(w, 15);
        sixteen_rounds!(w, base, a b c d e f g h);
    }
    [
        add!(state[0], a),
        add!(state[1], b),
        add!(state[2], c),
        add!(state[3], d),
        add!(state[4], e),
        add!(state[5], f),
        add!(state[6], g),
        add!(state[7], h),
    ]
}
