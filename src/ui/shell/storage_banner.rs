//! What is not saved, why, and when it is tried again.

use yew::prelude::*;

use crate::api::{Command, Retry, StorageTrouble, Unsaved};
use crate::ledger::Time;
use crate::ui::parts::{Button, ButtonKind, Icon, IconName, span_text, use_now};
use crate::ui::{Text, format, use_dispatch, use_text};

/// Properties of [`StorageBanner`].
#[derive(Properties, PartialEq)]
pub struct StorageBannerProps {
    /// What is not saved.
    pub unsaved: Unsaved,
}

/// The banner, with a countdown to the next try.
#[component]
pub fn StorageBanner(props: &StorageBannerProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let now = use_now();
    let unsaved = &props.unsaved;
    let on_try = Callback::from(move |_: MouseEvent| dispatch.send(Command::SaveNow));
    html! {
        <div class="banner" data-kind="pending" data-banner="memory" data-storage="memory"
            data-trouble={unsaved.trouble.name()} data-blocks={unsaved.blocks.to_string()}>
            <Icon name={IconName::Warning} size={18} />
            <span class="grow">
                <b>{what(text, unsaved)}</b>{" "}{why(text, unsaved)}
                if !unsaved.reason.is_empty() {
                    {" "}<span class="faint">{text.with(key!("banner.reason"), &[("reason", &unsaved.reason)])}</span>
                }
                if let Some(next) = next(text, unsaved.retry, Time::from_millis(now.0 * 1000)) {
                    {" "}<span class="num">{next}</span>
                }
            </span>
            if matches!(unsaved.retry, Retry::At(_)) {
                <Button small={true} icon={IconName::Reload} action="save-now" onclick={on_try}>
                    {text.t(key!("storage.try"))}
                </Button>
            }
            if unsaved.trouble == StorageTrouble::Earlier {
                <Button small={true} kind={ButtonKind::Accent} action="reload" onclick={super::reload::reload()}>
                    {text.t(key!("banner.reload"))}
                </Button>
            }
        </div>
    }
}

/// What is in memory only; `None` if there is nothing yet.
pub fn unsaved_things(text: Text, unsaved: &Unsaved) -> Option<String> {
    let blocks = unsaved.heights.map(|(lowest, highest)| match unsaved.blocks {
        1 => text.with(key!("storage.block"), &[("height", &format::grouped(lowest.into()))]),
        count => text.with(
            key!("storage.blocks"),
            &[
                ("count", &format::grouped(count.into())),
                ("lowest", &format::grouped(lowest.into())),
                ("highest", &format::grouped(highest.into())),
            ],
        ),
    });
    let wallet = unsaved.wallet.then(|| text.t(key!("storage.wallet")).to_owned());
    match (blocks, wallet) {
        (Some(one), Some(other)) => Some(text.with(key!("storage.and"), &[("one", &one), ("other", &other)])),
        (what, None) | (None, what) => what,
    }
}

/// The same as a sentence, and whether that is all.
fn what(text: Text, unsaved: &Unsaved) -> String {
    let Some(what) = unsaved_things(text, unsaved) else { return text.t(key!("storage.nothing_yet")).to_owned() };
    let here = text.with(key!("storage.only_here"), &[("what", &what)]);
    if unsaved.rest_saved { [&here, " ", text.t(key!("storage.rest"))].concat() } else { here }
}

/// What kind of trouble it is, and what to do.
pub fn why(text: Text, unsaved: &Unsaved) -> &'static str {
    trouble_text(text, unsaved.trouble)
}

/// A kind of trouble in the page's language.
pub fn trouble_text(text: Text, trouble: StorageTrouble) -> &'static str {
    text.find(area!("storage"), trouble.name()).unwrap_or_default()
}

fn next(text: Text, retry: Retry, now: Time) -> Option<String> {
    match retry {
        Retry::Never => None,
        Retry::Now => Some(text.t(key!("storage.now")).to_owned()),
        Retry::At(at) => {
            // The clock is in whole seconds: the last of them is not over yet.
            let seconds = (at - now).millis.div_ceil(1_000);
            Some(text.with(key!("storage.next"), &[("span", &span_text(text, seconds))]))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::Lang;

    fn unsaved() -> Unsaved {
        Unsaved {
            trouble: StorageTrouble::Refused,
            reason: String::new(),
            since: Time::from_millis(0),
            blocks: 4,
            heights: Some((12, 15)),
            wallet: true,
            rest_saved: true,
            retry: Retry::At(Time::from_millis(8_000)),
        }
    }

    #[test]
    fn the_banner_says_what_is_only_in_memory_and_when_it_is_tried_again() {
        let text = Text::default();
        assert_eq!(
            what(text, &unsaved()),
            "Only in this tab's memory: 4 blocks (heights 12 to 15) and the newest state of your wallet and settings. \
             All else is saved."
        );
        let one = Unsaved { blocks: 1, heights: Some((7, 7)), wallet: false, rest_saved: false, ..unsaved() };
        assert_eq!(what(text, &one), "Only in this tab's memory: block 7.");
        let none = Unsaved { blocks: 0, heights: None, wallet: false, ..unsaved() };
        assert_eq!(what(text, &none), "Nothing new can be saved now.");
        assert_eq!(next(text, unsaved().retry, Time::from_millis(0)).as_deref(), Some("The next try is in 8 s."));
        assert_eq!(next(text, Retry::Never, Time::from_millis(0)), None);
    }

    #[test]
    fn every_trouble_has_its_sentence_in_both_languages() {
        for lang in Lang::all() {
            for trouble in StorageTrouble::ALL {
                let said = trouble_text(Text { lang }, trouble);
                assert!(said.ends_with(['.', '。']), "{trouble:?}: {said:?}");
            }
        }
    }
}
