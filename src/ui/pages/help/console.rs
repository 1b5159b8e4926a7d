//! A line to type a method and its parameters into, and what the node answered.

use serde_json::Value;
use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

use crate::api::{Answer, Command};
use crate::ui::parts::{Button, ButtonKind, CopyButton, IconName};
use crate::ui::store::Answered;
use crate::ui::{Text, use_dispatch, use_text};

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

/// The answer as it is printed; of an error Core's words, then what they mean in the reader's language.
fn shown(answered: Answered, text: Text) -> Result<String, String> {
    match answered {
        Ok(Answer::Rpc(Value::String(text))) => Ok(text),
        Ok(Answer::Rpc(value)) => Ok(serde_json::to_string_pretty(&value).unwrap_or_default()),
        Ok(_) => Ok(String::new()),
        Err(error) => {
            let words = format!("{} ({})", error.text.trim_end(), error.code);
            let meaning = text.error(&error);
            Err(if meaning == error.text { words } else { [words, meaning].join("\n") })
        }
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
            let typed = line.trim().to_owned();
            if typed.is_empty() {
                return;
            }
            *back.borrow_mut() = 0;
            *number.borrow_mut() += 1;
            let id = *number.borrow();
            {
                let mut all = latest.borrow_mut();
                all.push(Entry { number: id, line: typed.clone(), answer: None });
                if all.len() > KEPT {
                    all.remove(0);
                }
                entries.set(all.clone());
            }
            line.set(String::new());
            let (entries, latest) = (entries.clone(), latest.clone());
            dispatch.request(Command::RpcLine { line: typed }, move |answered| {
                let mut all = latest.borrow_mut();
                if let Some(entry) = all.iter_mut().find(|entry| entry.number == id) {
                    entry.answer = Some(shown(answered, text));
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
            <div class="console__out" ref={out} role="log" tabindex="0" aria-label={text.t(key!("help.answers"))}>
                if entries.is_empty() {
                    <p class="sm muted">{text.t(key!("help.console_empty"))}</p>
                }
                {for entries.iter().map(|entry| html! {
                    <div key={entry.number} data-console={entry.number.to_string()}>
                        <pre class="console__in">{"> "}{entry.line.clone()}</pre>
                        {match &entry.answer {
                            None => html! { <p class="xs faint">{text.t(key!("help.thinking"))}</p> },
                            Some(Err(error)) => html! { <pre class="console__err">{error.clone()}</pre> },
                            Some(Ok(answer)) if answer.is_empty() => html! { <p class="xs faint">{text.t(key!("help.nothing"))}</p> },
                            Some(Ok(answer)) => html! { <div class="row row--top"><pre class="grow">{answer.clone()}</pre><CopyButton text={answer.clone()} /></div> },
                        }}
                    </div>
                })}
            </div>
            <form class="row" {onsubmit}>
                <label class="input input--mono grow">
                    <span class="vh">{text.t(key!("help.line"))}</span>
                    <input class="input__box input--mono" name="rpc" ref={input} value={(*line).clone()} {oninput} {onkeydown} placeholder="getblockchaininfo"
                        autocomplete="off" autocapitalize="off" spellcheck="false" data-action="rpc-line" />
                </label>
                <Button kind={ButtonKind::Accent} icon={IconName::Terminal} submit={true} action="rpc-run">
                    {text.t(key!("help.run"))}
                </Button>
            </form>
        </div>
    }
}
