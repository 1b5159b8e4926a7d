//! Where a key's bits came from, and how many of them nobody could guess.

use crate::lessons::flips::Flips;
use crate::ui::Text;
use crate::ui::pages::keys::key_bits::KeyBits;

/// A way the bits came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Coin flips.
    Flips {
        /// Told by a person.
        person: u32,
        /// Taken from the browser's random source.
        machine: u32,
    },
    /// Movements and key presses: an estimate.
    Movement {
        /// Bits that they are thought to be worth.
        bits: u32,
    },
    /// Words of BIP-0039.
    Words {
        /// Bits that the words hold.
        bits: u32,
        /// They were made here by the browser's random source.
        generated: bool,
    },
    /// A number that was typed.
    Typed,
    /// Bits set one by one.
    ByHand,
    /// The browser's random source.
    Browser,
}

/// Bits and where they came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Filled {
    /// Where from.
    pub source: Source,
    /// The bits, and how the public key is written.
    pub bits: KeyBits,
}

impl Source {
    /// Of flips.
    pub fn flips(flips: &Flips) -> Self {
        let person = flips.by_person() as u32;
        Self::Flips { person, machine: (flips.count() as u32).saturating_sub(person) }
    }

    /// Bits that count. What a person chose counts nothing, as nobody knows how it was chosen.
    pub const fn bits(self) -> u32 {
        match self {
            Self::Flips { person, machine } => person + machine,
            Self::Movement { bits } | Self::Words { bits, generated: true } => bits,
            Self::Words { generated: false, .. } | Self::Typed | Self::ByHand => 0,
            Self::Browser => 256,
        }
    }

    /// Why so many.
    pub fn words(self, text: Text) -> String {
        match self {
            Self::Flips { person, machine } => text.with(
                key!("keys.number.worth_flips"),
                &[("person", &person.to_string()), ("machine", &machine.to_string())],
            ),
            Self::Movement { .. } => text.t(key!("keys.number.worth_movement")).to_owned(),
            Self::Words { bits, generated: true } => {
                text.with(key!("keys.number.worth_words"), &[("bits", &bits.to_string())])
            }
            Self::Words { bits, generated: false } => {
                text.with(key!("keys.number.worth_words_typed"), &[("bits", &bits.to_string())])
            }
            Self::Typed => text.t(key!("keys.number.worth_typed")).to_owned(),
            Self::ByHand => text.t(key!("keys.number.worth_hand")).to_owned(),
            Self::Browser => text.t(key!("keys.number.worth_browser")).to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lessons::flips::Flipper;

    #[test]
    fn what_a_person_chose_counts_nothing_and_a_flip_counts_one() {
        let flips = Flips::default().with(true, Flipper::Person).with(false, Flipper::Machine);
        assert_eq!(Source::flips(&flips), Source::Flips { person: 1, machine: 1 });
        assert_eq!(Source::flips(&flips).bits(), 2);
        assert_eq!(Source::flips(&flips.filled(&[0; 32])).bits(), 256);
        for source in [Source::Typed, Source::ByHand, Source::Words { bits: 128, generated: false }] {
            assert_eq!(source.bits(), 0);
        }
        assert_eq!(Source::Words { bits: 128, generated: true }.bits(), 128);
    }
}
