//! What the page needs of its window: address, storage, clipboard, look.

use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlElement, HtmlTextAreaElement, Storage, UrlSearchParams, Window};

pub use super::clock::random_bytes;
pub use super::console::install_rpc;
use super::js::{call, property};

/// Lets a panic of the page be read: what it said last stands in a report that can be copied.
pub fn report_panics() {
    super::js::report_panics(|reason| {
        let report = format!("Tabchain {}\n{reason}\nbrowser: {}", env!("CARGO_PKG_VERSION"), user_agent());
        let Some(crash) = element_by_id("crash") else { return };
        if let Ok(Some(place)) = crash.query_selector("[data-crash-report]") {
            place.set_text_content(Some(&report));
        }
        let _ = crash.remove_attribute("hidden");
    });
}

/// An element of the document.
pub fn element_by_id(id: &str) -> Option<Element> {
    window()?.document()?.get_element_by_id(id)
}

/// Milliseconds since 1970.
pub fn now_ms() -> f64 {
    js_sys::Date::now()
}

/// How many threads the machine runs at once (`navigator.hardwareConcurrency`); `None` where the
/// browser does not tell.
pub fn machine_threads() -> Option<u32> {
    let threads = window()?.navigator().hardware_concurrency();
    (threads >= 1.0).then_some(threads as u32)
}

/// A parameter of the page's address, like `room` in `?room=x`; `None` where it is missing.
pub fn query_param(name: &str) -> Option<String> {
    let search = window()?.location().search().ok()?;
    UrlSearchParams::new_with_str(&search).ok()?.get(name)
}

/// Sets a parameter of the page's address, or removes it, without loading anything and without a
/// new entry in the history.
pub fn set_query_param(name: &str, value: Option<&str>) {
    let _ = try_set_query_param(name, value);
}

fn try_set_query_param(name: &str, value: Option<&str>) -> Option<()> {
    let window = window()?;
    let location = window.location();
    let parameters = UrlSearchParams::new_with_str(&location.search().ok()?).ok()?;
    match value {
        Some(value) => parameters.set(name, value),
        None => parameters.delete(name),
    }
    let search = String::from(parameters.to_string());
    let question_mark = if search.is_empty() { "" } else { "?" };
    let url = format!("{}{question_mark}{search}{}", location.pathname().ok()?, location.hash().ok()?);
    let history = window.history().ok()?;
    history.replace_state_with_url(&history.state().unwrap_or(JsValue::NULL), "", Some(&url)).ok()
}

/// The page's own address with these parameters set, and without its hash.
pub fn address_with(parameters: &[(&str, &str)]) -> String {
    try_address_with(parameters).unwrap_or_else(|| "./".to_owned())
}

fn try_address_with(parameters: &[(&str, &str)]) -> Option<String> {
    let location = window()?.location();
    let all = UrlSearchParams::new_with_str(&location.search().ok()?).ok()?;
    for (name, value) in parameters {
        all.set(name, value);
    }
    Some(format!("{}?{}", location.pathname().ok()?, String::from(all.to_string())))
}

/// The release of the app; none for a build that is no release.
pub fn release() -> Option<String> {
    window()?.document()?.document_element()?.get_attribute("data-release")
}

/// Loads the page again. One that can't stays as it is.
pub fn reload() {
    if let Some(window) = window() {
        let _ = window.location().reload();
    }
}

/// Sets the document's language, like `en` or `zh-CN`.
pub fn set_document_lang(lang: &str) {
    set_root_attribute("lang", lang);
}

/// The document's theme, `light` or `dark`, as `data-theme` of its root.
pub fn set_document_theme(theme: &str) {
    set_root_attribute("data-theme", theme);
}

/// Whether the page is drawn large, for a projector.
pub fn is_projecting() -> bool {
    let root = window().and_then(|window| window.document()).and_then(|document| document.document_element());
    root.is_some_and(|root| root.has_attribute(PROJECTING))
}

/// Opens the browser's print dialog, if there is one.
pub fn print() {
    if let Some(window) = window() {
        let _ = window.print();
    }
}

