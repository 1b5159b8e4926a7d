//! The page.

use wasm_bindgen::JsCast;

fn main() {
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id("app"))
        .and_then(|element| element.dyn_into::<web_sys::Element>().ok());
    if let Some(root) = root {
        yew::Renderer::<tabchain::ui::shell::App>::with_root(root).render();
    }
}
