//! Loading the page again, which several banners offer.

use yew::prelude::*;

use crate::web::page;

/// Loads the page again.
pub fn reload() -> Callback<MouseEvent> {
    Callback::from(|_: MouseEvent| page::reload())
}
