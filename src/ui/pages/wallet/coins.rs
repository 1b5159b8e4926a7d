//! The coins as tiles to choose from.

use yew::prelude::*;

use super::balance::coins_text;
use crate::api::{CoinOrigin, CoinState, CoinView, WalletView};
use crate::ledger::{Amount, OutPoint};
use crate::ui::figures::coin_tiles::{Tile, layout};
use crate::ui::parts::{AmountText, Button, ButtonKind, HashGlyph, Icon, IconName, TableToggle};
use crate::ui::{Digest, Shared, Text, format, use_text};

/// Tiles drawn before 'show all' is asked for.
const SHOWN: usize = 18;

/// Props of [`CoinTiles`].
#[derive(Properties, PartialEq)]
pub struct CoinTilesProps {
    /// The wallet.
    pub wallet: Shared<WalletView>,
    /// Coins chosen by hand.
    pub chosen: Vec<OutPoint>,
    /// Coins the wallet chose for the payment previewed.
    pub used: Vec<OutPoint>,
    /// A coin was tapped.
    pub on_toggle: Callback<OutPoint>,
}

/// The tiles.
#[component]
pub fn CoinTiles(props: &CoinTilesProps) -> Html {
    let text = use_text();
    let all = use_state_eq(|| false);
    let table = use_state_eq(|| false);
    let coins = &props.wallet.coins;
    let shown = if *all { coins.len() } else { coins.len().min(SHOWN) };
    let values: Vec<u64> = coins.iter().take(shown).map(|coin| coin.value.to_sat()).collect();
    // The table shows all that the node listed.
    let shown = if *table { coins.len() } else { shown };
    let hidden = props.wallet.coin_count.saturating_sub(shown);
    let sum = Amount::sum(coins.iter().filter(|coin| props.chosen.contains(&coin.outpoint)).map(|coin| coin.value))
        .unwrap_or_default();
    let on_table = {
        let table = table.clone();
        Callback::from(move |on| table.set(on))
    };
    html! {
        <>
            if *table {
                { coin_table(text, coins, props.wallet.height) }
            } else {
                <ol class="coins">{ for coins.iter().zip(layout(&values)).map(|(coin, tile)| {
                    let picked = props.chosen.contains(&coin.outpoint);
                    let used = props.used.contains(&coin.outpoint);
                    tile_of(text, (coin, props.wallet.height), tile, picked, used, &props.on_toggle)
                }) }</ol>
            }
            <div class="row coins__foot">
                <p class="sm muted" aria-live="polite">{ match props.chosen.len() {
                    0 => String::new(),
                    count => text.with(key!("wallet.coins.chosen"), &[("coins", &coins_text(text, count)), ("amount", &sum.to_string())]),
                } }</p>
                <span class="end row">
                    if hidden > 0 && shown < coins.len() {
                        <Button kind={ButtonKind::Quiet} small={true} onclick={Callback::from(move |_| all.set(true))}>
                            {text.with(key!("wallet.coins.more"), &[("count", &format::grouped(hidden as u64))])}
                        </Button>
                    } else if hidden > 0 {
                        <span class="xs faint">{ text.with(key!("wallet.coins.hidden"), &[("count", &format::grouped(hidden as u64))]) }</span>
                    }
                    <TableToggle on={*table} onchange={on_table} />
                </span>
            </div>
        </>
    }
}

