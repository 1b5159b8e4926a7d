//! What of a node is kept in the browser's database, and what is in its tab's memory only.

use serde::{Deserialize, Serialize};

use crate::ledger::Time;

/// Where a node keeps its blocks and its wallet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StorageState {
    /// In the browser's database, all of it.
    Stored,
    /// Some of it is in this tab's memory only.
    Unsaved(Unsaved),
}

/// What is not saved, why, and what is done about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unsaved {
    /// What kind of trouble it is.
    pub trouble: StorageTrouble,
    /// What the browser said; may be empty.
    pub reason: String,
    /// Since when.
    pub since: Time,
    /// How many blocks are not saved.
    pub blocks: u32,
    /// Their lowest and their highest height; `None` if there is none.
    pub heights: Option<(u32, u32)>,
    /// Whether the newest state of wallet and settings is not saved.
    pub wallet: bool,
    /// Whether all else is known to be saved.
    pub rest_saved: bool,
    /// When it is tried again.
    pub retry: Retry,
}

/// When a database that failed is tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Retry {
    /// Right now.
    Now,
    /// Then.
    At(Time),
    /// Not any more: it cannot help.
    Never,
}

/// The kinds of trouble with the browser's database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StorageTrouble {
    /// The browser has no database, or none here.
    Missing,
    /// It refused.
    Refused,
    /// There is no room left on the disk, or none for this site.
    Full,
    /// It did not answer in time.
    Silent,
    /// The browser closed it, as when the user deletes the site's data.
    Closed,
    /// It could not be opened when this node started, and holds this node as it was before, which is left as it is.
    Earlier,
    /// What it holds can't be read, and is left as it is.
    Unreadable,
}

impl StorageTrouble {
    /// All kinds.
    pub const ALL: [Self; 7] =
        [Self::Missing, Self::Refused, Self::Full, Self::Silent, Self::Closed, Self::Earlier, Self::Unreadable];

    /// Its name: the key of its text is `storage.` and this.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Refused => "refused",
            Self::Full => "full",
            Self::Silent => "silent",
            Self::Closed => "closed",
            Self::Earlier => "earlier",
            Self::Unreadable => "unreadable",
        }
    }

    /// The same in English, for programs.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Missing => "the browser has no database here",
            Self::Refused => "the browser's database refused",
            Self::Full => "the browser's database has no room left",
            Self::Silent => "the browser's database does not answer",
            Self::Closed => "the browser closed the database",
            Self::Earlier => "the database did not open in time and holds this node as it was before",
            Self::Unreadable => "what the database holds can't be read",
        }
    }

    /// Whether to try again can help.
    pub const fn can_pass(self) -> bool {
        match self {
            Self::Refused | Self::Full | Self::Silent | Self::Closed => true,
            Self::Missing | Self::Earlier | Self::Unreadable => false,
        }
    }
}

impl StorageState {
    /// What Bitcoin Core's `warnings` say of it; `None` if all is saved.
    pub fn warning(&self) -> Option<String> {
        let Self::Unsaved(unsaved) = self else { return None };
        let blocks = match (unsaved.blocks, unsaved.heights) {
            (1, Some((height, _))) => Some(format!("block {height}")),
            (count, Some((lowest, highest))) => Some(format!("{count} blocks (heights {lowest} to {highest})")),
            (_, None) => None,
        };
        let wallet = unsaved.wallet.then(|| "the newest state of the wallet".to_owned());
        let what: Vec<String> = [blocks, wallet].into_iter().flatten().collect();
        let what = if what.is_empty() { "what comes from now on".to_owned() } else { what.join(" and ") };
        let reason = if unsaved.reason.is_empty() { String::new() } else { format!(" ({})", unsaved.reason) };
        let next = if unsaved.retry == Retry::Never { "" } else { "; it is tried again" };
        Some(format!("not saved, in memory only: {what}: {}{reason}{next}", unsaved.trouble.text()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_warning_says_what_is_not_saved_and_why() {
        assert_eq!(StorageState::Stored.warning(), None);
        let unsaved = Unsaved {
            trouble: StorageTrouble::Full,
            reason: "QuotaExceededError".to_owned(),
            since: Time::from_millis(0),
            blocks: 4,
            heights: Some((12, 15)),
            wallet: true,
            rest_saved: true,
            retry: Retry::Now,
        };
        let warning = StorageState::Unsaved(unsaved.clone()).warning().expect("not all is saved");
        assert_eq!(
            warning,
            "not saved, in memory only: 4 blocks (heights 12 to 15) and the newest state of the wallet: \
             the browser's database has no room left (QuotaExceededError); it is tried again"
        );
        let one = Unsaved { blocks: 1, heights: Some((7, 7)), wallet: false, reason: String::new(), ..unsaved };
        let one = StorageState::Unsaved(Unsaved { trouble: StorageTrouble::Missing, retry: Retry::Never, ..one });
        let said = "not saved, in memory only: block 7: the browser has no database here";
        assert_eq!(one.warning().as_deref(), Some(said));
    }
}
