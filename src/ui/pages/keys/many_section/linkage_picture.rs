//! What was found out from the blocks, as groups to draw and as sentences.

use std::collections::BTreeSet;

use crate::ledger::Txid;
use crate::lessons::linkage::{AddressUse, Cluster, Link, LinkKind, Linkage};
use crate::ui::figures::linkage::{LinkedGroup, LinkedNode, MAX_GROUPS, MAX_NODES, MAX_TIES, Tie, TieKind};
use crate::ui::{Digest, Key, Text, format};

/// Why something is linked, in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Explained {
    /// The sentences.
    pub sentences: Vec<String>,
    /// The transaction to look at, if it is one.
    pub txid: Option<Txid>,
    /// The addresses spoken of.
    pub addresses: Vec<String>,
}

/// The groups to draw, those with addresses of one's own first, and last what nothing links.
pub fn groups(linkage: &Linkage, own: &BTreeSet<String>, text: Text) -> Vec<LinkedGroup> {
    let mut clusters: Vec<&Cluster> = linkage.clusters.iter().collect();
    clusters.sort_by_key(|cluster| !cluster.addresses.iter().any(|found| is_own(found, own)));
    let mut groups: Vec<LinkedGroup> =
        clusters.into_iter().take(MAX_GROUPS - 1).map(|cluster| group(cluster, own, text)).collect();
    if !linkage.alone.is_empty() {
        let mut alone: Vec<&AddressUse> = linkage.alone.iter().collect();
        alone.sort_by_key(|found| !is_own(found, own));
        groups.push(LinkedGroup {
            title: titled(text.t(key!("keys.link.alone")).to_owned(), alone.len(), text),
            nodes: alone.into_iter().take(MAX_NODES).map(|found| node(found, own, text)).collect(),
            ties: Vec::new(),
            linked: false,
        });
    }
    groups
}

fn is_own(found: &AddressUse, own: &BTreeSet<String>) -> bool {
    own.contains(&found.address.to_string())
}

fn titled(title: String, count: usize, text: Text) -> String {
    if count <= MAX_NODES {
        return title;
    }
    let drawn = text.with(key!("keys.link.drawn"), &[("drawn", &MAX_NODES.to_string()), ("count", &count.to_string())]);
    [title.as_str(), " ", &drawn].concat()
}

fn node(found: &AddressUse, own: &BTreeSet<String>, text: Text) -> LinkedNode {
    let own = is_own(found, own);
    let paid = match found.paid_by.len() {
        0 => text.t(key!("keys.link.paid_earlier")).to_owned(),
        count => text.count(plural!("keys.link.paid"), count as u64),
    };
    let note = if own { [text.t(key!("keys.link.yours")), " · ", &paid].concat() } else { paid };
    LinkedNode { address: found.address.to_string(), note, own }
}

fn group(cluster: &Cluster, own: &BTreeSet<String>, text: Text) -> LinkedGroup {
    // The newest links, and before all others the addresses they speak of.
    let links: Vec<&Link> = cluster.links.iter().rev().take(MAX_TIES - 2).collect();
    let mut members: Vec<&AddressUse> = cluster.addresses.iter().collect();
    members.sort_by_key(|found| !links.iter().any(|link| link.addresses.contains(&found.address)));
    members.truncate(MAX_NODES);
    let mut ties: Vec<Tie> = links
        .into_iter()
        .map(|link| Tie {
            name: tie_name(link),
            kind: if link.kind == LinkKind::CommonInputs { TieKind::CommonInputs } else { TieKind::Change },
            title: text.t(kind_key(link.kind)).to_owned(),
            detail: short(&link.txid),
            glyph: Some(Digest::from(link.txid)),
            nodes: (0..members.len()).filter(|index| link.addresses.contains(&members[*index].address)).collect(),
        })
        .collect();
    for (index, found) in members.iter().enumerate().filter(|(_, found)| found.is_reused()) {
        if ties.len() < MAX_TIES {
            ties.push(Tie {
                name: ["reuse:", &found.address.to_string()].concat(),
                kind: TieKind::Reuse,
                title: text.t(key!("keys.link.reused")).to_owned(),
                detail: text.count(plural!("keys.link.paid"), found.paid_by.len() as u64),
                glyph: None,
                nodes: vec![index],
            });
        }
    }
    let title = text.count(plural!("keys.link.owner"), cluster.addresses.len() as u64);
    LinkedGroup {
        title: titled(title, cluster.addresses.len(), text),
        nodes: members.into_iter().map(|found| node(found, own, text)).collect(),
        ties,
        linked: true,
    }
}

