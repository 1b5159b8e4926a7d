//! Stories of the pool: what is taken, what is refused and by which rule, who has to leave.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use common::{Key, Story, anyone, coin, spend};
use tabchain::ledger::{Amount, COIN, Duration, OutPoint, Script, Transaction, Txid};
use tabchain::mempool::{Mempool, MempoolError, MempoolLimits, RemovalReason};

const SUBSIDY: u64 = 50 * COIN;

/// A chain whose first rewards are mature, and an empty pool.
fn started() -> (Story, Mempool) {
    with_limits(MempoolLimits::default())
}

fn with_limits(limits: MempoolLimits) -> (Story, Mempool) {
    let mut story = Story::default();
    story.run("b", "genesis", 12);
    (story, Mempool::new(limits))
}

fn pay(coins: &[OutPoint], value: u64, fee: u64, tag: u64) -> Transaction {
    spend(coins, &[(value - fee, anyone(tag))])
}

fn add(story: &Story, pool: &mut Mempool, transaction: &Transaction) -> Result<Txid, MempoolError> {
    let tested = pool.test(transaction, &story.chain, story.now()).map(|entry| entry.txid);
    let listed = pool.checks(transaction, &story.chain);
    let added = pool.add(transaction.clone(), &story.chain, story.now());
    assert_eq!(tested, added, "asking and doing agree");
    if !matches!(added, Err(MempoolError::Full { .. })) {
        assert_eq!(listed.iter().all(|check| check.passed), added.is_ok(), "the list agrees: {listed:?}");
    }
    if let Err(error) = &added {
        let first = listed.iter().find(|check| !check.passed).map(|check| check.rule);
        let expected = if error.rule() == "non-BIP68-final" { "bad-txns-nonfinal" } else { error.rule() };
        assert!(first == Some(expected) || error.rule() == "mempool full", "{first:?} {error}");
    }
    added
}

fn refuse(story: &Story, pool: &mut Mempool, transaction: &Transaction, rule: &str) -> MempoolError {
    let error = add(story, pool, transaction).expect_err(rule);
    assert_eq!(error.rule(), rule, "{error}");
    error
}

#[test]
fn the_first_seen_wins_and_the_second_is_told_who_won() {
    let (story, mut pool) = started();
    let first = pay(&[story.reward("b1")], SUBSIDY, 1_000, 1);
    let second = pay(&[story.reward("b1")], SUBSIDY, 90_000, 2);
    let txid = add(&story, &mut pool, &first).expect("a good payment");
    let error = refuse(&story, &mut pool, &second, "txn-mempool-conflict");
    assert_eq!(error, MempoolError::Conflict { outpoint: story.reward("b1"), conflicts_with: txid });
    assert_eq!(pool.spender_of(&story.reward("b1")), Some(txid));
    refuse(&story, &mut pool, &first, "txn-already-in-mempool");
}

#[test]
fn what_a_block_could_not_hold_is_refused_by_its_rule() {
    let (mut story, mut pool) = started();
    let reward = story.reward("b1");
    let good = pay(&[reward], SUBSIDY, 1_000, 1);
    let changed = |change: &dyn Fn(&mut Transaction)| {
        let mut transaction = good.clone();
        change(&mut transaction);
        transaction
    };
    let unknown = OutPoint { txid: Txid::hash(b"unknown"), vout: 0 };
    let young = pay(&[story.reward("b11")], SUBSIDY, 1_000, 1);
    let coinbase = story.draft("b12", vec![]).transactions[0].clone();
    let cases = [
        ("bad-txns-inputs-missingorspent", changed(&|it| it.inputs[0].prevout = unknown)),
        ("bad-txns-inputs-missingorspent", changed(&|it| it.inputs[0].prevout.vout = 1)),
        ("bad-txns-in-belowout", changed(&|it| it.outputs[0].value = Amount::from_sat(SUBSIDY + 1))),
        ("bad-txns-vout-empty", changed(&|it| it.outputs.clear())),
        ("bad-txns-premature-spend-of-coinbase", young),
        ("coinbase", coinbase),
        ("non-final", changed(&|it| (it.lock_time, it.inputs[0].sequence) = (13, 0))),
        ("non-BIP68-final", changed(&|it| it.inputs[0].sequence = 13)),
    ];
    for (rule, transaction) in cases {
        refuse(&story, &mut pool, &transaction, rule);
    }
    let orphan = changed(&|it| it.inputs[0].prevout = unknown);
    let error = refuse(&story, &mut pool, &orphan, "bad-txns-inputs-missingorspent");
    assert_eq!(error, MempoolError::Orphan { missing: vec![unknown] });
    assert!(pool.is_empty());
    // The reward of b10 is mature in the next block, height 13.
    let just = pay(&[story.reward("b10")], SUBSIDY, 1_000, 1);
    add(&story, &mut pool, &just).expect("just mature");
}

