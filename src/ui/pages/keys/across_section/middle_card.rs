//! The man in the middle: one switch for the whole room.

use yew::prelude::*;

use crate::api::{Alteration, Command, NodeName, NotesView};
use crate::ui::parts::{IconName, Note, Panel, Segmented, Switch};
use crate::ui::{Shared, use_dispatch, use_text};

/// Props of [`MiddleCard`].
#[derive(Properties, PartialEq)]
pub struct MiddleCardProps {
    /// The room's setting.
    pub notes: Shared<NotesView>,
    /// This node.
    pub me: NodeName,
}

const fn name_of(how: Alteration) -> &'static str {
    match how {
        Alteration::Message => "message",
        Alteration::Signature => "signature",
        Alteration::Key => "key",
    }
}

fn named(name: &str) -> Alteration {
    match name {
        "signature" => Alteration::Signature,
        "key" => Alteration::Key,
        _ => Alteration::Message,
    }
}

/// The card.
#[component]
pub fn MiddleCard(props: &MiddleCardProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    // What he did last, to do the same when he is back.
    let last = use_state_eq(|| Alteration::Message);
    let now = props.notes.altering;
    {
        let last = last.setter();
        use_effect_with(now, move |now| {
            if let Some(how) = *now {
                last.set(how);
            }
        });
    }
    let on_switch = {
        let (dispatch, last) = (dispatch.clone(), *last);
        Callback::from(move |on: bool| dispatch.send(Command::SetAltering(on.then_some(last))))
    };
    let on_choice = Callback::from(move |name: AttrValue| dispatch.send(Command::SetAltering(Some(named(&name)))));
    let options = [
        ("message", key!("keys.middle.message")),
        ("signature", key!("keys.middle.signature")),
        ("key", key!("keys.middle.key")),
    ]
    .map(|(name, key)| (AttrValue::Static(name), AttrValue::Static(text.t(key))))
    .to_vec();
    let by = &props.notes.altering_by;
    let who = if *by == props.me {
        text.t(key!("keys.middle.by_me")).to_owned()
    } else {
        text.with(key!("keys.middle.by"), &[("peer", &by.0)])
    };
    html! {
        <Panel name="across-middle" title={text.t(key!("keys.middle.title"))} subtitle={text.t(key!("keys.middle.sub"))}
            state={now.map_or("off", name_of)}>
            <div class="stack stack--3">
                <Switch label={text.t(key!("keys.middle.switch"))} checked={now.is_some()} onchange={on_switch} action="alter-notes" />
                if let Some(how) = now {
                    <div class="row"><Segmented small={true} label={text.t(key!("keys.middle.what"))} {options} value={name_of(how)} onchange={on_choice} action="alter" /></div>
                    <Note icon={IconName::Warning} kind="pending">
                        <p>{ text.t(match how {
                            Alteration::Message => key!("keys.middle.message_why"),
                            Alteration::Signature => key!("keys.middle.signature_why"),
                            Alteration::Key => key!("keys.middle.key_why"),
                        }) }</p>
                    </Note>
                }
                if !by.0.is_empty() { <p class="xs muted" data-value="altering-by">{ who }</p> }
                <p class="xs muted">{ text.t(key!("keys.middle.how")) }</p>
            </div>
        </Panel>
    }
}
