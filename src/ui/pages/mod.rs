//! Pages: they take slices and send commands.
//!
//! Every page is a component that takes the slices it draws, `None` while they are on their way:
//! `WalletPage { wallet: Option<Shared<WalletView>>, node: Option<Shared<NodeView>> }`,
//! `KeysPage { wallet, node }`, `MinerPage { miner: Option<Shared<MinerView>>, node }`.

pub mod keys;
pub mod miner;
pub mod wallet;
