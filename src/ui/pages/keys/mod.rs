//! The keys page: from 256 coin flips to an address, and what a signature is.
//!
//! It works on practice keys of its own. A wallet's key comes in only when the user reveals it,
//! after a warning. One card is one component, and each takes only what it may know: the Verify
//! card has no way to a private key.

mod across_section;
mod address;
mod address_section;
mod checking;
mod compare;
mod curve_section;
mod failures_section;
mod key_bits;
mod many_section;
mod message;
mod message_field;
mod number_section;
mod open_node;
mod paper_dialog;
mod payment_section;
mod practice;
mod private_key;
mod public_key;
mod section;
mod share_dialog;
mod shared_link;
mod sign;
mod signing_section;
mod verify;

use gloo::events::EventListener;
use yew::prelude::*;

use crate::api::{AnswersView, KeyReveal, NodeView, NotesView, WalletView};
use crate::keys::{PrivateKey, sign_ecdsa};
use crate::ledger::{sha256, to_hex};
use crate::ui::pages::wallet::has_no_wallet;
use crate::ui::parts::{Button, ButtonKind, IconName, PageHead};
use crate::ui::route::KeysSection;
use crate::ui::{Key, Shared, Text, use_text};
use crate::web::page;
use across_section::AcrossSection;
use address::AddressCard;
use address_section::AddressSection;
use checking::SignedNote;
use curve_section::CurveSection;
use failures_section::FailuresSection;
use key_bits::KeyBits;
use many_section::ManySection;
use message::MessageCard;
use message_field::fits;
use number_section::NumberSection;
use paper_dialog::PaperDialog;
use payment_section::PaymentSection;
use practice::{KeyOrigin, KeyRing, PageKey, keep, kept, params_of, random_key};
use private_key::PrivateKeyCard;
use public_key::PublicKeyCard;
use section::SectionProps;
use share_dialog::ShareDialog;
use shared_link::SharedLink;
use sign::SignCard;
use signing_section::SigningSection;
use verify::VerifyCard;

/// Props of [`KeysPage`].
#[derive(Properties, PartialEq)]
pub struct KeysPageProps {
    /// What of the page is shown.
    #[prop_or_default]
    pub section: KeysSection,
    /// The wallet, for messages signed by its addresses; `None` until the node has told.
    pub wallet: Option<Shared<WalletView>>,
    /// The node, for its network; `None` until it has told.
    pub node: Option<Shared<NodeView>>,
    /// Signed notes; `None` until the node has told.
    #[prop_or_default]
    pub notes: Option<Shared<NotesView>>,
    /// What the nodes say of a transaction; `None` until they were asked.
    #[prop_or_default]
    pub answers: Option<Shared<AnswersView>>,
}

