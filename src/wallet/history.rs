//! A wallet's history: one line for each transaction, with what it changed.

use super::key_ring::Branch;
use super::transactions::{End, Entry, State, signer};
use super::wallet::Wallet;
use crate::keys::address::Address;
use crate::keys::keys::PublicKey;
use crate::ledger::{Amount, BlockTime, OutPoint, Params, Script, Time, TxOut, Txid};

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
    /// Of a payment to itself none.
    pub counterparties: Vec<Address>,
    /// Whether it spends a coin of this wallet.
    pub from_me: bool,
    /// What it pays, in order; see [`HistoryEntry::sent`] and [`HistoryEntry::received`].
    pub outputs: Vec<HistoryOutput>,
    /// How sure it is.
    pub state: HistoryState,
}

/// What a transaction pays.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HistoryOutput {
    /// Which output it is.
    pub vout: u32,
    /// Where to; none if no address says it.
    pub address: Option<Address>,
    /// How much.
    pub amount: Amount,
    /// Whether a key of this wallet unlocks it.
    pub is_mine: bool,
    /// Whether it is change: on an unnamed address of the row for change (Core `OutputIsChange`).
    pub is_change: bool,
    /// The name that this wallet's user gave to the address; empty for others' addresses.
    pub label: String,
}

impl HistoryEntry {
    /// What this wallet sent: of a transaction that spends its coins, all outputs but the change,
    /// those to itself included (Core `CachedTxGetAmounts`, `listSent`).
    pub fn sent(&self) -> impl Iterator<Item = &HistoryOutput> {
        self.outputs.iter().filter(|output| self.from_me && !output.is_change)
    }

    /// What this wallet received: all outputs of its own; without the change of what it spent (Core
    /// `CachedTxGetAmounts`, `listReceived`).
    pub fn received(&self) -> impl Iterator<Item = &HistoryOutput> {
        self.outputs.iter().filter(|output| output.is_mine && !(self.from_me && output.is_change))
    }
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
    /// From this wallet to an address of its own: only the fee is gone.
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
    /// It will not happen as things are: its coin was spent otherwise, or its block lost.
    Conflicted,
    /// This node does not have it, neither in a block nor in its mempool, though nothing speaks
    /// against it. It counts again when someone sends it.
    Unknown,
}

impl Wallet {
    /// One line for each transaction, newest first, what waits before the others; `height` is the chain's.
    pub fn history(&self, height: u32) -> Vec<HistoryEntry> {
        self.recent_history(height, usize::MAX)
    }

    /// The newest `most` lines of [`Wallet::history`], at the cost of those.
    pub fn recent_history(&self, height: u32, most: usize) -> Vec<HistoryEntry> {
        let mut order: Vec<_> = self
            .transactions
            .iter()
            .map(|(txid, entry)| {
                let place = match entry.state {
                    State::Confirmed { height, position, .. } => Some((height, position)),
                    _ => None,
                };
                ((entry.state.is_waiting(), time_of(entry), place, *txid), entry)
            })
            .collect();
        order.sort_unstable_by_key(|(key, _)| std::cmp::Reverse(*key));
        let newest = order.into_iter().take(most);
        newest.map(|((.., txid), entry)| history_entry(self, height, txid, entry)).collect()
    }

    /// The line of one transaction; none if it does not concern the wallet.
    pub fn history_entry(&self, txid: &Txid, height: u32) -> Option<HistoryEntry> {
        self.transactions.get(txid).map(|entry| history_entry(self, height, *txid, entry))
    }
}

/// When it was first seen, or when its block says that it was made.
fn time_of(entry: &Entry) -> Time {
    match entry.state {
        State::Confirmed { time, .. } => local_time(time),
        _ => entry.first_seen.unwrap_or_default(),
    }
}

fn history_entry(wallet: &Wallet, tip_height: u32, txid: Txid, entry: &Entry) -> HistoryEntry {
    let (tx, params) = (&entry.tx, &wallet.params);
    let own_input = |outpoint: &OutPoint| wallet.transactions.owned(outpoint);
    let spent: Vec<u64> =
        tx.inputs.iter().filter_map(|input| own_input(&input.prevout)).map(|coin| coin.value.to_sat()).collect();
    let outputs: Vec<HistoryOutput> =
        (0..).zip(&tx.outputs).map(|(vout, output)| history_output(wallet, OutPoint { txid, vout }, output)).collect();
    let own = outputs.iter().filter(|output| output.is_mine);
    let (debit, credit): (u64, u64) = (spent.iter().sum(), own.map(|output| output.amount.to_sat()).sum());
    let kind = match () {
        () if tx.is_coinbase() => HistoryKind::Mined,
        () if spent.is_empty() => HistoryKind::Received,
        () if outputs.iter().all(|output| output.is_mine) => HistoryKind::ToSelf,
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
        State::Ended => match wallet.transactions.end_of(&txid) {
            End::Conflicted => HistoryState::Conflicted,
            End::Unknown => HistoryState::Unknown,
        },
    };
    let counterparties = match kind {
        HistoryKind::Mined | HistoryKind::ToSelf => Vec::new(),
        HistoryKind::Received => distinct(tx.inputs.iter().filter_map(|input| payer(&input.script_sig, params))),
        HistoryKind::Sent => {
            distinct(outputs.iter().filter(|output| !output.is_mine).filter_map(|output| output.address))
        }
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
        from_me: !spent.is_empty(),
        outputs,
        state,
    }
}

fn history_output(wallet: &Wallet, outpoint: OutPoint, output: &TxOut) -> HistoryOutput {
    let owned = wallet.transactions.owned(&outpoint);
    let address = Address::of_owner(&output.script_pubkey, &wallet.params);
    let label = address.filter(|_| owned.is_some()).map(|address| wallet.label(&address).to_owned());
    let label = label.unwrap_or_default();
    HistoryOutput {
        vout: outpoint.vout,
        address,
        amount: output.value,
        is_mine: owned.is_some(),
        is_change: owned.is_some_and(|owned| owned.place.branch == Branch::Change) && label.is_empty(),
        label,
    }
}

/// The address of the key that an unlocking script shows.
fn payer(script_sig: &Script, params: &Params) -> Option<Address> {
    let key = PublicKey::from_bytes(signer(script_sig)?).ok()?;
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
