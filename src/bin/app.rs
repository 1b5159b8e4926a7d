//! All three roles of a tab in one module, so that what they share is loaded once: the page, and in a worker of its
//! own each the node and the miners. `workers/loader.js` names a worker's role.

use tabchain::web::{Role, role};
use wasm_bindgen::JsCast;

fn main() {
    match role() {
        Role::Page => draw_page(),
        Role::Node => tabchain::web::run_node(),
        Role::Miner => tabchain::web::run_miner(),
    }
}

fn draw_page() {
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id("app"))
        .and_then(|element| element.dyn_into::<web_sys::Element>().ok());
    if let Some(root) = root {
        yew::Renderer::<tabchain::ui::shell::App>::with_root(root).render();
    }
}
