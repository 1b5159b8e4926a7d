//! Key pairs side by side: each with the glyph of its address.

use std::rc::Rc;

use yew::prelude::*;

use crate::keys::Address;
use crate::ledger::Params;
use crate::lessons::key_tree::TreeKey;
use crate::ui::pages::keys::practice::{KeyOrigin, PageKey};
use crate::ui::parts::{CopyButton, HashGlyph, Panel, hue_style};
use crate::ui::{Digest, format, use_text};

/// Props of [`Gallery`].
#[derive(Properties)]
pub struct GalleryProps {
    /// The keys of the page.
    pub keys: Vec<PageKey>,
    /// The tree, for its last keys.
    pub tree: Option<TreeKey>,
    /// The network's version bytes.
    pub params: Rc<Params>,
}

impl PartialEq for GalleryProps {
    fn eq(&self, other: &Self) -> bool {
        self.keys == other.keys && leaves(self.tree.as_ref()) == leaves(other.tree.as_ref())
    }
}

/// Path and address of all keys without children.
fn leaves(tree: Option<&TreeKey>) -> Vec<(String, String)> {
    let Some(tree) = tree else { return Vec::new() };
    if tree.children.is_empty() {
        return vec![(tree.path.clone(), tree.address.clone())];
    }
    tree.children.iter().flat_map(|child| leaves(Some(child))).collect()
}

/// The cards.
#[component]
pub fn Gallery(props: &GalleryProps) -> Html {
    let text = use_text();
    let own = props.keys.iter().filter_map(|key| {
        let name = match &key.origin {
            KeyOrigin::Practice(number) => text.with(key!("keys.key"), &[("number", &number.to_string())]),
            KeyOrigin::Wallet(_) => text.t(key!("keys.wallet.tag")).to_owned(),
        };
        Some((name, Address::from_public_key(&key.public_key()?, &props.params).to_string()))
    });
    let all: Vec<(String, String)> = own.chain(leaves(props.tree.as_ref())).collect();
    html! {
        <Panel name="many-gallery" title={text.t(key!("keys.many.gallery"))} subtitle={text.count(plural!("keys.many.pairs"), all.len() as u64)}>
            <ul class="gallery">
                { for all.into_iter().map(|(name, address)| {
                    let digest = Digest::of_text(&address);
                    html! {
                        <li key={name.clone()} class="gallery__card" style={hue_style(&digest)} title={address.clone()}>
                            <HashGlyph hash={digest} size={40} />
                            <b class="xs">{ name }</b>
                            <span class="row"><code class="mono">{ format::middle_cut(&address, 4, 4) }</code><CopyButton text={address} /></span>
                        </li>
                    }
                }) }
            </ul>
        </Panel>
    }
}
