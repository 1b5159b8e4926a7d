//! Holds the page as the host sends it, `index.html`, to the texts: it is seen before the app is there,
//! and where the app stops, so its words stand in it, in each language that it speaks.

use super::{Key, Text};

/// What `index.html` says in more than one language, in its order.
const TEXTS: &[Key] = &[
    key!("nav.chain"),
    key!("nav.wallet"),
    key!("nav.keys"),
    key!("nav.network"),
    key!("nav.miner"),
    key!("nav.help"),
    key!("bar.starting"),
    key!("boot.starting"),
    key!("boot.unable"),
    key!("boot.failed"),
    key!("boot.crash"),
    key!("boot.crash_kept"),
    key!("boot.crash_copy"),
    key!("banner.reload"),
];

/// Its languages. One that it does not speak sees it in English; another takes a line in `boot.js` and in
/// `layout.css` beside its words in `index.html`.
const LANGUAGES: [&str; 2] = ["en", "zh-CN"];

fn page() -> &'static str {
    include_str!("../../../index.html").split_once("<body>").expect("a page has a body").1
}

/// What stands between tags.
fn words(html: &str) -> String {
    html.split('<').map(|part| part.split_once('>').map_or(part, |(_, words)| words)).collect()
}

/// The words of the elements in a language, in order; none of them holds another of its kind.
fn said(page: &str, lang: &str) -> Vec<String> {
    let mark = format!(" lang=\"{lang}\">");
    let inside = |(at, _): (usize, &str)| {
        let element = page[..at].rsplit('<').next().expect("an attribute stands in a tag");
        page[at + mark.len()..].split(&format!("</{element}>")).next().map(words).expect("an element ends")
    };
    page.match_indices(&mark).map(inside).collect()
}

#[test]
fn the_page_says_the_texts_before_the_app_is_there() {
    for lang in LANGUAGES {
        let text = Text::of(lang);
        let expected: Vec<String> = TEXTS.iter().map(|key| text.with(*key, &[("lacking", "WebAssembly")])).collect();
        assert_eq!(said(page(), lang), expected, "index.html in {lang}");
        assert!(page().contains(text.t(key!("boot.no_script"))), "index.html without scripts in {lang}");
    }
    let marks = page().matches(" lang=\"").count();
    assert_eq!(marks, TEXTS.len() * LANGUAGES.len(), "index.html says something in another language");
}
