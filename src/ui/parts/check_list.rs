//! Checks and how they went.

use yew::prelude::*;

use super::mark::{MarkKind, mark};
use crate::session::CheckView;
use crate::ui::Text;

/// Checks in order; a failed one says what was found and what was needed.
pub fn check_list(text: Text, checks: &[CheckView]) -> Html {
    html! {
        <ol class="checks">
            {for checks.iter().enumerate().map(|(index, check)| {
                let (state, kind, word) = match check.passed {
                    Some(true) => ("ok", MarkKind::Ok, "common.passed"),
                    Some(false) => ("bad", MarkKind::Bad, "common.failed"),
                    None => ("skip", MarkKind::Skip, "common.not_run"),
                };
                let why = (check.passed == Some(false)).then(|| text.rule(&check.rule, &check.facts)).flatten();
                html! {
                    <li key={index} data-check={state} data-rule={check.rule.clone()}>
                        {mark(kind, 18)}
                        <span class={classes!("what", check.passed.is_none().then_some("muted"))}>
                            {text.check(&check.rule)}
                            <span class="vh">{": "}{text.t(word)}</span>
                        </span>
                        <code class="checks__rule">{check.rule.clone()}</code>
                        if let Some(why) = why {
                            <span class="why">{why}</span>
                        }
                    </li>
                }
            })}
        </ol>
    }
}
