//! The hashed bytes of one input, to change one by one.

use std::rc::Rc;

use yew::prelude::*;

use super::answers_list::AnswersList;
use super::hashed_bytes::HashedBytes;
use crate::api::{Answer, AnswersView, Command, NodeView};
use crate::keys::signed_input::{hashed_fields, holds_for, signed_input, transaction_of};
use crate::ledger::sighash::{SIGHASH_ALL, SIGHASH_ANYONECANPAY, SIGHASH_NONE, SIGHASH_SINGLE, preimage};
use crate::ledger::{Encodable, Params, Transaction, sha256d, to_hex};
use crate::ui::pages::keys::open_node::OpenNode;
use crate::ui::parts::{
    Button, ButtonKind, CopyButton, EmptyState, IconName, Panel, Segmented, Switch, Verdict, VerdictState,
};
use crate::ui::{Shared, use_dispatch, use_text};

/// Props of [`BytesCard`].
#[derive(Properties, PartialEq)]
pub struct BytesCardProps {
    /// The payment.
    pub transaction: Transaction,
    /// The rules of the network, for addresses.
    pub params: Rc<Params>,
    /// What the nodes said of the transaction they were asked about last.
    pub answers: Option<Shared<AnswersView>>,
    /// The node, for its name and its peers.
    pub node: Option<Shared<NodeView>>,
}

const fn kind_of(name: &str) -> u32 {
    match name.as_bytes() {
        b"none" => SIGHASH_NONE,
        b"single" => SIGHASH_SINGLE,
        _ => SIGHASH_ALL,
    }
}

