//! Which numbers are keys: 1 to n − 1, and what happens at the ends.

use yew::prelude::*;

use crate::ledger::to_hex;
use crate::ui::format;
use crate::ui::parts::{Button, Panel};
use crate::ui::use_text;
use crate::wallet::typed_key::{CURVE_ORDER, to_decimal};

/// Props of [`RangeCard`].
#[derive(Properties, PartialEq)]
pub struct RangeCardProps {
    /// The number on screen.
    pub bytes: [u8; 32],
    /// Another number.
    pub on_key: Callback<[u8; 32]>,
}

/// n and a small distance from it; only its last byte changes.
fn near_order(down: u8) -> [u8; 32] {
    let mut bytes = CURVE_ORDER;
    if let Some(last) = bytes.last_mut() {
        *last = last.saturating_sub(down);
    }
    bytes
}

fn small(value: u8) -> [u8; 32] {
    let mut bytes = [0; 32];
    if let Some(last) = bytes.last_mut() {
        *last = value;
    }
    bytes
}

/// The card.
#[component]
pub fn RangeCard(props: &RangeCardProps) -> Html {
    let text = use_text();
    let ends: [(&'static str, [u8; 32]); 5] =
        [("0", small(0)), ("1", small(1)), ("n − 1", near_order(1)), ("n", CURVE_ORDER), ("2²⁵⁶ − 1", [0xff; 32])];
    html! {
        <Panel name="number-range" title={text.t("keys.number.range")} subtitle={text.t("keys.number.range_sub")}>
            <div class="stack stack--2">
                <p class="label">{ "n" }</p>
                <code class="run keytext">{ format::spaced_hex(&to_hex(&CURVE_ORDER)) }</code>
                <code class="run keytext">{ to_decimal(&CURVE_ORDER) }</code>
                <p class="xs muted">{ text.t("keys.number.range_why") }</p>
                <div class="row row--wrap" role="group" aria-label={text.t("keys.number.try")}>
                    <span class="label">{ text.t("keys.number.try") }</span>
                    { for ends.into_iter().enumerate().map(|(index, (name, bytes))| html! {
                        <Button key={name} small={true} pressed={bytes == props.bytes} action={format!("end-{index}")}
                            onclick={props.on_key.reform(move |_| bytes)}>{ name }</Button>
                    }) }
                </div>
            </div>
        </Panel>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wallet::{KeyError, PrivateKey};

    #[test]
    fn the_ends_are_where_keys_begin_and_end() {
        let found = |bytes: [u8; 32]| PrivateKey::from_bytes(&bytes).map(|_| ());
        assert_eq!(found(small(0)), Err(KeyError::Zero));
        assert_eq!(found(small(1)), Ok(()));
        assert_eq!(found(near_order(1)), Ok(()));
        assert_eq!(found(near_order(0)), Err(KeyError::TooLarge));
    }
}