/// Scrolls the page to its top.
pub fn scroll_to_top() {
    if let Some(window) = window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// Scrolls a row that is wider than its place sideways, so that what is current in it is seen.
pub fn scroll_to_current(row: &str) {
    let document = window().and_then(|window| window.document());
    let row = document.and_then(|document| document.query_selector(row).ok().flatten());
    let current = row.as_ref().and_then(|row| row.query_selector("[aria-current]").ok().flatten());
    if let (Some(row), Some(current)) = (row, current.and_then(|current| current.dyn_into::<HtmlElement>().ok())) {
        row.set_scroll_left(current.offset_left() - row.client_width() / 3);
    }
}

/// Puts the focus on the first element below `root` that a selector finds; where there is none it stays.
pub fn focus_within(root: Option<Element>, selector: &str) {
    let found = root.and_then(|root| root.query_selector(selector).ok().flatten());
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // An element that can't take the focus leaves it where it was.
        let _ = element.focus();
    }
}

/// The hash address of the page, `#` included; empty where there is none.
pub fn hash() -> String {
    window().and_then(|window| window.location().hash().ok()).unwrap_or_default()
}

/// Draws the page large, for a projector, or not.
pub fn set_projecting(on: bool) {
    let root = window().and_then(|window| window.document()).and_then(|document| document.document_element());
    if let Some(root) = root {
        let _ = if on { root.set_attribute(PROJECTING, "") } else { root.remove_attribute(PROJECTING) };
    }
}

const PROJECTING: &str = "data-projecting";

/// The page's address without its hash.
pub fn own_address() -> String {
    let address = window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    address.split('#').next().unwrap_or_default().to_owned()
}

/// The page's hash, `#` included.
pub fn own_hash() -> String {
    window().and_then(|window| window.location().hash().ok()).unwrap_or_default()
}

/// The document's title.
pub fn set_document_title(title: &str) {
    if let Some(document) = window().and_then(|window| window.document()) {
        document.set_title(title);
    }
}

fn set_root_attribute(name: &str, value: &str) {
    let root = window().and_then(|window| window.document()).and_then(|document| document.document_element());
    if let Some(root) = root {
        let _ = root.set_attribute(name, value);
    }
}

/// What the browser keeps under this key for good; `None` also where it keeps nothing.
pub fn storage_get(key: &str) -> Option<String> {
    local_storage()?.get_item(key).ok()?
}

/// Keeps a text for good, where the browser lets it.
pub fn storage_set(key: &str, value: &str) {
    if let Some(storage) = local_storage() {
        let _ = storage.set_item(key, value);
    }
}

/// What the browser keeps for this tab under this key.
pub fn session_storage_get(key: &str) -> Option<String> {
    session_storage()?.get_item(key).ok()?
}

/// Keeps a text for this tab, reloads included.
pub fn session_storage_set(key: &str, value: &str) {
    if let Some(storage) = session_storage() {
        let _ = storage.set_item(key, value);
    }
}

/// Copies a text, and says whether it did. `beside` is what was pressed: inside a modal dialog everything else of the
/// page is inert, so the old way works there only from within.
pub async fn copy_text(text: &str, beside: Option<Element>) -> bool {
    let Some(window) = window() else { return false };
    let clipboard = property(&property(&window, "navigator"), "clipboard");
    if let Ok(promise) = call(&clipboard, "writeText", &[text.into()])
        && let Ok(promise) = promise.dyn_into::<Promise>()
        && JsFuture::from(promise).await.is_ok()
    {
        return true;
    }
    // Without a secure context there is no clipboard, but there is the old way.
    copy_selected(&window, text, beside).unwrap_or(false)
}

