//! Who can link which addresses: what anyone can find out from the blocks alone.
//!
//! An address has no name in it, but how it is used betrays who belongs together (Bitcoin whitepaper, section 10;
//! Meiklejohn and others, "A Fistful of Bitcoins", 2013). Two findings, and a guess where it is asked for:
//! - *common inputs*: one transaction spends coins of several addresses, so who made it had all their keys;
//! - *reuse*: an address is paid more than once, so all its payments have one owner;
//! - *change* (a guess): of two outputs one is a round sum, so the other may be what the payer got back.
//!
//! Nothing here knows a wallet: it reads transactions, as every observer does.

use std::collections::{BTreeMap, BTreeSet};

use crate::keys::address::Address;
use crate::ledger::script::Instructions;
use crate::ledger::{OutPoint, Params, Script, Transaction, Txid, hash160};

/// Most transactions that are read; of more, the newest.
pub const MAX_TRANSACTIONS: usize = 2_000;
/// A sum that people choose has this many satoshis, or a multiple: a thousandth of a coin.
const ROUND: u64 = 100_000;

/// How addresses were found to have one owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LinkKind {
    /// Their coins were spent by one transaction.
    CommonInputs,
    /// The last of them may have got the change of the others.
    Change,
}

/// Addresses of one owner, and the transaction that betrayed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What gave it away.
    pub kind: LinkKind,
    /// Where.
    pub txid: Txid,
    /// Two or more, in the order of its inputs; the change last.
    pub addresses: Vec<Address>,
}

/// What the blocks say of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressUse {
    /// The address.
    pub address: Address,
    /// Transactions that paid it, oldest first.
    pub paid_by: Vec<Txid>,
    /// It was paid again after its coins had been spent.
    pub paid_after_spending: bool,
    /// Its coins have been spent.
    pub spent: bool,
}

impl AddressUse {
    /// Whether it served more than once.
    pub fn is_reused(&self) -> bool {
        self.paid_by.len() > 1 || self.paid_after_spending
    }
}

/// Addresses that everyone can see have one owner.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cluster {
    /// In the order in which the chain first shows them.
    pub addresses: Vec<AddressUse>,
    /// What joins them, oldest first; none for one address that was reused.
    pub links: Vec<Link>,
}

/// All that was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Linkage {
    /// Two or more addresses, or one that was reused; the largest first.
    pub clusters: Vec<Cluster>,
    /// Addresses that nothing is known of, newest first.
    pub alone: Vec<AddressUse>,
    /// Transactions read.
    pub transactions: usize,
}

/// What is gathered while reading.
#[derive(Default)]
struct Reading {
    uses: Vec<AddressUse>,
    place_of: BTreeMap<Address, usize>,
    coins: BTreeMap<OutPoint, Address>,
    links: Vec<Link>,
}

impl Linkage {
    /// Reads transactions of the active chain, oldest first; `guess_change` also links what may be change.
    pub fn of<'a>(
        transactions: impl DoubleEndedIterator<Item = &'a Transaction>,
        params: &Params,
        guess_change: bool,
    ) -> Self {
        let mut newest: Vec<&Transaction> = transactions.rev().take(MAX_TRANSACTIONS).collect();
        newest.reverse();
        let mut reading = Reading::default();
        for transaction in &newest {
            reading.read(transaction, params, guess_change);
        }
        reading.finish(newest.len())
    }
}

impl Reading {
    fn read(&mut self, transaction: &Transaction, params: &Params, guess_change: bool) {
        let txid = transaction.txid();
        let mut payers: Vec<Address> = Vec::new();
        for input in &transaction.inputs {
            // Of an older coin the input itself tells the owner: it shows the public key.
            let known = self.coins.get(&input.prevout).copied();
            let owner = known.or_else(|| Some(Address::p2pkh(hash160(public_key_in(&input.script_sig)?), params)));
            if let Some(owner) = owner.filter(|_| !input.prevout.is_null()) {
                let place = self.place(owner);
                self.uses[place].spent = true;
                if !payers.contains(&owner) {
                    payers.push(owner);
                }
            }
        }
        let paid: Vec<Option<Address>> =
            transaction.outputs.iter().map(|output| Address::of_owner(&output.script_pubkey, params)).collect();
        let change = if guess_change { self.change(transaction, &payers, &paid) } else { None };
        if payers.len() > 1 {
            self.links.push(Link { kind: LinkKind::CommonInputs, txid, addresses: payers.clone() });
        }
        if let Some(change) = change {
            let addresses = payers.iter().copied().chain([change]).collect();
            self.links.push(Link { kind: LinkKind::Change, txid, addresses });
        }
        for (vout, address) in paid.into_iter().enumerate() {
            let Some(address) = address else { continue };
            let place = self.place(address);
            let found = &mut self.uses[place];
            if found.paid_by.last() != Some(&txid) {
                found.paid_after_spending |= found.spent;
                found.paid_by.push(txid);
            }
            self.coins.insert(OutPoint { txid, vout: vout as u32 }, address);
        }
    }

