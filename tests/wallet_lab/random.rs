//! Random histories: whatever happens, a wallet has what a look at the chain and the mempool says.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;
use tabchain::keys::Mnemonic;
use tabchain::ledger::script::interpreter::{Flags, TransactionChecker, verify_script};
use tabchain::ledger::{Amount, Encodable, FeeRate, OutPoint, Transaction};
use tabchain::wallet::{HistoryState, PaymentError, PaymentRequest, Wallet};

use super::{Lab, MATURITY};

#[derive(Clone, Debug)]
enum Step {
    /// Wallet 0, 1 or nobody (2) mines; with the mempool or without.
    Mine { who: usize, empty: bool },
    /// One wallet pays another or (2) a stranger.
    Pay { from: usize, to: usize, satoshis: u64, sat_per_kvb: u64, all: bool, subtract: bool },
    /// The last blocks are replaced by empty ones.
    Reorganise { depth: u32, who: usize },
    /// The mempool lets its last payment go.
    Drop,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..3_usize, any::<bool>()).prop_map(|(who, empty)| Step::Mine { who, empty }),
        6 => (0..2_usize, 0..3_usize, 546..6_000_000_000_u64, 1_000..50_000_u64, prop::bool::weighted(0.1), prop::bool::weighted(0.2))
            .prop_map(|(from, to, satoshis, sat_per_kvb, all, subtract)| {
                Step::Pay { from, to, satoshis, sat_per_kvb, all, subtract }
            }),
        2 => (1..5_u32, 0..3_usize).prop_map(|(depth, who)| Step::Reorganise { depth, who }),
        1 => Just(Step::Drop),
    ]
}

fn take(lab: &mut Lab, step: &Step) {
    let address = |lab: &Lab, who: usize| match lab.wallets.get(who) {
        Some(wallet) => wallet.current_address(),
        None => lab.foreign_address(),
    };
    match *step {
        Step::Mine { who, empty } => {
            let to = address(lab, who);
            if empty {
                lab.mine_with(&to, Vec::new())
            } else {
                lab.mine(&to)
            };
        }
        Step::Reorganise { depth, who } if depth < lab.height() => {
            let script = address(lab, who).script_pubkey();
            lab.reorganise(depth, &script);
        }
        Step::Reorganise { .. } => {}
        Step::Pay { from, to, satoshis, sat_per_kvb, all, subtract } => {
            let request = PaymentRequest {
                recipients: vec![(address(lab, to), Amount::from_sat(satoshis))],
                fee_rate: FeeRate::from_sat_per_kvb(sat_per_kvb),
                coins: None,
                subtract_fee: subtract,
                replaceable: false,
                send_all: all,
            };
            match lab.wallets[from].preview(&request, lab.height()) {
                Ok(plan) => check_payment(lab, from, &request, &plan),
                Err(PaymentError::Insufficient { needed, available, .. }) => assert!(needed > available),
                Err(PaymentError::Dust { .. } | PaymentError::FeeAboveAmount { .. }) => assert!(subtract || all),
                Err(other) => panic!("{other}"),
            }
        }
        Step::Drop => {
            if let Some(tx) = lab.pool.pop() {
                lab.wallets.iter_mut().for_each(|wallet| wallet.mempool_removed(&tx.txid()));
            }
        }
    }
}

/// Signs and sends; sizes, fee, signatures and bytes are as promised.
fn check_payment(lab: &mut Lab, from: usize, request: &PaymentRequest, plan: &tabchain::wallet::PaymentPlan) {
    let spent = Amount::sum(plan.inputs.iter().map(|input| input.value)).expect("in range");
    let made = Amount::sum(plan.outputs.iter().map(|output| output.value)).expect("in range");
    assert_eq!(spent.checked_sub(made), Some(plan.fee));
    let tx = lab.send(from, plan);
    let size = tx.vsize() as u64;
    assert!(
        size <= plan.size as u64 && size + 5 * plan.inputs.len() as u64 >= plan.size as u64,
        "{size} of {}",
        plan.size
    );
    assert!(
        plan.fee.to_sat() >= request.fee_rate.fee(size as usize).expect("small").to_sat(),
        "the fee rate is at least what was asked"
    );
    for (at, input) in plan.inputs.iter().enumerate() {
        let checker = TransactionChecker::new(&tx, at);
        verify_script(&tx.inputs[at].script_sig, &input.script_pubkey, Flags::all(), &checker).expect("unlocks");
    }
    let theirs: bitcoin::Transaction = bitcoin::consensus::deserialize(&tx.to_bytes()).expect("decodes");
    assert_eq!(theirs.compute_txid().to_string(), tx.txid().to_string());
    let ours: Transaction = tabchain::ledger::decode_exact(&bitcoin::consensus::serialize(&theirs)).expect("decodes");
    assert_eq!(ours, *tx);
}

