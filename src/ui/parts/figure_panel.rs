//! A figure that can also be read as a table.

use yew::prelude::*;

use super::button::{ButtonKind, ButtonProps, button};
use super::icon::IconName;
use super::panel::{PanelProps, panel};
use crate::ui::{Text, use_text};

/// The button between figure and table; `onchange` is called with the wanted state.
pub fn table_toggle(text: Text, on: bool, onchange: &Callback<bool>) -> Html {
    button(ButtonProps {
        kind: ButtonKind::Quiet,
        small: true,
        icon: Some(IconName::Table),
        pressed: Some(on),
        onclick: onchange.reform(move |_| !on),
        action: Some("as-table".into()),
        title: Some(text.t("common.as_table_title").into()),
        children: html! { <span>{text.t("common.as_table")}</span> },
        ..ButtonProps::default()
    })
}

/// Properties of [`TableToggle`].
#[derive(Properties, PartialEq)]
pub struct TableToggleProps {
    /// Whether the table is shown.
    pub on: bool,
    /// Called with the wanted state.
    pub onchange: Callback<bool>,
}

/// [`table_toggle`] as a component.
#[component]
pub fn TableToggle(props: &TableToggleProps) -> Html {
    table_toggle(use_text(), props.on, &props.onchange)
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
    let text = use_text();
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
    panel(PanelProps {
        title: Some(props.title.clone()),
        subtitle: props.subtitle.clone(),
        class: props.class.clone(),
        name: props.name.clone(),
        actions: html! { <>{props.actions.clone()}{table_toggle(text, *as_table, &onchange)}</> },
        children: shown,
        ..PanelProps::default()
    })
}
