//! A key by coin flips.

use yew::prelude::*;

use crate::lessons::flips::{FLIPS_MAX, Flipper, Flips};
use crate::ui::parts::{Button, ButtonKind, IconName, ProgressBar};
use crate::ui::use_text;
use crate::web::page::has_entropy;

/// Props of [`CoinsCard`].
#[derive(Properties, PartialEq)]
pub struct CoinsCardProps {
    /// The flips so far.
    pub flips: Flips,
    /// Something is done to them.
    pub on_act: Callback<FlipAct>,
}

/// What is done to the flips there are by then: two keys can come before the page is drawn again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlipAct {
    /// One more.
    Flip(bool, Flipper),
    /// Without the last.
    Undo,
    /// The rest by these bytes.
    Rest([u8; 32]),
    /// From the beginning.
    Again,
}

impl FlipAct {
    /// The flips after it.
    pub fn on(self, flips: &Flips) -> Flips {
        match self {
            Self::Flip(heads, flipper) => flips.with(heads, flipper),
            Self::Undo => flips.without_last(),
            Self::Rest(bytes) => flips.filled(&bytes),
            Self::Again => Flips::default(),
        }
    }
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
    let act = |act: FlipAct| props.on_act.reform(move |_: MouseEvent| act);
    let told = |heads: bool| act(FlipAct::Flip(heads, Flipper::Person));
    let (undo, again) = (act(FlipAct::Undo), act(FlipAct::Again));
    // Without a random source the buttons are not there to press.
    let drawn = |act: fn([u8; 32]) -> FlipAct| {
        let on_act = props.on_act.clone();
        Callback::from(move |_: MouseEvent| random().into_iter().for_each(|bytes| on_act.emit(act(bytes))))
    };
    let one = drawn(|bytes| FlipAct::Flip(bytes[0] & 1 == 1, Flipper::Machine));
    let rest = drawn(FlipAct::Rest);
    let onkeydown = {
        let on_act = props.on_act.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.ctrl_key() || event.meta_key() || event.alt_key() {
                return;
            }
            let act = match event.key().as_str() {
                "h" | "H" | "1" => FlipAct::Flip(true, Flipper::Person),
                "t" | "T" | "0" => FlipAct::Flip(false, Flipper::Person),
                "Backspace" => FlipAct::Undo,
                _ => return,
            };
            event.prevent_default();
            on_act.emit(act);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acts_that_come_before_the_page_is_drawn_again_add_up() {
        let flip = |heads| FlipAct::Flip(heads, Flipper::Person);
        let acts = [flip(true), flip(true), flip(false), FlipAct::Undo, flip(true)];
        let flips = acts.into_iter().fold(Flips::default(), |flips, act| act.on(&flips));
        assert_eq!((flips.count(), flips.heads()), (3, 3));
        let full = FlipAct::Rest([0; 32]).on(&flips);
        assert_eq!(flip(true).on(&full).count(), full.count(), "there is no room for another");
        assert_eq!(FlipAct::Undo.on(&Flips::default()).count(), 0);
        assert_eq!(FlipAct::Again.on(&full).count(), 0);
    }
}
