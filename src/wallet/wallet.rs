//! The wallet itself: the words' keys, and the transactions that concern them.
//!
//! It follows the chain and the mempool (`following.rs`), and is kept in a form of its own
//! (`stored.rs`); everything it shows is worked out from what it was told. It has no clock and no
//! random source: whoever makes a wallet brings the entropy.

use std::fmt;
use std::sync::Arc;

use std::collections::BTreeMap;

use super::coins::{Balance, CoinOrigin, CoinState, WalletCoin};
use super::key_ring::{Branch, KeyPlace, KeyRing};
use super::payment::{PaymentError, PaymentPlan, PaymentRequest};
use super::planning::plan_payment;
use super::transactions::{State, Transactions};
use crate::keys::address::Address;
use crate::keys::ecdsa::sign_ecdsa;
use crate::keys::hd::ExtendedPublicKey;
use crate::keys::keys::{PrivateKey, PublicKey};
use crate::keys::mnemonic::Mnemonic;
use crate::keys::path::DerivationPath;
use crate::ledger::sighash::{SIGHASH_ALL, legacy_sighash};
use crate::ledger::{Amount, OutPoint, Params, Script, Transaction, Txid};

/// Most characters of an address's name.
pub const MAX_LABEL_CHARS: usize = 80;

/// A wallet of one network.
#[derive(Clone)]
pub struct Wallet {
    pub(super) params: Arc<Params>,
    pub(super) mnemonic: Mnemonic,
    pub(super) passphrase: String,
    pub(super) keys: KeyRing,
    pub(super) transactions: Transactions,
    pub(super) labels: BTreeMap<Address, String>,
    /// Addresses and the names that tabs told with them, in the order of their coming.
    pub(super) names: Vec<(Address, String)>,
    pub(super) words_backed_up: bool,
    /// The chain changed since the wallet last compared with the mempool.
    pub(super) is_unsettled: bool,
    /// Transactions that build on one that came into a block lately.
    pub(super) unblocked: Vec<Txid>,
}

/// An address of the wallet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WalletAddress {
    /// The address.
    pub address: Address,
    /// Its key's path.
    pub path: DerivationPath,
    /// To be paid at, or for change.
    pub branch: Branch,
    /// Whether a transaction ever paid to it.
    pub used: bool,
    /// Its name; empty if none was given.
    pub label: String,
    /// All that was ever paid to it, in blocks and waiting.
    pub received: Amount,
    /// What is unspent on it, less what a waiting payment spends.
    pub balance: Amount,
}

impl Wallet {
    /// A new wallet of twelve words. Whoever knows the entropy has the coins.
    pub fn create(entropy: [u8; 16], params: Arc<Params>) -> Self {
        Self::restore(Mnemonic::from_entropy_16(&entropy), "", params)
    }

    /// The wallet of these words; empty until [`Wallet::scan`]. The passphrase
    /// is part of the secret: another one is another wallet.
    pub fn restore(mnemonic: Mnemonic, passphrase: &str, params: Arc<Params>) -> Self {
        Self {
            keys: KeyRing::new(&mnemonic, passphrase, params.clone()),
            params,
            mnemonic,
            passphrase: passphrase.to_owned(),
            transactions: Transactions::default(),
            labels: BTreeMap::new(),
            names: Vec::new(),
            words_backed_up: false,
            is_unsettled: false,
            unblocked: Vec::new(),
        }
    }

    /// The network's numbers.
    pub fn params(&self) -> &Arc<Params> {
        &self.params
    }

    // ---- what it has ----

    /// The coins, in the order of their outpoints; `height` is the chain's.
    pub fn coins(&self, height: u32) -> Vec<WalletCoin> {
        self.transactions.unspent().filter_map(|(outpoint, _)| self.coin(*outpoint, height)).collect()
    }

