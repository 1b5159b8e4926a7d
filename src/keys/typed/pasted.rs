//! Addresses as people paste them: with what a page, a chat or a mail put around and between, or as a payment link.

use super::characters::is_invisible;
use crate::keys::{Address, AddressError};
use crate::ledger::{Amount, AmountError, Params};

/// The scheme of payment links (BIP-0021).
const SCHEME: &str = "bitcoin:";
/// Most characters of a label or message that are kept.
const MAX_WORDS: usize = 200;

/// A payment link (BIP-0021), taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentLink {
    /// The address, not checked.
    pub address: String,
    /// How much is asked for.
    pub amount: Option<Amount>,
    /// Who asks.
    pub label: Option<String>,
    /// What for.
    pub message: Option<String>,
}

/// Why a pasted text is no address, or a link that cannot be followed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PastedError {
    /// It is no address of this network.
    #[error(transparent)]
    Address(#[from] AddressError),
    /// The link asks for something that is not known here; then it is not to be followed (BIP-0021).
    #[error("this payment link requires {name}, which is not known here")]
    Required {
        /// The parameter.
        name: String,
    },
    /// The link's amount is none.
    #[error("the payment link's amount is wrong: {0}")]
    LinkAmount(AmountError),
    /// The link says something twice.
    #[error("this payment link says its {name} twice")]
    Repeated {
        /// The parameter.
        name: String,
    },
    /// A percent sign that two hexadecimal digits do not follow, or bytes that are no text.
    #[error("the payment link's {name} cannot be read")]
    Encoding {
        /// The parameter.
        name: String,
    },
}

impl PastedError {
    /// A stable name of the rule that was broken.
    pub fn rule(&self) -> &'static str {
        match self {
            Self::Address(error) => error.rule(),
            Self::Required { .. } => "link-required",
            Self::LinkAmount(_) => "link-amount",
            Self::Repeated { .. } => "link-repeated",
            Self::Encoding { .. } => "link-encoding",
        }
    }

    /// The facts, named, for a translated text.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Address(error) => error.facts(),
            Self::LinkAmount(error) => vec![("reason", error.to_string())],
            Self::Required { name } | Self::Repeated { name } | Self::Encoding { name } => vec![("name", name.clone())],
        }
    }
}

/// A text of one word, like an address or a key, as it was before it was set, sent and copied: without spaces and line
/// breaks, without characters that nobody sees, and with ASCII's letters where they are full-width.
pub fn cleaned(text: &str) -> String {
    let kept = text.chars().filter(|character| !character.is_whitespace() && !is_invisible(*character));
    kept.map(narrow).collect()
}

/// The ASCII character of a full-width one; others stay.
fn narrow(character: char) -> char {
    match u32::from(character) {
        code @ 0xff01..=0xff5e => char::from_u32(code - 0xfee0).unwrap_or(character),
        _ => character,
    }
}

/// Reads an address of this network, alone or in a payment link.
///
/// # Errors
/// Any [`PastedError`].
pub fn address(text: &str, params: &Params) -> Result<Address, PastedError> {
    let address = match payment_link(text) {
        Some(link) => link?.address,
        None => cleaned(text),
    };
    Ok(Address::parse(&address, params)?)
}

/// Reads a payment link (BIP-0021); `None` where the text is none. The address in it is not checked.
///
/// # Errors
/// Any [`PastedError`] but that of an address.
pub fn payment_link(text: &str) -> Option<Result<PaymentLink, PastedError>> {
    let text: String = text.chars().filter(|character| !is_invisible(*character) && !is_break(*character)).collect();
    let text = text.trim();
    let scheme = text.get(..SCHEME.len()).filter(|scheme| scheme.eq_ignore_ascii_case(SCHEME))?;
    Some(read_link(&text[scheme.len()..]))
}

fn is_break(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\t')
}

fn read_link(rest: &str) -> Result<PaymentLink, PastedError> {
    let rest = rest.split('#').next().unwrap_or_default();
    let (address, query) = rest.split_once('?').unwrap_or((rest, ""));
    let mut link =
        PaymentLink { address: cleaned(address.trim_start_matches('/')), amount: None, label: None, message: None };
    for parameter in query.split('&').filter(|parameter| !parameter.trim().is_empty()) {
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        let name = name.trim().to_ascii_lowercase();
        let repeated =
            |is_there: bool| if is_there { Err(PastedError::Repeated { name: name.clone() }) } else { Ok(()) };
        match name.as_str() {
            "amount" => {
                repeated(link.amount.is_some())?;
                let amount = decoded(value, &name)?;
                link.amount = Some(cleaned(&amount).parse().map_err(PastedError::LinkAmount)?);
            }
            "label" => {
                repeated(link.label.is_some())?;
                link.label = Some(words(&decoded(value, &name)?));
            }
            "message" => {
                repeated(link.message.is_some())?;
                link.message = Some(words(&decoded(value, &name)?));
            }
            name if name.starts_with("req-") => return Err(PastedError::Required { name: words(name) }),
            _ => {}
        }
    }
    Ok(link)
}

