//! A wallet's words (BIP-0039): 12 to 24 English words for its entropy and a checksum, and the
//! seed that they and a passphrase give.

use std::fmt;

use bip39::Language;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha512;

use super::nfkd::nfkd;

/// Rounds of PBKDF2 between words and seed.
const SEED_ROUNDS: usize = 2048;
/// Most words proposed for an unknown one.
const MOST_SUGGESTIONS: usize = 4;
/// Most characters of a text that is read as words: 24 words have 215 at most, the rest is for spaces.
pub const MAX_WORDS_CHARS: usize = 1_000;
/// Most characters of a passphrase. BIP-0039 knows no limit; what is longer is refused, never cut.
pub const MAX_PASSPHRASE_CHARS: usize = 400;
/// Most characters of an unknown word that an error repeats.
const SHOWN_WORD_CHARS: usize = 40;

/// A wallet's words, with a checksum that fits.
#[derive(Clone, PartialEq, Eq)]
pub struct Mnemonic(bip39::Mnemonic);

/// Words that make no wallet.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MnemonicError {
    /// Not 12, 15, 18, 21 or 24 words.
    #[error("a wallet has 12, 15, 18, 21 or 24 words, these are {found}")]
    Count {
        /// Words found.
        found: usize,
    },
    /// A word that is not in the list.
    #[error("word {}, {word:?}, is not in the list; near it: {}", at + 1, suggestions.join(", "))]
    UnknownWord {
        /// How many words are before it.
        at: usize,
        /// The word.
        word: String,
        /// Words of the list that are near it, best first.
        suggestions: Vec<&'static str>,
    },
    /// All words are in the list, but their checksum does not fit: a word or the order is wrong.
    #[error("every word is in the list, but together their checksum is wrong: a word or the order is not right")]
    Checksum,
    /// A text longer than any words.
    #[error("words have at most {MAX_WORDS_CHARS} characters together, these have {found}")]
    TooLong {
        /// Characters found.
        found: usize,
    },
    /// A passphrase that is too long to be kept whole.
    #[error("a passphrase has at most {MAX_PASSPHRASE_CHARS} characters, this has {found}")]
    PassphraseTooLong {
        /// Characters found.
        found: usize,
    },
    /// Entropy of a length that makes no words.
    #[error("entropy has 16, 20, 24, 28 or 32 bytes, this has {found}")]
    Entropy {
        /// Bytes found.
        found: usize,
    },
}

impl MnemonicError {
    /// A stable name of the rule that was broken.
    pub fn rule(&self) -> &'static str {
        match self {
            Self::Count { .. } => "words-count",
            Self::UnknownWord { .. } => "words-unknown",
            Self::Checksum => "words-checksum",
            Self::TooLong { .. } => "words-too-long",
            Self::PassphraseTooLong { .. } => "passphrase-too-long",
            Self::Entropy { .. } => "words-entropy",
        }
    }

    /// The facts, named, for a translated text. Positions count from 1.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Count { found } | Self::Entropy { found } => vec![("found", found.to_string())],
            Self::UnknownWord { at, word, suggestions } => {
                vec![
                    ("position", (at + 1).to_string()),
                    ("word", word.clone()),
                    ("suggestions", suggestions.join(", ")),
                ]
            }
            Self::TooLong { found } => vec![("found", found.to_string()), ("limit", MAX_WORDS_CHARS.to_string())],
            Self::PassphraseTooLong { found } => {
                vec![("found", found.to_string()), ("limit", MAX_PASSPHRASE_CHARS.to_string())]
            }
            Self::Checksum => Vec::new(),
        }
    }
}

impl Mnemonic {
    /// The words for 16 to 32 bytes of entropy.
    ///
    /// # Errors
    /// [`MnemonicError::Entropy`].
    pub fn from_entropy(entropy: &[u8]) -> Result<Self, MnemonicError> {
        bip39::Mnemonic::from_entropy_in(Language::English, entropy)
            .map(Self)
            .map_err(|_| MnemonicError::Entropy { found: entropy.len() })
    }