/// The page.
#[component]
pub fn KeysPage(props: &KeysPageProps) -> Html {
    let text = use_text();
    let ring = use_state_eq(|| kept().map_or_else(|| KeyRing::new(random_key().into()), |(ring, _)| ring));
    // A message to begin with, with the names of this room as soon as they are known.
    let example = use_state_eq(|| example_message(text, None));
    let message = use_state_eq(|| kept().map_or_else(|| (*example).clone(), |(_, message)| message));
    let note = use_state_eq(|| None::<SignedNote>);
    // Known from the beginning, so that the opener's own key signs nothing over it.
    let received = use_state_eq(|| signed_note_in(text, &SharedLink::parse(&page::own_hash())));
    use_shared_link(text, props.section, &ring, &message, &received, &note);
    {
        let (example, message, node) = (example.clone(), message.clone(), props.node.clone());
        use_effect_with(node.is_some(), move |known| {
            if *known && *message == *example && SharedLink::parse(&page::own_hash()).message.is_none() {
                let named = example_message(text, node.as_deref());
                message.set(named.clone());
                example.set(named);
            }
        });
    }
    let first = use_mut_ref(|| true);
    use_effect_with(props.section, move |_| {
        page::scroll_to_current(".sections");
        // Another section begins at its top.
        if !first.replace(false) {
            page::scroll_to_top();
        }
    });
    let sharing = use_state_eq(|| false);
    let on_paper = use_state_eq(|| false);
    let projecting = use_state_eq(page::is_projecting);
    let network = props.node.as_ref().map(|node| node.network.clone());
    let params = use_memo(network, |_| params_of(props.node.as_deref()));

    use_effect_with(((*ring).clone(), (*message).clone()), |(ring, message)| keep(ring, message));

    let current = ring.current();
    let name = current.name(text);
    let public = current.public_key();
    let set = {
        let ring = ring.clone();
        Callback::from(move |next: KeyRing| ring.set(next))
    };
    let on_bits = {
        let (ring, set) = (ring.clone(), set.clone());
        Callback::from(move |bits: KeyBits| set.emit(ring.changed(bits)))
    };
    let on_message = {
        let message = message.clone();
        Callback::from(move |next: String| message.set(next))
    };
    let on_wallet_key = {
        let (ring, set, params) = (ring.clone(), set.clone(), params.clone());
        Callback::from(move |revealed: KeyReveal| {
            // The text form says which of its two public keys the key has.
            if let Ok(key) = PrivateKey::from_wif(&revealed.wif, &params) {
                set.emit(ring.with_wallet_key(revealed.address, KeyBits::from(&key)));
            }
        })
    };
    let on_signed = {
        let note = note.clone();
        Callback::from(move |next: SignedNote| note.set(Some(next)))
    };
    let shared_key = current.clone();
    let paper_params = params.clone();
    let shared = shared_state(&current, &message);
    let shown = if props.section == KeysSection::Overview {
        html! {
            <>
                <div class="keyline">
                    <PrivateKeyCard key_on_screen={current.clone()} params={params.clone()} wallet={props.wallet.clone()}
                        can_add={ring.has_room()} on_change={on_bits} {on_wallet_key} />
                    { pipe(text.t(key!("keys.pipe.times_g")), text.t(key!("keys.pipe.one_way")), "") }
                    <PublicKeyCard public_key={public} bytes={current.bits.bytes} />
                    { pipe(text.t(key!("keys.pipe.hash")), text.t(key!("keys.pipe.one_way")), "") }
                    <AddressCard public_key={public} params={params.clone()} />
                </div>
                <div class="cols cols--sign">
                    <SignCard key_on_screen={current.clone()} {name} message={(*message).clone()} is_example={*message == *example} waits={received.is_some()} note={(*note).clone()} {on_message} {on_signed} />
                    { pipe(text.t(key!("keys.pipe.send")), text.t(key!("keys.pipe.all_but")), "pipe--send") }
                    <VerifyCard note={(*note).clone().or_else(|| (*received).clone())} {params} />
                </div>
                <MessageCard wallet={props.wallet.clone()} absent={has_no_wallet(props.node.as_deref())} />
            </>
        }
    } else {
        let keys: Vec<PageKey> = ring.keys().to_vec();
        let given = SectionProps {
            key_on_screen: current.clone(),
            received: (*received).clone(),
            keys,
            message: (*message).clone().into(),
            params,
            wallet: props.wallet.clone(),
            node: props.node.clone(),
            notes: props.notes.clone(),
            answers: props.answers.clone(),
            on_key: on_bits,
            on_message,
        };
        section(props.section, given)
    };
    let (paper_opens, paper_closes) = (on_paper.setter(), on_paper.setter());
    let (opens, closes, project) = (sharing.setter(), sharing.setter(), projecting.clone());
    html! {
        <>
            <PageHead title={text.t(key!("keys.title"))} lede={text.t(key!("keys.lede"))}>
                { switcher(text, &ring, &set) }
                <Button small={true} icon={IconName::Share} icon_only={true} title={text.t(key!("keys.share.open"))} action="share-keys"
                    onclick={move |_| opens.set(true)} />
                <Button small={true} icon={IconName::Print} icon_only={true} title={text.t(key!("keys.paper.open"))} action="paper-wallet"
                    onclick={move |_| paper_opens.set(true)} />
                <Button small={true} icon={IconName::Project} icon_only={true} title={text.t(key!("keys.project"))} action="project"
                    pressed={*projecting} onclick={move |_| {
                        page::set_projecting(!*project);
                        project.set(!*project);
                    }} />
            </PageHead>
            <ShareDialog open={*sharing} {shared} section={props.section} on_close={move |()| closes.set(false)}
                private_key={matches!(shared_key.origin, KeyOrigin::Practice(_)).then_some(shared_key.bits)} />
            <PaperDialog open={*on_paper} key_on_screen={current} params={paper_params} on_close={move |()| paper_closes.set(false)} />
            { sections(text, props.section) }
            { shown }
        </>
    }
}

