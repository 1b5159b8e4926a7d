//! Two texts side by side, with the run that differs marked.

use yew::prelude::*;

use crate::ui::parts::{DrawnRuns, paragraphs, runs, shown_plainly};

/// Characters that a sentence shows beside the run that differs.
const AROUND: usize = 12;
/// Most characters of the run that a sentence shows.
const RUN_MAX: usize = 40;

/// A text as what is the same at its beginning, what differs, and what is the same at its end.
type Parts = (String, String, String);

/// Takes two texts apart around the run in which they differ.
fn parts(one: &str, other: &str) -> (Parts, Parts) {
    let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let start = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let end = a.iter().skip(start).rev().zip(b.iter().skip(start).rev()).take_while(|(a, b)| a == b).count();
    let cut = |text: &[char]| {
        let (head, rest) = text.split_at(start);
        let (run, tail) = rest.split_at(rest.len() - end);
        (head.iter().collect(), run.iter().collect(), tail.iter().collect())
    };
    (cut(&a), cut(&b))
}

/// Both texts, the run that differs marked in each, and all that is not seen in them.
pub fn compared(one: &str, other: &str) -> (Html, Html) {
    let (one, other) = parts(one, other);
    // The end of a line is drawn where it differs, for else nothing would be there to mark.
    let lines = |part: &str, end: &'static str| -> Html {
        let lines = paragraphs(part).into_iter().enumerate().map(|(at, line)| {
            html! { <>if at > 0 { { end }<br /> }<DrawnRuns runs={runs(line)} /></> }
        });
        lines.collect()
    };
    let shown = |(head, run, tail): Parts| {
        html! {
            <bdi dir="auto" class="visibletext">{ lines(&head, "") }if !run.is_empty() { <mark class="differs">{ lines(&run, "⏎") }</mark> }{ lines(&tail, "") }</bdi>
        }
    };
    (shown(one), shown(other))
}

/// Both texts for a sentence: the run that differs and a few characters around it, `…` for what is left out.
pub fn differing(one: &str, other: &str) -> (String, String) {
    let (one, other) = parts(one, other);
    let cut = |(head, run, tail): Parts| {
        let (heads, runs, tails) = (head.chars().count(), run.chars().count(), tail.chars().count());
        let mut shown = String::from(if heads > AROUND { "…" } else { "" });
        let near: String = head.chars().skip(heads.saturating_sub(AROUND)).collect();
        shown.push_str(if heads > AROUND { near.trim_start() } else { &near });
        shown.extend(run.chars().take(RUN_MAX));
        shown.extend((runs > RUN_MAX).then_some('…'));
        if runs <= RUN_MAX {
            shown.extend(tail.chars().take(AROUND));
            shown.extend((tails > AROUND).then_some('…'));
        }
        shown_plainly(&shown)
    };
    (cut(one), cut(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_shows_the_run_that_differs_and_what_is_around_it() {
        let plain = |(one, other): (String, String)| {
            let strip = |text: String| text.replace(['\u{2068}', '\u{2069}'], "");
            (strip(one), strip(other))
        };
        let cases = [
            (
                "Amber Fox pays Jade Otter 3 coins",
                "Amber Fox pays Jade Otter 8 coins",
                "…Jade Otter 3 coins",
                "…Jade Otter 8 coins",
            ),
            ("pay 5", "pay \u{202e}5", "pay 5", "pay [U+202E]5"),
            ("a", "", "a", ""),
        ];
        for (one, other, first, second) in cases {
            assert_eq!(plain(differing(one, other)), (first.to_owned(), second.to_owned()));
        }
        let (_, long) = plain(differing("", &"x".repeat(1_000)));
        assert_eq!(long, ["x".repeat(RUN_MAX).as_str(), "…"].concat());
    }

    #[test]
    fn the_run_that_differs_is_found_in_any_texts() {
        let cases = [
            ("3 coins", "8 coins", ("", "3", " coins"), ("", "8", " coins")),
            ("付 3 个", "付 8 个", ("付 ", "3", " 个"), ("付 ", "8", " 个")),
            ("aa", "a", ("a", "a", ""), ("a", "", "")),
            ("", "!", ("", "", ""), ("", "!", "")),
            ("same", "same", ("same", "", ""), ("same", "", "")),
        ];
        let owned = |(a, b, c): (&str, &str, &str)| (a.to_owned(), b.to_owned(), c.to_owned());
        for (one, other, first, second) in cases {
            assert_eq!(parts(one, other), (owned(first), owned(second)), "{one} {other}");
        }
    }
}
