//! One life of a wallet: what happens to it, as the user and the network do it, by chance.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tabchain::api::{Answer, Command, NodeName, Request, StorageState, ToPage};
use tabchain::keys::Address;
use tabchain::ledger::{
    Amount, BlockHash, Duration, Encodable, FeeRate, Network, OutPoint, Script, Time, Transaction, TxOut, Txid, to_hex,
};
use tabchain::node::SplitMix64;
use tabchain::session::{Effect, Session, SessionConfig, SessionInput};
use tabchain::wallet::{
    Branch, CoinState, HistoryEntry, HistoryState, PaymentRequest, StoredWallet, WalletAddress, WalletCoin,
};
use tabchain::wire::Message;

use super::model::Model;
use super::world::{BANK_COINS, KEYS, Keys, ROOM, WALLETS, World};

/// What a life had.
#[derive(Default)]
pub struct Life {
    pub reloads: u64,
    pub restores: u64,
}

/// What a browser keeps.
#[derive(Clone, Default)]
struct Disk {
    blocks: Vec<Vec<u8>>,
    state: Option<String>,
}

/// All that a wallet shows and keeps.
#[derive(PartialEq, Debug)]
struct Picture {
    coins: Vec<WalletCoin>,
    history: Vec<HistoryEntry>,
    names: BTreeMap<Address, Vec<String>>,
    addresses: Vec<WalletAddress>,
    current: Address,
    stored: StoredWallet,
}

struct Tab<'a> {
    world: &'a World,
    keys: &'a Keys,
    session: Session,
    disk: Disk,
    now: Time,
    random: SplitMix64,
    model: Model,
    next_request: u64,
    blocks_made: u64,
    bank_coins_used: u32,
    /// Transactions that the mempool was not told of.
    aside: Vec<Transaction>,
    strangers: Vec<Address>,
    life: Life,
}

/// Lives one life to its end, looking at the wallet after every step.
pub fn live(world: &World, seed: u64) -> Life {
    let mut random = SplitMix64::new(seed);
    let keys = &world.keys[random.below(WALLETS as u64) as usize];
    let disk = Disk { blocks: world.first_blocks.clone(), state: None };
    let session = open(keys.entropy, &disk, world.begin + Duration::from_secs(3_600));
    let mut tab = Tab {
        world,
        keys,
        session: session.0,
        disk,
        now: world.begin + Duration::from_secs(3_600),
        random,
        model: Model::new(20),
        next_request: 1,
        blocks_made: 1_000,
        bank_coins_used: 0,
        aside: Vec::new(),
        strangers: Vec::new(),
        life: Life::default(),
    };
    tab.keep(session.1);
    tab.look();
    let steps = 12 + tab.random.below(24);
    for _ in 0..steps {
        tab.step();
        tab.look();
    }
    tab.reload();
    tab.restore_elsewhere();
    tab.life
}

fn open(entropy: [u8; 16], disk: &Disk, now: Time) -> (Session, Vec<Effect>) {
    let mut all = [9; 24];
    all[..16].copy_from_slice(&entropy);
    let config = SessionConfig {
        name: NodeName("A".into()),
        release: String::new(),
        network: Network::Regtest,
        room: ROOM.into(),
        entropy: all,
        stored: disk.state.clone(),
        storage: StorageState::Stored,
    };
    let mut session = Session::open(config, now).expect("own state");
    for block in &disk.blocks {
        session.replay(now, block).expect("own blocks");
    }
    let effects = session.opened(now);
    (session, effects)
}

