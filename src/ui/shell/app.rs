//! The root: state, address, language and theme, and the frame around the page shown.

use gloo::events::EventListener;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::banners::banners;
use super::bar::Bar;
use super::connection;
use super::part_place::PartPlace;
use super::rail::{page_key, rail};
use super::settings::{self, Theme};
use super::toaster::Toaster;
use crate::session::{Answer, Command, Found};
use crate::ui::pages::ChainPage;
use crate::ui::parts::{ClockProvider, EmptyStateProps, IconName, empty_state};
use crate::ui::route::{self, BlockName, Part, block_href};
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
    let missing_height = use_state_eq(|| None::<u32>);
    let text = Text { lang: *lang };

    use_root_effect(&dispatch, &model, &route);
    use_effect_with(*theme, |theme| page::set_document_theme(theme.name()));
    use_effect_with(*lang, |lang| page::set_document_lang(lang.tag()));
    use_title(text, route.page(), model.node.as_ref().map(|node| node.name.0.clone()));
    use_watch(&dispatch, &model, &route);
    {
        let (dispatch, missing_height) = (dispatch.clone(), missing_height.clone());
        use_effect_with((*route).clone(), move |route| {
            if let Route::Block(BlockName::Height(height)) = route {
                look_up(&dispatch, *height, missing_height.setter());
            }
        });
    }
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
                                {shown(text, &model, &route, *missing_height)}
                                {for Part::ALL.into_iter().map(|part| html! {
                                    // The part's own module draws in it.
                                    <div key={part.name()} id={["part-", part.name()].concat()} class="part" />
                                })}
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
fn shown(text: Text, model: &Model, route: &Route, missing_height: Option<u32>) -> Html {
    match route {
        Route::Unknown(address) => unknown_page(text, address),
        Route::Start | Route::Block(_) | Route::Page(Page::Chain) => {
            let missing = matches!(route, Route::Block(BlockName::Height(height)) if missing_height == Some(*height));
            let block = if missing { Slot::Missing } else { model.block.clone() };
            let following = !matches!(route, Route::Block(_));
            html! { <ChainPage chain={model.chain.clone()} {block} wanted={model.watch.block} {following} /> }
        }
        Route::Page(_) | Route::Keys(_) | Route::Transaction(_) => match route.part() {
            Some(part) => html! { <PartPlace key={part.name()} {part} /> },
            None => Html::default(),
        },
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
    let following = watch.chain && !matches!(route, Route::Block(_));
    if watch.chain {
        watch.strip_top = model.strip_top;
    }
    if following {
        // Nothing is chosen: the newest block shown.
        watch.block = model.node.as_ref().map(|node| node.tip);
    }
    let dispatch = dispatch.clone();
    let before = use_mut_ref(|| false);
    use_effect_with((watch, following), move |(watch, following)| {
        let follow = *following && before.replace(*following);
        dispatch.act(Action::Watch { watch: watch.clone(), follow });
        dispatch.send(Command::Watch(watch.clone()));
    });
}

#[hook]
fn use_title(text: Text, page: Page, node: Option<String>) {
    let name = text.t(page_key(page));
    let title = match &node {
        Some(node) => text.with("app.title_node", &[("page", name), ("node", node)]),
        None => text.with("app.title", &[("page", name)]),
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

/// A height becomes the address of the block that has it now.
fn look_up(dispatch: &Dispatch, height: u32, missing: UseStateSetter<Option<u32>>) {
    dispatch.request(Command::Search(height.to_string()), move |answered| {
        if let Ok(Answer::Found(Found::Block(hash))) = answered {
            if let Some(window) = web_sys::window() {
                // Without an entry of its own, so that Back does not lead here again.
                let _ = window.location().replace(&block_href(&hash));
            }
        } else {
            missing.set(Some(height));
        }
    });
}

/// Jumps over the navigation; not by its hash, which is the page's address.
fn skip_link(text: Text) -> Html {
    let onclick = Callback::from(|event: MouseEvent| {
        event.prevent_default();
        focus_main();
    });
    html! { <a class="skip" href="#main" {onclick}>{text.t("app.skip")}</a> }
}

fn unknown_page(text: Text, address: &str) -> Html {
    empty_state(EmptyStateProps {
        title: text.t("page.unknown").into(),
        text: text.with("page.unknown_why", &[("address", address)]).into(),
        icon: Some(IconName::Search),
        children: html! { <a class="btn btn--accent" href={Page::Chain.href()}>{text.t("page.unknown_go")}</a> },
        ..EmptyStateProps::default()
    })
}