fn copy_selected(window: &Window, text: &str, beside: Option<Element>) -> Option<bool> {
    let document = window.document()?;
    let area: HtmlTextAreaElement = document.create_element("textarea").ok()?.dyn_into().ok()?;
    area.set_value(text);
    area.set_attribute("readonly", "").ok()?;
    area.set_attribute("aria-hidden", "true").ok()?;
    area.set_attribute("style", "position:fixed;top:0;opacity:0").ok()?;
    let focused = document.active_element();
    let dialog = beside.and_then(|element| element.closest("dialog[open]").ok().flatten());
    match dialog {
        Some(dialog) => dialog.append_child(&area).ok()?,
        None => document.body()?.append_child(&area).ok()?,
    };
    let _ = area.focus();
    area.select();
    // In an inert place nothing takes the focus, and the command would copy something else or nothing, and say yes.
    let is_selected = document.active_element().as_ref() == Some(area.as_ref());
    let copied = is_selected && call(&document, "execCommand", &["copy".into()]).is_ok_and(|copied| copied == true);
    area.remove();
    if let Some(focused) = focused.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = focused.focus();
    }
    Some(copied)
}

/// Selects the text that is shown in the field or element nearest to a button, so that it can be copied by hand; `false`
/// where the text is not on screen as it is.
pub fn select_shown(text: &str, beside: &Element) -> bool {
    try_select_shown(text, beside).unwrap_or(false)
}

fn try_select_shown(text: &str, beside: &Element) -> Option<bool> {
    let same = |shown: &str| {
        let plain = |text: &str| text.split_whitespace().collect::<String>();
        plain(shown) == plain(text)
    };
    // From the button outwards to the first part of the page that shows the text; a dialog is a page of its own.
    let mut around = beside.parent_element();
    while let Some(part) = around {
        let found = call(&part, "querySelectorAll", &["textarea, input, code, span, p, bdi".into()]).ok()?;
        for element in js_sys::Array::from(&found).iter() {
            let element: Element = element.dyn_into().ok()?;
            let value = property(&element, "value").as_string();
            if value.as_deref().is_some_and(same) {
                let _ = call(&element, "focus", &[]);
                return Some(call(&element, "select", &[]).is_ok());
            }
            if value.is_none() && element.text_content().as_deref().is_some_and(same) {
                let selection = call(window()?.as_ref(), "getSelection", &[]).ok()?;
                return Some(call(&selection, "selectAllChildren", &[element.into()]).is_ok());
            }
        }
        if part.tag_name().eq_ignore_ascii_case("dialog") {
            return Some(false);
        }
        around = part.parent_element();
    }
    Some(false)
}

/// Opens an address in a new tab; `false` where the browser blocked it. The new tab starts with a
/// copy of this tab's session storage.
pub fn open_tab(url: &str) -> bool {
    let Some(window) = window() else { return false };
    match window.open_with_url_and_target(url, "_blank") {
        Ok(Some(opened)) => {
            let _ = opened.set_opener(&JsValue::NULL);
            true
        }
        _ => false,
    }
}

/// What the browser calls itself.
pub fn user_agent() -> String {
    window().and_then(|window| window.navigator().user_agent().ok()).unwrap_or_default()
}

/// Whether the user's system is set to dark.
pub fn prefers_dark() -> bool {
    matches_media("(prefers-color-scheme: dark)")
}

/// Whether the user's system asks for less motion.
pub fn prefers_reduced_motion() -> bool {
    matches_media("(prefers-reduced-motion: reduce)")
}

fn matches_media(query: &str) -> bool {
    window().and_then(|window| window.match_media(query).ok().flatten()).is_some_and(|list| list.matches())
}

/// The languages the user prefers, best first, like `zh-CN`.
pub fn preferred_languages() -> Vec<String> {
    let languages = window().map(|window| window.navigator().languages());
    languages.iter().flat_map(|languages| languages.iter()).filter_map(|language| language.as_string()).collect()
}

/// Whether a new secret may be made here: the browser has a source of random numbers.
pub fn has_entropy() -> bool {
    random_bytes::<1>().is_ok()
}

fn window() -> Option<Window> {
    web_sys::window()
}

/// Whether the page may keep anything by itself.
pub fn can_keep() -> bool {
    local_storage().is_some() && session_storage().is_some()
}

fn local_storage() -> Option<Storage> {
    window()?.local_storage().ok()?
}

fn session_storage() -> Option<Storage> {
    window()?.session_storage().ok()?
}
