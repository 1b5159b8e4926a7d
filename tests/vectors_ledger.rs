//! Real blocks, and numbers that others computed.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use std::path::Path;
use std::sync::Arc;

use serde_json::Value;
use tabchain::ledger::rules::{
    BlockContext, InputContext, ScriptChecks, SpendContext, check_block, check_block_in_context, check_inputs,
    connect_block, script_flags, txids_of,
};
use tabchain::ledger::{
    Amount, Block, BlockTime, Chain, Coin, Encodable, Header, MerkleBranch, MerkleNode, Params, Script, Target, Time,
    Transaction, TxOut, Txid, decode_exact, decode_hex, from_hex, merkle_root, to_hex,
};

fn text(folder: &Path, name: &str) -> String {
    let path = folder.join("derived").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn json(folder: &Path, name: &str) -> Value {
    serde_json::from_str(&text(folder, name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn field<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_else(|| panic!("{name} is a text"))
}

fn number(value: &Value, name: &str) -> u64 {
    value[name].as_u64().unwrap_or_else(|| panic!("{name} is a number"))
}

/// Late enough for every block of the vectors.
const LATE: Time = Time::from_millis(2_000_000_000_000);

const GENESIS: &str = "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c0101000000010000000000000000000000000000000000000000000000000000000000000000ffffffff4d04ffff001d0104455468652054696d65732030332f4a616e2f32303039204368616e63656c6c6f72206f6e206272696e6b206f66207365636f6e64206261696c6f757420666f722062616e6b73ffffffff0100f2052a01000000434104678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5fac00000000";

const REGTEST_GENESIS: &str = "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4adae5494dffff7f2002000000";

/// The first payment ever: block 170's second transaction, and the coin it spends, of block 9.
const FIRST_PAYMENT: &str = "0100000001c997a5e56e104102fa209c6a852dd90660a20b2d9c352423edce25857fcd3704000000004847304402204e45e16932b8af514961a1d3a1a25fdf3f4f7732e9d624c6c61548ab5fb8cd410220181522ec8eca07de4860a4acdd12909d831cc56cbbac4622082221a8768d1d0901ffffffff0200ca9a3b00000000434104ae1a62fe09c5f51b13905f07f06b99a2f7159b2225f374cd378d71302fa28414e7aab37397f554a7df5f142c21c1b7303b8a0626f1baded5c72a704f7e6cd84cac00286bee0000000043410411db93e1dcdb8a016b49840f8c53bc1eb68a382e97b1482ecad7b148a6909a5cb2e0eaddfb84ccf9744464f82e160bfa9b8b64f9d4c03f999b8643f656b412a3ac00000000";
const FIRST_PAYMENT_COIN: &str = "410411db93e1dcdb8a016b49840f8c53bc1eb68a382e97b1482ecad7b148a6909a5cb2e0eaddfb84ccf9744464f82e160bfa9b8b64f9d4c03f999b8643f656b412a3ac";

fn check_payment(transaction: &Transaction, coins: &[Option<Coin>], height: u32) -> Result<Amount, String> {
    let params = Params::mainnet();
    check_inputs(&InputContext {
        transaction,
        coins,
        params: &params,
        height,
        median_time_past: BlockTime(0),
        median_time_at: &|_| BlockTime(0),
        flags: script_flags(&params, height),
    })
    .map_err(|error| format!("{}: {error}", error.rule()))
}

#[test]
fn the_genesis_block_is_the_one_bitcoin_began_with() {
    let params = Params::mainnet();
    assert_eq!(to_hex(&params.genesis.to_bytes()), GENESIS);
    assert_eq!(decode_hex::<Block>(GENESIS), Ok(params.genesis.clone()));
    assert_eq!(
        params.genesis.transactions[0].txid().to_string(),
        "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b"
    );
    assert_eq!(to_hex(&Params::regtest().genesis.header.to_bytes()), REGTEST_GENESIS);
}

#[test]
fn the_first_payment_is_valid_and_with_one_byte_changed_is_not() {
    let transaction: Transaction = decode_hex(FIRST_PAYMENT).expect("a transaction");
    assert_eq!(to_hex(&transaction.to_bytes()), FIRST_PAYMENT);
    assert_eq!(transaction.txid().to_string(), "f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16");
    let coins = [Some(Coin {
        output: TxOut {
            value: Amount::from_coins(50),
            script_pubkey: Script::from_bytes(from_hex(FIRST_PAYMENT_COIN).expect("hexadecimal")),
        },
        height: 9,
        coinbase: true,
    })];
    assert_eq!(check_payment(&transaction, &coins, 170), Ok(Amount::ZERO));
    let mut changed = transaction.clone();
    changed.outputs[0].value = Amount::from_coins(11);
    changed.outputs[1].value = Amount::from_coins(39);
    let error = check_payment(&changed, &coins, 170).expect_err("the signature is of other bytes");
    assert!(error.starts_with("mandatory-script-verify-flag-failed"), "{error}");
    let error = check_payment(&transaction, &coins, 108).expect_err("too early");
    assert!(error.starts_with("bad-txns-premature-spend-of-coinbase"), "{error}");
}

#[test]
fn ten_thousand_headers_of_mainnet_link_up() {
    let Some(folder) = common::vectors() else { return };
    let bytes = std::fs::read(folder.join("derived/mainnet_headers_0_10236.bin")).expect("the file is there");
    let headers: Vec<Header> =
        bytes.chunks_exact(Header::SIZE).map(|bytes| decode_exact(bytes).expect("a header")).collect();
    assert_eq!(headers.len(), 10_237);
    let mut chain = Chain::new(Arc::new(Params::mainnet()));
    assert_eq!(headers[0], chain.params().genesis.header);
    for header in &headers[1..] {
        chain.accept_header(header, LATE).expect("mainnet's headers are good");
    }
    assert_eq!(chain.best_header().height, 10_236);
    assert_eq!(chain.height(), 0, "no block is here");
    let at = |height: u32| chain.ancestor(&chain.best_header().hash, height).expect("known");
    assert_eq!(
        at(2015).chain_work.to_string().trim_start_matches('0'),
        "7e007e007e0",
        "work at the end of the first period"
    );
    let backwards = headers.windows(2).filter(|pair| pair[1].time < pair[0].time).count();
    assert_eq!(backwards, 49);
    assert_eq!(chain.missing_blocks(3), [at(1).hash, at(2).hash, at(3).hash]);
    // A header whose time is not after the median of eleven is refused.
    let mut late = headers[10_236];
    late.prev_block_hash = chain.best_header().hash;
    late.time = chain.median_time_past(&chain.best_header().hash);
    assert_eq!(chain.accept_header(&late, LATE).expect_err("no work").rule(), "high-hash");
}

#[test]
fn compact_targets_are_read_and_written_as_core_does() {
    let Some(folder) = common::vectors() else { return };
    let vectors = json(&folder, "compact_bits_core.json");
    let bits_of = |text: &str| u32::from_str_radix(text.trim_start_matches("0x"), 16).expect("hexadecimal");
    for case in vectors["cases"].as_array().expect("a list") {
        let bits = bits_of(field(case, "bits"));
        let target = case["target"].as_str().unwrap_or_default();
        let usable =
            case["negative"] == false && case["overflow"] == false && target.bytes().any(|digit| digit != b'0');
        assert_eq!(
            Target::from_bits(bits).map(|target| target.to_string()),
            usable.then(|| target.to_owned()),
            "{bits:08x}"
        );
        if let Some(read) = Target::from_bits(bits) {
            let written = case["get_compact"].as_array().expect("a list");
            let positive = written.iter().find(|it| it["negative"] == false).expect("one without a sign");
            assert_eq!(read.to_bits(), bits_of(field(positive, "value")), "{bits:08x}");
        }
    }
    let limit = Params::mainnet().limit;
    for case in vectors["retarget_examples"].as_array().expect("a list") {
        let actual = number(case, "last_time") as i64 - number(case, "first_time") as i64;
        let old = Target::from_bits(bits_of(field(case, "old"))).expect("a target");
        assert_eq!(old.retarget(actual, 1_209_600, limit).to_bits(), bits_of(field(case, "new")), "{case}");
    }
}

#[test]
fn the_first_real_payments_are_valid() {
    let Some(folder) = common::vectors() else { return };
    let vectors = json(&folder, "early_mainnet_txs_with_prevouts.json");
    let cases = vectors["txs"].as_array().expect("a list");
    assert_eq!(cases.len(), 7);
    for case in cases {
        let transaction: Transaction = decode_hex(field(case, "tx")).expect("a transaction");
        assert_eq!(transaction.txid().to_string(), field(case, "txid"));
        assert_eq!(to_hex(&transaction.to_bytes()), field(case, "tx"));
        let coins: Vec<Option<Coin>> = case["inputs"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|input| {
                let script_pubkey = Script::from_bytes(from_hex(field(input, "spk")).expect("hexadecimal"));
                let value = Amount::from_sat(number(input, "value"));
                let height = u32::try_from(number(input, "height")).expect("a height");
                Some(Coin { output: TxOut { value, script_pubkey }, height, coinbase: input["coinbase"] == true })
            })
            .collect();
        let height = u32::try_from(number(case, "height")).expect("a height");
        assert_eq!(check_payment(&transaction, &coins, height), Ok(Amount::from_sat(number(case, "fee"))));
    }
}

#[test]
fn block_100_000_is_valid_as_far_as_it_can_be_without_its_coins() {
    let Some(folder) = common::vectors() else { return };
    let hex = text(&folder, "block_100000.hex");
    let hex = hex.trim();
    let block: Block = decode_hex(hex).expect("a block");
    assert_eq!(to_hex(&block.to_bytes()), hex);
    assert_eq!(block.total_size() * 2, hex.len());
    assert_eq!(block.block_hash().to_string(), "000000000003ba27aa200b1cecaad478d2b00432346c3f1f3986da1afd33e506");
    let params = Params::mainnet();
    assert_eq!(check_block(&block, &params), Ok(()));
    let txids = txids_of(&block);
    let context =
        BlockContext { block: &block, txids: &txids, params: &params, height: 100_000, median_time_past: BlockTime(0) };
    assert_eq!(check_block_in_context(&context), Ok(()));
    let leaves: Vec<MerkleNode> = txids.iter().copied().map(MerkleNode::from).collect();
    for (index, leaf) in leaves.iter().enumerate() {
        let branch = MerkleBranch::new(&leaves, index).expect("a leaf");
        assert!(branch.proves(*leaf, block.header.merkle_root));
    }
}

#[test]
fn mutated_merkle_trees_are_told_from_true_ones() {
    let Some(folder) = common::vectors() else { return };
    let vectors = json(&folder, "merkle_cve_2012_2459.json");
    let leaves = |list: &Value| -> Vec<MerkleNode> {
        let texts = list.as_array().expect("a list").iter();
        texts.map(|text| text.as_str().expect("a text").parse::<Txid>().expect("a txid").into()).collect()
    };
    let (mut roots, mut mutations) = (0, 0);
    for case in vectors["cases"].as_array().expect("a list") {
        let computed = merkle_root(&leaves(&case["txids"]));
        assert_eq!((computed.root.to_string().as_str(), computed.mutated), (field(case, "merkle_root"), false));
        roots += 1;
        for mutated in case["mutated"].as_array().expect("a list") {
            let mutated = merkle_root(&leaves(mutated));
            assert_eq!((mutated.root, mutated.mutated), (computed.root, true));
            mutations += 1;
        }
    }
    assert_eq!((roots, mutations), (10, 8));
}

#[test]
fn the_block_that_made_184_billion_coins_is_refused() {
    let Some(folder) = common::vectors() else { return };
    let vectors = json(&folder, "value_overflow_block_74638.json");
    let block: Block = decode_hex(field(&vectors, "block_hex")).expect("a block");
    assert_eq!(block.block_hash().to_string(), field(&vectors, "block_hash"));
    assert_eq!(to_hex(&block.to_bytes()), field(&vectors, "block_hex"));
    let error = check_block(&block, &Params::mainnet()).expect_err("more money than there is");
    assert_eq!(error.rule(), "bad-txns-vout-toolarge");
    let sum: u128 = block.transactions[1].outputs.iter().map(|output| u128::from(output.value.to_sat())).sum();
    assert_eq!(sum, (1 << 64) - 1_000_000, "in 64 bits, less than nothing");
}

#[test]
fn the_two_repeated_coinbases_are_the_only_ones_allowed() {
    let Some(folder) = common::vectors() else { return };
    let vectors = json(&folder, "bip30_duplicate_coinbases.json");
    for case in vectors["duplicates"].as_array().expect("a list") {
        let coinbase: Transaction = decode_hex(field(case, "coinbase_hex")).expect("a transaction");
        assert_eq!(coinbase.txid().to_string(), field(case, "txid"));
        let second = &case["second"];
        let header: Header = decode_hex(field(second, "header_hex")).expect("a header");
        assert_eq!(header.block_hash().to_string(), field(second, "hash"));
        let height = u32::try_from(number(second, "height")).expect("a height");

        // A chain in which the first has just been mined, the coinbase put at height 1.
        let params = Params { bip30_exceptions: vec![(2, header.block_hash())], ..repeating() };
        let mut story = common::Story::new(params.clone());
        let mut first = story.draft("genesis", vec![]);
        first.transactions[0] = coinbase.clone();
        common::commit_and_solve(&mut first);
        story.extend_with("first", "genesis", first);
        let repeated = Block { header, transactions: vec![coinbase.clone()] };
        let connect = |params: &Params, hash| {
            connect_block(
                &Arc::new(repeated.clone()),
                hash,
                vec![coinbase.txid()],
                SpendContext {
                    params,
                    utxo: story.chain.utxo(),
                    height: 2,
                    median_time_past: BlockTime(0),
                    median_time_at: &|_| BlockTime(0),
                    scripts: ScriptChecks::Run,
                },
            )
        };
        connect(&params, header.block_hash()).expect("the exception");
        assert!(Params::mainnet().bip30_exceptions.contains(&(height, header.block_hash())));
        let error = connect(&repeating(), header.block_hash()).expect_err("no exception");
        assert_eq!(error.rule(), "bad-txns-BIP30");
    }
}

/// Regtest from before heights stood in coinbases.
fn repeating() -> Params {
    let mut params = common::small_params();
    params.activations.bip34 = None;
    params
}
