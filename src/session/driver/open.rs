//! Opening a session: its stored state, then its stored blocks, then the network.

use std::collections::VecDeque;
use std::sync::Arc;

use super::Session;
use super::publisher::Publisher;
use crate::api::{NodeName, StorageState, ToPage, UserError, View, Watch};
use crate::ledger::{Block, Decodable, Network, Params, Reader, Time, Transaction};
use crate::mempool::MempoolLimits;
use crate::miner::{MiningControl, MiningInput};
use crate::node::{Config, Input, Node};
use crate::session::Effect;
use crate::session::own::Own;
use crate::session::refusal::stored_unreadable;
use crate::session::state::{ByHand, MessageLog, PeerNames, Previews, Spenders, State, StoredState, Sweeping};
use crate::wallet::Wallet;
use crate::wire::user_agent;

/// What a session starts from.
#[derive(Clone)]
pub struct SessionConfig {
    /// This node's name, unique among open tabs.
    pub name: NodeName,
    /// The release of the app that runs it; empty for one that is none.
    pub release: String,
    /// The network.
    pub network: Network,
    /// The room; empty for the public one.
    pub room: String,
    /// Fresh random bytes: 16 for a new wallet, 8 for the node's nonces.
    pub entropy: [u8; 24],
    /// The stored state's JSON, if this node was open before.
    pub stored: Option<String>,
    /// Where blocks are kept.
    pub storage: StorageState,
}

impl Session {
    /// Begins a session whose stored blocks are still to be given to [`Session::replay`].
    ///
    /// # Errors
    /// A stored state that can't be read; the caller decides whether to begin anew.
    pub fn open(config: SessionConfig, now: Time) -> Result<Self, UserError> {
        let params = Arc::new(Params::new(config.network, &config.room));
        let stored: Option<StoredState> = config
            .stored
            .as_deref()
            .map(|json| serde_json::from_str(json).map_err(|error| stored_unreadable("state", &error)))
            .transpose()?;
        let (entropy, seed) = split_entropy(config.entropy);
        let wallet = match (config.network, stored.as_ref().and_then(|state| state.wallet.clone())) {
            (Network::Mainnet, _) => None,
            (_, Some(wallet)) => Some(
                Wallet::from_stored(&wallet, params.clone()).map_err(|error| stored_unreadable("wallet", &error))?,
            ),
            (_, None) => Some(Wallet::create(entropy, params.clone())),
        };
        let node = Node::new(Config {
            params: params.clone(),
            user_agent: user_agent(&config.name.0, &config.release),
            seed,
            mempool: MempoolLimits::default(),
        });
        let settings = stored.as_ref().map(|state| state.settings.clone()).unwrap_or_default();
        let mut mining = MiningControl::new(node.chain().tip().hash);
        mining.handle(now, MiningInput::SetPower(settings.power));
        mining.handle(now, MiningInput::SetThreads(settings.threads));
        let own = Own::new(config.name.clone(), params.room.clone());
        let mut state = State {
            name: config.name,
            params,
            node,
            wallet,
            mining,
            by_hand: ByHand::default(),
            earlier: stored.as_ref().and_then(|state| state.earlier),
            settings,
            peers: PeerNames::default(),
            own,
            log: MessageLog::default(),
            spenders: Spenders::default(),
            previews: Previews::default(),
            sweeping: Sweeping::default(),
            watch: Watch::default(),
            storage: config.storage,
            missing: Vec::new(),
            stored_bytes: 0,
            taken: Vec::new(),
            network_active: true,
            found: VecDeque::new(),
            found_count: 0,
            joined_at: now,
            now,
        };
        if let Some(stored) = stored {
            state.remember_all_found(stored.found, stored.found_count);
        }
        Ok(Self {
            state,
            publisher: Publisher::default(),
            opening: true,
            state_changed: false,
            node_wake: None,
            effects: Vec::new(),
        })
    }

    /// Takes a stored block back, parents first. A block that no longer fits is left out: it will
    /// come from the peers again.
    ///
    /// # Errors
    /// Bytes that are no block, or a block that breaks a rule.
    pub fn replay(&mut self, now: Time, bytes: &[u8]) -> Result<(), UserError> {
        let mut reader = Reader::new(bytes);
        let block = Block::decode(&mut reader).map_err(|error| {
            UserError::new(-22, "stored-block-unreadable", format!("a stored block can't be read: {error}"))
                .fact("reason", error)
        })?;
        self.state.stored_bytes += bytes.len() as u64;
        let hash = block.block_hash();
        let is_new = !self.has_block(&hash);
        let outputs = self.state.node.handle(now, Input::Replay(block));
        self.react(now, outputs);
        if is_new && self.has_block(&hash) {
            self.state.taken.push(hash);
        }
        self.effects.clear();
        Ok(())
    }

    /// Begins its life when all stored blocks are back: the wallet finds its coins in them, own waiting payments are
    /// taken up, and the page is told.
    pub fn opened(&mut self, now: Time) -> Vec<Effect> {
        self.state.now = now;
        if let Some(wallet) = &mut self.state.wallet {
            wallet.scan(self.state.node.chain());
        }
        let waiting = self.wallet.as_ref().map(Wallet::unconfirmed_transactions).unwrap_or_default();
        for tx in waiting {
            // What builds on a payment that is not here is refused: it waits no longer, until it is sent again.
            let (_, outputs) = self.state.node.submit_transaction(now, Transaction::clone(&tx));
            self.react(now, outputs);
        }
        self.wallet_catches_up();
        self.effects.clear();
        self.state.joined_at = now;
        self.opening = false;
        self.state_changed = true;
        let view = self.node_view();
        self.publisher.is_news(&View::Node(view.clone()));
        self.effects.push(Effect::ToPage(ToPage::Ready(Box::new(view))));
        self.effects.push(Effect::MinerWorkers(0));
        self.finish(now)
    }
}

/// Parts fresh random bytes: those of a new wallet, and the seed of the nonces.
fn split_entropy(entropy: [u8; 24]) -> ([u8; 16], u64) {
    let mut words = [0; 16];
    words.copy_from_slice(&entropy[..16]);
    let mut seed = [0; 8];
    seed.copy_from_slice(&entropy[16..]);
    (words, u64::from_le_bytes(seed))
}
