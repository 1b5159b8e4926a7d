//! 256 bits as a 16 by 16 grid to toggle: where a key press leads, and the grid itself.
//!
//! Bits are numbered as they are read: bit 0 is the highest of the first byte, top left.

use yew::prelude::*;

use crate::ledger::to_hex;
use crate::web::page;

/// Bits in a row, and rows.
pub const SIDE: usize = 16;

/// Whether bit `index` is set.
pub fn bit(bytes: &[u8; 32], index: usize) -> bool {
    bytes.get(index / 8).is_some_and(|byte| byte >> (7 - index % 8) & 1 == 1)
}

/// The same bytes with bit `index` flipped.
pub fn flipped(bytes: &[u8; 32], index: usize) -> [u8; 32] {
    let mut bytes = *bytes;
    if let Some(byte) = bytes.get_mut(index / 8) {
        *byte ^= 1 << (7 - index % 8);
    }
    bytes
}

/// How many bits are set.
pub fn set_count(bytes: &[u8]) -> u32 {
    bytes.iter().map(|byte| byte.count_ones()).sum()
}

/// A row's four hexadecimal digits.
pub fn row_hex(bytes: &[u8; 32], row: usize) -> String {
    bytes.get(row * 2..row * 2 + 2).map(to_hex).unwrap_or_default()
}

/// Where the focus goes from bit `index` when `key` is pressed; `None` for other keys.
///
/// Arrows stop at the edges, Home and End go to the row's ends, with Ctrl to the grid's.
pub fn moved(index: usize, key: &str, ctrl: bool) -> Option<usize> {
    let (row, column) = (index / SIDE, index % SIDE);
    let (row, column) = match key {
        "ArrowLeft" => (row, column.saturating_sub(1)),
        "ArrowRight" => (row, (column + 1).min(SIDE - 1)),
        "ArrowUp" => (row.saturating_sub(1), column),
        "ArrowDown" => ((row + 1).min(SIDE - 1), column),
        "Home" if ctrl => (0, 0),
        "End" if ctrl => (SIDE - 1, SIDE - 1),
        "Home" => (row, 0),
        "End" => (row, SIDE - 1),
        _ => return None,
    };
    Some(row * SIDE + column)
}

/// Props of [`BitGrid`].
#[derive(Properties, PartialEq)]
pub struct BitGridProps {
    /// The bits.
    pub bytes: [u8; 32],
    /// Bits that are drawn as just changed against these, if given.
    #[prop_or_default]
    pub before: Option<[u8; 32]>,
    /// What the grid is, in one sentence.
    pub label: AttrValue,
    /// The word over the hexadecimal column.
    pub hex_label: AttrValue,
    /// Said before a bit's number: "bit".
    pub bit_label: AttrValue,
    /// Said over the opened row on phones; the row's number follows.
    pub row_label: AttrValue,
    /// A bit was toggled: the new bytes.
    pub on_change: Callback<[u8; 32]>,
    /// Draw no bits, only their frame.
    #[prop_or_default]
    pub hidden: bool,
}

