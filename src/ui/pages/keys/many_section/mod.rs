//! Many keys from few words: the tree they grow on, one of its keys opened, all of them side by side, and what the
//! chain tells everyone about who owns which.

mod gallery;
mod linkage_card;
mod linkage_picture;
mod open_key;
mod recent_blocks;
mod tree_list;

use yew::prelude::*;

use super::section::SectionProps;
use crate::keys::mnemonic::check_passphrase;
use crate::keys::{Mnemonic, MnemonicError};
use crate::ledger::to_hex;
use crate::lessons::key_tree::{MAX_LEAVES, find, first_path, key_tree};
use crate::ui::figures::KeyTreeFigure;
use crate::ui::pages::keys::practice::random_key;
use crate::ui::parts::{Button, CopyButton, EmptyState, Field, FigurePanel, IconName, Note, Panel, Slider};
use crate::ui::{format, use_text};
use gallery::Gallery;
use linkage_card::LinkageCard;
use open_key::OpenKey;
use tree_list::TreeList;

fn random_words() -> String {
    let random = random_key();
    let entropy: Option<[u8; 16]> = random.get(..16).and_then(|half| half.try_into().ok());
    entropy.map(|entropy| Mnemonic::from_entropy_16(&entropy).to_phrase()).unwrap_or_default()
}

/// The section.
#[component]
pub fn ManySection(props: &SectionProps) -> Html {
    let text = use_text();
    let words = use_state_eq(random_words);
    let passphrase = use_state_eq(String::new);
    let leaves = use_state_eq(|| 3u32);
    // What the user opened; the first receiving key until then.
    let chosen = use_state_eq(|| None::<String>);
    let open = chosen.as_ref().cloned().unwrap_or_else(|| first_path(&props.params));
    let said = |error: &MnemonicError| {
        let facts: Vec<(String, String)> =
            error.facts().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        AttrValue::from(text.rule(error.rule(), &facts).unwrap_or_else(|| error.to_string()))
    };
    let parsed = Mnemonic::parse(&words);
    let error = parsed.as_ref().err().filter(|_| !words.trim().is_empty()).map(said);
    let passphrase_error = check_passphrase(&passphrase).err().as_ref().map(said);
    // Stretching the words takes a while, and is done once for each seed.
    let seed = use_memo((parsed.ok().map(|words| words.to_phrase()), (*passphrase).clone()), |(phrase, passphrase)| {
        let words = Mnemonic::parse(phrase.as_ref()?).ok()?;
        check_passphrase(passphrase).ok()?;
        Some(words.to_seed(passphrase))
    });
    let tree = use_memo((*seed, *leaves, props.params.network), |(seed, leaves, _)| {
        key_tree(seed.as_ref()?, *leaves, &props.params).ok()
    });
    let set = |state: &UseStateHandle<String>| {
        let state = state.setter();
        Callback::from(move |value: String| state.set(value))
    };
    let generate = {
        let words = words.setter();
        Callback::from(move |_: MouseEvent| words.set(random_words()))
    };
    let on_leaves = {
        let leaves = leaves.setter();
        Callback::from(move |count: u32| leaves.set(count))
    };
    let on_open = {
        let chosen = chosen.setter();
        Callback::from(move |path: String| chosen.set(Some(path)))
    };
    let shown_seed = match &*seed {
        Some(seed) => html! {
            <div>
                <p class="label">{ text.t(key!("keys.many.seed")) }<CopyButton text={to_hex(seed)} /></p>
                <code class="run" data-seed="true">{ format::spaced_hex(&to_hex(seed)) }</code>
                <p class="xs muted">{ text.t(key!("keys.many.seed_why")) }</p>
            </div>
        },
        None => html! {
            <EmptyState title={text.t(key!("keys.many.no_tree"))} text={text.t(key!("keys.many.no_tree_why"))} icon={IconName::Keys} />
        },
    };
    // An empty node where there is no tree: a child less would have Yew make the fields anew, and the focus be lost.
    let shown_tree = tree.as_ref().as_ref().map(|tree| {
        let list = html! { <TreeList tree={tree.clone()} open={open.clone()} on_open={on_open.clone()} /> };
        // Where the drawing would be too small to read the list stands in its place.
        let figure = html! {
            <>
                <KeyTreeFigure tree={tree.clone()} open={open.clone()} on_open={on_open.clone()} />
                <div class="kt-list">{ list.clone() }</div>
            </>
        };
        html! {
            <FigurePanel name="key-tree" title={text.t(key!("keys.many.tree_title"))} subtitle={text.t(key!("keys.many.tree_sub"))} {figure} table={list} />
        }
    }).unwrap_or_default();
    let opened = tree.as_ref().as_ref().and_then(|tree| find(tree, &open)).cloned();
    html! {
        <div class="stack stack--4">
            <div class="manycols">
                <Panel name="many-tree" title={text.t(key!("keys.many.title"))} subtitle={text.t(key!("keys.many.sub"))}>
                    <div class="stack stack--3">
                        <Field id="tree_words" rows={3} label={text.t(key!("keys.many.words"))} value={(*words).clone()} oninput={set(&words)} {error} />
                        <div class="row row--wrap">
                            <Button icon={IconName::Dice} action="random-tree" onclick={generate}>{ text.t(key!("keys.many.random_words")) }</Button>
                            <CopyButton text={(*words).clone()} />
                        </div>
                        <Field id="tree_passphrase" label={text.t(key!("keys.many.passphrase"))} value={(*passphrase).clone()} oninput={set(&passphrase)} error={passphrase_error} hint={text.t(key!("keys.many.passphrase_why"))} />
                        { shown_seed }
                        <Slider id="leaves" label={text.t(key!("keys.many.leaves"))} min={1} max={MAX_LEAVES} value={*leaves} shown={leaves.to_string()} oninput={on_leaves} />
                        <Note icon={IconName::Warning}>{ text.t(key!("keys.many.practice")) }</Note>
                    </div>
                </Panel>
                if let Some(opened) = opened {
                    <OpenKey {opened} params={props.params.clone()} on_key={props.on_key.clone()} />
                }
            </div>
            { shown_tree }
            <Gallery keys={props.keys.clone()} tree={(*tree).clone()} params={props.params.clone()} />
            <LinkageCard params={props.params.clone()} wallet={props.wallet.clone()} node={props.node.clone()} />
        </div>
    }
}
