//! A field for a message: what is too long to be signed is refused and not cut, and what cannot be seen in it is shown
//! beside it.

use yew::prelude::*;

use crate::api::MAX_NOTE_BYTES;
use crate::ui::parts::{Field, VisibleText, has_hidden};
use crate::ui::{Text, format, use_text};

/// From how many bytes on the room that is left is told.
const NEAR_THE_LIMIT: usize = MAX_NOTE_BYTES * 4 / 5;

/// Props of [`MessageField`].
#[derive(Properties, PartialEq)]
pub struct MessageFieldProps {
    /// Unique on the page.
    pub id: AttrValue,
    /// The label above.
    pub label: AttrValue,
    /// The message.
    pub value: AttrValue,
    /// Called with the whole message at every change.
    pub oninput: Callback<String>,
    /// What else is wrong with it.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// Lines of the field.
    #[prop_or(2)]
    pub rows: u32,
    /// It is to be signed for a note or a link, which have a limit; not so what is only checked.
    #[prop_or(false)]
    pub signs: bool,
}

/// Whether a message is short enough for a note and a link.
pub fn fits(message: &str) -> bool {
    message.len() <= MAX_NOTE_BYTES
}

/// That a message is too long, and by how much; none where it is not.
pub fn too_long(text: Text, message: &str) -> Option<String> {
    let limit = format::grouped(MAX_NOTE_BYTES as u64);
    let count = format::grouped(message.len() as u64);
    (!fits(message)).then(|| text.with(key!("keys.message.too_long"), &[("count", &count), ("limit", &limit)]))
}

/// The field.
#[component]
pub fn MessageField(props: &MessageFieldProps) -> Html {
    let text = use_text();
    let length = props.value.len();
    let refused = if props.signs { too_long(text, &props.value).map(AttrValue::from) } else { None };
    let hint = (props.signs && length >= NEAR_THE_LIMIT).then(|| {
        let counts = [format::grouped(length as u64), format::grouped(MAX_NOTE_BYTES as u64)];
        AttrValue::from(text.with(key!("keys.message.length"), &[("count", &counts[0]), ("limit", &counts[1])]))
    });
    html! {
        <div class="stack">
            <Field id={props.id.clone()} label={props.label.clone()} rows={props.rows} value={props.value.clone()}
                oninput={props.oninput.clone()} error={refused.or_else(|| props.error.clone())} {hint} />
            if has_hidden(&props.value) {
                <div class="field" data-hidden-in={props.id.clone()}>
                    <span class="label">{ text.t(key!("keys.message.hidden")) }</span>
                    <VisibleText text={props.value.clone()} />
                </div>
            }
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_refused_from_the_first_byte_too_many_on() {
        let text = Text::default();
        assert_eq!(too_long(text, &"x".repeat(1_000)), None);
        assert!(
            too_long(text, &"x".repeat(1_001)).is_some_and(|said| said.contains("1,001") && said.contains("1,000"))
        );
        assert!(fits(&"钱".repeat(333)) && !fits(&"钱".repeat(334)), "bytes are counted, not characters");
    }
}
