//! Start, stop, how hard, with how many hands.

use yew::prelude::*;

use super::MinerCardProps;
use super::facts::{expected_seconds, span_text};
use crate::api::{Command, MiningMode};
use crate::miner::MAX_THREADS;
use crate::ui::parts::{AmountText, Button, ButtonKind, IconName, Note, Panel, Slider};
use crate::ui::{format, use_dispatch, use_text};
use crate::web::page;

/// How many threads are offered: what the machine has, as far as the browser tells, at most what a
/// node takes; and never fewer than are chosen, which could be by RPC.
fn threads_offered(machine: Option<u32>, chosen: u8) -> u8 {
    let most = machine.map_or(MAX_THREADS, |threads| threads.clamp(1, u32::from(MAX_THREADS)) as u8);
    most.max(chosen.min(MAX_THREADS))
}

/// The card.
#[component]
pub fn Controls(props: &MinerCardProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let miner = &props.miner;
    let mining = miner.mode != MiningMode::Off;
    let mine = |mode: MiningMode| {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| dispatch.send(Command::Mine(mode)))
    };
    let on_power = {
        let dispatch = dispatch.clone();
        Callback::from(move |percent: u32| dispatch.send(Command::SetPower(percent.clamp(1, 100) as u8)))
    };
    let on_threads = |threads: u8| {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| dispatch.send(Command::SetThreads(threads.clamp(1, MAX_THREADS))))
    };
    let off = !miner.can_mine;
    let wait = expected_seconds(miner).map_or_else(|| "–".to_owned(), |seconds| span_text(text, seconds));
    let most = threads_offered(page::machine_threads(), miner.threads);
    let threads =
        text.with(key!("miner.threads.of"), &[("count", &miner.threads.to_string()), ("most", &most.to_string())]);
    html! {
        <Panel name="controls" title={text.t(key!("miner.controls.title"))}>
            <div class="stack stack--3">
                <Button kind={ButtonKind::Primary} block={true} action="mine-toggle" disabled={off}
                    icon={if mining { IconName::Stop } else { IconName::Play }}
                    onclick={mine(if mining { MiningMode::Off } else { MiningMode::On })}>
                    {text.t(if mining { key!("miner.stop") } else { key!("miner.start") })}
                </Button>
                <Button class="btn--wide" action="mine-one" icon={IconName::Miner}
                    onclick={mine(MiningMode::OneBlock)} disabled={off || miner.mode == MiningMode::OneBlock}>
                    {text.t(key!("miner.single"))}
                </Button>
                <Slider id="power" label={text.t(key!("miner.power"))} min={1} max={100} value={u32::from(miner.power)}
                    shown={format!("{}%", miner.power)} oninput={on_power} disabled={off} />
                <div class="ctl">
                    <span id="threads-label">{ text.t(key!("miner.threads.title")) }</span>
                    <span class="pips" role="group" aria-labelledby="threads-label">
                        { for (1..=most).map(|count| html! {
                            <button type="button" class="pip" data-on={(count <= miner.threads).then_some("true")} disabled={off}
                                aria-pressed={(count == miner.threads).to_string()} onclick={on_threads(count)}
                                aria-label={text.count(plural!("miner.threads.set"), count.into())} />
                        }) }
                    </span>
                    <b class="num">{ threads }</b>
                </div>
                if off { <Note>{text.t(key!("miner.cannot.why"))}</Note> }
            </div>
            <dl class="facts facts--top">
                <dt>{ text.t(key!("miner.this_tab")) }</dt><dd>{ format::hash_rate(miner.hash_rate) }</dd>
                <dt>{ text.t(key!("miner.reward")) }</dt><dd><AmountText amount={miner.reward} /></dd>
                <dt>{ text.t(key!("miner.payments")) }</dt><dd>{ miner.payments }</dd>
                <dt>{ text.t(key!("miner.wait_alone")) }</dt><dd>{ wait.clone() }</dd>
                <dt>{ text.t(key!("miner.wait_all")) }</dt><dd>{ span_text(text, f64::from(miner.spacing)) }</dd>
            </dl>
            if mining && miner.attempt.tries > 0 {
                <Note>
                    <b>{ text.t(key!("miner.memory.title")) }</b>{ " " }
                    { text.with(key!("miner.memory.text"), &[("tries", &format::grouped(miner.attempt.tries)), ("wait", &wait)]) }
                </Note>
            }
        </Panel>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::Text;

    #[test]
    fn no_more_threads_are_offered_than_the_machine_has() {
        let cases =
            [(Some(2), 1, 2), (Some(1), 1, 1), (Some(64), 1, 8), (None, 1, 8), (Some(0), 1, 1), (Some(2), 4, 4)];
        for (machine, chosen, offered) in cases {
            assert_eq!(threads_offered(machine, chosen), offered, "{machine:?}, {chosen}");
        }
        assert_eq!(Text::default().count(plural!("miner.threads.set"), 1), "Mine with 1 thread");
        assert_eq!(Text::default().count(plural!("miner.threads.set"), 2), "Mine with 2 threads");
    }
}
