//! A text of someone else, with nothing hidden in it: what has no width or turns the direction of what follows is drawn
//! as a mark with its code point, and every paragraph has a direction of its own (UAX #9, UTR #36).

use std::fmt::Write;

use yew::prelude::*;

use crate::ui::{Key, use_text};

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Run {
    /// Characters that are seen.
    Seen(String),
    /// A character that is not, or that moves others.
    Hidden(char),
}

/// A paragraph's pieces, in the order in which they are stored.
///
/// Joiners and variation selectors inside an emoji are seen, as they make the picture; anywhere else they are not.
pub fn runs(text: &str) -> Vec<Run> {
    let characters: Vec<char> = text.chars().collect();
    let mut runs = Vec::new();
    let mut seen = String::new();
    for (at, character) in characters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| characters.get(before));
        if is_hidden(*character) && !is_in_emoji(before, *character, characters.get(at + 1)) {
            if !seen.is_empty() {
                runs.push(Run::Seen(std::mem::take(&mut seen)));
            }
            runs.push(Run::Hidden(*character));
        } else {
            seen.push(*character);
        }
    }
    if !seen.is_empty() {
        runs.push(Run::Seen(seen));
    }
    runs
}

/// The paragraphs of a text: a line feed, alone or after a carriage return, and Unicode's own separators end one. A
/// carriage return alone is hidden in its paragraph.
pub fn paragraphs(text: &str) -> Vec<&str> {
    text.split(['\n', '\u{85}', '\u{2028}', '\u{2029}']).map(|line| line.strip_suffix('\r').unwrap_or(line)).collect()
}

/// Whether something in a text is not seen or turns directions.
pub fn has_hidden(text: &str) -> bool {
    paragraphs(text).into_iter().any(|paragraph| runs(paragraph).iter().any(|run| matches!(run, Run::Hidden(_))))
}

/// A text for the middle of a sentence: hidden characters as `[U+202E]`, lines joined by `⏎`, and its direction shut in,
/// so that it moves nothing around it.
pub fn shown_plainly(text: &str) -> String {
    let mut shown = String::from('\u{2068}');
    for (at, paragraph) in paragraphs(text).into_iter().enumerate() {
        shown.push_str(if at > 0 { " ⏎ " } else { "" });
        for run in runs(paragraph) {
            match run {
                Run::Seen(seen) => shown.push_str(&seen),
                Run::Hidden(character) => {
                    // Writing to a text does not fail.
                    let _ = write!(shown, "[{}]", code_point(character));
                }
            }
        }
    }
    shown.push('\u{2069}');
    shown
}

/// `U+202E`.
pub fn code_point(character: char) -> String {
    format!("U+{:04X}", u32::from(character))
}

