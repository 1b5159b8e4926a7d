//! Drives the built app in a real browser: a static server, chromedriver, and tabs whose nodes answer RPC.
//!
//! Nothing here sleeps for a fixed time and hopes: every wait polls a state until a generous deadline.

#![allow(dead_code, reason = "each test file uses its part")]

mod app;
mod browser;
#[path = "../../scripts/serve.rs"]
mod serve;

#[allow(unused_imports, reason = "each test file uses its part")]
pub use app::{RpcError, Tab};
pub use browser::{Browser, Settings, in_browser};
