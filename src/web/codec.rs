//! How the threads of a tab write what they say to each other: Postcard's bytes in a `Uint8Array`.
//!
//! Page and workers are of one build, which a version in the first message proves, so names of fields need not travel.
//! What is kept or meant for others stays JSON.

use js_sys::Uint8Array;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};

/// A message as it is posted.
pub(super) fn encode<T: Serialize>(message: &T) -> JsValue {
    let bytes = postcard::to_allocvec(message).expect("plain data has a form in bytes");
    Uint8Array::from(bytes.as_slice()).into()
}

/// A message that was posted.
///
/// # Errors
/// It is no bytes, or those of something else.
pub(super) fn decode<T: DeserializeOwned>(message: &JsValue) -> Result<T, String> {
    let bytes = message.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec).ok_or_else(|| "not bytes".to_owned())?;
    postcard::from_bytes(&bytes).map_err(|error| error.to_string())
}
