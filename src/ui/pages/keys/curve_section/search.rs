//! Why there is no way back: the search for a forgotten private key that is small enough to be
//! found, and how long the same search would take for a real one.

use gloo::timers::callback::Interval;
use yew::prelude::*;

use crate::keys::{PrivateKey, PublicKey};
use crate::ledger::to_hex;
use crate::lessons::key_search::{KeySearch, Projection, SearchState, power_of_ten, projection};
use crate::ui::parts::{
    Button, ButtonKind, CopyButton, IconName, Panel, ProgressBar, Segmented, Verdict, VerdictState,
};
use crate::ui::{Text, format, use_text};
use crate::web::page::{has_entropy, now_ms};

/// Sizes to choose from, in bits.
const SIZES: [(&str, u32); 3] = [("16", 16), ("20", 20), ("24", 24)];
/// How long a slice of the search works, and how often one begins, in milliseconds.
const SLICE_MS: f64 = 9.0;
const SLICE_EVERY_MS: u32 = 16;
/// Keys between two looks at the clock.
const KEYS_A_LOOK: u32 = 32;
/// Time that must be measured before a rate is told, in milliseconds.
const MEASURED_MS: f64 = 5.0;

/// The clock of the measurement.
fn clock_ms() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or_else(now_ms, |clock| clock.now())
}

/// The public key of a private key of so many random bits. The private key is forgotten here.
fn forgotten(bits: u32) -> Option<PublicKey> {
    let mut random = [0; 4];
    getrandom::fill(&mut random).ok()?;
    let number = (u32::from_be_bytes(random) & limit(bits)).max(1);
    public_key_of(number)
}

/// The largest number of so many bits.
fn limit(bits: u32) -> u32 {
    (1u32 << bits.min(31)) - 1
}

fn public_key_of(number: u32) -> Option<PublicKey> {
    let mut bytes = [0; 32];
    if let Some(tail) = bytes.last_chunk_mut::<4>() {
        *tail = number.to_be_bytes();
    }
    PrivateKey::from_bytes(&bytes).ok().map(|key| key.public_key())
}

/// A search under way, and how long it has worked.
struct Work {
    search: KeySearch,
    worked_ms: f64,
}

/// What is shown of it.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Shown {
    tried: u32,
    worked_ms: f64,
    state: SearchState,
}

impl Shown {
    /// Keys tried in a second of work.
    fn rate(&self) -> Option<f64> {
        (self.worked_ms >= MEASURED_MS).then(|| f64::from(self.tried) * 1_000.0 / self.worked_ms)
    }
}

/// The card.
#[component]
pub fn SearchCard() -> Html {
    let text = use_text();
    let size = use_state_eq(|| "16");
    let target = use_state_eq(|| None::<(PublicKey, u32)>);
    let running = use_state_eq(|| false);
    let shown = use_state_eq(|| None::<Shown>);
    let work = use_mut_ref(|| None::<Work>);
    {
        let (work, shown, running_now) = (work.clone(), shown.clone(), running.clone());
        use_effect_with(*running, move |is_running| {
            let interval = is_running.then(|| {
                Interval::new(SLICE_EVERY_MS, move || {
                    let mut work = work.borrow_mut();
                    let Some(work) = work.as_mut() else { return };
                    let next = slice(work);
                    shown.set(Some(next));
                    if next.state != SearchState::Searching {
                        running_now.set(false);
                    }
                })
            });
            move || drop(interval)
        });
    }
    let bits = SIZES.iter().find(|(name, _)| *name == *size).map_or(16, |(_, bits)| *bits);
    let on_forget = {
        let (target, shown, work, running) = (target.clone(), shown.clone(), work.clone(), running.clone());
        Callback::from(move |_: MouseEvent| {
            running.set(false);
            shown.set(None);
            let public = forgotten(bits);
            *work.borrow_mut() =
                public.map(|public| Work { search: KeySearch::new(&public, limit(bits)), worked_ms: 0.0 });
            target.set(public.map(|public| (public, bits)));
        })
    };
    let on_run = {
        let running = running.clone();
        Callback::from(move |_: MouseEvent| running.set(!*running))
    };
    let onchange = {
        let size = size.clone();
        Callback::from(move |value: AttrValue| {
            if let Some((name, _)) = SIZES.iter().find(|(name, _)| *name == value.as_str()) {
                size.set(name);
            }
        })
    };
    let options = SIZES
        .iter()
        .map(|(name, _)| ((*name).into(), text.with(key!("keys.curve.search.size"), &[("bits", name)]).into()))
        .collect::<Vec<(AttrValue, AttrValue)>>();
    let is_done = shown.is_some_and(|shown| shown.state != SearchState::Searching);
    html! {
        <Panel name="search" title={text.t(key!("keys.curve.search.title"))} subtitle={text.t(key!("keys.curve.search.sub"))}>
            <div class="search2">
                <div class="stack stack--3">
                    <p class="sm muted">{ text.t(key!("keys.curve.search.why")) }</p>
                    <Segmented small={true} label={text.t(key!("keys.curve.search.sizes"))} {options} value={*size} {onchange} action="search-size" />
                    <div class="row row--wrap">
                        <Button icon={IconName::Dice} action="search-forget" disabled={!has_entropy()} onclick={on_forget}>{ text.t(key!("keys.curve.search.forget")) }</Button>
                        if *running {
                            <Button kind={ButtonKind::Danger} icon={IconName::Stop} action="search-stop" onclick={on_run}>{ text.t(key!("keys.curve.search.stop")) }</Button>
                        } else {
                            <Button kind={ButtonKind::Accent} icon={IconName::Search} action="search-start" disabled={target.is_none() || is_done} onclick={on_run}>
                                { if shown.is_some() && !is_done { text.t(key!("keys.curve.search.go_on")) } else { text.t(key!("keys.curve.search.start")) } }</Button>
                        }
                    </div>
                    if let Some((public, bits)) = &*target {
                        <div class="field">
                            <span class="label row">{ text.t(key!("keys.curve.search.known")) }<CopyButton text={public.to_string()} /></span>
                            <code class="run keytext" data-search-target={public.to_string()}>{ format::spaced_hex(&public.to_string()) }</code>
                        </div>
                        { progress(text, shown.as_ref(), *bits, *running) }
                    }
                </div>
                { outlook(text, shown.as_ref().and_then(Shown::rate)) }
            </div>
        </Panel>
    }
}