    fn coin(&self, outpoint: OutPoint, tip_height: u32) -> Option<WalletCoin> {
        let owned = self.transactions.owned(&outpoint)?;
        let entry = self.transactions.get(&outpoint.txid)?;
        let inputs = &entry.tx.inputs;
        let coinbase = entry.tx.is_coinbase();
        let is_own_input = |outpoint: &OutPoint| self.transactions.owned(outpoint).is_some();
        let height = if let State::Confirmed { height, .. } = entry.state { Some(height) } else { None };
        let matures_at = height.unwrap_or(0).saturating_add(self.params.coinbase_maturity);
        let state = match height {
            _ if self.transactions.is_spending(&outpoint) => CoinState::Spending,
            None => CoinState::Unconfirmed,
            Some(_) if coinbase && tip_height < matures_at => CoinState::Immature { matures_at },
            Some(_) => CoinState::Spendable,
        };
        let origin = match () {
            () if coinbase => CoinOrigin::Mined,
            () if !inputs.iter().any(|input| is_own_input(&input.prevout)) => CoinOrigin::Received,
            () if owned.place.branch == Branch::Change => CoinOrigin::Change,
            () => CoinOrigin::Own,
        };
        Some(WalletCoin {
            outpoint,
            value: owned.value,
            script_pubkey: owned.script_pubkey.clone(),
            address: self.keys.address(owned.place)?,
            path: self.keys.path(owned.place),
            height,
            coinbase,
            state,
            origin,
            trusted: self.transactions.is_trusted(&outpoint.txid),
        })
    }

    /// The sums of [`Wallet::coins`].
    pub fn balance(&self, height: u32) -> Balance {
        Balance::of(&self.coins(height))
    }

    /// How many transactions concern the wallet.
    pub fn transaction_count(&self) -> usize {
        self.transactions.len()
    }

    /// A transaction that concerns the wallet.
    pub fn transaction(&self, txid: &Txid) -> Option<&Arc<Transaction>> {
        self.transactions.get(txid).map(|entry| &entry.tx)
    }

    // ---- addresses and keys ----

    /// Hands out a new address (Core `getnewaddress`, `getrawchangeaddress`).
    pub fn new_address(&mut self, branch: Branch) -> Address {
        let place = self.keys.issue(branch);
        self.address_at(place)
    }

    /// The receiving address to show: the last one handed out, or the first after it that was not
    /// paid yet.
    pub fn current_address(&self) -> Address {
        self.address_at(self.keys.current(Branch::Receive))
    }

    fn address_at(&self, place: KeyPlace) -> Address {
        // A key that does not exist is rarer than one in 2^127; then the one before is shown.
        (0..=place.index)
            .rev()
            .find_map(|index| self.keys.address(KeyPlace { index, ..place }))
            .expect("a row in which no key exists is rarer than one in 2^127")
    }

    /// All receiving addresses handed out or used, then the change addresses used.
    pub fn addresses(&self) -> Vec<WalletAddress> {
        let mut sums: BTreeMap<KeyPlace, (Amount, Amount)> = BTreeMap::new();
        for (outpoint, owned) in self.transactions.all_owned() {
            if self.transactions.get(&outpoint.txid).is_some_and(|entry| entry.state.is_live()) {
                let (received, _) = sums.entry(owned.place).or_default();
                *received = received.checked_add(owned.value).unwrap_or(*received);
            }
        }
        for (outpoint, owned) in self.transactions.unspent() {
            if !self.transactions.is_spending(outpoint) {
                let (_, balance) = sums.entry(owned.place).or_default();
                *balance = balance.checked_add(owned.value).unwrap_or(*balance);
            }
        }
        [Branch::Receive, Branch::Change]
            .into_iter()
            .flat_map(|branch| (0..self.keys.known(branch)).map(move |index| KeyPlace { branch, index }))
            .filter_map(|place| {
                let address = self.keys.address(place)?;
                let (received, balance) = sums.get(&place).copied().unwrap_or_default();
                Some(WalletAddress {
                    address,
                    path: self.keys.path(place),
                    branch: place.branch,
                    used: self.keys.is_used(place),
                    label: self.label(&address).to_owned(),
                    received,
                    balance,
                })
            })
            .collect()
    }

    /// Whether a key of the wallet unlocks a script.
    pub fn is_mine(&self, script: &Script) -> bool {
        script.owner().is_some_and(|hash| self.keys.find(&hash).is_some())
    }

    /// Where the key of an address is; none if it is not the wallet's.
    pub fn key_place(&self, address: &Address) -> Option<KeyPlace> {
        let place = self.keys.find(&address.hash())?;
        (address.version() == self.params.p2pkh_version).then_some(place)
    }

    /// The path of an address's key; none if it is not the wallet's.
    pub fn path_of(&self, address: &Address) -> Option<DerivationPath> {
        self.key_place(address).map(|place| self.keys.path(place))
    }

