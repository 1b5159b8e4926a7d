//! What stays around the pages: navigation, header bar, banners, toasts.

mod app;
mod banners;
mod bar;
mod connection;
mod feature_banner;
mod notice_text;
mod rail;
mod release_banner;
mod reload;
mod search;
mod settings;
mod storage_banner;
mod toaster;

pub use app::App;
pub use notice_text::{NoticeText, notice_text};
pub use settings::Theme;
