//! The miner.

use super::chain::attempt;
use super::node::rounded;
use crate::api::{ForecastView, FoundBlock, HandHeader, MinerView};
use crate::ledger::{BlockIndex, Encodable, Network, Target, difficulty, to_hex};
use crate::session::state::{State, zero_bits};

/// Intervals between blocks shown.
const INTERVALS: u32 = 20;

/// Shows what is mined here, how hard it is, and what was found.
pub(in crate::session) fn miner(state: &State) -> MinerView {
    let chain = state.chain();
    let params = chain.params();
    let next = chain.height() + 1;
    let stats = state.mining.stats(state.now);
    // What is being tried, or what a block made now would take.
    let tried = stats.header.filter(|_| state.is_mining());
    let bits = tried.map_or_else(|| state.next_bits(), |header| header.bits);
    let target = Target::from_bits(bits);
    MinerView {
        mode: state.mining.mode(),
        power: state.settings.power,
        threads: state.settings.threads,
        can_mine: params.network != Network::Mainnet,
        hash_rate: rounded(state.hash_rate()),
        rate_history: stats.rate_history.clone(),
        height: next,
        header_hex: stats.header.map(|header| to_hex(&header.to_bytes())).unwrap_or_default(),
        target: target.map(|target| to_hex(&target.as_be_bytes())).unwrap_or_default(),
        bits,
        zero_bits: zero_bits(bits),
        easy: state.easy_block().filter(|_| bits == params.limit_bits),
        difficulty: difficulty(bits),
        expected_hashes: target.map_or(0.0, |target| target.work().to_f64()),
        attempt: attempt(state),
        histogram: stats.histogram.clone(),
        reward: state.next_reward(&state.next_payments()),
        payments: if stats.header.is_some() { stats.payments } else { state.next_payments().len() },
        found: state
            .found
            .iter()
            .map(|found| FoundBlock { active: chain.is_active(&found.hash), ..found.clone() })
            .collect(),
        found_count: state.found_count,
        intervals: intervals(state),
        spacing: params.spacing_secs,
        retarget: params.retarget_interval.map(|interval| (next.next_multiple_of(interval), interval)),
        forecast: forecast(state),
        hand: hand_header(state),
    }
}

fn forecast(state: &State) -> Option<ForecastView> {
    let forecast = state.chain().retarget_forecast()?;
    Some(ForecastView {
        height: forecast.height,
        factor: difficulty(forecast.bits) / difficulty(forecast.base_bits),
        zero_bits: zero_bits(forecast.bits),
        is_settled: forecast.is_settled,
    })
}

fn intervals(state: &State) -> Vec<(u32, i64)> {
    let chain = state.chain();
    let first = chain.height().saturating_sub(INTERVALS - 1).max(1);
    (first..=chain.height())
        .filter_map(|height| {
            let this = chain.index(&chain.active_hash(height)?)?;
            let before = chain.index(&this.header.prev_block_hash)?;
            let seconds = seconds_of(this) - seconds_of(before);
            // The genesis block is years older than the room.
            (height > 1).then_some((height, seconds))
        })
        .collect()
}

/// Returns a header's time in seconds.
fn seconds_of(index: &BlockIndex) -> i64 {
    i64::from(index.header.time.0)
}

/// Shows the header to try nonces on by hand.
fn hand_header(state: &State) -> Option<HandHeader> {
    let template = state.by_hand.in_use()?;
    let bits = template.header().bits;
    Some(HandHeader {
        height: template.height(),
        header_hex: to_hex(&template.header().to_bytes()),
        target: to_hex(&template.target()),
        zero_bits: zero_bits(bits),
        expected_hashes: Target::from_bits(bits).map_or(0.0, |target| target.work().to_f64()),
        payments: template.payments().len(),
        reward: template.reward(),
    })
}