/// A slice of work.
fn slice(work: &mut Work) -> Shown {
    let began = clock_ms();
    let mut spent = 0.0;
    // Bounded by the clock, and by the count where a clock stands still.
    for _ in 0..1_000 {
        if work.search.advance(KEYS_A_LOOK) != SearchState::Searching {
            spent = clock_ms() - began;
            break;
        }
        spent = clock_ms() - began;
        if spent >= SLICE_MS {
            break;
        }
    }
    work.worked_ms += spent.max(0.0);
    Shown { tried: work.search.tried(), worked_ms: work.worked_ms, state: work.search.state() }
}

/// How far the search is, and what it found.
fn progress(text: Text, shown: Option<&Shown>, bits: u32, is_running: bool) -> Html {
    let tried = shown.map_or(0, |shown| shown.tried);
    let state = match shown.map(|shown| shown.state) {
        Some(SearchState::Found(_)) => "found",
        Some(SearchState::Exhausted) => "exhausted",
        _ if is_running => "running",
        _ => "waiting",
    };
    let rate = shown.and_then(Shown::rate).map_or_else(|| "–".to_owned(), format::short);
    let label = text.with(
        key!("keys.curve.search.tried"),
        &[
            ("tried", &format::grouped(u64::from(tried))),
            ("all", &format::grouped(u64::from(limit(bits)))),
            ("rate", &rate),
        ],
    );
    let found = shown.and_then(|shown| match shown.state {
        SearchState::Found(number) => Some(number),
        _ => None,
    });
    html! {
        <div class="stack" data-search={state} data-tried={tried.to_string()} data-found={found.map(|number| number.to_string())}>
            <ProgressBar value={tried} max={limit(bits)} label={label.clone()} />
            <p class="sm num">{ label }</p>
            if let Some(number) = found {
                <Verdict state={VerdictState::Valid} word={text.with(key!("keys.curve.search.found"), &[("number", &number.to_string())])}
                    why={text.with(key!("keys.curve.search.found_why"), &[("hex", &to_hex(&number.to_be_bytes()))])} />
            }
        </div>
    }
}

/// What this rate means for a real key.
fn outlook(text: Text, rate: Option<f64>) -> Html {
    let row = |name: &'static str, bits: f64, what: &'static str, steps: &'static str, found: Option<Projection>| {
        let years = found.map(|found| power_of_ten(found.years_log10));
        let universes = found.map(|found| power_of_ten(found.universes_log10));
        html! {
            <tr data-outlook={name} data-bits={bits.to_string()} data-years={found.map(|found| (found.years_log10.floor() as i64).to_string())}>
                <td class="wraps">{ what }</td><td class="r">{ steps }</td><td class="r">{ years.unwrap_or_else(|| "–".to_owned()) }</td>
                <td class="r">{ universes.unwrap_or_else(|| "–".to_owned()) }</td></tr>
        }
    };
    let with = |bits: f64| rate.and_then(|rate| projection(bits, rate));
    html! {
        <div class="stack stack--3">
            <h3 class="label">{ text.t(key!("keys.curve.search.outlook")) }</h3>
            <p class="sm" aria-live="polite">{ match rate {
                Some(rate) => text.with(key!("keys.curve.search.at_rate"), &[("rate", &format::short(rate))]),
                None => text.t(key!("keys.curve.search.no_rate")).to_owned(),
            } }</p>
            <div class="scrollx">
                <table class="table">
                    <thead><tr><th scope="col">{ text.t(key!("keys.curve.search.method")) }</th><th scope="col" class="r">{ text.t(key!("keys.curve.search.work")) }</th>
                        <th scope="col" class="r">{ text.t(key!("keys.curve.search.years")) }</th><th scope="col" class="r">{ text.t(key!("keys.curve.search.universes")) }</th></tr></thead>
                    <tbody>
                        { row("all", 255.0, text.t(key!("keys.curve.search.all")), "2^255", with(255.0)) }
                        { row("rho", 128.0, text.t(key!("keys.curve.search.rho")), "2^128", with(128.0)) }
                    </tbody>
                </table>
            </div>
            <p class="xs muted">{ text.t(key!("keys.curve.search.honest")) }</p>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forgotten_key_is_found_again() {
        let public = forgotten(8).expect("a random source");
        let mut search = KeySearch::new(&public, limit(8));
        assert!(
            matches!(search.advance(u32::MAX), SearchState::Found(number) if public_key_of(number) == Some(public))
        );
    }

    #[test]
    fn a_rate_is_told_only_when_it_was_measured() {
        let shown = |worked_ms| Shown { tried: 100, worked_ms, state: SearchState::Searching };
        assert_eq!(shown(0.0).rate(), None);
        assert_eq!(shown(10.0).rate(), Some(10_000.0));
        assert_eq!((limit(16), limit(24), limit(99)), (65_535, 16_777_215, 0x7fff_ffff));
    }
}
