//! The navigation: a rail at the left, a bar at the bottom of phones.

use yew::prelude::*;

use crate::ui::parts::{Icon, IconName};
use crate::ui::{Key, Page, Text};

/// The icon of a page.
const fn icon_of(page: Page) -> IconName {
    match page {
        Page::Chain => IconName::Chain,
        Page::Wallet => IconName::Wallet,
        Page::Keys => IconName::Keys,
        Page::Network => IconName::Network,
        Page::Miner => IconName::Miner,
        Page::Help => IconName::Help,
    }
}

/// The name of a page in the navigation and in the title.
pub const fn page_key(page: Page) -> Key {
    match page {
        Page::Chain => key!("nav.chain"),
        Page::Wallet => key!("nav.wallet"),
        Page::Keys => key!("nav.keys"),
        Page::Network => key!("nav.network"),
        Page::Miner => key!("nav.miner"),
        Page::Help => key!("nav.help"),
    }
}

/// Links to all pages; `shown` is the one shown.
pub fn rail(text: Text, shown: Page) -> Html {
    html! {
        <nav class="rail" aria-label={text.t(key!("nav.label"))}>
            <div class="rail__mark">{brand_mark()}</div>
            <div class="rail__list">
                {for Page::ALL.into_iter().map(|page| html! {
                    <a key={page.name()} class="rail__item" href={page.href()} data-page={page.name()}
                        aria-current={(page == shown).then_some("page")}>
                        <Icon name={icon_of(page)} size={22} />
                        <span>{text.t(page_key(page))}</span>
                    </a>
                })}
            </div>
        </nav>
    }
}

/// Two tabs that share a block.
fn brand_mark() -> Html {
    html! {
        <svg width="32" height="32" viewBox="0 0 32 32" fill="none" stroke="currentColor" stroke-width="2.4"
            stroke-linecap="round" stroke-linejoin="round" role="img" aria-label="Tabchain">
            <path d="M3 24V11.5A2.5 2.5 0 0 1 5.5 9h5L13 13h3.5M3 24h9.5M29 8v12.5a2.5 2.5 0 0 1-2.5 2.5h-5L19 19h-3.5M29 8H19.5" />
            <rect x="13.2" y="13.2" width="5.6" height="5.6" rx="1.2" fill="currentColor" stroke="none" />
        </svg>
    }
}
