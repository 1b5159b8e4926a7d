//! The clock and the source of randomness.

use crate::ledger::Time;

/// The time of the local clock.
pub fn now() -> Time {
    Time::from_millis(js_sys::Date::now().max(0.0) as u64)
}

/// A moment for measuring spans, in milliseconds; it never runs backwards.
pub(super) fn precise_millis() -> f64 {
    let performance = super::js::property(&js_sys::global(), "performance");
    super::js::call(&performance, "now", &[]).ok().and_then(|now| now.as_f64()).unwrap_or_else(js_sys::Date::now)
}

/// Random bytes from the browser's cryptographic source.
///
/// # Errors
/// What the browser said where it has none.
pub fn random_bytes<const N: usize>() -> Result<[u8; N], String> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| format!("this browser gives no random numbers: {error}"))?;
    Ok(bytes)
}
