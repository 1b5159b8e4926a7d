//! Wallets on a real chain: every block here passed the ledger's rules, scripts and all.

#![cfg(not(target_arch = "wasm32"))]

mod wallet_lab;

use std::sync::Arc;

use tabchain::keys::{Address, Mnemonic};
use tabchain::ledger::{Amount, Encodable, FeeRate, OutPoint, Script, Transaction};
use tabchain::wallet::coin_selection::DUST_LIMIT;
use tabchain::wallet::{
    Branch, CoinOrigin, CoinState, HistoryKind, HistoryState, PaymentError, PaymentRequest, Wallet,
};
use wallet_lab::{Lab, MATURITY, request};

fn coins(text: &str) -> Amount {
    text.parse().expect("an amount")
}

/// A lab whose first wallet has one spendable reward, and whose chain has height 4.
fn funded() -> Lab {
    let mut lab = Lab::new(2);
    let address = lab.wallets[0].current_address();
    lab.mine(&address);
    let other = lab.foreign_address();
    lab.mine_many(MATURITY, &other);
    lab
}

#[test]
fn a_reward_matures_and_is_paid_on() {
    let mut lab = Lab::new(2);
    let mine = lab.wallets[0].current_address();
    lab.mine(&mine);
    let balance = lab.wallets[0].balance(lab.height());
    assert_eq!((balance.immature, balance.spendable), (coins("50"), Amount::ZERO));
    assert_eq!(lab.wallets[0].coins(1)[0].state, CoinState::Immature { matures_at: 4 });
    assert_eq!(lab.wallets[0].history(1)[0].state, HistoryState::Immature { matures_at: 4 });
    assert_ne!(lab.wallets[0].current_address(), mine, "a used address is not shown again");

    let yours = lab.wallets[1].current_address();
    let early = lab.wallets[0].preview(&request(yours, "1"), lab.height()).expect_err("immature");
    assert!(
        matches!(early, PaymentError::Insufficient { immature, available: Amount::ZERO, .. } if immature == coins("50"))
    );

    let other = lab.foreign_address();
    lab.mine_many(MATURITY, &other);
    let coin = &lab.wallets[0].coins(lab.height())[0];
    assert_eq!((coin.state, coin.origin), (CoinState::Spendable, CoinOrigin::Mined));

    let tx = lab.pay(0, &request(yours, "12.5"));
    let fee = Amount::from_sat(226 * 2);
    let (sender, receiver) = (lab.wallets[0].balance(4), lab.wallets[1].balance(4));
    let change = coins("37.5").checked_sub(fee).expect("less");
    assert_eq!((sender.spendable, sender.unconfirmed_change, sender.spending), (change, change, coins("50")));
    assert_eq!((receiver.pending, receiver.spendable), (coins("12.5"), Amount::ZERO));
    let line = &lab.wallets[0].history(4)[0];
    assert_eq!((line.kind, line.state, line.fee), (HistoryKind::Sent, HistoryState::Pending, Some(fee)));
    assert_eq!(line.amount, -(12_5000_0000 + 452));
    assert_eq!(line.counterparties, [yours]);
    let line = &lab.wallets[1].history(4)[0];
    assert_eq!((line.kind, line.amount, line.confirmations), (HistoryKind::Received, 12_5000_0000, 0));
    assert_eq!(line.counterparties, [mine]);

    lab.mine(&other);
    assert_eq!(lab.wallets[0].balance(5).total(), change);
    assert_eq!(lab.wallets[1].balance(5).spendable, coins("12.5"));
    let line = &lab.wallets[1].history(5)[0];
    assert_eq!((line.txid, line.height, line.confirmations), (tx.txid(), Some(5), 1));
    assert_eq!(line.state, HistoryState::Confirmed);
    let change_coin = &lab.wallets[0].coins(5)[0];
    assert_eq!((change_coin.origin, change_coin.path.to_string().as_str()), (CoinOrigin::Change, "m/44'/1'/0'/1/0"));
}

#[test]
fn a_payment_survives_a_reorganisation() {
    let mut lab = funded();
    let yours = lab.wallets[1].current_address();
    let tx = lab.pay(0, &request(yours, "1"));
    let other = lab.foreign_address();
    lab.mine(&other);
    assert_eq!(lab.wallets[1].balance(5).spendable, coins("1"));

    //   4 - 5 (payment)
    //     \ 5' - 6'
    lab.reorganise(1, &other.script_pubkey());
    assert!(lab.is_pooled(&tx.txid()));
    let line = &lab.wallets[1].history(6)[0];
    assert_eq!((line.state, line.height, line.confirmations), (HistoryState::Pending, None, 0));
    assert_eq!((lab.wallets[1].balance(6).pending, lab.wallets[1].balance(6).spendable), (coins("1"), Amount::ZERO));
    lab.mine(&other);
    assert_eq!(lab.wallets[1].history(7)[0].height, Some(7));
    assert_eq!(lab.wallets[1].balance(7).spendable, coins("1"));
}

