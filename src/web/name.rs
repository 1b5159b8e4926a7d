//! Nodes' names: two words to tell tabs apart, like "Amber Fox" or 安静的海豚.
//!
//! A [`Slug`], like `amber-fox`, is the form in addresses, locks and databases; it and the shown
//! name tell each other.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, de::Error};

use crate::api::NodeName;

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

/// First words in Chinese.
const FIRST_CHINESE: [&str; 32] = [
    "安静的",
    "勇敢的",
    "聪明的",
    "快乐的",
    "温柔的",
    "诚实的",
    "幸运的",
    "活泼的",
    "善良的",
    "机灵的",
    "沉着的",
    "热心的",
    "公正的",
    "高贵的",
    "明亮的",
    "敏捷的",
    "金色的",
    "银色的",
    "蓝色的",
    "青色的",
    "紫色的",
    "红色的",
    "橙色的",
    "白色的",
    "早起的",
    "爱笑的",
    "好奇的",
    "认真的",
    "耐心的",
    "开朗的",
    "坚定的",
    "灵巧的",
];
/// Second words in Chinese.
const SECOND_CHINESE: [&str; 32] = [
    "海豚",
    "狐狸",
    "松鼠",
    "熊猫",
    "老虎",
    "狮子",
    "白鹤",
    "猎鹰",
    "云雀",
    "海龟",
    "鲸鱼",
    "刺猬",
    "水獭",
    "河狸",
    "天鹅",
    "乌鸦",
    "骏马",
    "小鹿",
    "野兔",
    "考拉",
    "海豹",
    "山猫",
    "苍鹭",
    "知更鸟",
    "猫头鹰",
    "企鹅",
    "大象",
    "羚羊",
    "燕子",
    "孔雀",
    "蜻蜓",
    "鹦鹉",
];

/// The language of a new name. A name is what it is: it is not translated later.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum NameWords {
    /// `Quiet Dolphin`.
    #[default]
    English,
    /// 安静的海豚.
    Chinese,
}

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
    pub fn random(words: NameWords, bytes: [u8; 4], attempt: u32) -> Self {
        let (firsts, seconds, between) = match words {
            NameWords::English => (&FIRST, &SECOND, "-"),
            NameWords::Chinese => (&FIRST_CHINESE, &SECOND_CHINESE, ""),
        };
        let [first, second, ..] = bytes.map(usize::from);
        let words = [firsts[first % firsts.len()], between, seconds[second % seconds.len()]].concat();
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
        for words in [NameWords::English, NameWords::Chinese] {
            let random = |first, second| Slug::random(words, [first, second, 0, 0], 0);
            let names: BTreeSet<Slug> =
                (0..=255).flat_map(|first| (0..=255).map(move |second| random(first, second))).collect();
            assert_eq!(names.len(), 1_024, "{words:?}");
            assert!(names.iter().all(|name| Slug::parse(name.as_str()).as_ref() == Some(name)));
            assert!(names.iter().all(|name| Slug::parse(&name.display_name().0).as_ref() == Some(name)));
        }
        let numbered = Slug::random(NameWords::English, [0, 0, 5, 0], 10);
        assert_eq!((numbered.as_str(), Slug::parse("Amber Badger 7")), ("amber-badger-7", Some(numbered.clone())));
        let chinese = Slug::random(NameWords::Chinese, [0, 0, 5, 0], 10);
        assert_eq!(chinese.display_name().0, "安静的海豚 7");
    }
}
