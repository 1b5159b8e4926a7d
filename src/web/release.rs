//! Releases of the app: the service worker that keeps one, so that the page opens without a network, and a new one
//! that is ready. What the service worker does is in `service_worker.js`.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Interval;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    RegistrationOptions, ServiceWorkerContainer, ServiceWorkerRegistration, ServiceWorkerState,
    ServiceWorkerUpdateViaCache,
};

use super::js::property;
use super::page;

/// The service worker, beside the page.
const SERVICE_WORKER: &str = "./service_worker.js";
/// What tells it to take over.
const ACTIVATE: &str = "activate";
/// A tab may stay open for days; a new release is looked for so often, in milliseconds.
const LOOK_MS: u32 = 30 * 60 * 1000;

/// News of the app's releases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReleaseNews {
    /// A new one is here whole, and waits.
    Ready,
    /// Another tab has gone on to a new one; this one still runs the old.
    Elsewhere,
}

thread_local! {
    static REGISTRATION: RefCell<Option<ServiceWorkerRegistration>> = const { RefCell::new(None) };
    /// The user wants the new release in this tab.
    static WANTED: Cell<bool> = const { Cell::new(false) };
}

/// Keeps this release for later visits, and tells of new ones. Does nothing where there are no service workers (they
/// need https or localhost), or for a build that is no release. What it returns ends it when called.
pub fn watch_releases(tell: impl Fn(ReleaseNews) + 'static) -> impl FnOnce() {
    let watch = container().filter(|_| page::release().is_some()).map(|container| watch(container, Rc::new(tell)));
    move || drop(watch)
}

/// Goes on to the release that waits; the page is loaded again when it has taken over.
pub fn take_new_release() {
    WANTED.set(true);
    let waiting = REGISTRATION.with_borrow(|registration| registration.as_ref().and_then(|kept| kept.waiting()));
    match waiting {
        Some(worker) => {
            // A text can always be posted.
            let _ = worker.post_message(&ACTIVATE.into());
        }
        // It has taken over already.
        None => page::reload(),
    }
}

fn container() -> Option<ServiceWorkerContainer> {
    property(web_sys::window()?.navigator().as_ref(), "serviceWorker").dyn_into().ok()
}

fn watch(container: ServiceWorkerContainer, tell: Rc<dyn Fn(ReleaseNews)>) -> (EventListener, Interval) {
    // The first one of all takes over without being asked, and is no news.
    let has_controller = Rc::new(Cell::new(container.controller().is_some()));
    let (told, had) = (Rc::clone(&tell), Rc::clone(&has_controller));
    let taken_over = EventListener::new(&container, "controllerchange", move |_| {
        if WANTED.get() {
            page::reload();
        } else if had.replace(true) {
            told(ReleaseNews::Elsewhere);
        }
    });
    spawn_local(async move {
        // What is refused here (a private window, a full disk) leaves the app as it was: it works with a network.
        let options = RegistrationOptions::new();
        options.set_update_via_cache(ServiceWorkerUpdateViaCache::None);
        let registered = JsFuture::from(container.register_with_options(SERVICE_WORKER, &options)).await;
        let Some(registration) = registered.ok().and_then(|found| found.dyn_into::<ServiceWorkerRegistration>().ok())
        else {
            return;
        };
        hear_of_updates(&registration, has_controller, tell);
        REGISTRATION.set(Some(registration));
    });
    let look = Interval::new(LOOK_MS, || {
        REGISTRATION.with_borrow(|registration| {
            // Without a network there is nothing to find.
            let _ = registration.as_ref().map(ServiceWorkerRegistration::update);
        });
    });
    (taken_over, look)
}

fn hear_of_updates(registration: &ServiceWorkerRegistration, had: Rc<Cell<bool>>, tell: Rc<dyn Fn(ReleaseNews)>) {
    if registration.waiting().is_some() && had.get() {
        tell(ReleaseNews::Ready);
    }
    let found = registration.clone();
    EventListener::new(registration, "updatefound", move |_| {
        let Some(worker) = found.installing() else { return };
        let (installing, had, tell) = (worker.clone(), Rc::clone(&had), Rc::clone(&tell));
        EventListener::new(&worker, "statechange", move |_| {
            if installing.state() == ServiceWorkerState::Installed && had.get() {
                tell(ReleaseNews::Ready);
            }
        })
        .forget();
    })
    // It lives as long as the page.
    .forget();
}
