//! What the whole page should know: starting, catching up, not saving, failed.

use yew::prelude::*;

use super::feature_banner::FeatureBanner;
use super::release_banner::ReleaseBanner;
use super::reload::reload;
use super::storage_banner::{StorageBanner, unsaved_things};
use crate::api::{Command, EarlierChain, NodeName, NodeView, PROTOCOL_VERSION, StorageState, UserError};
use crate::ui::parts::{Button, ButtonKind, CopyButton, Icon, IconName, Mark, MarkKind, ProgressBar};
use crate::ui::route::block_href;
use crate::ui::store::Phase;
use crate::ui::{Dispatch, Text, format};
use crate::web::page;

/// One banner for each thing to know; `node` once it is open, and a `?network=` that is none.
pub fn banners(
    text: Text,
    dispatch: &Dispatch,
    phase: &Phase,
    node: Option<&NodeView>,
    unknown_network: Option<&str>,
) -> Html {
    html! {
        <div class="banners">
            {phase_banner(text, phase, node)}
            <ReleaseBanner />
            if let Some(name) = unknown_network {
                <div class="banner" data-kind="pending" data-banner="network">
                    <Icon name={IconName::Warning} size={18} />
                    <span>{text.with(key!("banner.network"), &[("name", name)])}</span>
                </div>
            }
            // What a node that is no more said last is not so any more.
            if let (Some(node), Phase::Ready) = (node, phase) {
                {node_banners(text, dispatch, node)}
            }
        </div>
    }
}

fn phase_banner(text: Text, phase: &Phase, node: Option<&NodeView>) -> Html {
    let reload = |kind: ButtonKind, icon: Option<IconName>| {
        small_button(kind, icon, "reload", text.t(key!("banner.reload")), reload())
    };
    match phase {
        Phase::Ready => html! {},
        Phase::Starting => html! {
            <div class="banner" data-banner="opening" role="status"><Mark kind={MarkKind::Wait} /><span>{text.t(key!("banner.opening"))}</span></div>
        },
        Phase::Opening { done, total } => {
            let label = text.with(
                key!("banner.opening_count"),
                &[("done", &format::grouped((*done).into())), ("total", &format::grouped((*total).into()))],
            );
            html! {
                <div class="banner" data-banner="opening">
                    <Mark kind={MarkKind::Wait} />
                    <span>{label.clone()}</span>
                    <ProgressBar value={*done} max={*total} {label} />
                </div>
            }
        }
        Phase::Failed(error) => html! {
            <div class="banner" data-kind="bad" data-banner="failed" role="alert">
                <Mark kind={MarkKind::Bad} />
                <span class="grow">
                    <b>{text.t(if node.is_some() { key!("banner.stopped") } else { key!("banner.failed") })}</b>{" "}{text.error(error)}
                    if let Some(lost) = node.and_then(|node| lost(text, node)) {
                        {" "}{lost}
                    }
                </span>
                <CopyButton text={report(error, node)} label={text.t(key!("banner.report"))} />
                {small_button(ButtonKind::Plain, Some(IconName::Reload), "reload", text.t(key!("banner.start_again")), self::reload())}
            </div>
        },
        Phase::Stale => html! {
            <div class="banner" data-kind="pending" data-banner="stale" role="alert">
                <Icon name={IconName::Reload} size={18} />
                <span class="grow">{text.t(key!("banner.stale"))}</span>
                {reload(ButtonKind::Accent, None)}
            </div>
        },
    }
}

/// What was in memory only when the node stopped.
fn lost(text: Text, node: &NodeView) -> Option<String> {
    let StorageState::Unsaved(unsaved) = &node.storage else { return None };
    unsaved_things(text, unsaved).map(|what| text.with(key!("banner.lost"), &[("what", &what)]))
}

/// What someone who looks for the cause needs: no key, no address, no payment.
fn report(error: &UserError, node: Option<&NodeView>) -> String {
    let place = node.map_or_else(|| "not open".to_owned(), |node| format!("{}, block {}", node.network, node.height));
    format!(
        "Tabchain {} (protocol {PROTOCOL_VERSION})\n{}: {}\nnode: {place}\nbrowser: {}",
        env!("CARGO_PKG_VERSION"),
        error.rule,
        error.text,
        page::user_agent(),
    )
}

