//! Help: the node's own console, and its methods as the node describes them.

mod console;
mod methods;

use yew::prelude::*;

use crate::ui::parts::{IconName, PanelProps, note, page_head, panel};
use crate::ui::use_text;
use console::Console;
use methods::Methods;

/// The page.
#[component]
pub fn HelpPage() -> Html {
    let text = use_text();
    let line = use_state(|| (0u32, String::new()));
    let onpick = {
        let line = line.clone();
        Callback::from(move |picked: String| line.set((line.0 + 1, picked)))
    };
    html! {
        <>
            {page_head(text.t("help.title"), text.t("help.lede"), Html::default())}
            {panel(PanelProps {
                name: Some("about".into()),
                title: Some(text.t("help.about").into()),
                children: html! {
                    <div class="stack stack--3 sm muted">
                        <p>{text.t("help.about_node")}</p>
                        <p>{text.t("help.about_tabs")}</p>
                        <p>{text.t("help.about_private")}</p>
                        <p>{text.t("help.about_keys")}</p>
                    </div>
                },
                ..PanelProps::default()
            })}
            <div class="cols cols--aside">
                {panel(PanelProps {
                    name: Some("console".into()),
                    title: Some(text.t("help.console").into()),
                    subtitle: Some(text.t("help.console_sub").into()),
                    children: html! { <Console picked={(*line).clone()} /> },
                    ..PanelProps::default()
                })}
                <div class="stack stack--4">
                    {panel(PanelProps {
                        name: Some("methods".into()),
                        title: Some(text.t("help.methods").into()),
                        subtitle: Some(text.t("help.methods_sub").into()),
                        children: html! { <Methods {onpick} /> },
                        ..PanelProps::default()
                    })}
                    {note("", IconName::Info, html! { <><p>{text.t("help.script")}</p><code class="mono wrap">{"await tabchain.rpc(\"getblockcount\")"}</code></> })}
                </div>
            </div>
        </>
    }
}