/// What a kind of link is called.
pub fn kind_key(kind: LinkKind) -> Key {
    match kind {
        LinkKind::CommonInputs => key!("keys.link.together"),
        LinkKind::Change => key!("keys.link.maybe_change"),
    }
}

fn tie_name(link: &Link) -> String {
    let kind = if link.kind == LinkKind::CommonInputs { "together:" } else { "change:" };
    [kind, &link.txid.to_string()].concat()
}

/// The first and last digits of a txid.
pub fn short(txid: &Txid) -> String {
    format::middle_cut(&txid.to_string(), 4, 4)
}

/// Why what was chosen, an address or a tie, is linked; none for what is not there any more.
pub fn explain(linkage: &Linkage, own: &BTreeSet<String>, chosen: &str, text: Text) -> Option<Explained> {
    let links = linkage.clusters.iter().flat_map(|cluster| &cluster.links);
    if let Some(link) = links.clone().find(|link| tie_name(link) == chosen) {
        return Some(of_link(link, text));
    }
    let address = chosen.strip_prefix("reuse:");
    let all = || linkage.clusters.iter().flat_map(|cluster| &cluster.addresses).chain(&linkage.alone);
    let wanted = address.unwrap_or(chosen);
    let found = all().find(|found| found.address.to_string() == wanted)?;
    let shown = format::middle_cut(wanted, 6, 4);
    let mut sentences = Vec::new();
    let cluster = linkage.clusters.iter().find(|cluster| cluster.addresses.contains(found));
    let others = cluster.map_or(0, |cluster| cluster.addresses.len() - 1);
    if address.is_none() && others > 0 {
        let why: Vec<String> = cluster
            .iter()
            .flat_map(|cluster| &cluster.links)
            .filter(|link| link.addresses.contains(&found.address))
            .map(|link| short(&link.txid))
            .take(MAX_TIES)
            .collect();
        let others = text.count(plural!("keys.link.others"), others as u64);
        sentences.push(text.with(
            key!("keys.link.why_address"),
            &[("address", &shown), ("others", &others), ("txids", &why.join(", "))],
        ));
    }
    if found.is_reused() {
        let key = if found.paid_by.len() > 1 { key!("keys.link.why_reuse") } else { key!("keys.link.why_again") };
        sentences.push(text.with(key, &[("address", &shown), ("count", &found.paid_by.len().to_string())]));
    }
    if sentences.is_empty() {
        sentences.push(text.with(key!("keys.link.why_alone"), &[("address", &shown)]));
    }
    if is_own(found, own) {
        let key = if others > 0 { key!("keys.link.own_linked") } else { key!("keys.link.own") };
        sentences.push(text.t(key).to_owned());
    }
    Some(Explained { sentences, txid: None, addresses: vec![wanted.to_owned()] })
}

fn of_link(link: &Link, text: Text) -> Explained {
    let addresses: Vec<String> = link.addresses.iter().map(ToString::to_string).collect();
    let cut: Vec<String> = addresses.iter().map(|address| format::middle_cut(address, 6, 4)).collect();
    let txid = short(&link.txid);
    let sentence = match (link.kind, cut.as_slice()) {
        (LinkKind::CommonInputs, [first, second]) => {
            text.with(key!("keys.link.why_both"), &[("first", first), ("second", second), ("txid", &txid)])
        }
        (LinkKind::CommonInputs, all) => {
            text.with(key!("keys.link.why_all"), &[("count", &all.len().to_string()), ("txid", &txid)])
        }
        (LinkKind::Change, all) => text
            .with(key!("keys.link.why_change"), &[("txid", &txid), ("address", all.last().map_or("", String::as_str))]),
    };
    Explained { sentences: vec![sentence], txid: Some(link.txid), addresses }
}

