//! What a notice says in the page's language.

use super::storage_banner::trouble_text;
use crate::api::Notice;
use crate::ui::parts::{plain_amount, short_digits};
use crate::ui::route::{KeysSection, block_href, transaction_href};
use crate::ui::{Digest, Text};

/// A notice in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeText {
    /// `info`, `good`, `reorg` or `bad`.
    pub kind: &'static str,
    /// Whose face stands before it.
    pub who: Option<String>,
    /// The first line.
    pub title: String,
    /// The second; may be empty.
    pub detail: String,
    /// Where to see more.
    pub href: Option<String>,
}

impl NoticeText {
    fn new(kind: &'static str, title: String) -> Self {
        Self { kind, who: None, title, detail: String::new(), href: None }
    }

    fn detail(mut self, detail: String) -> Self {
        self.detail = detail;
        self
    }

    fn who(mut self, name: &str) -> Self {
        self.who = (!name.is_empty()).then(|| name.to_owned());
        self
    }

    fn href(mut self, href: String) -> Self {
        self.href = Some(href);
        self
    }
}

fn short(hash: impl Into<Digest>) -> String {
    let hex = hash.into().hex();
    let (zeros, rest) = short_digits(&hex);
    [zeros, &rest].concat()
}

fn in_brackets(text: &str, more: &str) -> String {
    [text, " (", more, ")"].concat()
}

