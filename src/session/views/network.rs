//! Peers and messages.

use super::counts::to_u32;
use crate::api::{LinkState, NetworkView, NodeName, PeerView};
use crate::node::PeerState;
use crate::session::state::State;

/// Shows this node, its peers, and the messages between them.
pub(in crate::session) fn network(state: &State) -> NetworkView {
    let tip = state.chain().tip();
    let peers = state.peers();
    let me = PeerView {
        name: state.name.clone(),
        link: LinkState::Me,
        tip: Some((tip.hash, tip.height)),
        ping_ms: None,
        bytes_received: peers.iter().map(|peer| peer.bytes_received).sum(),
        bytes_sent: peers.iter().map(|peer| peer.bytes_sent).sum(),
        misbehaviour: 0,
        blocks_in_flight: peers.iter().map(|peer| to_u32(peer.blocks_in_flight)).sum(),
    };
    let mut views: Vec<PeerView> = peers
        .into_iter()
        .map(|peer| PeerView {
            link: match (peer.state, peer.blocks_in_flight) {
                (PeerState::Handshake, _) => LinkState::Handshake,
                (PeerState::Ready, 0) => LinkState::Linked,
                (PeerState::Ready, _) => LinkState::CatchingUp,
            },
            tip: peer.best_known,
            name: NodeName(peer.name),
            ping_ms: peer.ping.map(|ping| ping.millis as f64),
            bytes_received: peer.bytes_received,
            bytes_sent: peer.bytes_sent,
            misbehaviour: peer.misbehaviour,
            blocks_in_flight: to_u32(peer.blocks_in_flight),
        })
        .collect();
    views.sort_unstable_by(|a, b| a.name.cmp(&b.name));
    NetworkView {
        me,
        peers: views,
        active: state.network_active,
        log: state.log.entries(),
        log_total: state.log.total(),
    }
}
