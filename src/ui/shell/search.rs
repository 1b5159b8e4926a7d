//! The search field: a height, a block hash, a txid, a coin, a node's name or an address.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::api::{AddressFound, AddressOwner, Answer, Command, Found, UserError};
use crate::ui::parts::{AddressText, HashText, Icon, IconName};
use crate::ui::route::{Page, Route, block_href, node_href, transaction_href};
use crate::ui::{Text, format, use_dispatch, use_text};

/// What the field says under itself.
#[derive(Clone, PartialEq)]
enum Said {
    Nothing,
    Searching,
    Address(Box<AddressFound>),
    Error(UserError),
}

/// Properties of [`Search`].
#[derive(Properties, PartialEq)]
pub struct SearchProps {
    /// Called when something was found and shown.
    #[prop_or_default]
    pub onfound: Callback<()>,
    /// What is shown below: when it changes, what the field said is put away.
    pub route: Route,
}

/// The field; Enter searches, what is found is shown, an error stays at the field.
#[component]
pub fn Search(props: &SearchProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let said = use_state_eq(|| Said::Nothing);
    let input = use_node_ref();
    {
        let said = said.setter();
        use_effect_with(props.route.clone(), move |_| said.set(Said::Nothing));
    }
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
                    Ok(Answer::Found(Found::Node(name))) => go(&node_href(&name.0)),
                    Ok(Answer::Found(Found::Address(found))) => Said::Address(found),
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
        Said::Searching => Some(html! { {text.t(key!("bar.searching"))} }),
        Said::Address(found) => Some(address_answer(text, found)),
        Said::Error(error) => Some(html! { {text.error(error)} }),
    };
    html! {
        <form class="search__box" role="search" {onsubmit}>
            <label class="search">
                <Icon name={IconName::Search} />
                <span class="vh">{text.t(key!("bar.search.title"))}</span>
                <input type="search" name="search" ref={input} {oninput} placeholder={text.t(key!("bar.search_hint"))} autocomplete="off"
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

/// Whose an address is and what is unspent on it, with a way to everything named.
fn address_answer(text: Text, found: &AddressFound) -> Html {
    let owner = match &found.owner {
        AddressOwner::Me { change } => {
            let key = if *change { key!("bar.search.my_change") } else { key!("bar.search.mine") };
            html! { <a href={Page::Wallet.href()}>{ text.t(key) }</a> }
        }
        AddressOwner::Peer(name) => {
            html! { <a href={node_href(&name.0)}>{ text.with(key!("bar.search.of_peer"), &[("name", &name.0)]) }</a> }
        }
        AddressOwner::Unknown => html! { text.t(key!("bar.search.of_nobody")) },
    };
    let holds = if found.coin_count == 0 {
        text.t(key!("bar.search.no_coins")).to_owned()
    } else {
        let coins = text.count(plural!("bar.search.coins"), found.coin_count as u64);
        text.with(key!("bar.search.holds"), &[("amount", &found.value.to_string()), ("coins", &coins)])
    };
    let hidden = found.coin_count.saturating_sub(found.coins.len());
    html! {
        <div class="stack" data-found="address">
            <p><AddressText address={found.address.clone()} full={true} copy={true} /></p>
            <p>{ owner }if !found.label.is_empty() { <span class="muted">{ format!(" · {}", found.label) }</span> }</p>
            <p>{ holds }</p>
            if !found.coins.is_empty() {
                <ul class="stack">
                    { for found.coins.iter().map(|(coin, value)| html! {
                        <li key={coin.to_string()} class="row"><span class="num">{ value.to_string() }</span>
                            <HashText hash={coin.txid} href={transaction_href(&coin.txid)} /></li>
                    }) }
                    if hidden > 0 { <li class="faint">{ text.with(key!("bar.search.more"), &[("count", &format::grouped(hidden as u64))]) }</li> }
                </ul>
            }
        </div>
    }
}

fn go(href: &str) -> Said {
    if let Some(window) = web_sys::window() {
        // A hash can always be set.
        let _ = window.location().set_hash(href);
    }
    Said::Nothing
}
