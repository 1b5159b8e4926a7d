//! Decimal numbers as Core reads them: exactly, never by way of a floating point number.

/// No number has more than eighteen digits (Core `UPPER_BOUND`).
const UPPER_BOUND: i64 = 1_000_000_000_000_000_000 - 1;

/// A decimal number times ten to the power of `decimals`, if it is a number as JSON writes it and a
/// whole one then (Core `ParseFixedPoint`). `1e-3` is one; `+1`, `01`, `.1` and `1.` are none.
pub(super) fn parse_fixed_point(text: &str, decimals: i64) -> Option<i64> {
    let (is_negative, rest) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (number, exponent) = match rest.split_once(['e', 'E']) {
        None => (rest, 0),
        Some((number, exponent)) => (number, parse_exponent(exponent)?),
    };
    let (whole, fraction) = match number.split_once('.') {
        None => (number, ""),
        Some((whole, fraction)) => (whole, Some(fraction).filter(|fraction| is_digits(fraction))?),
    };
    if !is_digits(whole) || (whole.len() > 1 && whole.starts_with('0')) {
        return None;
    }
    let mut mantissa = 0_i64;
    let mut trailing_zeros = 0_i64;
    // As in Core, a nought alone before the point is no digit of the number.
    let whole = if whole == "0" { "" } else { whole };
    for digit in whole.bytes().chain(fraction.bytes()).map(|byte| i64::from(byte - b'0')) {
        if digit == 0 {
            trailing_zeros += 1;
            continue;
        }
        for _ in 0..=trailing_zeros {
            mantissa = times_ten(mantissa)?;
        }
        mantissa += digit;
        trailing_zeros = 0;
    }
    let exponent = exponent - i64::try_from(fraction.len()).ok()? + trailing_zeros + decimals;
    if !(0..18).contains(&exponent) {
        return None;
    }
    for _ in 0..exponent {
        mantissa = times_ten(mantissa)?;
    }
    (mantissa <= UPPER_BOUND).then_some(if is_negative { -mantissa } else { mantissa })
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn parse_exponent(text: &str) -> Option<i64> {
    let (is_negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let exponent = Some(digits).filter(|digits| is_digits(digits))?.parse::<i64>().ok()?;
    (exponent <= UPPER_BOUND).then_some(if is_negative { -exponent } else { exponent })
}

fn times_ten(number: i64) -> Option<i64> {
    (number <= UPPER_BOUND / 10).then_some(number * 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_exactly_and_as_json_writes_them() {
        let cases = [
            ("0", Some(0)),
            ("1", Some(100_000_000)),
            ("0.00000001", Some(1)),
            ("1e-8", Some(1)),
            ("1e-3", Some(100_000)),
            ("0.1e-1", Some(1_000_000)),
            ("1.10000000", Some(110_000_000)),
            ("1.100000000000000000", Some(110_000_000)),
            ("1E+3", Some(100_000_000_000)),
            ("-1", Some(-100_000_000)),
            ("-0", Some(0)),
            ("0e9", Some(0)),
            ("0e10", None),
            ("21000000", Some(2_100_000_000_000_000)),
            ("0.999999999", None),
            ("0.30000000000000004", None),
            ("1e-9", None),
            ("", None),
            ("-", None),
            (".1", None),
            ("1.", None),
            ("01", None),
            ("+1", None),
            ("1,5", None),
            (" 1", None),
            ("1e", None),
            ("1e+", None),
            ("1e1.5", None),
            ("NaN", None),
            ("0x1", None),
            ("１", None),
            ("9999999999", Some(999_999_999_900_000_000)),
            ("10000000000", None),
            ("1e99999999999999999999", None),
            ("1e-99999999999999999999", None),
        ];
        for (text, number) in cases {
            assert_eq!(parse_fixed_point(text, 8), number, "{text:?}");
        }
        assert_eq!(parse_fixed_point("1.5", 3), Some(1_500));
        assert_eq!(parse_fixed_point("1.0001", 3), None);
    }
}
