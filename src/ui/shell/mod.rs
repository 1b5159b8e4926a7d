//! What stays around the pages: navigation, header bar, banners, toasts.

mod app;
mod banners;
mod bar;
mod connection;
mod feature_banner;
mod notice_text;
mod part_app;
mod part_place;
mod rail;
mod search;
mod settings;
mod storage_banner;
mod toaster;

pub use app::App;
pub use notice_text::{NoticeText, notice_text};
pub use part_app::{KeysPart, PagesPart};
pub use settings::Theme;

use yew::prelude::*;

use crate::ui::route::Part;

/// A root that only uses up a number.
#[component]
fn Nothing() -> Html {
    Html::default()
}

/// Draws the shell in its place in the document.
pub fn draw_shell() {
    draw::<App>("app");
}

/// Draws a part in its place in the document.
///
/// Yew numbers the roots of each module from one, and tells by the number nearest to an element whose event it is. A
/// part's root lies within the shell's, so it must have a number of its own: roots drawn nowhere use up those before.
pub fn draw_part<T: BaseComponent<Properties = ()>>(part: Part) {
    for _ in 0..=part as u32 {
        if let Some(nowhere) = web_sys::window()
            .and_then(|window| window.document())
            .and_then(|document| document.create_element("div").ok())
        {
            yew::Renderer::<Nothing>::with_root(nowhere).render().destroy();
        }
    }
    draw::<T>(&["part-", part.name()].concat());
}

fn draw<T: BaseComponent<Properties = ()>>(place: &str) {
    let root =
        web_sys::window().and_then(|window| window.document()).and_then(|document| document.get_element_by_id(place));
    if let Some(root) = root {
        yew::Renderer::<T>::with_root(root).render();
    }
}
