//! A transaction's inputs against the coins there are (Core `CheckTxInputs`, `SequenceLocks`,
//! `CheckInputScripts`).

use std::fmt;

use super::{Check, InputError, Notes, Rule, list, verdict};
use crate::ledger::params::Activations;
use crate::ledger::script::WitnessProgram;
use crate::ledger::script::interpreter::{Flags, ScriptError, TransactionChecker, verify_script};
use crate::ledger::{Amount, BlockTime, Coin, Params, Script, Transaction, TxIn};

/// A sequence number with this bit is no relative lock time (BIP-0068).
const SEQUENCE_DISABLE: u32 = 1 << 31;
/// With this bit, a relative lock time is one of time, else of blocks.
const SEQUENCE_IS_TIME: u32 = 1 << 22;
/// The bits that hold the relative lock time.
const SEQUENCE_MASK: u32 = 0xffff;
/// A relative lock time of time counts 512 seconds.
const SEQUENCE_TIME_SHIFT: u32 = 9;

/// Whether to run scripts: not for blocks that this node has verified before.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ScriptChecks {
    /// Every script is run.
    Run,
    /// They were run when the block was first accepted.
    Trusted,
}

/// A transaction with the coins that its inputs name.
#[derive(Clone, Copy)]
pub struct InputContext<'a> {
    /// The transaction; not a coinbase.
    pub transaction: &'a Transaction,
    /// Its inputs' coins, one an input; none where there is no such coin.
    pub coins: &'a [Option<Coin>],
    /// The network's numbers.
    pub params: &'a Params,
    /// Height of the block that it is or would be in.
    pub height: u32,
    /// The median time of that block's parent and the ten before.
    pub median_time_past: BlockTime,
    /// The median time past of the block at a height, on this branch.
    pub median_time_at: &'a dyn Fn(u32) -> BlockTime,
    /// What scripts must obey.
    pub flags: Flags,
}

impl fmt::Debug for InputContext<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InputContext").field("height", &self.height).field("flags", &self.flags).finish_non_exhaustive()
    }
}

/// A rule of this stage.
pub(super) type InputRule = fn(&InputContext<'_>, &mut Notes) -> Result<(), InputError>;

fn money_rules<'a>() -> [Rule<InputContext<'a>, InputError>; 5] {
    [
        Rule { name: "bad-txns-inputs-missingorspent", ends: true, check: coins_exist },
        Rule { name: "bad-txns-premature-spend-of-coinbase", ends: false, check: coins_are_mature },
        Rule { name: "bad-txns-inputvalues-outofrange", ends: true, check: values_in_range },
        Rule { name: "bad-txns-in-belowout", ends: false, check: pays_no_more_than_it_spends },
        Rule { name: "bad-txns-nonfinal", ends: false, check: relative_locks_are_over },
    ]
}

fn script_rules<'a>() -> [Rule<InputContext<'a>, InputError>; 1] {
    [Rule { name: "mandatory-script-verify-flag-failed", ends: false, check: scripts_agree }]
}

/// Checks a transaction's inputs, scripts included, and tells the fee.
///
/// # Errors
/// The first rule that it breaks.
pub fn check_inputs(context: &InputContext<'_>) -> Result<Amount, InputError> {
    let fee = check_money(context)?;
    check_scripts(context)?;
    Ok(fee)
}

/// The rules of [`check_inputs`] as a list. Where a coin is missing, the list ends there.
pub fn input_checks(context: &InputContext<'_>) -> Vec<Check> {
    let mut checks = money_checks(context);
    if context.coins.iter().all(Option::is_some) {
        checks.extend(list(&script_rules(), context));
    }
    checks
}

/// The rules of [`check_money`] as a list.
pub(crate) fn money_checks(context: &InputContext<'_>) -> Vec<Check> {
    list(&money_rules(), context)
}

