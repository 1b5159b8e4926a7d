//! The peers as a table.

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use crate::api::{LinkState, NetworkView, PeerView};
use crate::ui::parts::{HashText, Panel, Tag, Who};
use crate::ui::route::{block_href, node_in};
use crate::ui::{Shared, Text, format, use_text};
use crate::web::page;

/// How long a node that was searched for waits for its page, in milliseconds.
const FOCUS_AFTER_MS: u32 = 150;

/// Properties of [`PeersPanel`].
#[derive(Properties, PartialEq)]
pub struct PeersPanelProps {
    /// The network.
    pub network: Shared<NetworkView>,
}

/// The table in a panel.
#[component]
pub fn PeersPanel(props: &PeersPanelProps) -> Html {
    let text = use_text();
    let root = use_node_ref();
    let sought = node_in(&page::hash());
    {
        let root = root.clone();
        use_effect_with(sought, move |sought| {
            let find = sought.as_ref().map(|name| {
                let name = name.replace('\\', "\\\\").replace('"', "\\\"");
                // A page that was just opened first takes the focus itself.
                Timeout::new(FOCUS_AFTER_MS, move || {
                    page::focus_within(root.cast(), &format!("[data-peer=\"{name}\"]"));
                })
            });
            move || drop(find)
        });
    }
    html! {
        <Panel name="peers" title={text.t(key!("network.peers"))} subtitle={text.t(key!("network.peers_sub"))}>
            <div class="scrollx" ref={root}>{peers_table(text, &props.network)}</div>
        </Panel>
    }
}

/// This node and its peers.
pub fn peers_table(text: Text, network: &NetworkView) -> Html {
    html! {
        <table class="table">
            <thead><tr>
                <th>{text.t(key!("network.node"))}</th><th>{text.t(key!("network.link"))}</th><th>{text.t(key!("network.tip"))}</th>
                <th class="r">{text.t(key!("network.ping"))}</th><th class="r">{text.t(key!("network.received"))}</th><th class="r">{text.t(key!("network.sent"))}</th>
                <th class="r">{text.t(key!("network.fetching"))}</th><th class="r">{text.t(key!("network.misbehaviour"))}</th>
            </tr></thead>
            <tbody>{for std::iter::once(&network.me).chain(&network.peers).map(|peer| row(text, peer))}</tbody>
        </table>
    }
}

fn row(text: Text, peer: &PeerView) -> Html {
    let (kind, state) = match peer.link {
        LinkState::Me => ("accent", text.t(key!("network.this_tab"))),
        LinkState::Handshake => ("pending", text.t(key!("network.greeting"))),
        LinkState::Linked => ("ok", text.t(key!("network.linked"))),
        LinkState::CatchingUp => ("pending", text.t(key!("network.catching_up"))),
        LinkState::Lost => ("bad", text.t(key!("network.lost"))),
    };
    let me = peer.link == LinkState::Me;
    let number = |value: String| if me { "–".to_owned() } else { value };
    html! {
        <tr key={peer.name.0.clone()} tabindex="-1" data-peer={peer.name.0.clone()} data-state={kind}>
            <td><Who name={peer.name.0.clone()} /></td>
            <td><Tag {kind} text={state} /></td>
            <td>
                if let Some((tip, height)) = &peer.tip {
                    <span class="row"><b class="num">{format::grouped((*height).into())}</b><HashText hash={*tip} href={block_href(tip)} /></span>
                } else {
                    <span class="faint">{"–"}</span>
                }
            </td>
            <td class="r num">{peer.ping_ms.map_or_else(|| "–".to_owned(), |ping| [&format::short(ping), " ms"].concat())}</td>
            <td class="r num">{number(format::bytes(peer.bytes_received))}</td>
            <td class="r num">{number(format::bytes(peer.bytes_sent))}</td>
            <td class="r num">{number(peer.blocks_in_flight.to_string())}</td>
            <td class="r num">{number(peer.misbehaviour.to_string())}</td>
        </tr>
    }
}
