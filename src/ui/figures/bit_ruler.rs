//! A hash against its target, bit by bit from the front: how many zeros it has, how many it needs.

use yew::prelude::*;

use super::bit_grid::bit;

/// A bit of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RulerBit {
    /// A zero before the first one: it counts.
    Zero,
    /// The first one: here the row of zeros ends.
    First,
    /// What comes after does not count.
    Rest(bool),
    /// Anything will do.
    Any,
}

/// Cells that are drawn for a target of `needed` zero bits: 32, or eight more than needed, at most 64.
pub fn cells(needed: u32) -> usize {
    (needed as usize + 8).next_multiple_of(8).clamp(32, 64)
}

/// The row of a target: so many zeros, then anything.
pub fn target_row(needed: u32) -> Vec<RulerBit> {
    (0..cells(needed)).map(|at| if at < needed as usize { RulerBit::Zero } else { RulerBit::Any }).collect()
}

/// The row of a hash, its bytes in the order people read them.
pub fn hash_row(hash: &[u8; 32], needed: u32) -> Vec<RulerBit> {
    let zeros = zero_bits(hash) as usize;
    (0..cells(needed))
        .map(|at| match at.cmp(&zeros) {
            std::cmp::Ordering::Less => RulerBit::Zero,
            std::cmp::Ordering::Equal => RulerBit::First,
            std::cmp::Ordering::Greater => RulerBit::Rest(bit(hash, at)),
        })
        .collect()
}

/// Zero bits at the front of a hash, its bytes in the order people read them.
pub fn zero_bits(hash: &[u8; 32]) -> u32 {
    let full = hash.iter().take_while(|byte| **byte == 0).count();
    full as u32 * 8 + hash.get(full).map_or(0, |byte| byte.leading_zeros())
}

/// A row with its words: `kind` is `target`, `best` or `now` and decides the look.
pub fn ruler_row(kind: &'static str, label: &str, bits: &[RulerBit], needed: u32, words: Html) -> Html {
    let cells = bits.iter().enumerate().map(|(at, bit)| {
        let (class, text) = match bit {
            RulerBit::Zero => ("z", "0"),
            RulerBit::First => ("first", "1"),
            RulerBit::Rest(true) => ("rest", "1"),
            RulerBit::Rest(false) => ("rest", "0"),
            RulerBit::Any => ("any", "·"),
        };
        html! { <i class={class} data-last={(at + 1 == needed as usize).then_some("true")}>{ text }</i> }
    });
    html! {
        <div class="brow" data-kind={kind}>
            <span class="brow__l">{ label.to_owned() }</span>
            <span class="brow__bits" aria-hidden="true">{ for cells }</span>
            <span class="brow__r">{ words }</span>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_row_ends_its_zeros_at_the_first_one() {
        let mut hash = [0xff; 32];
        hash[0] = 0;
        hash[1] = 0b0001_0000;
        let row = hash_row(&hash, 22);
        assert_eq!(zero_bits(&hash), 11);
        assert_eq!(row.len(), 32);
        assert!(row[..11].iter().all(|bit| *bit == RulerBit::Zero));
        assert_eq!(row[11], RulerBit::First);
        assert_eq!(row[12], RulerBit::Rest(false));
        assert_eq!(zero_bits(&[0; 32]), 256);
    }

    #[test]
    fn a_target_row_asks_for_its_zeros_and_fits_any_difficulty() {
        assert_eq!(target_row(22).iter().filter(|bit| **bit == RulerBit::Zero).count(), 22);
        assert_eq!(target_row(1).len(), 32);
        assert_eq!(target_row(40).len(), 48);
        assert_eq!(target_row(300).len(), 64);
    }
}
