//! Writing a note: the key on screen signs, here on the page; the node gets all but the private key.

use yew::prelude::*;

use crate::api::{Command, NodeView, NoteContent, NotesView};
use crate::keys::sign_ecdsa;
use crate::ledger::{sha256, to_hex};
use crate::ui::pages::keys::message_field::{MessageField, fits};
use crate::ui::pages::keys::open_node::OpenNode;
use crate::ui::pages::keys::practice::PageKey;
use crate::ui::parts::{Button, ButtonKind, EmptyState, HashGlyph, IconName, Note, Panel, Tag, Who};
use crate::ui::{Digest, Shared, Text, format, use_dispatch, use_text};
use crate::web::tabs_can_talk;

/// Props of [`ComposeCard`].
#[derive(Properties, PartialEq)]
pub struct ComposeCardProps {
    /// The key that signs.
    pub key_on_screen: PageKey,
    /// The message.
    pub message: AttrValue,
    /// Another message.
    pub on_message: Callback<String>,
    /// The notes, and whom one would reach.
    pub notes: Shared<NotesView>,
    /// The node, for the tabs that are still connecting.
    pub node: Shared<NodeView>,
}

/// The card.
#[component]
pub fn ComposeCard(props: &ComposeCardProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let error = use_state_eq(|| None::<AttrValue>);
    let signed = use_memo((props.key_on_screen.bits, props.message.clone()), |(_, message)| {
        let key = props.key_on_screen.private_key().ok()?;
        Some(NoteContent {
            message: message.to_string(),
            public_key: key.public_key().to_string(),
            signature: to_hex(&sign_ecdsa(&key, &sha256(message.as_bytes())).to_der()),
        })
    });
    let send = {
        let (signed, error) = (signed.clone(), error.setter());
        Callback::from(move |_: MouseEvent| {
            let Some(note) = (*signed).clone() else { return };
            let error = error.clone();
            dispatch.request(Command::SendNote(note), move |answered| {
                error.set(answered.err().map(|error| text.error(&error).into()));
            });
        })
    };
    let too_long = !fits(&props.message);
    let reachable = props.notes.reachable.len();
    html! {
        <Panel name="across-compose" title={text.t(key!("keys.across.title"))} subtitle={text.t(key!("keys.across.sub"))}>
            <div class="stack stack--3">
                <MessageField id="note_message" label={text.t(key!("keys.message.title"))} value={props.message.clone()} rows={3}
                    oninput={props.on_message.clone()} signs={true} />
                { match &*signed {
                    Some(note) => signer(text, note),
                    None => html! { <EmptyState title={text.t(key!("keys.sign.no_key"))} text={text.t(key!("keys.public.none_why"))} icon={IconName::Keys} /> },
                } }
                <TabsReached notes={props.notes.clone()} node={props.node.clone()} />
                <div class="row row--wrap">
                    <Button kind={ButtonKind::Primary} icon={IconName::ArrowRight} action="send-note"
                        disabled={signed.is_none() || too_long || reachable == 0} onclick={send}>
                        { if reachable == 0 { text.t(key!("keys.across.send")).to_owned() } else { text.count(plural!("keys.across.send_to"), reachable as u64) } }
                    </Button>
                </div>
                <div role="alert">
                    if let Some(error) = &*error { <Note kind="bad" icon={IconName::Warning}>{ error.clone() }</Note> }
                </div>
            </div>
        </Panel>
    }
}

/// Who signs, and with what signature.
fn signer(text: Text, note: &NoteContent) -> Html {
    html! {
        <dl class="signedby">
            <dt>{ text.t(key!("keys.across.key")) }</dt>
            <dd><HashGlyph hash={Digest::of_text(&note.public_key)} size={20} /><code class="mono" data-value="note-key" title={note.public_key.clone()}>{ format::middle_cut(&note.public_key, 10, 6) }</code></dd>
            <dt>{ text.t(key!("field.signature")) }</dt>
            <dd><code class="mono" title={note.signature.clone()}>{ format::middle_cut(&note.signature, 10, 6) }</code></dd>
        </dl>
    }
}

/// Props of [`TabsReached`].
#[derive(Properties, PartialEq)]
struct TabsReachedProps {
    notes: Shared<NotesView>,
    node: Shared<NodeView>,
}

/// The tabs that a note reaches; where there are none, why and what to do.
#[component]
fn TabsReached(props: &TabsReachedProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let node = &props.node;
    if !node.network_active {
        let link = Callback::from(move |_: MouseEvent| dispatch.send(Command::SetNetworkActive(true)));
        return html! {
            <div data-tabs="cut">
                <EmptyState title={text.t(key!("keys.across.cut"))} text={text.t(key!("keys.across.cut_why"))} icon={IconName::Network}>
                    <Button kind={ButtonKind::Accent} icon={IconName::Network} action="link-again" onclick={link}>{ text.t(key!("banner.connect")) }</Button>
                </EmptyState>
            </div>
        };
    }
    if node.peers.is_empty() {
        return html! {
            <div data-tabs="none">
                <EmptyState title={text.t(key!("keys.across.alone"))} text={text.t(if tabs_can_talk() { key!("keys.across.alone_why") } else { key!("keys.across.no_channel") })} icon={IconName::Network}><OpenNode /></EmptyState>
            </div>
        };
    }
    html! {
        <div class="stack" data-tabs={props.notes.reachable.len().to_string()}>
            <span class="label">{ text.t(key!("keys.across.to")) }</span>
            <ul class="tabsreached">
                { for node.peers.iter().map(|peer| {
                    let linked = props.notes.reachable.contains(peer);
                    html! {
                        <li key={peer.0.clone()} data-state={if linked { "linked" } else { "connecting" }}>
                            <Who name={peer.0.clone()} />
                            if !linked { <Tag kind="pending" text={text.t(key!("keys.across.connecting"))} /> }
                        </li>
                    }
                }) }
            </ul>
        </div>
    }
}
