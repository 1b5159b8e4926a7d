//! Drives the built app in a real browser: a static server, chromedriver, and tabs whose nodes answer RPC.
//!
//! Nothing here sleeps for a fixed time and hopes: every wait polls a state until a generous deadline.

mod app;
mod browser;
#[allow(dead_code, reason = "its main is for `make run`")]
#[path = "../../scripts/serve.rs"]
mod serve;

pub use app::{RpcError, Tab};
pub use browser::{Browser, Settings, in_browser};