#[test]
fn the_loser_of_a_double_spend_is_told_so_and_can_come_back() {
    let mut lab = funded();
    let (yours, other) = (lab.wallets[1].current_address(), lab.foreign_address());
    let to_you = lab.pay(0, &request(yours, "1"));
    // The same wallet elsewhere spends the same coin to someone else.
    let mut twin = Wallet::create([0; 16], lab.params.clone());
    twin.scan(&lab.chain);
    let plan = twin.preview(&request(other, "49"), 4).expect("can be paid");
    let elsewhere = Arc::new(twin.sign(&plan).expect("own coin"));
    lab.mine_with(&other, vec![elsewhere.clone()]);

    assert!(!lab.is_pooled(&to_you.txid()));
    let state = |lab: &Lab, wallet: usize, tx: &Transaction| {
        let history = lab.wallets[wallet].history(lab.height());
        history.into_iter().find(|line| line.txid == tx.txid()).map(|line| line.state)
    };
    assert_eq!(state(&lab, 1, &to_you), Some(HistoryState::Conflicted));
    assert_eq!(state(&lab, 0, &to_you), Some(HistoryState::Conflicted));
    assert_eq!(state(&lab, 0, &elsewhere), Some(HistoryState::Confirmed));
    assert_eq!(lab.wallets[1].balance(5).total(), Amount::ZERO);

    // A longer branch has the first payment instead.
    let fork = lab.chain.active_hash(4).expect("active");
    let block = lab.block_on(fork, other.script_pubkey(), vec![to_you.clone()]);
    let parent = block.block_hash();
    lab.accept(block);
    let block = lab.block_on(parent, other.script_pubkey(), Vec::new());
    lab.accept(block);
    assert_eq!(state(&lab, 1, &to_you), Some(HistoryState::Confirmed));
    assert_eq!(state(&lab, 0, &elsewhere), Some(HistoryState::Conflicted));
    assert_eq!(lab.wallets[1].balance(6).spendable, coins("1"));
}

#[test]
fn a_reward_of_a_lost_block_is_gone_and_what_it_paid_too() {
    let mut lab = Lab::new(2);
    let mine = lab.wallets[0].current_address();
    let other = lab.foreign_address();
    for _ in 0..=MATURITY {
        lab.mine(&mine);
    }
    let tx = lab.pay(0, &request(lab.wallets[1].current_address(), "1"));
    lab.reorganise(4, &other.script_pubkey());
    assert_eq!(lab.wallets[0].balance(5).total(), Amount::ZERO);
    assert_eq!(lab.wallets[1].balance(5).total(), Amount::ZERO);
    assert!(lab.wallets[0].history(5).iter().all(|line| line.state == HistoryState::Conflicted));
    assert_eq!(lab.wallets[1].history(5)[0].txid, tx.txid());
}

#[test]
fn own_change_is_spent_before_its_block_only_if_needed() {
    let mut lab = funded();
    let yours = lab.wallets[1].current_address();
    lab.pay(0, &request(yours, "1"));
    let second = lab.pay(0, &request(yours, "2"));
    assert!(lab.is_pooled(&second.inputs[0].prevout.txid), "it spends the first one's change");
    // What others pay is not spent before it is in a block.
    let refused = lab.wallets[1].preview(&request(yours, "1"), 4).expect_err("pending");
    assert!(matches!(refused, PaymentError::Insufficient { pending, .. } if pending == coins("3")));
    lab.mine(&yours);
    assert_eq!(lab.wallets[1].balance(5).spendable, coins("3"));
}

#[test]
fn coins_paid_to_a_key_itself_are_spent_too() {
    let mut lab = Lab::new(1);
    let mine = lab.wallets[0].current_address();
    let key = lab.wallets[0].private_key_for(&mine).expect("own").public_key();
    let script = Script::pay_to_pubkey(&key.to_bytes());
    assert!(lab.wallets[0].is_mine(&script));
    let block = lab.block_on(lab.chain.tip().hash, script, Vec::new());
    lab.accept(block);
    let other = lab.foreign_address();
    lab.mine_many(MATURITY, &other);
    let tx = lab.pay(0, &request(other, "20"));
    lab.mine(&other);
    assert!(lab.chain.find_transaction(&tx.txid()).is_some(), "the rules take its signature");
}

