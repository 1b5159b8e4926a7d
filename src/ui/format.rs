//! Numbers and names as people read them, the same in both languages.

use crate::api::PartyView;

/// `1234567` as `1,234,567`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// An amount as [`Amount`](crate::ledger::Amount) writes it, for reading: the digits before the
/// point grouped, no zeros at the end: `12712.50000000` as `12,712.5`. `None` for any other text.
pub fn readable_amount(text: &str) -> Option<String> {
    let (coins, decimals) = text.split_once('.')?;
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if decimals.len() != 8 || !digits(coins) || !digits(decimals) {
        return None;
    }
    let mut readable = grouped(coins.parse().ok()?);
    let rest = decimals.trim_end_matches('0');
    if !rest.is_empty() {
        readable.push('.');
        readable.push_str(rest);
    }
    Some(readable)
}

/// With one decimal below 100, none above: `9.5`, `240`.
pub fn short(number: f64) -> String {
    if !number.is_finite() {
        return "–".to_owned();
    }
    if number >= 99.95 || number == number.trunc() {
        grouped(number.round().max(0.0) as u64)
    } else {
        let tenths = (number * 10.0).round().max(0.0) as u64;
        let mut text = (tenths / 10).to_string();
        text.push('.');
        text.push_str(&(tenths % 10).to_string());
        text
    }
}

/// A difficulty, where 1 is Bitcoin's easiest: three digits that count, and no exponent: `0.000977`,
/// `1.53`, `123,456`.
pub fn difficulty(difficulty: f64) -> String {
    if !difficulty.is_finite() || difficulty <= 0.0 {
        return "0".to_owned();
    }
    // Of the rounded number, so that 0.9999 is 1.00. No target makes more than 77 decimals.
    let exponent = format!("{difficulty:.2e}").split_once('e').and_then(|(_, exponent)| exponent.parse::<i32>().ok());
    match exponent.unwrap_or_default() {
        2.. => grouped(difficulty.round() as u64),
        exponent => format!("{difficulty:.decimals$}", decimals = (2 - exponent).clamp(0, 77) as usize),
    }
}

/// Three digits and a unit prefix: `84.2 k`, `1.5 M`.
pub fn with_prefix(number: f64) -> String {
    let mut value = number;
    let mut prefix = "";
    for next in ["k", "M", "G", "T", "P", "E"] {
        if value < 999.5 {
            break;
        }
        value /= 1000.0;
        prefix = next;
    }
    let mut text = short(value);
    text.push(' ');
    text.push_str(prefix);
    text
}

/// Hashes a second: `84.2 kH/s`.
pub fn hash_rate(rate: f64) -> String {
    let mut text = with_prefix(rate);
    text.push_str("H/s");
    text
}

/// Bytes: `612 B`, `1.4 kB`.
pub fn bytes(count: u64) -> String {
    let mut text = with_prefix(count as f64);
    text.push('B');
    text
}

/// Milliseconds since midnight UTC shifted by the local offset, as `08:41:57`.
///
/// `offset_minutes` is what has to be added to UTC.
pub fn time_of_day(millis: u64, offset_minutes: i32) -> String {
    let local = millis as i64 + i64::from(offset_minutes) * 60_000;
    let seconds = local.div_euclid(1000).rem_euclid(86_400);
    let mut text = String::with_capacity(8);
    for (index, part) in [seconds / 3600, seconds / 60 % 60, seconds % 60].into_iter().enumerate() {
        if index > 0 {
            text.push(':');
        }
        text.push((b'0' + (part / 10) as u8) as char);
        text.push((b'0' + (part % 10) as u8) as char);
    }
    text
}

/// The same with the date before it: `2025-01-01 08:41:57`.
pub fn date_time(millis: u64, offset_minutes: i32) -> String {
    let local = millis as i64 + i64::from(offset_minutes) * 60_000;
    let (year, month, day) = civil_date(local.div_euclid(86_400_000));
    let mut text = format!("{year:04}-{month:02}-{day:02} ");
    text.push_str(&time_of_day(millis, offset_minutes));
    text
}

/// Year, month and day of a count of days since 1 January 1970, in the Gregorian calendar.
fn civil_date(days: i64) -> (i64, u32, u32) {
    // Years begin in March here, so that a leap day is a year's last; 400 of them have 146,097 days.
    let since_march_of_0 = days + 719_468;
    let (era, day_of_era) = (since_march_of_0.div_euclid(146_097), since_march_of_0.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let months_since_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * months_since_march + 2) / 5 + 1;
    let month = if months_since_march < 10 { months_since_march + 3 } else { months_since_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month as u32, day as u32)
}