#[test]
fn a_spent_coin_is_no_reason_to_wait_for_a_parent() {
    let (mut story, mut pool) = started();
    let first = pay(&[story.reward("b1")], SUBSIDY, 1_000, 1);
    story.extend("b13", "b12", vec![first.clone()]);
    refuse(&story, &mut pool, &first, "txn-already-known");
    let second = pay(&[story.reward("b1")], SUBSIDY, 1_000, 2);
    let error = refuse(&story, &mut pool, &second, "bad-txns-inputs-missingorspent");
    assert!(!error.is_orphan());
}

#[test]
fn policy_refuses_what_is_valid_but_not_worth_passing_on() {
    let (mut story, mut pool) = started();
    let reward = story.reward("b1");
    let good = pay(&[reward], SUBSIDY, 1_000, 1);
    let with_output = |value: u64, script: Script| spend(&[reward], &[(value, script), (SUBSIDY / 2, anyone(2))]);
    let dust = with_output(545, anyone(1));
    let mut pushing = good.clone();
    pushing.inputs[0].script_sig = Script::from_bytes(vec![0x61]);
    let tiny = spend(&[reward], &[(1_000, Script::from_bytes(vec![0x51]))]);
    let huge = with_output(0, Script::from_bytes([vec![0x6a], vec![0; 100_000]].concat()));
    let checks = spend(&[reward], &[(1_000, Script::from_bytes(vec![0xac; 4_001]))]);
    let mut witness = good.clone();
    witness.inputs[0].witness = vec![vec![1]];
    for (rule, transaction) in [
        ("dust", dust),
        ("scriptsig-not-pushonly", pushing),
        ("tx-size-small", tiny),
        ("tx-size", huge),
        ("bad-txns-too-many-sigops", checks),
        ("no-witness-yet", witness),
        ("min relay fee not met", pay(&[reward], SUBSIDY, good.vsize() as u64 - 1, 1)),
    ] {
        assert!(!refuse(&story, &mut pool, &transaction, rule).is_misbehaviour(), "{rule}");
        // A block may hold all of it, but for witness data without a commitment.
        let block = story.draft("b12", vec![transaction]);
        if rule == "no-witness-yet" {
            story.refuse(rule, "b12", block, "unexpected-witness");
        } else {
            let name = format!("block with {rule}");
            story.name(&name, "b12", block);
            story.give(&name).unwrap_or_else(|error| panic!("{rule}: {error}"));
            break_away(&mut story, &name);
        }
    }
    add(&story, &mut pool, &pay(&[reward], SUBSIDY, good.vsize() as u64, 1)).expect("one satoshi a byte");
    // Data costs nothing to keep: an output that no one can spend is no dust.
    let data = spend(&[story.reward("b2")], &[(0, Script::from_bytes(vec![0x6a, 1, 7])), (SUBSIDY / 2, anyone(2))]);
    add(&story, &mut pool, &data).expect("data");
}

