//! The section "a key is a number": four ways to fill 256 bits, what they are worth, the number in
//! every form, the range of valid numbers, and how many there are.

mod coins;
mod movement;
mod scale;
mod source;
mod typed;
mod values;
mod words;

use yew::prelude::*;

use super::practice::{KeyOrigin, random_key};
use super::section::SectionProps;
use crate::lessons::flips::Flips;
use crate::lessons::key_number::{KeyNumberError, in_range};
use crate::ui::figures::bit_grid::{BitGrid, set_count};
use crate::ui::parts::{Button, ButtonKind, Icon, IconName, Mark, MarkKind, Note, Panel, ProgressBar, Segmented, Tag};
use crate::ui::{Key, Text, use_text};
use coins::{CoinsCard, FlipAct};
use movement::MovementCard;
use scale::ScaleCard;
use source::{Filled, Source};
use typed::TypedCard;
use values::ValuesCard;
use words::WordsCard;

/// How the bits are filled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Way {
    #[default]
    Coins,
    Movement,
    Words,
    Typed,
}

impl Way {
    const ALL: [Self; 4] = [Self::Coins, Self::Movement, Self::Words, Self::Typed];

    const fn name(self) -> &'static str {
        match self {
            Self::Coins => "coins",
            Self::Movement => "movement",
            Self::Words => "words",
            Self::Typed => "typed",
        }
    }

    const fn title(self) -> Key {
        match self {
            Self::Coins => key!("keys.number.way.coins"),
            Self::Movement => key!("keys.number.way.movement"),
            Self::Words => key!("keys.number.way.words"),
            Self::Typed => key!("keys.number.way.typed"),
        }
    }
}

/// An error of a number in the page's language.
fn number_error(text: Text, error: &KeyNumberError) -> String {
    rule_text(text, error.rule(), error.facts()).unwrap_or_else(|| error.to_string())
}

