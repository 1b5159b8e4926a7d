//! A hash as glyph and digits.

use yew::prelude::*;

use super::CopyButton;
use crate::ui::Digest;

/// Properties of [`HashGlyph`].
#[derive(Properties, PartialEq)]
pub struct HashGlyphProps {
    /// The hash.
    pub hash: Digest,
    /// Side, in CSS pixels: a multiple of 5 keeps the cells sharp.
    #[prop_or(15)]
    pub size: u32,
}

/// The 5 by 5 picture of a hash; always beside its digits, so hidden from screen readers.
#[component]
pub fn HashGlyph(props: &HashGlyphProps) -> Html {
    let size = AttrValue::from(props.size.to_string());
    html! {
        <svg class="glyph" style={hue_style(&props.hash)} width={size.clone()} height={size} viewBox="0 0 5 5"
            shape-rendering="crispEdges" aria-hidden="true">
            <path d={props.hash.glyph_path()} />
        </svg>
    }
}

/// The `style` that gives an element the hash's hue as `--h`.
pub fn hue_style(hash: &Digest) -> AttrValue {
    AttrValue::from(format!("--h:{}", hash.hue()))
}

/// Leading zeros, and what is shown of the rest: `("00000", "2861…ac55")`.
pub fn short_digits(hex: &str) -> (&str, String) {
    let zeros = hex.len() - hex.trim_start_matches('0').len();
    // A few random zeros are no proof of work worth greying out.
    let (zeros, rest) = hex.split_at(if zeros < 3 { 0 } else { zeros.min(hex.len().saturating_sub(8)) });
    (zeros, crate::ui::format::middle_cut(rest, if zeros.is_empty() { 6 } else { 4 }, 4))
}

/// Properties of [`HashText`].
#[derive(Properties, PartialEq)]
pub struct HashTextProps {
    /// The hash.
    pub hash: Digest,
    /// All 64 digits instead of the first and last ones.
    #[prop_or(false)]
    pub full: bool,
    /// With a copy button.
    #[prop_or(false)]
    pub copy: bool,
    /// Where it links to, such as `#/block/…`.
    #[prop_or_default]
    pub href: Option<AttrValue>,
}

/// A hash: glyph, faint leading zeros and the first and last digits.
#[component]
pub fn HashText(props: &HashTextProps) -> Html {
    let hex = props.hash.hex();
    let (zeros, rest) = if props.full {
        let (zeros, _) = short_digits(&hex);
        (zeros, hex[zeros.len()..].to_owned())
    } else {
        short_digits(&hex)
    };
    let shown = html! {
        <>
            <HashGlyph hash={props.hash} />
            <code class="mono">
                if !zeros.is_empty() {
                    <span class="hash__zeros">{zeros}</span>
                }
                {rest}
            </code>
        </>
    };
    html! {
        <span class={classes!("hash", props.full.then_some("hash--full"))} title={hex.clone()}>
            if let Some(href) = &props.href {
                <a class="hash__link" {href}>{shown}</a>
            } else {
                {shown}
            }
            if props.copy {
                <CopyButton text={hex} />
            }
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_count_apart_when_they_are_work() {
        let hex = "000002861b4045fe9db809bfe4aae47a390a004d1844801b6ed9e572bd8bac55";
        assert_eq!(short_digits(hex), ("00000", "2861…ac55".to_owned()));
        let hex = "7df9a10bf39819f30f43b7836ccb2b624439997041e6025f5a457407ac078e5a";
        assert_eq!(short_digits(hex), ("", "7df9a1…8e5a".to_owned()));
        assert_eq!(short_digits(&"0".repeat(64)).0.len(), 56);
    }
}