/// Makes a branch from b12 longer than the one that `name` is on, so that its coins are back.
fn break_away(story: &mut Story, name: &str) {
    if !story.chain.is_active(&story.hash(name)) {
        return;
    }
    let mut last = "b12".to_owned();
    let target = story.chain.height() + 1;
    for height in 13..=target {
        let next = format!("{name}, away {height}");
        let block = story.draft(&last, vec![]);
        story.name(&next, &last, block);
        story.give(&next).expect("a good block");
        last = next;
    }
}

#[test]
fn a_bad_signature_is_misbehaviour_and_a_malleable_one_is_not() {
    let owner = Key::new(1);
    let (mut story, mut pool) = started();
    let locked = spend(&[story.reward("b1")], &[(SUBSIDY, owner.script())]);
    story.extend("b13", "b12", vec![locked.clone()]);
    let mut good = pay(&[coin(&locked, 0)], SUBSIDY, 1_000, 1);
    let unsigned = good.clone();
    owner.sign(&mut good, 0);
    let mut changed = good.clone();
    changed.outputs[0].value = Amount::from_sat(1_000);
    assert!(refuse(&story, &mut pool, &unsigned, "mandatory-script-verify-flag-failed").is_misbehaviour());
    assert!(refuse(&story, &mut pool, &changed, "mandatory-script-verify-flag-failed").is_misbehaviour());
    // A push written the long way: valid in a block, not passed on.
    let mut long = good.clone();
    let script = good.inputs[0].script_sig.as_bytes();
    long.inputs[0].script_sig = Script::from_bytes([&[0x4c], script].concat());
    assert!(!refuse(&story, &mut pool, &long, "non-mandatory-script-verify-flag").is_misbehaviour());
    add(&story, &mut pool, &good).expect("signed by its owner");
    story.extend("b14", "b13", vec![long]);
}

#[test]
fn unconfirmed_transactions_build_on_each_other_up_to_a_limit() {
    let (story, mut pool) = with_limits(MempoolLimits { max_chain: 4, ..MempoolLimits::default() });
    let mut parent = spend(&[story.reward("b1")], &[(SUBSIDY / 2, anyone(1)), (SUBSIDY / 2 - 1_000, anyone(2))]);
    let root = add(&story, &mut pool, &parent).expect("good");
    let side = coin(&parent, 1);
    let mut value = SUBSIDY / 2;
    for number in 0..3 {
        let child = pay(&[coin(&parent, 0)], value, 1_000, 10 + number);
        value -= 1_000;
        add(&story, &mut pool, &child).expect("within the limit");
        parent = child;
    }
    let error = refuse(&story, &mut pool, &pay(&[coin(&parent, 0)], value, 1_000, 20), "too-long-mempool-chain");
    assert_eq!(error, MempoolError::ChainTooLong { count: 5, limit: 4 });
    refuse(&story, &mut pool, &pay(&[side], SUBSIDY / 2 - 1_000, 1_000, 21), "too-long-mempool-chain");
    assert_eq!(pool.descendants_of(&root).len(), 3);
    assert_eq!(pool.ancestors_of(&parent.txid()).len(), 3);
    assert_eq!(pool.get(&parent.txid()).map(|entry| entry.ancestors.count), Some(4));
}