/// The bytes of a hexadecimal text apart: `0a1b` as `0a 1b`.
pub fn spaced_hex(hex: &str) -> String {
    let mut text = String::with_capacity(hex.len() * 3 / 2);
    for (index, digit) in hex.chars().enumerate() {
        if index > 0 && index.is_multiple_of(2) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

/// The first `head` and last `tail` characters with an ellipsis between, or the whole if short.
pub fn middle_cut(text: &str, head: usize, tail: usize) -> String {
    let count = text.chars().count();
    if count <= head + tail + 1 {
        return text.to_owned();
    }
    text.chars().take(head).chain(std::iter::once('…')).chain(text.chars().skip(count - tail)).collect()
}

/// Somebody on the other side of a payment: by the names that tabs told, else by address.
pub fn party(party: &PartyView) -> String {
    if party.names.is_empty() { middle_cut(&party.address, 6, 4) } else { party.names.join(" / ") }
}

/// A text as it begins a sentence: its first letter large.
pub fn sentence_start(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_begins_with_a_large_letter() {
        for (text, begun) in
            [("the sender", "The sender"), ("Key 1", "Key 1"), ("链接的发送者", "链接的发送者"), ("", "")]
        {
            assert_eq!(sentence_start(text), begun);
        }
    }

    #[test]
    fn numbers_are_grouped_by_thousands() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_278_990), "1,278,990");
    }

    #[test]
    fn only_amounts_are_made_readable() {
        let cases = [
            ("0.00000000", Some("0")),
            ("5.00000192", Some("5.00000192")),
            ("12712.50000000", Some("12,712.5")),
            ("21000000.00000000", Some("21,000,000")),
            ("1.5", None),
            ("12", None),
            (".00000000", None),
            ("1.0000000a", None),
            ("１.00000000", None),
            ("99999999999999999999.00000000", None),
        ];
        for (text, expected) in cases {
            assert_eq!(readable_amount(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_difficulty_keeps_three_digits_that_count() {
        // The classroom's first target, its easiest, regtest's, mainnet's first and a late one.
        let cases = [
            (0.000_976_6, "0.000977"),
            (0.000_015_259, "0.0000153"),
            (4.656_542_373_906_925e-10, "0.000000000466"),
            (0.999_9, "1.00"),
            (1.0, "1.00"),
            (15.26, "15.3"),
            (99.95, "100"),
            (123_456.7, "123,457"),
            (0.0, "0"),
            (f64::NAN, "0"),
        ];
        for (number, text) in cases {
            assert_eq!(difficulty(number), text);
        }
    }

    #[test]
    fn a_date_is_that_of_the_place() {
        assert_eq!(date_time(0, 0), "1970-01-01 00:00:00");
        assert_eq!(date_time(1_735_689_600_000, 0), "2025-01-01 00:00:00");
        assert_eq!(date_time(1_735_689_600_000, -60), "2024-12-31 23:00:00");
        assert_eq!(date_time(1_709_164_800_000, 330), "2024-02-29 05:30:00");
        assert_eq!(date_time(951_782_400_000, 0), "2000-02-29 00:00:00");
        assert_eq!(date_time(1_231_006_505_000, 480), "2009-01-04 02:15:05");
        assert_eq!(date_time(4_107_542_400_000, 0), "2100-03-01 00:00:00");
    }

    #[test]
    fn rates_keep_three_digits() {
        assert_eq!(hash_rate(84_230.0), "84.2 kH/s");
        assert_eq!(hash_rate(0.0), "0 H/s");
        assert_eq!(hash_rate(1_500_000.0), "1.5 MH/s");
        assert_eq!(bytes(612), "612 B");
    }

    #[test]
    fn the_time_of_day_follows_the_offset() {
        assert_eq!(time_of_day(0, 0), "00:00:00");
        assert_eq!(time_of_day(8 * 3_600_000 + 41 * 60_000 + 57_000, 0), "08:41:57");
        assert_eq!(time_of_day(0, -60), "23:00:00");
    }

    #[test]
    fn long_texts_are_cut_in_the_middle_only() {
        assert_eq!(middle_cut("mzBc4XEFSdzCDcTxAgf6EZXgsZWpztRhef", 6, 4), "mzBc4X…Rhef");
        assert_eq!(middle_cut("short", 6, 4), "short");
    }
}
