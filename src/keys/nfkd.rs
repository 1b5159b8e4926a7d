//! Unicode's form NFKD, in which BIP-0039 hashes words and passphrases.

/// A text in form NFKD: however a keyboard wrote its letters, it is the same bytes.
///
/// A browser has the tables for this already, which would be a tenth of what the node's module takes to load;
/// elsewhere the crate `unicode-normalization` has them. `tests/browser.rs` holds the two together.
pub fn nfkd(text: &str) -> String {
    #[cfg(target_arch = "wasm32")]
    {
        js_sys::JsString::from(text).normalize("NFKD").into()
    }
    #[cfg(not(target_arch = "wasm32"))]
    {
        unicode_normalization::UnicodeNormalization::nfkd(text).collect()
    }
}
