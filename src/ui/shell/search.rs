//! The search field: a height, a block hash, a txid or an address.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::session::{Answer, Command, Found, UserError};
use crate::ui::parts::{AddressTextProps, IconName, address_text, icon};
use crate::ui::route::{block_href, transaction_href};
use crate::ui::{use_dispatch, use_text};

/// What the field says under itself.
#[derive(Clone, PartialEq)]
enum Said {
    Nothing,
    Searching,
    Address(String),
    Error(UserError),
}

/// Properties of [`Search`].
#[derive(Properties, PartialEq)]
pub struct SearchProps {
    /// Called when something was found and shown.
    #[prop_or_default]
    pub onfound: Callback<()>,
}

/// The field; Enter searches, what is found is shown, an error stays at the field.
#[component]
pub fn Search(props: &SearchProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let said = use_state_eq(|| Said::Nothing);
    let input = use_node_ref();
    let onsubmit = {
        let (said, input, dispatch, onfound) = (said.clone(), input.clone(), dispatch, props.onfound.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(field) = input.cast::<HtmlInputElement>() else { return };
            let wanted = field.value().trim().to_owned();
            if wanted.is_empty() {
                said.set(Said::Nothing);
                return;
            }
            said.set(Said::Searching);
            let (said, onfound) = (said.clone(), onfound.clone());
            dispatch.request(Command::Search(wanted), move |answered| {
                let next = match answered {
                    Ok(Answer::Found(Found::Block(hash))) => go(&block_href(&hash)),
                    Ok(Answer::Found(Found::Transaction(txid))) => go(&transaction_href(&txid)),
                    Ok(Answer::Found(Found::Address(address))) => Said::Address(address),
                    Ok(_) => Said::Nothing,
                    Err(error) => Said::Error(error),
                };
                if next == Said::Nothing {
                    field.set_value("");
                    onfound.emit(());
                }
                said.set(next);
            });
        })
    };
    let oninput = {
        let said = said.clone();
        Callback::from(move |_: InputEvent| said.set(Said::Nothing))
    };
    let is_error = matches!(*said, Said::Error(_));
    let answer = match &*said {
        Said::Nothing => None,
        Said::Searching => Some(html! { {text.t("bar.searching")} }),
        Said::Address(address) => {
            let whole =
                AddressTextProps { address: address.clone().into(), full: true, copy: true, ..Default::default() };
            Some(html! { <>{text.with("bar.search_address", &[("address", "")])}{address_text(text, whole)}</> })
        }
        Said::Error(error) => Some(html! { {text.error(error)} }),
    };
    html! {
        <form class="search__box" role="search" {onsubmit}>
            <label class="search">
                {icon(IconName::Search, 16)}
                <span class="vh">{text.t("bar.search")}</span>
                <input type="search" name="search" ref={input} {oninput} placeholder={text.t("bar.search_hint")} autocomplete="off"
                    spellcheck="false" aria-invalid={is_error.then_some("true")} data-action="search" />
            </label>
            <div role="status">
                if let Some(answer) = answer {
                    <div class="search__answer" data-state={is_error.then_some("error")}>{answer}</div>
                }
            </div>
        </form>
    }
}

fn go(href: &str) -> Said {
    if let Some(window) = web_sys::window() {
        // A hash can always be set.
        let _ = window.location().set_hash(href);
    }
    Said::Nothing
}
