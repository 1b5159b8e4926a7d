//! The header bar.

use crate::api::{MiningMode, NodeName, NodeView, SyncProgress, UncheckedWitnesses};
use crate::ledger::CheckedBlock;
use crate::node::PeerInfo;
use crate::session::tab::Session;
use crate::wire::release_of;

pub(in crate::session) fn node(session: &Session) -> NodeView {
    let tip = session.chain().tip();
    NodeView {
        name: session.name.clone(),
        network: session.params().network.to_string(),
        room: session.params().room.clone(),
        height: tip.height,
        tip: tip.hash,
        storage: session.storage.clone(),
        missing: session.missing.clone(),
        peers: session.peers.names().cloned().collect(),
        other_releases: other_releases(session),
        network_active: session.network_active,
        sync: session
            .sync_progress()
            .map(|progress| SyncProgress { headers: progress.headers, blocks: progress.blocks }),
        mempool_count: session.mempool().len(),
        hash_rate: rounded(session.hash_rate()),
        mining: mining_state(session),
        words_backed_up: session.words_backed_up(),
        unchecked_witnesses: session.chain().first_unchecked_witnesses().map(|checked| unchecked(checked)),
        earlier: session.earlier,
    }
}

/// The linked nodes whose user agents tell another release than this one's; what another program is has none.
fn other_releases(session: &Session) -> Vec<NodeName> {
    let own = release_of(session.node.user_agent());
    let other = |peer: &PeerInfo| {
        let release = peer.user_agent.as_deref().and_then(release_of);
        release.is_some() && release != own
    };
    let peers = session.node.peers();
    let ids = peers.iter().filter(|peer| other(peer)).map(|peer| peer.id);
    ids.filter_map(|id| session.peers.name(id).cloned()).collect()
}

/// The block that a chain with unchecked witnesses is told by.
pub(super) fn unchecked(checked: &CheckedBlock) -> UncheckedWitnesses {
    UncheckedWitnesses { height: checked.height(), block: checked.hash() }
}

/// Three digits are enough to read, and keep the bar from changing with every report.
pub(super) fn rounded(rate: f64) -> f64 {
    if rate <= 0.0 || !rate.is_finite() {
        return 0.0;
    }
    let scale = 10_f64.powf(rate.log10().floor() - 2.0);
    (rate / scale).round() * scale
}

pub(super) fn mining_state(session: &Session) -> MiningMode {
    session.mining.mode()
}
