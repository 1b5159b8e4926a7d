//! Waiting, with an end.

use std::future::Future;

use futures::channel::oneshot;
use futures::future::{Either, select};
use gloo::timers::future::TimeoutFuture;
use wasm_bindgen_futures::spawn_local;

/// What a future brings within so many milliseconds; `None` if it takes longer.
///
/// One that takes longer goes on, and what it brings then is dropped: the browser may still call what it has left with
/// it, and must find it there.
pub(super) async fn within<T: 'static>(millis: u32, future: impl Future<Output = T> + 'static) -> Option<T> {
    let (done, waiting) = oneshot::channel();
    spawn_local(async move {
        // Nobody waits any more after the time is up.
        let _ = done.send(future.await);
    });
    match select(waiting, TimeoutFuture::new(millis)).await {
        Either::Left((value, _)) => value.ok(),
        Either::Right(_) => None,
    }
}

/// Waits so many milliseconds.
pub(super) async fn sleep(millis: u32) {
    TimeoutFuture::new(millis).await;
}