#[test]
fn a_wallet_comes_back_from_its_words() {
    let mut lab = funded();
    // Beyond the gap: found, as the keys between are paid, though later.
    let late: Vec<Address> = (0..30).map(|_| lab.wallets[1].new_address(Branch::Receive)).collect();
    for at in [29, 12] {
        lab.pay(0, &request(late[at], "1"));
        let other = lab.foreign_address();
        lab.mine(&other);
    }
    let height = lab.height();
    let words = lab.wallets[1].mnemonic_words().join(" ");
    let mut restored = Wallet::restore(Mnemonic::parse(&words).expect("own words"), "", lab.params.clone());
    assert_eq!(restored.balance(height).total(), Amount::ZERO);
    restored.scan(&lab.chain);
    assert_eq!(restored.balance(height), lab.wallets[1].balance(height));
    assert_eq!(restored.coins(height), lab.wallets[1].coins(height));
    let mut other = Wallet::restore(Mnemonic::parse(&words).expect("own words"), "a passphrase", lab.params.clone());
    other.scan(&lab.chain);
    assert_eq!(other.transaction_count(), 0);
}

#[test]
fn a_stored_wallet_forgets_nothing() {
    let mut lab = funded();
    let yours = lab.wallets[1].new_address(Branch::Receive);
    lab.wallets[0].set_label(&yours, "not mine");
    lab.wallets[1].set_label(&yours, " rent ");
    lab.wallets[1].mark_words_backed_up();
    let tx = lab.pay(0, &request(yours, "1"));
    for at in [0, 1] {
        let text = serde_json::to_string(&lab.wallets[at].to_stored()).expect("serialises");
        let stored = serde_json::from_str(&text).expect("deserialises");
        assert!(!format!("{stored:?}").contains("abandon"), "no secret is printed");
        let mut wallet = Wallet::from_stored(&stored, lab.params.clone()).expect("own");
        wallet.scan(&lab.chain);
        assert_eq!(wallet.unconfirmed_transactions(), std::slice::from_ref(&tx));
        let fee = Amount::from_sat(452);
        wallet.mempool_added(&tx, fee, tabchain::ledger::Time::default());
        assert_eq!(wallet.history(4), lab.wallets[at].history(4));
        assert_eq!(wallet.balance(4), lab.wallets[at].balance(4));
        assert_eq!(wallet.addresses(), lab.wallets[at].addresses());
        assert_eq!(wallet.to_stored(), lab.wallets[at].to_stored());
    }
    assert_eq!(lab.wallets[0].label(&yours), "");
    let address = lab.wallets[1].addresses().into_iter().find(|row| row.address == yours).expect("handed out");
    assert_eq!((address.label.as_str(), address.used, address.received), ("rent", true, coins("1")));
}

#[test]
fn a_payment_that_cannot_be_made_says_why() {
    let lab = funded();
    let wallet = &lab.wallets[0];
    let yours = lab.wallets[1].current_address();
    let good = request(yours, "1");
    let mainnet = tabchain::ledger::Params::mainnet();
    let coin = wallet.coins(4)[0].outpoint;
    let stranger = OutPoint { vout: 9, ..coin };
    let refusal = |request: PaymentRequest| wallet.preview(&request, 4).expect_err("refused").rule();
    let with = |change: &dyn Fn(&mut PaymentRequest)| {
        let mut request = good.clone();
        change(&mut request);
        refusal(request)
    };
    assert_eq!(with(&|request| request.recipients.clear()), "wallet-no-recipients");
    assert_eq!(with(&|request| request.recipients = vec![(yours, coins("0.01")); 251]), "wallet-too-many-recipients");
    assert_eq!(with(&|request| request.recipients[0].1 = Amount::from_sat(545)), "wallet-dust");
    assert_eq!(with(&|request| request.recipients[0].1 = Amount::from_sat(u64::MAX)), "wallet-too-large");
    assert_eq!(
        with(&|request| request.recipients[0].0 = Address::p2pkh(yours.hash(), &mainnet)),
        "wallet-wrong-network"
    );
    assert_eq!(with(&|request| request.fee_rate = FeeRate::from_sat_per_kvb(999)), "wallet-fee-too-low");
    assert_eq!(with(&|request| request.fee_rate = FeeRate::from_sat_per_kvb(10_000_001)), "wallet-fee-too-high");
    assert_eq!(with(&|request| request.recipients[0].1 = coins("50")), "wallet-insufficient-funds");
    assert_eq!(with(&|request| request.coins = Some(vec![stranger])), "wallet-unknown-coin");
    assert_eq!(with(&|request| request.coins = Some(Vec::new())), "wallet-insufficient-funds");
    assert_eq!(
        with(&|request| (request.recipients, request.send_all) = (vec![good.recipients[0]; 2], true)),
        "wallet-send-all-recipients"
    );
    assert_eq!(
        with(&|request| {
            request.recipients[0].1 = coins("0.01");
            request.subtract_fee = true;
            request.fee_rate = FeeRate::from_sat_per_vb(10_000);
        }),
        "wallet-fee-above-amount"
    );
    let early = wallet.preview(&PaymentRequest { coins: Some(vec![coin]), ..good.clone() }, 3).expect_err("immature");
    assert_eq!(early, PaymentError::CoinNotSpendable { outpoint: coin, reason: "immature" });
    let PaymentError::Insufficient { needed, available, .. } =
        wallet.preview(&request(yours, "50"), 4).expect_err("no fee left")
    else {
        panic!("another error");
    };
    assert_eq!((needed, available), (coins("50.00000384"), coins("50")));
}