    /// The twelve words for 16 bytes of entropy.
    pub fn from_entropy_16(entropy: &[u8; 16]) -> Self {
        Self::from_entropy(entropy).expect("16 bytes make 12 words")
    }

    /// Reads words, in any case and width, with any space between them. An unknown word is told
    /// before a wrong count, as the first wrong word is what a typing user can mend.
    ///
    /// # Errors
    /// [`MnemonicError::TooLong`], [`MnemonicError::UnknownWord`], [`MnemonicError::Count`],
    /// [`MnemonicError::Checksum`].
    pub fn parse(text: &str) -> Result<Self, MnemonicError> {
        let characters = text.chars().count();
        if characters > MAX_WORDS_CHARS {
            return Err(MnemonicError::TooLong { found: characters });
        }
        let text = readable_words(text);
        let mut found = 0;
        for (at, word) in text.split_whitespace().enumerate() {
            if Language::English.find_word(word).is_none() {
                let is_long = word.chars().count() > SHOWN_WORD_CHARS;
                let mut word: String = word.chars().take(SHOWN_WORD_CHARS).collect();
                let suggestions = near_words(&word);
                word.extend(is_long.then_some('…'));
                return Err(MnemonicError::UnknownWord { at, suggestions, word });
            }
            found = at + 1;
        }
        bip39::Mnemonic::parse_in_normalized(Language::English, &text).map(Self).map_err(|error| match error {
            bip39::Error::BadWordCount(_) => MnemonicError::Count { found },
            _ => MnemonicError::Checksum,
        })
    }

    /// Whether this is a word of the list, in whatever case.
    pub fn is_word(word: &str) -> bool {
        Language::English.find_word(&word.to_lowercase()).is_some()
    }

    /// The words. Secret.
    pub fn words(&self) -> Vec<&'static str> {
        self.0.words().collect()
    }

    /// The words with a space between them. Secret.
    pub fn to_phrase(&self) -> String {
        self.words().join(" ")
    }

    /// The entropy that the words say. Secret.
    pub fn to_entropy(&self) -> Vec<u8> {
        let (bytes, length) = self.0.to_entropy_array();
        bytes.into_iter().take(length).collect()
    }

    /// The 64-byte seed for [`ExtendedPrivateKey::from_seed`](super::ExtendedPrivateKey::from_seed):
    /// 2048 rounds of PBKDF2 with HMAC-SHA-512. Secret.
    ///
    /// The passphrase is brought into Unicode's form NFKD here, so that it gives the same seed
    /// however a keyboard wrote its letters. The words, being ASCII, always are in that form.
    pub fn to_seed(&self, passphrase: &str) -> [u8; 64] {
        let passphrase = nfkd(passphrase);
        let mac = Hmac::<Sha512>::new_from_slice(self.to_phrase().as_bytes()).expect("HMAC takes a key of any length");
        let round = |parts: &[&[u8]]| -> [u8; 64] {
            let mut mac = mac.clone();
            parts.iter().for_each(|part| mac.update(part));
            mac.finalize().into_bytes().into()
        };
        // The seed is one block of PBKDF2, number 1.
        let mut block = round(&[b"mnemonic", passphrase.as_bytes(), &1_u32.to_be_bytes()]);
        let mut seed = block;
        for _ in 1..SEED_ROUNDS {
            block = round(&[&block]);
            seed.iter_mut().zip(block).for_each(|(sum, byte)| *sum ^= byte);
        }
        seed
    }
}

/// Checks that a passphrase is one that is taken: any text of at most [`MAX_PASSPHRASE_CHARS`] characters.
///
/// # Errors
/// [`MnemonicError::PassphraseTooLong`].
pub fn check_passphrase(text: &str) -> Result<(), MnemonicError> {
    let found = text.chars().count();
    if found > MAX_PASSPHRASE_CHARS { Err(MnemonicError::PassphraseTooLong { found }) } else { Ok(()) }
}

