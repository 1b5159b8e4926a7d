//! Why there is no way back: a key of 16 bits is found by trying, and what that says of 256.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use crate::ui::pages::keys::practice::random_key;
use crate::ui::parts::{Button, ButtonKind, IconName, Panel, ProgressBar, Verdict, VerdictState};
use crate::ui::{format, use_text};
use crate::wallet::double_and_add::{KeySearch, years_exponent};
use crate::wallet::{PrivateKey, PublicKey};
use crate::web::page;

/// The largest private key that is looked for.
const LAST: u32 = 0xffff;
/// Keys tried before others have their turn.
const SLICE: u32 = 512;
/// Age of the universe, as a power of ten of years: 1.38 · 10^10.
const UNIVERSE_EXPONENT: f64 = 10.14;

/// How far the search is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum State {
    #[default]
    Idle,
    Running {
        tried: u32,
        spent_ms: f64,
    },
    Found {
        key: u32,
        tried: u32,
        spent_ms: f64,
    },
}

/// A random key of 16 bits, of which only the public key is kept.
fn forgotten_key() -> Option<PublicKey> {
    let random = random_key();
    let mut bytes = [0u8; 32];
    bytes.get_mut(30..)?.copy_from_slice(random.get(30..)?);
    PrivateKey::from_bytes(&bytes).ok().map(|key| key.public_key())
}

/// Tries a second, by what was measured.
fn rate(tried: u32, spent_ms: f64) -> f64 {
    f64::from(tried) * 1000.0 / spent_ms.max(0.1)
}

/// The card.
#[component]
pub fn BackCard() -> Html {
    let text = use_text();
    let public = use_state_eq(forgotten_key);
    let state = use_state_eq(State::default);
    let search = use_memo(*public, |public| public.as_ref().map(|public| RefCell::new(KeySearch::new(public, LAST))));
    {
        let (state, search) = (state.clone(), Rc::clone(&search));
        use_effect_with(*state, move |now| {
            let next = match *now {
                State::Running { spent_ms, .. } => Some(Timeout::new(0, move || {
                    let Some(search) = &*search else { return };
                    let mut search = search.borrow_mut();
                    let began_ms = page::now_ms();
                    let found = search.run(SLICE);
                    let (tried, spent_ms) = (search.tried(), spent_ms + page::now_ms() - began_ms);
                    state.set(match found {
                        Some(key) => State::Found { key, tried, spent_ms },
                        None if search.is_over() => State::Idle,
                        None => State::Running { tried, spent_ms },
                    });
                })),
                _ => None,
            };
            // Dropped, it does not run: the stop button ends the search.
            move || drop(next)
        });
    }
    let running = matches!(*state, State::Running { .. });
    let toggle = {
        let (state, tried) = (state.setter(), search.as_ref().as_ref().map_or(0, |search| search.borrow().tried()));
        Callback::from(move |_: MouseEvent| {
            state.set(if running { State::Idle } else { State::Running { tried, spent_ms: 0.0 } });
        })
    };
    let again = {
        let (state, public) = (state.setter(), public.setter());
        Callback::from(move |_: MouseEvent| {
            state.set(State::Idle);
            public.set(forgotten_key());
        })
    };
    let shown = match *state {
        State::Idle => Html::default(),
        State::Running { tried, spent_ms } => {
            let label = text.with(
                "keys.curve.tried",
                &[("count", &format::grouped(tried.into())), ("rate", &format::grouped(rate(tried, spent_ms) as u64))],
            );
            html! { <><ProgressBar value={tried} max={LAST} label={label.clone()} /><p class="sm num">{ label }</p></> }
        }
        State::Found { key, tried, spent_ms } => {
            let rate = rate(tried, spent_ms);
            let years = years_exponent(256, rate);
            let why = text.with(
                "keys.curve.found_why",
                &[("count", &format::grouped(tried.into())), ("seconds", &format!("{:.2}", spent_ms / 1000.0))],
            );
            html! {
                <div class="stack stack--2" data-search="found" data-found={key.to_string()}>
                    <Verdict state={VerdictState::Valid} word={text.with("keys.curve.found", &[("key", &key.to_string())])} {why} />
                    <div class="projection">
                        <p class="sm">{ text.with("keys.curve.projection", &[("rate", &format::grouped(rate as u64))]) }</p>
                        <p class="projection__years" data-years={(years.round() as i64).to_string()}>{ "10" }<sup>{ years.round() as i64 }</sup>{ " " }{ text.t("keys.curve.years") }</p>
                        <p class="sm">{ text.t("keys.curve.ages") }{ " 10" }<sup>{ (years - UNIVERSE_EXPONENT).round() as i64 }</sup></p>
                        <p class="xs muted">{ text.t("keys.curve.honest") }</p>
                    </div>
                </div>
            }
        }
    };
    html! {
        <Panel name="curve-back" class="curve__wide" title={text.t("keys.curve.no_way")} subtitle={text.t("keys.curve.no_way_sub")}>
            <div class="stack stack--3">
                <p class="sm">{ text.t("keys.curve.forgot") }</p>
                <code class="run" data-forgotten="true">{ public.as_ref().map(ToString::to_string).unwrap_or_default() }</code>
                <div class="row row--wrap">
                    <Button kind={ButtonKind::Accent} icon={IconName::Search} action="search-key" disabled={public.is_none() || matches!(*state, State::Found { .. })} onclick={toggle}>
                        { if running { text.t("keys.fail.stop") } else { text.t("keys.curve.search") } }</Button>
                    <Button icon={IconName::Dice} action="forget-another" disabled={running} onclick={again}>{ text.t("keys.curve.another") }</Button>
                </div>
                { shown }
            </div>
        </Panel>
    }
}
