//! The miner.

use super::chain::{attempt, next_payments, next_reward, time_of, zero_bits};
use super::node::{mining_state, rounded};
use crate::api::{ForecastView, FoundBlock, MinerView};
use crate::ledger::{Encodable, Network, Target, difficulty, to_hex};
use crate::session::tab::Session;

/// Intervals between blocks shown.
const INTERVALS: u32 = 20;

pub(in crate::session) fn miner(session: &Session) -> MinerView {
    let chain = session.chain();
    let params = chain.params();
    let next = chain.height() + 1;
    let stats = session.mining.stats(session.now);
    // What is being tried, or what a block made now would take.
    let tried = stats.header.filter(|_| session.is_mining());
    let bits = tried.map_or_else(|| session.next_bits(), |header| header.bits);
    let target = Target::from_bits(bits);
    MinerView {
        mode: mining_state(session),
        power: session.settings.power,
        threads: session.settings.threads,
        can_mine: params.network != Network::Mainnet,
        hash_rate: rounded(session.hash_rate()),
        rate_history: stats.rate_history.clone(),
        height: next,
        header_hex: stats.header.map(|header| to_hex(&header.to_bytes())).unwrap_or_default(),
        target: target.map(|target| to_hex(&target.as_be_bytes())).unwrap_or_default(),
        bits,
        zero_bits: zero_bits(bits),
        easy: session.easy_block().filter(|_| bits == params.limit_bits),
        difficulty: difficulty(bits),
        expected_hashes: target.map_or(0.0, |target| target.work().to_f64()),
        attempt: attempt(session),
        histogram: stats.histogram.clone(),
        reward: next_reward(session),
        payments: if stats.header.is_some() { stats.payments } else { next_payments(session).len() },
        found: session
            .found
            .iter()
            .map(|found| FoundBlock { active: chain.is_active(&found.hash), ..found.clone() })
            .collect(),
        found_count: session.found_count,
        intervals: intervals(session),
        spacing: params.spacing_secs,
        retarget: params.retarget_interval.map(|interval| (next.next_multiple_of(interval), interval)),
        forecast: forecast(session),
        hand: session.hand_header(),
    }
}

fn forecast(session: &Session) -> Option<ForecastView> {
    let forecast = session.chain().retarget_forecast()?;
    Some(ForecastView {
        height: forecast.height,
        factor: difficulty(forecast.bits) / difficulty(forecast.base_bits),
        zero_bits: zero_bits(forecast.bits),
        is_settled: forecast.is_settled,
    })
}

fn intervals(session: &Session) -> Vec<(u32, i64)> {
    let chain = session.chain();
    let first = chain.height().saturating_sub(INTERVALS - 1).max(1);
    (first..=chain.height())
        .filter_map(|height| {
            let this = chain.index(&chain.active_hash(height)?)?;
            let before = chain.index(&this.header.prev_block_hash)?;
            let seconds = time_of(this).millis as i64 / 1000 - time_of(before).millis as i64 / 1000;
            // The genesis block is years older than the room.
            (height > 1).then_some((height, seconds))
        })
        .collect()
}
