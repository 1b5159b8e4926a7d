//! Who can link which addresses: drawn from the chain's own data, as everyone can.

use std::collections::BTreeSet;
use std::rc::Rc;

use yew::prelude::*;

use super::linkage_picture::{Explained, explain, groups, kind_key, own_linked, short};
use super::recent_blocks::{MAX_BLOCKS, RecentBlocks, use_recent_blocks};
use crate::api::{NodeView, WalletView};
use crate::ledger::Params;
use crate::lessons::linkage::{AddressUse, Cluster, Linkage};
use crate::ui::figures::LinkageFigure;
use crate::ui::parts::{
    AddressText, Button, CopyButton, EmptyState, FigurePanel, HashText, IconName, Note, Panel, Skeleton, Switch,
};
use crate::ui::route::transaction_href;
use crate::ui::{Shared, Text, use_text};

/// Rows of the table.
const MAX_ROWS: usize = 100;

/// Props of [`LinkageCard`].
#[derive(Properties, PartialEq)]
pub struct LinkageCardProps {
    /// The network's version bytes.
    pub params: Rc<Params>,
    /// The wallet, whose addresses are marked.
    pub wallet: Option<Shared<WalletView>>,
    /// The node, for its tip.
    pub node: Option<Shared<NodeView>>,
}

/// The card.
#[component]
pub fn LinkageCard(props: &LinkageCardProps) -> Html {
    let text = use_text();
    let again = use_state_eq(|| 0u32);
    let guess = use_state_eq(|| false);
    let chosen = use_state_eq(|| None::<String>);
    let recent = use_recent_blocks(props.node.as_ref().map(|node| node.tip), *again);
    let own = use_memo(props.wallet.clone(), |wallet| own_addresses(wallet.as_ref()));
    let found = use_memo((recent.clone(), *guess, props.params.network), |(recent, guess, _)| {
        let RecentBlocks::Ready(blocks) = recent else { return None };
        let transactions = blocks.iter().flat_map(|block| &block.transactions);
        Some((Linkage::of(transactions, &props.params, *guess), blocks.len()))
    });
    let title = text.t(key!("keys.link.title"));
    let subtitle = text.t(key!("keys.link.sub"));
    let bare = |state: &'static str, inside: Html| {
        html! { <Panel name="linkage" {title} {subtitle} {state}>{ inside }</Panel> }
    };
    let (linkage, blocks) = match (&recent, &*found) {
        (RecentBlocks::Failed(error), _) => {
            let onclick = {
                let (next, again) = (*again + 1, again.setter());
                Callback::from(move |_: MouseEvent| again.set(next))
            };
            let retry = html! {
                <EmptyState bad={true} title={text.t(key!("keys.link.failed"))} text={text.error(error)}>
                    <Button icon={IconName::Reload} action="linkage-again" {onclick}>{ text.t(key!("keys.link.again")) }</Button>
                </EmptyState>
            };
            return bare("error", retry);
        }
        (_, Some((linkage, blocks))) => (linkage, *blocks),
        _ => return bare("loading", html! { <Skeleton lines={5} /> }),
    };
    if linkage.clusters.is_empty() && linkage.alone.is_empty() {
        return bare(
            "empty",
            html! {
                <EmptyState title={text.t(key!("keys.link.none"))} text={text.t(key!("keys.link.none_why"))} icon={IconName::Keys}>
                    <a class="btn" href="#/miner">{ text.t(key!("keys.link.go_mine")) }</a>
                </EmptyState>
            },
        );
    }
    let on_choose = {
        let (now, chosen) = ((*chosen).clone(), chosen.setter());
        Callback::from(move |name: String| chosen.set(Some(name).filter(|name| now.as_ref() != Some(name))))
    };
    let on_guess = {
        let guess = guess.setter();
        Callback::from(move |on: bool| guess.set(on))
    };
    let count = |number: usize| number.to_string();
    let total = linkage.alone.len() + linkage.clusters.iter().map(|cluster| cluster.addresses.len()).sum::<usize>();
    let read = text.with(
        key!("keys.link.read"),
        &[
            ("blocks", &count(blocks)),
            ("most", &count(MAX_BLOCKS)),
            ("transactions", &count(linkage.transactions)),
            ("addresses", &count(total)),
        ],
    );
    let linked = own_linked(linkage, &own);
    let about_me = match linked {
        0 => text.t(key!("keys.link.me_none")).to_owned(),
        linked => text.count(plural!("keys.link.me"), linked as u64),
    };
    let explained = chosen.as_ref().and_then(|chosen| explain(linkage, &own, chosen, text));
    let figure = html! {
        <div class="stack stack--3">
            <LinkageFigure groups={groups(linkage, &own, text)} chosen={(*chosen).clone()} {on_choose}
                label={text.with(key!("keys.link.label"), &[("groups", &count(linkage.clusters.len())), ("addresses", &count(total))])} />
            { why(text, explained) }
        </div>
    };
    let actions = html! { <Switch label={text.t(key!("keys.link.guess"))} checked={*guess} onchange={on_guess} action="guess-change" /> };
    html! {
        <>
            <FigurePanel name="linkage" {title} {subtitle} {actions} {figure} table={table(text, linkage, &own)} />
            <div class="linknotes">
                <Note icon={IconName::Eye}>
                    if props.wallet.is_some() { <b data-own-linked={linked.to_string()}>{ about_me }</b>{ " " } }
                    { read }
                </Note>
                <Note icon={IconName::Hand}><b>{ text.t(key!("keys.link.try")) }</b>{ " " }{ text.t(key!("keys.link.try_how")) }</Note>
                <Note icon={IconName::Lock}><b>{ text.t(key!("keys.link.avoid")) }</b>{ " " }{ text.t(key!("keys.link.avoid_how")) }</Note>
            </div>
        </>
    }
}