#[test]
fn a_full_pool_keeps_what_pays_more_for_its_size() {
    let (story, mut pool) = started();
    let size = pay(&[story.reward("b1")], SUBSIDY, 0, 1).vsize();
    pool = Mempool::new(MempoolLimits { max_bytes: size * 3, ..*pool.limits() });
    let names = ["b1", "b2", "b3"];
    let paid: Vec<Transaction> = names
        .iter()
        .zip([2_000, 1_000, 3_000])
        .map(|(name, fee)| pay(&[story.reward(name)], SUBSIDY, fee, 1))
        .collect();
    for transaction in &paid {
        add(&story, &mut pool, transaction).expect("there is room");
    }
    assert_eq!(pool.iter().map(|entry| entry.fee.to_sat()).collect::<Vec<_>>(), [3_000, 2_000, 1_000]);
    refuse(&story, &mut pool, &pay(&[story.reward("b4")], SUBSIDY, 1_000, 1), "mempool full");
    let better = pay(&[story.reward("b4")], SUBSIDY, 1_001, 1);
    add(&story, &mut pool, &better).expect("it pays more than the worst");
    let pushed_out = pool.take_pushed_out();
    assert_eq!(pushed_out.iter().map(|it| it.txid).collect::<Vec<_>>(), [paid[1].txid()]);
    assert_eq!(pushed_out[0].reason, RemovalReason::PushedOut);
    // A child that pays well keeps its parent; a newcomer does not push out its own parent.
    let child = pay(&[coin(&better, 0)], SUBSIDY - 1_001, 500_000, 2);
    add(&story, &mut pool, &child).expect("it pays much");
    assert!(pool.contains(&better.txid()), "its child pays for it");
    assert_eq!(pool.take_pushed_out().len(), 1);
    assert!(pool.bytes() <= pool.limits().max_bytes);
}

#[test]
fn a_block_is_filled_by_packages_parents_first() {
    let (story, mut pool) = started();
    let parent = spend(&[story.reward("b1")], &[(SUBSIDY / 2, anyone(1)), (SUBSIDY / 2 - 200, anyone(2))]);
    let rich_child = pay(&[coin(&parent, 0)], SUBSIDY / 2, 50_000, 3);
    let single = pay(&[story.reward("b2")], SUBSIDY, 10_000, 4);
    let cheap = pay(&[story.reward("b3")], SUBSIDY, 150, 5);
    for transaction in [&cheap, &single, &parent, &rich_child] {
        add(&story, &mut pool, transaction).expect("good");
    }
    let order = |weight| pool.select(weight).iter().map(|entry| entry.txid).collect::<Vec<_>>();
    let (a, b, c, d) = (parent.txid(), rich_child.txid(), single.txid(), cheap.txid());
    assert_eq!(order(usize::MAX), [a, b, c, d], "the child pays for its parent, which alone pays little");
    assert_eq!(order(parent.weight() + rich_child.weight()), [a, b]);
    assert_eq!(order(parent.weight()), [c], "without its child the parent loses to the single one");
    assert!(order(0).is_empty());
}

#[test]
fn what_is_confirmed_leaves_and_what_conflicts_with_it_too() {
    let (mut story, mut pool) = started();
    let confirmed = pay(&[story.reward("b1")], SUBSIDY, 1_000, 1);
    let child = pay(&[coin(&confirmed, 0)], SUBSIDY - 1_000, 1_000, 2);
    let loser = pay(&[story.reward("b2")], SUBSIDY, 1_000, 3);
    let loser_child = pay(&[coin(&loser, 0)], SUBSIDY - 1_000, 1_000, 4);
    for transaction in [&confirmed, &child, &loser, &loser_child] {
        add(&story, &mut pool, transaction).expect("good");
    }
    let winner = pay(&[story.reward("b2")], SUBSIDY, 5_000, 5);
    let update = story.extend("b13", "b12", vec![confirmed.clone(), winner.clone()]);
    let removed = pool.apply(&update, &story.chain, story.now());
    let block = story.hash("b13");
    let reason = |txid: Txid| removed.iter().find(|it| it.txid == txid).map(|it| it.reason.clone());
    let conflict = RemovalReason::Conflict { with: winner.txid(), block };
    assert_eq!(reason(confirmed.txid()), Some(RemovalReason::Confirmed { block }));
    assert_eq!(reason(loser.txid()), Some(conflict.clone()));
    assert_eq!(reason(loser_child.txid()), Some(conflict));
    assert_eq!(removed.len(), 3);
    let left = pool.get(&child.txid()).expect("it still waits");
    assert_eq!((left.ancestors.count, pool.len()), (1, 1), "its parent is no longer counted");
}

