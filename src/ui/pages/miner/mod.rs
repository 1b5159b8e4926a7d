//! The miner page: a lottery, its tickets, and what they bring.
//!
//! The page hashes nothing but the header on screen; the search is done by the miner workers, and
//! what they report comes in [`MinerView`].

mod attempt;
mod by_hand;
mod charts;
mod controls;
mod facts;
mod found;

use yew::prelude::*;

use crate::api::{MinerView, NodeView};
use crate::ui::figures::lottery::{LotteryFigure, layout};
use crate::ui::parts::{EmptyState, FigurePanel, PageHead, Panel, Skeleton, zeros_text};
use crate::ui::{Shared, Text, format, use_text};
use attempt::AttemptCard;
use by_hand::ByHand;
use charts::{DifficultyCard, IntervalCard, RateCard};
use controls::Controls;
use facts::one_in;
use found::FoundList;

/// Props of [`MinerPage`].
#[derive(Properties, PartialEq)]
pub struct MinerPageProps {
    /// The miner; `None` until the node has told.
    pub miner: Option<Shared<MinerView>>,
    /// The node; `None` until it has told.
    #[prop_or_default]
    pub node: Option<Shared<NodeView>>,
}

/// The page.
#[component]
pub fn MinerPage(props: &MinerPageProps) -> Html {
    let text = use_text();
    let Some(miner) = &props.miner else {
        return html! {
            <>
                <PageHead title={text.t(key!("miner.title"))} lede={text.t(key!("miner.lede"))} />
                <Panel><Skeleton lines={6} /></Panel>
            </>
        };
    };
    html! {
        <>
            <PageHead title={text.t(key!("miner.title"))} lede={text.t(key!("miner.lede"))} />
            if !miner.can_mine {
                <EmptyState title={text.t(key!("miner.cannot.title"))} text={text.t(key!("miner.cannot.why"))} />
            }
            <div class="cols cols--mine">
                <div class="stack stack--4">
                    <AttemptCard miner={miner.clone()} />
                    <LotteryCard miner={miner.clone()} />
                </div>
                <div class="stack stack--4 stack--fill">
                    <Controls miner={miner.clone()} />
                    <ByHand miner={miner.clone()} />
                </div>
            </div>
            <div class="cols cols--3">
                <RateCard miner={miner.clone()} />
                <IntervalCard miner={miner.clone()} />
                <DifficultyCard miner={miner.clone()} />
            </div>
            <FoundList miner={miner.clone()} />
        </>
    }
}

/// Props of the miner page's cards.
#[derive(Properties, PartialEq)]
pub struct MinerCardProps {
    /// The miner.
    pub miner: Shared<MinerView>,
}

/// The card with the lottery.
#[component]
fn LotteryCard(props: &MinerCardProps) -> Html {
    let text = use_text();
    let miner = &props.miner;
    let best = miner.attempt.best_zero_bits;
    let label = text.with(
        key!("miner.lottery.label"),
        &[
            ("tries", &format::grouped(miner.attempt.tries)),
            ("best", &zeros_text(text, best)),
            ("needed", &zeros_text(text, miner.zero_bits)),
        ],
    );
    let one_in = one_in(miner.expected_hashes);
    let figure = html! {
        <>
            <LotteryFigure histogram={miner.histogram.clone()} needed={miner.zero_bits} {best} {label}
                win_label={text.with(key!("miner.lottery.win"), &[("count", &one_in)])}
                best_label={text.with(key!("miner.lottery.best"), &[("zeros", &zeros_text(text, best))])} />
            <p class="legend legend--wrap">
                <span><i class="sw" data-sw="bar" />{ text.t(key!("miner.lottery.count")) }</span>
                <span><i class="sw" data-sw="expect" />{ text.t(key!("miner.lottery.expected")) }</span>
                <span>{ text.t(key!("miner.lottery.halves")) }</span>
            </p>
        </>
    };
    html! {
        <FigurePanel name="lottery" title={text.t(key!("miner.lottery.title"))} subtitle={text.t(key!("miner.lottery.sub"))} {figure}
            table={lottery_table(text, miner)} />
    }
}

fn lottery_table(text: Text, miner: &MinerView) -> Html {
    let rows = layout(&miner.histogram, miner.zero_bits, miner.attempt.best_zero_bits);
    html! {
        <table class="table">
            <thead><tr>
                <th scope="col">{ text.t(key!("miner.lottery.zeros")) }</th>
                <th scope="col" class="r">{ text.t(key!("miner.lottery.count")) }</th>
                <th scope="col" class="r">{ text.t(key!("miner.lottery.expected")) }</th>
                <th scope="col">{ text.t(key!("miner.lottery.result")) }</th>
            </tr></thead>
            <tbody>{ for rows.iter().map(|row| html! {
                <tr key={row.zeros}>
                    <th scope="row">{ row.zeros }</th>
                    <td class="r num">{ format::grouped(row.count) }</td>
                    <td class="r num">{ if row.expected < 10.0 { format!("{:.2}", row.expected) } else { format::grouped(row.expected as u64) } }</td>
                    <td>{ if row.wins { text.t(key!("miner.lottery.wins")) } else { text.t(key!("miner.lottery.loses")) } }</td>
                </tr>
            }) }</tbody>
        </table>
    }
}