fn tile_of(
    text: Text,
    (coin, height): (&CoinView, u32),
    tile: Tile,
    picked: bool,
    used: bool,
    on_toggle: &Callback<OutPoint>,
) -> Html {
    let digest = Digest::from(coin.outpoint.txid);
    let state = match coin.state {
        _ if picked || used => "picked",
        CoinState::Spendable => "spendable",
        CoinState::Immature { .. } => "immature",
        CoinState::Unconfirmed => "pending",
    };
    let said = if picked {
        text.t(key!("wallet.coin.chosen")).to_owned()
    } else if used {
        text.t(key!("wallet.coin.used")).to_owned()
    } else {
        state_text(text, coin.state, height)
    };
    let onclick = {
        let (on_toggle, outpoint) = (on_toggle.clone(), coin.outpoint);
        Callback::from(move |_: MouseEvent| on_toggle.emit(outpoint))
    };
    let clock = matches!(coin.state, CoinState::Immature { .. } | CoinState::Unconfirmed);
    html! {
        <li class="coin" key={coin.outpoint.to_string()} data-state={state} style={format!("--s:{}px;--h:{}", tile.side, digest.hue())}>
            <button type="button" class="coin__button" aria-pressed={picked.to_string()} {onclick}
                disabled={matches!(coin.state, CoinState::Immature { .. })} title={coin.outpoint.to_string()}>
                <span class="coin__face">
                    <HashGlyph hash={digest} size={tile.glyph} />
                    if picked || used { <span class="coin__tick"><Icon name={IconName::Check} size={13} /></span> }
                    else if clock { <span class="coin__clock"><Icon name={IconName::Clock} size={14} /></span> }
                </span>
                <span class="coin__v"><AmountText amount={coin.value} /></span>
                <span class="coin__from">{ origin(text, coin.origin) }</span>
                <span class="coin__at">
                    { place(text, coin) }
                    if !said.is_empty() { <b class="coin__st">{ said }</b> }
                </span>
            </button>
        </li>
    }
}

fn origin(text: Text, origin: CoinOrigin) -> Html {
    let (name, key) = match origin {
        CoinOrigin::Mined => (IconName::Miner, key!("wallet.coin.mined")),
        CoinOrigin::Change => (IconName::Return, key!("wallet.coin.change")),
        CoinOrigin::Own => (IconName::Return, key!("wallet.coin.own")),
        CoinOrigin::Received => (IconName::Download, key!("wallet.coin.received")),
    };
    html! { <><Icon {name} size={14} /><span>{ text.t(key) }</span></> }
}

fn place(text: Text, coin: &CoinView) -> String {
    match coin.height {
        Some(height) => text.with(key!("wallet.coin.block"), &[("height", &height.to_string())]),
        None => text.t(key!("wallet.coin.mempool")).to_owned(),
    }
}

/// What can be done with a coin, in words; empty when it can be spent.
fn state_text(text: Text, state: CoinState, height: u32) -> String {
    match state {
        CoinState::Spendable => String::new(),
        CoinState::Immature { matures_at } => {
            let blocks = text.count(plural!("wallet.coin.blocks_more"), matures_at.saturating_sub(height).into());
            text.with(
                key!("wallet.coin.locked"),
                &[("height", &format::grouped(matures_at.into())), ("blocks", &blocks)],
            )
        }
        CoinState::Unconfirmed => text.t(key!("wallet.coin.unconfirmed")).to_owned(),
    }
}

fn coin_table(text: Text, coins: &[CoinView], height: u32) -> Html {
    html! {
        <div class="scrollx">
            <table class="table">
                <thead><tr>
                    <th scope="col" class="r">{ text.t(key!("wallet.table.amount")) }</th>
                    <th scope="col">{ text.t(key!("wallet.table.state")) }</th>
                    <th scope="col">{ text.t(key!("wallet.table.origin")) }</th>
                    <th scope="col">{ text.t(key!("wallet.table.place")) }</th>
                    <th scope="col">{ text.t(key!("wallet.table.address")) }</th>
                    <th scope="col">{ text.t(key!("wallet.table.path")) }</th>
                </tr></thead>
                <tbody>{ for coins.iter().map(|coin| {
                    let said = state_text(text, coin.state, height);
                    html! {
                        <tr key={coin.outpoint.to_string()}>
                            <td class="r"><AmountText amount={coin.value} /></td>
                            <td>{ if said.is_empty() { text.t(key!("wallet.coin.spendable")).to_owned() } else { said } }</td>
                            <td><span class="row">{ origin(text, coin.origin) }</span></td>
                            <td>{ place(text, coin) }</td>
                            <td><code class="mono">{ &coin.address }</code></td>
                            <td><code class="mono">{ &coin.path }</code></td>
                        </tr>
                    }
                }) }</tbody>
            </table>
        </div>
    }
}
