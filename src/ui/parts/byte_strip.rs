//! Bytes as named fields: label, bytes, meaning.

use yew::prelude::*;

use super::hash_text::hue_style;
use crate::api::ByteRun;
use crate::ui::{Digest, format, use_text};

/// How a field is tinted.
fn tint(field: &str) -> &'static str {
    match last_step(field) {
        "nonce" | "command" | "hash_type" | "sighash" => "vary",
        "value" | "amount" => "amount",
        "script_sig" | "signature" | "sig" | "r" => "r",
        "script_pubkey" | "script_code" | "s" => "s",
        "pubkey" | "public_key" => "key",
        _ => "plain",
    }
}

/// The last step of a path of fields: `sequence` of `inputs[0].sequence`.
fn last_step(field: &str) -> &str {
    field.rsplit('.').next().unwrap_or(field)
}

/// The hash a field's 32 bytes hold, if they do.
fn hash_of(run: &ByteRun) -> Option<Digest> {
    let named = ["hash", "root", "txid", "block"].iter().any(|part| run.field.contains(part));
    if !named || run.hex.len() != 64 {
        return None;
    }
    let bytes: [u8; 32] = crate::ledger::from_hex(&run.hex).ok()?.try_into().ok()?;
    Some(crate::ledger::BlockHash::from_bytes(bytes).into())
}

/// Properties of [`ByteStrip`].
#[derive(Properties, PartialEq)]
pub struct ByteStripProps {
    /// The fields, in wire order.
    pub runs: Vec<ByteRun>,
    /// What the bytes are, for screen readers.
    pub label: AttrValue,
}

/// Bytes in wire order; each field is one text to select and copy.
#[component]
pub fn ByteStrip(props: &ByteStripProps) -> Html {
    let text = use_text();
    html! {
        <ol class="bytes" aria-label={props.label.clone()}>
            {for props.runs.iter().enumerate().map(|(index, run)| {
                let hash = hash_of(run);
                let count = (run.hex.len() / 2) as u64;
                html! {
                    <li class="bytes__field" key={index} data-field={tint(&run.field)} data-name={run.field.clone()}
                        data-hash={hash.map(|_| "true")}
                        style={hash.map(|hash| hue_style(&hash))}>
                        <span class="bytes__label"><b>{text.field(&run.field)}</b><span>{text.count(plural!("common.bytes"), count)}</span></span>
                        <code class="bytes__run">{format::spaced_hex(&run.hex)}</code>
                        if !run.value.is_empty() {
                            <span class="bytes__value">{run.value.clone()}</span>
                        }
                    </li>
                }
            })}
        </ol>
    }
}