    /// The output that may be change: the only odd sum of two, at an address nobody has seen before.
    fn change(&self, transaction: &Transaction, payers: &[Address], paid: &[Option<Address>]) -> Option<Address> {
        let ([first, second], [to_first, to_second]) = (&transaction.outputs[..], paid) else { return None };
        let round = |sat: u64| sat.is_multiple_of(ROUND);
        let odd = match (round(first.value.to_sat()), round(second.value.to_sat())) {
            (true, false) => *to_second,
            (false, true) => *to_first,
            _ => None,
        };
        odd.filter(|address| to_first != to_second && !payers.is_empty() && !self.place_of.contains_key(address))
    }

    fn place(&mut self, address: Address) -> usize {
        *self.place_of.entry(address).or_insert_with(|| {
            self.uses.push(AddressUse { address, paid_by: Vec::new(), paid_after_spending: false, spent: false });
            self.uses.len() - 1
        })
    }

    fn finish(self, transactions: usize) -> Linkage {
        let mut parents: Vec<usize> = (0..self.uses.len()).collect();
        for link in &self.links {
            for pair in link.addresses.windows(2) {
                join(&mut parents, self.place_of[&pair[0]], self.place_of[&pair[1]]);
            }
        }
        let mut clusters: BTreeMap<usize, Cluster> = BTreeMap::new();
        for link in self.links {
            let root = root(&parents, self.place_of[&link.addresses[0]]);
            clusters.entry(root).or_default().links.push(link);
        }
        let linked: BTreeSet<usize> = clusters.keys().copied().collect();
        let mut alone = Vec::new();
        for (place, found) in self.uses.into_iter().enumerate() {
            let root = root(&parents, place);
            if linked.contains(&root) || found.is_reused() {
                clusters.entry(root).or_default().addresses.push(found);
            } else {
                alone.push(found);
            }
        }
        alone.reverse();
        let mut clusters: Vec<Cluster> = clusters.into_values().collect();
        // Stable: of equal size the older one comes first.
        clusters.sort_by_key(|cluster| std::cmp::Reverse((cluster.addresses.len(), cluster.links.len())));
        Linkage { clusters, alone, transactions }
    }
}

/// The public key that an input shows: the last of the two pushes of a pay-to-public-key-hash unlocking script.
fn public_key_in(script_sig: &Script) -> Option<&[u8]> {
    let mut pushes = Instructions::new(script_sig.as_bytes());
    let (_signature, key) = (pushes.next()?.ok()?, pushes.next()?.ok()?);
    let is_key = matches!((key.data.len(), key.data.first()), (33, Some(2 | 3)) | (65, Some(4)));
    (is_key && pushes.next().is_none()).then_some(key.data)
}

/// The smallest place known to have the same owner (union-find without ranks: the trees stay flat enough).
fn root(parents: &[usize], mut place: usize) -> usize {
    while parents[place] != place {
        place = parents[place];
    }
    place
}

