//! Full-block stories: every rule is broken once, by a block that breaks nothing else, with the
//! fork drawn above each step. `b1..` are blocks, `(x)` one that is refused, the tip is last.
#![cfg(not(target_arch = "wasm32"))]

mod common;
mod false_twin;

use common::{Key, Story, anyone, assert_coins_are_right, coin, commit_and_solve, input, small_params, solve, spend};
use common::{commit_to_witnesses, unsolve};
use tabchain::ledger::chain::MAX_SIDE_BLOCKS;
use tabchain::ledger::params::Activations;
use tabchain::ledger::rules::header::MAX_FUTURE_SECS;
use tabchain::ledger::{
    Amount, BlockError, BlockStatus, BlockTime, COIN, Header, InputError, OutPoint, Params, Script, Target, Time,
    TxOut, Txid,
};

const SUBSIDY: u64 = 50 * COIN;

/// genesis -> b1 -> b2 -> b3 -> b4: the rewards of b1 and b2 can be spent in b5.
fn started() -> Story {
    let mut story = Story::default();
    story.run("b", "genesis", 4);
    story
}

#[test]
fn of_two_chains_with_equal_work_the_first_seen_stays() {
    let mut story = started();
    // b4 -> b5
    //   \-> c5
    story.extend("b5", "b4", vec![]);
    story.aside("c5", "b4", vec![]);
    story.tip_is("b5");
    // b4 -> b5
    //   \-> c5 -> c6
    let update = story.extend("c6", "c5", vec![]);
    assert_eq!(update.disconnected.iter().map(|block| block.hash()).collect::<Vec<_>>(), [story.hash("b5")]);
    let connected: Vec<_> = update.connected.iter().map(|block| block.hash()).collect();
    assert_eq!(connected, [story.hash("c5"), story.hash("c6")]);
    // b4 -> b5 -> b6
    //   \-> c5 -> c6
    story.aside("b6", "b5", vec![]);
    // b4 -> b5 -> b6 -> b7
    //   \-> c5 -> c6
    let update = story.extend("b7", "b6", vec![]);
    let disconnected: Vec<_> = update.disconnected.iter().map(|block| block.hash()).collect();
    assert_eq!(disconnected, [story.hash("c6"), story.hash("c5")], "the tip first");
    assert_coins_are_right(&story.chain);
    assert_eq!(story.chain.tips().len(), 2);
    let left = story.chain.index(&story.hash("c6")).expect("known");
    assert_eq!((&left.status, story.chain.tip_status(left)), (&BlockStatus::Stored, "valid-fork"));
}

#[test]
fn a_coin_is_spent_once() {
    let mut story = started();
    let first = spend(&[story.reward("b1")], &[(SUBSIDY, anyone(1))]);
    let second = spend(&[story.reward("b1")], &[(SUBSIDY, anyone(2))]);
    // b4 -> (b5): both in one block
    let both = story.draft("b4", vec![first.clone(), second.clone()]);
    let error = story.refuse("b5x", "b4", both, "bad-txns-inputs-missingorspent");
    assert!(matches!(error, BlockError::Inputs { index: 2, .. }), "{error}");
    // b4 -> b5 -> (b6): one after the other
    story.extend("b5", "b4", vec![first]);
    let again = story.draft("b5", vec![second.clone()]);
    story.refuse("b6x", "b5", again, "bad-txns-inputs-missingorspent");
    // b4 -> b5
    //   \-> c5 -> c6: on another branch the coin is still there
    story.aside("c5", "b4", vec![second]);
    story.extend("c6", "c5", vec![]);
    assert_coins_are_right(&story.chain);
}

#[test]
fn a_coin_can_be_spent_in_the_block_that_makes_it_but_not_before() {
    let mut story = started();
    let parent = spend(&[story.reward("b1")], &[(SUBSIDY, anyone(1))]);
    let child = spend(&[coin(&parent, 0)], &[(SUBSIDY, anyone(2))]);
    let turned = story.draft("b4", vec![child.clone(), parent.clone()]);
    story.refuse("b5x", "b4", turned, "bad-txns-inputs-missingorspent");
    story.extend("b5", "b4", vec![parent, child]);
    assert_coins_are_right(&story.chain);
}

#[test]
fn a_coinbase_matures_before_it_is_spent() {
    let mut story = started();
    // The reward of b3 is mature at height 6, b5 is one too early.
    let early = spend(&[story.reward("b3")], &[(SUBSIDY, anyone(1))]);
    let block = story.draft("b4", vec![early.clone()]);
    let error = story.refuse("b5x", "b4", block, "bad-txns-premature-spend-of-coinbase");
    let BlockError::Inputs { error: InputError::Immature { coin_height, spend_height, mature_at, .. }, .. } = error
    else {
        panic!("{error}")
    };
    assert_eq!((coin_height, spend_height, mature_at), (3, 5, 6));
    story.extend("b5", "b4", vec![]);
    story.extend("b6", "b5", vec![early]);
}

#[test]
fn the_outputs_pay_no_more_than_the_inputs_have() {
    let mut story = started();
    let block = {
        let more = spend(&[story.reward("b1")], &[(SUBSIDY + 1, anyone(1))]);
        story.draft("b4", vec![more])
    };
    story.refuse("b5x", "b4", block, "bad-txns-in-belowout");
}

#[test]
fn the_coinbase_takes_the_subsidy_and_the_fees_and_no_more() {
    let mut story = started();
    let paying = spend(&[story.reward("b1")], &[(SUBSIDY - 700, anyone(1))]);
    let with_reward = |story: &mut Story, reward: u64| {
        let mut block = story.draft("b4", vec![paying.clone()]);
        block.transactions[0].outputs[0].value = Amount::from_sat(reward);
        commit_and_solve(&mut block);
        block
    };
    let block = with_reward(&mut story, SUBSIDY + 701);
    let error = story.refuse("b5x", "b4", block, "bad-cb-amount");
    assert_eq!(error.facts()[2], ("fees", "0.00000700".to_owned()));
    let block = with_reward(&mut story, SUBSIDY + 700);
    let update = story.extend_with("b5", "b4", block);
    assert_eq!(update.connected[0].fee(1), Amount::from_sat(700));
    assert_eq!(update.connected[0].fees(), Amount::from_sat(700));
    // Who takes less burns the rest.
    let mut block = story.draft("b5", vec![]);
    block.transactions[0].outputs[0].value = Amount::from_sat(1);
    commit_and_solve(&mut block);
    story.extend_with("b6", "b5", block);
    assert_coins_are_right(&story.chain);
}