/// No width, no ink, or a turn of direction: Unicode's default ignorable code points, its format characters, and control
/// characters other than the tab.
fn is_hidden(character: char) -> bool {
    matches!(character,
        '\0'..='\u{8}' | '\u{a}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{34f}' | '\u{600}'..='\u{605}' | '\u{61c}'
        | '\u{6dd}' | '\u{70f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether a joiner or a variation selector is part of a picture.
fn is_in_emoji(before: Option<&char>, character: char, after: Option<&char>) -> bool {
    let joins = |before: char| is_pictograph(before) || before == '\u{fe0f}';
    match character {
        '\u{200d}' => before.is_some_and(|before| joins(*before)) && after.is_some_and(|after| is_pictograph(*after)),
        '\u{fe0e}' | '\u{fe0f}' => before.is_some_and(|before| is_pictograph(*before)),
        _ => false,
    }
}

/// Roughly the characters that have a picture: all that are emoji, and symbols beside them.
fn is_pictograph(character: char) -> bool {
    matches!(character,
        '#' | '*' | '0'..='9' | '©' | '®' | '\u{203c}' | '\u{2049}' | '\u{2122}' | '\u{2139}' | '\u{2190}'..='\u{2bff}'
        | '\u{3030}' | '\u{303d}' | '\u{3297}' | '\u{3299}' | '\u{1f000}'..='\u{1faff}')
}

/// The key of a hidden character's name.
const fn name_key(character: char) -> Key {
    match character {
        '\u{202a}' => key!("hidden.left_to_right_embedding"),
        '\u{202b}' => key!("hidden.right_to_left_embedding"),
        '\u{202c}' => key!("hidden.pop_directional_formatting"),
        '\u{202d}' => key!("hidden.left_to_right_override"),
        '\u{202e}' => key!("hidden.right_to_left_override"),
        '\u{2066}' => key!("hidden.left_to_right_isolate"),
        '\u{2067}' => key!("hidden.right_to_left_isolate"),
        '\u{2068}' => key!("hidden.first_strong_isolate"),
        '\u{2069}' => key!("hidden.pop_directional_isolate"),
        '\u{200e}' => key!("hidden.left_to_right_mark"),
        '\u{200f}' | '\u{61c}' => key!("hidden.right_to_left_mark"),
        '\u{200b}' => key!("hidden.zero_width_space"),
        '\u{200c}' => key!("hidden.zero_width_non_joiner"),
        '\u{200d}' => key!("hidden.zero_width_joiner"),
        '\u{2060}' => key!("hidden.word_joiner"),
        '\u{feff}' => key!("hidden.byte_order_mark"),
        '\u{ad}' => key!("hidden.soft_hyphen"),
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => key!("hidden.variation_selector"),
        '\u{e0000}'..='\u{e007f}' => key!("hidden.tag"),
        '\r' => key!("hidden.carriage_return"),
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => key!("hidden.control"),
        _ => key!("hidden.other"),
    }
}

/// Properties of [`DrawnRuns`].
#[derive(Properties, PartialEq)]
pub struct DrawnRunsProps {
    /// A paragraph's pieces.
    pub runs: Vec<Run>,
}

/// Pieces as they are drawn.
#[component]
pub fn DrawnRuns(props: &DrawnRunsProps) -> Html {
    let text = use_text();
    html! {
        { for props.runs.iter().map(|run| match run {
            Run::Seen(seen) => html! { <>{ seen.clone() }</> },
            Run::Hidden(character) => {
                let (code, name) = (code_point(*character), text.t(name_key(*character)));
                html! {
                    <bdi dir="ltr" class="hiddenchar" title={name} data-hidden-character={code.clone()}>{ code.clone() }<span class="vh">{ " " }{ name }</span></bdi>
                }
            }
        }) }
    }
}

/// Props of [`VisibleText`].
#[derive(Properties, PartialEq)]
pub struct VisibleTextProps {
    /// The text.
    pub text: AttrValue,
}

/// All paragraphs of a text.
#[component]
pub fn VisibleText(props: &VisibleTextProps) -> Html {
    html! {
        <div class="visibletext">
            { for paragraphs(&props.text).into_iter().map(|paragraph| html! {
                <p dir="auto"><DrawnRuns runs={runs(paragraph)} />if paragraph.is_empty() { <br /> }</p>
            }) }
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> Run {
        Run::Seen(text.to_owned())
    }

    #[test]
    fn what_cannot_be_seen_is_a_mark() {
        let cases = [
            ("pay 5", vec![seen("pay 5")]),
            ("pay \u{202e}5\u{202c}", vec![seen("pay "), Run::Hidden('\u{202e}'), seen("5"), Run::Hidden('\u{202c}')]),
            ("a\u{200b}b", vec![seen("a"), Run::Hidden('\u{200b}'), seen("b")]),
            ("\u{feff}", vec![Run::Hidden('\u{feff}')]),
            ("a\u{fe0f}", vec![seen("a"), Run::Hidden('\u{fe0f}')]),
            ("a\tb", vec![seen("a\tb")]),
            ("", vec![]),
        ];
        for (text, expected) in cases {
            assert_eq!(runs(text), expected, "{text:?}");
        }
        for code in
            (0x202a..=0x202e).chain(0x2066..=0x2069).chain(0x200b..=0x200f).chain([0xfeff, 0x2060, 0x61c, 0xad, 0])
        {
            let character = char::from_u32(code).expect("a character");
            assert!(has_hidden(&character.to_string()), "{code:x}");
            assert_ne!(name_key(character), key!("hidden.other"), "{code:x}");
        }
    }

    #[test]
    fn letters_of_any_script_and_emoji_are_left_alone() {
        for text in [
            "grün",
            "小明付给小红 3 个币",
            "שלום",
            "e\u{301}",
            "👨\u{200d}👩\u{200d}👧",
            "❤\u{fe0f}\u{200d}🔥",
            "1\u{fe0f}\u{20e3}",
            "👍🏽",
        ] {
            assert_eq!(runs(text), [seen(text)], "{text}");
            assert!(!has_hidden(text));
        }
        // A joiner beside an emoji joins nothing.
        assert!(has_hidden("👍\u{200d}a") && has_hidden("\u{200d}👍") && has_hidden("❤\u{fe0f}\u{fe0f}"));
    }

    #[test]
    fn every_kind_of_line_end_begins_a_paragraph() {
        assert_eq!(paragraphs("a\nb\r\nc\u{2028}d\u{2029}e"), ["a", "b", "c", "d", "e"]);
        assert_eq!(paragraphs(""), [""]);
        assert!(!has_hidden("a\r\nb") && has_hidden("a\rb"));
    }

    #[test]
    fn the_pieces_are_the_text() {
        for text in ["", "a\u{202e}b\u{feff}", "👨\u{200d}👩", "\u{200d}\u{200d}x"] {
            let whole: String = runs(text)
                .into_iter()
                .map(|run| match run {
                    Run::Seen(seen) => seen,
                    Run::Hidden(character) => character.to_string(),
                })
                .collect();
            assert_eq!(whole, text);
        }
    }

    #[test]
    fn in_a_sentence_it_moves_nothing_around_it() {
        assert_eq!(shown_plainly("a\u{202e}b\nc"), "\u{2068}a[U+202E]b ⏎ c\u{2069}");
    }
}
