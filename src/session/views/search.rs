//! What a text is that someone looks for: a height, a hash, a coin, a node's name, an address.
//!
//! It is read as the pages write such things and as people copy them: `1,050`, `#1050`, `区块 1,050`, `TXID:0`.

use crate::api::{AddressFound, AddressOwner, Found, NodeName, UserError, code};
use crate::keys::Address;
use crate::keys::typed::{self, NumberError, cleaned};
use crate::ledger::{Amount, BlockHash, OutPoint, Txid};
use crate::session::state::State;
use crate::wallet::Branch;

/// Longest search text that is looked at, in characters: a payment link with a label.
const SEARCH_MAX: usize = 400;
/// Coins of an address that are named.
const COINS: usize = 5;
/// Words that stand before a height, in lower case.
const BEFORE_HEIGHT: [&str; 8] = ["", "block", "height", "no.", "nr.", "区块", "高度", "第"];
/// Characters that stand behind one.
const AFTER_HEIGHT: [char; 4] = ['区', '块', '个', '号'];
/// A text of at least so many characters may be a mistyped address.
const ADDRESS_LENGTHS: std::ops::RangeInclusive<usize> = 25..=64;

/// Says what a text is.
///
/// # Errors
/// A text that names nothing here; one that was meant as an address or a link says what is wrong with it.
pub(in crate::session) fn search(state: &State, text: &str) -> Result<Found, UserError> {
    let shown: String = text.trim().chars().take(SEARCH_MAX).collect();
    let not_found = || {
        UserError::new(code::INVALID_PARAMETER, "search-not-found", "no such block, transaction, node or address here")
            .fact("text", &shown)
    };
    if text.trim().chars().count() > SEARCH_MAX {
        return Err(not_found());
    }
    let word = cleaned(text);
    if word.is_empty() {
        return Err(UserError::new(code::INVALID_PARAMETER, "search-empty", "nothing to look for"));
    }
    let height = height_in(text);
    if let Some(hash) = height.and_then(|height| state.chain().active_hash(height)) {
        return Ok(Found::Block(hash));
    }
    if let Some(found) = hash_found(state, &word) {
        return Ok(found);
    }
    if let Some((txid, vout)) = word.rsplit_once(':').filter(|(txid, _)| txid.len() == 64) {
        return coin_found(state, txid, vout).unwrap_or_else(|| Err(not_found()));
    }
    if let Some(name) = node_named(state, &shown) {
        return Ok(Found::Node(name));
    }
    if let Some(height) = height {
        return Err(UserError::new(code::INVALID_PARAMETER, "rpc-height-out-of-range", "Block height out of range")
            .fact("height", height)
            .fact("highest", state.chain().height()));
    }
    match typed::address(text, state.params()) {
        Ok(address) => Ok(Found::Address(Box::new(address_found(state, &address)))),
        // What is long and one word was meant as one, or is a link.
        Err(error)
            if error.rule().starts_with("link-")
                || ADDRESS_LENGTHS.contains(&word.chars().count()) && word.parse::<Txid>().is_err() =>
        {
            Err(UserError::new(code::INVALID_ADDRESS_OR_KEY, error.rule(), error.to_string()).facts(error.facts()))
        }
        Err(_) => Err(not_found()),
    }
}

/// Finds the block or the transaction of this hash.
fn hash_found(state: &State, word: &str) -> Option<Found> {
    let word = word.to_ascii_lowercase();
    if let Ok(hash) = word.parse::<BlockHash>()
        && state.chain().index(&hash).is_some()
    {
        return Some(Found::Block(hash));
    }
    let txid = word.parse::<Txid>().ok()?;
    state.find_transaction(&txid).map(|_| Found::Transaction(txid))
}

/// Finds the transaction that has this output; none where either is not here.
fn coin_found(state: &State, txid: &str, vout: &str) -> Option<Result<Found, UserError>> {
    let txid = txid.to_ascii_lowercase().parse::<Txid>().ok()?;
    let (transaction, _) = state.find_transaction(&txid)?;
    let index = typed::whole_number(vout).ok()?;
    let count = transaction.outputs.len();
    if index < count as u64 {
        return Some(Ok(Found::Transaction(txid)));
    }
    let text = format!("this transaction has {count} outputs, from 0; there is no {index}");
    Some(Err(UserError::new(code::INVALID_PARAMETER, "search-no-output", text)
        .fact("count", count)
        .fact("index", index)))
}

