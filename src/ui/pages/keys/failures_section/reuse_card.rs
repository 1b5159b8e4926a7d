//! One nonce for two messages: the private key is computed from the two signatures.

use yew::prelude::*;

use crate::keys::sign_ecdsa_explained;
use crate::ledger::{sha256, to_hex};
use crate::lessons::nonce_reuse::{recover_from_reuse, sign_with_chosen_nonce};
use crate::ui::pages::keys::practice::{PageKey, random_key};
use crate::ui::parts::{CopyButton, EmptyState, Field, IconName, Panel, Switch, Verdict, VerdictState};
use crate::ui::use_text;

/// Props of [`ReuseCard`].
#[derive(Properties, PartialEq)]
pub struct ReuseCardProps {
    /// The key on screen.
    pub key_on_screen: PageKey,
}

/// The card.
#[component]
pub fn ReuseCard(props: &ReuseCardProps) -> Html {
    let text = use_text();
    let first = use_state_eq(|| text.t(key!("keys.fail.message_one")).to_owned());
    let second = use_state_eq(|| text.t(key!("keys.fail.message_two")).to_owned());
    let reuse = use_state_eq(|| true);
    let nonce = use_memo((), |()| random_key());
    let set = |state: &UseStateHandle<String>| {
        let state = state.setter();
        Callback::from(move |value: String| state.set(value))
    };
    let on_reuse = {
        let reuse = reuse.setter();
        Callback::from(move |wanted: bool| reuse.set(wanted))
    };
    let signed = props.key_on_screen.private_key().ok().and_then(|key| {
        let sign = |message: &str| {
            let hash = sha256(message.as_bytes());
            let steps =
                if *reuse { sign_with_chosen_nonce(&key, &hash, &nonce)? } else { sign_ecdsa_explained(&key, &hash) };
            Some((hash, steps.signature))
        };
        Some((key.public_key(), sign(&first)?, sign(&second)?))
    });
    let row = |name: &'static str, value: String, same: bool| {
        html! { <tr data-reuse={name} data-state={same.then_some("same")}><th scope="row">{ name }</th><td><span class="row row--top"><code class="mono grow">{ value.clone() }</code><CopyButton text={value} /></span></td></tr> }
    };
    let shown = match &signed {
        None => {
            html! { <EmptyState title={text.t(key!("keys.sign.no_key"))} text={text.t(key!("keys.public.none_why"))} icon={IconName::Keys} /> }
        }
        Some((public, (z1, one), (z2, two))) => {
            let same = one.r() == two.r();
            let found = recover_from_reuse(public, (z1, one), (z2, two));
            html! {
                <>
                    <table class="numbers">
                        <caption class="label">{ text.t(key!("keys.fail.seen")) }</caption>
                        <tbody>
                            { row("z₁", to_hex(z1), false) }{ row("r₁", to_hex(&one.r()), same) }{ row("s₁", to_hex(&one.s()), false) }
                            { row("z₂", to_hex(z2), false) }{ row("r₂", to_hex(&two.r()), same) }{ row("s₂", to_hex(&two.s()), false) }
                        </tbody>
                    </table>
                    if let Some(found) = &found {
                        <p class="sm">{ text.t(key!("keys.fail.same_r")) }</p>
                        <table class="numbers">
                            <caption class="label">{ text.t(key!("keys.fail.computed")) }</caption>
                            <tbody>
                                { row("z₁ − z₂", to_hex(&found.hash_difference), false) }
                                { row("s₁ − s₂", to_hex(&found.s_difference), false) }
                                { row("k = (z₁ − z₂) / (s₁ − s₂)", to_hex(&found.nonce), false) }
                                { row("d = (s₁·k − z₁) / r", to_hex(&found.private_key), true) }
                            </tbody>
                        </table>
                    }
                    { match (&found, z1 == z2) {
                        (Some(_), _) => html! { <Verdict state={VerdictState::Invalid} word={text.t(key!("keys.fail.stolen"))} why={text.t(key!("keys.fail.stolen_why"))} /> },
                        (None, true) => html! { <Verdict state={VerdictState::None} word={text.t(key!("keys.fail.one_message"))} why={text.t(key!("keys.fail.one_message_why"))} /> },
                        (None, false) => html! { <Verdict state={VerdictState::Valid} word={text.t(key!("keys.fail.safe"))} why={text.t(key!("keys.fail.safe_why"))} /> },
                    } }
                </>
            }
        }
    };
    html! {
        <Panel name="nonce-reuse" title={text.t(key!("keys.fail.reuse"))} subtitle={text.t(key!("keys.fail.reuse_sub"))}>
            <div class="stack stack--3">
                <Field id="reuse_one" label={text.t(key!("keys.fail.first"))} value={(*first).clone()} oninput={set(&first)} />
                <Field id="reuse_two" label={text.t(key!("keys.fail.second"))} value={(*second).clone()} oninput={set(&second)} />
                <Switch label={text.t(key!("keys.fail.same_nonce"))} checked={*reuse} onchange={on_reuse} action="reuse-nonce" />
                { shown }
            </div>
        </Panel>
    }
}
