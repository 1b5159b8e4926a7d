//! What a node of this name has from before the room's rules changed.
//!
//! With other rules a room has another genesis, so its chain begins anew, in a database of its
//! own. The wallet is more than its coins: its words, keys and the names of its addresses go on.
//! What waited to be mined on the earlier chain spends coins that the new one does not have.

use super::Session;
use crate::api::{EarlierChain, UserError};
use crate::miner::MiningInput;
use crate::session::refusal::stored_unreadable;
use crate::session::state::StoredState;
use crate::wallet::Wallet;

impl Session {
    /// Takes over what goes on of a node of the same name on the room's chain by earlier rules:
    /// its stored state's JSON, and how many blocks it kept. Nothing of that node is changed.
    ///
    /// To be called between [`Session::open`], without a stored state, and [`Session::opened`].
    ///
    /// # Errors
    /// A state that can't be read; this session is as it was.
    pub fn adopt_earlier(&mut self, json: &str, blocks: u32) -> Result<(), UserError> {
        let mut state: StoredState = serde_json::from_str(json).map_err(|error| stored_unreadable("state", &error))?;
        let mut payments = 0;
        if let Some(stored) = &mut state.wallet {
            payments = stored.pending.len();
            stored.pending.clear();
            self.state.wallet = Some(
                Wallet::from_stored(stored, self.state.params.clone())
                    .map_err(|error| stored_unreadable("state", &error))?,
            );
        }
        self.state.settings = state.settings;
        let settings = self.state.settings.clone();
        self.state.mining.handle(self.state.now, MiningInput::SetPower(settings.power));
        self.state.mining.handle(self.state.now, MiningInput::SetThreads(settings.threads));
        self.state.earlier = Some(EarlierChain { blocks, payments: u32::try_from(payments).unwrap_or(u32::MAX) });
        self.state_changed = true;
        Ok(())
    }

    /// The user has read that the chain began anew.
    pub(super) fn earlier_read(&mut self) {
        self.state.earlier = None;
        self.state_changed = true;
    }
}
