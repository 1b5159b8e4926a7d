//! What happened to the wallet, newest first.

use yew::prelude::*;

use super::WalletCardProps;
use crate::api::{HistoryKind, HistoryState, HistoryView};
use crate::ledger::Amount;
use crate::ui::parts::{AmountText, EmptyState, Icon, IconName, Mark, MarkKind, Panel, Sign, TimeAgo};
use crate::ui::{Text, format, use_text};

/// Entries listed before 'show all' is asked for.
const SHOWN: usize = 12;

/// The card.
#[component]
pub fn HistoryCard(props: &WalletCardProps) -> Html {
    let text = use_text();
    let all = use_state_eq(|| false);
    let wallet = &props.wallet;
    let shown = if *all { wallet.history.len() } else { wallet.history.len().min(SHOWN) };
    let rest = wallet.history_count.saturating_sub(shown);
    let parties = wallet.history.iter().take(shown).flat_map(|entry| &entry.parties);
    let has_names = parties.clone().any(|party| !party.names.is_empty());
    html! {
        <Panel name="history" title={text.t(key!("wallet.history.title"))}>
            if wallet.history.is_empty() {
                <EmptyState title={text.t(key!("wallet.history.none"))} text={text.t(key!("wallet.history.none_why"))}
                    icon={IconName::Clock} />
            } else {
                <ol class="hist">{ for wallet.history.iter().take(shown).map(|entry| row(text, entry)) }</ol>
            }
            if shown < wallet.history.len() {
                <button type="button" class="btn btn--sm btn--quiet" onclick={move |_| all.set(true)}>
                    { text.with(key!("wallet.history.more"), &[("count", &rest.to_string())]) }
                </button>
            } else if rest > 0 {
                <p class="xs faint">{ text.with(key!("wallet.history.older"), &[("count", &rest.to_string())]) }</p>
            }
            if has_names {
                <p class="xs faint">{ text.t(key!("wallet.history.named")) }</p>
            }
        </Panel>
    }
}

fn row(text: Text, entry: &HistoryView) -> Html {
    let kind = match entry.state {
        HistoryState::Pending => MarkKind::Wait,
        HistoryState::Confirmed => MarkKind::Ok,
        HistoryState::Immature { .. } => MarkKind::Wait,
        HistoryState::Conflicted => MarkKind::Bad,
        HistoryState::Unknown => MarkKind::Todo,
    };
    let sign = match entry.amount_sat.signum() {
        1 => Sign::Plus,
        -1 => Sign::Minus,
        _ => Sign::None,
    };
    html! {
        <li key={entry.txid.to_string()} data-kind={kind_name(entry.kind)} data-state={state_name(entry.state)}>
            <a class="hist__row" href={format!("#/tx/{}", entry.txid)} title={title(text, entry)}>
                <Mark {kind} />
                <span class="hist__icon"><Icon name={icon_of(entry.kind)} size={18} /></span>
                <span class="hist__what">
                    <span>{ what(text, entry) }</span>
                    <span class="xs faint">
                        if let Some(own) = own(entry).filter(|_| entry.kind == HistoryKind::Received) {
                            { text.with(key!("wallet.history.at"), &[("where", &own)]) }{ " · " }
                        }
                        { state(text, entry) }{ " · " }<TimeAgo at={entry.time} />
                    </span>
                </span>
                <span class="hist__v" data-sign={if entry.amount_sat > 0 { "+" } else { "-" }}>
                    <AmountText {sign} amount={Amount::from_sat(entry.amount_sat.unsigned_abs())} />
                </span>
            </a>
        </li>
    }
}

const fn icon_of(kind: HistoryKind) -> IconName {
    match kind {
        HistoryKind::Mined => IconName::Miner,
        HistoryKind::Received => IconName::Download,
        HistoryKind::Sent => IconName::ArrowRight,
        HistoryKind::ToSelf => IconName::Return,
    }
}

const fn kind_name(kind: HistoryKind) -> &'static str {
    match kind {
        HistoryKind::Mined => "mined",
        HistoryKind::Received => "received",
        HistoryKind::Sent => "sent",
        HistoryKind::ToSelf => "to-self",
    }
}

const fn state_name(state: HistoryState) -> &'static str {
    match state {
        HistoryState::Pending => "pending",
        HistoryState::Confirmed => "confirmed",
        HistoryState::Immature { .. } => "immature",
        HistoryState::Conflicted => "conflicted",
        HistoryState::Unknown => "unknown",
    }
}

