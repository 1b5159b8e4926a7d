//! Bitcoin Core's script vectors: signature hashes, scripts, and whole transactions.
//!
//! Witnesses are not executed here, so of the rows that are about them only those are run that can be
//! judged by their form; how many are left out is printed, and how many must have run is asserted,
//! so that nothing is left out in silence.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::Value;
use tabchain::ledger::rules::check_transaction;
use tabchain::ledger::script::interpreter::{Flags, ScriptError, TransactionChecker, trace_script, verify_script};
use tabchain::ledger::script::opcodes::OP_0;
use tabchain::ledger::script::{Builder, WitnessProgram};
use tabchain::ledger::sighash::legacy_sighash;
use tabchain::ledger::{Amount, OutPoint, Script, Transaction, TxIn, TxOut, Txid, decode_hex, to_hex};

/// A file of the vectors; none, loudly, where the folder is absent.
fn vectors(name: &str) -> Option<Value> {
    let folder = std::env::var_os("TABCHAIN_VECTORS")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/vectors"), PathBuf::from);
    if !folder.is_dir() {
        eprintln!("SKIPPED: {name}: no vectors in {}", folder.display());
        return None;
    }
    let path = folder.join(name);
    let file = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Some(serde_json::from_str(&file).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}

/// The rows of one of Core's files, comments left out.
fn core_rows(name: &str) -> Option<Vec<Value>> {
    let file = vectors(&format!("bitcoin-core/{name}"))?;
    let rows = file.as_array().expect("a list of rows");
    Some(rows.iter().filter(|row| row.as_array().is_some_and(|row| row.len() > 1)).cloned().collect())
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a string")
}

/// The names of rules that only matter where witnesses are executed.
const WITNESS_FLAGS: [&str; 3] = ["DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM", "WITNESS_PUBKEYTYPE", "TAPROOT"];

fn flags(names: &str) -> Flags {
    let mut flags = Flags::NONE;
    for name in names.split(',').filter(|name| !name.is_empty() && *name != "NONE" && !WITNESS_FLAGS.contains(name)) {
        flags |= Flags::from_name(name).unwrap_or_else(|| panic!("flag {name}"));
    }
    flags
}

#[test]
fn signature_hashes_are_those_of_core() {
    let Some(rows) = core_rows("sighash.json") else { return };
    let mut run = 0;
    for row in rows {
        let tx: Transaction = decode_hex(text(&row[0])).expect("a transaction");
        let script = Script::from_bytes(tabchain::ledger::from_hex(text(&row[1])).expect("hex"));
        let input = row[2].as_u64().expect("an index") as usize;
        let hash_type = row[3].as_i64().expect("a hash type") as i32;
        let mut hash = legacy_sighash(&tx, input, &script, hash_type.cast_unsigned());
        hash.reverse();
        assert_eq!(to_hex(&hash), text(&row[4]), "{row}");
        run += 1;
    }
    println!("sighash.json: {run} rows run, 0 skipped");
    assert_eq!(run, 500);
}

fn transaction(prevout: OutPoint, script_sig: Script, script_pubkey: Script) -> Transaction {
    Transaction {
        version: 1,
        inputs: vec![TxIn { prevout, script_sig, sequence: TxIn::SEQUENCE_FINAL, witness: Vec::new() }],
        outputs: vec![TxOut { value: Amount::ZERO, script_pubkey }],
        lock_time: 0,
    }
}

/// The transaction that spends, as script_tests.json says, the only output of one that pays to
/// `script_pubkey`.
fn spending_with(script_sig: &Script, script_pubkey: &Script, witness: Vec<Vec<u8>>, value: Amount) -> Transaction {
    let null_pushes = Builder::new().opcode(OP_0).opcode(OP_0).into_script();
    let mut crediting = transaction(OutPoint::NULL, null_pushes, script_pubkey.clone());
    crediting.outputs[0].value = value;
    let prevout = OutPoint { txid: crediting.txid(), vout: 0 };
    let mut spending = transaction(prevout, script_sig.clone(), Script::default());
    spending.outputs[0].value = value;
    spending.inputs[0].witness = witness;
    spending
}

/// The witness and the amount that a row begins with; none where they are to be computed.
fn witness_of(row: &Value) -> Option<(Vec<Vec<u8>>, Amount)> {
    let (amount, elements) = row.as_array()?.split_last()?;
    let sat = (amount.as_f64()? * 100_000_000.0).round() as u64;
    let elements = elements.iter().map(|element| tabchain::ledger::from_hex(text(element)).ok());
    Some((elements.collect::<Option<_>>()?, Amount::from_sat(sat)))
}

/// Runs a script both ways, which must agree.
fn run(
    script_sig: &Script,
    script_pubkey: &Script,
    flags: Flags,
    tx: &Transaction,
    input: usize,
) -> Result<(), ScriptError> {
    let checker = TransactionChecker::new(tx, input);
    let result = verify_script(script_sig, script_pubkey, flags, &checker);
    let trace = trace_script(script_sig, script_pubkey, flags, &checker);
    assert_eq!(trace.result, result, "the traced run gives the same verdict");
    result
}

/// Whether a nested or bare witness program makes a row one about witnesses.
fn is_about_witness(script_sig: &Script, script_pubkey: &Script) -> bool {
    let nested = script_pubkey.script_hash().and(script_sig.redeem_script());
    script_pubkey.witness_program().is_some() || nested.is_some_and(|redeem| redeem.witness_program().is_some())
}

#[test]
fn scripts_end_as_in_core() {
    let Some(rows) = core_rows("script_tests.json") else { return };
    let (mut run_count, mut witness_count) = (0, 0);
    let mut verdicts: BTreeMap<String, usize> = BTreeMap::new();
    let mut failures = Vec::new();
    for row in rows {
        let whole = row.clone();
        let (witness, row) = match row[0].is_array() {
            true => (witness_of(&row[0]), Value::from(row.as_array().expect("a row")[1..].to_vec())),
            false => (Some((Vec::new(), Amount::ZERO)), row),
        };
        let Some((witness, value)) = witness else {
            witness_count += 1;
            continue;
        };
        let script_sig = Script::from_asm(text(&row[0])).unwrap_or_else(|error| panic!("{error}: {whole}"));
        let script_pubkey = Script::from_asm(text(&row[1])).unwrap_or_else(|error| panic!("{error}: {whole}"));
        let names: Vec<&str> = text(&row[2]).split(',').collect();
        let program = WitnessProgram::spent(&script_sig, &script_pubkey).filter(|_| names.contains(&"WITNESS"));
        let tx = spending_with(&script_sig, &script_pubkey, witness, value);
        let result = run(&script_sig, &script_pubkey, flags(text(&row[2])), &tx, 0);
        let is_discouraged = names.contains(&"DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM");
        let is_left_open = program.is_some_and(|program| program.needs_execution() || is_discouraged);
        let of_form = ["WITNESS_PROGRAM_WRONG_LENGTH", "WITNESS_PROGRAM_WITNESS_EMPTY", "WITNESS_PROGRAM_MISMATCH"];
        if result.is_ok() && is_left_open && !of_form.contains(&text(&row[3])) {
            // Only a run of the witness would tell.
            witness_count += 1;
            continue;
        }
        let verdict = result.map_or_else(ScriptError::code, |()| "OK");
        if verdict != text(&row[3]) {
            failures.push(format!("{verdict} for {row}"));
        }
        *verdicts.entry(verdict.to_owned()).or_default() += 1;
        run_count += 1;
    }
    println!("script_tests.json: {run_count} rows run, {witness_count} skipped (witness executed); {verdicts:?}");
    assert!(failures.is_empty(), "{} rows differ:\n{}", failures.len(), failures.join("\n"));
    assert!(run_count >= 1_130, "only {run_count} rows were run");
    for (code, least) in [
        ("WITNESS_UNEXPECTED", 3),
        ("WITNESS_MALLEATED", 3),
        ("WITNESS_MALLEATED_P2SH", 1),
        ("WITNESS_PROGRAM_MISMATCH", 3),
        ("WITNESS_PROGRAM_WRONG_LENGTH", 1),
        ("WITNESS_PROGRAM_WITNESS_EMPTY", 1),
    ] {
        assert!(verdicts.get(code).is_some_and(|count| *count >= least), "{code}: {verdicts:?}");
    }
    assert_eq!(run_count + witness_count, 1_233);
}

/// A row of tx_valid.json or tx_invalid.json.
struct TransactionRow {
    tx: Transaction,
    prevouts: BTreeMap<OutPoint, Script>,
    flags: String,
    has_witness: bool,
}

impl TransactionRow {
    fn read(row: &Value) -> Self {
        let mut prevouts = BTreeMap::new();
        for prevout in row[0].as_array().expect("a list of coins") {
            let txid: Txid = text(&prevout[0]).parse().expect("a txid");
            let vout = prevout[1].as_i64().expect("an index") as i32;
            let script = Script::from_asm(text(&prevout[2])).unwrap_or_else(|error| panic!("{error}: {row}"));
            prevouts.insert(OutPoint { txid, vout: vout.cast_unsigned() }, script);
        }
        let tx: Transaction = decode_hex(text(&row[1])).unwrap_or_else(|error| panic!("{error}: {row}"));
        let has_witness = tx.has_witness()
            || tx.inputs.iter().any(|input| {
                prevouts.get(&input.prevout).is_some_and(|locked| is_about_witness(&input.script_sig, locked))
            });
        Self { tx, prevouts, flags: text(&row[2]).to_owned(), has_witness }
    }

    /// Runs every input's scripts; the first error, if any.
    fn verify(&self, flags: Flags) -> Result<(), ScriptError> {
        for (index, input) in self.tx.inputs.iter().enumerate() {
            let script_pubkey = self.prevouts.get(&input.prevout).expect("every coin is given");
            run(&input.script_sig, script_pubkey, flags, &self.tx, index)?;
        }
        Ok(())
    }
}

#[test]
fn valid_transactions_verify() {
    let Some(rows) = core_rows("tx_valid.json") else { return };
    let (mut run_count, mut before_witness_count, mut narrower_count) = (0, 0, 0);
    for value in rows {
        let row = TransactionRow::read(&value);
        assert_eq!(check_transaction(&row.tx), Ok(()), "{value}");
        let mut excluded = flags(&row.flags);
        if row.has_witness {
            // Soft forks only forbid: a node that knows no witnesses takes these, too.
            assert_eq!(row.verify(Flags::P2SH.without(excluded)), Ok(()), "{value}");
            // Nor does anything that is checked of witnesses stand against them (Core's tests take
            // WITNESS out with P2SH, and CLEANSTACK with WITNESS).
            if excluded.contains(Flags::P2SH) {
                excluded |= Flags::WITNESS;
            }
            if excluded.contains(Flags::WITNESS) {
                excluded |= Flags::CLEANSTACK;
            }
            assert_eq!(row.verify(Flags::all().without(excluded)), Ok(()), "{value}");
            before_witness_count += 1;
            continue;
        }
        let allowed = Flags::all().without(excluded);
        assert_eq!(row.verify(allowed), Ok(()), "{value}");
        // The flags listed are exactly those in the way: with any of them the row fails.
        for (name, flag) in Flags::NAMES {
            if excluded.contains(*flag) {
                assert!(row.verify(allowed | *flag).is_err(), "valid with {name}, too: {value}");
                narrower_count += 1;
            }
        }
        run_count += 1;
    }
    println!(
        "tx_valid.json: {run_count} rows run, {narrower_count} runs with a flag more fail; \
         {before_witness_count} run without their witnesses executed"
    );
    assert!(run_count >= 92, "only {run_count} rows were run");
    assert_eq!(run_count + before_witness_count, 121);
}

#[test]
fn invalid_transactions_do_not_verify() {
    let Some(rows) = core_rows("tx_invalid.json") else { return };
    let (mut run_count, mut witness_count, mut formless_count, mut malformed_count) = (0, 0, 0, 0);
    for value in rows {
        let row = TransactionRow::read(&value);
        if row.flags == "BADTX" {
            assert!(check_transaction(&row.tx).is_err(), "{value}");
            malformed_count += 1;
            continue;
        }
        assert_eq!(check_transaction(&row.tx), Ok(()), "only its scripts fail: {value}");
        if row.has_witness {
            // Some fail by the form of their witnesses; the others by what is not executed here.
            match row.verify(flags(&row.flags)) {
                Ok(()) => witness_count += 1,
                Err(_) => formless_count += 1,
            }
            continue;
        }
        let listed = flags(&row.flags);
        assert!(row.verify(listed).is_err(), "{value}");
        // Each flag listed is needed: without it the row is valid.
        for (name, flag) in Flags::NAMES {
            if listed.contains(*flag) {
                assert_eq!(row.verify(listed.without(*flag)), Ok(()), "invalid without {name}, too: {value}");
            }
        }
        run_count += 1;
    }
    println!(
        "tx_invalid.json: {run_count} rows run, {formless_count} with witnesses of bad form, {witness_count} skipped \
         (witness executed), {malformed_count} malformed ones run"
    );
    assert!(run_count >= 69 && malformed_count >= 9, "only {run_count} and {malformed_count} rows were run");
    assert!(formless_count >= 3, "only {formless_count} were refused by the form of their witnesses");
    assert_eq!(run_count + witness_count + formless_count + malformed_count, 93);
}

#[test]
fn the_first_payments_of_mainnet_verify_and_break_with_their_first_byte() {
    let Some(file) = vectors("derived/early_mainnet_txs_with_prevouts.json") else { return };
    let mut inputs = 0;
    for row in file["txs"].as_array().expect("a list") {
        let mut tx: Transaction = decode_hex(text(&row["tx"])).expect("a transaction");
        assert_eq!(tx.txid().to_string(), text(&row["txid"]));
        for (index, coin) in row["inputs"].as_array().expect("a list").iter().enumerate() {
            let locked = Script::from_bytes(tabchain::ledger::from_hex(text(&coin["spk"])).expect("hex"));
            let unlocking = tx.inputs[index].script_sig.clone();
            assert_eq!(run(&unlocking, &locked, Flags::MANDATORY, &tx, index), Ok(()), "{row}");
            tx.version += 1;
            assert_eq!(run(&unlocking, &locked, Flags::MANDATORY, &tx, index), Err(ScriptError::EvalFalse), "{row}");
            tx.version -= 1;
            inputs += 1;
        }
    }
    println!("early mainnet: {inputs} inputs verified");
    assert!(inputs >= 7);
}
