//! The signs of passed, failed, waiting and the rest: shape first, colour second.

use yew::prelude::*;

/// What a mark says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkKind {
    /// Passed: a disc with a tick.
    Ok,
    /// Failed: an octagon with a cross.
    Bad,
    /// Waiting: a dashed clock.
    Wait,
    /// Not run: a ring with a bar.
    Skip,
    /// To do: a ring.
    Todo,
    /// Stale: a diamond.
    Stale,
}

/// Properties of [`Mark`].
#[derive(Properties, PartialEq)]
pub struct MarkProps {
    /// Which mark.
    pub kind: MarkKind,
    /// Side, in CSS pixels.
    #[prop_or(18)]
    pub size: u32,
}

/// A mark beside a text that says the same; hidden from screen readers.
#[component]
pub fn Mark(props: &MarkProps) -> Html {
    let size = AttrValue::from(props.size.to_string());
    let (kind, shape) = match props.kind {
        MarkKind::Ok => {
            ("ok", html! { <><circle cx="12" cy="12" r="11" /><path class="ink" d="M6.8 12.5l3.5 3.5 7-7.5" /></> })
        }
        MarkKind::Bad => (
            "bad",
            html! {
                <>
                    <path d="M7.5 1h9L23 7.5v9L16.5 23h-9L1 16.5v-9z" />
                    <path class="ink" d="M8 8l8 8M16 8l-8 8" />
                </>
            },
        ),
        MarkKind::Wait => (
            "wait",
            html! {
                <>
                    <circle class="hollow" cx="12" cy="12" r="9.5" stroke-dasharray="3.3 2.67" />
                    <path class="line" d="M12 7v5l3.2 2" />
                </>
            },
        ),
        MarkKind::Skip => {
            ("skip", html! { <><circle class="hollow" cx="12" cy="12" r="9.5" /><path class="line" d="M8 12h8" /></> })
        }
        MarkKind::Todo => ("todo", html! { <circle class="hollow" cx="12" cy="12" r="9.5" /> }),
        MarkKind::Stale => (
            "stale",
            html! {
                <><path class="hollow" d="M12 2l10 10-10 10L2 12z" /><path class="line" d="M8.5 12h7" /></>
            },
        ),
    };
    html! {
        <svg class="mark" data-mark={kind} width={size.clone()} height={size} viewBox="0 0 24 24" aria-hidden="true">
            {shape}
        </svg>
    }
}