/// Addresses of one's own that others can see to have one owner.
pub fn own_linked(linkage: &Linkage, own: &BTreeSet<String>) -> usize {
    let joined = linkage.clusters.iter().filter(|cluster| cluster.addresses.len() > 1);
    joined.flat_map(|cluster| &cluster.addresses).filter(|found| is_own(found, own)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::Address;
    use crate::ledger::{Hash160, Params};

    fn address(number: u8) -> Address {
        Address::p2pkh(Hash160::from_bytes([number; 20]), &Params::regtest())
    }

    fn used(number: u8, payments: u8) -> AddressUse {
        let paid_by = (0..payments).map(|payment| Txid::hash(&[number, payment])).collect();
        AddressUse { address: address(number), paid_by, paid_after_spending: false, spent: true }
    }

    fn linkage() -> Linkage {
        let joined = |numbers: &[u8]| Cluster {
            addresses: numbers.iter().map(|number| used(*number, 1)).collect(),
            links: vec![Link {
                kind: LinkKind::CommonInputs,
                txid: Txid::hash(numbers),
                addresses: numbers.iter().map(|number| address(*number)).collect(),
            }],
        };
        let reused = Cluster { addresses: vec![used(9, 3)], links: Vec::new() };
        Linkage {
            clusters: vec![joined(&[1, 2, 3]), joined(&[4, 5]), reused],
            alone: (20..40).map(|number| used(number, 1)).collect(),
            transactions: 30,
        }
    }

    fn own(numbers: &[u8]) -> BTreeSet<String> {
        numbers.iter().map(|number| address(*number).to_string()).collect()
    }

    #[test]
    fn ones_own_groups_come_first_and_what_is_not_linked_last() {
        let groups = groups(&linkage(), &own(&[5, 30]), Text::default());
        assert_eq!(groups.len(), 4);
        assert_eq!(groups[0].nodes.iter().map(|node| node.own).collect::<Vec<_>>(), [false, true]);
        assert_eq!(groups[2].ties[0].kind, TieKind::Reuse);
        let last = &groups[3];
        assert!(!last.linked && last.ties.is_empty());
        assert_eq!((last.nodes.len(), last.nodes[0].own), (MAX_NODES, true));
        assert!(last.title.contains("20"), "{}", last.title);
    }

    #[test]
    fn both_addresses_of_a_payment_are_named_with_its_txid() {
        let linkage = linkage();
        let link = &linkage.clusters[1].links[0];
        let explained = explain(&linkage, &own(&[]), &tie_name(link), Text::default()).expect("it is there");
        assert_eq!(explained.txid, Some(link.txid));
        assert_eq!(explained.addresses, [address(4).to_string(), address(5).to_string()]);
        assert!(explained.sentences[0].contains(&short(&link.txid)), "{explained:?}");
    }

    #[test]
    fn every_address_is_explained_and_a_stranger_is_not() {
        let (linkage, own) = (linkage(), own(&[4]));
        let sentences =
            |chosen: &str| explain(&linkage, &own, chosen, Text::default()).map(|explained| explained.sentences.len());
        assert_eq!(sentences(&address(4).to_string()), Some(2), "linked, and one's own");
        assert_eq!(sentences(&address(9).to_string()), Some(1));
        assert_eq!(sentences(&["reuse:", &address(9).to_string()].concat()), Some(1));
        assert_eq!(sentences(&address(25).to_string()), Some(1));
        assert_eq!(sentences(&address(99).to_string()), None);
        assert_eq!(own_linked(&linkage, &own), 1);
    }
}