/// Typed or pasted words in small letters of plain width with plain spaces: what a page or a keyboard put between or
/// into them and nobody sees is left out.
fn readable_words(text: &str) -> String {
    let text = nfkd(text);
    let plain = text.chars().filter_map(|character| match character {
        // A space of no width is one for who copied it from a page.
        '\u{200b}' => Some(' '),
        // Joiners, direction marks, soft hyphen and byte order mark.
        '\u{ad}' | '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => None,
        character => Some(character),
    });
    plain.collect::<String>().to_lowercase()
}

impl fmt::Debug for Mnemonic {
    /// Does not show the words.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Mnemonic({} words, secret)", self.0.word_count())
    }
}

/// The list's 2048 words, in order.
pub fn word_list() -> &'static [&'static str; 2048] {
    Language::English.word_list()
}

/// Words of the list near a mistyped one, best first: those it begins, then those that a few
/// inserted, removed or changed letters turn it into.
pub fn near_words(word: &str) -> Vec<&'static str> {
    let mut near: Vec<(usize, &'static str)> = word_list()
        .iter()
        .filter_map(|candidate| {
            let distance = edit_distance(word, candidate);
            let is_begun = word.len() >= 3 && candidate.starts_with(word);
            (distance <= 2 && distance < word.len() || is_begun)
                .then_some((if is_begun { 0 } else { distance }, *candidate))
        })
        .collect();
    near.sort_unstable();
    near.into_iter().take(MOST_SUGGESTIONS).map(|(_, candidate)| candidate).collect()
}

