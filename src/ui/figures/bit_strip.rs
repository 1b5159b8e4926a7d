//! Bits as a picture of rows of 32, against as many others if wanted: what changed is crossed.

use std::fmt::Write as _;

use yew::prelude::*;

/// Bits in a row.
const COLUMNS: usize = 32;
/// From one cell to the next, and a cell's side, in drawing units.
const STEP: usize = 10;
const CELL: usize = 8;

/// The picture as one path for each way a cell can look.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BitStrip {
    /// Cells that are set.
    pub on: String,
    /// Cells that are not.
    pub off: String,
    /// Set, and not so in the other bits.
    pub changed_on: String,
    /// Not set, but so in the other bits.
    pub changed_off: String,
    /// Crosses on changed cells that are set.
    pub cross_on: String,
    /// Crosses on changed cells that are not.
    pub cross_off: String,
    /// How many are set.
    pub set: u32,
    /// How many changed.
    pub changed: u32,
}

/// Width and height of the drawing of so many bytes, in its units, without its margin of 2 at each side.
pub const fn size(bytes: usize) -> (usize, usize) {
    (COLUMNS * STEP - 2, (bytes * 8).div_ceil(COLUMNS) * STEP - 2)
}

/// Whether bit `index` is set, counted from the highest of the first byte.
fn bit(bytes: &[u8], index: usize) -> bool {
    bytes.get(index / 8).is_some_and(|byte| byte >> (7 - index % 8) & 1 == 1)
}

/// The picture of `bytes`, compared with `other` if given.
pub fn layout(bytes: &[u8], other: Option<&[u8]>) -> BitStrip {
    let mut strip = BitStrip::default();
    for index in 0..bytes.len() * 8 {
        let (x, y) = (index % COLUMNS * STEP, index / COLUMNS * STEP);
        let on = bit(bytes, index);
        let changed = other.is_some_and(|other| bit(other, index) != on);
        strip.set += u32::from(on);
        strip.changed += u32::from(changed);
        let (cell, cross) = match (on, changed) {
            (true, false) => (&mut strip.on, None),
            (false, false) => (&mut strip.off, None),
            (true, true) => (&mut strip.changed_on, Some(&mut strip.cross_on)),
            (false, true) => (&mut strip.changed_off, Some(&mut strip.cross_off)),
        };
        let _ = write!(cell, "M{x} {y}h{CELL}v{CELL}h-{CELL}z");
        if let Some(cross) = cross {
            let _ = write!(cross, "M{} {}l4 4m-4 0l4-4", x + 2, y + 2);
        }
    }
    strip
}

/// Props of [`BitStripFigure`].
#[derive(Properties, PartialEq)]
pub struct BitStripProps {
    /// The bits.
    pub bytes: Vec<u8>,
    /// The bits they are compared with.
    #[prop_or_default]
    pub other: Option<Vec<u8>>,
    /// What the picture says, in one sentence.
    pub label: AttrValue,
}

/// The picture of any number of bytes.
#[component]
pub fn BitStripFigure(props: &BitStripProps) -> Html {
    let strip = layout(&props.bytes, props.other.as_deref());
    let (width, height) = size(props.bytes.len());
    let view_box = format!("-2 -2 {} {}", width + 4, height + 4);
    html! {
        <svg class="fig bitstrip" viewBox={view_box} role="img" aria-label={props.label.clone()}>
            <path class="bit" d={strip.off} />
            <path class="bit on" d={strip.on} />
            <path class="bit ch" d={strip.changed_off} />
            <path class="bit ch on" d={strip.changed_on} />
            <path class="bx" d={strip.cross_off} />
            <path class="bx bx--on" d={strip.cross_on} />
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bit_is_drawn_once() {
        let strip = layout(&[0xf0; 32], Some(&[0xff; 32]));
        let cells = |path: &str| path.matches('M').count();
        assert_eq!(strip.set, 128);
        assert_eq!(strip.changed, 128);
        assert_eq!(cells(&strip.on) + cells(&strip.off) + cells(&strip.changed_on) + cells(&strip.changed_off), 256);
        assert_eq!(cells(&strip.cross_off), 128);
        assert_eq!(cells(&strip.cross_on), 0);
    }

    #[test]
    fn without_another_nothing_changed() {
        let strip = layout(&[1; 32], None);
        assert_eq!((strip.set, strip.changed), (32, 0));
        assert!(strip.on.starts_with("M70 0h8v8h-8z"));
    }

    #[test]
    fn the_last_bit_ends_at_the_corner() {
        let mut bytes = [0; 32];
        bytes[31] = 1;
        assert_eq!(layout(&bytes, None).on, format!("M{} {}h8v8h-8z", size(32).0 - 8, size(32).1 - 8));
    }
}
