//! Nodes' names: two words to tell tabs apart, like "Amber Fox".
//!
//! A [`Slug`], like `amber-fox`, is the form in addresses, locks and databases; it and the shown
//! name tell each other.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, de::Error};

use crate::session::NodeName;

/// Most characters of a name.
const MAX_CHARACTERS: usize = 32;

/// First words.
const FIRST: [&str; 32] = [
    "amber", "azure", "brave", "bright", "calm", "clever", "coral", "crimson", "dawn", "eager", "fair", "gentle",
    "golden", "happy", "honest", "indigo", "ivory", "jade", "kind", "lively", "lucky", "merry", "mint", "noble",
    "olive", "quick", "quiet", "rosy", "silver", "snowy", "sunny", "violet",
];
/// Second words.
const SECOND: [&str; 32] = [
    "badger", "bear", "beaver", "crane", "deer", "dolphin", "eagle", "falcon", "finch", "fox", "hare", "hedgehog",
    "heron", "horse", "ibis", "koala", "lark", "lion", "lynx", "marten", "otter", "owl", "panda", "puffin", "raven",
    "robin", "seal", "swan", "tiger", "turtle", "whale", "wren",
];

/// A node's name as it stands in addresses, locks and databases: letters and digits of any script
/// in lower case, words joined by `-`, at most 32 characters.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
pub struct Slug(String);

impl Slug {
    /// The slug of a name as someone typed or showed it; `None` if it has no letter or digit.
    pub fn parse(name: &str) -> Option<Self> {
        let lower = name.to_lowercase();
        let words = lower.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty());
        let joined = words.collect::<Vec<_>>().join("-");
        let cut: String = joined.chars().take(MAX_CHARACTERS).collect();
        let slug = cut.trim_end_matches('-');
        (!slug.is_empty()).then(|| Self(slug.to_owned()))
    }

    /// Two words chosen by four random bytes; from the tenth attempt on with a number, as there
    /// are 1,024 pairs only.
    pub fn random(bytes: [u8; 4], attempt: u32) -> Self {
        let [first, second, ..] = bytes.map(usize::from);
        let words = format!("{}-{}", FIRST[first % FIRST.len()], SECOND[second % SECOND.len()]);
        if attempt < 10 {
            return Self(words);
        }
        Self(format!("{words}-{}", 2 + u16::from_le_bytes([bytes[2], bytes[3]])))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name to show: `Amber Fox`.
    pub fn display_name(&self) -> NodeName {
        let words = self.0.split('-').map(|word| {
            let mut characters = word.chars();
            let first = characters.next().map(|first| first.to_uppercase().collect::<String>());
            first.unwrap_or_default() + characters.as_str()
        });
        NodeName(words.collect::<Vec<_>>().join(" "))
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Slug {
    /// Refuses what is not exactly a slug.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).filter(|slug| slug.0 == text).ok_or_else(|| D::Error::custom("this is no node's name"))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_name_and_its_slug_tell_each_other() {
        let cases = [
            ("amber-fox", "amber-fox", "Amber Fox"),
            ("Amber Fox", "amber-fox", "Amber Fox"),
            ("Ann", "ann", "Ann"),
            ("  Bob_2!", "bob-2", "Bob 2"),
            ("琥珀 狐", "琥珀-狐", "琥珀 狐"),
            ("../../x?y=1#z", "x-y-1-z", "X Y 1 Z"),
        ];
        for (typed, slug, shown) in cases {
            let parsed = Slug::parse(typed).expect("it has letters");
            assert_eq!(parsed.as_str(), slug);
            assert_eq!(parsed.display_name().0, shown);
            assert_eq!(Slug::parse(shown), Some(parsed));
        }
        for nothing in ["", " ", "-", "?!", "\u{202e}"] {
            assert_eq!(Slug::parse(nothing), None);
        }
        let long = Slug::parse(&"ab ".repeat(50)).expect("it has letters");
        assert!(long.as_str().chars().count() <= MAX_CHARACTERS);
        assert_eq!(Slug::parse(long.as_str()), Some(long));
    }

    #[test]
    fn the_words_give_a_thousand_names() {
        let names: BTreeSet<Slug> =
            (0..=255).flat_map(|first| (0..=255).map(move |second| Slug::random([first, second, 0, 0], 0))).collect();
        assert_eq!(names.len(), 1_024);
        assert!(names.iter().all(|name| Slug::parse(name.as_str()).as_ref() == Some(name)));
        let numbered = Slug::random([0, 0, 5, 0], 10);
        assert_eq!((numbered.as_str(), Slug::parse("Amber Badger 7")), ("amber-badger-7", Some(numbered.clone())));
    }
}
