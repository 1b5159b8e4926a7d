//! How fast this tab hashes, how long blocks take, and how the target answers.

use yew::prelude::*;

use super::MinerCardProps;
use super::facts::{Retarget, mean_interval, one_in, retarget};
use crate::api::ForecastView;
use crate::ui::figures::Sparkline;
use crate::ui::figures::interval_bars::IntervalBars;
use crate::ui::parts::{EmptyState, FigurePanel, Note, Panel, easy_text, zeros_text};
use crate::ui::{Text, format, use_text};

/// The card with the hash rate of the last two minutes.
#[component]
pub fn RateCard(props: &MinerCardProps) -> Html {
    let text = use_text();
    let miner = &props.miner;
    let most = miner.rate_history.iter().copied().fold(0.0, f64::max);
    let sub = text.with(key!("miner.rate.sub"), &[("rate", &format::hash_rate(miner.hash_rate))]);
    let label = text.with(
        key!("miner.rate.label"),
        &[
            ("rate", &format::hash_rate(miner.hash_rate)),
            ("most", &format::hash_rate(most)),
            ("seconds", &miner.rate_history.len().to_string()),
        ],
    );
    html! {
        <Panel title={text.t(key!("miner.rate.title"))} subtitle={sub}>
            if most <= 0.0 {
                <EmptyState title={text.t(key!("miner.rate.none"))} text={text.t(key!("miner.rate.none_why"))} />
            } else {
                <Sparkline values={miner.rate_history.clone()} {label} height={150.0} />
                <p class="xs faint">{ text.with(key!("miner.rate.most"), &[("rate", &format::hash_rate(most))]) }</p>
                <p class="row xs faint"><span>{ text.with(key!("miner.rate.ago"), &[("seconds", &miner.rate_history.len().to_string())]) }</span>
                    <span class="end">{ text.t(key!("miner.rate.now")) }</span></p>
            }
        </Panel>
    }
}

/// The card with the seconds between the last blocks.
#[component]
pub fn IntervalCard(props: &MinerCardProps) -> Html {
    let text = use_text();
    let miner = &props.miner;
    let goal = miner.spacing.to_string();
    let mean = mean_interval(miner).map(|mean| format!("{mean:.0}"));
    let sub = match &mean {
        Some(mean) => text.with(key!("miner.intervals.sub"), &[("goal", &goal), ("mean", mean)]),
        None => text.with(key!("miner.intervals.goal"), &[("goal", &goal)]),
    };
    let label = text.with(
        key!("miner.intervals.label"),
        &[("count", &miner.intervals.len().to_string()), ("goal", &goal), ("mean", mean.as_deref().unwrap_or("–"))],
    );
    if miner.intervals.is_empty() {
        return html! {
            <Panel title={text.t(key!("miner.intervals.title"))} subtitle={sub}>
                <EmptyState title={text.t(key!("miner.intervals.none"))} text={text.t(key!("miner.intervals.none_why"))} />
            </Panel>
        };
    }
    let figure = html! { <IntervalBars intervals={miner.intervals.clone()} goal={miner.spacing} {label} /> };
    let table = html! {
        <table class="table">
            <thead><tr><th scope="col">{ text.t(key!("miner.intervals.block")) }</th>
                <th scope="col" class="r">{ text.t(key!("miner.intervals.seconds")) }</th></tr></thead>
            <tbody>{ for miner.intervals.iter().rev().map(|(height, seconds)| html! {
                <tr key={*height}>
                    <td><a href={format!("#/block/{height}")}>{ *height }</a></td><td class="r num">{ *seconds }</td>
                </tr>
            }) }</tbody>
        </table>
    };
    html! { <FigurePanel title={text.t(key!("miner.intervals.title"))} subtitle={sub} {figure} {table} /> }
}

/// The card with the difficulty and the way to the next one.
#[component]
pub fn DifficultyCard(props: &MinerCardProps) -> Html {
    let text = use_text();
    let miner = &props.miner;
    let way = retarget(miner);
    let sub = match &way {
        Some(way) => text.with(key!("miner.difficulty.sub"), &[("count", &way.interval.to_string())]),
        None => text.t(key!("miner.difficulty.never")).to_owned(),
    };
    let digits = &miner.target;
    let zeros = digits.len() - digits.trim_start_matches('0').len();
    let (lead, rest) = digits.split_at(zeros);
    let rest: String = rest.chars().take(8).collect();
    html! {
        <Panel title={text.t(key!("miner.difficulty.title"))} subtitle={sub}>
            if let Some(way) = way {
                { track(&way) }
                <p class="row xs muted">
                    <span>{ text.with(key!("miner.difficulty.from"), &[("height", &way.from.to_string())]) }</span>
                    <span class="end">{ text.with(key!("miner.difficulty.to_go"),
                        &[("height", &way.next.to_string()), ("count", &way.to_go.to_string())]) }</span>
                </p>
            }
            <dl class="facts facts--top">
                <dt>{ text.t(key!("miner.difficulty.next")) }</dt>
                <dd>{ text.with(key!("miner.difficulty.value"),
                    &[("count", &one_in(miner.expected_hashes)), ("difficulty", &format::difficulty(miner.difficulty))]) }</dd>
                <dt>{ text.t(key!("miner.difficulty.target")) }</dt>
                <dd title={digits.clone()}><code class="mono"><span class="z0">{ lead.to_owned() }</span>{ rest }{ "…" }</code></dd>
                <dt>{ text.t(key!("miner.difficulty.bits")) }</dt><dd><code class="mono">{ format!("{:08x}", miner.bits) }</code></dd>
                if let Some(forecast) = &miner.forecast {
                    <dt>{ text.t(if forecast.is_settled { key!("miner.difficulty.settled") } else { key!("miner.difficulty.pace") }) }</dt>
                    <dd data-value="forecast">{ forecast_text(text, forecast) }</dd>
                }
            </dl>
            if let Some(easy) = &miner.easy {
                <Note>{easy_text(text, easy, miner.zero_bits)}</Note>
            }
        </Panel>
    }
}

/// What the next retarget does, as the node's rule has it.
fn forecast_text(text: Text, forecast: &ForecastView) -> String {
    let factor = format!("{:.2}", forecast.factor);
    let zeros = zeros_text(text, forecast.zero_bits);
    let height = format::grouped(forecast.height.into());
    text.with(key!("miner.difficulty.factor"), &[("factor", &factor), ("height", &height), ("zeros", &zeros)])
}

/// One box a block; beyond 40 blocks, a bar.
fn track(way: &Retarget) -> Html {
    if way.interval > 40 {
        let percent = f64::from(way.done) / f64::from(way.interval) * 100.0;
        return html! { <span class="meter" aria-hidden="true"><i style={format!("--v:{percent:.1}%")} /></span> };
    }
    html! {
        <div class="retarget__track" aria-hidden="true" style={format!("--n:{}", way.interval)}>
            { for (0..way.interval).map(|at| {
                let class = match at.cmp(&way.done) {
                    std::cmp::Ordering::Less => "done",
                    std::cmp::Ordering::Equal => "cur",
                    std::cmp::Ordering::Greater => "",
                };
                html! { <i {class} /> }
            }) }
        </div>
    }
}
