//! The names of texts, checked while the program is compiled: a name that no file of texts has is an error
//! of the compiler where it stands.
//!
//! ```text
//! text.t(key!("wallet.title"))                 one text
//! text.count(plural!("wallet.coins"), 3)       `wallet.coins.one` or `wallet.coins.many`
//! text.find(area!("rule"), &error.rule)        a text of the table `rule` whose name is known at run time only
//! ```
//!
//! `build.rs` writes the tables. A program keeps the names of those areas only that it looks into.

use std::cmp::Ordering;

include!(concat!(env!("OUT_DIR"), "/texts.rs"));

/// A language's file: the texts, in the order of their names.
pub(super) struct Language {
    pub(super) tag: &'static str,
    pub(super) texts: &'static [&'static str],
}

/// The name of a text: `key!` makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key(u16);

impl Key {
    /// The key of this name, of an area and the rest: `wallet.title`.
    ///
    /// # Panics
    /// If there is no such text: while compiling, by `key!`.
    pub const fn of(name: &str) -> Self {
        let mut dot = 0;
        while dot < name.len() && name.as_bytes()[dot] != b'.' {
            dot += 1;
        }
        assert!(dot < name.len(), "the name of a text has an area and a dot: wallet.title");
        let (area, rest) = name.as_bytes().split_at(dot);
        let (_, rest) = rest.split_at(1);
        match Area::of_bytes(area).key_of_bytes(rest) {
            Some(key) => key,
            None => panic!("no text in src/ui/text/en.toml has this name"),
        }
    }

    /// Where its text stands among a language's.
    pub(super) const fn index(self) -> usize {
        self.0 as usize
    }
}

/// The name of what is counted: `plural!` makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plural {
    pub(super) one: Key,
    pub(super) many: Key,
}

impl Plural {
    /// The two texts of these names, which `plural!` gives.
    pub const fn of(one: &str, many: &str) -> Self {
        Self { one: Key::of(one), many: Key::of(many) }
    }
}

/// A table of texts that is looked into by a name known at run time only: `area!` makes it.
#[derive(Clone, Copy, Debug)]
pub struct Area {
    first: u16,
    /// In order.
    names: &'static [&'static str],
}

impl Area {
    /// The area of this name.
    ///
    /// # Panics
    /// If there is no such area: while compiling, by `area!`.
    pub const fn of(name: &str) -> Self {
        Self::of_bytes(name.as_bytes())
    }

    const fn of_bytes(name: &[u8]) -> Self {
        let mut index = 0;
        while index < AREAS.len() {
            let (known, area) = AREAS[index];
            if compare(known.as_bytes(), name).is_eq() {
                return area;
            }
            index += 1;
        }
        panic!("no table of src/ui/text/en.toml has this name");
    }

    /// The names of its texts, in order.
    pub const fn names(self) -> &'static [&'static str] {
        self.names
    }

    /// The key of a name in this area, if there is one.
    pub const fn key(self, name: &str) -> Option<Key> {
        self.key_of_bytes(name.as_bytes())
    }

    const fn key_of_bytes(self, name: &[u8]) -> Option<Key> {
        let (mut low, mut high) = (0, self.names.len());
        while low < high {
            let middle = (low + high) / 2;
            match compare(self.names[middle].as_bytes(), name) {
                Ordering::Less => low = middle + 1,
                Ordering::Greater => high = middle,
                Ordering::Equal => return Some(Key(self.first + middle as u16)),
            }
        }
        None
    }
}

/// The order of bytes, as it can be told while compiling.
const fn compare(left: &[u8], right: &[u8]) -> Ordering {
    let mut index = 0;
    while index < left.len() && index < right.len() {
        if left[index] != right[index] {
            return if left[index] < right[index] { Ordering::Less } else { Ordering::Greater };
        }
        index += 1;
    }
    if left.len() == right.len() {
        Ordering::Equal
    } else if left.len() < right.len() {
        Ordering::Less
    } else {
        Ordering::Greater
    }
}

/// The [`Key`] of a text.
macro_rules! key {
    ($name:literal) => {{
        const KEY: $crate::ui::text::Key = $crate::ui::text::Key::of($name);
        KEY
    }};
}

/// The [`Plural`] of what is counted.
macro_rules! plural {
    ($stem:literal) => {{
        const PLURAL: $crate::ui::text::Plural =
            $crate::ui::text::Plural::of(concat!($stem, ".one"), concat!($stem, ".many"));
        PLURAL
    }};
}

/// The [`Area`] of a table of texts.
macro_rules! area {
    ($name:literal) => {{
        const AREA: $crate::ui::text::Area = $crate::ui::text::Area::of($name);
        AREA
    }};
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_where_its_text_stands() {
        let mut index = 0;
        for (area, Area { names, .. }) in AREAS {
            assert!(names.is_sorted(), "{area}");
            for name in *names {
                assert_eq!(Key::of(&format!("{area}.{name}")).index(), index, "{area}.{name}");
                index += 1;
            }
        }
        for language in &LANGUAGES {
            assert_eq!(language.texts.len(), index, "{}", language.tag);
        }
    }

    #[test]
    fn a_name_that_is_not_there_has_no_key() {
        for name in ["", "no-such-rule", "bad-cb", "bad-cb-amount-", "zzz"] {
            assert_eq!(area!("rule").key(name), None, "{name}");
        }
        assert!(area!("rule").key("bad-cb-amount").is_some());
    }
}
