//! What the node last said, in immutable slices, and how to ask it.

mod dispatch;
mod inbox;
mod model;
mod shared;

pub use dispatch::{Answered, Dispatch, Post, use_dispatch};
pub use inbox::Inbox;
pub use model::{Action, Model, Phase, Slot, Toast, ToastBody, coalesce};
pub use shared::Shared;
