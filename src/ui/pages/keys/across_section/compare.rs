//! Two texts side by side, with the run that differs marked.

use yew::prelude::*;

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

/// Both texts, the run that differs marked in each.
pub fn compared(one: &str, other: &str) -> (Html, Html) {
    let (one, other) = parts(one, other);
    let shown = |(head, run, tail): Parts| {
        html! { <>{ head }if !run.is_empty() { <mark class="differs">{ run }</mark> }{ tail }</> }
    };
    (shown(one), shown(other))
}

#[cfg(test)]
mod tests {
    use super::*;

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
