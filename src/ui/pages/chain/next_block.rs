//! What the next block would hold, and how its mining goes here.

use yew::prelude::*;

use crate::api::{Attempt, Command, MiningMode, NextBlock, PendingPayment};
use crate::ui::parts::{Button, ButtonKind, HashGlyph, Icon, IconName, easy_text, plain_amount, zeros_text};
use crate::ui::route::transaction_href;
use crate::ui::{Digest, Dispatch, Text, format};

/// Payments shown on the card.
const SHOWN: usize = 7;

/// The preview of the next block.
pub fn next_block_card(text: Text, dispatch: &Dispatch, next: &NextBlock) -> Html {
    let waiting = (next.count + next.left_out) as u64;
    html! {
        <section class="next" aria-label={text.with(key!("chain.next_label"), &[("height", &next.height.to_string())])} data-next={next.height.to_string()}>
            <p class="next__label"><Icon name={IconName::Waiting} size={15} />{text.count(plural!("chain.waiting"), waiting)}</p>
            <div class="next__card">
                <div class="block__top">
                    <span class="row"><b class="block__height">{format::grouped(next.height.into())}</b><span class="tag" data-kind="accent">{text.t(key!("chain.next"))}</span></span>
                    <span class="block__age">{text.t(key!("chain.preview"))}</span>
                </div>
                {payments(text, next)}
                {room(text, next)}
                if let Some(attempt) = &next.attempt {
                    {mining(text, next, attempt)}
                } else {
                    {idle(text, dispatch, next)}
                }
            </div>
        </section>
    }
}

fn payments(text: Text, next: &NextBlock) -> Html {
    if next.payments.is_empty() {
        return html! { <p class="next__empty">{text.t(key!("chain.no_payments"))}</p> };
    }
    let best = next.payments.iter().map(|payment| payment.fee_rate).fold(1.0, f64::max);
    let hidden = next.count.saturating_sub(SHOWN.min(next.payments.len()));
    html! {
        <>
            <div class="next__cols" aria-hidden="true"><span>{text.t(key!("chain.fee_rate"))}</span><span>{text.t(key!("chain.payment"))}</span><span>{text.t(key!("chain.coins"))}</span></div>
            <ol class="next__list">
                {for next.payments.iter().take(SHOWN).map(|payment| payment_row(text, payment, best))}
            </ol>
            if hidden > 0 {
                <p class="xs faint">{text.count(plural!("chain.more_payments"), hidden as u64)}</p>
            }
        </>
    }
}

fn payment_row(text: Text, payment: &PendingPayment, best: f64) -> Html {
    let part = (payment.fee_rate / best * 100.0).clamp(0.0, 100.0);
    let end = |address: &Option<String>, named: bool| {
        let address = address.clone().unwrap_or_default();
        let tail = address.get(address.len().saturating_sub(4)..).unwrap_or_default().to_owned();
        html! {
            <span class="hash" title={address.clone()}>
                <HashGlyph hash={Digest::of_text(&address)} size={10} />
                if named {
                    <code class="mono">{"…"}{tail}</code>
                }
            </span>
        }
    };
    html! {
        <li class="pend" key={payment.txid.to_string()} data-mine={payment.mine.then_some("true")}>
            <span class="pend__rate" title={text.t(key!("chain.fee_rate"))}><i style={format!("--v:{part:.0}%")}></i><span class="num">{format::short(payment.fee_rate)}</span></span>
            <a class="flow" href={transaction_href(&payment.txid)}>{end(&payment.from, false)}<Icon name={IconName::ArrowRight} size={13} />{end(&payment.to, true)}</a>
            <span class="num end">{plain_amount(payment.amount)}</span>
        </li>
    }
}

fn room(text: Text, next: &NextBlock) -> Html {
    let values = [("size", format::grouped(next.size.into())), ("limit", format::grouped(next.size_limit.into()))];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    html! {
        <>
            <p class="next__full"><span>{text.with(key!("chain.room"), &values)}</span></p>
            if next.left_out > 0 {
                <p class="xs faint">{text.count(plural!("chain.left_out"), next.left_out as u64)}</p>
            }
        </>
    }
}

fn mining(text: Text, next: &NextBlock, attempt: &Attempt) -> Html {
    let part = f64::from(attempt.best_zero_bits) / f64::from(next.zero_bits.max(1)) * 100.0;
    let best = zeros_text(text, attempt.best_zero_bits);
    let needed = zeros_text(text, next.zero_bits);
    html! {
        <div class="attempt" data-state="mining">
            <div class="attempt__head">
                <span class="row"><Icon name={IconName::Miner} size={18} /><b class="strong">{text.t(key!("chain.mining_here"))}</b></span>
                <span class="num faint">{text.with(key!("chain.try"), &[("count", &format::grouped(attempt.tries))])}</span>
            </div>
            <div class="attempt__bar" role="img" aria-label={text.with(key!("chain.attempt_label"), &[("best", &best), ("needed", &needed)])}>
                <i style={format!("--v:{:.1}%", part.min(100.0))}></i><b></b>
            </div>
            <div class="attempt__scale">
                <span>{text.count(plural!("chain.best"), attempt.best_zero_bits.into())}</span>
                <span>{text.count(plural!("chain.needs"), next.zero_bits.into())}</span>
            </div>
            {easy(text, next)}
        </div>
    }
}

/// Why the block may be easier than its neighbours, if it may.
fn easy(text: Text, next: &NextBlock) -> Html {
    html! {
        if let Some(easy) = &next.easy {
            <p class="xs muted" data-easy="true">{easy_text(text, easy, next.zero_bits)}</p>
        }
    }
}

fn idle(text: Text, dispatch: &Dispatch, next: &NextBlock) -> Html {
    let dispatch = dispatch.clone();
    let onclick = Callback::from(move |_: MouseEvent| dispatch.send(Command::Mine(MiningMode::OneBlock)));
    html! {
        <div class="attempt" data-state="idle">
            <div class="attempt__scale">
                <span>{text.with(key!("chain.reward_of"), &[("reward", &plain_amount(next.reward))])}</span>
                <span>{text.count(plural!("chain.needs"), next.zero_bits.into())}</span>
            </div>
            {easy(text, next)}
            <Button small={true} kind={ButtonKind::Accent} action="mine-this" {onclick}>
                {text.t(key!("chain.go_mine"))}
            </Button>
        </div>
    }
}