#[test]
fn the_subsidy_halves_with_the_height() {
    let mut story = Story::new(Params { halving_interval: 3, ..small_params() });
    story.run("b", "genesis", 2);
    let mut block = story.draft("b2", vec![]);
    assert_eq!(block.transactions[0].outputs[0].value, Amount::from_coins(25));
    block.transactions[0].outputs[0].value = Amount::from_coins(50);
    commit_and_solve(&mut block);
    story.refuse("b3x", "b2", block, "bad-cb-amount");
    story.extend("b3", "b2", vec![]);
}

#[test]
fn only_the_owner_s_signature_unlocks_a_coin() {
    let (owner, thief) = (Key::new(1), Key::new(2));
    let mut story = started();
    let locked = spend(&[story.reward("b1")], &[(SUBSIDY, owner.script())]);
    story.extend("b5", "b4", vec![locked.clone()]);
    let unsigned = spend(&[coin(&locked, 0)], &[(SUBSIDY, anyone(1))]);
    let mut stolen = unsigned.clone();
    thief.sign(&mut stolen, 0);
    let mut good = unsigned.clone();
    owner.sign(&mut good, 0);
    let mut changed = good.clone();
    changed.outputs[0].value = Amount::from_sat(SUBSIDY - 1);
    for (name, bad) in [("unsigned", unsigned), ("stolen", stolen), ("changed", changed)] {
        let block = story.draft("b5", vec![bad]);
        let error = story.refuse(name, "b5", block, "mandatory-script-verify-flag-failed");
        let BlockError::Inputs { index: 1, error: InputError::Script { input: 0, .. }, .. } = error else {
            panic!("{error}")
        };
    }
    story.extend("b6", "b5", vec![good]);
}

#[test]
fn a_failed_reorganisation_leaves_everything_as_it_was() {
    let mut story = started();
    let spending = spend(&[story.reward("b1")], &[(SUBSIDY, anyone(1))]);
    story.extend("b5", "b4", vec![spending.clone()]);
    let before = (story.chain.tip().hash, story.chain.utxo().clone());
    // b4 -> b5
    //   \-> c5 -> (c6) -> c7: c6 spends a coin twice, which shows only when it is connected
    let other = spend(&[story.reward("b1")], &[(SUBSIDY - 5, anyone(2))]);
    let twice = spend(&[story.reward("b1")], &[(SUBSIDY - 6, anyone(3))]);
    story.aside("c5", "b4", vec![other]);
    let bad = story.draft("c5", vec![twice]);
    story.name("c6", "c5", bad);
    let seventh = story.draft("c6", vec![]);
    // The header of c7 comes first, so that the whole branch is judged when c6 comes.
    let now = story.now() + tabchain::ledger::Duration::from_secs(10_000);
    story.chain.accept_header(&story.get("c6").header.clone(), now).expect("a good header");
    story.name("c7", "c6", seventh);
    story.chain.accept_header(&story.get("c7").header.clone(), now).expect("a good header");
    assert_eq!(story.chain.best_header().hash, story.hash("c7"));
    assert_eq!(story.chain.missing_blocks(10), [story.hash("c6"), story.hash("c7")]);
    assert!(story.give("c7").expect("kept until its parent comes").is_empty());
    let error = story.give("c6").expect_err("a double spend");
    assert_eq!(error.rule(), "bad-txns-inputs-missingorspent");

    assert_eq!((story.chain.tip().hash, story.chain.utxo().clone()), before);
    assert_coins_are_right(&story.chain);
    assert!(story.chain.find_transaction(&spending.txid()).is_some());
    let status = |name: &str| story.chain.index(&story.hash(name)).expect("known").status.clone();
    assert_eq!(status("c5"), BlockStatus::Stored, "what was good stays good");
    let (BlockStatus::Invalid(sixth), BlockStatus::Invalid(seventh)) = (status("c6"), status("c7")) else {
        panic!("both are invalid")
    };
    assert_eq!((sixth.rule, seventh.rule), ("bad-txns-inputs-missingorspent", "bad-prevblk"));
    assert_eq!(story.chain.best_header().hash, story.hash("b5"));
    assert!(story.chain.missing_blocks(10).is_empty());
    // Given again, both are refused at once; what builds on them too.
    assert_eq!(story.give("c6").expect_err("known").rule(), "duplicate-invalid");
    let block = story.draft("c7", vec![]);
    story.refuse("c8", "c7", block, "bad-prevblk");
    // b4 -> b5
    //   \-> c5 -> d6 -> d7: the good part of the branch can still win
    story.extend("d6", "c5", vec![]);
    assert_coins_are_right(&story.chain);
}

#[test]
fn a_block_above_one_that_fails_is_refused_with_it() {
    let mut story = started();
    // b4 -> b5 -> b6
    //   \-> (c5) -> c6 -> c7: c5 has less work and is not connected until c7 comes
    story.extend("b5", "b4", vec![]);
    story.extend("b6", "b5", vec![]);
    let mut fifth = story.draft("b4", vec![]);
    fifth.transactions[0].outputs[0].value = Amount::from_sat(SUBSIDY + 1);
    commit_and_solve(&mut fifth);
    story.aside_with("c5", "b4", fifth);
    story.aside("c6", "c5", vec![]);
    let block = story.draft("c6", vec![]);
    let error = story.refuse("c7", "c6", block, "bad-prevblk");
    assert!(error.facts().contains(&("broken_rule", "bad-cb-amount".to_owned())), "{error}");
    story.tip_is("b6");
}

#[test]
fn blocks_may_come_in_any_order_once_their_headers_are_known() {
    let mut story = started();
    // b4 -> b5 -> b6 -> b7, given as b7, b6, b5
    let mut parent = "b4";
    for name in ["b5", "b6", "b7"] {
        let block = story.draft(parent, vec![]);
        story.name(name, parent, block);
        let now = story.now();
        story.chain.accept_header(&story.get(name).header.clone(), now).expect("a good header");
        parent = name;
    }
    story.tip_is("b4");
    assert_eq!(story.chain.missing_blocks(2), [story.hash("b5"), story.hash("b6")]);
    assert!(story.give("b7").expect("kept").is_empty());
    assert!(story.give("b6").expect("kept").is_empty());
    assert_eq!(story.give("b5").expect("good").connected.len(), 3);
    story.tip_is("b7");
    assert!(story.give("b7").expect("known").is_empty());
}

