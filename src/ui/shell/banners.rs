//! What the whole page should know: starting, catching up, not saving, failed.

use yew::prelude::*;

use crate::session::{Command, NodeView, StorageState};
use crate::ui::parts::{Button, ButtonKind, Icon, IconName, Mark, MarkKind, ProgressBar};
use crate::ui::store::Phase;
use crate::ui::{Shared, format, use_dispatch, use_text};

/// Properties of [`Banners`].
#[derive(Properties, PartialEq)]
pub struct BannersProps {
    /// How far the node is.
    pub phase: Phase,
    /// The node, once open.
    pub node: Option<Shared<NodeView>>,
    /// A `?network=` that is none.
    #[prop_or_default]
    pub unknown_network: Option<AttrValue>,
}

/// One banner for each thing to know.
#[component]
pub fn Banners(props: &BannersProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let reload = Callback::from(|_: MouseEvent| {
        if let Some(window) = web_sys::window() {
            // A page that can't reload stays as it is.
            let _ = window.location().reload();
        }
    });
    let phase = match &props.phase {
        Phase::Ready => html! {},
        Phase::Starting => html! {
            <div class="banner" data-banner="opening" role="status"><Mark kind={MarkKind::Wait} /><span>{text.t("banner.opening")}</span></div>
        },
        Phase::Opening { done, total } => {
            let label = text.with(
                "banner.opening_count",
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
                <span class="grow"><b>{text.t("banner.failed")}</b>{" "}{text.error(error)}</span>
                <Button small={true} icon={IconName::Reload} onclick={reload.clone()} action="reload">{text.t("banner.reload")}</Button>
            </div>
        },
        Phase::Stale => html! {
            <div class="banner" data-kind="pending" data-banner="stale" role="alert">
                <Icon name={IconName::Reload} size={18} />
                <span class="grow">{text.t("banner.stale")}</span>
                <Button small={true} kind={ButtonKind::Accent} onclick={reload} action="reload">{text.t("banner.reload")}</Button>
            </div>
        },
    };
    let connect = Callback::from(move |_: MouseEvent| dispatch.send(Command::SetNetworkActive(true)));
    html! {
        <div class="banners">
            {phase}
            if let Some(name) = &props.unknown_network {
                <div class="banner" data-kind="pending" data-banner="network">
                    <Icon name={IconName::Warning} size={18} />
                    <span>{text.with("banner.network", &[("name", name)])}</span>
                </div>
            }
            if let Some(node) = props.node.as_deref() {
                if let StorageState::Memory { reason } = &node.storage {
                    <div class="banner" data-kind="pending" data-banner="memory" data-storage="memory">
                        <Icon name={IconName::Warning} size={18} />
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
                        <Icon name={IconName::BrokenLink} size={18} />
                        <span class="grow">{text.t("banner.cut")}</span>
                        <Button small={true} icon={IconName::Heal} onclick={connect} action="connect">{text.t("banner.connect")}</Button>
                    </div>
                }
                if let Some(sync) = node.sync {
                    <div class="banner" data-banner="sync" data-state="syncing">
                        <Mark kind={MarkKind::Wait} />
                        <span>{text.with("banner.syncing", &[
                            ("blocks", &format::grouped(sync.blocks.into())),
                            ("headers", &format::grouped(sync.headers.into())),
                        ])}</span>
                        <ProgressBar value={sync.blocks} max={sync.headers} label={text.with("banner.syncing", &[
                            ("blocks", &sync.blocks.to_string()),
                            ("headers", &sync.headers.to_string()),
                        ])} />
                    </div>
                }
            }
        </div>
    }
}