    /// The private key of an address (Core `dumpprivkey`). Secret.
    pub fn private_key_for(&self, address: &Address) -> Option<PrivateKey> {
        self.key_place(address).and_then(|place| self.keys.private_key(place))
    }

    /// The public key of an address; none if it is not the wallet's.
    pub fn public_key_for(&self, address: &Address) -> Option<PublicKey> {
        self.key_place(address).and_then(|place| self.keys.public_key(place))
    }

    /// The words. Secret.
    pub fn mnemonic_words(&self) -> Vec<&'static str> {
        self.mnemonic.words()
    }

    /// The public side of the account, `m/44'/coin'/0'`: shows all addresses, spends nothing.
    pub fn account_public_key(&self) -> ExtendedPublicKey {
        self.keys.account()
    }

    /// The name of an address; empty if it has none.
    pub fn label(&self, address: &Address) -> &str {
        self.labels.get(address).map_or("", String::as_str)
    }

    /// Names an address of the wallet; an empty name takes it away. A name longer than
    /// [`MAX_LABEL_CHARS`] is cut, and ends in `…` then. Others' addresses get none.
    pub fn set_label(&mut self, address: &Address, label: &str) {
        let mut label: String = label.trim().to_owned();
        if label.chars().count() > MAX_LABEL_CHARS {
            label = label.chars().take(MAX_LABEL_CHARS - 1).chain(['…']).collect();
        }
        if label.is_empty() {
            self.labels.remove(address);
        } else if self.key_place(address).is_some() {
            self.labels.insert(*address, label);
        }
    }

    /// Whether the user has seen the words and said so.
    pub fn words_backed_up(&self) -> bool {
        self.words_backed_up
    }

    /// Remembers that the words are written down.
    pub fn mark_words_backed_up(&mut self) {
        self.words_backed_up = true;
    }

    // ---- paying ----

    /// Works a payment out: which coins, what change, what fee. Nothing is reserved or changed.
    ///
    /// # Errors
    /// Any [`PaymentError`].
    pub fn preview(&self, request: &PaymentRequest, height: u32) -> Result<PaymentPlan, PaymentError> {
        let change = self.address_at(self.keys.current(Branch::Change));
        plan_payment(request, &self.coins(height), change)
    }

    /// Signs a payment with `SIGHASH_ALL`. It counts from when the mempool has it.
    ///
    /// # Errors
    /// [`PaymentError::UnknownCoin`] if the plan spends what this wallet has no key for.
    pub fn sign(&self, plan: &PaymentPlan) -> Result<Transaction, PaymentError> {
        let mut tx = plan.unsigned_transaction();
        let mut script_sigs = Vec::with_capacity(plan.inputs.len());
        for (at, input) in plan.inputs.iter().enumerate() {
            let unknown = PaymentError::UnknownCoin { outpoint: input.outpoint };
            let hash = input.script_pubkey.owner().ok_or(unknown.clone())?;
            let place = self.keys.find(&hash).ok_or(unknown.clone())?;
            let key = self.keys.private_key(place).ok_or(unknown)?;
            let hash = legacy_sighash(&tx, at, &input.script_pubkey, SIGHASH_ALL);
            let mut signature = sign_ecdsa(&key, &hash).to_der();
            signature.push(SIGHASH_ALL as u8);
            let mut script_sig = Vec::with_capacity(110);
            push(&signature, &mut script_sig);
            if input.script_pubkey.pubkey_hash().is_some() {
                push(&key.public_key().to_bytes(), &mut script_sig);
            }
            script_sigs.push(Script::from_bytes(script_sig));
        }
        for (input, script_sig) in tx.inputs.iter_mut().zip(script_sigs) {
            input.script_sig = script_sig;
        }
        debug_assert!(tx.vsize() <= plan.size, "sizes are planned with the longest signatures");
        Ok(tx)
    }
}

/// Appends a push of at most 75 bytes.
pub(super) fn push(bytes: &[u8], script: &mut Vec<u8>) {
    script.push(bytes.len() as u8);
    script.extend_from_slice(bytes);
}

impl fmt::Debug for Wallet {
    /// Shows no secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wallet")
            .field("network", &self.params.network)
            .field("transactions", &self.transactions.len())
            .finish_non_exhaustive()
    }
}
