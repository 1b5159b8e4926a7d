//! The root of a part with a module of its own: its slice of the state, and the page of the address.

use gloo::events::EventListener;
use yew::prelude::*;

use crate::session::{Request, UserError};
use crate::ui::pages::{HelpPage, KeysPage, MinerPage, NetworkPage, TransactionPage, WalletPage};
use crate::ui::parts::ClockProvider;
use crate::ui::route::{self, KeysSection, Part};
use crate::ui::store::{Action, Inbox, Model, ToastBody};
use crate::ui::{Dispatch, Lang, Page, Route, Text};
use crate::web::{PartLink, page, read_part_view};

/// Each part numbers its requests from a multiple of this, the shell from one.
const FIRST_ID: u64 = 1 << 40;

/// What a part knows of the page around it.
struct PartState {
    model: UseReducerHandle<Model>,
    dispatch: Dispatch,
    text: Text,
    route: Route,
}

#[hook]
fn use_part(part: Part) -> PartState {
    let model = use_reducer(Model::default);
    let dispatch = use_memo((), move |()| Dispatch::numbering_from(FIRST_ID * (part as u64 + 1)));
    let lang = use_state_eq(document_lang);
    let route = use_state_eq(route::current);
    {
        // Before the node is heard, so that what it says about the thing watched is taken.
        let dispatcher = model.dispatcher();
        use_effect_with((*route).clone(), move |route| {
            dispatcher.dispatch(Action::Watch { watch: route.watch(), follow: false });
        });
    }
    {
        let (dispatch, act) = (dispatch.clone(), model.dispatcher().to_callback());
        let (lang, route) = (lang.setter(), route.setter());
        use_effect_with((), move |()| {
            connect(&dispatch, act);
            let listeners = web_sys::window().map(|window| {
                [
                    EventListener::new(&window, "hashchange", move |_| route.set(route::current())),
                    EventListener::new(&window, page::LANG_EVENT, move |_| lang.set(document_lang())),
                ]
            });
            move || drop(listeners)
        });
    }
    PartState { model, dispatch: (*dispatch).clone(), text: Text { lang: *lang }, route: (*route).clone() }
}

fn document_lang() -> Lang {
    page::document_lang().as_deref().and_then(Lang::from_tag).unwrap_or_default()
}

fn connect(dispatch: &Dispatch, act: Callback<Action>) {
    let inbox = Inbox::new(dispatch.clone());
    let link = PartLink::attach(read_part_view, move |message| inbox.take(message));
    match link {
        Ok(link) => {
            let shell = link.clone();
            // The shell shows the toasts of all; notices reach it from the node itself.
            let act = Callback::from(move |action: Action| match action {
                Action::Toast(ToastBody::Said(text)) => shell.tell_user(&Ok(text)),
                Action::Toast(ToastBody::Error(error)) => shell.tell_user(&Err(error)),
                action => act.emit(action),
            });
            dispatch.connect(std::rc::Rc::new(move |request: &Request| link.send(request)), act);
        }
        Err(reason) => {
            let error = UserError::new(-32603, "stale-worker", reason);
            dispatch.fail_all(&error);
            act.emit(Action::Apply(vec![crate::session::ToPage::Failed(error)]));
        }
    }
}

impl PartState {
    fn frame(&self, shown: Html) -> Html {
        html! {
            <ContextProvider<Text> context={self.text}>
                <ContextProvider<Dispatch> context={self.dispatch.clone()}>
                    <ClockProvider>{shown}</ClockProvider>
                </ContextProvider<Dispatch>>
            </ContextProvider<Text>>
        }
    }
}

/// The part of wallet, network, miner, help and transactions.
#[component]
pub fn PagesPart() -> Html {
    let state = use_part(Part::Pages);
    let PartState { model, route, .. } = &state;
    let node = model.node.clone();
    state.frame(match route {
        Route::Transaction(txid) => {
            html! { <TransactionPage key={txid.to_string()} txid={*txid} view={model.transaction.clone()} {node} /> }
        }
        Route::Page(Page::Wallet) => html! { <WalletPage wallet={model.wallet.clone()} {node} /> },
        Route::Page(Page::Network) => html! { <NetworkPage network={model.network.clone()} {node} /> },
        Route::Page(Page::Miner) => html! { <MinerPage miner={model.miner.clone()} {node} /> },
        Route::Page(Page::Help) => html! { <HelpPage /> },
        Route::Page(Page::Chain | Page::Keys) | Route::Keys(_) | Route::Start | Route::Block(_) | Route::Unknown(_) => {
            Html::default()
        }
    })
}

/// The part of the keys page.
#[component]
pub fn KeysPart() -> Html {
    let state = use_part(Part::Keys);
    let section = match &state.route {
        Route::Page(Page::Keys) => KeysSection::Overview,
        Route::Keys(section) => *section,
        _ => return state.frame(Html::default()),
    };
    let model = &state.model;
    state.frame(html! {
        <KeysPage {section} wallet={model.wallet.clone()} node={model.node.clone()} notes={model.notes.clone()} answers={model.answers.clone()} />
    })
}
