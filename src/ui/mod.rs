//! The page: a client of its node, drawn with Yew.
//!
//! ```text
//! ToPage ──> store (slices, at most once a frame) ──props──> pages ──> parts, figures
//! Request <── Dispatch (the only thing in context, beside the language) <── a click
//! ```
//!
//! - [`store`]: what the node last said, as immutable slices, and how to ask it.
//! - [`route`]: the hash addresses, and what each wants to watch.
//! - [`text`]: every text, in each language.
//! - [`parts`]: buttons, fields, hashes, byte strips: one a file, each a component.
//! - [`figures`]: drawings; each is a pure layout, natively tested, and a thin SVG.
//! - [`pages`]: what fills the window.
//! - [`shell`]: what stays around the pages.

// First: its macros name texts everywhere below.
#[macro_use]
pub mod text;

pub mod digest;
pub mod figures;
pub mod format;
pub mod pages;
pub mod parts;
pub mod route;
pub mod shell;
pub mod store;

pub use digest::Digest;
pub use route::{Page, Route};
pub use store::{Dispatch, Shared, use_dispatch};
pub use text::{Area, Key, Lang, Plural, Text, use_text};

/// Draws the page in its place in the document; it starts its node.
pub fn draw() {
    crate::web::page::report_panics();
    if let Some(root) = crate::web::page::element_by_id("app") {
        yew::Renderer::<shell::App>::with_root(root).render();
    }
}