/// Finds the node of this name, this one or a peer; of a name that is not whole, the only one that begins so.
fn node_named(state: &State, text: &str) -> Option<NodeName> {
    let plain = |name: &str| -> String {
        let seen = name.chars().filter(|character| !typed::is_invisible(*character));
        seen.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
    };
    let wanted = plain(text);
    let names: Vec<NodeName> = std::iter::once(state.name()).chain(state.peers.names()).cloned().collect();
    if let Some(name) = names.iter().find(|name| plain(&name.0) == wanted) {
        return Some(name.clone());
    }
    let mut beginning = names.iter().filter(|name| plain(&name.0).starts_with(&wanted));
    match (beginning.next(), beginning.next()) {
        // A hash's or an address's first characters are no name.
        (Some(name), None) if wanted.chars().count() > 1 => Some(name.clone()),
        _ => None,
    }
}

/// Says whose an address is, as far as this node knows, and what is unspent on it.
fn address_found(state: &State, address: &Address) -> AddressFound {
    let own = state.wallet().and_then(|wallet| wallet.key_place(address));
    let shown = address.to_string();
    let owner = match own {
        Some(place) => AddressOwner::Me { change: place.branch == Branch::Change },
        // The first who said so; who says the same later may have copied it.
        None => match state.wallet().and_then(|wallet| wallet.told_names(address).first().copied()) {
            Some(name) => AddressOwner::Peer(NodeName(name.to_owned())),
            None => AddressOwner::Unknown,
        },
    };
    let mut coins: Vec<(OutPoint, Amount)> = state
        .chain()
        .utxo()
        .iter()
        .filter(|(_, coin)| coin.output.script_pubkey.owner() == Some(address.hash()))
        .map(|(outpoint, coin)| (*outpoint, coin.output.value))
        .collect();
    coins.sort_unstable_by_key(|(outpoint, value)| (std::cmp::Reverse(*value), *outpoint));
    AddressFound {
        address: shown,
        owner,
        label: state.wallet().map(|wallet| wallet.label(address).to_owned()).unwrap_or_default(),
        value: Amount::sum(coins.iter().map(|(_, value)| *value)).unwrap_or_default(),
        coin_count: coins.len(),
        coins: coins.into_iter().take(COINS).collect(),
    }
}

/// Returns the height that a text names; none where it names none.
fn height_in(text: &str) -> Option<u32> {
    let text: String = text.chars().filter(|character| !typed::is_invisible(*character)).collect();
    let text = text.trim().trim_end_matches(AFTER_HEIGHT).trim_end();
    let start = text.char_indices().find(|(_, character)| typed::digit_value(*character).is_some())?.0;
    let (before, number) = text.split_at(start);
    let before = before.trim().trim_end_matches(['#', '＃', ':', '：', '№']).trim().to_lowercase();
    if !BEFORE_HEIGHT.contains(&before.as_str()) {
        return None;
    }
    match typed::whole_number(number) {
        Ok(height) => u32::try_from(height).ok().or(Some(u32::MAX)),
        Err(NumberError::TooLarge) => Some(u32::MAX),
        Err(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_height_is_read_as_pages_write_it_and_people_copy_it() {
        let texts = [
            "1050",
            "1,050",
            "#1050",
            "# 1,050",
            "１０５０",
            "＃１，０５０",
            "区块 1,050",
            "高度：1050",
            "第1050区块",
            "第 1,050 个区块",
            "Block 1,050",
            "block #1050",
            "height: 1050",
            "1 050",
            "1\u{202f}050",
            "\u{200e}1050",
            "1.050",
        ];
        for text in texts {
            assert_eq!(height_in(text), Some(1050), "{text:?}");
        }
        for text in ["", "#", "Bob", "Bob 7", "7 of 9", "-1", "1.5", "0xff", "m/44", "00ab"] {
            assert_eq!(height_in(text), None, "{text:?}");
        }
        assert_eq!(height_in("99999999999"), Some(u32::MAX));
    }
}