#[test]
fn a_block_whose_parent_is_unknown_waits_outside() {
    let mut story = started();
    let block = story.draft("b4", vec![]);
    story.name("b5", "b4", block);
    let orphan = story.draft("b5", vec![]);
    let error = story.refuse("b6", "b5", orphan, "prev-blk-not-found");
    assert!(error.is_orphan());
}

#[test]
fn a_header_needs_proof_of_work_the_right_target_time_and_version() {
    let mut story = started();
    let parent_time = story.get("b4").header.time;
    let now = story.now() + tabchain::ledger::Duration::from_secs(600);
    let good = story.draft("b4", vec![]).header;
    // Medians: the times of genesis, b1..b4 are 600 seconds apart.
    let median = BlockTime(parent_time.0 - 2 * 600);
    let latest = BlockTime(now.to_block_time().0 + MAX_FUTURE_SECS);
    let cases: [(&str, Header); 6] = [
        ("bad-diffbits", Header { bits: 0x207f_fffe, ..good }),
        ("high-hash", Header { bits: 0x2100_ffff, ..good }),
        ("high-hash", Header { bits: 0, ..good }),
        ("time-too-old", Header { time: median, ..good }),
        ("time-too-new", Header { time: BlockTime(latest.0 + 1), ..good }),
        ("bad-version", Header { version: 3, ..good }),
    ];
    for (rule, mut header) in cases {
        if rule != "high-hash" {
            solve(&mut header);
        }
        let error = story.chain.accept_header(&header, now).expect_err(rule);
        assert_eq!(error.rule(), rule, "{error}");
    }
    let mut unsolved = good;
    unsolve(&mut unsolved);
    assert_eq!(story.chain.accept_header(&unsolved, now).expect_err("no work").rule(), "high-hash");
    for time in [BlockTime(median.0 + 1), latest] {
        let mut header = Header { time, ..good };
        solve(&mut header);
        story.chain.accept_header(&header, now).expect("just within");
    }
}

#[test]
fn a_header_refused_as_too_new_is_taken_later() {
    let mut story = started();
    let header = story.draft("b4", vec![]).header;
    let early = Time::from_millis((u64::from(header.time.0) - u64::from(MAX_FUTURE_SECS) - 1) * 1000);
    assert_eq!(story.chain.accept_header(&header, early).expect_err("too new").rule(), "time-too-new");
    story.chain.accept_header(&header, early + tabchain::ledger::Duration::from_secs(1)).expect("now it is not");
}

#[test]
fn the_header_commits_to_the_transactions() {
    let mut story = started();
    let spending = spend(&[story.reward("b1")], &[(SUBSIDY, anyone(1))]);
    let block = story.draft("b4", vec![spending]);
    let mut tampered = block.clone();
    tampered.transactions[1].outputs[0].script_pubkey = anyone(666);
    story.refuse("b5x", "b4", tampered, "bad-txnmrklroot");
    // The lie stuck to the bytes, not to the hash.
    story.extend_with("b5", "b4", block);
}

#[test]
fn transactions_repeated_under_the_same_root_are_refused_without_blame_for_the_hash() {
    let mut story = started();
    let first = spend(&[story.reward("b1")], &[(SUBSIDY, anyone(1))]);
    let second = spend(&[coin(&first, 0)], &[(SUBSIDY, anyone(2))]);
    let block = story.draft("b4", vec![first, second]);
    let mut repeated = block.clone();
    repeated.transactions.push(block.transactions[2].clone());
    assert_eq!(repeated.block_hash(), block.block_hash());
    story.refuse("b5x", "b4", repeated, "bad-txns-duplicate");
    story.extend_with("b5", "b4", block);
}

// b4 -> (b5, as one transaction of 64 bytes) -> b5
#[test]
fn a_block_is_taken_after_its_false_twin_of_64_bytes() {
    for header_first in [false, true] {
        let mut story = started();
        let spending = spend(&[story.reward("b1")], &[(SUBSIDY, anyone(1))]);
        let draft = story.draft("b4", vec![spending]);
        let (good, twin) = false_twin::twins(draft);
        assert_eq!(twin.transactions[0].stripped_size(), 64);
        if header_first {
            story.name("b5", "b4", good.clone());
            let now = story.now();
            story.chain.accept_header(&good.header, now).expect("a good header");
        }
        story.refuse("b5x", "b4", twin, "bad-cb-missing");
        story.extend_with("b5", "b4", good);
        story.extend("b6", "b5", vec![]);
    }
}

// b4 -> (b5) -> (b6): Core's verdict on both, by what b5 was refused for
#[test]
fn what_the_bytes_say_never_marks_the_header_and_what_the_coins_say_does() {
    let mut story = started();
    let reward = story.reward("b1");
    let mut no_coinbase = story.draft("b4", vec![spend(&[reward], &[(SUBSIDY, anyone(1))])]);
    no_coinbase.transactions.remove(0);
    let mut second_coinbase = story.draft("b4", vec![]);
    let other = story.draft("b4", vec![]).transactions[0].clone();
    second_coinbase.transactions.push(other);
    let bad_form = story.draft("b4", vec![spend(&[reward], &[])]);
    let mut bare_witness = story.draft("b4", vec![]);
    bare_witness.transactions[0].inputs[0].witness = vec![vec![0; 32]];
    let mut wrong_height = story.draft("b4", vec![]);
    wrong_height.transactions[0].inputs[0].script_sig = Script::from_bytes(vec![0x56, 1, 1]);
    let mut greedy = story.draft("b4", vec![]);
    greedy.transactions[0].outputs[0].value = Amount::from_sat(SUBSIDY + 1);
    let cases = [
        ("bad-cb-missing", false, no_coinbase),
        ("bad-cb-multiple", false, second_coinbase),
        ("bad-txns-vout-empty", false, bad_form),
        ("unexpected-witness", false, bare_witness),
        ("bad-cb-height", true, wrong_height),
        ("bad-cb-amount", true, greedy),
    ];
    for (rule, is_marked, mut block) in cases {
        commit_and_solve(&mut block);
        story.refuse(rule, "b4", block.clone(), rule);
        // Only once its bytes are good a header is taken in; alone it may be before.
        let is_known = story.chain.index(&block.block_hash()).is_some();
        assert_eq!(is_known, is_marked || rule == "unexpected-witness", "{rule}");
        let now = story.now();
        let again = story.chain.accept_header(&block.header, now).map_err(|error| error.rule());
        assert_eq!(again.is_err().then_some("duplicate-invalid"), again.err(), "{rule}");
        assert_eq!(story.chain.index(&block.block_hash()).expect("known").is_invalid(), is_marked, "{rule}");
        story.give(rule).expect_err("bad it stays");
        let child = story.draft(rule, vec![]);
        story.name("child", rule, child.clone());
        let now = story.now();
        let verdict = story.chain.accept_header(&child.header, now).map_err(|error| error.rule());
        assert_eq!(verdict.err(), is_marked.then_some("bad-prevblk"), "{rule}");
    }
    story.tip_is("b4");
}

