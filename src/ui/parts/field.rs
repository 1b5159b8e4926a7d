//! A labelled text field with its hint and its error.

use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::mark::{Mark, MarkKind};

/// Properties of [`Field`].
#[derive(Properties, PartialEq)]
pub struct FieldProps {
    /// Unique on the page; also the input's `name`.
    pub id: AttrValue,
    /// The label above.
    pub label: AttrValue,
    /// The text in it.
    pub value: AttrValue,
    /// Called with the whole text at every change.
    pub oninput: Callback<String>,
    /// What is wrong with the text.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// What the text means, or how to write it.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// Shown while empty.
    #[prop_or_default]
    pub placeholder: AttrValue,
    /// Fixed-width letters, for keys, addresses and bytes.
    #[prop_or(false)]
    pub mono: bool,
    /// More than one makes it a text area of so many lines.
    #[prop_or(1)]
    pub rows: u32,
    /// The input's type: `text`, `search`, `password`.
    #[prop_or(AttrValue::Static("text"))]
    pub kind: AttrValue,
    /// Which keyboard a phone shows: `decimal`, `numeric`.
    #[prop_or_default]
    pub inputmode: Option<AttrValue>,
    /// Right of the text: a unit or a small button.
    #[prop_or_default]
    pub suffix: Html,
    /// It can't be changed now.
    #[prop_or(false)]
    pub disabled: bool,
    /// It can be read and copied, not changed.
    #[prop_or(false)]
    pub readonly: bool,
    /// Called when Enter is pressed in a one-line field.
    #[prop_or_default]
    pub onenter: Option<Callback<()>>,
}

/// A field; an error is announced, tied to the input, and shown under it.
#[component]
pub fn Field(props: &FieldProps) -> Html {
    let error_id = format!("{}-error", props.id);
    let hint_id = format!("{}-hint", props.id);
    let described =
        if props.error.is_some() { Some(error_id.clone()) } else { props.hint.as_ref().map(|_| hint_id.clone()) };
    let invalid = props.error.is_some().then_some("true");
    let class = classes!("input__box", props.mono.then_some("input--mono"));
    let onkeydown = props.onenter.clone().map(|onenter| {
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Enter" && !event.is_composing() {
                event.prevent_default();
                onenter.emit(());
            }
        })
    });
    let input = if props.rows > 1 {
        let oninput =
            props.oninput.reform(|event: InputEvent| event.target_unchecked_into::<HtmlTextAreaElement>().value());
        html! {
            <textarea id={props.id.clone()} name={props.id.clone()} {class} value={props.value.clone()} {oninput}
                rows={props.rows.to_string()} placeholder={props.placeholder.clone()} disabled={props.disabled}
                readonly={props.readonly} aria-invalid={invalid} aria-describedby={described} autocomplete="off"
                spellcheck="false" />
        }
    } else {
        let oninput =
            props.oninput.reform(|event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value());
        html! {
            <input id={props.id.clone()} name={props.id.clone()} type={props.kind.clone()} {class}
                value={props.value.clone()} {oninput} {onkeydown} placeholder={props.placeholder.clone()}
                disabled={props.disabled} readonly={props.readonly} inputmode={props.inputmode.clone()}
                aria-invalid={invalid} aria-describedby={described} autocomplete="off" autocapitalize="off"
                spellcheck="false" />
        }
    };
    html! {
        <div class="field" data-field={props.id.clone()} data-state={props.error.as_ref().map(|_| "invalid")}>
            <label class="label" for={props.id.clone()}>{props.label.clone()}</label>
            <div class={classes!("input", (props.rows > 1).then_some("input--area"), invalid.and(Some("is-bad")))}>
                {input}
                {props.suffix.clone()}
            </div>
            <div role="alert" class="field__alert">
                if let Some(error) = &props.error {
                    <p class="fielderr" id={error_id}><Mark kind={MarkKind::Bad} size={15} /><span>{error.clone()}</span></p>
                }
            </div>
            if props.error.is_none() {
                if let Some(hint) = &props.hint {
                    <p class="field__hint" id={hint_id}>{hint.clone()}</p>
                }
            }
        </div>
    }
}