impl Tab<'_> {
    fn look(&mut self) {
        self.model.look(&self.session, self.keys);
        self.model.check(&self.session, self.keys);
    }

    fn keep(&mut self, effects: Vec<Effect>) -> Option<Result<Answer, String>> {
        let mut answer = None;
        for effect in effects {
            match effect {
                Effect::StoreBlock { bytes, .. } => self.disk.blocks.push(bytes),
                Effect::StoreState { json, .. } => self.disk.state = Some(json),
                Effect::ToPage(ToPage::Reply(reply)) => {
                    answer = Some(reply.result.map_err(|error| format!("{}: {}", error.rule, error.text)));
                }
                _ => {}
            }
        }
        answer
    }

    fn ask(&mut self, command: Command) -> Result<Answer, String> {
        self.now = self.now + Duration::from_millis(1);
        let id = self.next_request;
        self.next_request += 1;
        let effects = self.session.handle(self.now, SessionInput::Page(Request { id, command }));
        let answer = self.keep(effects).expect("every request is answered");
        self.model.look(&self.session, self.keys);
        answer
    }

    fn call(&mut self, method: &str, params: Vec<Value>) -> Result<Value, String> {
        match self.ask(Command::Rpc { method: method.into(), params })? {
            Answer::Rpc(value) => Ok(value),
            other => panic!("{other:?}"),
        }
    }

    fn below(&mut self, end: u64) -> u64 {
        self.random.below(end)
    }

    // ---- what happens ----

    fn step(&mut self) {
        match self.below(100) {
            0..22 => self.bank_pays(),
            22..28 => self.bank_pays_twice(),
            28..42 => self.pay(),
            42..47 => self.spend_elsewhere(),
            47..65 => self.mine(),
            65..74 => self.reorganise(),
            74..82 => self.hand_out(),
            82..85 => self.hear_name(),
            85..87 => self.wait_long(),
            87..90 => self.restore_here(),
            90..92 => self.restore_elsewhere(),
            92..94 => self.crash(),
            _ => self.reload(),
        }
    }

    /// A script of the wallet: of a key handed out, of one in sight, or of one too far away.
    fn own_script(&mut self) -> Script {
        let branch = if self.random.percent(20) { Branch::Change } else { Branch::Receive };
        let known = u64::from(self.model.known(branch));
        let index = match self.below(10) {
            0..5 => self.below(known.max(1)),
            5..8 => known + self.below(20),
            _ => known + self.below(70),
        };
        let index = (index as u32).min(KEYS - 150);
        Script::pay_to_pubkey_hash(&self.keys.hashes[&(branch, index)])
    }

    fn bank_coin(&self, number: u32) -> OutPoint {
        OutPoint { vout: number, ..self.world.bank }
    }

    fn pay_from_bank(&mut self, coins: Vec<OutPoint>) {
        let count = 1 + self.below(3);
        let fee = 300 + self.below(1_000);
        let each = (coins.len() as u64 * 100_000_000 - fee) / (count + 1);
        let mut outputs: Vec<TxOut> =
            (0..count).map(|_| TxOut { value: Amount::from_sat(each), script_pubkey: self.own_script() }).collect();
        outputs.push(TxOut { value: Amount::from_sat(each), script_pubkey: self.world.bank_script() });
        let tx = self.world.bank_signs(coins, outputs);
        if self.random.percent(75) {
            // A conflict is refused, rightly.
            let _ = self.call("sendrawtransaction", vec![json!(to_hex(&tx.to_bytes()))]);
        } else {
            self.aside.push(tx);
        }
    }

    fn bank_pays(&mut self) {
        let count = (1 + self.below(2) as u32).min(BANK_COINS - self.bank_coins_used);
        if count > 0 {
            let coins = (0..count).map(|at| self.bank_coin(self.bank_coins_used + at)).collect();
            self.bank_coins_used += count;
            self.pay_from_bank(coins);
        }
    }

    fn bank_pays_twice(&mut self) {
        if self.bank_coins_used > 0 {
            let again = self.below(u64::from(self.bank_coins_used)) as u32;
            self.pay_from_bank(vec![self.bank_coin(again)]);
        }
    }

    /// The user pays a stranger, or himself.
    fn pay(&mut self) {
        let to = match self.below(4) {
            0 => Address::of_owner(&self.own_script(), &self.world.params).expect("has one").to_string(),
            1 if !self.strangers.is_empty() => {
                let at = self.below(self.strangers.len() as u64) as usize;
                self.strangers[at].to_string()
            }
            _ => self.world.bank_address(),
        };
        let amount = Amount::from_sat(1_000 + self.below(150_000_000)).to_string();
        // There may be nothing to pay with.
        let _ = self.call("sendtoaddress", vec![json!(to), json!(amount)]);
    }

    /// The same words, open elsewhere, spend coins; this tab hears of it by a block, if ever.
    fn spend_elsewhere(&mut self) {
        let height = self.session.chain().height();
        let wallet = self.session.wallet().expect("regtest");
        let coins = wallet.coins(height);
        let coins: Vec<_> = coins
            .iter()
            .filter(|coin| coin.state == CoinState::Spendable || coin.state == CoinState::Spending)
            .collect();
        if coins.is_empty() {
            return;
        }
        let at = self.random.below(coins.len() as u64) as usize;
        let outpoint = coins[at].outpoint;
        let to = self
            .strangers
            .first()
            .copied()
            .unwrap_or_else(|| Address::of_owner(&self.world.bank_script(), &self.world.params).expect("has one"));
        // A twin that knows of no waiting payments.
        let mut twin = wallet.clone();
        let waiting: Vec<Txid> = self.session.mempool().iter().map(|entry| entry.txid).collect();
        waiting.iter().for_each(|txid| twin.mempool_removed(txid));
        let request = PaymentRequest {
            recipients: vec![(to, Amount::from_sat(10_000))],
            fee_rate: FeeRate::from_sat_per_vb(3),
            coins: Some(vec![outpoint]),
            ..PaymentRequest::default()
        };
        if let Ok(plan) = twin.preview(&request, height) {
            self.aside.push(twin.sign(&plan).expect("own coin"));
        }
    }

    /// Some of what waits here or elsewhere.
    fn some_transactions(&mut self) -> Vec<Transaction> {
        let mut chosen: Vec<Transaction> = Vec::new();
        let elsewhere = std::mem::take(&mut self.aside);
        for tx in elsewhere {
            if self.random.percent(60) { chosen.push(tx) } else { self.aside.push(tx) }
        }
        let mut entries: Vec<_> = self.session.mempool().iter().collect();
        entries.sort_by_key(|entry| entry.arrival);
        let take =
            if self.random.percent(70) { entries.len() } else { self.random.below(entries.len() as u64 + 1) as usize };
        chosen.extend(entries.into_iter().take(take).map(|entry| Transaction::clone(&entry.tx)));
        // No two that spend the same.
        let mut spent = Vec::new();
        chosen.retain(|tx| {
            let is_free = tx.inputs.iter().all(|input| !spent.contains(&input.prevout));
            spent.extend(tx.inputs.iter().filter(|_| is_free).map(|input| input.prevout));
            is_free
        });
        chosen
    }

    fn reward_script(&mut self) -> Script {
        match self.below(3) {
            0 => self.session.wallet().expect("regtest").current_address().script_pubkey(),
            1 => self.own_script(),
            _ => self.world.bank_script(),
        }
    }

    /// Submits a block on a parent, whether it is good or not.
    fn submit(&mut self, parent: BlockHash, transactions: Vec<Transaction>) -> BlockHash {
        self.blocks_made += 1;
        let script = self.reward_script();
        let block = self.world.block(self.session.chain(), parent, script, transactions, self.blocks_made);
        let hash = block.block_hash();
        let _ = self.call("submitblock", vec![json!(to_hex(&block.to_bytes()))]);
        hash
    }

    fn mine(&mut self) {
        let tip = self.session.chain().tip().hash;
        let transactions = self.some_transactions();
        let hash = self.submit(tip, transactions);
        if self.session.chain().tip().hash != hash {
            self.submit(tip, Vec::new());
        }
    }

    /// A longer branch, with some of what the other had, or nothing.
    fn reorganise(&mut self) {
        let height = self.session.chain().height();
        let room = u64::from(height) - self.world.first_blocks.len() as u64;
        if room == 0 {
            return;
        }
        let depth = 1 + self.below(room.min(4)) as u32;
        let lost: Vec<Vec<Transaction>> = (height - depth + 1..=height)
            .filter_map(|height| self.session.chain().checked(height))
            .map(|block| block.block().transactions.iter().skip(1).cloned().collect())
            .collect();
        let mut parent = self.session.chain().active_hash(height - depth).expect("active");
        for at in 0..=depth as usize {
            let again = if self.random.percent(50) { lost.get(at).cloned().unwrap_or_default() } else { Vec::new() };
            let transactions =
                if again.is_empty() && self.random.percent(30) { self.some_transactions() } else { again };
            let next = self.submit(parent, transactions);
            let is_good =
                self.session.chain().index(&next).is_some_and(|index| !index.is_invalid() && index.has_block());
            parent = if is_good { next } else { self.submit(parent, Vec::new()) };
            if self.session.chain().index(&parent).is_none() {
                return;
            }
        }
    }

    fn hand_out(&mut self) {
        let count = 1 + self.below(9);
        for number in 0..count {
            if self.model.known(Branch::Receive) > 200 {
                return;
            }
            let label = if number == 0 { "rent" } else { "" };
            let known = self.model.known(Branch::Receive);
            self.model.issued.insert(Branch::Receive, known + 1);
            self.call("getnewaddress", vec![json!(label)]).expect("always");
        }
    }

    /// A peer tells an address, and its name goes with it.
    fn hear_name(&mut self) {
        let peer = NodeName(format!("Peer {}", self.below(3)));
        let number = self.below(40) as u8 + 1;
        let key = tabchain::keys::PrivateKey::from_bytes(&[number; 32]).expect("a key");
        let address = Address::from_public_key(&key.public_key(), &self.world.params);
        self.strangers.push(address);
        let message = Message::Unknown { command: "payto".into(), payload: address.to_string().into_bytes() };
        let bytes = message.encode(self.world.params.magic);
        for input in [
            SessionInput::PeerUp(peer.clone()),
            SessionInput::Frame { from: peer.clone(), bytes },
            SessionInput::PeerDown(peer),
        ] {
            let effects = self.session.handle(self.now, input);
            self.keep(effects);
        }
        // What a peer said is stored with the next change.
        self.ask(Command::Close).expect("always");
    }

    /// So long that the mempool lets everything go at the next block.
    fn wait_long(&mut self) {
        self.now = self.now + Duration::from_secs(15 * 24 * 3_600);
        let tip = self.session.chain().tip().hash;
        self.submit(tip, Vec::new());
    }

    // ---- closing and opening ----

    fn picture(&self) -> Picture {
        let wallet = self.session.wallet().expect("regtest");
        let height = self.session.chain().height();
        let names = self
            .strangers
            .iter()
            .map(|address| (*address, wallet.told_names(address).into_iter().map(str::to_owned).collect::<Vec<_>>()));
        Picture {
            coins: wallet.coins(height),
            history: wallet.history(height),
            names: names.collect(),
            addresses: wallet.addresses(),
            current: wallet.current_address(),
            stored: wallet.to_stored(),
        }
    }

    fn open_again(&mut self) {
        self.now = self.now + Duration::from_secs(5);
        let (session, effects) = open([0; 16], &self.disk, self.now);
        self.session = session;
        self.keep(effects);
        self.life.reloads += 1;
    }

    fn reload(&mut self) {
        let before = self.picture();
        let mut pool: Vec<_> =
            self.session.mempool().iter().map(|entry| (entry.arrival, entry.txid, entry.tx.clone())).collect();
        pool.sort_by_key(|(arrival, ..)| *arrival);
        self.open_again();

        // What is in blocks is the same at once, and so is all that the mempool has no part in.
        let after = self.picture();
        let in_blocks = |picture: &Picture| -> Vec<_> {
            picture.history.iter().filter(|line| line.height.is_some()).cloned().collect()
        };
        assert_eq!(in_blocks(&after), in_blocks(&before));
        let named = |picture: &Picture| -> Vec<_> {
            picture.addresses.iter().map(|row| (row.address, row.label.clone(), row.used)).collect()
        };
        assert_eq!(named(&after), named(&before));
        assert_eq!(after.names, before.names);
        assert_eq!(after.current, before.current);
        let lines = |picture: &Picture| -> BTreeMap<Txid, i64> {
            picture.history.iter().map(|line| (line.txid, line.amount)).collect()
        };
        assert_eq!(lines(&after), lines(&before));
        self.look();

        // With the mempool of before, everything is.
        for (_, _, tx) in &pool {
            let _ = self.call("sendrawtransaction", vec![json!(to_hex(&tx.to_bytes()))]);
        }
        self.look();
        let mut had: Vec<Txid> = pool.iter().map(|(_, txid, _)| *txid).collect();
        had.sort();
        let mut has: Vec<Txid> = self.session.mempool().iter().map(|entry| entry.txid).collect();
        has.sort();
        let after = self.picture();
        if had == has {
            assert_eq!(after, before);
        } else {
            // The mempool had let some go that are tried again at a start, as Core does.
            let lines = &before.history;
            let unknown =
                |txid: &Txid| lines.iter().any(|line| line.txid == *txid && line.state == HistoryState::Unknown);
            let may_be = |txid: &Txid| had.contains(txid) || unknown(txid);
            assert!(has.iter().all(may_be), "{had:?} became {has:?}");
        }
    }

    /// The last change of the state was not written: what is in blocks is there all the same.
    fn crash(&mut self) {
        let state = self.disk.state.clone();
        let tip = self.session.chain().tip().hash;
        let transactions = self.some_transactions();
        self.submit(tip, transactions);
        let height = self.session.chain().height();
        let in_blocks = |tab: &Self| -> Vec<_> {
            let coins = tab.session.wallet().expect("regtest").coins(height);
            coins.into_iter().filter(|coin| coin.height.is_some()).map(|coin| (coin.outpoint, coin.value)).collect()
        };
        let before = in_blocks(self);
        self.disk.state = state;
        self.open_again();
        assert_eq!(in_blocks(self), before);
        // What was seen in the mempool only is not known any more, if the last state had none of it.
        let history = self.session.wallet().expect("regtest").history(height);
        self.model.seen.retain(|txid, _| history.iter().any(|line| line.txid == *txid));
    }

    fn words(&mut self) -> String {
        match self.ask(Command::RevealWords) {
            Ok(Answer::Words(view)) => view.words.join(" "),
            other => panic!("{other:?}"),
        }
    }

    /// The same words again in this tab: a wallet that knows what the words can know.
    fn restore_here(&mut self) {
        let words = self.words();
        let gap = if self.random.percent(30) { 100 } else { 20 };
        self.model = Model::new(gap);
        self.ask(Command::RestoreWords { words, gap }).expect("own words");
        self.life.restores += 1;
    }

    /// The words in another tab with the same chain.
    fn restore_elsewhere(&mut self) {
        let words = self.words();
        let disk = Disk { state: None, ..self.disk.clone() };
        let (mut session, _) = open([0xee; 16], &disk, self.now);
        let command = Command::RestoreWords { words, gap: 20 };
        session.handle(self.now, SessionInput::Page(Request { id: 1, command }));
        let mut model = Model::new(20);
        model.look(&session, self.keys);
        model.check(&session, self.keys);
        self.life.restores += 1;

        // Within the search, it is this wallet.
        let height = self.session.chain().height();
        let in_blocks = |session: &Session| -> Vec<_> {
            let coins = session.wallet().expect("regtest").coins(height);
            coins.into_iter().filter(|coin| coin.height.is_some()).map(|coin| (coin.outpoint, coin.value)).collect()
        };
        if self.session.chain().tip().hash == session.chain().tip().hash && in_reach(&self.session) {
            assert_eq!(in_blocks(&session), in_blocks(&self.session));
        }
    }
}

/// Whether a search past 20 unused addresses finds all that the wallet has in blocks.
fn in_reach(session: &Session) -> bool {
    let wallet = session.wallet().expect("regtest");
    let confirmed = |branch: Branch| {
        let coins = wallet.history(session.chain().height()).into_iter().filter(|line| line.height.is_some());
        let addresses =
            coins.flat_map(|line| line.outputs).filter(|output| output.is_mine).filter_map(|output| output.address);
        let mut paid: Vec<u32> = addresses
            .filter_map(|address| wallet.key_place(&address))
            .filter(|place| place.branch == branch)
            .map(|place| place.index)
            .collect();
        paid.sort_unstable();
        paid.dedup();
        let before = [None].into_iter().chain(paid.iter().copied().map(Some));
        paid.iter()
            .zip(before.collect::<Vec<_>>())
            .all(|(index, before)| index - before.map_or(0, |before| before + 1) < 20)
    };
    confirmed(Branch::Receive) && confirmed(Branch::Change)
}
