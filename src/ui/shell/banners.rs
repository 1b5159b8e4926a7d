//! What the whole page should know: starting, catching up, not saving, failed.

use yew::prelude::*;

use crate::session::{Command, EarlierChain, NodeView, StorageState};
use crate::ui::parts::{ButtonKind, ButtonProps, IconName, MarkKind, button, icon, mark, progress_bar};
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
            if let Some(earlier) = &node.earlier {
                {earlier_banner(text, dispatch, earlier)}
            }
            if !node.network_active {
                <div class="banner" data-kind="bad" data-banner="cut">
                    {icon(IconName::BrokenLink, 18)}
                    <span class="grow">{text.t("banner.cut")}</span>
                    {connect()}
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

/// The room's rules changed, and with them its chain; what that means for this node.
fn earlier_banner(text: Text, dispatch: &Dispatch, earlier: &EarlierChain) -> Html {
    let onclick = {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| dispatch.send(Command::EarlierChainRead))
    };
    html! {
        <div class="banner" data-kind="pending" data-banner="earlier" data-blocks={earlier.blocks.to_string()} role="status">
            {icon(IconName::Warning, 18)}
            <span class="grow">{earlier_text(text, earlier)}</span>
            {small_button(ButtonKind::Plain, None, "earlier-read", text.t("banner.earlier_read"), onclick)}
        </div>
    }
}

fn earlier_text(text: Text, earlier: &EarlierChain) -> String {
    let mut said = text.count("banner.earlier", earlier.blocks.into());
    if earlier.payments > 0 {
        said.push_str(&text.count("banner.earlier_payments", earlier.payments.into()));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::Lang;

    #[test]
    fn a_chain_of_earlier_rules_is_said_to_be_one() {
        let earlier = EarlierChain { blocks: 1_042, payments: 0 };
        let said = earlier_text(Text::default(), &earlier);
        assert!(said.contains("1,042 blocks") && said.contains("words"), "{said}");
        assert!(!said.contains("payment"), "{said}");
        let said = earlier_text(Text::default(), &EarlierChain { blocks: 1, payments: 1 });
        assert!(said.contains("1 block ") && said.contains("1 payment "), "{said}");
        let said = earlier_text(Text { lang: Lang::Chinese }, &EarlierChain { blocks: 7, payments: 2 });
        assert!(said.contains("7 个区块") && said.contains("2 笔付款") && !said.contains('{'), "{said}");
    }
}
