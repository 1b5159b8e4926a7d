//! A figure that can also be read as a table.

use yew::prelude::*;

use super::button::{Button, ButtonKind};
use super::icon::IconName;
use super::panel::Panel;
use crate::ui::use_text;

/// Properties of [`TableToggle`].
#[derive(Properties, PartialEq)]
pub struct TableToggleProps {
    /// Whether the table is shown.
    pub on: bool,
    /// Called with the wanted state.
    pub onchange: Callback<bool>,
}

/// The button between figure and table.
#[component]
pub fn TableToggle(props: &TableToggleProps) -> Html {
    let text = use_text();
    let on = props.on;
    let onclick = props.onchange.reform(move |_| !on);
    html! {
        <Button kind={ButtonKind::Quiet} small={true} icon={IconName::Table} pressed={on} {onclick} action="as-table"
            title={text.t(key!("common.as_table_title"))}>
            <span>{text.t(key!("common.as_table"))}</span>
        </Button>
    }
}

/// Properties of [`FigurePanel`].
#[derive(Properties, PartialEq)]
pub struct FigurePanelProps {
    /// The panel's heading.
    pub title: AttrValue,
    /// A sentence beside it.
    #[prop_or_default]
    pub subtitle: Option<AttrValue>,
    /// More classes of the panel.
    #[prop_or_default]
    pub class: Classes,
    /// For tests: `data-panel`.
    #[prop_or_default]
    pub name: Option<AttrValue>,
    /// More buttons, before the toggle.
    #[prop_or_default]
    pub actions: Html,
    /// The drawing.
    pub figure: Html,
    /// The same as a table.
    pub table: Html,
}

/// A panel with a figure, or its table.
#[component]
pub fn FigurePanel(props: &FigurePanelProps) -> Html {
    let as_table = use_state_eq(|| false);
    let onchange = {
        let as_table = as_table.clone();
        Callback::from(move |wanted| as_table.set(wanted))
    };
    let shown = if *as_table {
        html! { <div class="scrollx">{props.table.clone()}</div> }
    } else {
        props.figure.clone()
    };
    html! {
        <Panel title={props.title.clone()} subtitle={props.subtitle.clone()} class={props.class.clone()}
            name={props.name.clone()}
            actions={html! { <>{props.actions.clone()}<TableToggle on={*as_table} {onchange} /></> }}>
            {shown}
        </Panel>
    }
}