/// A rule's text with its facts.
fn rule_text(text: Text, rule: &str, facts: Vec<(&'static str, String)>) -> Option<String> {
    let facts: Vec<(String, String)> = facts.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    text.rule(rule, &facts)
}

/// The section.
#[component]
pub fn NumberSection(props: &SectionProps) -> Html {
    let text = use_text();
    let way = use_state_eq(Way::default);
    let flips = use_state_eq(Flips::default);
    let filled = use_state_eq(|| None::<Filled>);
    let hidden = use_state_eq(|| false);
    let key = &props.key_on_screen;

    let on_fill = {
        let (filled, on_key) = (filled.clone(), props.on_key.clone());
        Callback::from(move |next: Filled| {
            filled.set(Some(next));
            on_key.emit(next.bits);
        })
    };
    let latest = use_mut_ref(Flips::default);
    let on_flips = {
        let (flips, on_fill) = (flips.setter(), on_fill.clone());
        Callback::from(move |act: FlipAct| {
            let next = act.on(&latest.borrow());
            latest.replace(next.clone());
            on_fill.emit(Filled { source: Source::flips(&next), bits: next.to_bytes().into() });
            flips.set(next);
        })
    };
    let onchange = {
        let way = way.clone();
        Callback::from(move |value: AttrValue| {
            if let Some(next) = Way::ALL.into_iter().find(|way| way.name() == value.as_str()) {
                way.set(next);
            }
        })
    };
    let options: Vec<(AttrValue, AttrValue)> =
        Way::ALL.into_iter().map(|way| (way.name().into(), text.t(way.title()).into())).collect();
    let source = filled.filter(|filled| filled.bits == key.bits).map(|filled| filled.source);
    html! {
        <div class="number">
            <div class="number__top">
                <Panel class="number__fill" name="fill" title={text.t(key!("keys.number.fill"))} subtitle={text.t(key!("keys.number.fill_sub"))}>
                    <div class="stack stack--3">
                        <Segmented label={text.t(key!("keys.number.ways"))} {options} value={way.name()} {onchange} action="way" />
                        { match *way {
                            Way::Coins => html! { <CoinsCard flips={(*flips).clone()} on_act={on_flips} /> },
                            Way::Movement => html! { <MovementCard on_fill={on_fill.clone()} /> },
                            Way::Words => html! { <WordsCard params={props.params.clone()} hidden={*hidden} on_fill={on_fill.clone()} /> },
                            Way::Typed if *hidden => html! { <p class="sm">{ text.t(key!("keys.number.typed.hidden")) }</p> },
                            Way::Typed => html! { <TypedCard params={props.params.clone()} on_fill={on_fill.clone()} /> },
                        } }
                    </div>
                </Panel>
                { grid(text, props, *hidden, source, &on_fill, &{
                    let hidden = hidden.clone();
                    Callback::from(move |_: MouseEvent| hidden.set(!*hidden))
                }) }
            </div>
            <ValuesCard key_on_screen={key.clone()} params={props.params.clone()} hidden={*hidden} />
            <ScaleCard />
        </div>
    }
}

/// The bits, what they are worth, and what is wrong with them.
fn grid(
    text: Text,
    props: &SectionProps,
    hidden: bool,
    source: Option<Source>,
    on_fill: &Callback<Filled>,
    on_hide: &Callback<MouseEvent>,
) -> Html {
    let key = &props.key_on_screen;
    let label = text.with(key!("keys.private.label"), &[("count", &set_count(&key.bits.bytes).to_string())]);
    let before = key.bits;
    let on_change = on_fill.reform(move |bytes| Filled { source: Source::ByHand, bits: before.with_bytes(bytes) });
    let on_random = on_fill.reform(|_: MouseEvent| Filled { source: Source::Browser, bits: random_key().into() });
    let eye = if hidden { text.t(key!("keys.private.show")) } else { text.t(key!("keys.private.hide")) };
    let worth = source.map(|source| (source.bits(), source.words(text)));
    html! {
        <Panel class="number__grid" name="bits" title={text.t(key!("keys.private.title"))} subtitle={text.t(key!("keys.private.sub"))}
            actions={html! {
                if matches!(key.origin, KeyOrigin::Wallet(_)) {
                    <Tag kind="bad" icon={IconName::Wallet} text={text.t(key!("keys.wallet.tag"))} />
                } else {
                    <Tag text={text.t(key!("keys.private.practice"))} />
                }
            }}>
            <div class="stack stack--3">
                <BitGrid bytes={key.bits.bytes} {label} hex_label="hex" bit_label={text.t(key!("keys.private.bit"))}
                    row_label={text.t(key!("keys.private.row"))} {on_change} {hidden} />
                <p class="hintline"><Icon name={IconName::Hand} size={15} /><span>{ text.t(key!("keys.number.toggle_hint")) }</span></p>
                <div role="alert">
                    if let Err(error) = in_range(&key.bits.bytes) {
                        <p class="fielderr" data-range-error={error.rule()}><Mark kind={MarkKind::Bad} size={15} />
                            <span>{ number_error(text, &error) }</span></p>
                    }
                </div>
                <div class="worth" data-entropy={worth.as_ref().map_or_else(|| "unknown".to_owned(), |(bits, _)| bits.to_string())}
                    aria-live="polite">
                    if let Some((bits, words)) = &worth {
                        <p class="worth__n"><b>{ bits }</b><span>{ text.t(key!("keys.number.worth")) }</span></p>
                        <ProgressBar value={*bits} max={256} label={words.clone()} />
                        <p class="xs muted">{ words.clone() }</p>
                    } else {
                        <p class="worth__n"><b>{ "?" }</b><span>{ text.t(key!("keys.number.worth")) }</span></p>
                        <p class="xs muted">{ text.t(key!("keys.number.worth_unknown")) }</p>
                    }
                </div>
                <div class="row row--wrap">
                    <Button icon={IconName::Dice} action="random-key" onclick={on_random}>{ text.t(key!("keys.private.random")) }</Button>
                    <Button kind={ButtonKind::Quiet} icon={IconName::Eye} icon_only={true} pressed={hidden} title={eye}
                        action="hide-key" onclick={on_hide.clone()} />
                </div>
                if matches!(key.origin, KeyOrigin::Wallet(_)) {
                    <Note icon={IconName::Warning} kind="bad">{ text.t(key!("keys.wallet.shown")) }</Note>
                }
            </div>
        </Panel>
    }
}
