//! A key from the hand's own unrest: pointer movements over a pad, or key presses.

use yew::prelude::*;

use super::source::{Filled, Source};
use crate::lessons::entropy_pool::{EntropyPool, POOL_BITS, Sample};
use crate::ui::parts::{Button, ButtonKind, IconName, ProgressBar};
use crate::ui::use_text;

/// Places of the pointer that stay drawn.
const TRACE_MAX: usize = 160;
/// Least time between two drawings, milliseconds: the key behind the pad is worked out for each.
const DRAW_EVERY_MS: f64 = 70.0;

/// Props of [`MovementCard`].
#[derive(Properties, PartialEq)]
pub struct MovementCardProps {
    /// The bits are now these.
    pub on_fill: Callback<Filled>,
}

/// What was gathered, between two drawings.
#[derive(Default)]
struct Gathered {
    pool: EntropyPool,
    trace: Vec<(i32, i32)>,
    drawn_ms: f64,
}

/// What is drawn of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Drawn {
    bits: u32,
    samples: u32,
    path: String,
}

impl Gathered {
    fn add(&mut self, sample: Sample) {
        self.pool.add(sample);
        if let Sample::Movement { x, y, .. } = sample {
            if self.trace.len() >= TRACE_MAX {
                self.trace.remove(0);
            }
            self.trace.push((x, y));
        }
    }

    fn drawn(&self) -> Drawn {
        let path =
            self.trace.iter().enumerate().map(|(at, (x, y))| format!("{}{x} {y}", if at == 0 { "M" } else { "L" }));
        Drawn { bits: self.pool.bits(), samples: self.pool.samples(), path: path.collect() }
    }
}

/// The card.
#[component]
pub fn MovementCard(props: &MovementCardProps) -> Html {
    let text = use_text();
    let gathered = use_mut_ref(Gathered::default);
    let drawn = use_state_eq(Drawn::default);
    let take = {
        let (gathered, drawn, on_fill) = (gathered.clone(), drawn.clone(), props.on_fill.clone());
        move |sample: Sample, now_ms: f64| {
            let mut gathered = gathered.borrow_mut();
            gathered.add(sample);
            let bits = gathered.pool.bits();
            // Presses are rare, so each is drawn; movements come faster than the page can be drawn.
            let is_due = matches!(sample, Sample::Press { .. }) || now_ms - gathered.drawn_ms >= DRAW_EVERY_MS;
            if is_due || bits == POOL_BITS && drawn.bits < POOL_BITS {
                gathered.drawn_ms = now_ms;
                let (shown, bytes) = (gathered.drawn(), gathered.pool.to_bytes());
                drop(gathered);
                drawn.set(shown);
                on_fill.emit(Filled { source: Source::Movement { bits }, bits: bytes.into() });
            }
        }
    };
    let onpointermove = {
        let take = take.clone();
        Callback::from(move |event: PointerEvent| {
            let sample =
                Sample::Movement { x: event.offset_x(), y: event.offset_y(), at_us: micros(event.time_stamp()) };
            take(sample, event.time_stamp());
        })
    };
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        let leads_away = matches!(event.key().as_str(), "Tab" | "Escape" | "Shift" | "Control" | "Alt" | "Meta");
        if leads_away || event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        event.prevent_default();
        // A key held down repeats by the machine's clock, not by the hand.
        if !event.repeat() {
            take(Sample::Press { at_us: micros(event.time_stamp()) }, event.time_stamp());
        }
    });
    let again = {
        let (gathered, drawn) = (gathered.clone(), drawn.clone());
        Callback::from(move |_: MouseEvent| {
            *gathered.borrow_mut() = Gathered::default();
            drawn.set(Drawn::default());
        })
    };
    let progress = text.with(
        key!("keys.number.movement.progress"),
        &[("bits", &drawn.bits.to_string()), ("samples", &drawn.samples.to_string())],
    );
    html! {
        <div class="stack stack--3">
            <p class="sm muted">{ text.t(key!("keys.number.movement.why")) }</p>
            <div class="pad" tabindex="0" role="group" aria-label={text.t(key!("keys.number.movement.pad"))} data-pad="true"
                data-samples={drawn.samples.to_string()} {onpointermove} {onkeydown}>
                <svg class="pad__trace" aria-hidden="true"><path d={drawn.path.clone()} /></svg>
                if drawn.samples == 0 {
                    <p class="pad__hint">{ text.t(key!("keys.number.movement.hint")) }</p>
                }
            </div>
            <div>
                <ProgressBar value={drawn.bits} max={POOL_BITS} label={progress.clone()} />
                <p class="sm">{ progress }</p>
            </div>
            <p class="xs muted">{ text.t(key!("keys.number.movement.estimate")) }</p>
            <div class="row row--wrap">
                <Button kind={ButtonKind::Quiet} icon={IconName::Reload} action="movement-again" disabled={drawn.samples == 0} onclick={again}>
                    { text.t(key!("keys.number.coins.again")) }</Button>
            </div>
        </div>
    }
}

/// Microseconds of a browser's moment in milliseconds.
fn micros(millis: f64) -> u64 {
    (millis * 1_000.0).max(0.0) as u64
}