#[test]
fn a_transaction_repeated_in_its_block_finds_its_coins_spent() {
    let mut story = started();
    let first = spend(&[story.reward("b1")], &[(SUBSIDY, anyone(1))]);
    let between = spend(&[story.reward("b2")], &[(SUBSIDY, anyone(2))]);
    let twice = story.draft("b4", vec![first.clone(), between.clone(), first.clone()]);
    let error = story.refuse("b5x", "b4", twice, "bad-txns-inputs-missingorspent");
    assert!(matches!(error, BlockError::Inputs { index: 3, .. }), "{error}");
    let in_a_row = story.draft("b4", vec![first.clone(), first.clone()]);
    story.refuse("b5y", "b4", in_a_row, "bad-txns-inputs-missingorspent");
    // As a pair they could be the repeated tail of a good block.
    let as_a_pair = story.draft("b4", vec![between, first.clone(), first]);
    story.refuse("b5z", "b4", as_a_pair, "bad-txns-duplicate");
}

#[test]
fn a_block_has_one_coinbase_and_it_is_first() {
    let mut story = started();
    let spending = spend(&[story.reward("b1")], &[(SUBSIDY, anyone(1))]);
    let mut without = story.draft("b4", vec![spending]);
    without.transactions.remove(0);
    commit_and_solve(&mut without);
    story.refuse("none", "b4", without, "bad-cb-missing");

    let other = story.draft("b4", vec![]).transactions[0].clone();
    let two = story.draft("b4", vec![other]);
    story.refuse("two", "b4", two, "bad-cb-multiple");

    let mut empty = story.draft("b4", vec![]);
    empty.transactions.clear();
    commit_and_solve(&mut empty);
    story.refuse("empty", "b4", empty, "bad-blk-length");
}

#[test]
fn the_coinbase_begins_with_the_height_and_has_two_to_a_hundred_bytes() {
    let mut story = started();
    for (name, script, rule) in [
        ("wrong", vec![0x56, 1, 1], "bad-cb-height"),
        ("long way", vec![1, 5, 1], "bad-cb-height"),
        ("short", vec![0x55], "bad-cb-length"),
        ("long", [vec![0x55], vec![0; 100]].concat(), "bad-cb-length"),
    ] {
        let mut block = story.draft("b4", vec![]);
        block.transactions[0].inputs[0].script_sig = Script::from_bytes(script);
        commit_and_solve(&mut block);
        story.refuse(name, "b4", block, rule);
    }
}

#[test]
fn a_block_is_not_too_long() {
    let mut story = Story::new(Params { max_block_weight: 40_000, ..small_params() });
    story.run("b", "genesis", 4);
    // OP_RETURN and bytes: nothing to spend later.
    let data = |bytes: usize| Script::from_bytes([vec![0x6a], vec![0; bytes]].concat());
    let reward = story.reward("b1");
    let with = |story: &mut Story, bytes| story.draft("b4", vec![spend(&[reward], &[(SUBSIDY, data(bytes))])]);
    let size = with(&mut story, 9_000).total_size();
    let fits = 9_000 + (10_000 - size);
    let block = with(&mut story, fits + 1);
    story.refuse("b5x", "b4", block, "bad-blk-length");
    let block = with(&mut story, fits);
    assert_eq!(block.weight(), 40_000);
    story.extend_with("b5", "b4", block);
    assert_coins_are_right(&story.chain);
}

#[test]
fn a_block_has_at_most_twenty_thousand_signature_operations() {
    let mut story = started();
    let reward = story.reward("b1");
    let checks = |count: usize| Script::from_bytes(vec![0xac; count]);
    let block = story.draft("b4", vec![spend(&[reward], &[(SUBSIDY, checks(20_001))])]);
    story.refuse("b5x", "b4", block, "bad-blk-sigops");
    // A multisignature counts twenty, whatever its keys.
    let multisig = Script::from_bytes([vec![0xae; 1_000], vec![0xac]].concat());
    let block = story.draft("b4", vec![spend(&[reward], &[(SUBSIDY, multisig)])]);
    story.refuse("b5y", "b4", block, "bad-blk-sigops");
    let block = story.draft("b4", vec![spend(&[reward], &[(SUBSIDY, checks(20_000))])]);
    story.extend_with("b5", "b4", block);
    // Behind a script hash they are counted once the coin is known: here 190 multisignatures of 20
    // keys each, in a branch that does not run.
    let redeem = Script::from_bytes([vec![0x00, 0x63], vec![0xae; 190], vec![0x68, 0x51]].concat());
    let locked = Script::pay_to_script_hash(&tabchain::ledger::hash160(redeem.as_bytes()));
    let hidden = spend(&[story.reward("b2")], &[(SUBSIDY, locked)]);
    story.extend("b6", "b5", vec![hidden.clone()]);
    let unlock = || {
        let mut unlocked = spend(&[coin(&hidden, 0)], &[(SUBSIDY, anyone(9))]);
        let push = [vec![0x4c, redeem.as_bytes().len() as u8], redeem.as_bytes().to_vec()].concat();
        unlocked.inputs[0].script_sig = Script::from_bytes(push);
        unlocked
    };
    let reward = story.reward("b3");
    let open = |count| spend(&[reward], &[(SUBSIDY, Script::from_bytes(vec![0xac; count]))]);
    let block = story.draft("b6", vec![unlock(), open(16_201)]);
    story.refuse("b7x", "b6", block, "bad-blk-sigops");
    let block = story.draft("b6", vec![unlock(), open(16_200)]);
    story.extend_with("b7", "b6", block);
}

