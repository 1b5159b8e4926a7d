//! What the nodes say to each other, to the byte.

use yew::prelude::*;

use crate::api::{LogEntry, NetworkView};
use crate::ledger::{SortedSet, to_hex};
use crate::ui::parts::{Avatar, Button, ButtonKind, EmptyState, Icon, IconName, Panel, clock_time, short_digits};
use crate::ui::{Shared, Text, format, use_text};
use crate::wire::annotate;

/// Bytes of a frame before its payload.
const FRAME_HEADER: usize = 24;

/// Which messages are shown.
#[derive(Clone, PartialEq, Eq)]
enum Shown {
    /// All but the questions whether a peer is still there, which soon are most of them.
    Talk,
    /// All.
    All,
    /// Those of one command.
    Only(String),
}

impl Shown {
    fn takes(&self, command: &str) -> bool {
        match self {
            Self::Talk => !matches!(command, "ping" | "pong"),
            Self::All => true,
            Self::Only(only) => only == command,
        }
    }
}

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
    let only = use_state_eq(|| Shown::Talk);
    let opened = use_state_eq(SortedSet::<u64>::new);
    let paused = use_state(|| None::<Shared<NetworkView>>);
    let shown = (*paused).clone().unwrap_or_else(|| props.network.clone());
    let commands: SortedSet<&str> = shown.log.iter().map(|entry| entry.command.as_str()).collect();
    let filter = |wanted: Shown| {
        let only = only.clone();
        Callback::from(move |_: MouseEvent| only.set(wanted.clone()))
    };
    let pause = {
        let (paused, network) = (paused.clone(), props.network.clone());
        Callback::from(move |_: MouseEvent| paused.set(if paused.is_some() { None } else { Some(network.clone()) }))
    };
    let is_paused = paused.is_some();
    let actions = html! {
        <Button small={true} icon={if is_paused { IconName::Play } else { IconName::Pause }} pressed={is_paused}
            onclick={pause} action="pause-log">
            {text.t(if is_paused { key!("network.resume") } else { key!("network.pause") })}
        </Button>
    };
    let choice = |pressed: bool, said: &str, onclick: Callback<MouseEvent>| {
        html! { <Button small={true} kind={ButtonKind::Quiet} {pressed} {onclick}>{said}</Button> }
    };
    let subtitle = text.with(key!("network.log_sub"), &[("count", &format::grouped(shown.log_total))]);
    let entries: Vec<&LogEntry> = shown.log.iter().filter(|entry| only.takes(&entry.command)).collect();
    html! {
        <Panel name="log" title={text.t(key!("network.messages"))} {subtitle} {actions}>
            if shown.log.is_empty() {
                <EmptyState title={text.t(key!("network.no_messages"))} text={text.t(key!("network.no_messages_why"))}
                    icon={IconName::Network} />
            } else {
                <div class="logfilter" role="group" aria-label={text.t(key!("network.filter"))}>
                    {choice(*only == Shown::Talk, text.t(key!("network.no_pings")), filter(Shown::Talk))}
                    {choice(*only == Shown::All, text.t(key!("network.all")), filter(Shown::All))}
                    {for commands.iter().map(|command| {
                        let wanted = Shown::Only((*command).to_owned());
                        html! { <key={*command}>{choice(*only == wanted, command, filter(wanted))}</> }
                    })}
                </div>
                <div class="logbox" tabindex="0" role="group" aria-label={text.t(key!("network.messages"))}>
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

/// What a message says; for an unknown command the node's own words.
fn sentence(text: Text, entry: &LogEntry) -> String {
    let name = match (entry.command.as_str(), entry.summary.as_str()) {
        ("headers", "0") => "headers_none",
        (command, _) => command,
    };
    let what = match entry.command.as_str() {
        // Protocol, program, height: the height is what others go by.
        "version" => entry.summary.rsplit('#').next().unwrap_or_default().to_owned(),
        "payto" => {
            let payload = entry.bytes.get(FRAME_HEADER..).unwrap_or_default();
            String::from_utf8_lossy(payload).into_owned()
        }
        _ => shortened(&entry.summary),
    };
    text.find(area!("log"), name).map_or_else(|| entry.summary.clone(), |template| template.replace("{what}", &what))
}

/// The same with hashes cut in the middle of their digits.
fn shortened(summary: &str) -> String {
    let words = summary.trim_start_matches("> ").split(' ').map(|word| {
        let is_hash = word.len() == 64 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
        if is_hash { short_digits(word).1 } else { word.to_owned() }
    });
    words.collect::<Vec<_>>().join(" ")
}

fn message(text: Text, entry: &LogEntry, open: bool, onclick: Callback<MouseEvent>) -> Html {
    html! {
        <li key={entry.number} data-open={open.then_some("true")} data-command={entry.command.clone()}>
            <button type="button" class="log__row" {onclick} aria-expanded={if open { "true" } else { "false" }}>
                <span class="log__t">{clock_time(entry.time)}<span class="faint">{format!(".{:03}", entry.time.millis % 1000)}</span></span>
                <span class="flow">
                    <Avatar name={entry.from.0.clone()} named={true} />
                    <Icon name={IconName::ArrowRight} size={13} />
                    <Avatar name={entry.to.0.clone()} named={true} />
                </span>
                <span class="log__k">{entry.command.clone()}</span>
                <span class="log__d">{sentence(text, entry)}</span>
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::NodeName;
    use crate::ledger::Time;

    fn said(command: &str, summary: &str, bytes: Vec<u8>) -> String {
        let name = |text: &str| NodeName(text.to_owned());
        let entry = LogEntry {
            number: 1,
            time: Time::default(),
            from: name("A"),
            to: name("B"),
            command: command.to_owned(),
            summary: summary.to_owned(),
            size: 24,
            bytes,
        };
        sentence(Text::default(), &entry)
    }

    #[test]
    fn a_message_says_what_it_means() {
        assert_eq!(said("headers", "0", vec![]), "I have no headers that you lack.");
        assert_eq!(said("version", "70016 /Tabchain/ #12", vec![]), "Hello. My newest block is 12.");
        let address = [vec![0; FRAME_HEADER], b"mzBc4XEFSdzCDcTxAgf6EZXgsZWpztRhef".to_vec()].concat();
        assert_eq!(said("payto", "34 B", address), "To pay me, pay mzBc4XEFSdzCDcTxAgf6EZXgsZWpztRhef.");
        assert_eq!(said("cmpctblock", "9 B", vec![]), "9 B", "what is not known is shown as it is");
        let block = said("block", &["0000", &"ab".repeat(30)].concat(), vec![]);
        assert!(block.starts_with("Here is block ") && block.len() < 40, "{block}");
    }

    #[test]
    fn pings_are_left_out_until_they_are_asked_for() {
        assert!(!Shown::Talk.takes("ping") && Shown::Talk.takes("tx"));
        assert!(Shown::All.takes("pong") && Shown::Only("ping".into()).takes("ping"));
    }
}
