//! A key by coin flips.

use yew::prelude::*;

use crate::ui::parts::{Button, ButtonKind, IconName, ProgressBar};
use crate::ui::use_text;
use crate::wallet::flips::{FLIPS_MAX, Flipper, Flips};
use crate::web::page::has_entropy;

/// Props of [`CoinsCard`].
#[derive(Properties, PartialEq)]
pub struct CoinsCardProps {
    /// The flips so far.
    pub flips: Flips,
    /// Others.
    pub on_change: Callback<Flips>,
}

/// 32 bytes of the browser's random source; none where it has none.
fn random() -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).ok().map(|()| bytes)
}

/// The card. H and T flip too while the focus is in it.
#[component]
pub fn CoinsCard(props: &CoinsCardProps) -> Html {
    let text = use_text();
    let flips = &props.flips;
    let count = flips.count();
    let told = |heads: bool| props.on_change.reform(with(flips, move |flips| flips.with(heads, Flipper::Person)));
    let undo = props.on_change.reform(with(flips, |flips| flips.without_last()));
    let again = props.on_change.reform(|_: MouseEvent| Flips::default());
    let one = props.on_change.reform(with(flips, |flips| match random() {
        Some(bytes) => flips.with(bytes.first().is_some_and(|byte| byte & 1 == 1), Flipper::Machine),
        None => flips.clone(),
    }));
    let rest = props.on_change.reform(with(flips, |flips| match random() {
        Some(bytes) => flips.filled(&bytes),
        None => flips.clone(),
    }));
    let onkeydown = {
        let (flips, on_change) = (flips.clone(), props.on_change.clone());
        Callback::from(move |event: KeyboardEvent| {
            if event.ctrl_key() || event.meta_key() || event.alt_key() {
                return;
            }
            let next = match event.key().as_str() {
                "h" | "H" | "1" if !flips.is_full() => flips.with(true, Flipper::Person),
                "t" | "T" | "0" if !flips.is_full() => flips.with(false, Flipper::Person),
                "Backspace" if flips.count() > 0 => flips.without_last(),
                _ => return,
            };
            event.prevent_default();
            on_change.emit(next);
        })
    };
    let (face, said) = match flips.last() {
        Some(true) => ("1", text.t(key!("keys.number.coins.heads"))),
        Some(false) => ("0", text.t(key!("keys.number.coins.tails"))),
        None => ("?", text.t(key!("keys.number.coins.none"))),
    };
    let progress = text.with(
        key!("keys.number.coins.progress"),
        &[
            ("count", &count.to_string()),
            ("left", &FLIPS_MAX.saturating_sub(count).to_string()),
            ("heads", &flips.heads().to_string()),
        ],
    );
    html! {
        <div class="stack stack--3 flipcard" tabindex="0" role="group" aria-label={text.t(key!("keys.number.way.coins"))} {onkeydown} data-flips={count.to_string()}>
            <p class="sm muted">{ text.t(key!("keys.number.coins.why")) }</p>
            <div class="coins__row">
                <span class="flipcoin" data-face={face} aria-hidden="true"><b key={count}>{ face }</b></span>
                <div class="coins__buttons">
                    <Button kind={ButtonKind::Accent} action="flip-heads" disabled={flips.is_full()} onclick={told(true)}>
                        { text.t(key!("keys.number.coins.heads")) }<span class="kbd">{ "H" }</span></Button>
                    <Button kind={ButtonKind::Accent} action="flip-tails" disabled={flips.is_full()} onclick={told(false)}>
                        { text.t(key!("keys.number.coins.tails")) }<span class="kbd">{ "T" }</span></Button>
                    <Button icon={IconName::Dice} action="flip-one" disabled={flips.is_full() || !has_entropy()} onclick={one}>
                        { text.t(key!("keys.number.coins.flip")) }</Button>
                </div>
            </div>
            <div>
                <ProgressBar value={count as u32} max={FLIPS_MAX as u32} label={progress.clone()} />
                <p class="sm" aria-live="polite"><span class="vh">{ said }{ " " }</span>{ progress }</p>
            </div>
            <div class="row row--wrap">
                <Button icon={IconName::Return} action="flip-undo" disabled={count == 0} onclick={undo}>{ text.t(key!("keys.number.coins.undo")) }</Button>
                <Button icon={IconName::Dice} action="flip-rest" disabled={flips.is_full() || !has_entropy()} onclick={rest}>
                    { text.t(key!("keys.number.coins.rest")) }</Button>
                <Button kind={ButtonKind::Quiet} icon={IconName::Reload} action="flip-again" disabled={count == 0} onclick={again}>
                    { text.t(key!("keys.number.coins.again")) }</Button>
            </div>
            <p class="xs muted">{ text.t(key!("keys.number.coins.keys")) }</p>
        </div>
    }
}

/// A button's act on the flips as they are now.
fn with(flips: &Flips, act: impl Fn(&Flips) -> Flips + 'static) -> impl Fn(MouseEvent) -> Flips + 'static {
    let flips = flips.clone();
    move |_| act(&flips)
}
