//! What the whole page should know: starting, catching up, not saving, failed.

use yew::prelude::*;

use crate::session::{Command, NodeView, StorageState};
use crate::ui::parts::{ButtonKind, ButtonProps, IconName, MarkKind, button, icon, mark, progress_bar};
use crate::ui::route::block_href;
use crate::ui::store::Phase;
use crate::ui::{Dispatch, Text, format};

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
            {phase_banner(text, phase)}
            if let Some(name) = unknown_network {
                <div class="banner" data-kind="pending" data-banner="network">
                    {icon(IconName::Warning, 18)}
                    <span>{text.with("banner.network", &[("name", name)])}</span>
                </div>
            }
            if let Some(node) = node {
                {node_banners(text, dispatch, node)}
            }
        </div>
    }
}

fn phase_banner(text: Text, phase: &Phase) -> Html {
    let reload = |kind: ButtonKind, icon: Option<IconName>| {
        let onclick = Callback::from(|_: MouseEvent| {
            if let Some(window) = web_sys::window() {
                // A page that can't reload stays as it is.
                let _ = window.location().reload();
            }
        });
        small_button(kind, icon, "reload", text.t("banner.reload"), onclick)
    };
    match phase {
        Phase::Ready => html! {},
        Phase::Starting => html! {
            <div class="banner" data-banner="opening" role="status">{mark(MarkKind::Wait, 18)}<span>{text.t("banner.opening")}</span></div>
        },
        Phase::Opening { done, total } => {
            let label = text.with(
                "banner.opening_count",
                &[("done", &format::grouped((*done).into())), ("total", &format::grouped((*total).into()))],
            );
            html! {
                <div class="banner" data-banner="opening">
                    {mark(MarkKind::Wait, 18)}
                    <span>{label.clone()}</span>
                    {progress_bar(*done, *total, label)}
                </div>
            }
        }
        Phase::Failed(error) => html! {
            <div class="banner" data-kind="bad" data-banner="failed" role="alert">
                {mark(MarkKind::Bad, 18)}
                <span class="grow"><b>{text.t("banner.failed")}</b>{" "}{text.error(error)}</span>
                {reload(ButtonKind::Plain, Some(IconName::Reload))}
            </div>
        },
        Phase::Stale => html! {
            <div class="banner" data-kind="pending" data-banner="stale" role="alert">
                {icon(IconName::Reload, 18)}
                <span class="grow">{text.t("banner.stale")}</span>
                {reload(ButtonKind::Accent, None)}
            </div>
        },
    }
}

fn node_banners(text: Text, dispatch: &Dispatch, node: &NodeView) -> Html {
    let connect = || {
        let dispatch = dispatch.clone();
        let onclick = Callback::from(move |_: MouseEvent| dispatch.send(Command::SetNetworkActive(true)));
        small_button(ButtonKind::Plain, Some(IconName::Heal), "connect", text.t("banner.connect"), onclick)
    };
    html! {
        <>
            if let StorageState::Memory { reason } = &node.storage {
                <div class="banner" data-kind="pending" data-banner="memory" data-storage="memory">
                    {icon(IconName::Warning, 18)}
                    <span class="grow">
                        {text.t("banner.memory")}
                        if !reason.is_empty() {
                            {" "}<span class="faint">{text.with("banner.reason", &[("reason", reason)])}</span>
                        }
                    </span>
                </div>
            }
            if !node.network_active {
                <div class="banner" data-kind="bad" data-banner="cut">
                    {icon(IconName::BrokenLink, 18)}
                    <span class="grow">{text.t("banner.cut")}</span>
                    {connect()}
                </div>
            }
            if let Some(since) = node.unchecked_witnesses {
                <div class="banner" data-kind="pending" data-banner="witnesses" data-since={since.height.to_string()}>
                    {icon(IconName::Warning, 18)}
                    <span class="grow">
                        {text.with("banner.witnesses", &[("height", &format::grouped(since.height.into()))])}
                        {" "}<a href={block_href(&since.block)}>{text.t("banner.witnesses_show")}</a>
                    </span>
                </div>
            }
            if let Some(sync) = node.sync {
                <div class="banner" data-banner="sync" data-state="syncing">
                    {mark(MarkKind::Wait, 18)}
                    <span>{text.with("banner.syncing", &[
                        ("blocks", &format::grouped(sync.blocks.into())),
                        ("headers", &format::grouped(sync.headers.into())),
                    ])}</span>
                    {progress_bar(sync.blocks, sync.headers, text.with("banner.syncing", &[
                        ("blocks", &sync.blocks.to_string()),
                        ("headers", &sync.headers.to_string()),
                    ]))}
                </div>
            }
        </>
    }
}

fn small_button(
    kind: ButtonKind,
    icon: Option<IconName>,
    action: &'static str,
    said: &'static str,
    onclick: Callback<MouseEvent>,
) -> Html {
    button(ButtonProps {
        small: true,
        kind,
        icon,
        action: Some(action.into()),
        onclick,
        children: html! { said },
        ..ButtonProps::default()
    })
}
