//! The hashed bytes as buttons, field by field: one tab stop, arrow keys between them.

use std::rc::Rc;

use yew::prelude::*;

use super::reading::reading;
use crate::keys::signed_input::HashedField;
use crate::ledger::Params;
use crate::ui::use_text;
use crate::web::page;

/// Props of [`HashedBytes`].
#[derive(Properties, PartialEq)]
pub struct HashedBytesProps {
    /// The fields, in order; their lengths add up to that of the bytes.
    pub fields: Vec<HashedField>,
    /// The bytes as they are now.
    pub bytes: Vec<u8>,
    /// The bytes as they were signed.
    pub original: Vec<u8>,
    /// The rules of the network, for addresses.
    pub params: Rc<Params>,
    /// The byte at this place is to be changed, or changed back.
    pub on_flip: Callback<usize>,
}

/// The strip.
#[component]
pub fn HashedBytes(props: &HashedBytesProps) -> Html {
    let text = use_text();
    let focus = use_state_eq(|| 0usize);
    let root = use_node_ref();
    let lengths: Vec<usize> = props.fields.iter().map(|field| field.bytes.len()).collect();
    // Another input or hash type may have fewer bytes.
    let stop = (*focus).min(props.bytes.len().saturating_sub(1));
    let onkeydown = {
        let (focus, root) = (focus.setter(), root.clone());
        Callback::from(move |event: KeyboardEvent| {
            let Some(next) = moved(&lengths, stop, &event.key()) else { return };
            event.prevent_default();
            focus.set(next);
            page::focus_within(root.cast(), &format!("[data-place=\"{next}\"]"));
        })
    };
    let press = |place: usize| {
        let (focus, on_flip) = (focus.setter(), props.on_flip.clone());
        Callback::from(move |_: MouseEvent| {
            focus.set(place);
            on_flip.emit(place);
        })
    };
    let mut start = 0;
    html! {
        <ol class="hashed" ref={root} {onkeydown}>
            { for props.fields.iter().enumerate().map(|(number, field)| {
                let from = start;
                start += field.bytes.len();
                let says = says(field, props.bytes.get(from..start).unwrap_or_default(), &props.params);
                let name = match field.index {
                    Some(index) => format!("{} {index}", text.field(field.name)),
                    None => text.field(field.name),
                };
                html! {
                    <li key={number} class="hashed__field" data-hashed={field.name} data-group={group(field.name)}>
                        <span class="label">{ name.clone() }</span>
                        <span class="hashed__bytes">{ for (from..start).filter_map(|place| {
                            let byte = props.bytes.get(place)?;
                            let changed = props.original.get(place) != Some(byte);
                            Some(html! {
                                <button type="button" key={place} data-place={place.to_string()} data-state={changed.then_some("changed")}
                                    aria-pressed={changed.to_string()} aria-label={format!("{name} {}: {byte:02x}", place - from)}
                                    tabindex={if place == stop { "0" } else { "-1" }} onclick={press(place)}>{ format!("{byte:02x}") }</button>
                            })
                        }) }</span>
                        if let Some((was, is)) = says {
                            <span class="hashed__says num" data-says={is.clone().or_else(|| was.clone())}>
                                { match (was, is) {
                                    (Some(was), Some(is)) if was != is => html! { <><s>{ was }</s>{ " → " }<b>{ is }</b></> },
                                    (Some(was), None) => html! { <><s>{ was }</s>{ " → " }<b>{ "?" }</b></> },
                                    (was, is) => html! { is.or(was).unwrap_or_default() },
                                } }
                            </span>
                        }
                    </li>
                }
            }) }
        </ol>
    }
}

/// What a field said and what it says now; none where neither has words.
fn says(field: &HashedField, bytes: &[u8], params: &Params) -> Option<(Option<String>, Option<String>)> {
    let (was, is) = (reading(field.name, &field.bytes, params), reading(field.name, bytes, params));
    (was.is_some() || is.is_some()).then_some((was, is))
}

/// Where the focus goes from the byte at `place` when `key` is pressed; `None` for other keys.
///
/// Left and right go by bytes, up and down by fields of these lengths, Home and End to the ends.
fn moved(lengths: &[usize], place: usize, key: &str) -> Option<usize> {
    let last = lengths.iter().sum::<usize>().checked_sub(1)?;
    let starts = lengths.iter().scan(0, |start, length| {
        let field = *start;
        *start += length;
        Some(field)
    });
    let next = match key {
        "ArrowLeft" => place.saturating_sub(1),
        "ArrowRight" => place + 1,
        "ArrowUp" => starts.take_while(|start| *start < place).last().unwrap_or_default(),
        "ArrowDown" => starts.into_iter().find(|start| *start > place).unwrap_or(place),
        "Home" => 0,
        "End" => last,
        _ => return None,
    };
    Some(next.min(last))
}

/// The colour of a field.
fn group(name: &str) -> &'static str {
    match name {
        "prevout" | "sequence" => "input",
        "script_code" => "script",
        "amount" => "amount",
        "script_pubkey" => "output",
        "hash_type" => "type",
        _ => "plain",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_go_by_bytes_and_by_fields_and_stop_at_the_ends() {
        let lengths = [4, 1, 36, 4];
        for (place, key, expected) in [
            (0, "ArrowLeft", 0),
            (0, "ArrowRight", 1),
            (0, "ArrowDown", 4),
            (4, "ArrowDown", 5),
            (20, "ArrowUp", 5),
            (5, "ArrowUp", 4),
            (0, "ArrowUp", 0),
            (42, "ArrowDown", 42),
            (44, "ArrowRight", 44),
            (20, "Home", 0),
            (20, "End", 44),
        ] {
            assert_eq!(moved(&lengths, place, key), Some(expected), "{key} at {place}");
        }
        assert_eq!(moved(&lengths, 3, "Enter"), None);
        assert_eq!(moved(&[], 0, "End"), None);
    }
}
