//! A phrase as key, and a search that finds it.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use crate::keys::Address;
use crate::ledger::Params;
use crate::lessons::brain_wallet::{PHRASES, key_of_phrase, search};
use crate::ui::parts::{Button, ButtonKind, CopyButton, Field, IconName, Panel, ProgressBar, Verdict, VerdictState};
use crate::ui::{format, use_text};
use crate::web::page;

/// Phrases tried before others have their turn.
const SLICE: usize = 20;

/// How far a search is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Search {
    #[default]
    Idle,
    Running {
        tried: usize,
        began_ms: f64,
    },
    Found {
        phrase: &'static str,
        tried: usize,
        took_ms: f64,
    },
    NotFound,
}

/// Props of [`BrainCard`].
#[derive(Properties, PartialEq)]
pub struct BrainCardProps {
    /// The network's version bytes.
    pub params: Rc<Params>,
}

/// The card.
#[component]
pub fn BrainCard(props: &BrainCardProps) -> Html {
    let text = use_text();
    let phrase = use_state_eq(|| "satoshi".to_owned());
    let state = use_state_eq(Search::default);
    let public = key_of_phrase(&phrase).map(|key| key.public_key());
    let address = public.as_ref().map(|public| Address::from_public_key(public, &props.params).to_string());
    {
        let state = state.clone();
        use_effect_with((*state, public), move |(now, public)| {
            let next = match (*now, *public) {
                (Search::Running { tried, began_ms }, Some(public)) => Some(Timeout::new(0, move || {
                    let found = search(&public, tried, SLICE);
                    let tried = (tried + SLICE).min(PHRASES);
                    state.set(match found {
                        Some(phrase) => Search::Found { phrase, tried, took_ms: page::now_ms() - began_ms },
                        None if tried >= PHRASES => Search::NotFound,
                        None => Search::Running { tried, began_ms },
                    });
                })),
                _ => None,
            };
            // Dropped, it does not run: another phrase or the stop button ends the search.
            move || drop(next)
        });
    }
    let oninput = {
        let (phrase, state) = (phrase.setter(), state.setter());
        Callback::from(move |value: String| {
            state.set(Search::Idle);
            phrase.set(value);
        })
    };
    let running = matches!(*state, Search::Running { .. });
    let toggle = {
        let state = state.setter();
        Callback::from(move |_: MouseEvent| {
            state.set(if running { Search::Idle } else { Search::Running { tried: 0, began_ms: page::now_ms() } });
        })
    };
    let total = PHRASES.to_string();
    let shown = match *state {
        Search::Idle => Html::default(),
        Search::Running { tried, .. } => {
            let label = text.with(key!("keys.fail.tried"), &[("count", &tried.to_string()), ("total", &total)]);
            html! { <><ProgressBar value={tried as u32} max={PHRASES as u32} label={label.clone()} /><p class="xs muted">{ label }</p></> }
        }
        Search::Found { phrase, tried, took_ms } => {
            let rate = (tried as f64 * 1000.0 / took_ms.max(1.0)) as u64;
            let why = text.with(
                key!("keys.fail.found_why"),
                &[("phrase", phrase), ("count", &tried.to_string()), ("rate", &format::grouped(rate))],
            );
            html! { <div data-brain="found"><Verdict state={VerdictState::Invalid} word={text.t(key!("keys.fail.found"))} {why} /></div> }
        }
        Search::NotFound => html! {
            <div data-brain="not-found"><Verdict state={VerdictState::None} word={text.t(key!("keys.fail.not_found"))} why={text.with(key!("keys.fail.not_found_why"), &[("total", &total)])} /></div>
        },
    };
    html! {
        <Panel name="brain-wallet" title={text.t(key!("keys.fail.brain"))} subtitle={text.t(key!("keys.fail.brain_sub"))}>
            <div class="stack stack--3">
                <Field id="brain_phrase" label={text.t(key!("keys.fail.phrase"))} value={(*phrase).clone()} {oninput} hint={text.t(key!("keys.fail.phrase_hint"))} />
                <p class="label">{ text.t(key!("keys.fail.all_see")) }<CopyButton text={address.clone().unwrap_or_default()} /></p>
                <code class="run" data-brain-address="true">{ address.unwrap_or_default() }</code>
                <div class="row">
                    <Button kind={ButtonKind::Accent} icon={IconName::Search} action="search-brain" disabled={public.is_none()} onclick={toggle}>
                        { if running { text.t(key!("keys.fail.stop")) } else { text.t(key!("keys.fail.search")) } }</Button>
                </div>
                { shown }
            </div>
        </Panel>
    }
}
