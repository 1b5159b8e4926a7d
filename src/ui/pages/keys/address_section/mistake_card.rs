//! An address to mistype: the checksum that is found, the one that is needed, and the refusal.

use std::rc::Rc;

use yew::prelude::*;

use super::avalanche::{mistyped, swapped};
use crate::keys::typed as people;
use crate::ledger::{Params, to_hex};
use crate::lessons::address_steps::checksums;
use crate::ui::parts::{Button, ButtonKind, CopyButton, Field, IconName, Panel, Verdict, VerdictState};
use crate::ui::use_text;

/// Props of [`MistakeCard`].
#[derive(Properties, PartialEq)]
pub struct MistakeCardProps {
    /// The right address.
    pub address: String,
    /// The network's version bytes.
    pub params: Rc<Params>,
}

/// The card.
#[component]
pub fn MistakeCard(props: &MistakeCardProps) -> Html {
    let text = use_text();
    let typed = use_state_eq(|| props.address.clone());
    let place = use_state_eq(|| 0usize);
    {
        let typed = typed.setter();
        use_effect_with(props.address.clone(), move |address| typed.set(address.clone()));
    }
    let oninput = {
        let typed = typed.setter();
        Callback::from(move |value: String| typed.set(value))
    };
    // Each press makes the mistake somewhere else.
    let mistake = |make: fn(&str, usize) -> String| {
        let (typed, place, address) = (typed.clone(), place.clone(), props.address.clone());
        Callback::from(move |_: MouseEvent| {
            let at = (*place + 7) % address.len().max(1);
            place.set(at);
            typed.set(make(&address, at));
        })
    };
    let restore = {
        let (typed, address) = (typed.setter(), props.address.clone());
        Callback::from(move |_: MouseEvent| typed.set(address.clone()))
    };
    let found = people::address(&typed, &props.params);
    let error = found.as_ref().err().map(|error| {
        let facts: Vec<(String, String)> =
            error.facts().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        AttrValue::from(text.rule(error.rule(), &facts).unwrap_or_else(|| error.to_string()))
    });
    let (state, word, why) = match (&found, *typed == props.address) {
        (Ok(_), true) => (VerdictState::Valid, key!("keys.addr.good"), key!("keys.addr.good_why")),
        (Ok(_), false) => (VerdictState::Valid, key!("keys.addr.good"), key!("keys.addr.other_why")),
        (Err(_), _) => (VerdictState::Invalid, key!("keys.addr.bad"), key!("keys.addr.bad_why")),
    };
    html! {
        <Panel name="address-mistake" title={text.t(key!("keys.addr.mistake"))} subtitle={text.t(key!("keys.addr.mistake_sub"))}>
            <div class="stack stack--3">
                <Field id="mistyped" mono={true} rows={2} label={text.t(key!("keys.address.title"))} value={(*typed).clone()} {oninput} {error} />
                <div class="row row--wrap">
                    <Button action="mistype" onclick={mistake(mistyped)}>{ text.t(key!("keys.addr.mistype")) }</Button>
                    <Button action="swap-two" onclick={mistake(swapped)}>{ text.t(key!("keys.addr.swap")) }</Button>
                    <Button kind={ButtonKind::Quiet} icon={IconName::Return} action="restore-address" disabled={*typed == props.address} onclick={restore}>
                        { text.t(key!("keys.addr.restore")) }</Button>
                </div>
                if let Some((found, needed)) = checksums(&people::cleaned(&typed)) {
                    <dl class="sums" data-sums={if found == needed { "equal" } else { "unequal" }}>
                        <dt>{ text.t(key!("keys.addr.found")) }</dt><dd><code class="mono">{ to_hex(&found) }</code><CopyButton text={to_hex(&found)} /></dd>
                        <dt>{ text.t(key!("keys.addr.needed")) }</dt><dd><code class="mono">{ to_hex(&needed) }</code><CopyButton text={to_hex(&needed)} /></dd>
                    </dl>
                }
                <Verdict {state} word={text.t(word)} why={text.t(why)} />
                <p class="xs muted">{ text.t(key!("keys.addr.slip")) }</p>
            </div>
        </Panel>
    }
}
