//! An amount in coins.

use yew::prelude::*;

use crate::ledger::Amount;
use crate::ui::format;

/// The sign before an amount.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sign {
    /// None.
    #[default]
    None,
    /// Money came in.
    Plus,
    /// Money went out.
    Minus,
}

/// Properties of [`AmountText`].
#[derive(Properties, PartialEq)]
pub struct AmountTextProps {
    /// The amount.
    pub amount: Amount,
    /// The sign before it.
    #[prop_or_default]
    pub sign: Sign,
}

/// Eight decimals after a sign, if one is wanted; the trailing zeros after the second are faint.
#[component]
pub fn AmountText(props: &AmountTextProps) -> Html {
    let (head, zeros) = split_amount(props.amount);
    let sign = match props.sign {
        Sign::None => "",
        Sign::Plus => "+",
        Sign::Minus => "−",
    };
    let (coins, decimals) = head.split_once('.').unwrap_or((&head, ""));
    html! {
        <span class="num amount">
            {sign}{thousands(coins)}{"."}{decimals.to_owned()}if !zeros.is_empty() { <span class="z0">{zeros}</span> }
        </span>
    }
}

/// Digits with a comma between the thousands that is drawn only: what is copied can be typed in again.
fn thousands(digits: &str) -> Html {
    let first = match digits.len() % 3 {
        0 => digits.len().min(3),
        rest => rest,
    };
    let (head, mut rest) = digits.split_at(first);
    let mut groups = Vec::new();
    while let Some((group, more)) = rest.split_at_checked(3) {
        groups.push(group.to_owned());
        rest = more;
    }
    html! { <>{head.to_owned()}{for groups.into_iter().map(|group| html! { <span class="kilo">{group}</span> })}</> }
}

/// `0.80000000` as `("0.80", "000000")`.
pub fn split_amount(amount: Amount) -> (String, String) {
    let text = amount.to_string();
    let point = text.find('.').map_or(text.len(), |at| at + 3);
    let significant = text.trim_end_matches('0').len().max(point).min(text.len());
    let (head, zeros) = text.split_at(significant);
    (head.to_owned(), zeros.to_owned())
}

/// For sentences: thousands grouped, without the trailing zeros after the second decimal: `12,712.50`.
pub fn plain_amount(amount: Amount) -> String {
    let (head, _) = split_amount(amount);
    match head.split_once('.') {
        Some((coins, decimals)) => {
            let coins = coins.parse().map_or_else(|_| coins.to_owned(), format::grouped);
            [&coins, ".", decimals].concat()
        }
        None => head,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_decimals_are_always_kept() {
        let split = |sat| split_amount(Amount::from_sat(sat));
        assert_eq!(split(80_000_000), ("0.80".into(), "000000".into()));
        assert_eq!(split(5_000_003_842), ("50.00003842".into(), "".into()));
        assert_eq!(split(0), ("0.00".into(), "000000".into()));
        assert_eq!(split(712_500_000), ("7.125".into(), "00000".into()));
    }

    #[test]
    fn thousands_of_coins_are_grouped_in_sentences() {
        let plain = |sat| plain_amount(Amount::from_sat(sat));
        assert_eq!(plain(1_271_250_000_000), "12,712.50");
        assert_eq!(plain(99_900_000_000), "999.00");
        assert_eq!(plain(2_100_000_000_000_000), "21,000,000.00");
        assert_eq!(plain(3_749_999_774), "37.49999774");
    }
}
