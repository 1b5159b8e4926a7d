//! The address: a short fingerprint of the public key, in four stages.

use std::rc::Rc;

use yew::prelude::*;

use crate::keys::{Address, PublicKey, base58};
use crate::ledger::{Params, sha256, to_hex};
use crate::ui::parts::{CopyButton, EmptyState, HashGlyph, IconName, Panel, hue_style};
use crate::ui::{Digest, format, use_text};

/// Props of [`AddressCard`].
#[derive(Properties, PartialEq)]
pub struct AddressCardProps {
    /// The public key; `None` when the bits are no private key.
    pub public_key: Option<PublicKey>,
    /// The network's version bytes.
    pub params: Rc<Params>,
}

/// The card.
#[component]
pub fn AddressCard(props: &AddressCardProps) -> Html {
    let text = use_text();
    let title = text.t(key!("keys.address.title"));
    let subtitle = text.t(key!("keys.address.sub"));
    let Some(key) = &props.public_key else {
        return html! {
            <Panel class="key3" name="address" {title} {subtitle}>
                <EmptyState title={text.t(key!("keys.public.none"))} text={text.t(key!("keys.public.none_why"))} icon={IconName::Keys} />
            </Panel>
        };
    };
    let bytes = key.to_bytes();
    let sha = sha256(&bytes);
    let hash = key.hash();
    let address = Address::from_public_key(key, &props.params).to_string();
    let mut payload = vec![props.params.p2pkh_version];
    payload.extend_from_slice(hash.as_bytes());
    let checksum = base58::checksum(&payload);
    let hash_hex = to_hex(hash.as_bytes());
    let payload_hex = [to_hex(&payload), to_hex(&checksum)].concat();
    let digest = Digest::of_text(&address);
    let style = hue_style(&digest);
    let hash_run = html! { <span data-hash="true" style={style.clone()}>{ format::spaced_hex(&hash_hex) }</span> };
    let count = |count: usize| text.count(plural!("common.bytes"), count as u64);
    let stage = |name: &'static str, size: String, why: &'static str, value: String, run: Html| {
        html! {
            <li class="stage">
                <span class="stage__op"><b>{ name }</b><span>{ size }</span><CopyButton text={value} /></span>
                <p class="stage__why">{ why }</p>
                { run }
            </li>
        }
    };
    html! {
        <Panel class="key3" name="address" {title} {subtitle}>
            <ol class="stages">
                { stage("SHA-256", count(32), text.t(key!("keys.address.sha")), to_hex(&sha),
                    html! { <code class="run stage__run" data-stage="sha256">{ format::spaced_hex(&to_hex(&sha)) }</code> }) }
                { stage("RIPEMD-160", count(20), text.t(key!("keys.address.ripemd")), hash_hex,
                    html! { <code class="run stage__run" data-stage="hash160">{ hash_run.clone() }</code> }) }
                { stage(text.t(key!("keys.address.version")), count(25), text.t(key!("keys.address.checksum")), payload_hex, html! {
                    <>
                        <code class="run stage__run" data-stage="payload">
                            <span data-field="plain">{ to_hex(payload.get(..1).unwrap_or_default()) }</span>{ " " }
                            { hash_run }{ " " }
                            <span data-field="amount">{ format::spaced_hex(&to_hex(&checksum)) }</span>
                        </code>
                        <p class="stage__note">
                            <span><i class="sw" data-sw="plain" />{ text.t(key!("keys.address.network")) }</span>
                            <span><i class="sw" data-sw="hash" {style} />{ text.t(key!("keys.address.key_hash")) }</span>
                            <span><i class="sw" data-sw="amount" />{ text.t(key!("keys.address.sum")) }</span>
                        </p>
                    </>
                }) }
                <li class="stage stage--end">
                    <span class="stage__op"><b>{ "Base58Check" }</b>
                        <span>{ text.count(plural!("keys.address.characters"), address.chars().count() as u64) }</span></span>
                    <p class="stage__why">{ text.t(key!("keys.address.base58")) }</p>
                    <span class="addr" data-address={address.clone()}>
                        <HashGlyph hash={digest} size={30} />
                        <code class="mono">{ address.clone() }</code>
                        <CopyButton text={address} />
                    </span>
                </li>
            </ol>
        </Panel>
    }
}
