//! The blocks this node found, and what became of them.

use yew::prelude::*;

use super::MinerCardProps;
use crate::ui::parts::{
    EmptyStateProps, MarkKind, PanelProps, amount_text, clock_time, empty_state, hash_link, mark, panel,
};
use crate::ui::use_text;

/// The card.
#[component]
pub fn FoundList(props: &MinerCardProps) -> Html {
    let text = use_text();
    let miner = &props.miner;
    let sub = match miner.found_count {
        0 => None,
        1 => Some(text.t("miner.found.one").to_owned()),
        count => Some(text.with("miner.found.many", &[("count", &count.to_string())])),
    };
    panel(PanelProps {
        title: Some(text.t("miner.found.title").into()),
        subtitle: sub.map(AttrValue::from),
        children: html! {
            if miner.found.is_empty() {
                {empty_state(EmptyStateProps {
                    title: text.t("miner.found.none").into(),
                    text: text.t("miner.found.none_why").into(),
                    ..EmptyStateProps::default()
                })}
            } else {
                <div class="scrollx">
                    <table class="table">
                        <thead><tr>
                            <th scope="col">{ text.t("miner.found.height") }</th>
                            <th scope="col">{ text.t("miner.found.block") }</th>
                            <th scope="col">{ text.t("miner.found.state") }</th>
                            <th scope="col" class="hide-sm">{ text.t("miner.found.time") }</th>
                            <th scope="col" class="r">{ text.t("miner.found.reward") }</th>
                        </tr></thead>
                        <tbody>{ for miner.found.iter().map(|block| html! {
                            <tr key={block.hash.to_string()} data-found={if block.active { "active" } else { "stale" }}>
                                <td class="strong">{ block.height }</td>
                                <td>{hash_link(block.hash, format!("#/block/{}", block.hash))}</td>
                                <td><span class="row">
                                    {mark(if block.active { MarkKind::Ok } else { MarkKind::Stale }, 16)}
                                    { if block.active { text.t("miner.found.active") } else { text.t("miner.found.stale") } }
                                </span></td>
                                <td class="hide-sm muted">{ clock_time(block.time) }</td>
                                <td class="r">{amount_text(block.reward)}</td>
                            </tr>
                        }) }</tbody>
                    </table>
                </div>
            }
        },
        ..PanelProps::default()
    })
}
