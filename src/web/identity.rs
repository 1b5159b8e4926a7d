//! Which node this tab is.
//!
//! A name belongs to who holds its lock. So a reloaded tab resumes its node (its lock is freed
//! with the page before), a duplicated tab becomes a new node (the lock is held), and a page
//! opened without a name resumes the stored node that was open last and that no tab holds.

use std::cell::Cell;
use std::rc::Rc;

use super::channel::Eavesdropper;
use super::clock::random_bytes;
use super::hub::Signal;
use super::locks::{self, HeldLock};
use super::start::StartOptions;
use super::storage::StoredRow;
use super::timeout::sleep;
use super::{NameWords, Slug};

/// `?node=` of this is always a new node.
pub const NEW_NODE: &str = "new";
/// How long to wait for a name that is asked for: a reloaded page may come before the page
/// before it has let go. In milliseconds.
const PATIENCE_MS: u32 = 1_500;
/// How long to wait before trying again, in milliseconds.
const RETRY_MS: u32 = 75;
/// Without locks: how long to wait for the answer of who has a name, in milliseconds.
const PROBE_MS: u32 = 400;

/// A name that is this tab's for as long as this lives.
#[derive(Debug)]
pub struct Claim {
    /// The name.
    pub node: Slug,
    /// Its lock, where there are locks.
    pub lock: Option<HeldLock>,
}

/// The lock of a node.
pub fn lock_name(scope: &str, node: &Slug) -> String {
    format!("{scope}:node:{node}")
}

/// The node of a lock, if it is one of this network and room.
pub fn node_of_lock(scope: &str, lock: &str) -> Option<Slug> {
    let node = lock.strip_prefix(scope)?.strip_prefix(":node:")?;
    Slug::parse(node).filter(|slug| slug.as_str() == node)
}

/// Chooses and claims this tab's node; `stored` are those kept, last open first.
///
/// # Errors
/// That there is no source of randomness for a new name.
pub async fn choose(scope: &str, options: &StartOptions, stored: &[StoredRow]) -> Result<Claim, String> {
    if options.node.as_deref() == Some(NEW_NODE) {
        // A session hint can only be the copy of the tab that opened this one.
        return new_node(scope, options.words, stored).await;
    }
    let asked = options.node.as_deref().or(options.session_hint.as_deref()).and_then(Slug::parse);
    if let Some(node) = asked {
        return claim_or_new(scope, node, options.words, stored).await;
    }
    for row in stored {
        if let Some(claim) = claim(scope, &row.node, 0).await {
            return Ok(claim);
        }
    }
    new_node(scope, options.words, stored).await
}

/// Claims a name if no tab holds it.
pub async fn claim(scope: &str, node: &Slug, patience_ms: u32) -> Option<Claim> {
    let name = lock_name(scope, node);
    if !locks::are_supported() {
        return claim_by_asking(scope, node).await;
    }
    let mut waited = 0;
    loop {
        match locks::try_hold(&name).await {
            Ok(Some(lock)) => return Some(Claim { node: node.clone(), lock: Some(lock) }),
            Ok(None) if waited < patience_ms => {
                sleep(RETRY_MS).await;
                waited += RETRY_MS;
            }
            Ok(None) => return None,
            // The browser has locks but refuses them here.
            Err(_) => return claim_by_asking(scope, node).await,
        }
    }
}

async fn claim_or_new(scope: &str, node: Slug, words: NameWords, stored: &[StoredRow]) -> Result<Claim, String> {
    match claim(scope, &node, PATIENCE_MS).await {
        Some(claim) => Ok(claim),
        None => new_node(scope, words, stored).await,
    }
}

async fn new_node(scope: &str, words: NameWords, stored: &[StoredRow]) -> Result<Claim, String> {
    let mut attempt = 0;
    loop {
        let node = Slug::random(words, random_bytes()?, attempt);
        attempt += 1;
        if stored.iter().any(|row| row.node == node) {
            continue;
        }
        if let Some(claim) = claim(scope, &node, 0).await {
            return Ok(claim);
        }
    }
}

/// Without locks: a name is free when nobody answers to it.
async fn claim_by_asking(scope: &str, node: &Slug) -> Option<Claim> {
    let taken = Rc::new(Cell::new(false));
    let (answer, name) = (Rc::clone(&taken), node.clone());
    let ear = Eavesdropper::open(scope, move |signal| {
        if let Signal::Here { from, .. } | Signal::Hello { from, .. } = signal
            && from == name
        {
            answer.set(true);
        }
    });
    if let Ok(ear) = &ear {
        ear.broadcast(&Signal::Probe { node: node.clone() });
        sleep(PROBE_MS).await;
    }
    (!taken.get()).then(|| Claim { node: node.clone(), lock: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_names_its_node_in_its_own_room_only() {
        let node = Slug::parse("Amber Fox").expect("a name");
        let lock = lock_name("tabchain:00ff", &node);
        assert_eq!(node_of_lock("tabchain:00ff", &lock), Some(node));
        assert_eq!(node_of_lock("tabchain:00fe", &lock), None);
        assert_eq!(node_of_lock("tabchain:00ff", "tabchain:00ff:node:A B"), None);
    }
}
