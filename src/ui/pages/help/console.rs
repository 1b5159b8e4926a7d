//! A line to type a method and its parameters into, and what the node answered.

use serde_json::Value;
use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

use crate::session::{Answer, Command};
use crate::ui::parts::{ButtonKind, ButtonProps, CopyButton, IconName, button};
use crate::ui::store::Answered;
use crate::ui::{use_dispatch, use_text};

/// Lines kept.
const KEPT: usize = 50;

/// A line and its answer; `None` while the node thinks.
#[derive(Clone, PartialEq)]
struct Entry {
    number: u32,
    line: String,
    answer: Option<Result<String, String>>,
}

/// Properties of [`Console`].
#[derive(Properties, PartialEq)]
pub struct ConsoleProps {
    /// A line picked elsewhere on the page, with a number that rises at each pick.
    pub picked: (u32, String),
}

/// The method and parameters of a line: words, each read as JSON where it is JSON.
///
/// Quotes and brackets hold a word together, as in `sendtoaddress "m…" 1.5` or `f [1, 2]`.
fn parse(line: &str) -> Option<(String, Vec<Value>)> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut depth = 0u32;
    let mut quote = None;
    for character in line.trim().chars() {
        match (quote, character) {
            (Some(open), _) if character == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(character),
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') => depth = depth.saturating_sub(1),
            (None, _) => {}
        }
        if character.is_whitespace() && depth == 0 && quote.is_none() {
            if !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
        } else {
            word.push(character);
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    let mut words = words.into_iter();
    let method = words.next()?;
    let params = words
        .map(|word| {
            let single = word.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')).map(str::to_owned);
            // A hash of digits only is a text, not a number that loses most of them.
            let number_like = word.len() > 17 && word.bytes().all(|byte| byte.is_ascii_digit());
            match single {
                Some(text) => Value::String(text),
                None if number_like => Value::String(word),
                None => serde_json::from_str(&word).unwrap_or(Value::String(word)),
            }
        })
        .collect();
    Some((method, params))
}

fn shown(answered: Answered) -> Result<String, String> {
    match answered {
        Ok(Answer::Rpc(Value::String(text))) => Ok(text),
        Ok(Answer::Rpc(value)) => Ok(serde_json::to_string_pretty(&value).unwrap_or_default()),
        Ok(_) => Ok(String::new()),
        Err(error) => Err([&error.text, " (", &error.code.to_string(), ")"].concat()),
    }
}

/// The console: Enter runs, ↑ and ↓ bring back earlier lines.
#[component]
pub fn Console(props: &ConsoleProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let entries = use_state(Vec::<Entry>::new);
    let latest = use_mut_ref(Vec::<Entry>::new);
    let line = use_state_eq(String::new);
    let back = use_mut_ref(|| 0usize);
    let number = use_mut_ref(|| 0u32);
    let out = use_node_ref();
    let input = use_node_ref();
    {
        let (line, input) = (line.clone(), input.clone());
        use_effect_with(props.picked.clone(), move |(count, picked)| {
            if *count > 0 {
                line.set(picked.clone());
                if let Some(input) = input.cast::<HtmlElement>() {
                    // An input takes the focus.
                    let _ = input.focus();
                }
            }
        });
    }
    {
        let out = out.clone();
        use_effect_with((*entries).clone(), move |_| {
            if let Some(out) = out.cast::<web_sys::Element>() {
                out.set_scroll_top(out.scroll_height());
            }
        });
    }
    let onsubmit = {
        let (entries, latest, line, back) = (entries.clone(), latest.clone(), line.clone(), back.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some((method, params)) = parse(&line) else { return };
            *back.borrow_mut() = 0;
            *number.borrow_mut() += 1;
            let id = *number.borrow();
            {
                let mut all = latest.borrow_mut();
                all.push(Entry { number: id, line: line.trim().to_owned(), answer: None });
                if all.len() > KEPT {
                    all.remove(0);
                }
                entries.set(all.clone());
            }
            line.set(String::new());
            let (entries, latest) = (entries.clone(), latest.clone());
            dispatch.request(Command::Rpc { method, params }, move |answered| {
                let mut all = latest.borrow_mut();
                if let Some(entry) = all.iter_mut().find(|entry| entry.number == id) {
                    entry.answer = Some(shown(answered));
                }
                entries.set(all.clone());
            });
        })
    };
    let onkeydown = {
        let (latest, line) = (latest.clone(), line.clone());
        Callback::from(move |event: KeyboardEvent| {
            let step: isize = match event.key().as_str() {
                "ArrowUp" => 1,
                "ArrowDown" => -1,
                _ => return,
            };
            event.prevent_default();
            let all = latest.borrow();
            let mut back = back.borrow_mut();
            *back = back.saturating_add_signed(step).min(all.len());
            line.set(
                all.len()
                    .checked_sub(*back)
                    .and_then(|at| all.get(at))
                    .map(|entry| entry.line.clone())
                    .unwrap_or_default(),
            );
        })
    };
    let oninput = {
        let line = line.clone();
        Callback::from(move |event: InputEvent| line.set(event.target_unchecked_into::<HtmlInputElement>().value()))
    };
    html! {
        <div class="console">
            <div class="console__out" ref={out} role="log" tabindex="0" aria-label={text.t("help.answers")}>
                if entries.is_empty() {
                    <p class="sm muted">{text.t("help.console_empty")}</p>
                }
                {for entries.iter().map(|entry| html! {
                    <div key={entry.number} data-console={entry.number.to_string()}>
                        <pre class="console__in">{"> "}{entry.line.clone()}</pre>
                        {match &entry.answer {
                            None => html! { <p class="xs faint">{text.t("help.thinking")}</p> },
                            Some(Err(error)) => html! { <pre class="console__err">{error.clone()}</pre> },
                            Some(Ok(answer)) if answer.is_empty() => html! { <p class="xs faint">{text.t("help.nothing")}</p> },
                            Some(Ok(answer)) => html! { <div class="row row--top"><pre class="grow">{answer.clone()}</pre><CopyButton text={answer.clone()} /></div> },
                        }}
                    </div>
                })}
            </div>
            <form class="row" {onsubmit}>
                <label class="input input--mono grow">
                    <span class="vh">{text.t("help.line")}</span>
                    <input class="input__box input--mono" name="rpc" ref={input} value={(*line).clone()} {oninput} {onkeydown} placeholder="getblockchaininfo"
                        autocomplete="off" autocapitalize="off" spellcheck="false" data-action="rpc-line" />
                </label>
                {button(ButtonProps {
                    kind: ButtonKind::Accent,
                    icon: Some(IconName::Terminal),
                    submit: true,
                    action: Some("rpc-run".into()),
                    children: html! { text.t("help.run") },
                    ..ButtonProps::default()
                })}
            </form>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn words_are_read_as_json_where_they_are_json() {
        let cases = [
            ("getblockcount", "getblockcount", json!([])),
            ("getblock 00ff 2", "getblock", json!(["00ff", 2])),
            ("f \"a b\" true null", "f", json!(["a b", true, null])),
            ("f 'a b' [1, 2] {\"a\": 1}", "f", json!(["a b", [1, 2], {"a": 1}])),
            ("  sendtoaddress   mzBc4X 1.5 ", "sendtoaddress", json!(["mzBc4X", 1.5])),
            ("f 12345678901234567890", "f", json!(["12345678901234567890"])),
        ];
        for (line, method, params) in cases {
            let parsed = parse(line).unwrap();
            assert_eq!((parsed.0.as_str(), Value::Array(parsed.1)), (method, params), "{line}");
        }
        assert_eq!(parse("   "), None);
    }

    #[test]
    fn unclosed_quotes_and_brackets_are_taken_as_text() {
        assert_eq!(parse("f \"a b").unwrap().1, vec![json!("\"a b")]);
        assert_eq!(parse("f ]] [").unwrap().1, vec![json!("]]"), json!("[")]);
    }
}
