//! Valid, invalid, or not checked.

use yew::prelude::*;

use super::mark::{Mark, MarkKind};

/// What was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum VerdictState {
    /// Nothing was checked yet.
    #[default]
    None,
    /// It holds.
    Valid,
    /// It does not hold.
    Invalid,
}

/// Properties of [`Verdict`].
#[derive(Properties, PartialEq)]
pub struct VerdictProps {
    /// What was found.
    pub state: VerdictState,
    /// In a word or two.
    pub word: AttrValue,
    /// Why, in a line.
    #[prop_or_default]
    pub why: AttrValue,
}

/// A verdict card: mark, word, reason; announced politely when it changes.
#[component]
pub fn Verdict(props: &VerdictProps) -> Html {
    let (attribute, kind) = match props.state {
        VerdictState::None => ("none", MarkKind::Todo),
        VerdictState::Valid => ("valid", MarkKind::Ok),
        VerdictState::Invalid => ("invalid", MarkKind::Bad),
    };
    html! {
        <div class="verdict" data-verdict={attribute} data-state={attribute} role="status">
            <Mark {kind} size={32} />
            <div class="grow">
                <p class="verdict__word">{props.word.clone()}</p>
                if !props.why.is_empty() {
                    <p class="verdict__why">{props.why.clone()}</p>
                }
            </div>
        </div>
    }
}
