//! The methods the node knows, from its own `help`.

use serde_json::Value;
use yew::prelude::*;

use crate::api::{Answer, Command, UserError};
use crate::ui::parts::{Button, EmptyState, Skeleton};
use crate::ui::{Text, use_dispatch, use_text};

/// What is known of the list.
#[derive(Clone, PartialEq)]
enum List {
    Loading,
    /// Sections with their lines, as `help` prints them.
    Here(Vec<(String, Vec<String>)>),
    Failed(UserError),
}

/// Properties of [`Methods`].
#[derive(Properties, PartialEq)]
pub struct MethodsProps {
    /// Called with a line for the console.
    pub onpick: Callback<String>,
}

/// Core's `help` text: `== Section ==` lines, then a line for each method with its parameters.
fn sections(help: &str) -> Vec<(String, Vec<String>)> {
    let mut sections: Vec<(String, Vec<String>)> = Vec::new();
    for line in help.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(title) = line.strip_prefix("==").and_then(|rest| rest.strip_suffix("==")) {
            sections.push((title.trim().to_owned(), Vec::new()));
        } else if let Some((_, lines)) = sections.last_mut() {
            lines.push(line.to_owned());
        } else {
            sections.push((String::new(), vec![line.to_owned()]));
        }
    }
    sections
}

/// A section's title. Core's own stands in English, which its documentation has.
fn group(text: Text, title: &str) -> String {
    let key = match title {
        "Blockchain" => key!("help.group.blockchain"),
        "Control" => key!("help.group.control"),
        "Mempool" => key!("help.group.mempool"),
        "Mining" => key!("help.group.mining"),
        "Network" => key!("help.group.network"),
        "Rawtransactions" => key!("help.group.rawtransactions"),
        "Util" => key!("help.group.util"),
        "Wallet" => key!("help.group.wallet"),
        other => return other.to_owned(),
    };
    text.t(key).to_owned()
}

/// The methods by section; one click puts a method's help into the console.
#[component]
pub fn Methods(props: &MethodsProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let list = use_state(|| List::Loading);
    let load = {
        let list = list.setter();
        use_callback((), move |(), ()| {
            let list = list.clone();
            dispatch.request(Command::Rpc { method: "help".to_owned(), params: Vec::new() }, move |answered| {
                list.set(match answered {
                    Ok(Answer::Rpc(Value::String(help))) => List::Here(sections(&help)),
                    Ok(_) => List::Here(Vec::new()),
                    Err(error) => List::Failed(error),
                });
            });
        })
    };
    {
        let load = load.clone();
        use_effect_with((), move |()| load.emit(()));
    }
    match &*list {
        List::Loading => html! { <Skeleton lines={8} /> },
        List::Failed(error) => html! {
            <EmptyState bad={true} title={text.t(key!("help.methods_failed"))} text={text.error(error)}>
                <Button small={true} onclick={load.reform(|_: MouseEvent| ())}>{text.t(key!("common.try_again"))}</Button>
            </EmptyState>
        },
        List::Here(sections) => html! {
            <div class="methods">
                {for sections.iter().map(|(title, lines)| html! {
                    <section key={title.clone()}>
                        if !title.is_empty() { <h3>{group(text, title)}</h3> }
                        <ul>
                            {for lines.iter().map(|line| {
                                let name = line.split_whitespace().next().unwrap_or_default().to_owned();
                                let onclick = {
                                    let pick = ["help ", &name].concat();
                                    props.onpick.reform(move |_: MouseEvent| pick.clone())
                                };
                                html! { <li key={line.clone()}><button type="button" {onclick} data-method={name}>{line.clone()}</button></li> }
                            })}
                        </ul>
                    </section>
                })}
            </div>
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_help_text_falls_into_its_sections() {
        let help =
            "== Blockchain ==\ngetblockcount\ngetblock \"blockhash\" ( verbosity )\n\n== Wallet ==\ngetbalances\n";
        let found = sections(help);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].1, ["getblockcount", "getblock \"blockhash\" ( verbosity )"]);
        assert_eq!(sections("one\ntwo"), vec![(String::new(), vec!["one".to_owned(), "two".to_owned()])]);
    }
}
