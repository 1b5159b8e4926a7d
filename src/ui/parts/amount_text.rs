//! An amount in coins.

use yew::prelude::*;

use crate::ledger::Amount;

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

/// Eight decimals, the trailing zeros after the second faint.
pub fn amount_text(amount: Amount) -> Html {
    signed_amount(Sign::None, amount)
}

/// The same after a sign.
pub fn signed_amount(sign: Sign, amount: Amount) -> Html {
    let (head, zeros) = split_amount(amount);
    let sign = match sign {
        Sign::None => "",
        Sign::Plus => "+",
        Sign::Minus => "−",
    };
    html! {
        <span class="num amount">{sign}{head}if !zeros.is_empty() { <span class="z0">{zeros}</span> }</span>
    }
}

/// `0.80000000` as `("0.80", "000000")`.
pub fn split_amount(amount: Amount) -> (String, String) {
    let text = amount.to_string();
    let point = text.find('.').map_or(text.len(), |at| at + 3);
    let significant = text.trim_end_matches('0').len().max(point).min(text.len());
    let (head, zeros) = text.split_at(significant);
    (head.to_owned(), zeros.to_owned())
}

/// Without the trailing zeros after the second decimal: `0.80`.
pub fn plain_amount(amount: Amount) -> String {
    split_amount(amount).0
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
}
