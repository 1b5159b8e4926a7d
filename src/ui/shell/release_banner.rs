//! A new release of the app: offered, and loaded when it is wanted.

use yew::prelude::*;

use crate::ui::parts::{Button, ButtonKind, Icon, IconName};
use crate::ui::use_text;
use crate::web::{ReleaseNews, page, take_new_release, watch_releases};

/// The banner; nothing where there is no news.
#[component]
pub fn ReleaseBanner() -> Html {
    let text = use_text();
    let news = use_state_eq(|| None::<ReleaseNews>);
    {
        let news = news.setter();
        use_effect_with((), move |()| watch_releases(move |found| news.set(Some(found))));
    }
    let Some(news) = *news else { return Html::default() };
    let (said, label) = match news {
        ReleaseNews::Ready => (key!("banner.release_ready"), key!("banner.release_use")),
        ReleaseNews::Elsewhere => (key!("banner.release_elsewhere"), key!("banner.reload")),
    };
    let onclick = move |_: MouseEvent| match news {
        ReleaseNews::Ready => take_new_release(),
        ReleaseNews::Elsewhere => page::reload(),
    };
    html! {
        <div class="banner" data-banner="release" data-news={format!("{news:?}").to_lowercase()} role="status">
            <Icon name={IconName::Reload} size={18} />
            <span class="grow">{text.t(said)}</span>
            <Button small={true} kind={ButtonKind::Accent} action="use-release" {onclick}>{text.t(label)}</Button>
        </div>
    }
}