/// Addresses known to be the wallet's: those it handed out, change included, and those of its coins.
fn own_addresses(wallet: Option<&Shared<WalletView>>) -> BTreeSet<String> {
    let Some(wallet) = wallet else { return BTreeSet::new() };
    let handed_out = wallet.addresses.iter().map(|address| address.address.clone());
    handed_out.chain(wallet.coins.iter().map(|coin| coin.address.clone())).collect()
}

/// Why what was chosen is linked.
fn why(text: Text, explained: Option<Explained>) -> Html {
    html! {
        <div class="linkwhy" role="status" data-why={explained.is_some().then_some("shown")}>
            { match explained {
                None => html! { <p class="sm muted">{ text.t(key!("keys.link.choose")) }</p> },
                Some(explained) => html! {
                    <>
                        { for explained.sentences.iter().map(|sentence| html! { <p>{ sentence }</p> }) }
                        if let Some(txid) = explained.txid {
                            <p class="row row--wrap"><HashText hash={txid} href={transaction_href(&txid)} /><CopyButton text={txid.to_string()} /></p>
                        }
                        <p class="row row--wrap">{ for explained.addresses.iter().map(|address| html! { <AddressText address={address.clone()} copy={true} /> }) }</p>
                    </>
                },
            } }
        </div>
    }
}

fn table(text: Text, linkage: &Linkage, own: &BTreeSet<String>) -> Html {
    let clusters =
        linkage.clusters.iter().enumerate().flat_map(|(number, cluster)| {
            cluster.addresses.iter().map(move |found| (Some((number + 1, cluster)), found))
        });
    let rows = clusters.chain(linkage.alone.iter().map(|found| (None, found)));
    html! {
        <table class="table" data-linkage="table">
            <thead><tr>
                <th>{ text.t(key!("keys.link.group")) }</th>
                <th>{ text.t(key!("keys.link.address")) }</th>
                <th class="num">{ text.t(key!("keys.link.payments")) }</th>
                <th>{ text.t(key!("keys.link.because")) }</th>
            </tr></thead>
            <tbody>
                { for rows.take(MAX_ROWS).map(|(group, found)| {
                    let address = found.address.to_string();
                    html! {
                        <tr key={address.clone()} data-group={group.map(|(number, _)| number.to_string())} data-address={address.clone()}>
                            <td>{ group.map_or_else(|| "–".to_owned(), |(number, _)| number.to_string()) }</td>
                            <td><AddressText mine={own.contains(&address)} {address} copy={true} /></td>
                            <td class="num">{ found.paid_by.len() }</td>
                            <td>{ because(text, group.map(|(_, cluster)| cluster), found) }</td>
                        </tr>
                    }
                }) }
            </tbody>
        </table>
    }
}

/// The reasons why an address is in its group.
fn because(text: Text, cluster: Option<&Cluster>, found: &AddressUse) -> String {
    let links = cluster.iter().flat_map(|cluster| &cluster.links);
    let mut reasons: Vec<String> = links
        .filter(|link| link.addresses.contains(&found.address))
        .map(|link| [text.t(kind_key(link.kind)), " ", &short(&link.txid)].concat())
        .collect();
    if found.is_reused() {
        reasons.push(text.t(key!("keys.link.reused")).to_owned());
    }
    if reasons.is_empty() { text.t(key!("keys.link.alone")).to_owned() } else { reasons.join("; ") }
}
