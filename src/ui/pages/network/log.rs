//! What the nodes say to each other, to the byte.

use yew::prelude::*;

use crate::ledger::SortedSet;
use crate::session::{LogEntry, NetworkView};
use crate::ui::parts::{Avatar, Button, ButtonKind, EmptyState, Icon, IconName, Panel, clock_time};
use crate::ui::{Shared, Text, format, use_text};

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
    let actions = html! {
        <Button small={true} icon={if is_paused { IconName::Play } else { IconName::Pause }} pressed={is_paused} onclick={pause} action="pause-log">
            {text.t(if is_paused { "network.resume" } else { "network.pause" })}
        </Button>
    };
    let subtitle = text.with("network.log_sub", &[("count", &format::grouped(shown.log_total))]);
    let entries: Vec<&LogEntry> =
        shown.log.iter().filter(|entry| only.as_ref().is_none_or(|only| entry.command == *only)).collect();
    html! {
        <Panel name="log" title={text.t("network.messages")} {subtitle} {actions}>
            if shown.log.is_empty() {
                <EmptyState title={text.t("network.no_messages")} text={text.t("network.no_messages_why")} icon={IconName::Network} />
            } else {
                <div class="logfilter" role="group" aria-label={text.t("network.filter")}>
                    <Button small={true} kind={ButtonKind::Quiet} pressed={only.is_none()} onclick={filter(None)}>{text.t("network.all")}</Button>
                    {for commands.iter().map(|command| html! {
                        <Button key={*command} small={true} kind={ButtonKind::Quiet} pressed={only.as_deref() == Some(*command)} onclick={filter(Some(command))}>{*command}</Button>
                    })}
                </div>
                <div class="logbox" tabindex="0" role="region" aria-label={text.t("network.messages")}>
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
        </Panel>
    }
}

fn message(text: Text, entry: &LogEntry, open: bool, onclick: Callback<MouseEvent>) -> Html {
    html! {
        <li key={entry.number} data-open={open.then_some("true")} data-command={entry.command.clone()}>
            <button type="button" class="log__row" {onclick} aria-expanded={if open { "true" } else { "false" }}>
                <span class="log__t">{clock_time(entry.time)}</span>
                <span class="flow">
                    <Avatar name={entry.from.0.clone()} size={18} />
                    <Icon name={IconName::ArrowRight} size={13} />
                    <Avatar name={entry.to.0.clone()} size={18} />
                </span>
                <span class="log__k">{entry.command.clone()}</span>
                <span class="log__d">{entry.summary.clone()}</span>
                <span class="log__size hide-sm">{format::bytes(entry.size.into())}</span>
            </button>
            if open {
                <dl class="decoded">
                    {for entry.fields.iter().map(|run| html! {
                        <>
                            <dt>{text.field(&run.field)}</dt>
                            <dd><code class="run">{format::spaced_hex(&run.hex)}</code><span>{run.value.clone()}</span></dd>
                        </>
                    })}
                </dl>
            }
        </li>
    }
}