#[test]
fn a_transaction_of_bad_form_spoils_its_block() {
    let mut story = started();
    let reward = story.reward("b1");
    let good = spend(&[reward], &[(SUBSIDY, anyone(1))]);
    let null = input(OutPoint::NULL);
    let output = |sat| TxOut { value: Amount::from_sat(sat), script_pubkey: anyone(1) };
    let most = 21_000_000 * COIN;
    let mut cases = Vec::new();
    let mut case = |rule, change: &dyn Fn(&mut tabchain::ledger::Transaction)| {
        let mut bad = good.clone();
        change(&mut bad);
        cases.push((rule, bad));
    };
    case("bad-txns-vout-empty", &|bad| bad.outputs.clear());
    case("bad-txns-vout-negative", &|bad| bad.outputs = vec![output(u64::MAX)]);
    case("bad-txns-vout-toolarge", &|bad| bad.outputs = vec![output(most + 1)]);
    case("bad-txns-txouttotal-toolarge", &|bad| bad.outputs = vec![output(most), output(1)]);
    case("bad-txns-inputs-duplicate", &|bad| bad.inputs.push(input(reward)));
    case("bad-txns-prevout-null", &|bad| bad.inputs.push(null.clone()));
    case("bad-txns-vin-empty", &|bad| bad.inputs.clear());
    for (rule, bad) in cases {
        let block = story.draft("b4", vec![bad]);
        let error = story.refuse(rule, "b4", block, rule);
        assert!(matches!(error, BlockError::Transaction { index: 1, .. }));
    }
}

#[test]
fn a_locked_transaction_waits_for_its_height_or_time() {
    let mut story = started();
    // The clock of lock times is the median time past, of b4 the time of b2.
    let clock = story.get("b2").header.time.0;
    for (name, lock_time, fits) in [("height", 5, false), ("time", clock, false), ("late", clock - 1, true)] {
        let mut locked = spend(&[story.reward("b1")], &[(SUBSIDY, anyone(1))]);
        locked.lock_time = lock_time;
        locked.inputs[0].sequence = 0xffff_fffe;
        let block = story.draft("b4", vec![locked]);
        if fits {
            story.extend_with(name, "b4", block);
        } else {
            story.refuse(name, "b4", block, "bad-txns-nonfinal");
        }
    }
}

#[test]
fn a_relative_lock_waits_for_the_age_of_its_coin() {
    let mut story = started();
    let parent = spend(&[story.reward("b1")], &[(SUBSIDY, anyone(1))]);
    story.extend("b5", "b4", vec![parent.clone()]);
    let aged = |sequence, version| {
        let mut child = spend(&[coin(&parent, 0)], &[(SUBSIDY, anyone(2))]);
        child.inputs[0].sequence = sequence;
        child.version = version;
        child
    };
    // Two blocks: not in b6, but in b7. Times: 512 seconds after the median before b5.
    let cases = [("blocks", 2, 2), ("time", (1 << 22) | 4, 2)];
    for (name, sequence, version) in cases {
        let block = story.draft("b5", vec![aged(sequence, version)]);
        let error = story.refuse(name, "b5", block, "bad-txns-nonfinal");
        assert!(matches!(error, BlockError::Inputs { error: InputError::SequenceLocked { .. }, .. }));
    }
    story.aside_or_tip("b6", "b5");
    let block = story.draft("b6", vec![aged(2, 2)]);
    story.extend_with("b7", "b6", block);
    // b5 -> b6 -> b7
    //   \-> c6: of version 1, or with the bit that says so, the number means nothing
    let block = story.draft("b5", vec![aged(2, 1)]);
    story.aside_with("c6", "b5", block);
    let block = story.draft("b5", vec![aged((1 << 31) | 2, 2)]);
    story.aside_with("d6", "b5", block);
}

impl Story {
    fn aside_or_tip(&mut self, name: &str, parent: &str) {
        self.extend(name, parent, vec![]);
    }
}

#[test]
fn witnesses_are_committed_to_or_refused() {
    let mut story = started();
    // Regtest has segregated witness: data without a commitment.
    let mut bare = story.draft("b4", vec![]);
    bare.transactions[0].inputs[0].witness = vec![vec![0; 32]];
    commit_and_solve(&mut bare);
    story.refuse("bare", "b4", bare, "unexpected-witness");

    let committed = |story: &mut Story, witness: Vec<Vec<u8>>, wrong: bool| {
        let mut block = story.draft("b4", vec![]);
        // The witness root of a coinbase alone is zero.
        let mut committed = [0_u8; 64];
        committed[63] = u8::from(wrong);
        let hash = tabchain::ledger::sha256d(&committed);
        let script = [vec![0x6a, 0x24, 0xaa, 0x21, 0xa9, 0xed], hash.to_vec()].concat();
        block.transactions[0].outputs.push(TxOut { value: Amount::ZERO, script_pubkey: Script::from_bytes(script) });
        block.transactions[0].inputs[0].witness = witness;
        commit_and_solve(&mut block);
        block
    };
    let block = committed(&mut story, vec![vec![0; 31]], false);
    story.refuse("short", "b4", block, "bad-witness-nonce-size");
    let block = committed(&mut story, vec![vec![0; 32]], true);
    story.refuse("other", "b4", block, "bad-witness-merkle-match");
    let block = committed(&mut story, vec![vec![0; 32]], false);
    story.extend_with("b5", "b4", block);

    // The classroom has none at all.
    let activations = Activations { segwit: None, ..small_params().activations };
    let mut story = Story::new(Params { activations, ..small_params() });
    story.run("b", "genesis", 4);
    let block = committed(&mut story, vec![vec![0; 32]], false);
    story.refuse("b5x", "b4", block, "unexpected-witness");
}

