//! Core's "Network" section.

use serde_json::{Value, json};

use super::json as shape;
use super::param::{Kind, Param};
use super::table::{Call, Method, Outcome, Run};
use crate::api::UserError;
use crate::session::driver::Session;
use crate::session::state::State;
use crate::wire::{NODE_NETWORK, PROTOCOL_VERSION};

pub(super) const METHODS: &[Method] = &[
    Method {
        name: "getnetworkinfo",
        section: "Network",
        params: &[],
        summary: "How this node takes part in the network.",
        run: Run::Reads(get_network_info),
    },
    Method {
        name: "getpeerinfo",
        section: "Network",
        params: &[],
        summary: "The nodes this one is linked to.",
        run: Run::Reads(get_peer_info),
    },
    Method {
        name: "setnetworkactive",
        section: "Network",
        params: &[Param::new("state", Kind::Bool, "true to link it, false to cut it off.")],
        summary: "Cut this node off from the others (false), or link it again (true).",
        run: Run::Acts(set_network_active),
    },
];

fn get_network_info(state: &State, _call: Call<'_>) -> Result<Value, UserError> {
    let peers = state.peers();
    let inbound = peers.iter().filter(|peer| peer.inbound).count();
    let least = super::json::least_fee(state.mempool());
    Ok(json!({
        "version": 100,
        "subversion": state.node.user_agent(),
        "protocolversion": PROTOCOL_VERSION,
        "localservices": format!("{NODE_NETWORK:016x}"),
        "localservicesnames": ["NETWORK"],
        "localrelay": true,
        "timeoffset": 0,
        "networkactive": state.network_active(),
        "connections": peers.len(),
        "connections_in": inbound,
        "connections_out": peers.len() - inbound,
        "relayfee": least,
        "incrementalfee": least,
        "localaddresses": [{"address": state.name().0, "port": 0, "score": 0}],
        "warnings": shape::warnings(state),
    }))
}

fn get_peer_info(state: &State, _call: Call<'_>) -> Result<Value, UserError> {
    let peers: Vec<Value> = state
        .peers()
        .iter()
        .map(|peer| {
            let best = peer.best_known.map_or(-1, |(_, height)| i64::from(height));
            json!({
                "id": peer.id.0,
                "addr": peer.name,
                "services": format!("{:016x}", peer.services.unwrap_or_default()),
                "servicesnames": ["NETWORK"],
                "relaytxes": true,
                "bytessent": peer.bytes_sent,
                "bytesrecv": peer.bytes_received,
                "conntime": peer.connected_at.millis / 1000,
                "timeoffset": 0,
                "pingtime": peer.ping.map(|ping| ping.millis as f64 / 1000.0),
                "version": peer.version.unwrap_or_default(),
                "subver": peer.user_agent.as_deref().unwrap_or_default(),
                "inbound": peer.inbound,
                "startingheight": peer.start_height.unwrap_or(-1),
                "synced_headers": best,
                "synced_blocks": best,
                "inflight": peer.blocks_in_flight,
                "connection_type": if peer.inbound { "inbound" } else { "outbound-full-relay" },
            })
        })
        .collect();
    Ok(Value::Array(peers))
}

fn set_network_active(session: &mut Session, call: Call<'_>) -> Result<Outcome, UserError> {
    let active = call.args.bool("state")?;
    session.set_network_active(call.now, active);
    Ok(Outcome::Now(json!(active)))
}