/// All but the scripts; tells the fee.
///
/// # Errors
/// The first rule that it breaks.
pub(crate) fn check_money(context: &InputContext<'_>) -> Result<Amount, InputError> {
    verdict(&money_rules(), context)?;
    fee_of(context)
}

/// What the coins have over the outputs.
///
/// # Errors
/// Sums out of range, or outputs larger than the coins.
pub(super) fn fee_of(context: &InputContext<'_>) -> Result<Amount, InputError> {
    let inputs = coins_value(context).ok_or(InputError::ValueOutOfRange { input: 0 })?;
    let outputs = context.transaction.output_value().ok_or(InputError::ValueOutOfRange { input: 0 })?;
    inputs.checked_sub(outputs).ok_or(InputError::BelowOutputs { inputs, outputs })
}

/// Notes how many witnesses a rule that passes says nothing of.
pub(super) fn note_unchecked(notes: &mut Notes, count: impl FnOnce() -> usize) {
    notes.fact_if("unchecked_witnesses", || Some(count()).filter(|count| *count > 0).map(|count| count.to_string()));
}

/// The scripts alone.
///
/// # Errors
/// The first input whose script fails.
pub(crate) fn check_scripts(context: &InputContext<'_>) -> Result<(), InputError> {
    verdict(&script_rules(), context)
}

/// What the scripts in a block at `height` must obey (Core `GetBlockScriptFlags`).
///
/// Of segregated witness the interpreter checks the form only and runs no witness programs. Where
/// they are in use, on regtest and later mainnet, who can spend such a coin is not known here;
/// [`unchecked_witnesses`] counts them.
pub fn script_flags(params: &Params, height: u32) -> Flags {
    let Activations { bip16, bip65, bip66, csv, segwit, .. } = params.activations;
    let mut flags = Flags::NONE;
    for (activation, flag) in [
        (bip16, Flags::P2SH),
        (bip66, Flags::DERSIG),
        (bip65, Flags::CHECKLOCKTIMEVERIFY),
        (csv, Flags::CHECKSEQUENCEVERIFY),
        (segwit, Flags::WITNESS),
        // BIP-0147 came with segregated witness; the classroom has it without.
        (if segwit.is_some() { segwit } else { bip65 }, Flags::NULLDUMMY),
    ] {
        if Activations::holds(activation, height) {
            flags |= flag;
        }
    }
    flags
}

/// How many inputs of a transaction only their witnesses could unlock, which are not run here.
pub(super) fn unchecked_witnesses(context: &InputContext<'_>) -> usize {
    if !context.flags.contains(Flags::WITNESS) {
        return 0;
    }
    let needs_execution = |(input, coin): &(usize, &Coin)| {
        let script_sig = &context.transaction.inputs[*input].script_sig;
        WitnessProgram::spent(script_sig, &coin.output.script_pubkey).is_some_and(|program| program.needs_execution())
    };
    coins(context).filter(needs_execution).count()
}

/// Runs the scripts of one input: the single place where the ledger asks the interpreter.
fn verify_input(transaction: &Transaction, input: usize, coin: &Coin, flags: Flags) -> Result<(), ScriptError> {
    let nothing = Script::default();
    let script_sig = transaction.inputs.get(input).map_or(&nothing, |input| &input.script_sig);
    let checker = TransactionChecker::new(transaction, input);
    verify_script(script_sig, &coin.output.script_pubkey, flags, &checker)
}

fn coins<'a>(context: &'a InputContext<'_>) -> impl Iterator<Item = (usize, &'a Coin)> {
    context.coins.iter().enumerate().filter_map(|(input, coin)| Some((input, coin.as_ref()?)))
}

fn coins_value(context: &InputContext<'_>) -> Option<Amount> {
    Amount::sum(coins(context).map(|(_, coin)| coin.output.value))
}

