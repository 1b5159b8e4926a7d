//! Waiting, with an end.

use std::future::Future;

use futures::future::{Either, select};
use gloo::timers::future::TimeoutFuture;

/// What a future brings within so many milliseconds; `None` if it takes longer.
pub(super) async fn within<T>(millis: u32, future: impl Future<Output = T>) -> Option<T> {
    let future = std::pin::pin!(future);
    match select(future, TimeoutFuture::new(millis)).await {
        Either::Left((value, _)) => Some(value),
        Either::Right(_) => None,
    }
}

/// Waits so many milliseconds.
pub(super) async fn sleep(millis: u32) {
    TimeoutFuture::new(millis).await;
}
