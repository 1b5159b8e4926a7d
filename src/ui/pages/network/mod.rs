//! The network page: who is there, on which tip, what is said, and the nodes that sleep.

mod log;
mod peers;
mod stored;

use yew::prelude::*;

use crate::session::{Command, Feature, NetworkView, NodeView};
use crate::ui::figures::RingFigure;
use crate::ui::parts::{
    EmptyStateProps, FigurePanel, IconName, PanelProps, Switch, empty_state, feature_text, missing_features, page_head,
    panel, skeleton,
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
                {page_head(text.t("network.title"), text.t("network.lede"), Html::default())}
                {panel(PanelProps { children: skeleton(text, 6), ..PanelProps::default() })}
            </>
        };
    };
    let newest = network.log.first().map_or(0, |entry| entry.number);
    let after = *seen.borrow_mut().get_or_insert(newest);
    let subtitle = text.count("network.peer_count", network.peers.len() as u64);
    let switch = html! { <Switch label={text.t("network.active")} checked={network.active} {onchange} action="network-active" /> };
    let missing = props.node.as_ref().map(|node| node.missing.clone()).unwrap_or_default();
    let (alone, why) = if missing.contains(&Feature::BroadcastChannel) {
        ("network.no_channel", feature_text(text, Feature::BroadcastChannel))
    } else if network.active {
        ("network.alone", text.t("network.alone_why"))
    } else {
        ("network.alone", text.t("network.cut_why"))
    };
    let figure = html! {
        <>
            <RingFigure view={network.clone()} {after} />
            if network.peers.is_empty() {
                {empty_state(EmptyStateProps {
                    title: text.t(alone).into(),
                    text: why.into(),
                    icon: Some(IconName::Network),
                    ..EmptyStateProps::default()
                })}
            }
        </>
    };
    html! {
        <>
            {page_head(text.t("network.title"), text.t("network.lede"), Html::default())}
            if !missing.is_empty() {
                {panel(PanelProps {
                    title: Some(text.t("features.title").into()),
                    children: missing_features(text, &missing),
                    ..PanelProps::default()
                })}
            }
            <div class="cols cols--net">
                <FigurePanel name="ring" title={text.t("network.links")} subtitle={AttrValue::from(subtitle)} actions={switch} {figure}
                    table={peers_table(text, network)} />
                <MessageLog network={network.clone()} />
            </div>
            <PeersPanel network={network.clone()} />
            <StoredNodes />
        </>
    }
}
