//! An address, cut in the middle or whole.

use yew::prelude::*;

use super::CopyButton;
use super::hash_text::HashGlyph;
use crate::ui::{Digest, format, use_text};

/// Properties of [`AddressText`].
#[derive(Properties, PartialEq)]
pub struct AddressTextProps {
    /// The address.
    pub address: AttrValue,
    /// Whole instead of cut in the middle.
    #[prop_or(false)]
    pub full: bool,
    /// With a copy button.
    #[prop_or(false)]
    pub copy: bool,
    /// Whether this wallet holds its key.
    #[prop_or(false)]
    pub mine: bool,
}

/// An address with a glyph of its own, so that the same one is seen to be the same.
#[component]
pub fn AddressText(props: &AddressTextProps) -> Html {
    let text = use_text();
    let shown = if props.full { props.address.to_string() } else { format::middle_cut(&props.address, 6, 4) };
    html! {
        <span class={classes!("hash", "address", props.full.then_some("hash--full"))} title={props.address.clone()}>
            <HashGlyph hash={Digest::of_text(&props.address)} />
            <code class="mono">{shown}</code>
            if props.mine {
                <span class="tag" data-kind="accent">{text.t(key!("common.yours"))}</span>
            }
            if props.copy {
                <CopyButton text={props.address.clone()} />
            }
        </span>
    }
}