/// Who or what it was with.
fn what(text: Text, entry: &HistoryView) -> String {
    let who = entry.parties.first().map(|first| match entry.parties.len() - 1 {
        0 => format::party(first),
        others => text
            .with(key!("wallet.history.and_more"), &[("who", &format::party(first)), ("count", &others.to_string())]),
    });
    match (entry.kind, who) {
        (HistoryKind::Mined, _) => match entry.height {
            Some(height) => text.with(key!("wallet.history.mined"), &[("height", &height.to_string())]),
            None => text.t(key!("wallet.history.mined_lost")).to_owned(),
        },
        (HistoryKind::Received, None) => text.t(key!("wallet.history.received_plain")).to_owned(),
        (HistoryKind::Received, Some(who)) => text.with(key!("wallet.history.received"), &[("who", &who)]),
        (HistoryKind::Sent, who) => text.with(key!("wallet.history.sent"), &[("who", who.as_deref().unwrap_or("?"))]),
        (HistoryKind::ToSelf, _) => match own(entry) {
            Some(own) => text.with(key!("wallet.history.to_own"), &[("where", &own)]),
            None => text.t(key!("wallet.history.to_self")).to_owned(),
        },
    }
}

/// The wallet's address that was paid, by its label if it has one.
fn own(entry: &HistoryView) -> Option<String> {
    let own = entry.own.first()?;
    Some(if own.label.is_empty() { format::middle_cut(&own.address, 6, 4) } else { own.label.clone() })
}

/// Whose word the names are, for the row.
fn title(text: Text, entry: &HistoryView) -> Option<String> {
    let named: Vec<String> = entry
        .parties
        .iter()
        .filter(|party| !party.names.is_empty())
        .map(|named| {
            text.with(key!("wallet.history.named_one"), &[("address", &named.address), ("name", &format::party(named))])
        })
        .collect();
    (!named.is_empty()).then(|| named.join("\n"))
}

fn state(text: Text, entry: &HistoryView) -> String {
    match entry.state {
        HistoryState::Pending => text.t(key!("wallet.history.pending")).to_owned(),
        HistoryState::Conflicted if entry.kind == HistoryKind::Mined => {
            text.t(key!("wallet.history.block_lost")).to_owned()
        }
        HistoryState::Conflicted => text.t(key!("wallet.history.conflicted")).to_owned(),
        HistoryState::Unknown => text.t(key!("wallet.history.unknown")).to_owned(),
        HistoryState::Confirmed => text.count(plural!("common.confirmations"), u64::from(entry.confirmations)),
        HistoryState::Immature { matures_at } => {
            text.with(key!("wallet.history.immature"), &[("height", &matures_at.to_string())])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::OwnAddressView;
    use crate::api::PartyView;

    fn entry(kind: HistoryKind, names: &[&str], labels: &[&str]) -> HistoryView {
        HistoryView {
            txid: crate::ledger::Txid::hash(b"x"),
            kind,
            amount_sat: 1,
            fee: None,
            parties: vec![PartyView {
                address: "mhs3fLvLqkVh3MBcUNdqZnJLcxqWn2zG7u".into(),
                names: names.iter().map(|name| (*name).to_owned()).collect(),
            }],
            own: labels
                .iter()
                .map(|label| OwnAddressView {
                    address: "mzucaiLvLqkVh3MBcUNdqZnJLcxqWnfwUu".into(),
                    label: (*label).to_owned(),
                })
                .collect(),
            height: Some(7),
            confirmations: 1,
            state: HistoryState::Confirmed,
            time: crate::ledger::Time::default(),
        }
    }

    #[test]
    fn a_line_says_from_whom_and_to_whom_in_both_languages() {
        let cases = [
            (entry(HistoryKind::Received, &[], &[""]), "from mhs3fL…zG7u", "来自 mhs3fL…zG7u"),
            (entry(HistoryKind::Received, &["Bob"], &[""]), "from Bob", "来自 Bob"),
            (entry(HistoryKind::Sent, &["Bob", "Eve"], &[]), "to Bob / Eve", "付给 Bob / Eve"),
            (entry(HistoryKind::ToSelf, &[], &["rent"]), "to your own address rent", "付给自己的地址 rent"),
        ];
        for (entry, english, chinese) in cases {
            assert_eq!(what(Text::of("en"), &entry), english);
            assert_eq!(what(Text::of("zh-CN"), &entry), chinese);
        }
    }
}
