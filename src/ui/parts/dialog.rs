//! A question that must be answered first: the browser's own `<dialog>`.

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use yew::prelude::*;

use super::button::{Button, ButtonKind};
use super::icon::IconName;
use crate::ui::use_text;

/// Properties of [`Dialog`].
#[derive(Properties, PartialEq)]
pub struct DialogProps {
    /// Whether it is shown.
    pub open: bool,
    /// The question.
    pub title: AttrValue,
    /// Called by Escape and the close button.
    pub onclose: Callback<()>,
    /// What is in it.
    #[prop_or_default]
    pub children: Html,
    /// The answers.
    #[prop_or_default]
    pub actions: Html,
}

/// A modal dialog: it holds the focus, Escape closes it, the focus goes back after.
#[component]
pub fn Dialog(props: &DialogProps) -> Html {
    let text = use_text();
    let node = use_node_ref();
    use_effect_with((props.open, node.clone()), |(open, node)| {
        if let Some(element) = node.get() {
            let is_open = Reflect::get(&element, &JsValue::from_str("open")).is_ok_and(|value| value.is_truthy());
            if *open != is_open {
                call(&element, if *open { "showModal" } else { "close" });
            }
        }
    });
    let oncancel = {
        let onclose = props.onclose.clone();
        Callback::from(move |event: Event| {
            event.prevent_default();
            onclose.emit(());
        })
    };
    let onclose = props.onclose.reform(|_: MouseEvent| ());
    html! {
        <dialog class="dialog" ref={node} {oncancel} aria-label={props.title.clone()}>
            if props.open {
                <header class="panel__head">
                    <h2 class="panel__title">{props.title.clone()}</h2>
                    <div class="panel__tools">
                        <Button kind={ButtonKind::Quiet} small={true} icon_only={true} icon={IconName::Close}
                            onclick={onclose} title={text.t(key!("common.close"))} action="close-dialog" />
                    </div>
                </header>
                <div class="dialog__body">{props.children.clone()}</div>
                <footer class="dialog__foot">{props.actions.clone()}</footer>
            }
        </dialog>
    }
}

/// Calls a method without arguments; a browser that lacks it shows the dialog's content never.
fn call(element: &web_sys::Node, method: &str) {
    let function =
        Reflect::get(element, &JsValue::from_str(method)).ok().and_then(|value| value.dyn_into::<Function>().ok());
    if let Some(function) = function {
        let _ = function.call0(element);
    }
}
