//! The header bar: who this node is, its peers, its tip, its miner; search and settings.

use yew::prelude::*;

use super::search::Search;
use super::settings::Theme;
use crate::api::{Feature, MiningMode, NodeView};
use crate::ui::parts::{Avatar, AvatarState, Button, ButtonKind, HashText, Icon, IconName, Segmented};
use crate::ui::route::{Route, block_href};
use crate::ui::store::ToastBody;
use crate::ui::{Lang, Shared, Text, format, use_dispatch, use_text};
use crate::web::page;

/// Avatars of peers shown at most.
const FACES: usize = 6;

/// Properties of [`Bar`].
#[derive(Properties, PartialEq)]
pub struct BarProps {
    /// The node; `None` while it starts.
    pub node: Option<Shared<NodeView>>,
    /// The node is no more: what it said last is not so any more.
    pub stopped: bool,
    /// What is shown below.
    pub route: Route,
    /// The theme.
    pub theme: Theme,
    /// Chooses a theme.
    pub on_theme: Callback<Theme>,
    /// Chooses a language.
    pub on_lang: Callback<Lang>,
}

/// The bar, and on phones a drawer with what does not fit.
#[component]
pub fn Bar(props: &BarProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let open = use_state_eq(|| false);
    let on_new = Callback::from(move |_: MouseEvent| {
        let url = page::address_with(&[("node", "new")]);
        if !page::open_tab(&url) {
            dispatch.toast(ToastBody::Said(text.t(key!("bar.blocked")).to_owned()));
        }
    });
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let close = {
        let open = open.clone();
        Callback::from(move |()| open.set(false))
    };
    html! {
        <>
            <header class="bar">
                {me(text, props.node.as_deref(), props.stopped)}
                if let Some(node) = props.node.as_deref().filter(|_| !props.stopped) {
                    {peers(text, node)}
                    {tip(text, node)}
                    {rate(text, node)}
                }
                <div class="hide-sm bar__search"><Search route={props.route.clone()} /></div>
                <Button kind={ButtonKind::Primary} icon={IconName::NewNode} onclick={on_new} action="open-node"
                    title={text.t(key!("bar.open_node"))} class="bar__new">
                    <span class="hide-md">{text.t(key!("bar.open_node"))}</span>
                    <span class="show-md">{text.t(key!("bar.open_node_short"))}</span>
                    <span class="vh show-sm">{text.t(key!("bar.open_node"))}</span>
                </Button>
                <div class="hide-sm row">{settings(text, props)}</div>
                <Button icon={IconName::More} icon_only={true} onclick={toggle} expanded={*open}
                    title={text.t(key!("bar.more"))} action="more" class="show-sm" />
            </header>
            if *open {
                <div class="drawer show-sm-block">
                    <Search onfound={close} route={props.route.clone()} />
                    <div class="row drawer__row">{settings(text, props)}</div>
                </div>
            }
        </>
    }
}

fn me(text: Text, node: Option<&NodeView>, stopped: bool) -> Html {
    let Some(node) = node else {
        let below = text.t(if stopped { key!("bar.stopped") } else { key!("bar.starting") });
        return html! {
            <div class="bar__cell"><span class="bar__blank"></span><span class="bar__two"><b class="strong">{"Tabchain"}</b><span>{below}</span></span></div>
        };
    };
    let place = if node.room.is_empty() { String::new() } else { text.with(key!("bar.room"), &[("room", &node.room)]) };
    let below = match (node.network.as_str(), place.is_empty()) {
        _ if stopped => text.t(key!("bar.stopped")).to_owned(),
        ("classroom", true) => text.t(key!("bar.this_tab")).to_owned(),
        ("classroom", false) => place,
        (network, true) => network.to_owned(),
        (network, false) => [network, ", ", &place].concat(),
    };
    html! {
        <div class="bar__cell" data-node={node.name.0.clone()}>
            <Avatar name={node.name.0.clone()} size={34} />
            <span class="bar__two"><b class="strong" data-value="node-name">{node.name.0.clone()}</b><span class="hide-sm">{below}</span></span>
        </div>
    }
}

fn peers(text: Text, node: &NodeView) -> Html {
    let count = node.peers.len();
    let below = match (node.network_active, count) {
        (false, _) => key!("bar.unlinked"),
        (true, 0) if node.lacks(Feature::BroadcastChannel) => key!("bar.no_channel"),
        (true, 0) => key!("bar.alone"),
        (true, _) => key!("bar.linked"),
    };
    let said = if count == 0 {
        text.t(key!("bar.peers_none")).to_owned()
    } else {
        text.count(plural!("bar.peers"), count as u64)
    };
    let state = if node.network_active { AvatarState::Plain } else { AvatarState::Lost };
    html! {
        <a class="bar__cell bar__link hide-sm" href="#/network" data-value="peers" data-count={count.to_string()}>
            if count > 0 {
                <span class="faces" aria-hidden="true">
                    {for node.peers.iter().take(FACES).map(|peer| html! {
                        <Avatar name={peer.0.clone()} size={24} {state} />
                    })}
                </span>
            }
            <span class="bar__two hide-md"><span>{said}</span><span>{text.t(below)}</span></span>
            <span class="show-md">{count}</span>
        </a>
    }
}

fn tip(text: Text, node: &NodeView) -> Html {
    let label = text.with(key!("bar.tip_label"), &[("height", &node.height.to_string())]);
    html! {
        <div class="bar__cell" data-value="tip" data-height={node.height.to_string()} data-hash={node.tip.to_string()} title={label}>
            <span class="bar__two"><b class="strong num">{format::grouped(node.height.into())}</b><span>{text.t(key!("bar.tip"))}</span></span>
            <span class="bar__hash"><HashText hash={node.tip} href={block_href(&node.tip)} /></span>
        </div>
    }
}

fn rate(text: Text, node: &NodeView) -> Html {
    let (below, on) = match node.mining {
        MiningMode::Off => (key!("bar.not_mining"), false),
        MiningMode::On => (key!("bar.mining"), true),
        MiningMode::OneBlock => (key!("bar.mining_one"), true),
    };
    html! {
        <a class="bar__cell bar__link bar__rate hide-sm" href="#/miner" data-value="hash-rate" data-state={if on { "on" } else { "off" }}>
            <Icon name={IconName::Miner} size={24} />
            <span class="bar__two hide-md">
                <span class="num">{format::hash_rate(node.hash_rate)}</span>
                <span>{text.t(below)}</span>
            </span>
        </a>
    }
}

/// Theme and language.
fn settings(text: Text, props: &BarProps) -> Html {
    let other = props.theme.other();
    let on_theme = props.on_theme.reform(move |_: MouseEvent| other);
    let (icon, title) = match other {
        Theme::Dark => (IconName::Moon, text.t(key!("bar.theme_dark"))),
        Theme::Light => (IconName::Sun, text.t(key!("bar.theme_light"))),
    };
    let on_lang = props.on_lang.reform(|tag: AttrValue| Lang::from_tag(&tag).unwrap_or_default());
    let options: Vec<(AttrValue, AttrValue)> =
        Lang::all().map(|lang| (lang.tag().into(), lang.name().into())).collect();
    html! {
        <>
            <Button {icon} icon_only={true} onclick={on_theme} {title} action="theme" />
            <Segmented label={text.t(key!("bar.language"))} {options} value={text.lang.tag()} onchange={on_lang} small={true}
                action="lang" />
        </>
    }
}