/// A message to begin with: this node pays a neighbour of it.
fn example_message(text: Text, node: Option<&NodeView>) -> String {
    let me = node.map_or(text.t(key!("keys.sign.example_me")), |node| &node.name.0);
    let peer = node.and_then(|node| node.peers.first()).map_or(text.t(key!("keys.sign.example_peer")), |peer| &peer.0);
    text.with(key!("keys.sign.example"), &[("me", me), ("peer", peer)])
}

/// What a link says of the page, without the private key: the message, and who signed it how. None for a message that
/// is too long to be signed here.
fn shared_state(key: &PageKey, message: &str) -> Option<SharedLink> {
    let private = key.private_key().ok();
    fits(message).then(|| SharedLink {
        message: Some(message.to_owned()),
        public_key: private.as_ref().map(|private| private.public_key().to_string()),
        signature: private.map(|private| to_hex(&sign_ecdsa(&private, &sha256(message.as_bytes())).to_der())),
        private_key: None,
    })
}

/// Takes what a link brought, once for each address that brings something.
#[hook]
fn use_shared_link(
    text: Text,
    section: KeysSection,
    ring: &UseStateHandle<KeyRing>,
    message: &UseStateHandle<String>,
    received: &UseStateHandle<Option<SignedNote>>,
    signed_here: &UseStateHandle<Option<SignedNote>>,
) {
    let (ring, message, received) = (ring.clone(), message.clone(), received.setter());
    let signed_here = signed_here.setter();
    // A second link to the section that is open changes nothing but the address.
    let at = use_state_eq(page::own_hash);
    {
        let at = at.setter();
        use_effect_with((), move |()| {
            let listener = web_sys::window()
                .map(|window| EventListener::new(&window, "hashchange", move |_| at.set(page::own_hash())));
            move || drop(listener)
        });
    }
    use_effect_with((section, page::own_hash()), move |(_, hash)| {
        let shared = SharedLink::parse(hash);
        if let Some(bits) = shared.private_key
            && ring.keys().iter().all(|key| key.bits != bits)
        {
            ring.set(ring.with_practice(bits));
        }
        if let Some(shared_message) = &shared.message {
            message.set(shared_message.clone());
        }
        let note = signed_note_in(text, &shared);
        if note.is_some() {
            signed_here.set(None);
        }
        received.set(note);
    });
}

/// The signed message that a link brought, if it brought one.
fn signed_note_in(text: Text, shared: &SharedLink) -> Option<SignedNote> {
    Some(SignedNote {
        number: 0,
        message: shared.message.clone()?,
        public_key: shared.public_key.clone()?,
        signature: shared.signature.clone()?,
        signer: text.t(key!("keys.share.signer")).to_owned(),
    })
}

