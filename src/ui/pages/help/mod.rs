//! Help: the node's own console, and its methods as the node describes them.

mod console;
mod methods;

use yew::prelude::*;

use crate::ui::parts::{Note, PageHead, Panel};
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
            <PageHead title={text.t(key!("help.title"))} lede={text.t(key!("help.lede"))} />
            <Panel name="about" title={text.t(key!("help.about"))}>
                <div class="stack stack--3 sm muted">
                    <p>{text.t(key!("help.about_node"))}</p>
                    <p>{text.t(key!("help.about_tabs"))}</p>
                    <p>{text.t(key!("help.about_private"))}</p>
                    <p>{text.t(key!("help.about_keys"))}</p>
                </div>
            </Panel>
            <div class="cols cols--aside">
                <Panel name="console" title={text.t(key!("help.console"))} subtitle={text.t(key!("help.console_sub"))}>
                    <Console picked={(*line).clone()} />
                </Panel>
                <div class="stack stack--4">
                    <Panel name="methods" title={text.t(key!("help.methods"))} subtitle={text.t(key!("help.methods_sub"))}>
                        <Methods {onpick} />
                    </Panel>
                    <Note>
                        <p>{text.t(key!("help.script"))}</p><code class="mono wrap">{"await tabchain.rpc(\"getblockcount\")"}</code>
                    </Note>
                </div>
            </div>
        </>
    }
}
