//! How long ago something was, kept up to date.

use gloo::timers::callback::Interval;
use yew::prelude::*;

use crate::ledger::{BlockTime, Time};
use crate::ui::{Text, format, use_text};
use crate::web::page;

/// The clock of all [`TimeAgo`]s, in whole seconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now(pub u64);

impl Now {
    fn read() -> Self {
        Self(page::now_ms() as u64 / 1000)
    }
}

/// Properties of [`ClockProvider`].
#[derive(Properties, PartialEq)]
pub struct ClockProviderProps {
    /// What may show times.
    pub children: Html,
}

/// One interval for all times on the page; only those that show a time are drawn again.
#[component]
pub fn ClockProvider(props: &ClockProviderProps) -> Html {
    let now = use_state_eq(Now::read);
    {
        let now = now.clone();
        use_effect_with((), move |()| {
            let interval = Interval::new(1_000, move || now.set(Now::read()));
            move || drop(interval)
        });
    }
    html! { <ContextProvider<Now> context={*now}>{props.children.clone()}</ContextProvider<Now>> }
}

/// The clock, in whole seconds; draws the component again every second.
#[hook]
pub fn use_now() -> Now {
    use_context::<Now>().unwrap_or_else(Now::read)
}

/// Properties of [`TimeAgo`].
#[derive(Properties, PartialEq)]
pub struct TimeAgoProps {
    /// The moment.
    pub at: Time,
}

/// `40 s`, `3 min`, `2 h`, with date and time of day as tooltip.
#[component]
pub fn TimeAgo(props: &TimeAgoProps) -> Html {
    let text = use_text();
    let now = use_now();
    let then = props.at.millis / 1000;
    html! {
        <time class="ago num" title={date_time(props.at)}>{span_text(text, now.0.saturating_sub(then))}</time>
    }
}

/// A header's time as local time.
pub const fn block_time(time: BlockTime) -> Time {
    Time::from_millis(time.0 as u64 * 1000)
}

/// A span of seconds in the language's short units.
pub fn span_text(text: Text, seconds: u64) -> String {
    let (key, count) = match seconds {
        0..60 => (key!("common.seconds"), seconds),
        60..3600 => (key!("common.minutes"), seconds / 60),
        3600..86_400 => (key!("common.hours"), seconds / 3600),
        _ => (key!("common.days"), seconds / 86_400),
    };
    text.with(key, &[("count", &format::grouped(count))])
}

/// The local date and time of day: `2025-01-01 00:00:00`.
pub fn date_time(at: Time) -> String {
    let date = js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(at.millis as f64));
    format::date_time(at.millis, -(date.get_timezone_offset() as i32))
}

/// The local time of day.
pub fn clock_time(at: Time) -> String {
    let date = js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(at.millis as f64));
    format::time_of_day(at.millis, -(date.get_timezone_offset() as i32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_use_the_largest_whole_unit() {
        let text = Text::default();
        assert_eq!(span_text(text, 0), "0 s");
        assert_eq!(span_text(text, 59), "59 s");
        assert_eq!(span_text(text, 3_599), "59 min");
        assert_eq!(span_text(text, 7_200), "2 h");
        assert_eq!(span_text(text, 172_800), "2 d");
    }
}
