//! What is being typed into the send form, kept while other pages are looked at.

use std::cell::RefCell;

use crate::api::{PaymentForm, WalletView};
use crate::keys::typed::payment_link;
use crate::ledger::{Amount, OutPoint};

thread_local! {
    /// The draft of this tab; never stored, gone with the tab.
    static KEPT: RefCell<Draft> = RefCell::new(Draft::default());
}

/// The send form as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// The address as typed.
    pub to: String,
    /// Who of the open peers it belongs to, if it was taken from one.
    pub payee: Option<String>,
    /// The amount as typed.
    pub amount: String,
    /// The fee rate as typed; empty means what the next block needs.
    pub fee_rate: String,
    /// Coins chosen by hand.
    pub coins: Vec<OutPoint>,
    /// Pay everything.
    pub send_all: bool,
}

impl Draft {
    /// The draft this tab kept.
    pub fn kept() -> Self {
        KEPT.with_borrow(Clone::clone)
    }

    /// Keeps it.
    pub fn keep(&self) {
        KEPT.with_borrow_mut(|kept| *kept = self.clone());
    }

    /// With a coin chosen, or not any more.
    pub fn toggled(&self, coin: OutPoint) -> Self {
        let mut next = self.clone();
        match next.coins.iter().position(|chosen| *chosen == coin) {
            Some(at) => {
                next.coins.remove(at);
            }
            None => next.coins.push(coin),
        }
        next
    }

    /// With another text in the field of the address. A payment link that is pasted brings its amount and its label along.
    pub fn with_to(&self, typed: String) -> Self {
        // One that is typed letter by letter is read by the node when it is whole.
        let is_pasted = typed.chars().count() > self.to.chars().count() + 1;
        match payment_link(&typed).filter(|_| is_pasted) {
            Some(Ok(link)) => Self {
                to: link.address,
                payee: link.label.filter(|label| !label.is_empty()),
                amount: link.amount.map_or_else(|| self.amount.clone(), short),
                send_all: self.send_all && link.amount.is_none(),
                ..self.clone()
            },
            _ => Self { to: typed, payee: None, ..self.clone() },
        }
    }

    /// Without coins that are not in the wallet any more; none if nothing changes.
    pub fn pruned(&self, wallet: &WalletView) -> Option<Self> {
        let mut next = self.clone();
        next.coins.retain(|chosen| wallet.coins.iter().any(|coin| coin.outpoint == *chosen));
        (next.coins.len() != self.coins.len()).then_some(next)
    }

    /// What the node is asked: empty fields get what the form shows in their place.
    pub fn form(&self, next_block_fee_rate: u64) -> PaymentForm {
        PaymentForm {
            to: self.to.trim().to_owned(),
            amount: self.amount.trim().to_owned(),
            fee_rate: self.fee_rate_text(next_block_fee_rate),
            coins: self.coins.clone(),
            send_all: self.send_all,
        }
    }

    /// The fee rate shown: as typed, or what the next block needs.
    pub fn fee_rate_text(&self, next_block_fee_rate: u64) -> String {
        match self.fee_rate.trim() {
            "" => next_block_fee_rate.max(1).to_string(),
            typed => typed.to_owned(),
        }
    }

    /// Whether nothing is typed, so that there is nothing to preview.
    pub fn is_blank(&self) -> bool {
        self.to.trim().is_empty() && self.amount.trim().is_empty() && !self.send_all
    }

    /// After a payment: empty but for the fee rate.
    pub fn after_payment(&self) -> Self {
        Self { fee_rate: self.fee_rate.clone(), ..Self::default() }
    }
}

/// An amount without zeros at the end.
pub fn short(amount: Amount) -> String {
    let text = amount.to_string();
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_payment_link_fills_the_form_and_any_other_text_stays_as_it_is() {
        let draft = Draft { amount: "1".into(), send_all: true, ..Draft::default() };
        let filled = draft.with_to("bitcoin:mzK2FFDE?amount=0.3&label=Bob".into());
        assert_eq!((filled.to.as_str(), filled.amount.as_str(), filled.send_all), ("mzK2FFDE", "0.3", false));
        assert_eq!(filled.payee.as_deref(), Some("Bob"));
        let plain = draft.with_to("BITCOIN:mzK2FFDE".into());
        assert_eq!((plain.to.as_str(), plain.amount.as_str(), plain.send_all), ("mzK2FFDE", "1", true));
        for text in ["mzK2FFDE", "bitcoin:mzK2?req-x=1", "bitcoin:mzK2?amount=1,5"] {
            assert_eq!(draft.with_to(text.into()), Draft { to: text.into(), ..draft.clone() }, "{text}");
        }
        let typing = Draft { to: "bitcoin".into(), ..Draft::default() };
        assert_eq!(typing.with_to("bitcoin:".into()).to, "bitcoin:");
    }

    #[test]
    fn a_coin_is_chosen_by_the_first_tap_and_left_by_the_second() {
        let coin = OutPoint { vout: 7, ..OutPoint::NULL };
        let once = Draft::default().toggled(coin);
        assert_eq!(once.coins, [coin]);
        assert_eq!(once.toggled(coin), Draft::default());
    }

    #[test]
    fn an_empty_fee_rate_is_what_the_next_block_needs_and_never_zero() {
        let draft = Draft::default();
        assert_eq!(draft.fee_rate_text(3), "3");
        assert_eq!(draft.fee_rate_text(0), "1");
        assert_eq!(Draft { fee_rate: " 2.5 ".into(), ..draft }.form(3).fee_rate, "2.5");
    }

    #[test]
    fn a_draft_is_blank_until_something_is_typed() {
        assert!(Draft::default().is_blank());
        assert!(!Draft { to: "m".into(), ..Draft::default() }.is_blank());
        assert!(!Draft { send_all: true, ..Draft::default() }.is_blank());
    }

    #[test]
    fn what_is_typed_survives_leaving_the_page() {
        let draft = Draft { to: "mxYs".into(), amount: "1,5".into(), ..Draft::default() };
        draft.keep();
        assert_eq!(Draft::kept(), draft);
        assert_eq!(draft.after_payment(), Draft::default());
    }
}
