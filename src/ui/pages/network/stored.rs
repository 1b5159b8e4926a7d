//! Nodes stored in this browser that no tab holds: open or delete them.

use yew::prelude::*;

use crate::api::{Answer, Command, StoredNode, UserError};
use crate::ui::parts::{
    Button, ButtonKind, Dialog, EmptyState, IconName, Mark, MarkKind, Panel, Skeleton, TimeAgo, Who,
};
use crate::ui::store::ToastBody;
use crate::ui::{Dispatch, Text, format, use_dispatch, use_text};
use crate::web::{Slug, page};

/// What is known of the list.
#[derive(Clone, PartialEq)]
enum List {
    Loading,
    Here(Vec<StoredNode>),
    Failed(UserError),
}

fn load(dispatch: &Dispatch, list: UseStateSetter<List>) {
    dispatch.request(Command::ListStoredNodes, move |answered| {
        list.set(match answered {
            Ok(Answer::StoredNodes(nodes)) => List::Here(nodes),
            Ok(_) => List::Here(Vec::new()),
            Err(error) => List::Failed(error),
        });
    });
}

/// The list, asked for when the page opens and after each deletion.
#[component]
pub fn StoredNodes() -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let list = use_state(|| List::Loading);
    let doomed = use_state(|| None::<String>);
    {
        let (dispatch, list) = (dispatch.clone(), list.setter());
        use_effect_with((), move |()| load(&dispatch, list));
    }
    let refresh = {
        let (dispatch, list) = (dispatch.clone(), list.setter());
        Callback::from(move |_: MouseEvent| load(&dispatch, list.clone()))
    };
    let delete = {
        let (dispatch, list, doomed) = (dispatch.clone(), list.setter(), doomed.clone());
        Callback::from(move |_: MouseEvent| {
            let Some(name) = (*doomed).clone() else { return };
            doomed.set(None);
            let (again, list) = (dispatch.clone(), list.clone());
            dispatch.request(Command::DeleteStoredNode(name), move |answered| {
                if let Err(error) = answered {
                    again.toast(ToastBody::Error(error));
                }
                load(&again, list);
            });
        })
    };
    let close = {
        let doomed = doomed.clone();
        Callback::from(move |()| doomed.set(None))
    };
    let cancel = close.reform(|_: MouseEvent| ());
    let actions = html! {
        <Button small={true} kind={ButtonKind::Quiet} icon={IconName::Reload} icon_only={true} onclick={refresh}
            title={text.t(key!("network.stored_again"))} action="refresh-stored" />
    };
    let shown_name = (*doomed).clone().unwrap_or_default();
    html! {
        <Panel name="stored" title={text.t(key!("network.stored"))} subtitle={text.t(key!("network.stored_sub"))} {actions}>
            {match &*list {
                List::Loading => html! { <Skeleton lines={2} /> },
                List::Failed(error) => html! { <p class="fielderr"><Mark kind={MarkKind::Bad} size={15} />{text.error(error)}</p> },
                List::Here(nodes) if nodes.is_empty() => html! {
                    <EmptyState title={text.t(key!("network.none_stored"))} text={text.t(key!("network.none_stored_why"))}
                        icon={IconName::Waiting} />
                },
                List::Here(nodes) => table(text, &dispatch, nodes, &doomed),
            }}
            <Dialog open={doomed.is_some()} title={text.with(key!("network.delete_title"), &[("name", &display(&shown_name))])} onclose={close}
                actions={html! {
                    <>
                        <Button onclick={cancel}>{text.t(key!("common.cancel"))}</Button>
                        <Button kind={ButtonKind::Danger} icon={IconName::Trash} onclick={delete}
                            action="delete-stored-confirm">
                            {text.t(key!("network.delete"))}
                        </Button>
                    </>
                }}>
                <p>{text.t(key!("network.delete_why"))}</p>
            </Dialog>
        </Panel>
    }
}

/// A stored node's name as it is shown everywhere else.
fn display(name: &str) -> String {
    Slug::parse(name).map_or_else(|| name.to_owned(), |slug| slug.display_name().0)
}

fn table(text: Text, dispatch: &Dispatch, nodes: &[StoredNode], doomed: &UseStateHandle<Option<String>>) -> Html {
    html! {
        <div class="scrollx">
            <table class="table">
                <thead><tr><th>{text.t(key!("network.node"))}</th><th class="r">{text.t(key!("chain.height"))}</th><th>{text.t(key!("network.last_open"))}</th><th></th></tr></thead>
                <tbody>
                    {for nodes.iter().map(|node| {
                        let open = {
                            let (dispatch, name) = (dispatch.clone(), node.name.clone());
                            Callback::from(move |_: MouseEvent| {
                                if !page::open_tab(&page::address_with(&[("node", &name)])) {
                                    dispatch.toast(ToastBody::Said(text.t(key!("bar.blocked")).to_owned()));
                                }
                            })
                        };
                        let ask = {
                            let (doomed, name) = (doomed.clone(), node.name.clone());
                            Callback::from(move |_: MouseEvent| doomed.set(Some(name.clone())))
                        };
                        html! {
                            <tr key={node.name.clone()} data-stored={node.name.clone()}>
                                <td><Who name={display(&node.name)} /></td>
                                <td class="r num">{format::grouped(node.height.into())}</td>
                                <td><TimeAgo at={node.last_open} /></td>
                                <td class="r"><span class="row">
                                    <Button small={true} icon={IconName::Open} onclick={open} action="open-stored">
                                        {text.t(key!("network.open"))}
                                    </Button>
                                    <Button small={true} kind={ButtonKind::Danger} icon={IconName::Trash}
                                        icon_only={true} onclick={ask} title={text.t(key!("network.delete"))}
                                        action="delete-stored" />
                                </span></td>
                            </tr>
                        }
                    })}
                </tbody>
            </table>
        </div>
    }
}
