//! A header: its proof of work, and its place behind its parent (Core `CheckBlockHeader`,
//! `ContextualCheckBlockHeader`).

use super::{Check, HeaderError, Notes, Rule, list, verdict};
use crate::ledger::params::Activations;
use crate::ledger::{BlockHash, BlockTime, Header, Params, Target, Time};

/// How far a block's time may be ahead of the local clock, in seconds (Core `MAX_FUTURE_BLOCK_TIME`).
pub const MAX_FUTURE_SECS: u32 = 2 * 60 * 60;

/// A header and all that its place in the chain says about it.
#[derive(Clone, Copy, Debug)]
pub struct HeaderContext<'a> {
    /// The header.
    pub header: &'a Header,
    /// Its hash.
    pub hash: BlockHash,
    /// The network's numbers.
    pub params: &'a Params,
    /// Its height: the parent's plus one.
    pub height: u32,
    /// The bits that its place demands.
    pub expected_bits: u32,
    /// The median time of its parent and the ten before.
    pub median_time_past: BlockTime,
    /// The time now; none when a stored header is read again, which was in time once.
    pub now: Option<Time>,
}

fn rules<'a>() -> [Rule<HeaderContext<'a>, HeaderError>; 5] {
    [
        Rule { name: "high-hash", ends: false, check: has_proof_of_work },
        Rule { name: "bad-diffbits", ends: false, check: has_expected_bits },
        Rule { name: "time-too-old", ends: false, check: is_after_median_time_past },
        Rule { name: "time-too-new", ends: false, check: is_not_from_the_future },
        Rule { name: "bad-version", ends: false, check: has_a_version_of_its_height },
    ]
}

/// Checks a header in its place.
///
/// # Errors
/// The first rule that it breaks.
pub fn check_header(context: &HeaderContext<'_>) -> Result<(), HeaderError> {
    verdict(&rules(), context)
}

/// The same rules as a list.
pub fn header_checks(context: &HeaderContext<'_>) -> Vec<Check> {
    list(&rules(), context)
}

/// Checks that a header's hash is not above the target that it names itself, and that this target
/// is none easier than the network allows (Core `CheckProofOfWork`).
///
/// # Errors
/// [`HeaderError::HighHash`].
pub fn check_proof_of_work(header: &Header, hash: BlockHash, params: &Params) -> Result<(), HeaderError> {
    let target = Target::from_bits(header.bits).filter(|target| *target <= params.limit);
    match target {
        Some(target) if target.is_met_by(&hash) => Ok(()),
        _ => Err(HeaderError::HighHash { hash, target }),
    }
}

fn has_proof_of_work(context: &HeaderContext<'_>, notes: &mut Notes) -> Result<(), HeaderError> {
    notes.fact("hash", || context.hash.to_string());
    notes.fact("target", || Target::from_bits(context.header.bits).map_or_else(String::new, |it| it.to_string()));
    check_proof_of_work(context.header, context.hash, context.params)
}

fn has_expected_bits(context: &HeaderContext<'_>, notes: &mut Notes) -> Result<(), HeaderError> {
    let (found, expected) = (context.header.bits, context.expected_bits);
    notes.fact("found", || format!("{found:08x}"));
    notes.fact("expected", || format!("{expected:08x}"));
    if found == expected { Ok(()) } else { Err(HeaderError::BadDiffBits { found, expected }) }
}

fn is_after_median_time_past(context: &HeaderContext<'_>, notes: &mut Notes) -> Result<(), HeaderError> {
    let (time, median_time_past) = (context.header.time, context.median_time_past);
    notes.fact("time", || time.0.to_string());
    notes.fact("median_time_past", || median_time_past.0.to_string());
    if time > median_time_past { Ok(()) } else { Err(HeaderError::TimeTooOld { time, median_time_past }) }
}

fn is_not_from_the_future(context: &HeaderContext<'_>, notes: &mut Notes) -> Result<(), HeaderError> {
    let Some(now) = context.now else {
        notes.nothing_to_check();
        return Ok(());
    };
    let time = context.header.time;
    let limit = BlockTime(now.to_block_time().0.saturating_add(MAX_FUTURE_SECS));
    notes.fact("time", || time.0.to_string());
    notes.fact("limit", || limit.0.to_string());
    if time <= limit { Ok(()) } else { Err(HeaderError::TimeTooNew { time, limit }) }
}

fn has_a_version_of_its_height(context: &HeaderContext<'_>, notes: &mut Notes) -> Result<(), HeaderError> {
    let HeaderContext { header: &Header { version, .. }, height, .. } = *context;
    notes.fact("version", || version.to_string());
    let Activations { bip34, bip66, bip65, .. } = context.params.activations;
    let ended_at = [(2, bip34), (3, bip66), (4, bip65)]
        .into_iter()
        .filter(|(least, _)| version < *least)
        .filter_map(|(_, from)| from.filter(|from| height >= *from))
        .min();
    ended_at.map_or(Ok(()), |ended_at| Err(HeaderError::BadVersion { version, height, ended_at }))
}