/// Letters to insert, remove, change or swap with a neighbour to get from one word to the other.
fn edit_distance(from: &str, to: &str) -> usize {
    let from: Vec<char> = from.chars().collect();
    let to: Vec<char> = to.chars().collect();
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=to.len()).collect();
    for (row, letter) in from.iter().enumerate() {
        let mut current = vec![row + 1];
        for (column, other) in to.iter().enumerate() {
            let change = last[column] + usize::from(letter != other);
            let mut best = change.min(last[column + 1] + 1).min(current[column] + 1);
            if row > 0 && column > 0 && from[row - 1] == *other && *letter == to[column - 1] {
                best = best.min(before_last[column - 1] + 1);
            }
            current.push(best);
        }
        before_last = std::mem::replace(&mut last, current);
    }
    last[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::{Address, DerivationPath, ExtendedPrivateKey};
    use crate::ledger::Params;

    const ABOUT: &str = "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";

    #[test]
    fn words_are_read_in_any_case_and_spacing() {
        let words = Mnemonic::parse(&format!("  {}\n", ABOUT.to_uppercase().replace(' ', " \t "))).expect("valid");
        assert_eq!(words.to_phrase(), ABOUT);
        assert_eq!(words.to_entropy(), [0; 16]);
        assert_eq!(Mnemonic::from_entropy_16(&[0; 16]), words);
    }

    #[test]
    fn an_unknown_word_is_named_with_near_ones() {
        let cases = [
            ("abandn", Some("abandon")),
            ("abouT", None),
            ("zebr", Some("zebra")),
            ("watre", Some("water")),
            ("zooo", Some("zoo")),
        ];
        for (word, best) in cases {
            let text = ABOUT.replacen("abandon", word, 1);
            match (Mnemonic::parse(&text), best) {
                (Err(MnemonicError::UnknownWord { at: 0, suggestions, .. }), Some(best)) => {
                    assert_eq!(suggestions.first(), Some(&best), "{word}");
                }
                (Err(MnemonicError::Checksum), None) => {}
                (other, _) => panic!("{word}: {other:?}"),
            }
        }
        let error = Mnemonic::parse("abandon qqqqqqqq").expect_err("unknown");
        assert_eq!(error, MnemonicError::UnknownWord { at: 1, word: "qqqqqqqq".into(), suggestions: vec![] });
    }

    #[test]
    fn count_and_checksum_are_told_apart() {
        assert_eq!(Mnemonic::parse(""), Err(MnemonicError::Count { found: 0 }));
        assert_eq!(Mnemonic::parse("abandon about"), Err(MnemonicError::Count { found: 2 }));
        assert_eq!(Mnemonic::parse(&"abandon ".repeat(12)), Err(MnemonicError::Checksum));
        assert_eq!(Mnemonic::parse(&"abandon ".repeat(100)), Err(MnemonicError::Count { found: 100 }));
        assert_eq!(Mnemonic::from_entropy(&[0; 17]), Err(MnemonicError::Entropy { found: 17 }));
    }

    /// The first receiving address of "abandon … about" with this passphrase.
    fn address(passphrase: &str, params: &Params) -> String {
        let seed = Mnemonic::parse(ABOUT).expect("valid").to_seed(passphrase);
        let path = DerivationPath::bip44(params.coin_type, 0, 0, 0).expect("a path");
        let key = ExtendedPrivateKey::from_seed(&seed).and_then(|master| master.derive(&path)).expect("a key");
        Address::from_public_key(&key.private_key().public_key(), params).to_string()
    }

    #[test]
    fn a_passphrase_counts_as_what_it_says_however_it_is_written() {
        let regtest = Params::regtest();
        let cases = [
            ("gr\u{fc}n", "mhrQP1q6fPGswExy6K9ADFt7pR2roWggTY"),
            ("gru\u{308}n", "mhrQP1q6fPGswExy6K9ADFt7pR2roWggTY"),
            ("123", "n2ymYuDivup5bGQe8cnWw1m41tt8FU4hSP"),
            ("１２３", "n2ymYuDivup5bGQe8cnWw1m41tt8FU4hSP"),
            ("密码１２３", "mgdY8KAte2euJL2UtMKcLbckbco7jGeUx7"),
            ("密码123", "mgdY8KAte2euJL2UtMKcLbckbco7jGeUx7"),
        ];
        for (passphrase, expected) in cases {
            assert_eq!(address(passphrase, &regtest), expected, "{passphrase:?}");
        }
        assert_eq!(address("", &Params::mainnet()), "1LqBGSKuX5yYUonjxT5qGfpUsXKYYWeabA");
        assert_ne!(address(" 123", &regtest), address("123", &regtest), "a space counts");
    }

    #[test]
    fn words_are_read_in_any_width_and_with_any_space() {
        let wide: String = ABOUT
            .chars()
            .map(|letter| match letter {
                ' ' => '\u{3000}',
                letter => char::from_u32(u32::from(letter) + 0xfee0).expect("a full-width letter"),
            })
            .collect();
        let texts = [
            wide.to_uppercase(),
            wide,
            format!("\u{feff}{}", ABOUT.replace(' ', "\u{a0}")),
            ABOUT.replace(' ', "\u{200b}"),
            ABOUT.replace(' ', "\u{2009} \u{200e}"),
            ABOUT.replace(' ', "\r\n"),
        ];
        for text in texts {
            assert_eq!(Mnemonic::parse(&text).map(|words| words.to_phrase()).as_deref(), Ok(ABOUT), "{text:?}");
        }
    }

    #[test]
    fn what_is_too_long_is_refused_and_not_cut() {
        let words = format!("{ABOUT}{}", " ".repeat(MAX_WORDS_CHARS - ABOUT.len()));
        assert!(Mnemonic::parse(&words).is_ok());
        assert_eq!(Mnemonic::parse(&[&words, " "].concat()), Err(MnemonicError::TooLong { found: 1_001 }));
        let most = "ü".repeat(MAX_PASSPHRASE_CHARS);
        assert_eq!(check_passphrase(&most), Ok(()));
        let error = check_passphrase(&[&most, "!"].concat()).expect_err("one too many");
        assert_eq!(error, MnemonicError::PassphraseTooLong { found: 401 });
        assert_eq!(error.facts(), [("found", "401".to_owned()), ("limit", "400".to_owned())]);
        let regtest = Params::regtest();
        assert_ne!(address(&most, &regtest), address(&most[2..], &regtest));
    }

    #[test]
    fn secrets_are_not_printed() {
        assert_eq!(format!("{:?}", Mnemonic::from_entropy_16(&[0; 16])), "Mnemonic(12 words, secret)");
    }
}