fn join(parents: &mut [usize], one: usize, other: usize) {
    let (one, other) = (root(parents, one), root(parents, other));
    parents[one.max(other)] = one.min(other);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::script::Builder;
    use crate::ledger::{Amount, Hash160, TxIn, TxOut};

    fn address(number: u8) -> Address {
        Address::p2pkh(Hash160::from_bytes([number; 20]), &Params::regtest())
    }

    /// A coin out of nothing that the transactions read do not show.
    fn older(number: u8) -> OutPoint {
        OutPoint { txid: Txid::hash(&[number]), vout: 0 }
    }

    fn output_of(transaction: &Transaction, vout: u32) -> OutPoint {
        OutPoint { txid: transaction.txid(), vout }
    }

    fn transaction(spent: &[OutPoint], paid: &[(u8, u64)]) -> Transaction {
        let input = |prevout: &OutPoint| TxIn {
            prevout: *prevout,
            script_sig: Script::default(),
            sequence: u32::MAX,
            witness: Vec::new(),
        };
        let output = |(number, sat): &(u8, u64)| TxOut {
            value: Amount::from_sat(*sat),
            script_pubkey: address(*number).script_pubkey(),
        };
        Transaction {
            version: 2,
            inputs: spent.iter().map(input).collect(),
            outputs: paid.iter().map(output).collect(),
            lock_time: 0,
        }
    }

    fn found(transactions: &[Transaction], guess_change: bool) -> Linkage {
        Linkage::of(transactions.iter(), &Params::regtest(), guess_change)
    }

    fn names(cluster: &Cluster) -> Vec<Address> {
        cluster.addresses.iter().map(|found| found.address).collect()
    }

    #[test]
    fn addresses_that_paid_together_have_one_owner() {
        let first = transaction(&[older(1)], &[(1, 70)]);
        let second = transaction(&[older(2)], &[(2, 60)]);
        let both = transaction(&[output_of(&first, 0), output_of(&second, 0)], &[(3, 120)]);
        let linkage = found(&[first, second, both.clone()], false);
        assert_eq!(linkage.clusters.len(), 1);
        assert_eq!(names(&linkage.clusters[0]), [address(1), address(2)]);
        let link = Link { kind: LinkKind::CommonInputs, txid: both.txid(), addresses: vec![address(1), address(2)] };
        assert_eq!(linkage.clusters[0].links, [link]);
        assert_eq!(linkage.alone.iter().map(|found| found.address).collect::<Vec<_>>(), [address(3)]);
    }

    #[test]
    fn links_that_share_an_address_make_one_cluster() {
        let coins: Vec<Transaction> =
            (1..=6).map(|number| transaction(&[older(number)], &[(number, u64::from(number))])).collect();
        let spend = |one: usize, other: usize, to: u8| {
            transaction(&[output_of(&coins[one - 1], 0), output_of(&coins[other - 1], 0)], &[(to, 1)])
        };
        let joins = [spend(1, 2, 11), spend(3, 4, 12), spend(2, 3, 13)];
        let all: Vec<Transaction> = coins.iter().chain(&joins).cloned().collect();
        let linkage = found(&all, false);
        assert_eq!(names(&linkage.clusters[0]), [address(1), address(2), address(3), address(4)]);
        assert_eq!(linkage.clusters[0].links.len(), 3);
        assert_eq!(linkage.alone.len(), 5, "5, 6 and the three paid");
    }

    #[test]
    fn an_address_that_is_paid_again_is_reused() {
        let once = transaction(&[older(1)], &[(1, 5), (2, 5), (2, 6)]);
        let again = transaction(&[older(2)], &[(1, 7)]);
        let linkage = found(&[once, again], false);
        assert_eq!(linkage.clusters.len(), 1, "two outputs of one transaction are one payment");
        let reused = &linkage.clusters[0].addresses[0];
        assert_eq!((reused.address, reused.paid_by.len(), reused.paid_after_spending), (address(1), 2, false));
        assert!(linkage.clusters[0].links.is_empty());
    }

    #[test]
    fn an_input_shows_its_owner_though_its_coin_is_too_old_to_be_read() {
        let key = [[2; 1].as_slice(), &[7; 32]].concat();
        let owner = Address::p2pkh(hash160(&key), &Params::regtest());
        let mut spend = transaction(&[older(1)], &[(1, 5)]);
        spend.inputs[0].script_sig = Builder::new().data(&[0x30; 71]).data(&key).into_script();
        let mut back = transaction(&[older(2)], &[]);
        back.outputs.push(TxOut { value: Amount::from_sat(1), script_pubkey: owner.script_pubkey() });
        let linkage = found(&[spend, back], false);
        assert_eq!(names(&linkage.clusters[0]), [owner], "spent, then paid again");
        assert!(linkage.clusters[0].addresses[0].paid_after_spending);
        assert_eq!(public_key_in(&Builder::new().data(&key).into_script()), None);
        assert_eq!(public_key_in(&Script::default()), None);
    }

    #[test]
    fn the_odd_sum_of_two_is_guessed_to_be_change_only_when_asked() {
        let coin = transaction(&[older(1)], &[(1, 5_000_000_000)]);
        let pay = transaction(&[output_of(&coin, 0)], &[(2, 150_000_000), (3, 4_849_997_740)]);
        let all = [coin, pay.clone()];
        assert!(found(&all, false).clusters.is_empty());
        let linkage = found(&all, true);
        let link = Link { kind: LinkKind::Change, txid: pay.txid(), addresses: vec![address(1), address(3)] };
        assert_eq!(linkage.clusters[0].links, [link]);

        // Two round sums, or a known address, give nothing away.
        let coin = transaction(&[older(1)], &[(1, 500_000), (3, 100_000)]);
        let round = transaction(&[output_of(&coin, 0)], &[(2, 200_000), (4, 300_000)]);
        let known = transaction(&[output_of(&coin, 0)], &[(2, 200_000), (1, 299_999)]);
        for pay in [round, known] {
            assert!(found(&[coin.clone(), pay], true).clusters.iter().all(|cluster| cluster.links.is_empty()));
        }
    }

    #[test]
    fn a_reward_has_no_payer() {
        let null = OutPoint { txid: Txid::from_bytes([0; 32]), vout: u32::MAX };
        let mut reward = transaction(&[null], &[(1, 50)]);
        reward.inputs[0].script_sig = Builder::new().data(&[1; 8]).data(&[2; 33]).into_script();
        let linkage = found(&[reward], true);
        assert!(linkage.clusters.is_empty());
        assert_eq!(linkage.alone.len(), 1);
    }

    #[test]
    fn what_is_read_is_bounded_and_the_newest() {
        let all: Vec<Transaction> = (0..MAX_TRANSACTIONS as u32 + 5)
            .map(|number| {
                let prevout = OutPoint { txid: Txid::hash(&number.to_le_bytes()), vout: 0 };
                transaction(&[prevout], &[(if number < 5 { 1 } else { 2 }, 5)])
            })
            .collect();
        let linkage = found(&all, false);
        assert_eq!(linkage.transactions, MAX_TRANSACTIONS);
        assert_eq!(names(&linkage.clusters[0]), [address(2)]);
        assert!(linkage.alone.is_empty());
    }
}