/// One section, by the key on screen.
fn section(section: KeysSection, given: SectionProps) -> Html {
    match section {
        KeysSection::Overview => Html::default(),
        KeysSection::Number => html! { <NumberSection ..given /> },
        KeysSection::Curve => html! { <CurveSection ..given /> },
        KeysSection::Address => html! { <AddressSection ..given /> },
        KeysSection::Signing => html! { <SigningSection ..given /> },
        KeysSection::Payment => html! { <PaymentSection ..given /> },
        KeysSection::Across => html! { <AcrossSection ..given /> },
        KeysSection::Failures => html! { <FailuresSection ..given /> },
        KeysSection::Many => html! { <ManySection ..given /> },
    }
}

/// Links to all sections.
fn sections(text: Text, shown: KeysSection) -> Html {
    html! {
        <nav class="sections" aria-label={text.t(key!("keys.sections"))}>
            { for KeysSection::ALL.into_iter().enumerate().map(|(number, section)| html! {
                <a href={section.href()} data-section={section.name()} aria-current={(section == shown).then_some("page")}>
                    if number > 0 { <b>{ number }</b> }
                    <span>{ text.t(section_key(section)) }</span>
                </a>
            }) }
        </nav>
    }
}

const fn section_key(section: KeysSection) -> Key {
    match section {
        KeysSection::Overview => key!("keys.section.overview"),
        KeysSection::Number => key!("keys.section.number"),
        KeysSection::Curve => key!("keys.section.curve"),
        KeysSection::Address => key!("keys.section.address"),
        KeysSection::Signing => key!("keys.section.signing"),
        KeysSection::Payment => key!("keys.section.payment"),
        KeysSection::Across => key!("keys.section.across"),
        KeysSection::Failures => key!("keys.section.failures"),
        KeysSection::Many => key!("keys.section.many_keys"),
    }
}

/// The switch between keys, with 'add' and 'remove'.
fn switcher(text: Text, ring: &KeyRing, set: &Callback<KeyRing>) -> Html {
    let go = |next: KeyRing| {
        let set = set.clone();
        Callback::from(move |_: MouseEvent| set.emit(next.clone()))
    };
    let on_add = {
        let (ring, set) = (ring.clone(), set.clone());
        Callback::from(move |_: MouseEvent| set.emit(ring.with_practice(random_key().into())))
    };
    let at = ring.current_index();
    let onkeydown = {
        let (ring, set) = (ring.clone(), set.clone());
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "ArrowLeft" => set.emit(ring.selected(at.saturating_sub(1))),
            "ArrowRight" => set.emit(ring.selected(at + 1)),
            _ => {}
        })
    };
    html! {
        <>
            <div class="seg seg--sm" role="tablist" aria-label={text.t(key!("keys.switch"))} {onkeydown}>
                { for ring.keys().iter().enumerate().map(|(index, key)| html! {
                    <button type="button" role="tab" key={index} aria-selected={(index == at).to_string()}
                        tabindex={if index == at { "0" } else { "-1" }} onclick={go(ring.selected(index))}>{ key.name(text) }</button>
                }) }
            </div>
            <Button small={true} icon={IconName::Plus} icon_only={true} title={text.t(key!("keys.add"))} action="add-key"
                disabled={!ring.has_room()} onclick={on_add} />
            if ring.keys().len() > 1 {
                <Button small={true} kind={ButtonKind::Quiet} icon={IconName::Trash} icon_only={true} title={text.t(key!("keys.remove"))}
                    action="remove-key" onclick={go(ring.without_current())} />
            }
        </>
    }
}

/// The arrow between two cards.
fn pipe(label: &'static str, note: &'static str, class: &'static str) -> Html {
    html! {
        <div class={classes!("pipe", class)} aria-hidden="true">
            <span class="pipe__l">{ label }</span>
            <svg width="34" height="20" viewBox="0 0 34 20"><path d="M2 10h24" /><path class="head" d="M24 3l9 7-9 7z" /></svg>
            <span class="pipe__n">{ note }</span>
        </div>
    }
}
