//! What the nodes say to each other, to the byte.

use yew::prelude::*;

use crate::ledger::{SortedSet, to_hex};
use crate::session::{LogEntry, NetworkView};
use crate::ui::parts::{
    ButtonKind, ButtonProps, EmptyStateProps, IconName, PanelProps, button, clock_time, empty_state, icon,
    named_avatar, panel,
};
use crate::ui::{Shared, Text, format, use_text};
use crate::wire::annotate;

/// Properties of [`MessageLog`].
#[derive(Properties, PartialEq)]
pub struct MessageLogProps {
    /// The network.
    pub network: Shared<NetworkView>,
}

/// The log: newest first, filtered by command, each message unfolds to its fields.
#[component]
pub fn MessageLog(props: &MessageLogProps) -> Html {
    let text = use_text();
    let only = use_state_eq(|| None::<String>);
    let opened = use_state_eq(SortedSet::<u64>::new);
    let paused = use_state(|| None::<Shared<NetworkView>>);
    let shown = (*paused).clone().unwrap_or_else(|| props.network.clone());
    let commands: SortedSet<&str> = shown.log.iter().map(|entry| entry.command.as_str()).collect();
    let filter = |command: Option<&str>| {
        let (only, command) = (only.clone(), command.map(str::to_owned));
        Callback::from(move |_: MouseEvent| only.set(command.clone()))
    };
    let pause = {
        let (paused, network) = (paused.clone(), props.network.clone());
        Callback::from(move |_: MouseEvent| paused.set(if paused.is_some() { None } else { Some(network.clone()) }))
    };
    let is_paused = paused.is_some();
    let actions = button(ButtonProps {
        small: true,
        icon: Some(if is_paused { IconName::Play } else { IconName::Pause }),
        pressed: Some(is_paused),
        onclick: pause,
        action: Some("pause-log".into()),
        children: html! { {text.t(if is_paused { "network.resume" } else { "network.pause" })} },
        ..ButtonProps::default()
    });
    let choice = |pressed: bool, said: &str, onclick: Callback<MouseEvent>| {
        button(ButtonProps {
            small: true,
            kind: ButtonKind::Quiet,
            pressed: Some(pressed),
            onclick,
            children: html! { said },
            ..ButtonProps::default()
        })
    };
    let subtitle = text.with("network.log_sub", &[("count", &format::grouped(shown.log_total))]);
    let entries: Vec<&LogEntry> =
        shown.log.iter().filter(|entry| only.as_ref().is_none_or(|only| entry.command == *only)).collect();
    panel(PanelProps {
        name: Some("log".into()),
        title: Some(text.t("network.messages").into()),
        subtitle: Some(subtitle.into()),
        actions,
        children: html! {
            if shown.log.is_empty() {
                {empty_state(EmptyStateProps {
                    title: text.t("network.no_messages").into(),
                    text: text.t("network.no_messages_why").into(),
                    icon: Some(IconName::Network),
                    ..EmptyStateProps::default()
                })}
            } else {
                <div class="logfilter" role="group" aria-label={text.t("network.filter")}>
                    {choice(only.is_none(), text.t("network.all"), filter(None))}
                    {for commands.iter().map(|command| {
                        let pressed = only.as_deref() == Some(*command);
                        html! { <key={*command}>{choice(pressed, command, filter(Some(command)))}</> }
                    })}
                </div>
                <div class="logbox" tabindex="0" role="group" aria-label={text.t("network.messages")}>
                    <ol class="log">
                        {for entries.into_iter().map(|entry| {
                            let open = opened.contains(&entry.number);
                            let toggle = {
                                let (opened, number) = (opened.clone(), entry.number);
                                Callback::from(move |_: MouseEvent| {
                                    let mut next = (*opened).clone();
                                    if !next.remove(&number) {
                                        next.insert(number);
                                    }
                                    opened.set(next);
                                })
                            };
                            message(text, entry, open, toggle)
                        })}
                    </ol>
                </div>
            }
        },
        ..PanelProps::default()
    })
}

fn message(text: Text, entry: &LogEntry, open: bool, onclick: Callback<MouseEvent>) -> Html {
    html! {
        <li key={entry.number} data-open={open.then_some("true")} data-command={entry.command.clone()}>
            <button type="button" class="log__row" {onclick} aria-expanded={if open { "true" } else { "false" }}>
                <span class="log__t">{clock_time(entry.time)}</span>
                <span class="flow">
                    {named_avatar(&entry.from.0, 18)}
                    {icon(IconName::ArrowRight, 13)}
                    {named_avatar(&entry.to.0, 18)}
                </span>
                <span class="log__k">{entry.command.clone()}</span>
                <span class="log__d">{entry.summary.clone()}</span>
                <span class="log__size hide-sm">{format::bytes(entry.size.into())}</span>
            </button>
            if open {
                <dl class="decoded">
                    {for annotate(&entry.bytes).into_iter().map(|field| html! {
                        <>
                            <dt>{text.field(&field.name)}</dt>
                            <dd>
                                <code class="run">{format::spaced_hex(&to_hex(entry.bytes.get(field.bytes).unwrap_or_default()))}</code>
                                <span>{field.value}</span>
                            </dd>
                        </>
                    })}
                </dl>
            }
        </li>
    }
}
