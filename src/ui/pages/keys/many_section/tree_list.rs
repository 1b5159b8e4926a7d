//! The tree as a nested list with its branches drawn.

use yew::prelude::*;

use crate::lessons::key_tree::TreeKey;
use crate::ui::parts::HashGlyph;
use crate::ui::{Digest, Key, Text, format, use_text};

/// Props of [`TreeList`].
#[derive(Properties)]
pub struct TreeListProps {
    /// The master and all below it.
    pub tree: TreeKey,
    /// The path of the key that is open.
    pub open: String,
    /// Another one is opened.
    pub on_open: Callback<String>,
}

impl PartialEq for TreeListProps {
    fn eq(&self, other: &Self) -> bool {
        self.tree.is_same(&other.tree) && self.open == other.open && self.on_open == other.on_open
    }
}

/// The list.
#[component]
pub fn TreeList(props: &TreeListProps) -> Html {
    let text = use_text();
    html! { <ul class="tree" aria-label={text.t(key!("keys.many.tree"))}>{ branch(text, &props.tree, &props.open, &props.on_open) }</ul> }
}

/// What a step of the path is for.
fn meaning(path: &str) -> Option<Key> {
    match path.matches('/').count() {
        0 => Some(key!("keys.many.master")),
        1 => Some(key!("keys.many.purpose")),
        // BIP-0044's coin type: 0 is Bitcoin's, 1 that of all test networks.
        2 if path.ends_with("/0'") => Some(key!("keys.many.coin_bitcoin")),
        2 => Some(key!("keys.many.coin_test")),
        3 => Some(key!("keys.many.account")),
        4 if path.ends_with("/0") => Some(key!("keys.many.receiving")),
        4 => Some(key!("keys.many.change")),
        _ => None,
    }
}

fn branch(text: Text, key: &TreeKey, open: &str, on_open: &Callback<String>) -> Html {
    let path = key.path.clone();
    let onclick = on_open.reform(move |_: MouseEvent| path.clone());
    html! {
        <li key={key.path.clone()}>
            <button type="button" class="tree__key" {onclick} data-path={key.path.clone()} aria-pressed={(key.path == open).to_string()}>
                <code class="mono">{ key.step.clone() }</code>
                { match meaning(&key.path) {
                    Some(meaning) => html! { <span>{ text.t(meaning) }</span> },
                    None => html! { <><HashGlyph hash={Digest::of_text(&key.address)} /><code class="mono">{ format::middle_cut(&key.address, 6, 4) }</code></> },
                } }
            </button>
            if !key.children.is_empty() {
                <ul>{ for key.children.iter().map(|child| branch(text, child, open, on_open)) }</ul>
            }
        </li>
    }
}
