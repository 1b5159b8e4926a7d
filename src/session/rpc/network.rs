//! Core's "Network" section.

use serde_json::{Value, json};

use super::{Call, Method, Outcome};
use crate::session::tab::Session;
use crate::session::UserError;
use crate::wire::{PROTOCOL_VERSION, SERVICES, USER_AGENT};

pub(super) const METHODS: &[Method] = &[
    Method {
        name: "getnetworkinfo",
        section: "Network",
        usage: "",
        summary: "How this node takes part in the network.",
        run: get_network_info,
    },
    Method {
        name: "getpeerinfo",
        section: "Network",
        usage: "",
        summary: "The nodes this one is linked to.",
        run: get_peer_info,
    },
    Method {
        name: "setnetworkactive",
        section: "Network",
        usage: "state",
        summary: "Cut this node off from the others (false), or link it again (true).",
        run: set_network_active,
    },
];

fn get_network_info(session: &mut Session, _call: Call<'_>) -> Result<Outcome, UserError> {
    let peers = session.peers();
    let inbound = peers.iter().filter(|peer| peer.inbound).count();
    let least = crate::mempool::MIN_RELAY_FEE_RATE as f64 * 1000.0 / crate::ledger::COIN as f64;
    Ok(Outcome::Now(json!({
        "version": 100,
        "subversion": USER_AGENT,
        "protocolversion": PROTOCOL_VERSION,
        "localservices": format!("{SERVICES:016x}"),
        "localservicesnames": ["NETWORK"],
        "localrelay": true,
        "timeoffset": 0,
        "networkactive": session.network_active(),
        "connections": peers.len(),
        "connections_in": inbound,
        "connections_out": peers.len() - inbound,
        "relayfee": least,
        "incrementalfee": least,
        "localaddresses": [{"address": session.name().0, "port": 0, "score": 0}],
        "warnings": session.storage_warning().into_iter().collect::<Vec<String>>(),
    })))
}

fn get_peer_info(session: &mut Session, _call: Call<'_>) -> Result<Outcome, UserError> {
    let peers: Vec<Value> = session
        .peers()
        .iter()
        .map(|peer| {
            json!({
                "id": peer.id.0,
                "addr": peer.name,
                "services": format!("{SERVICES:016x}"),
                "servicesnames": ["NETWORK"],
                "relaytxes": true,
                "lastsend": peer.last_send.millis / 1000,
                "lastrecv": peer.last_receive.millis / 1000,
                "bytessent": peer.bytes_sent,
                "bytesrecv": peer.bytes_received,
                "conntime": peer.connected_at.millis / 1000,
                "timeoffset": 0,
                "pingtime": peer.ping_ms.map(|ms| ms / 1000.0),
                "version": peer.version,
                "subver": peer.user_agent,
                "inbound": peer.inbound,
                "startingheight": peer.start_height,
                "synced_headers": peer.best_height.map_or(-1, i64::from),
                "synced_blocks": peer.best_height.map_or(-1, i64::from),
                "inflight": peer.blocks_in_flight,
                "connection_type": if peer.inbound { "inbound" } else { "outbound-full-relay" },
            })
        })
        .collect();
    Ok(Outcome::Now(Value::Array(peers)))
}

fn set_network_active(session: &mut Session, call: Call<'_>) -> Result<Outcome, UserError> {
    let active = call.args.bool(0, "state")?;
    session.set_network_active(call.now, active);
    Ok(Outcome::Now(json!(active)))
}
