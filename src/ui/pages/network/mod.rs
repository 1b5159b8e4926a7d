//! The network page: who is there, on which tip, what is said, and the nodes that sleep.

mod log;
mod peers;
mod stored;

use yew::prelude::*;

use crate::api::{Command, Feature, NetworkView, NodeView};
use crate::ui::figures::RingFigure;
use crate::ui::parts::{
    EmptyState, FigurePanel, IconName, MissingFeatures, PageHead, Panel, Skeleton, Switch, feature_text,
};
use crate::ui::{Shared, use_dispatch, use_text};
use log::MessageLog;
use peers::{PeersPanel, peers_table};
use stored::StoredNodes;

/// Properties of [`NetworkPage`].
#[derive(Properties, PartialEq)]
pub struct NetworkPageProps {
    /// Peers and messages.
    pub network: Option<Shared<NetworkView>>,
    /// The node; `None` until it has told.
    pub node: Option<Shared<NodeView>>,
}

/// The page.
#[component]
pub fn NetworkPage(props: &NetworkPageProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let onchange = use_callback(dispatch, |active: bool, dispatch| dispatch.send(Command::SetNetworkActive(active)));
    // Messages that were there before this page was opened do not travel again.
    let seen = use_mut_ref(|| None::<u64>);
    let Some(network) = &props.network else {
        return html! {
            <>
                <PageHead title={text.t(key!("network.title"))} lede={text.t(key!("network.lede"))} />
                <Panel><Skeleton lines={6} /></Panel>
            </>
        };
    };
    let newest = network.log.first().map_or(0, |entry| entry.number);
    let after = *seen.borrow_mut().get_or_insert(newest);
    let subtitle = match network.peers.len() {
        0 if !network.active => text.t(key!("network.cut")).to_owned(),
        0 => text.t(key!("bar.peers_none")).to_owned(),
        count => text.count(plural!("bar.peers"), count as u64),
    };
    let switch = html! { <Switch label={text.t(if network.active { key!("network.active") } else { key!("network.cut") })} checked={network.active} {onchange} action="network-active" /> };
    let missing = props.node.as_ref().map(|node| node.missing.clone()).unwrap_or_default();
    let (alone, why) = if missing.contains(&Feature::BroadcastChannel) {
        (key!("network.no_channel"), feature_text(text, Feature::BroadcastChannel))
    } else if network.active {
        (key!("network.alone"), text.t(key!("network.alone_why")))
    } else {
        (key!("network.cut_alone"), text.t(key!("network.cut_why")))
    };
    let figure = html! {
        <>
            <RingFigure view={network.clone()} {after} />
            if network.peers.is_empty() {
                <EmptyState title={text.t(alone)} text={why} icon={IconName::Network} />
            }
        </>
    };
    html! {
        <>
            <PageHead title={text.t(key!("network.title"))} lede={text.t(key!("network.lede"))} />
            if !missing.is_empty() {
                <Panel title={text.t(key!("features.title"))}><MissingFeatures {missing} /></Panel>
            }
            <div class="cols cols--net">
                <FigurePanel name="ring" title={text.t(key!("network.links"))} subtitle={AttrValue::from(subtitle)} actions={switch} {figure}
                    table={peers_table(text, network)} />
                <MessageLog network={network.clone()} />
            </div>
            <PeersPanel network={network.clone()} />
            <StoredNodes />
        </>
    }
}
