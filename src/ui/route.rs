//! The hash addresses: any static host serves them, and each can be sent to someone.

use crate::api::{Watch, WatchedBlock};
use crate::ledger::{BlockHash, Txid};

/// A page of the navigation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Page {
    /// The chain, its blocks and transactions.
    #[default]
    Chain,
    /// The wallet.
    Wallet,
    /// Keys and signatures.
    Keys,
    /// Peers and messages.
    Network,
    /// The miner.
    Miner,
    /// Help and the RPC console.
    Help,
}

impl Page {
    /// All pages, in the order of the navigation.
    pub const ALL: [Self; 6] = [Self::Chain, Self::Wallet, Self::Keys, Self::Network, Self::Miner, Self::Help];

    /// Its name in addresses, in `data-page`, and after `nav.` in the texts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chain => "chain",
            Self::Wallet => "wallet",
            Self::Keys => "keys",
            Self::Network => "network",
            Self::Miner => "miner",
            Self::Help => "help",
        }
    }

    /// Its address.
    pub const fn href(self) -> &'static str {
        match self {
            Self::Chain => "#/chain",
            Self::Wallet => "#/wallet",
            Self::Keys => "#/keys",
            Self::Network => "#/network",
            Self::Miner => "#/miner",
            Self::Help => "#/help",
        }
    }
}

/// A section of the keys page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum KeysSection {
    /// From the bits to the verdict at one glance.
    #[default]
    Overview,
    /// A key is a number.
    Number,
    /// The public key is a place on a curve.
    Curve,
    /// An address is a short fingerprint.
    Address,
    /// Signing and verifying.
    Signing,
    /// The same on a payment.
    Payment,
    /// Signed notes from tab to tab.
    Across,
    /// What goes wrong.
    Failures,
    /// Many keys.
    Many,
}

impl KeysSection {
    /// All sections, in the order of the lesson.
    pub const ALL: [Self; 9] = [
        Self::Overview,
        Self::Number,
        Self::Curve,
        Self::Address,
        Self::Signing,
        Self::Payment,
        Self::Across,
        Self::Failures,
        Self::Many,
    ];

    /// Its name in addresses, `#/keys/name`, and in `data-section`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Overview => "overview",
            Self::Number => "number",
            Self::Curve => "curve",
            Self::Address => "address",
            Self::Signing => "signing",
            Self::Payment => "payment",
            Self::Across => "across",
            Self::Failures => "failures",
            Self::Many => "many",
        }
    }

    /// Its address.
    pub fn href(self) -> String {
        if self == Self::Overview { Page::Keys.href().to_owned() } else { format!("#/keys/{}", self.name()) }
    }
}

/// What names a node in the address of the network page.
const NODE: &str = "node";

/// Which block an address names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockName {
    /// The active block of this height.
    Height(u32),
    /// The block of this hash, active or not.
    Hash(BlockHash),
}

/// What an address shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Route {
    /// A page.
    Page(Page),
    /// A section of the keys page.
    Keys(KeysSection),
    /// A block, on the chain page.
    Block(BlockName),
    /// A transaction.
    Transaction(Txid),
    /// An address that means nothing here.
    Unknown(String),
    /// The first page.
    #[default]
    Start,
}

impl Route {
    /// Reads `#/…`; an empty hash is the first page.
    pub fn parse(hash: &str) -> Self {
        // What follows a `?` is for the page itself.
        let path = hash.split('?').next().unwrap_or_default();
        let path = path.trim_start_matches('#').trim_start_matches('/').trim_end_matches('/');
        if path.is_empty() {
            return Self::Start;
        }
        if let Some(page) = Page::ALL.into_iter().find(|page| page.name() == path) {
            return Self::Page(page);
        }
        let parsed = match path.split_once('/') {
            Some(("block", name)) => name
                .parse()
                .map(BlockName::Height)
                .ok()
                .or_else(|| name.parse().map(BlockName::Hash).ok())
                .map(Self::Block),
            Some(("keys", name)) => KeysSection::ALL.into_iter().find(|section| section.name() == name).map(Self::Keys),
            Some(("tx", txid)) => txid.parse().ok().map(Self::Transaction),
            _ => None,
        };
        parsed.unwrap_or_else(|| Self::Unknown(path.to_owned()))
    }

