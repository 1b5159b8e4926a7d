//! A key that is typed: decimal, hexadecimal or WIF.

use std::rc::Rc;

use yew::prelude::*;

use super::number_error;
use super::source::{Filled, Source};
use crate::keys::PrivateKey;
use crate::ledger::{Params, to_hex};
use crate::lessons::key_number::{CURVE_ORDER, KeyForm, KeyNumberError, recognised, to_decimal, typed_key};
use crate::ui::parts::{Button, ButtonKind, Field, Segmented};
use crate::ui::{Key, use_text};

/// Props of [`TypedCard`].
#[derive(Properties, PartialEq)]
pub struct TypedCardProps {
    /// The network: WIF begins with its byte.
    pub params: Rc<Params>,
    /// The bits are now these.
    pub on_fill: Callback<Filled>,
}

/// The forms to choose from; none is the one that is recognised.
const FORMS: [(&str, Key, Option<KeyForm>); 4] = [
    ("auto", key!("keys.number.typed.auto"), None),
    ("decimal", key!("keys.number.typed.decimal"), Some(KeyForm::Decimal)),
    ("hex", key!("keys.number.typed.hex"), Some(KeyForm::Hex)),
    ("wif", key!("keys.number.typed.wif"), Some(KeyForm::Wif)),
];

/// The form a text was read in, and the key or why it is none.
fn read(
    value: &str,
    chosen: Option<KeyForm>,
    params: &Params,
) -> (Option<KeyForm>, Result<PrivateKey, KeyNumberError>) {
    match chosen.or_else(|| recognised(value)) {
        Some(form) => (Some(form), typed_key(value, form, params)),
        None => (None, Err(KeyNumberError::NoForm)),
    }
}

/// Numbers at the edges of the range: name, and how it is typed.
pub fn edges() -> [(&'static str, String); 6] {
    let mut before = CURVE_ORDER;
    let mut after = CURVE_ORDER;
    // n ends in 41: neither carries.
    if let Some(last) = before.last_mut() {
        *last -= 1;
    }
    if let Some(last) = after.last_mut() {
        *last += 1;
    }
    [
        ("0", "0".to_owned()),
        ("1", "1".to_owned()),
        ("n−1", to_decimal(&before)),
        ("n", to_decimal(&CURVE_ORDER)),
        ("n+1", ["0x", &to_hex(&after)].concat()),
        ("2²⁵⁶", ["0x1", &"0".repeat(64)].concat()),
    ]
}

/// The card.
#[component]
pub fn TypedCard(props: &TypedCardProps) -> Html {
    let text = use_text();
    let value = use_state_eq(String::new);
    let chosen = use_state_eq(|| "auto");
    let form_of = |name: &str| FORMS.iter().find(|(known, ..)| *known == name).and_then(|(.., form)| *form);
    let fill = {
        let (on_fill, params) = (props.on_fill.clone(), props.params.clone());
        move |value: &str, form: Option<KeyForm>| {
            if let (_, Ok(key)) = read(value, form, &params) {
                on_fill.emit(Filled { source: Source::Typed, bits: (&key).into() });
            }
        }
    };
    let oninput = {
        let (value, chosen, fill) = (value.clone(), chosen.clone(), fill.clone());
        Callback::from(move |next: String| {
            fill(&next, form_of(&chosen));
            value.set(next);
        })
    };
    let onchange = {
        let (value, chosen, fill) = (value.clone(), chosen.clone(), fill.clone());
        Callback::from(move |name: AttrValue| {
            if let Some((known, _, form)) = FORMS.iter().find(|(known, ..)| *known == name.as_str()) {
                fill(&value, *form);
                chosen.set(known);
            }
        })
    };
    let example = |typed: String| {
        let (value, chosen, fill) = (value.clone(), chosen.clone(), fill.clone());
        Callback::from(move |_: MouseEvent| {
            chosen.set("auto");
            fill(&typed, None);
            value.set(typed.clone());
        })
    };
    let is_empty = value.trim().is_empty();
    let (form, found) = read(&value, form_of(&chosen), &props.params);
    let error = found.as_ref().err().filter(|_| !is_empty).map(|error| AttrValue::from(number_error(text, error)));
    let read_as = form.filter(|_| !is_empty).map(|form| match form {
        KeyForm::Decimal => ("decimal", key!("keys.number.typed.decimal")),
        KeyForm::Hex => ("hex", key!("keys.number.typed.hex")),
        KeyForm::Wif => ("wif", key!("keys.number.typed.wif")),
    });
    let options: Vec<(AttrValue, AttrValue)> =
        FORMS.iter().map(|(name, key, _)| ((*name).into(), text.t(*key).into())).collect();
    html! {
        <div class="stack stack--3">
            <p class="sm muted">{ text.t(key!("keys.number.typed.why")) }</p>
            <Segmented small={true} label={text.t(key!("keys.number.typed.form"))} {options} value={*chosen} {onchange} action="form" />
            <Field id="key_number" mono={true} rows={3} label={text.t(key!("keys.number.typed.label"))} value={(*value).clone()} {error} {oninput}
                hint={text.t(key!("keys.number.typed.hint"))} />
            if let Some((name, key)) = read_as {
                <p class="sm" aria-live="polite" data-read-as={name} data-accepted={found.is_ok().to_string()}>
                    { text.with(key!("keys.number.typed.read_as"), &[("form", text.t(key))]) }</p>
            }
            <div>
                <p class="label">{ text.t(key!("keys.number.typed.edges")) }</p>
                <div class="row row--wrap">
                    { for edges().into_iter().map(|(name, typed)| html! {
                        <Button key={name} kind={ButtonKind::Quiet} action={format!("try:{name}")} onclick={example(typed)}>{ name }</Button>
                    }) }
                </div>
            </div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_two_edges_inside_are_keys() {
        let params = Params::regtest();
        let rules: Vec<_> = edges()
            .into_iter()
            .map(|(name, typed)| (name, read(&typed, None, &params).1.map(|_| ()).map_err(|error| error.rule())))
            .collect();
        assert_eq!(
            rules,
            [
                ("0", Err("number-zero")),
                ("1", Ok(())),
                ("n−1", Ok(())),
                ("n", Err("number-order")),
                ("n+1", Err("number-above-order")),
                ("2²⁵⁶", Err("number-over-256-bits")),
            ]
        );
    }
}
