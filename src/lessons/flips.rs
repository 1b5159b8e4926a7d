//! A private key from coin flips: each flip is the next bit, the first one the highest.

/// Flips that make a key.
pub const FLIPS_MAX: usize = 256;

/// Who flipped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flipper {
    /// A person, who says what a coin showed.
    Person,
    /// A random source.
    Machine,
}

/// The flips so far; never more than [`FLIPS_MAX`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flips(Vec<(bool, Flipper)>);

impl Flips {
    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// How many a person told.
    pub fn by_person(&self) -> usize {
        self.0.iter().filter(|(_, flipper)| *flipper == Flipper::Person).count()
    }

    /// Whether a key is full.
    pub fn is_full(&self) -> bool {
        self.0.len() >= FLIPS_MAX
    }

    /// The last flip, heads being `true`.
    pub fn last(&self) -> Option<bool> {
        self.0.last().map(|(heads, _)| *heads)
    }

    /// How many were heads.
    pub fn heads(&self) -> usize {
        self.0.iter().filter(|(heads, _)| *heads).count()
    }

    /// With one more; as it was when it is full.
    pub fn with(&self, heads: bool, flipper: Flipper) -> Self {
        let mut next = self.clone();
        if !next.is_full() {
            next.0.push((heads, flipper));
        }
        next
    }

    /// Without the last one.
    pub fn without_last(&self) -> Self {
        let mut next = self.clone();
        next.0.pop();
        next
    }

    /// With what is missing taken from random bytes, bit for bit at its own place.
    pub fn filled(&self, random: &[u8; 32]) -> Self {
        let mut next = self.clone();
        for at in next.0.len()..FLIPS_MAX {
            let heads = random.get(at / 8).is_some_and(|byte| byte >> (7 - at % 8) & 1 == 1);
            next.0.push((heads, Flipper::Machine));
        }
        next
    }

    /// The bits: heads is 1, and what was not flipped yet is 0.
    pub fn to_bytes(&self) -> [u8; 32] {
        let mut bytes = [0u8; 32];
        for (at, (heads, _)) in self.0.iter().enumerate() {
            if let Some(byte) = bytes.get_mut(at / 8) {
                *byte |= u8::from(*heads) << (7 - at % 8);
            }
        }
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_flip_is_the_highest_bit() {
        let flips =
            Flips::default().with(true, Flipper::Person).with(false, Flipper::Person).with(true, Flipper::Machine);
        assert_eq!(flips.to_bytes()[0], 0b1010_0000);
        assert_eq!((flips.count(), flips.heads(), flips.by_person(), flips.last()), (3, 2, 2, Some(true)));
        assert_eq!(flips.without_last().to_bytes()[0], 0b1000_0000);
        assert_eq!(Flips::default().without_last(), Flips::default());
    }

    #[test]
    fn the_rest_is_taken_from_random_bytes_and_a_full_key_takes_no_more() {
        let flips = Flips::default().with(true, Flipper::Person).filled(&[0x55; 32]);
        let mut expected = [0x55; 32];
        expected[0] = 0xd5;
        assert_eq!(flips.to_bytes(), expected);
        assert!(flips.is_full() && flips.by_person() == 1);
        assert_eq!(flips.with(true, Flipper::Person), flips);
        assert_eq!(flips.filled(&[0; 32]), flips);
    }
}