/// The card.
#[component]
pub fn BytesCard(props: &BytesCardProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let input = use_state_eq(|| AttrValue::Static("0"));
    let kind = use_state_eq(|| AttrValue::Static("all"));
    let alone = use_state_eq(|| false);
    // Which bytes were changed, and how.
    let changes = use_state_eq(Vec::<(usize, u8)>::new);
    let latest = use_mut_ref(Vec::<(usize, u8)>::new);
    let answer = use_state_eq(|| None::<(bool, String)>);
    // Whether the other tabs were asked, not this node alone.
    let asking = use_state_eq(|| false);
    let tx = &props.transaction;
    let at: usize = input.parse().unwrap_or_default();
    let Some(signed) = signed_input(tx, at) else {
        return html! { <Panel name="payment-bytes" title={text.t(key!("keys.pay.title"))}><EmptyState title={text.t(key!("keys.pay.other"))} text={text.t(key!("keys.pay.other_why"))} icon={IconName::Info} /></Panel> };
    };
    let hash_type = kind_of(&kind) | if *alone { SIGHASH_ANYONECANPAY } else { 0 };
    let original = preimage(tx, at, &signed.script_code, hash_type);
    let fields = hashed_fields(tx, at, &signed.script_code, hash_type);
    let mut bytes = original.clone();
    for (place, mask) in changes.iter() {
        if let Some(byte) = bytes.get_mut(*place) {
            *byte ^= mask;
        }
    }
    let holds = holds_for(&signed, &bytes);
    let own_type = hash_type == signed.hash_type;
    let reset = {
        let (latest, changes, answer) = (latest.clone(), changes.setter(), answer.setter());
        Callback::from(move |()| {
            latest.replace(Vec::new());
            changes.set(Vec::new());
            answer.set(None);
        })
    };
    let pick = |state: &UseStateHandle<AttrValue>| {
        let (state, reset) = (state.setter(), reset.clone());
        Callback::from(move |value: AttrValue| {
            reset.emit(());
            state.set(value);
        })
    };
    let on_alone = {
        let (alone, reset) = (alone.setter(), reset.clone());
        Callback::from(move |wanted: bool| {
            reset.emit(());
            alone.set(wanted);
        })
    };
    let flip = {
        // Two bytes can be pressed before the page is drawn again.
        let (latest, changes, answer) = (latest.clone(), changes.setter(), answer.setter());
        Callback::from(move |place: usize| {
            let mut next = latest.borrow().clone();
            match next.iter().position(|(other, _)| *other == place) {
                Some(index) => {
                    next.remove(index);
                }
                None => next.push((place, 1)),
            }
            answer.set(None);
            latest.replace(next.clone());
            changes.set(next);
        })
    };
    let changed_tx = if hash_type == SIGHASH_ALL { transaction_of(&bytes, tx) } else { None };
    let hex = changed_tx.as_ref().map(|tx| to_hex(&tx.to_bytes()));
    let asked = changed_tx.as_ref().map(Transaction::txid);
    let answers = props.answers.clone().filter(|answers| *asking && Some(answers.txid) == asked);
    let ask_tabs = {
        let (hex, answer, asking, dispatch) = (hex.clone(), answer.setter(), asking.setter(), dispatch.clone());
        Callback::from(move |_: MouseEvent| {
            let Some(hex) = hex.clone() else { return };
            answer.set(None);
            asking.set(true);
            let refused = answer.clone();
            dispatch.request(Command::AskPeers { hex }, move |answered| {
                if let Err(error) = answered {
                    refused.set(Some((false, text.error(&error))));
                }
            });
        })
    };
    let ask = {
        let (answer, asking) = (answer.setter(), asking.setter());
        Callback::from(move |_: MouseEvent| {
            let Some(hex) = hex.clone() else { return };
            asking.set(false);
            let answer = answer.clone();
            let params = vec![serde_json::json!([hex])];
            dispatch.request(Command::Rpc { method: "testmempoolaccept".to_owned(), params }, move |answered| {
                answer.set(Some(match answered {
                    Ok(Answer::Rpc(value)) => {
                        let result = value.get(0).cloned().unwrap_or_default();
                        let reason = result.get("reject-reason").and_then(|reason| reason.as_str()).unwrap_or_default();
                        (
                            result.get("allowed").and_then(|allowed| allowed.as_bool()).unwrap_or_default(),
                            reason.to_owned(),
                        )
                    }
                    Ok(_) => (false, String::new()),
                    Err(error) => (false, text.error(&error)),
                }));
            });
        })
    };
    let alone_here = props.node.as_ref().is_some_and(|node| node.peers.is_empty());
    let inputs: Vec<(AttrValue, AttrValue)> = (0..tx.inputs.len().min(20))
        .map(|index| {
            (index.to_string().into(), text.with(key!("wallet.signed.input"), &[("number", &index.to_string())]).into())
        })
        .collect();
    let kinds =
        ["all", "none", "single"].map(|kind| (AttrValue::Static(kind), AttrValue::from(kind.to_uppercase()))).to_vec();
    let open = match (kind.as_str(), *alone) {
        ("none", false) => key!("keys.pay.open.none"),
        ("none", true) => key!("keys.pay.open.none_alone"),
        ("single", false) => key!("keys.pay.open.single"),
        ("single", true) => key!("keys.pay.open.single_alone"),
        (_, false) => key!("keys.pay.open.all"),
        (_, true) => key!("keys.pay.open.all_alone"),
    };
    let opened = ["keys.pay.open.", kind.as_str(), if *alone { "_alone" } else { "" }].concat();
    let (state, word, why) = match (holds, own_type) {
        (true, _) => (VerdictState::Valid, key!("keys.verdict.valid"), key!("keys.pay.valid_why")),
        (false, true) => (VerdictState::Invalid, key!("keys.verdict.invalid"), key!("keys.pay.invalid_why")),
        (false, false) => (VerdictState::None, key!("keys.pay.other_type"), key!("keys.pay.other_type_why")),
    };
    html! {
        <Panel name="payment-bytes" title={text.t(key!("keys.pay.title"))} subtitle={text.t(key!("keys.pay.sub"))}>
            <div class="stack stack--3" data-changed={changes.len().to_string()}>
                <div class="row row--wrap">
                    <Segmented small={true} label={text.t(key!("keys.pay.input"))} options={inputs} value={(*input).clone()} onchange={pick(&input)} action="input" />
                    <Segmented small={true} label={text.t(key!("keys.pay.type"))} options={kinds} value={(*kind).clone()} onchange={pick(&kind)} action="sighash" />
                    <Switch label="ANYONECANPAY" checked={*alone} onchange={on_alone} action="anyonecanpay" />
                </div>
                <p class="sm" data-open={opened}>{ text.t(open) }</p>
                if original.is_empty() {
                    <EmptyState title={text.t(key!("keys.pay.unhashed"))} text={text.t(key!("keys.pay.unhashed_why"))} icon={IconName::Warning} />
                } else {
                    <p class="row row--wrap xs muted">{ text.t(key!("keys.pay.how")) }<CopyButton text={to_hex(&bytes)} /></p>
                    <HashedBytes {fields} bytes={bytes.clone()} original={original.clone()} params={props.params.clone()} on_flip={flip} />
                    <p><b class="rs">{ "z" }</b>{ " " }<code class="mono" data-payment-z="true">{ to_hex(&sha256d(&bytes)) }</code><CopyButton text={to_hex(&sha256d(&bytes))} /></p>
                    <Verdict {state} word={text.t(word)} why={text.t(why)} />
                    <div class="row row--wrap">
                        <Button icon={IconName::Return} action="restore-bytes" disabled={changes.is_empty()} onclick={reset.reform(|_: MouseEvent| ())}>{ text.t(key!("keys.verify.restore")) }</Button>
                        <Button kind={ButtonKind::Accent} icon={IconName::Network} action="ask-node" disabled={changed_tx.is_none() || changes.is_empty()} onclick={ask}>{ text.t(key!("keys.pay.ask")) }</Button>
                        <Button icon={IconName::Network} action="ask-tabs" disabled={changed_tx.is_none() || changes.is_empty() || alone_here} onclick={ask_tabs}>{ text.t(key!("keys.pay.ask_tabs")) }</Button>
                        if hash_type == SIGHASH_ALL && changed_tx.is_none() { <span class="xs muted">{ text.t(key!("keys.pay.no_tx")) }</span> }
                    </div>
                    if alone_here { <div class="row row--wrap"><span class="xs muted">{ text.t(key!("keys.pay.ask_nobody")) }</span><OpenNode /></div> }
                    if let (Some(answers), Some(node)) = (answers, &props.node) { <AnswersList {answers} me={node.name.clone()} /> }
                    if let Some((allowed, reason)) = &*answer {
                        <div data-node-answer={if *allowed { "allowed" } else { "refused" }} data-reason={reason.clone()}>
                            <Verdict state={if *allowed { VerdictState::Valid } else { VerdictState::Invalid }}
                                word={if *allowed { text.t(key!("keys.fail.own_key")) } else { text.t(key!("keys.fail.refused")) }} why={reason.clone()} />
                        </div>
                    }
                }
            </div>
        </Panel>
    }
}
