//! What the page asks of the browser itself, apart from its node.

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// The local clock, in milliseconds since 1970.
pub fn now_ms() -> u64 {
    js_sys::Date::now() as u64
}

/// Copies a text; false if the browser refuses.
pub async fn copy_text(text: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    JsFuture::from(window.navigator().clipboard().write_text(text)).await.is_ok()
}

/// Minutes to add to UTC for local time at a moment.
pub fn utc_offset_minutes(millis: u64) -> i32 {
    let date = js_sys::Date::new(&JsValue::from_f64(millis as f64));
    -(date.get_timezone_offset() as i32)
}