fn words(text: &str) -> String {
    text.trim().chars().filter(|character| !character.is_control()).take(MAX_WORDS).collect()
}

/// A value of a link with its `%XX` read as bytes of UTF-8.
fn decoded(value: &str, name: &str) -> Result<String, PastedError> {
    let wrong = || PastedError::Encoding { name: name.to_owned() };
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let (digits, after) = rest.split_first_chunk::<2>().ok_or_else(wrong)?;
        let digit = |digit: u8| char::from(digit).to_digit(16).ok_or_else(wrong);
        bytes.push((digit(digits[0])? * 16 + digit(digits[1])?) as u8);
        rest = after;
    }
    String::from_utf8(bytes).map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::typed::named;

    const ADDRESS: &str = "mzK2FFDEhxqHcmrJw1ysqFkVyhUULo45hZ";

    #[test]
    fn an_address_is_read_whatever_was_copied_with_it() {
        let params = Params::regtest();
        let texts = [
            ADDRESS.to_owned(),
            format!("\u{feff}{ADDRESS}"),
            format!("{}\u{200b}{}", &ADDRESS[..9], &ADDRESS[9..]),
            format!("\u{202a}{ADDRESS}\u{202c}\r\n"),
            "mzK2 FFDE hxqH cmrJ w1ys qFkV yhUU Lo45 hZ".to_owned(),
            "mzK2FFDEhxqHcmrJw1\n  ysqFkVyhUULo45hZ".to_owned(),
            format!("\u{a0}{}\u{202f}{}\u{3000}", &ADDRESS[..4], &ADDRESS[4..]),
            "ｍｚＫ２FFDEhxqHcmrJw1ysqFkVyhUULo45hZ".to_owned(),
            format!("bitcoin:{ADDRESS}"),
            format!("BITCOIN:{ADDRESS}?AMOUNT=1"),
            format!("bitcoin://{ADDRESS}?amount=0.3&label=%E5%B0%8F%E6%98%8E"),
            format!(" \u{feff}bitcoin:{ADDRESS}?x=1#top"),
        ];
        for text in texts {
            assert_eq!(address(&text, &params).map(|address| address.to_string()).as_deref(), Ok(ADDRESS), "{text:?}");
        }
    }

    #[test]
    fn a_wrong_character_is_named_by_its_code_point() {
        let error = address("mzK2\u{301}FFDE", &Params::regtest()).expect_err("a combining accent");
        assert_eq!(error.facts(), [("character", "U+0301".to_owned()), ("position", "5".to_owned())]);
        let error = address("mzK2О", &Params::regtest()).expect_err("a Cyrillic letter");
        assert_eq!(error.rule(), "address-character");
        assert_eq!(error.facts()[0].1, named('О'));
    }

    #[test]
    fn a_payment_link_brings_amount_label_and_message() {
        let link = payment_link("bitcoin:mzK2?amount=20.3&label=Luke-Jr&message=Donation%20for%20project%20xyz&time=5");
        let expected = PaymentLink {
            address: "mzK2".into(),
            amount: Some(Amount::from_sat(2_030_000_000)),
            label: Some("Luke-Jr".into()),
            message: Some("Donation for project xyz".into()),
        };
        assert_eq!(link, Some(Ok(expected)));
        assert_eq!(payment_link("mzK2"), None);
        assert_eq!(payment_link(""), None);
        assert_eq!(payment_link("钱包钱包钱包"), None);
    }

    #[test]
    fn a_link_that_cannot_be_followed_says_why() {
        let cases = [
            ("bitcoin:m?req-somethingyoudontunderstand=50&amount=1", "link-required"),
            ("bitcoin:m?REQ-x", "link-required"),
            ("bitcoin:m?amount=1,5", "link-amount"),
            ("bitcoin:m?amount=", "link-amount"),
            ("bitcoin:m?amount=-1", "link-amount"),
            ("bitcoin:m?amount=1&amount=2", "link-repeated"),
            ("bitcoin:m?label=%zz", "link-encoding"),
            ("bitcoin:m?label=%e", "link-encoding"),
            ("bitcoin:m?message=%ff", "link-encoding"),
        ];
        for (text, rule) in cases {
            let error = payment_link(text).expect("a link").expect_err(text);
            assert_eq!(error.rule(), rule, "{text}");
        }
    }
}