#[test]
fn everything_can_be_sent_and_the_recipient_can_bear_the_fee() {
    let mut lab = funded();
    let yours = lab.wallets[1].current_address();
    let all = PaymentRequest { send_all: true, ..request(yours, "0.00000001") };
    let plan = lab.wallets[0].preview(&all, 4).expect("can be paid");
    assert_eq!((plan.outputs.len(), plan.fee), (1, Amount::from_sat(192 * 2)));
    assert_eq!(plan.outputs[0].value, coins("49.99999616"));

    let borne = PaymentRequest { subtract_fee: true, ..request(yours, "50") };
    assert_eq!(lab.wallets[0].preview(&borne, 4).expect("can be paid").outputs, plan.outputs);
    let three = PaymentRequest { recipients: vec![(yours, coins("1")); 3], subtract_fee: true, ..request(yours, "1") };
    let shared = lab.wallets[0].preview(&three, 4).expect("can be paid");
    // 294 bytes with change: 588 satoshis, 196 each.
    assert!(shared.outputs[..3].iter().all(|output| output.value == coins("0.99999804")));
    assert_eq!(shared.outputs[3].value, coins("47"));
    assert!(shared.outputs[3].change);

    lab.send(0, &plan);
    lab.mine(&yours);
    assert_eq!(lab.wallets[0].balance(5).total(), Amount::ZERO);
}

#[test]
fn change_that_would_be_dust_goes_to_the_miner() {
    let lab = funded();
    let yours = lab.wallets[1].current_address();
    let nearly_all = coins("50").checked_sub(Amount::from_sat(384 + 500)).expect("less");
    let plan = lab.wallets[0]
        .preview(&PaymentRequest { recipients: vec![(yours, nearly_all)], ..request(yours, "1") }, 4)
        .expect("can be paid");
    assert_eq!((plan.outputs.len(), plan.fee), (1, Amount::from_sat(884)));
    assert_eq!(DUST_LIMIT, Amount::from_sat(546));
}

#[test]
fn a_payment_decodes_in_the_bitcoin_crate_to_the_same_id() {
    let mut lab = funded();
    let yours = lab.wallets[1].current_address();
    let tx = lab.pay(0, &request(yours, "7.00000001"));
    let theirs: bitcoin::Transaction = bitcoin::consensus::deserialize(&tx.to_bytes()).expect("decodes");
    assert_eq!(theirs.compute_txid().to_string(), tx.txid().to_string());
    let address = bitcoin::Address::from_script(&theirs.output[0].script_pubkey, bitcoin::Network::Regtest);
    assert_eq!(address.expect("standard").to_string(), yours.to_string());
}

#[test]
fn a_name_that_is_cut_says_so() {
    let mut lab = Lab::new(1);
    let address = lab.wallets[0].current_address();
    lab.wallets[0].set_label(&address, &"名".repeat(80));
    assert_eq!(lab.wallets[0].label(&address), "名".repeat(80));
    lab.wallets[0].set_label(&address, &"名".repeat(81));
    assert_eq!(lab.wallets[0].label(&address), format!("{}…", "名".repeat(79)));
}

#[test]
fn what_came_to_nothing_is_remembered_up_to_a_limit() {
    let mut lab = funded();
    let other = lab.foreign_address();
    let mut last = None;
    for at in 0..205_u64 {
        let tx = lab.pay(0, &request(other, &format!("1.{at:08}")));
        lab.pool.clear();
        lab.wallets[0].mempool_removed(&tx.txid());
        last = Some(tx.txid());
    }
    let wallet = &lab.wallets[0];
    // The reward, and the newest of what came to nothing.
    assert_eq!(wallet.transaction_count(), 1 + 200);
    let line = wallet.history_entry(&last.expect("205"), 4).expect("remembered");
    assert_eq!((line.state, line.confirmations), (HistoryState::Unknown, 0));
    assert_eq!(wallet.balance(4).spendable, coins("50"));
    let mut again = Wallet::from_stored(&wallet.to_stored(), lab.params.clone()).expect("own");
    again.scan(&lab.chain);
    assert_eq!(again.history(4), wallet.history(4));
}
