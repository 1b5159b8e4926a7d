//! What stays around the pages: navigation, header bar, banners, toasts.

mod app;
mod banners;
mod bar;
mod connection;
mod notice_text;
mod part_app;
mod part_place;
mod rail;
mod search;
mod settings;
mod toaster;

pub use app::App;
pub use notice_text::{NoticeText, notice_text};
pub use part_app::{KeysPart, PagesPart};
pub use settings::Theme;

use yew::BaseComponent;

use crate::ui::route::Part;

/// Draws the shell in its place in the document.
pub fn draw_shell() {
    draw::<App>("app");
}

/// Draws a part in its place in the document.
pub fn draw_part<T: BaseComponent<Properties = ()>>(part: Part) {
    draw::<T>(&["part-", part.name()].concat());
}

fn draw<T: BaseComponent<Properties = ()>>(place: &str) {
    let root =
        web_sys::window().and_then(|window| window.document()).and_then(|document| document.get_element_by_id(place));
    if let Some(root) = root {
        yew::Renderer::<T>::with_root(root).render();
    }
}