pub(super) fn coins_exist(context: &InputContext<'_>, notes: &mut Notes) -> Result<(), InputError> {
    notes.fact("inputs", || context.transaction.inputs.len().to_string());
    let missing = |input: &usize| context.coins.get(*input).is_none_or(Option::is_none);
    match (0..context.transaction.inputs.len()).find(missing) {
        Some(input) => Err(InputError::MissingOrSpent { input, outpoint: context.transaction.inputs[input].prevout }),
        None => Ok(()),
    }
}

pub(super) fn coins_are_mature(context: &InputContext<'_>, notes: &mut Notes) -> Result<(), InputError> {
    notes.fact("spend_height", || context.height.to_string());
    let maturity = context.params.coinbase_maturity;
    if coins(context).all(|(_, coin)| !coin.coinbase) {
        notes.nothing_to_check();
    }
    match coins(context).find(|(_, coin)| context.height < coin.spendable_at(maturity)) {
        Some((input, coin)) => Err(InputError::Immature {
            input,
            outpoint: context.transaction.inputs[input].prevout,
            coin_height: coin.height,
            spend_height: context.height,
            mature_at: coin.spendable_at(maturity),
        }),
        None => Ok(()),
    }
}

pub(super) fn values_in_range(context: &InputContext<'_>, notes: &mut Notes) -> Result<(), InputError> {
    let mut sum = Amount::ZERO;
    for (input, coin) in coins(context) {
        sum = sum.checked_add(coin.output.value).ok_or(InputError::ValueOutOfRange { input })?;
    }
    notes.fact("inputs", || sum.to_string());
    Ok(())
}

pub(super) fn pays_no_more_than_it_spends(context: &InputContext<'_>, notes: &mut Notes) -> Result<(), InputError> {
    let (Some(inputs), Some(outputs)) = (coins_value(context), context.transaction.output_value()) else {
        return Ok(());
    };
    notes.fact("inputs", || inputs.to_string());
    notes.fact("outputs", || outputs.to_string());
    if inputs < outputs { Err(InputError::BelowOutputs { inputs, outputs }) } else { Ok(()) }
}

pub(super) fn relative_locks_are_over(context: &InputContext<'_>, notes: &mut Notes) -> Result<(), InputError> {
    let holds = Activations::holds(context.params.activations.csv, context.height);
    let is_lock = |input: &TxIn| input.sequence & SEQUENCE_DISABLE == 0;
    let locks = context.transaction.version.cast_unsigned() >= 2 && context.transaction.inputs.iter().any(is_lock);
    if !holds || !locks {
        notes.nothing_to_check();
        return Ok(());
    }
    let (mut height, mut time) = (None, None);
    for (input, coin) in coins(context) {
        let sequence = context.transaction.inputs[input].sequence;
        if sequence & SEQUENCE_DISABLE != 0 {
            continue;
        }
        let span = sequence & SEQUENCE_MASK;
        if sequence & SEQUENCE_IS_TIME != 0 {
            let from = (context.median_time_at)(coin.height.saturating_sub(1));
            time = time.max(Some(BlockTime(from.0.saturating_add(span << SEQUENCE_TIME_SHIFT))));
        } else {
            height = height.max(Some(coin.height.saturating_add(span)));
        }
    }
    let height = height.filter(|height| context.height < *height);
    let time = time.filter(|time| context.median_time_past < *time);
    if height.is_some() || time.is_some() { Err(InputError::SequenceLocked { height, time }) } else { Ok(()) }
}

pub(super) fn scripts_agree(context: &InputContext<'_>, notes: &mut Notes) -> Result<(), InputError> {
    notes.fact("flags", || context.flags.to_string());
    note_unchecked(notes, || unchecked_witnesses(context));
    for (input, coin) in coins(context) {
        verify_input(context.transaction, input, coin, context.flags).map_err(|error| InputError::Script {
            input,
            outpoint: context.transaction.inputs[input].prevout,
            error,
        })?;
    }
    Ok(())
}
