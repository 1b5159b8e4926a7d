//! The card of the try going on: the nonce, the header it is in, and the hash against the target.

use yew::prelude::*;

use super::MinerCardProps;
use super::facts::{header_bytes, header_hash, header_nonce};
use crate::api::{MinerView, MiningMode};
use crate::ledger::to_hex;
use crate::ui::figures::bit_ruler::{hash_row, ruler_row, target_row, zero_bits};
use crate::ui::parts::{EmptyState, IconName, Panel, Tag, zeros_text};
use crate::ui::{Digest, Text, format, use_text};

/// The card.
#[component]
pub fn AttemptCard(props: &MinerCardProps) -> Html {
    let text = use_text();
    let miner = &props.miner;
    let title = text.with(key!("miner.try.title"), &[("height", &miner.height.to_string())]);
    let (icon, state) = match miner.mode {
        MiningMode::Off => (IconName::Pause, text.t(key!("miner.state.off"))),
        MiningMode::On => (IconName::Miner, text.t(key!("miner.state.on"))),
        MiningMode::OneBlock => (IconName::Miner, text.t(key!("miner.state.single"))),
    };
    let tries = format::grouped(miner.attempt.tries);
    let subtitle = (miner.attempt.tries > 0).then(|| text.with(key!("miner.try.tries"), &[("count", &tries)]));
    let kind = if miner.mode == MiningMode::Off { "" } else { "accent" };
    let actions = html! { <Tag {kind} {icon} text={state} /> };
    html! {
        <Panel name="attempt" {title} {subtitle} {actions}>
            { match header_bytes(&miner.header_hex) {
                Some(header) => ticket(text, miner, &header),
                None => html! { <EmptyState title={text.t(key!("miner.try.none"))} text={text.t(key!("miner.try.none_why"))} /> },
            } }
        </Panel>
    }
}

fn ticket(text: Text, miner: &MinerView, header: &[u8; 80]) -> Html {
    let nonce = header_nonce(header);
    let hash = header_hash(header);
    let needed = miner.zero_bits;
    let best = miner.attempt.best_hash.map(|hash| {
        let mut bytes = *hash.as_bytes();
        bytes.reverse();
        bytes
    });
    html! {
        <>
            <div class="ticker">
                <div>
                    <span class="label">{ text.t(key!("miner.try.nonce")) }</span>
                    { odometer(nonce) }
                </div>
                <div>
                    <span class="label">{ text.t(key!("miner.try.header")) }</span>
                    { header_strip(text, header) }
                </div>
            </div>
            <div class="bitruler">
                { ruler_row("target", text.t(key!("miner.try.target")), &target_row(needed), needed, html! {
                    text.with(key!("miner.try.then_anything"), &[("zeros", &zeros_text(text, needed))])
                }) }
                if let Some(best) = best {
                    { ruler_row("best", text.t(key!("miner.try.best")), &hash_row(&best, needed), needed, html! {
                        <b>{ zeros_text(text, zero_bits(&best)) }</b>
                    }) }
                }
                { ruler_row("now", text.t(key!("miner.try.now")), &hash_row(&hash, needed), needed, html! {
                    <b>{ zeros_text(text, zero_bits(&hash)) }</b>
                }) }
            </div>
        </>
    }
}

/// The nonce as a mileage counter; ten digits always, so that nothing jumps.
fn odometer(nonce: u32) -> Html {
    let digits = format!("{nonce:010}");
    let lead = digits.len() - nonce.to_string().len();
    html! {
        <span class="odo" role="img" aria-label={format::grouped(u64::from(nonce))}>
            { for digits.chars().enumerate().map(|(at, digit)| html! {
                <>
                    if matches!(at, 1 | 4 | 7) { <span class="odo__s" /> }
                    <i data-lead={(at < lead).then_some("true")}>{ digit }</i>
                </>
            }) }
        </span>
    }
}

/// The six fields of a header, coloured; long hashes are cut, whole in the tooltip.
fn header_strip(text: Text, header: &[u8; 80]) -> Html {
    const FIELDS: [(&str, usize, usize); 6] = [
        ("version", 0, 4),
        ("prev_block_hash", 4, 36),
        ("merkle_root", 36, 68),
        ("time", 68, 72),
        ("bits", 72, 76),
        ("nonce", 76, 80),
    ];
    html! {
        <code class="run run--header">
            { for FIELDS.iter().map(|(name, from, to)| {
                let bytes = header.get(*from..*to).unwrap_or_default();
                let long = bytes.len() > 4;
                let label = text.field(name);
                let kind = match *name { "nonce" => "vary", _ => "plain" };
                let style = long.then(|| format!("--h:{}", Digest::of_text(&to_hex(bytes)).hue()));
                html! {
                    <>
                        <span data-field={(!long).then_some(kind)} data-hash={long.then_some("")} {style}
                            title={format!("{label}: {}", to_hex(bytes))}>
                            { format::spaced_hex(&to_hex(bytes.get(..if long { 3 } else { 4 }).unwrap_or(bytes))) }{ if long { " …" } else { "" } }
                        </span>
                        { " " }
                    </>
                }
            }) }
        </code>
    }
}
