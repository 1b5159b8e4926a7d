//! Coins as squares whose area is their value: the layout.
//!
//! Invariant: the sides are in the ratio of the square roots of the values, down to a smallest
//! side that can still be seen; so nobody is told by a picture that a coin is worth more than it is.

/// A square on screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tile {
    /// Length of a side, in CSS pixels at the normal type size.
    pub side: u32,
    /// Size of the glyph in it, one of the glyph's sharp sizes: 10, 15 or 30.
    pub glyph: u32,
}

/// The smallest side, in CSS pixels.
pub const MIN_SIDE: u32 = 21;

/// The largest side for so many tiles, in CSS pixels: fewer tiles may be larger.
pub fn largest_side(count: usize) -> u32 {
    match count {
        0..=8 => 170,
        9..=16 => 128,
        17..=40 => 92,
        _ => 64,
    }
}

/// The squares of coins with these values, in satoshis, in the same order.
pub fn layout(values: &[u64]) -> Vec<Tile> {
    let largest = values.iter().copied().max().unwrap_or(0).max(1) as f64;
    let most = f64::from(largest_side(values.len()));
    values
        .iter()
        .map(|&value| {
            let side = ((value as f64 / largest).sqrt() * most).round() as u32;
            let side = side.max(MIN_SIDE);
            let glyph = match side {
                0..=39 => 10,
                40..=63 => 15,
                _ => 30,
            };
            Tile { side, glyph }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_coin_of_a_quarter_of_the_value_has_half_the_side() {
        let tiles = layout(&[400, 100]);
        assert_eq!(tiles[0].side, 170);
        assert_eq!(tiles[1].side, 85);
    }

    #[test]
    fn the_smallest_coin_can_still_be_seen_and_no_coins_draw_nothing() {
        assert_eq!(layout(&[u64::MAX, 0])[1].side, MIN_SIDE);
        assert!(layout(&[]).is_empty());
        assert_eq!(layout(&[0])[0].side, MIN_SIDE);
    }

    #[test]
    fn many_coins_are_drawn_smaller() {
        assert!(layout(&[5; 41])[0].side < layout(&[5; 8])[0].side);
    }

    #[test]
    fn a_glyph_fits_its_tile() {
        for tile in layout(&(0..200).map(|n| n * n).collect::<Vec<u64>>()) {
            assert!(tile.glyph + 8 <= tile.side, "{tile:?}");
        }
    }
}
