//! An address, cut in the middle or whole.

use yew::prelude::*;

use super::CopyButton;
use super::hash_text::hash_glyph;
use crate::ui::{Digest, Text, format, use_text};

/// Properties of [`AddressText`].
#[derive(Clone, Default, Properties, PartialEq)]
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
pub fn address_text(text: Text, props: AddressTextProps) -> Html {
    let shown = if props.full { props.address.to_string() } else { format::middle_cut(&props.address, 6, 4) };
    html! {
        <span class={classes!("hash", "address", props.full.then_some("hash--full"))} title={props.address.clone()}>
            {hash_glyph(Digest::of_text(&props.address), 15)}
            <code class="mono">{shown}</code>
            if props.mine {
                <span class="tag" data-kind="accent">{text.t("common.yours")}</span>
            }
            if props.copy {
                <CopyButton text={props.address} />
            }
        </span>
    }
}

/// An address cut in the middle, with its glyph alone.
pub fn plain_address(text: Text, address: impl Into<AttrValue>) -> Html {
    address_text(text, AddressTextProps { address: address.into(), ..AddressTextProps::default() })
}

/// [`address_text`] as a component.
#[component]
pub fn AddressText(props: &AddressTextProps) -> Html {
    address_text(use_text(), props.clone())
}