/// `version <bytes>`: locked by a witness.
fn program(version: u8, bytes: &[u8]) -> Script {
    let version = if version == 0 { 0 } else { 0x50 + version };
    Script::from_bytes([&[version, bytes.len() as u8][..], bytes].concat())
}

// b4 -> b5 (locks a coin in each way) -> (b6)
#[test]
fn a_witness_belongs_to_a_witness_program_and_fits_its_form() {
    let mut story = started();
    let push = |script: &Script| Script::from_bytes([&[script.as_bytes().len() as u8], script.as_bytes()].concat());
    let nested = |script: &Script| Script::pay_to_script_hash(&tabchain::ledger::hash160(script.as_bytes()));
    let key_hash = program(0, &[7; 20]);
    let of_true = program(0, &tabchain::ledger::sha256(&[0x51]));
    let later = program(16, &[1, 2]);
    let locks =
        [anyone(1), key_hash.clone(), nested(&key_hash), of_true, program(0, &[1; 21]), later, nested(&anyone(2))];
    let each = SUBSIDY / locks.len() as u64;
    let locking = spend(&[story.reward("b1")], &locks.map(|lock| (each, lock)));
    story.extend("b5", "b4", vec![locking.clone()]);
    let shown = push(&key_hash);
    let no_op_before = Script::from_bytes([&[0x00][..], shown.as_bytes()].concat());
    let (none, two) = (Script::default(), vec![vec![1], vec![2]]);
    let cases: [(u32, Script, Vec<Vec<u8>>, &str); 9] = [
        (0, none.clone(), two.clone(), "Witness provided for non-witness script"),
        (6, push(&anyone(2)), two.clone(), "Witness provided for non-witness script"),
        (1, push(&none), two.clone(), "Witness requires empty scriptSig"),
        (5, push(&none), vec![], "Witness requires empty scriptSig"),
        (1, none.clone(), vec![vec![1]], "Witness program hash mismatch"),
        (2, no_op_before, two.clone(), "Witness requires only-redeemscript scriptSig"),
        (3, none.clone(), vec![], "Witness program was passed an empty witness"),
        (3, none.clone(), vec![vec![0x52]], "Witness program hash mismatch"),
        (4, none.clone(), two.clone(), "Witness program has incorrect length"),
    ];
    let unlock = |vout, script_sig: &Script, witness: &[Vec<u8>]| {
        let mut spending = spend(&[coin(&locking, vout)], &[(each, anyone(9))]);
        spending.inputs[0].script_sig = script_sig.clone();
        spending.inputs[0].witness = witness.to_vec();
        spending
    };
    for (at, (vout, script_sig, witness, expected)) in cases.iter().enumerate() {
        let mut block = story.draft("b5", vec![unlock(*vout, script_sig, witness)]);
        commit_to_witnesses(&mut block);
        let error = story.refuse(&format!("b6-{at}"), "b5", block, "mandatory-script-verify-flag-failed");
        assert!(error.to_string().contains(expected), "{at}: {error}");
    }
    // What no rule knows yet anyone may spend: nothing is left unchecked.
    let mut block = story.draft("b5", vec![unlock(5, &none, &[]), unlock(0, &none, &[])]);
    commit_to_witnesses(&mut block);
    story.extend_with("b6", "b5", block);
    assert_eq!(story.chain.first_unchecked_witnesses(), None);
    // Where witnesses must be run, they are counted instead.
    let mut block =
        story.draft("b6", vec![unlock(1, &none, &two), unlock(2, &shown, &two), unlock(3, &none, &[vec![0x51]])]);
    commit_to_witnesses(&mut block);
    let update = story.extend_with("b7", "b6", block.clone());
    assert_eq!(update.connected[0].unchecked_witnesses(), 3);
    let checks = story.chain.block_checks(&block, story.now());
    let of_scripts = checks.iter().find(|check| check.rule == "mandatory-script-verify-flag-failed").expect("listed");
    assert!(of_scripts.facts.contains(&("unchecked_witnesses", "3".to_owned())), "{of_scripts:?}");
}

// b5 -> b6 (spends by a witness) -> b7
//   \-> c6 -> c7 -> c8
#[test]
fn a_chain_says_from_which_block_on_witnesses_were_not_checked() {
    let mut story = started();
    let locking = spend(&[story.reward("b1")], &[(SUBSIDY, program(0, &[7; 20]))]);
    story.extend("b5", "b4", vec![locking.clone()]);
    let mut unlocking = spend(&[coin(&locking, 0)], &[(SUBSIDY, anyone(1))]);
    unlocking.inputs[0].witness = vec![vec![1], vec![2]];
    let mut sixth = story.draft("b5", vec![unlocking]);
    commit_to_witnesses(&mut sixth);
    let since = |story: &Story| story.chain.first_unchecked_witnesses().map(|checked| checked.hash());
    assert_eq!(since(&story), None);
    story.extend_with("b6", "b5", sixth);
    story.extend("b7", "b6", vec![]);
    let sixth = Some(story.hash("b6"));
    assert_eq!(since(&story), sixth);
    let up_to = |story: &Story, name: &str| {
        story.chain.first_unchecked_witnesses_up_to(&story.hash(name)).map(|checked| checked.hash())
    };
    assert_eq!((up_to(&story, "b5"), up_to(&story, "b6"), up_to(&story, "b7")), (None, sixth, sixth));
    // The other branch has none, and leads.
    story.aside("c6", "b5", vec![]);
    story.aside("c7", "c6", vec![]);
    story.extend("c8", "c7", vec![]);
    assert_eq!((since(&story), up_to(&story, "b7"), up_to(&story, "c8")), (None, None, None));
    story.aside("b8", "b7", vec![]);
    story.extend("b9", "b8", vec![]);
    assert_eq!((since(&story), up_to(&story, "b9"), up_to(&story, "c8")), (sixth, sixth, None));
    // Stored blocks come back with the same doubt.
    let mut replayed = tabchain::ledger::Chain::new(story.chain.params().clone());
    for height in 1..=9 {
        let block = story.chain.checked(height).expect("active").block().clone();
        replayed.replay(block, Time::default()).expect("its own blocks");
    }
    assert_eq!(replayed.first_unchecked_witnesses().map(|checked| checked.hash()), sixth);
    // In the classroom a program is no lock, so nothing is left unchecked.
    let activations = Activations { segwit: None, ..small_params().activations };
    let mut story = Story::new(Params { activations, ..small_params() });
    story.run("b", "genesis", 4);
    let locking = spend(&[story.reward("b1")], &[(SUBSIDY, program(0, &[7; 20]))]);
    let free = spend(&[coin(&locking, 0)], &[(SUBSIDY, anyone(1))]);
    story.extend("b5", "b4", vec![locking, free]);
    assert_eq!(since(&story), None);
}

