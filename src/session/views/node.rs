//! The header bar.

use crate::api::{NodeName, NodeView, SyncProgress, UncheckedWitnesses};
use crate::ledger::CheckedBlock;
use crate::node::PeerInfo;
use crate::session::state::State;
use crate::wire::release_of;

/// Shows the header bar as it is now.
pub(in crate::session) fn node(state: &State) -> NodeView {
    let tip = state.chain().tip();
    NodeView {
        name: state.name.clone(),
        network: state.params().network.to_string(),
        room: state.params().room.clone(),
        height: tip.height,
        tip: tip.hash,
        storage: state.storage.clone(),
        missing: state.missing.clone(),
        peers: state.peers.names().cloned().collect(),
        other_releases: other_releases(state),
        network_active: state.network_active,
        sync: state.sync_progress().map(|progress| SyncProgress { headers: progress.headers, blocks: progress.blocks }),
        mempool_count: state.mempool().len(),
        hash_rate: rounded(state.hash_rate()),
        mining: state.mining.mode(),
        words_backed_up: state.words_backed_up(),
        unchecked_witnesses: state.chain().first_unchecked_witnesses().map(|checked| unchecked(checked)),
        earlier: state.earlier,
    }
}

/// Names the linked nodes whose user agents tell another release than this one's; what another program is has none.
fn other_releases(state: &State) -> Vec<NodeName> {
    let own = release_of(state.node.user_agent());
    let other = |peer: &PeerInfo| {
        let release = peer.user_agent.as_deref().and_then(release_of);
        release.is_some() && release != own
    };
    let peers = state.node.peers();
    let ids = peers.iter().filter(|peer| other(peer)).map(|peer| peer.id);
    ids.filter_map(|id| state.peers.name(id).cloned()).collect()
}

/// Names the block that a chain with unchecked witnesses is told by.
pub(super) fn unchecked(checked: &CheckedBlock) -> UncheckedWitnesses {
    UncheckedWitnesses { height: checked.height(), block: checked.hash() }
}

/// Rounds a rate: three digits are enough to read, and keep the bar from changing with every report.
pub(super) fn rounded(rate: f64) -> f64 {
    if rate <= 0.0 || !rate.is_finite() {
        return 0.0;
    }
    let scale = 10_f64.powf(rate.log10().floor() - 2.0);
    (rate / scale).round() * scale
}