#[test]
fn a_reorganisation_gives_transactions_back() {
    let (mut story, mut pool) = started();
    // b12 -> b13(payment, lost, reward of b13 is spent by no one yet)
    let payment = pay(&[story.reward("b1")], SUBSIDY, 1_000, 1);
    let lost = pay(&[story.reward("b2")], SUBSIDY, 1_000, 2);
    let update = story.extend("b13", "b12", vec![payment.clone(), lost.clone()]);
    assert!(pool.apply(&update, &story.chain, story.now()).is_empty());
    let child = pay(&[coin(&payment, 0)], SUBSIDY - 1_000, 1_000, 3);
    let lost_child = pay(&[coin(&lost, 0)], SUBSIDY - 1_000, 1_000, 4);
    let other = pay(&[story.reward("b3")], SUBSIDY, 1_000, 5);
    for transaction in [&child, &lost_child, &other] {
        add(&story, &mut pool, transaction).expect("good");
    }
    // b12 -> b13
    //    \-> c13(rival of lost) -> c14(other)
    let rival = pay(&[story.reward("b2")], SUBSIDY, 2_000, 6);
    story.aside("c13", "b12", vec![rival]);
    let update = story.extend("c14", "c13", vec![other.clone()]);
    let removed = pool.apply(&update, &story.chain, story.now());
    assert!(pool.contains(&payment.txid()), "it waits again");
    assert!(pool.contains(&child.txid()), "and what builds on it still does");
    assert_eq!(pool.get(&child.txid()).map(|entry| entry.ancestors.count), Some(2));
    let reason = |txid: Txid| removed.iter().find(|it| it.txid == txid).map(|it| &it.reason);
    assert!(matches!(reason(other.txid()), Some(RemovalReason::Confirmed { .. })));
    assert!(matches!(reason(lost.txid()), Some(RemovalReason::Invalid(error)) if !error.is_orphan()));
    assert!(matches!(reason(lost_child.txid()), Some(RemovalReason::Invalid(_))));
    assert_eq!((pool.len(), removed.len()), (2, 3));
}

#[test]
fn what_spent_a_reward_that_a_reorganisation_took_away_leaves() {
    let (mut story, mut pool) = started();
    // b12 -> b13 .. b16; the reward of b13 is mature at height 16.
    story.run("d", "b12", 3);
    let spending = pay(&[story.reward("d1")], SUBSIDY, 1_000, 1);
    add(&story, &mut pool, &spending).expect("mature");
    let mut last = "b12".to_owned();
    for number in 1..=4 {
        let name = format!("e{number}");
        let block = story.draft(&last, vec![]);
        story.name(&name, &last, block);
        let update = story.give(&name).expect("good");
        let removed = pool.apply(&update, &story.chain, story.now());
        if number == 4 {
            assert!(matches!(removed[0].reason, RemovalReason::Invalid(_)), "its coin never was");
        }
        last = name;
    }
    assert!(pool.is_empty());
}

#[test]
fn what_waits_too_long_leaves_with_what_builds_on_it() {
    let (story, mut pool) = started();
    let parent = pay(&[story.reward("b1")], SUBSIDY, 1_000, 1);
    let child = pay(&[coin(&parent, 0)], SUBSIDY - 1_000, 1_000, 2);
    add(&story, &mut pool, &parent).expect("good");
    let later = story.now() + Duration::from_secs(10);
    pool.add(child, &story.chain, later).expect("good");
    let expiry = pool.limits().expiry;
    assert!(pool.expire(story.now() + expiry).is_empty());
    let removed = pool.expire(story.now() + expiry + Duration::from_secs(1));
    assert_eq!(removed.len(), 2);
    assert!(removed.iter().all(|it| it.reason == RemovalReason::Expired));
    assert!(pool.is_empty() && pool.bytes() == 0);
}
