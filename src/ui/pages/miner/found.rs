//! The blocks this node found, and what became of them.

use yew::prelude::*;

use super::MinerCardProps;
use crate::ui::parts::{AmountText, EmptyState, HashText, Mark, MarkKind, Panel, clock_time};
use crate::ui::use_text;

/// The card.
#[component]
pub fn FoundList(props: &MinerCardProps) -> Html {
    let text = use_text();
    let miner = &props.miner;
    let sub = match miner.found_count {
        0 => None,
        1 => Some(text.t(key!("miner.found.one")).to_owned()),
        count => Some(text.with(key!("miner.found.many"), &[("count", &count.to_string())])),
    };
    html! {
        <Panel title={text.t(key!("miner.found.title"))} subtitle={sub}>
            if miner.found.is_empty() {
                <EmptyState title={text.t(key!("miner.found.none"))} text={text.t(key!("miner.found.none_why"))} />
            } else {
                <div class="scrollx">
                    <table class="table">
                        <thead><tr>
                            <th scope="col">{ text.t(key!("miner.found.height")) }</th>
                            <th scope="col">{ text.t(key!("miner.found.block")) }</th>
                            <th scope="col">{ text.t(key!("miner.found.state")) }</th>
                            <th scope="col" class="hide-sm">{ text.t(key!("miner.found.time")) }</th>
                            <th scope="col" class="r">{ text.t(key!("miner.found.reward")) }</th>
                        </tr></thead>
                        <tbody>{ for miner.found.iter().map(|block| html! {
                            <tr key={block.hash.to_string()} data-found={if block.active { "active" } else { "stale" }}>
                                <td class="strong">{ block.height }</td>
                                <td><HashText hash={block.hash} href={format!("#/block/{}", block.hash)} /></td>
                                <td><span class="row">
                                    <Mark kind={if block.active { MarkKind::Ok } else { MarkKind::Stale }} size={16} />
                                    { if block.active { text.t(key!("miner.found.active")) } else { text.t(key!("miner.found.stale")) } }
                                </span></td>
                                <td class="hide-sm muted">{ clock_time(block.time) }</td>
                                <td class="r"><AmountText amount={block.reward} /></td>
                            </tr>
                        }) }</tbody>
                    </table>
                </div>
            }
        </Panel>
    }
}