/// What the wallet has, from the chain's coins and the mempool alone: outpoint to value, and
/// whether it is in a block, mature and unspent in the mempool.
fn look(lab: &Lab, wallet: &Wallet) -> BTreeMap<OutPoint, (Amount, bool, bool, bool)> {
    let spent =
        |outpoint: &OutPoint| lab.pool.iter().any(|tx| tx.inputs.iter().any(|input| input.prevout == *outpoint));
    let mut coins: BTreeMap<_, _> = lab
        .chain
        .utxo()
        .iter()
        .filter(|(_, coin)| wallet.is_mine(&coin.output.script_pubkey))
        .map(|(outpoint, coin)| {
            let mature = !coin.coinbase || coin.height + MATURITY <= lab.height();
            (*outpoint, (coin.output.value, true, mature, !spent(outpoint)))
        })
        .collect();
    for tx in &lab.pool {
        let txid = tx.txid();
        for (vout, output) in (0..).zip(&tx.outputs) {
            if wallet.is_mine(&output.script_pubkey) {
                let outpoint = OutPoint { txid, vout };
                coins.insert(outpoint, (output.value, false, true, !spent(&outpoint)));
            }
        }
    }
    coins
}

fn check_wallet(lab: &Lab, wallet: &Wallet) {
    let expected = look(lab, wallet);
    let coins = wallet.coins(lab.height());
    let found: Vec<_> = coins.iter().map(|coin| (coin.outpoint, coin.value, coin.height.is_some())).collect();
    let wanted: Vec<_> = expected.iter().map(|(outpoint, coin)| (*outpoint, coin.0, coin.1)).collect();
    assert_eq!(found, wanted);

    let sum = |keep: &dyn Fn(bool, bool, bool) -> bool| {
        Amount::sum(expected.values().filter(|coin| keep(coin.1, coin.2, coin.3)).map(|coin| coin.0)).expect("in range")
    };
    let balance = wallet.balance(lab.height());
    assert_eq!(balance.immature, sum(&|_, mature, unspent| !mature && unspent));
    assert_eq!(balance.spending, sum(&|_, _, unspent| !unspent));
    assert_eq!(balance.total(), sum(&|_, _, unspent| unspent));
    let confirmed = balance.spendable.checked_sub(balance.unconfirmed_change).expect("a part of it");
    assert_eq!(confirmed, sum(&|in_block, mature, unspent| in_block && mature && unspent));

    let history = wallet.history(lab.height());
    let is_void = |state| matches!(state, HistoryState::Conflicted | HistoryState::Unknown);
    let lasting: i64 = history.iter().filter(|line| !is_void(line.state)).map(|line| line.amount).sum();
    assert_eq!(lasting, balance.total().to_sat() as i64, "the history adds up to the balance");
    for line in &history {
        let place = lab.chain.find_transaction(&line.txid).and_then(|(hash, _)| lab.chain.index(&hash));
        assert_eq!(line.height, place.map(|index| index.height));
        assert_eq!(line.state == HistoryState::Pending, lab.is_pooled(&line.txid));
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 16,
        max_shrink_iters: 200,
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct("tests/wallet_chain.proptest-regressions"))),
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_wallet_has_what_the_chain_and_the_mempool_say(steps in prop::collection::vec(step(), 1..40)) {
        let mut lab = Lab::new(2);
        for who in [0, 0, 1, 2, 2, 2] {
            take(&mut lab, &Step::Mine { who, empty: true });
        }
        for step in &steps {
            take(&mut lab, step);
            lab.wallets.iter().for_each(|wallet| check_wallet(&lab, wallet));
        }
        for wallet in &lab.wallets {
            let words = Mnemonic::parse(&wallet.mnemonic_words().join(" ")).expect("own words");
            let mut restored = Wallet::restore(words, "", lab.params.clone());
            restored.scan(&lab.chain);
            let in_blocks = |wallet: &Wallet| -> Vec<_> {
                wallet.history(lab.height()).into_iter().filter(|line| line.height.is_some()).collect()
            };
            prop_assert_eq!(in_blocks(&restored), in_blocks(wallet));
            let mut rescanned = wallet.clone();
            rescanned.scan(&lab.chain);
            prop_assert_eq!(rescanned.balance(lab.height()), wallet.balance(lab.height()));
        }
    }
}