#[test]
fn witness_bytes_count_towards_the_weight() {
    let mut story = Story::new(Params { max_block_weight: 4_000, ..small_params() });
    story.run("b", "genesis", 4);
    let mut block = story.draft("b4", vec![]);
    let script = [vec![0x6a, 0x24, 0xaa, 0x21, 0xa9, 0xed], vec![0; 32]].concat();
    let commitment = |hash: [u8; 32]| {
        let mut script = script.clone();
        script[6..].copy_from_slice(&hash);
        TxOut { value: Amount::ZERO, script_pubkey: Script::from_bytes(script) }
    };
    let mut heavy = spend(&[story.reward("b1")], &[(SUBSIDY, anyone(1))]);
    heavy.inputs[0].witness = vec![vec![0; 4_000]];
    block.transactions.push(heavy.clone());
    block.transactions[0].inputs[0].witness = vec![vec![0; 32]];
    let leaf = tabchain::ledger::sha256d(&tabchain::ledger::Encodable::to_bytes(&heavy));
    let root = tabchain::ledger::sha256d(&[[0; 32], leaf].concat());
    block.transactions[0].outputs.push(commitment(tabchain::ledger::sha256d(&[root, [0; 32]].concat())));
    commit_and_solve(&mut block);
    story.refuse("b5x", "b4", block, "bad-blk-weight");
}

#[test]
fn a_coinbase_does_not_repeat_one_with_unspent_coins() {
    // Only without heights in coinbases can two be equal.
    let activations = Activations { bip34: None, ..small_params().activations };
    let mut story = Story::new(Params { activations, ..small_params() });
    story.run("b", "genesis", 4);
    let mut block = story.draft("b4", vec![]);
    block.transactions[0] = story.get("b4").transactions[0].clone();
    commit_and_solve(&mut block);
    story.refuse("b5x", "b4", block, "bad-txns-BIP30");
    // Once the first is spent, it may.
    let spending = spend(&[story.reward("b1")], &[(SUBSIDY, anyone(1))]);
    let mut block = story.draft("b4", vec![spending]);
    block.transactions[0] = story.draft("b4", vec![]).transactions[0].clone();
    commit_and_solve(&mut block);
    story.extend_with("b5", "b4", block);
    let mut block = story.draft("b5", vec![]);
    block.transactions[0] = story.get("b1").transactions[0].clone();
    commit_and_solve(&mut block);
    story.extend_with("b6", "b5", block);
    assert_coins_are_right(&story.chain);
}

#[test]
fn a_stored_chain_is_replayed_without_its_signatures_but_not_without_its_sums() {
    let owner = Key::new(1);
    let mut story = started();
    let locked = spend(&[story.reward("b1")], &[(SUBSIDY, owner.script())]);
    let unsigned = spend(&[coin(&locked, 0)], &[(SUBSIDY, anyone(1))]);
    let bad = story.draft("b4", vec![locked, unsigned]);
    let mut greedy = story.draft("b4", vec![]);
    greedy.transactions[0].outputs[0].value = Amount::from_sat(SUBSIDY + 1);
    commit_and_solve(&mut greedy);

    let mut replayed = tabchain::ledger::Chain::new(story.chain.params().clone());
    for height in 1..=4 {
        let block = story.chain.checked(height).expect("active").block().clone();
        replayed.replay(block, Time::default()).expect("links and work are right");
    }
    assert_eq!(replayed.tip().hash, story.chain.tip().hash);
    assert_eq!(replayed.utxo(), story.chain.utxo());
    assert_eq!(replayed.clone().replay(greedy, Time::default()).expect_err("a sum").rule(), "bad-cb-amount");
    replayed.replay(bad.clone(), Time::default()).expect("scripts are trusted");
    story.refuse("b5x", "b4", bad, "mandatory-script-verify-flag-failed");
}

#[test]
fn the_list_of_checks_says_what_the_verdict_says() {
    let mut story = started();
    let spending = spend(&[story.reward("b1")], &[(SUBSIDY, anyone(1))]);
    let next = story.draft("b4", vec![spending.clone()]);
    let now = story.now() + tabchain::ledger::Duration::from_secs(600);
    let checks = story.chain.block_checks(&next, now);
    assert!(checks.iter().all(|check| check.passed), "{checks:?}");
    for rule in
        ["high-hash", "bad-txnmrklroot", "bad-cb-height", "bad-cb-amount", "mandatory-script-verify-flag-failed"]
    {
        assert_eq!(checks.iter().filter(|check| check.rule == rule).count(), 1, "{rule}");
    }

    // Tampered: both the root and the coin's owner are wrong, and the list says both.
    let mut tampered = next.clone();
    tampered.transactions[1].inputs[0].prevout.txid = Txid::hash(b"no such coin");
    let failed: Vec<_> =
        story.chain.block_checks(&tampered, now).into_iter().filter(|check| !check.passed).map(|it| it.rule).collect();
    assert_eq!(failed, ["bad-txnmrklroot", "bad-txns-inputs-missingorspent"]);

    // A block of the chain is explained from what it spent, long after.
    story.extend_with("b5", "b4", next.clone());
    story.run("e", "b5", 3);
    let again = story.chain.block_checks(&next, Time::default());
    assert_eq!(again.len(), checks.len() - 1, "the clock is not held against a block that is known");
    assert!(again.iter().all(|check| check.passed), "{again:?}");
    let genesis = story.chain.block_checks(story.get("genesis"), now);
    assert!(genesis.iter().all(|check| check.passed));

    let mut orphan = next;
    orphan.header.prev_block_hash = tabchain::ledger::BlockHash::hash(b"unknown");
    assert_eq!(story.chain.block_checks(&orphan, now)[0].rule, "prev-blk-not-found");
}

