//! What is saved of this node.

use super::Session;
use crate::api::{Notice, StorageState};

impl Session {
    /// Takes note that something else is saved now: the user is told when it begins to fail and when it is well again.
    pub(super) fn storage_changed(&mut self, state: StorageState) {
        match (&self.storage, &state) {
            (StorageState::Stored, StorageState::Unsaved(unsaved)) => {
                let (trouble, reason) = (unsaved.trouble, unsaved.reason.clone());
                self.notice(Notice::StorageFailed { trouble, reason });
            }
            (StorageState::Unsaved(_), StorageState::Stored) => self.notice(Notice::StorageBack),
            _ => {}
        }
        self.state.storage = state;
    }
}