    /// The page of the navigation it belongs to.
    pub const fn page(&self) -> Page {
        match self {
            Self::Page(page) => *page,
            Self::Keys(_) => Page::Keys,
            _ => Page::Chain,
        }
    }

    /// What the node has to send while it is shown.
    pub fn watch(&self) -> Watch {
        let mut watch = Watch::default();
        match self {
            Self::Start | Self::Page(Page::Chain) => {
                watch.chain = true;
                watch.block = Some(WatchedBlock::Tip);
            }
            Self::Block(name) => {
                watch.chain = true;
                watch.block = Some(match name {
                    BlockName::Height(height) => WatchedBlock::Height(*height),
                    BlockName::Hash(hash) => WatchedBlock::Hash(*hash),
                });
            }
            Self::Unknown(_) => {}
            Self::Transaction(txid) => watch.transaction = Some(*txid),
            // The keys page offers the wallet's own addresses to sign with.
            Self::Page(Page::Wallet | Page::Keys) => watch.wallet = true,
            Self::Keys(section) => {
                watch.wallet = true;
                watch.notes = *section == KeysSection::Across;
                watch.answers = *section == KeysSection::Payment;
            }
            Self::Page(Page::Network) => watch.network = true,
            Self::Page(Page::Miner) => watch.miner = true,
            Self::Page(Page::Help) => {}
        }
        watch
    }
}

/// The address of the window.
pub fn current() -> Route {
    let hash = web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default();
    Route::parse(&hash)
}

/// The address of a block.
pub fn block_href(hash: &BlockHash) -> String {
    format!("#/block/{hash}")
}

/// The address of a node's line on the network page.
pub fn node_href(name: &str) -> String {
    let name: String = form_urlencoded::byte_serialize(name.as_bytes()).collect();
    [Page::Network.href(), "?", NODE, "=", &name].concat()
}

/// The node that a hash address of the network page names.
pub fn node_in(hash: &str) -> Option<String> {
    let query = hash.split_once('?')?.1;
    form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == NODE).map(|(_, value)| value.into_owned())
}

/// The address of a transaction.
pub fn transaction_href(txid: &Txid) -> String {
    format!("#/tx/{txid}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_found_by_its_own_address() {
        for page in Page::ALL {
            assert_eq!(Route::parse(page.href()), Route::Page(page));
            assert_eq!(Route::parse(page.href()).page(), page);
        }
        assert_eq!(Route::parse(""), Route::Start);
        assert_eq!(Route::parse("#/"), Route::Start);
    }

    #[test]
    fn every_section_of_the_keys_page_is_found_by_its_own_address() {
        for section in KeysSection::ALL {
            let route = Route::parse(&section.href());
            assert_eq!(route.page(), Page::Keys);
            assert!(section == KeysSection::Overview || route == Route::Keys(section));
        }
        assert!(matches!(Route::parse("#/keys/nothing"), Route::Unknown(_)));
    }

    #[test]
    fn blocks_and_transactions_have_addresses() {
        let hash = BlockHash::hash(b"block");
        assert_eq!(Route::parse(&block_href(&hash)), Route::Block(BlockName::Hash(hash)));
        assert_eq!(Route::parse("#/block/7"), Route::Block(BlockName::Height(7)));
        let txid = Txid::hash(b"tx");
        assert_eq!(Route::parse(&transaction_href(&txid)), Route::Transaction(txid));
    }

    #[test]
    fn a_node_is_named_in_the_address_of_the_network_page() {
        for name in ["Bob", "Amber Fox", "小明", "a&b=c?d\"#"] {
            let href = node_href(name);
            assert_eq!(Route::parse(&href), Route::Page(Page::Network), "{href}");
            assert_eq!(node_in(&href).as_deref(), Some(name), "{href}");
        }
        assert_eq!(node_in("#/network"), None);
    }

    #[test]
    fn an_address_that_means_nothing_is_said_to_mean_nothing() {
        for hash in ["#/tx/12", "#/block/x", "#/nowhere", "#/block/-1", "#main/x"] {
            assert!(matches!(Route::parse(hash), Route::Unknown(_)), "{hash}");
        }
    }

    #[test]
    fn only_what_is_shown_is_watched() {
        let watch = Route::parse("#/miner").watch();
        assert!(watch.miner && !watch.chain && !watch.wallet && !watch.network);
        assert!(Route::parse("#/help").watch() == Watch::default());
    }
}
