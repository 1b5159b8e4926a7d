//! What happened to the wallet, newest first.

use yew::prelude::*;

use super::WalletCardProps;
use crate::ledger::Amount;
use crate::session::{HistoryKind, HistoryState, HistoryView};
use crate::ui::parts::{
    EmptyStateProps, IconName, MarkKind, PanelProps, Sign, TimeAgo, empty_state, icon, mark, panel, signed_amount,
};
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
    panel(PanelProps {
        name: Some("history".into()),
        title: Some(text.t("wallet.history.title").into()),
        children: html! {
            <>
                if wallet.history.is_empty() {
                    {empty_state(EmptyStateProps {
                        title: text.t("wallet.history.none").into(),
                        text: text.t("wallet.history.none_why").into(),
                        icon: Some(IconName::Clock),
                        ..EmptyStateProps::default()
                    })}
                } else {
                    <ol class="hist">{ for wallet.history.iter().take(shown).map(|entry| row(text, entry, wallet)) }</ol>
                }
                if shown < wallet.history.len() {
                    <button type="button" class="btn btn--sm btn--quiet" onclick={move |_| all.set(true)}>
                        { text.with("wallet.history.more", &[("count", &rest.to_string())]) }
                    </button>
                } else if rest > 0 {
                    <p class="xs faint">{ text.with("wallet.history.older", &[("count", &rest.to_string())]) }</p>
                }
            </>
        },
        ..PanelProps::default()
    })
}

fn row(text: Text, entry: &HistoryView, wallet: &crate::session::WalletView) -> Html {
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
            <a class="hist__row" href={format!("#/tx/{}", entry.txid)}>
                {mark(kind, 18)}
                <span class="hist__icon">{icon(icon_of(entry.kind), 18)}</span>
                <span class="hist__what">
                    <span>{ what(text, entry, wallet) }</span>
                    <span class="xs faint">{ state(text, entry) }{ " · " }<TimeAgo at={entry.time} /></span>
                </span>
                <span class="hist__v" data-sign={if entry.amount_sat > 0 { "+" } else { "-" }}>
                    {signed_amount(sign, Amount::from_sat(entry.amount_sat.unsigned_abs()))}
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

/// Who or what it was with: an open peer by name where its address is known, else the address.
fn what(text: Text, entry: &HistoryView, wallet: &crate::session::WalletView) -> String {
    let who = entry.addresses.first().map(|address| {
        let peer = wallet.payees.iter().find(|(_, known)| known == address);
        peer.map_or_else(|| format::middle_cut(address, 6, 4), |(name, _)| name.0.clone())
    });
    let who = who.as_deref().unwrap_or("?");
    match entry.kind {
        HistoryKind::Mined => match entry.height {
            Some(height) => text.with("wallet.history.mined", &[("height", &height.to_string())]),
            None => text.t("wallet.history.mined_lost").to_owned(),
        },
        HistoryKind::Received if entry.addresses.is_empty() => text.t("wallet.history.received_plain").to_owned(),
        HistoryKind::Received => text.with("wallet.history.received", &[("who", who)]),
        HistoryKind::Sent => text.with("wallet.history.sent", &[("who", who)]),
        HistoryKind::ToSelf => text.t("wallet.history.to_self").to_owned(),
    }
}

fn state(text: Text, entry: &HistoryView) -> String {
    match entry.state {
        HistoryState::Pending => text.t("wallet.history.pending").to_owned(),
        HistoryState::Conflicted if entry.kind == HistoryKind::Mined => text.t("wallet.history.block_lost").to_owned(),
        HistoryState::Conflicted => text.t("wallet.history.conflicted").to_owned(),
        HistoryState::Unknown => text.t("wallet.history.unknown").to_owned(),
        HistoryState::Confirmed => text.count("common.confirmations", u64::from(entry.confirmations)),
        HistoryState::Immature { matures_at } => {
            text.with("wallet.history.immature", &[("height", &matures_at.to_string())])
        }
    }
}
