//! Checks and how they went.

use yew::prelude::*;

use super::mark::{Mark, MarkKind};
use super::panel::Panel;
use super::switch::Switch;
use crate::api::CheckView;
use crate::ui::use_text;

/// Properties of [`ChecksPanel`].
#[derive(Properties, PartialEq)]
pub struct ChecksPanelProps {
    /// The heading.
    pub title: AttrValue,
    /// More classes.
    #[prop_or_default]
    pub class: Classes,
    /// The checks in order.
    pub checks: Vec<CheckView>,
}

/// A panel of checks; Bitcoin Core's names of the rules are shown on request.
#[component]
pub fn ChecksPanel(props: &ChecksPanelProps) -> Html {
    let text = use_text();
    let names = use_state_eq(|| false);
    let onchange = {
        let names = names.clone();
        Callback::from(move |wanted| names.set(wanted))
    };
    let actions =
        html! { <Switch label={text.t(key!("common.core_names"))} checked={*names} {onchange} action="core-names" /> };
    html! {
        <Panel class={props.class.clone()} name="checks" title={props.title.clone()} {actions}>
            <CheckList checks={props.checks.clone()} names={*names} />
        </Panel>
    }
}

/// Properties of [`CheckList`].
#[derive(Properties, PartialEq)]
struct CheckListProps {
    checks: Vec<CheckView>,
    /// With Core's names of the rules.
    names: bool,
}

/// Checks in order, with Core's names if wanted; a failed one says what was found and what was needed.
#[component]
fn CheckList(props: &CheckListProps) -> Html {
    let text = use_text();
    html! {
        <ol class="checks">
            {for props.checks.iter().enumerate().map(|(index, check)| {
                let (state, kind, word) = match check.passed {
                    Some(true) => ("ok", MarkKind::Ok, key!("common.passed")),
                    Some(false) => ("bad", MarkKind::Bad, key!("common.failed")),
                    None => ("skip", MarkKind::Skip, key!("common.not_run")),
                };
                // A tick for the scripts must not be read as one for witnesses that were not run.
                let without_witnesses =
                    check.passed == Some(true) && check.facts.iter().any(|(name, _)| name == "unchecked_witnesses");
                let what = if without_witnesses {
                    text.t(key!("check.scripts-outside-witnesses")).to_owned()
                } else {
                    text.check(&check.rule)
                };
                let word = if check.rule == "witnesses-not-checked" { key!("common.not_run_here") } else { word };
                let why = (check.passed != Some(true)).then(|| text.rule(&check.rule, &check.facts)).flatten();
                html! {
                    <li key={index} data-check={state} data-rule={check.rule.clone()}>
                        <Mark {kind} />
                        <span class={classes!("what", check.passed.is_none().then_some("muted"))}>
                            {what}
                            <span class="vh">{": "}{text.t(word)}</span>
                        </span>
                        if props.names {
                            <code class="checks__rule">{check.rule.clone()}</code>
                        }
                        if let Some(why) = why {
                            <span class="why">{why}</span>
                        }
                    </li>
                }
            })}
        </ol>
    }
}
