//! A wallet's history: one line for each transaction, with what it changed.

use super::address::Address;
use super::keys::PublicKey;
use super::transactions::{Entry, State, Transactions};
use crate::ledger::{Amount, BlockTime, OutPoint, Params, Script, Time, Txid};

/// Most addresses named as the other side of one transaction.
pub const MAX_COUNTERPARTIES: usize = 8;

/// A line of the history.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HistoryEntry {
    /// The transaction.
    pub txid: Txid,
    /// What it was.
    pub kind: HistoryKind,
    /// What it changed of the balance, in satoshis, the fee included; negative when money left.
    pub amount: i64,
    /// The fee, where this wallet paid it.
    pub fee: Option<Amount>,
    /// Its block's height.
    pub height: Option<u32>,
    /// Blocks on top of it, its own included; 0 while it waits.
    pub confirmations: u32,
    /// When it was first seen, or when its block says that it was made.
    pub time: Time,
    /// Who was paid, or (as far as the inputs show a key) who paid; at most [`MAX_COUNTERPARTIES`].
    pub counterparties: Vec<Address>,
    /// How sure it is.
    pub state: HistoryState,
}

/// What a transaction was.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
pub enum HistoryKind {
    /// A block's reward.
    Mined,
    /// Money came in.
    Received,
    /// Money went out.
    Sent,
    /// From this wallet to itself: only the fee is gone.
    ToSelf,
}

/// How sure a transaction is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
pub enum HistoryState {
    /// Waiting for a block.
    Pending,
    /// In a block.
    Confirmed,
    /// A block's reward that is too young: spendable when the chain has this height.
    Immature {
        /// As in [`CoinState::Immature`](super::CoinState::Immature).
        matures_at: u32,
    },
    /// It will not happen as things are: its coin was spent otherwise, its block lost, or the
    /// mempool let it go.
    Conflicted,
}

/// The newest `most` lines: what waits, then what is in blocks. Only these are worked out.
pub(super) fn history(transactions: &Transactions, params: &Params, height: u32, most: usize) -> Vec<HistoryEntry> {
    let mut order: Vec<_> = transactions
        .iter()
        .map(|(txid, entry)| {
            let is_waiting = matches!(entry.state, State::InMempool | State::Waiting);
            let place = match entry.state {
                State::Confirmed { height, position, .. } => Some((height, position)),
                _ => None,
            };
            ((is_waiting, time_of(entry), place, *txid), entry)
        })
        .collect();
    order.sort_unstable_by_key(|(key, _)| std::cmp::Reverse(*key));
    let newest = order.into_iter().take(most);
    newest.map(|((.., txid), entry)| history_entry(transactions, params, height, txid, entry)).collect()
}

/// When it was first seen, or when its block says that it was made.
fn time_of(entry: &Entry) -> Time {
    match entry.state {
        State::Confirmed { time, .. } => local_time(time),
        _ => entry.first_seen.unwrap_or_default(),
    }
}

fn history_entry(
    transactions: &Transactions,
    params: &Params,
    tip_height: u32,
    txid: Txid,
    entry: &Entry,
) -> HistoryEntry {
    let tx = &entry.tx;
    let own_input = |outpoint: &OutPoint| transactions.owned(outpoint);
    let own_output = |vout: usize| transactions.owned(&OutPoint { txid, vout: vout as u32 });
    let spent: Vec<u64> =
        tx.inputs.iter().filter_map(|input| own_input(&input.prevout)).map(|coin| coin.value.to_sat()).collect();
    let (debit, credit): (u64, u64) =
        (spent.iter().sum(), (0..tx.outputs.len()).filter_map(own_output).map(|coin| coin.value.to_sat()).sum());
    let is_all_mine = (0..tx.outputs.len()).all(|vout| own_output(vout).is_some());
    let kind = match () {
        () if tx.is_coinbase() => HistoryKind::Mined,
        () if spent.is_empty() => HistoryKind::Received,
        () if is_all_mine => HistoryKind::ToSelf,
        () => HistoryKind::Sent,
    };
    let all_inputs_mine = spent.len() == tx.inputs.len();
    let paid = tx.output_value().and_then(|value| Amount::from_sat(debit).checked_sub(value));
    let fee = match kind {
        HistoryKind::Mined | HistoryKind::Received => None,
        _ if all_inputs_mine => paid,
        _ => entry.fee,
    };
    let height = if let State::Confirmed { height, .. } = entry.state { Some(height) } else { None };
    let state = match entry.state {
        State::Confirmed { height, .. } if tx.is_coinbase() && tip_height < height + params.coinbase_maturity => {
            HistoryState::Immature { matures_at: height + params.coinbase_maturity }
        }
        State::Confirmed { .. } => HistoryState::Confirmed,
        State::InMempool | State::Waiting => HistoryState::Pending,
        State::Dropped | State::Conflicted { .. } => HistoryState::Conflicted,
    };
    let counterparties = match kind {
        HistoryKind::Mined | HistoryKind::ToSelf => Vec::new(),
        HistoryKind::Received => distinct(tx.inputs.iter().filter_map(|input| signer(&input.script_sig, params))),
        HistoryKind::Sent => distinct(
            tx.outputs
                .iter()
                .enumerate()
                .filter(|(vout, _)| own_output(*vout).is_none())
                .filter_map(|(_, output)| Address::of_owner(&output.script_pubkey, params)),
        ),
    };
    HistoryEntry {
        txid,
        kind,
        amount: credit as i64 - debit as i64,
        fee,
        height,
        confirmations: height.map_or(0, |height| (tip_height + 1).saturating_sub(height)),
        time: time_of(entry),
        counterparties,
        state,
    }
}

/// The address of the key that an unlocking script shows: the last push, behind the signature.
fn signer(script_sig: &Script, params: &Params) -> Option<Address> {
    let (&signature_size, rest) = script_sig.as_bytes().split_first()?;
    let (&key_size, key) = rest.get(usize::from(signature_size)..)?.split_first()?;
    let key = (usize::from(key_size) == key.len()).then(|| PublicKey::from_bytes(key).ok()).flatten()?;
    Some(Address::from_public_key(&key, params))
}

fn local_time(time: BlockTime) -> Time {
    Time::from_millis(u64::from(time.0) * 1000)
}

fn distinct(addresses: impl Iterator<Item = Address>) -> Vec<Address> {
    let mut seen: Vec<Address> = Vec::new();
    for address in addresses {
        if seen.len() < MAX_COUNTERPARTIES && !seen.contains(&address) {
            seen.push(address);
        }
    }
    seen
}
