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
                // A tick for the scripts must not be read as one for witnesses that were not run.
                let without_witnesses =
                    check.passed == Some(true) && check.facts.iter().any(|(name, _)| name == "unchecked_witnesses");
                let what = if without_witnesses {
                    text.t("check.scripts-outside-witnesses").to_owned()
                } else {
                    text.check(&check.rule)
                };
                let word = if check.rule == "witnesses-not-checked" { "common.not_run_here" } else { word };
                let why = (check.passed != Some(true)).then(|| text.rule(&check.rule, &check.facts)).flatten();
                html! {
                    <li key={index} data-check={state} data-rule={check.rule.clone()}>
                        {mark(kind, 18)}
                        <span class={classes!("what", check.passed.is_none().then_some("muted"))}>
                            {what}
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
