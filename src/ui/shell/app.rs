//! The root: state, address, language and theme, and the frame around the page shown.

use gloo::events::EventListener;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::banners::banners;
use super::bar::Bar;
use super::connection;
use super::rail::{page_key, rail};
use super::settings::{self, Theme};
use super::toaster::Toaster;
use crate::api::{Command, WatchedBlock};
use crate::ui::pages::{ChainPage, HelpPage, KeysPage, MinerPage, NetworkPage, TransactionPage, WalletPage};
use crate::ui::parts::{ClockProvider, EmptyState, IconName};
use crate::ui::route::{self, KeysSection};
use crate::ui::store::{Action, Model, Phase, Slot};
use crate::ui::{Dispatch, Lang, Page, Route, Text};
use crate::web::page;

/// The whole page.
#[component]
pub fn App() -> Html {
    let model = use_reducer(Model::default);
    let dispatch = use_memo((), |()| Dispatch::default());
    let lang = use_state_eq(settings::first_lang);
    let theme = use_state_eq(settings::first_theme);
    let route = use_state_eq(route::current);
    let text = Text { lang: *lang };

    use_root_effect(&dispatch, &model, &route);
    use_effect_with(*theme, |theme| page::set_document_theme(theme.name()));
    use_effect_with(*lang, |lang| page::set_document_lang(lang.tag()));
    use_title(text, route.page(), model.node.as_ref().map(|node| node.name.0.clone()));
    use_watch(&dispatch, &model, &route);
    use_focus_on_new_page(route.page());

    let on_theme = use_callback((), {
        let theme = theme.setter();
        move |chosen: Theme, ()| {
            settings::keep_theme(chosen);
            theme.set(chosen);
        }
    });
    let on_lang = use_callback((), {
        let lang = lang.setter();
        move |chosen: Lang, ()| {
            settings::keep_lang(chosen);
            lang.set(chosen);
        }
    });
    let unknown_network = use_memo((), |()| connection::asked_network().err());
    html! {
        <ContextProvider<Text> context={text}>
            <ContextProvider<Dispatch> context={(*dispatch).clone()}>
                <ClockProvider>
                    {skip_link(text)}
                    <div class="frame">
                        <div class="shell" data-phase={phase_name(&model.phase)}>
                            {rail(text, route.page())}
                            <Bar node={model.node.clone()} stopped={matches!(model.phase, Phase::Failed(_))} route={(*route).clone()} theme={*theme} {on_theme} {on_lang} />
                            <main id="main" class="page" tabindex="-1" data-route={route.page().name()}>
                                {banners(text, &dispatch, &model.phase, model.node.as_deref(), unknown_network.as_deref())}
                                {shown(text, &model, &route)}
                            </main>
                        </div>
                    </div>
                    <Toaster toasts={model.toasts.clone()} />
                </ClockProvider>
            </ContextProvider<Dispatch>>
        </ContextProvider<Text>>
    }
}

/// The page of the address.
fn shown(text: Text, model: &Model, route: &Route) -> Html {
    let node = model.node.clone();
    match route {
        Route::Unknown(address) => unknown_page(text, address),
        Route::Start | Route::Block(_) | Route::Page(Page::Chain) => {
            let wanted = match model.watch.block {
                Some(WatchedBlock::Hash(hash)) => Some(hash),
                Some(WatchedBlock::Tip) => model.node.as_ref().map(|node| node.tip),
                _ => match &model.block {
                    Slot::Here(block) => Some(block.card.hash),
                    _ => None,
                },
            };
            let following = !matches!(route, Route::Block(_));
            html! { <ChainPage chain={model.chain.clone()} block={model.block.clone()} {wanted} {following} /> }
        }
        Route::Transaction(txid) => {
            html! { <TransactionPage key={txid.to_string()} txid={*txid} view={model.transaction.clone()} {node} /> }
        }
        Route::Page(Page::Wallet) => html! { <WalletPage wallet={model.wallet.clone()} {node} /> },
        Route::Page(Page::Keys) => keys_page(model, KeysSection::Overview),
        Route::Keys(section) => keys_page(model, *section),
        Route::Page(Page::Network) => html! { <NetworkPage network={model.network.clone()} {node} /> },
        Route::Page(Page::Miner) => html! { <MinerPage miner={model.miner.clone()} {node} /> },
        Route::Page(Page::Help) => html! { <HelpPage /> },
    }
}

fn keys_page(model: &Model, section: KeysSection) -> Html {
    html! {
        <KeysPage {section} wallet={model.wallet.clone()} node={model.node.clone()} notes={model.notes.clone()} answers={model.answers.clone()} />
    }
}

const fn phase_name(phase: &Phase) -> &'static str {
    match phase {
        Phase::Starting => "starting",
        Phase::Opening { .. } => "opening",
        Phase::Ready => "ready",
        Phase::Failed(_) => "failed",
        Phase::Stale => "stale",
    }
}

/// Starts the node and listens to the address, once.
#[hook]
fn use_root_effect(dispatch: &Dispatch, model: &UseReducerHandle<Model>, route: &UseStateHandle<Route>) {
    let (dispatch, act, route) = (dispatch.clone(), model.dispatcher().to_callback(), route.setter());
    use_effect_with((), move |()| {
        connection::connect(&dispatch, act);
        let listener = web_sys::window()
            .map(|window| EventListener::new(&window, "hashchange", move |_| route.set(route::current())));
        move || drop(listener)
    });
}

/// Tells the node what is on screen.
#[hook]
fn use_watch(dispatch: &Dispatch, model: &UseReducerHandle<Model>, route: &Route) {
    let mut watch = route.watch();
    if watch.chain {
        watch.strip_top = model.strip_top;
    }
    let dispatch = dispatch.clone();
    use_effect_with(watch, move |watch| {
        dispatch.act(Action::Watch(watch.clone()));
        dispatch.send(Command::Watch(watch.clone()));
    });
}

#[hook]
fn use_title(text: Text, page: Page, node: Option<String>) {
    let name = text.t(page_key(page));
    let title = match &node {
        Some(node) => text.with(key!("app.title_node"), &[("page", name), ("node", node)]),
        None => text.with(key!("app.title"), &[("page", name)]),
    };
    use_effect_with(title, |title| page::set_document_title(title));
}

/// A new page takes the focus, so that it is read from its beginning.
#[hook]
fn use_focus_on_new_page(page: Page) {
    let first = use_mut_ref(|| true);
    use_effect_with(page, move |_| {
        if !first.replace(false) {
            focus_main();
            if let Some(window) = web_sys::window() {
                window.scroll_to_with_x_and_y(0.0, 0.0);
            }
        }
    });
}

fn focus_main() {
    use wasm_bindgen::JsCast;
    let main = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id("main"))
        .and_then(|main| main.dyn_into::<HtmlElement>().ok());
    if let Some(main) = main {
        // It takes the focus, having a tabindex.
        let _ = main.focus();
    }
}

/// Jumps over the navigation; not by its hash, which is the page's address.
fn skip_link(text: Text) -> Html {
    let onclick = Callback::from(|event: MouseEvent| {
        event.prevent_default();
        focus_main();
    });
    html! { <a class="skip" href="#main" {onclick}>{text.t(key!("app.skip"))}</a> }
}

fn unknown_page(text: Text, address: &str) -> Html {
    html! {
        <EmptyState title={text.t(key!("page.unknown"))} text={text.with(key!("page.unknown_why"), &[("address", address)])}
            icon={IconName::Search}>
            <a class="btn btn--accent" href={Page::Chain.href()}>{text.t(key!("page.unknown_go"))}</a>
        </EmptyState>
    }
}