#[test]
fn a_node_asks_with_a_locator_and_is_answered_with_what_comes_after() {
    let mut story = Story::default();
    story.run("b", "genesis", 40);
    // b30 -> b31 .. b40
    //    \-> c31
    story.aside("c31", "b30", vec![]);
    let locator = story.chain.locator();
    assert_eq!(locator[0], story.hash("b40"));
    assert_eq!(locator.last(), Some(&story.chain.params().genesis_hash()));
    assert!(locator.len() < 20, "steps double after the first ten");

    let after = |names: &[&str], stop: Option<&str>, max| -> Vec<_> {
        let hashes: Vec<_> = names.iter().map(|name| story.hash(name)).collect();
        let stop = stop.map_or_else(Default::default, |name| story.hash(name));
        story.chain.headers_after(&hashes, stop, max).iter().map(Header::block_hash).collect()
    };
    assert_eq!(after(&["b38"], None, 100), [story.hash("b39"), story.hash("b40")]);
    assert_eq!(after(&["c31", "b30"], None, 2), [story.hash("b31"), story.hash("b32")], "off the chain, the next");
    assert_eq!(after(&["b20"], Some("b21"), 100), [story.hash("b21")]);
    assert_eq!(after(&[], None, 3), [story.hash("b1"), story.hash("b2"), story.hash("b3")]);
    assert!(after(&["b40"], None, 100).is_empty());
}

#[test]
fn an_early_block_on_the_classroom_network_obeys_the_same_rules() {
    // The classroom's targets take seconds to meet here, so its numbers at an easier target: one
    // that times 600 seconds still fits 256 bits.
    let easy_bits = 0x1f0f_ffff;
    let mut params = Params {
        first_bits: easy_bits,
        limit_bits: easy_bits,
        limit: Target::from_bits(easy_bits).expect("a target"),
        ..Params::classroom("a room")
    };
    params.genesis.header.bits = easy_bits;
    let mut story = Story::new(params);
    story.run("b", "genesis", 25);
    assert_eq!(story.chain.height(), 25);
    // Ten spans of 15 s are expected. The first period is measured from block 1, so it has eight, the next nine: a
    // little harder at each retarget.
    let bits: Vec<u32> =
        [9, 10, 19, 20].map(|height| story.chain.active_index(height).expect("active").header.bits).into();
    assert_eq!(bits[0], easy_bits);
    assert_eq!(bits[1], 0x1f0c_cccc);
    assert_eq!(bits[2], bits[1]);
    assert_eq!(bits[3], 0x1f0b_851e);
    // After twenty spacings without a block one may be easy, and must say so.
    let mut late = story.draft("b25", vec![]);
    late.header.time = BlockTime(story.get("b25").header.time.0 + 301);
    solve(&mut late.header);
    let block = late.clone();
    story.refuse("late", "b25", block, "bad-diffbits");
    late.header.bits = easy_bits;
    solve(&mut late.header);
    story.extend_with("b26", "b25", late);
    let normal = story.draft("b26", vec![]);
    assert_eq!(normal.header.bits, bits[3]);
    story.extend_with("b27", "b26", normal);
}

#[test]
fn blocks_beside_the_chain_are_bounded_but_not_those_of_a_branch_that_wins() {
    let mut story = Story::default();
    story.run("b", "genesis", MAX_SIDE_BLOCKS + 2);
    // genesis -> b1 .. b2002
    //        \-> c1 .. c2003
    let mut parent = "genesis".to_owned();
    let names: Vec<String> = (1..=MAX_SIDE_BLOCKS + 3).map(|number| format!("c{number}")).collect();
    for name in &names {
        let block = story.draft(&parent, vec![]);
        story.name(name, &parent, block);
        let now = story.now();
        story.chain.accept_header(&story.get(name).header.clone(), now).expect("a good header");
        parent.clone_from(name);
    }
    let beside = story.draft("genesis", vec![]);
    for name in &names[..MAX_SIDE_BLOCKS] {
        story.give(name).expect("on the best header chain");
    }
    story.refuse("d1", "genesis", beside, "too-little-chainwork");
    for name in &names[MAX_SIDE_BLOCKS..] {
        story.give(name).expect("on the best header chain");
    }
    story.tip_is(names.last().expect("many"));
}

// genesis -> b1 -> b2 -> b3
//        \-> 50,000 headers side by side
//        \-> c1 -> c2 -> c3 -> c4
#[test]
fn a_branch_may_win_however_many_headers_are_kept_beside_the_chain() {
    let mut story = Story::default();
    story.run("b", "genesis", 3);
    let mut header = story.draft("genesis", vec![]).header;
    let now = story.now() + tabchain::ledger::Duration::from_secs(10_000);
    let mut refused = None;
    while refused.is_none() {
        solve(&mut header);
        refused = story.chain.accept_header(&header, now).err();
        header.nonce += 1;
    }
    assert_eq!(refused.expect("at last").rule(), "too-little-chainwork");
    assert!(story.chain.known_blocks() > 50_000);
    let mut parent = "genesis".to_owned();
    let mut branch = Vec::new();
    for name in ["c1", "c2", "c3", "c4"] {
        let block = story.draft(&parent, vec![]);
        branch.push(block.header);
        story.name(name, &parent, block);
        parent = name.to_owned();
    }
    let (last, taken) = story.chain.accept_headers(&branch[..3], now);
    assert_eq!((last, taken.map_err(|(_, error)| error.rule())), (None, Err("too-little-chainwork")));
    let (last, taken) = story.chain.accept_headers(&branch, now);
    assert_eq!((last, taken), (Some(story.hash("c4")), Ok(())));
    // Work that is only named counts for nothing, and the active chain goes on.
    let mut boast = branch.clone();
    boast[0].bits = 0x1d00_ffff;
    assert!(story.chain.accept_headers(&boast, now).1.is_err());
    story.extend("b4", "b3", vec![]);
}

#[test]
fn an_unspendable_output_makes_no_coin() {
    let mut story = started();
    let burning = spend(&[story.reward("b1")], &[(0, Script::from_bytes(vec![0x6a])), (SUBSIDY, anyone(1))]);
    story.extend("b5", "b4", vec![burning.clone()]);
    assert_eq!(story.chain.utxo().get(&coin(&burning, 0)), None);
    assert!(story.chain.utxo().get(&coin(&burning, 1)).is_some());
}