fn node_banners(text: Text, dispatch: &Dispatch, node: &NodeView) -> Html {
    let connect = || {
        let dispatch = dispatch.clone();
        let onclick = Callback::from(move |_: MouseEvent| dispatch.send(Command::SetNetworkActive(true)));
        small_button(ButtonKind::Plain, Some(IconName::Heal), "connect", text.t(key!("banner.connect")), onclick)
    };
    html! {
        <>
            if let StorageState::Unsaved(unsaved) = &node.storage {
                <StorageBanner unsaved={unsaved.clone()} />
            }
            <FeatureBanner missing={node.missing.clone()} />
            if !node.other_releases.is_empty() {
                <div class="banner" data-banner="releases" role="status">
                    <Icon name={IconName::Info} size={18} />
                    <span class="grow">{other_releases(text, &node.other_releases)}</span>
                </div>
            }
            if let Some(earlier) = &node.earlier {
                {earlier_banner(text, dispatch, earlier)}
            }
            if !node.network_active {
                <div class="banner" data-kind="bad" data-banner="cut">
                    <Icon name={IconName::BrokenLink} size={18} />
                    <span class="grow">{text.t(key!("banner.cut"))}</span>
                    {connect()}
                </div>
            }
            if let Some(since) = node.unchecked_witnesses {
                <div class="banner" data-kind="pending" data-banner="witnesses" data-since={since.height.to_string()}>
                    <Icon name={IconName::Warning} size={18} />
                    <span class="grow">
                        {text.with(key!("banner.witnesses"), &[("height", &format::grouped(since.height.into()))])}
                        {" "}<a href={block_href(&since.block)}>{text.t(key!("banner.witnesses_show"))}</a>
                    </span>
                </div>
            }
            if let Some(sync) = node.sync {
                <div class="banner" data-banner="sync" data-state="syncing">
                    <Mark kind={MarkKind::Wait} />
                    <span>{text.with(key!("banner.syncing"), &[
                        ("blocks", &format::grouped(sync.blocks.into())),
                        ("headers", &format::grouped(sync.headers.into())),
                    ])}</span>
                    <ProgressBar value={sync.blocks} max={sync.headers} label={text.with(key!("banner.syncing"), &[
                        ("blocks", &sync.blocks.to_string()),
                        ("headers", &sync.headers.to_string()),
                    ])} />
                </div>
            }
        </>
    }
}

/// The room's rules changed, and with them its chain; what that means for this node.
fn earlier_banner(text: Text, dispatch: &Dispatch, earlier: &EarlierChain) -> Html {
    let onclick = {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| dispatch.send(Command::EarlierChainRead))
    };
    html! {
        <div class="banner" data-kind="pending" data-banner="earlier" data-blocks={earlier.blocks.to_string()} role="status">
            <Icon name={IconName::Warning} size={18} />
            <span class="grow">{earlier_text(text, earlier)}</span>
            {small_button(ButtonKind::Plain, None, "earlier-read", text.t(key!("banner.earlier_read")), onclick)}
        </div>
    }
}

/// Who runs another release of the app, at most three of them by name.
fn other_releases(text: Text, nodes: &[NodeName]) -> String {
    let names: Vec<&str> = nodes.iter().take(3).map(|name| name.0.as_str()).collect();
    let more = nodes.len() - names.len();
    let more =
        if more > 0 { text.with(key!("banner.releases_more"), &[("count", &more.to_string())]) } else { String::new() };
    text.with(key!("banner.releases"), &[("who", &[names.join(", "), more].concat())])
}

fn earlier_text(text: Text, earlier: &EarlierChain) -> String {
    let mut said = text.count(plural!("banner.earlier"), earlier.blocks.into());
    if earlier.payments > 0 {
        said.push_str(&text.count(plural!("banner.earlier_payments"), earlier.payments.into()));
    }
    said
}

fn small_button(
    kind: ButtonKind,
    icon: Option<IconName>,
    action: &'static str,
    said: &'static str,
    onclick: Callback<MouseEvent>,
) -> Html {
    html! { <Button small={true} {kind} {icon} {action} {onclick}>{said}</Button> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_of_earlier_rules_is_said_to_be_one() {
        let earlier = EarlierChain { blocks: 1_042, payments: 0 };
        let said = earlier_text(Text::default(), &earlier);
        assert!(said.contains("1,042 blocks") && said.contains("words"), "{said}");
        assert!(!said.contains("payment"), "{said}");
        let said = earlier_text(Text::default(), &EarlierChain { blocks: 1, payments: 1 });
        assert!(said.contains("1 block ") && said.contains("1 payment "), "{said}");
        let said = earlier_text(Text::of("zh-CN"), &EarlierChain { blocks: 7, payments: 2 });
        assert!(said.contains("7 个区块") && said.contains("2 笔付款") && !said.contains('{'), "{said}");
    }
}
