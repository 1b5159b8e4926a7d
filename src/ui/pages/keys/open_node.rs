//! The button that opens another node, where there is nobody to talk to.

use yew::prelude::*;

use crate::ui::parts::{Button, ButtonKind, IconName};
use crate::ui::store::ToastBody;
use crate::ui::{use_dispatch, use_text};
use crate::web::{page, tabs_can_talk};

/// The button.
#[component]
pub fn OpenNode() -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    if !tabs_can_talk() {
        return html! { <span class="xs muted" data-feature="broadcast-channel">{ text.t(key!("bar.no_channel")) }</span> };
    }
    let onclick = Callback::from(move |_: MouseEvent| {
        if !page::open_tab(&page::address_with(&[("node", "new")])) {
            dispatch.toast(ToastBody::Said(text.t(key!("bar.blocked")).to_owned()));
        }
    });
    html! {
        <Button kind={ButtonKind::Accent} icon={IconName::NewNode} action="open-node-here" {onclick}>{ text.t(key!("bar.open_node")) }</Button>
    }
}
