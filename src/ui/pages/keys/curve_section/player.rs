//! Going through steps: first, back, play, on, last.

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use crate::ui::Text;
use crate::ui::parts::{Button, ButtonKind, IconName};

/// Where a walk through steps is.
#[derive(Clone, PartialEq)]
pub struct Player {
    at: UseStateHandle<usize>,
    playing: UseStateHandle<bool>,
    count: usize,
}

/// A walk through `count` steps; it begins at the last one, and plays a step every so many
/// milliseconds.
#[hook]
pub fn use_player(count: usize, every_ms: u32) -> Player {
    let at = use_state_eq(|| usize::MAX);
    let playing = use_state_eq(|| false);
    let player = Player { at: at.clone(), playing: playing.clone(), count };
    use_effect_with((*playing, player.at(), count), move |(is_playing, now, count)| {
        let next = now.saturating_add(1);
        let timeout = if *is_playing && next < *count {
            Some(Timeout::new(every_ms, move || at.set(next)))
        } else {
            playing.set(false);
            None
        };
        move || drop(timeout)
    });
    player
}

impl Player {
    /// The step shown, from 0.
    pub fn at(&self) -> usize {
        (*self.at).min(self.count.saturating_sub(1))
    }

    /// Goes to a step, and stops playing.
    pub fn go(&self) -> Callback<usize> {
        let player = self.clone();
        Callback::from(move |next: usize| {
            player.playing.set(false);
            player.at.set(next);
        })
    }

    /// The buttons; their `data-action` begins with `name`.
    pub fn buttons(&self, text: Text, name: &'static str) -> Html {
        let (at, last) = (self.at(), self.count.saturating_sub(1));
        let step = |action: &str, to: usize, icon: IconName, title: &'static str, disabled: bool| {
            let onclick = self.go().reform(move |_: MouseEvent| to);
            html! {
                <Button kind={ButtonKind::Quiet} {icon} icon_only={true} {title} {disabled} action={[name, "-", action].concat()} {onclick} />
            }
        };
        let play = {
            let player = self.clone();
            Callback::from(move |_: MouseEvent| {
                if !*player.playing && player.at() >= last {
                    player.at.set(0);
                }
                player.playing.set(!*player.playing);
            })
        };
        let (icon, title) = if *self.playing {
            (IconName::Pause, text.t(key!("keys.curve.pause")))
        } else {
            (IconName::Play, text.t(key!("keys.curve.play")))
        };
        html! {
            <div class="player" role="group" aria-label={text.t(key!("keys.curve.steps"))}>
                { step("first", 0, IconName::Return, text.t(key!("keys.curve.first")), at == 0) }
                { step("back", at.saturating_sub(1), IconName::ArrowLeft, text.t(key!("keys.curve.back")), at == 0) }
                <Button {icon} icon_only={true} {title} disabled={last == 0} action={[name, "-play"].concat()} onclick={play} />
                { step("next", at + 1, IconName::ArrowRight, text.t(key!("keys.curve.next")), at >= last) }
                { step("last", last, IconName::Step, text.t(key!("keys.curve.last")), at >= last) }
                <span class="num sm">{ text.with(key!("keys.curve.step_of"), &[("at", &(at + 1).to_string()), ("count", &self.count.to_string())]) }</span>
            </div>
        }
    }
}
