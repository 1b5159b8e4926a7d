//! One key of the tree: its path, address, and extended keys; the private ones only when asked for.

use std::rc::Rc;

use yew::prelude::*;

use crate::ledger::Params;
use crate::lessons::key_tree::TreeKey;
use crate::ui::pages::keys::key_bits::KeyBits;
use crate::ui::parts::{Button, CopyButton, IconName, Panel};
use crate::ui::use_text;

/// Props of [`OpenKey`].
#[derive(Properties)]
pub struct OpenKeyProps {
    /// The key.
    pub opened: TreeKey,
    /// The network's version bytes.
    pub params: Rc<Params>,
    /// It becomes the key on screen.
    pub on_key: Callback<KeyBits>,
}

impl PartialEq for OpenKeyProps {
    fn eq(&self, other: &Self) -> bool {
        self.opened.path == other.opened.path
            && self.opened.address == other.opened.address
            && self.on_key == other.on_key
    }
}

/// The card.
#[component]
pub fn OpenKey(props: &OpenKeyProps) -> Html {
    let text = use_text();
    let shown = use_state_eq(|| false);
    {
        let shown = shown.setter();
        use_effect_with(props.opened.path.clone(), move |_| shown.set(false));
    }
    let toggle = {
        let (now, shown) = (*shown, shown.setter());
        Callback::from(move |_: MouseEvent| shown.set(!now))
    };
    let private = props.opened.key.private_key();
    let bits = KeyBits::from(private);
    let take = props.on_key.reform(move |_: MouseEvent| bits);
    let row = |name: &'static str, label: &'static str, value: String| {
        html! {
            <div class="field">
                <span class="label">{ label }</span>
                <span class="row"><code class="run grow" data-open-key={name}>{ value.clone() }</code><CopyButton text={value} /></span>
            </div>
        }
    };
    html! {
        <Panel name="many-key" title={props.opened.path.clone()} subtitle={text.t(key!("keys.many.open_sub"))}>
            <div class="stack stack--3">
                { row("address", text.t(key!("keys.address.title")), props.opened.address.clone()) }
                { row("public", text.t(key!("keys.public.title")), private.public_key().to_string()) }
                { row("xpub", text.t(key!("keys.many.xpub")), props.opened.key.to_public().to_text(&props.params)) }
                if *shown {
                    { row("wif", text.t(key!("keys.private.wif")), private.to_wif(&props.params)) }
                    { row("xprv", text.t(key!("keys.many.xprv")), props.opened.key.to_text(&props.params)) }
                }
                <div class="row row--wrap">
                    <Button icon={IconName::Eye} pressed={*shown} action="show-tree-secret" onclick={toggle}>{ text.t(key!("keys.many.show")) }</Button>
                    <Button icon={IconName::Keys} action="use-tree-key" onclick={take}>{ text.t(key!("keys.many.use")) }</Button>
                </div>
                <p class="xs muted">{ text.t(key!("keys.many.xpub_why")) }</p>
            </div>
        </Panel>
    }
}