/// Puts a notice into words.
pub fn notice_text(text: Text, notice: &Notice) -> NoticeText {
    match notice {
        Notice::BlockFound { hash, height, miner, here, tx_count, fees } => {
            let height = height.to_string();
            let values = [("height", height.as_str()), ("miner", miner.0.as_str())];
            let title = match (here, miner.0.is_empty()) {
                (true, _) => text.with(key!("notice.block_here"), &values),
                (false, false) => text.with(key!("notice.block"), &values),
                (false, true) => text.with(key!("notice.block_unknown"), &values),
            };
            let transactions = text.count(plural!("common.transactions"), u64::from(*tx_count));
            let detail =
                text.with(key!("notice.block_detail"), &[("transactions", &transactions), ("fees", &fees.to_string())]);
            NoticeText::new(if *here { "good" } else { "info" }, title)
                .detail(detail)
                .who(&miner.0)
                .href(block_href(hash))
        }
        Notice::Paid { txid, amount } => {
            NoticeText::new("good", text.with(key!("notice.paid"), &[("amount", &plain_amount(*amount))]))
                .detail(text.t(key!("notice.paid_detail")).to_owned())
                .href(transaction_href(txid))
        }
        Notice::Confirmed { txid, height } => {
            NoticeText::new("good", text.with(key!("notice.confirmed"), &[("height", &height.to_string())]))
                .detail(text.with(key!("notice.transaction"), &[("txid", &short(*txid))]))
                .href(transaction_href(txid))
        }
        Notice::TransactionRejected { txid, error, by } => {
            let place = text.with(key!("notice.transaction"), &[("txid", &short(*txid))]);
            let (title, detail) = match by {
                Some(peer) => {
                    let reason = text.reason(&error.rule).unwrap_or_else(|| error.rule.clone());
                    (text.with(key!("notice.tx_rejected_by"), &[("peer", &peer.0), ("reason", &reason)]), place)
                }
                None => (text.t(key!("notice.tx_rejected")).to_owned(), in_brackets(&text.error(error), &short(*txid))),
            };
            NoticeText::new("bad", title).detail(detail).href(transaction_href(txid))
        }
        Notice::BlockRejected { hash, error, by } => {
            let (title, detail) = match by {
                Some(peer) => {
                    let reason = text.reason(&error.rule).unwrap_or_else(|| error.rule.clone());
                    let title = text.with(key!("notice.block_rejected_by"), &[("peer", &peer.0), ("reason", &reason)]);
                    (title, text.with(key!("notice.block_of"), &[("hash", &short(*hash))]))
                }
                None => {
                    (text.t(key!("notice.block_rejected")).to_owned(), in_brackets(&text.error(error), &short(*hash)))
                }
            };
            NoticeText::new("bad", title).detail(detail).href(block_href(hash))
        }
        Notice::Reorganised { disconnected, connected, tip, height, returned } => {
            let title = text.with(
                key!("notice.reorganised"),
                &[
                    ("out", &text.count(plural!("common.blocks"), u64::from(*disconnected))),
                    ("in", &connected.to_string()),
                    ("height", &height.to_string()),
                ],
            );
            let detail = if *returned == 0 {
                text.t(key!("notice.reorganised_none")).to_owned()
            } else {
                text.count(plural!("notice.returned"), u64::from(*returned))
            };
            NoticeText::new("reorg", title).detail(detail).href(block_href(tip))
        }
        Notice::PeerJoined(name) => {
            NoticeText::new("info", text.with(key!("notice.joined"), &[("peer", &name.0)])).who(&name.0)
        }
        Notice::PeerLeft(name) => NoticeText::new("info", text.with(key!("notice.left"), &[("peer", &name.0)]))
            .detail(text.t(key!("notice.left_why")).to_owned())
            .who(&name.0),
        Notice::CutOff { from } => {
            let title = match from.as_slice() {
                [only] => text.with(key!("notice.cut_off_one"), &[("peer", &only.0)]),
                several => text.with(
                    key!("notice.cut_off"),
                    &[("nodes", &text.count(plural!("common.nodes"), several.len() as u64))],
                ),
            };
            NoticeText::new("info", title)
        }
        Notice::NoteReceived { from, valid, other_key } => {
            let key = if *valid { key!("notice.note_valid") } else { key!("notice.note_invalid") };
            let said = NoticeText::new(if *valid { "info" } else { "bad" }, text.with(key, &[("peer", &from.0)]));
            let detail = if *other_key { key!("notice.note_other_key") } else { key!("notice.note_read") };
            said.detail(text.t(detail).to_owned()).who(&from.0).href(KeysSection::Across.href())
        }
        Notice::PeerBanned { name, rule, reason } => {
            let why = text.reason(rule).unwrap_or_else(|| reason.clone());
            NoticeText::new("bad", text.with(key!("notice.banned"), &[("peer", &name.0)])).detail(why).who(&name.0)
        }
        Notice::MinerFailed { reason } => NoticeText::new("bad", text.t(key!("notice.miner")).to_owned())
            .detail(text.with(key!("banner.reason"), &[("reason", reason)])),
        Notice::StorageFailed { trouble, .. } => NoticeText::new("bad", text.t(key!("notice.storage")).to_owned())
            .detail(trouble_text(text, *trouble).to_owned()),
        Notice::StorageBack => NoticeText::new("good", text.t(key!("notice.storage_back")).to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{NodeName, StorageTrouble, UserError};
    use crate::ledger::{Amount, BlockHash, Txid};
    use crate::ui::Lang;

    fn all() -> Vec<Notice> {
        let name = || NodeName("Amber Fox".into());
        let error = || UserError::new(-26, "some-rule", "text");
        let (hash, txid) = (BlockHash::hash(b"b"), Txid::hash(b"t"));
        vec![
            Notice::BlockFound { hash, height: 7, miner: name(), here: true, tx_count: 1, fees: Amount::ZERO },
            Notice::BlockFound {
                hash,
                height: 7,
                miner: NodeName::default(),
                here: false,
                tx_count: 2,
                fees: Amount::ZERO,
            },
            Notice::Paid { txid, amount: Amount::from_coins(1) },
            Notice::Confirmed { txid, height: 8 },
            Notice::TransactionRejected { txid, error: error(), by: Some(name()) },
            Notice::TransactionRejected { txid, error: error(), by: None },
            Notice::BlockRejected { hash, error: error(), by: None },
            Notice::Reorganised { disconnected: 1, connected: 2, tip: hash, height: 9, returned: 1 },
            Notice::Reorganised { disconnected: 1, connected: 2, tip: hash, height: 9, returned: 0 },
            Notice::PeerJoined(name()),
            Notice::PeerLeft(name()),
            Notice::CutOff { from: vec![name()] },
            Notice::CutOff { from: vec![name(), name()] },
            Notice::NoteReceived { from: name(), valid: true, other_key: false },
            Notice::NoteReceived { from: name(), valid: false, other_key: true },
            Notice::PeerBanned { name: name(), rule: "high-hash".into(), reason: "x".into() },
            Notice::MinerFailed { reason: "x".into() },
            Notice::StorageFailed { trouble: StorageTrouble::Full, reason: "quota".into() },
            Notice::StorageBack,
        ]
    }

    #[test]
    fn a_refusal_by_a_peer_says_the_rule_in_the_readers_language() {
        let conflict = UserError::new(-26, "txn-mempool-conflict", "txn-mempool-conflict");
        let by = || Some(NodeName("Quiet Dolphin".into()));
        let refused = Notice::TransactionRejected { txid: Txid::hash(b"t"), error: conflict, by: by() };
        let said = |tag| notice_text(Text::of(tag), &refused).title;
        assert_eq!(said("en"), "Quiet Dolphin refused it: the coin is already spent in another payment");
        assert_eq!(said("zh-CN"), "Quiet Dolphin 拒绝了它：这枚币已用在另一笔付款里");
        // What a peer makes up is shown as it is.
        let odd = UserError::new(-26, "made-up", "made-up");
        let refused = Notice::TransactionRejected { txid: Txid::hash(b"t"), error: odd, by: by() };
        assert_eq!(notice_text(Text::default(), &refused).title, "Quiet Dolphin refused it: made-up");
    }

    #[test]
    fn who_cut_itself_off_is_not_told_that_the_others_left() {
        let name = |text: &str| NodeName(text.into());
        let said = |from| notice_text(Text::default(), &Notice::CutOff { from }).title;
        assert_eq!(said(vec![name("Coral Lark")]), "You are cut off from Coral Lark");
        assert_eq!(said(vec![name("Coral Lark"), name("Bob")]), "You are cut off from 2 nodes");
        let left = notice_text(Text::default(), &Notice::PeerLeft(name("Coral Lark")));
        assert_eq!(left.title, "Coral Lark is no longer linked");
    }

    #[test]
    fn every_notice_has_whole_words_in_both_languages() {
        for lang in Lang::all() {
            for notice in all() {
                let said = notice_text(Text { lang }, &notice);
                assert!(!said.title.is_empty() && !said.title.contains('{'), "{said:?}");
                assert!(!said.title.starts_with("notice.") && !said.detail.contains('{'), "{said:?}");
            }
        }
    }
}