/// The bits as buttons, one tab stop, arrow keys between them. In a narrow place, where a cell is
/// too small to be tapped, a tap selects the row, which opens below as 16 large keys.
#[component]
pub fn BitGrid(props: &BitGridProps) -> Html {
    let focus = use_state_eq(|| 0usize);
    let row_open = use_state_eq(|| 0usize);
    let root = use_node_ref();
    let BitGridProps { bytes, before, hidden, .. } = props;

    let toggle = |index: usize| {
        let (on_change, bytes, focus) = (props.on_change.clone(), *bytes, focus.clone());
        Callback::from(move |_: MouseEvent| {
            focus.set(index);
            on_change.emit(flipped(&bytes, index));
        })
    };
    let onkeydown = {
        let (focus, root) = (focus.clone(), root.clone());
        Callback::from(move |event: KeyboardEvent| {
            let Some(next) = moved(*focus, &event.key(), event.ctrl_key()) else { return };
            event.prevent_default();
            focus.set(next);
            page::focus_within(root.cast(), &format!("[data-bit=\"{next}\"]"));
        })
    };
    let key = |index: usize, class: &'static str, tab: bool| {
        let on = bit(bytes, index) && !hidden;
        let changed = !hidden && before.as_ref().is_some_and(|before| bit(before, index) != bit(bytes, index));
        html! {
            <button type="button" class={class} data-bit={tab.then(|| index.to_string())}
                data-changed={changed.then_some("true")} disabled={*hidden}
                aria-pressed={if on { "true" } else { "false" }} aria-label={format!("{} {}", props.bit_label, 255 - index)}
                tabindex={if tab && index != *focus { "-1" } else { "0" }} onclick={toggle(index)} />
        }
    };
    let rows = (0..SIDE).map(|row| {
        let open = {
            let row_open = row_open.clone();
            Callback::from(move |_: MouseEvent| row_open.set(row))
        };
        let cells = (0..SIDE).map(|column| {
            html! { <span role="gridcell" class="bits__cell">{ key(row * SIDE + column, "bits__bit", true) }</span> }
        });
        html! {
            <div role="row" class="bits__row" onclick={open} data-open={(row == *row_open).then_some("true")}>
                { for cells }
                <code role="rowheader" class="bits__hex">{ if *hidden { "••••".to_owned() } else { row_hex(bytes, row) } }</code>
            </div>
        }
    });
    let large = (0..SIDE).map(|column| key(*row_open * SIDE + column, "bits__key", false));
    html! {
        <div class="bits" data-hidden={hidden.then_some("true")}>
            <div class="bits__head" aria-hidden="true">{ &props.hex_label }</div>
            <div class="bits__grid" role="grid" aria-label={props.label.clone()} ref={root} {onkeydown}>{ for rows }</div>
            <div class="bits__open" role="group" aria-label={format!("{} {}", props.row_label, *row_open + 1)}>
                <p class="xs muted">{ format!("{} {}", props.row_label, *row_open + 1) }
                    <code class="mono">{ if *hidden { String::new() } else { row_hex(bytes, *row_open) } }</code></p>
                <div class="bits__keys">{ for large }</div>
            </div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bit_is_the_highest_of_the_first_byte() {
        let mut bytes = [0; 32];
        bytes[0] = 0x80;
        bytes[31] = 1;
        assert!(bit(&bytes, 0) && bit(&bytes, 255) && !bit(&bytes, 1) && !bit(&bytes, 999));
        assert_eq!(row_hex(&bytes, 0), "8000");
        assert_eq!(row_hex(&bytes, 15), "0001");
        assert_eq!(row_hex(&bytes, 16), "");
    }

    #[test]
    fn flipping_a_bit_twice_changes_nothing() {
        let bytes = [0x5a; 32];
        for index in 0..256 {
            let once = flipped(&bytes, index);
            assert_ne!(once, bytes);
            assert_eq!(bit(&once, index), !bit(&bytes, index));
            assert_eq!(flipped(&once, index), bytes);
        }
        assert_eq!(set_count(&bytes), 128);
    }

    #[test]
    fn arrows_stop_at_the_edges() {
        let cases = [
            (0, "ArrowLeft", false, Some(0)),
            (0, "ArrowUp", false, Some(0)),
            (0, "ArrowRight", false, Some(1)),
            (0, "ArrowDown", false, Some(16)),
            (255, "ArrowDown", false, Some(255)),
            (255, "ArrowRight", false, Some(255)),
            (37, "Home", false, Some(32)),
            (37, "End", false, Some(47)),
            (37, "Home", true, Some(0)),
            (37, "End", true, Some(255)),
            (37, "x", false, None),
        ];
        for (from, key, ctrl, to) in cases {
            assert_eq!(moved(from, key, ctrl), to, "{from} {key}");
        }
    }
}
