//! The wallet page: coins, paying with them, being paid, what happened, and the words that bring
//! it all back.
//!
//! The page holds what is being typed and chosen, nothing else; coins and keys are the node's.

mod backup;
mod balance;
mod coins;
mod draft;
mod history;
mod preview;
mod receive;
pub(crate) mod reveal;
mod send;
mod signed;
mod sweep;

use yew::prelude::*;

use crate::api::{NodeView, PaymentPreview, WalletView};
use crate::ledger::{Network, OutPoint};
use crate::ui::parts::{EmptyState, IconName, PageHead, Panel, Skeleton};
use crate::ui::{Shared, use_text};
use backup::BackupCard;
use balance::balance;
use coins::CoinTiles;
use draft::Draft;
use history::HistoryCard;
use preview::PreviewCard;
use receive::ReceiveCard;
use send::SendCard;
pub(crate) use send::error_line;
use signed::SignedCard;
use sweep::SweepCard;

/// Props of [`WalletPage`].
#[derive(Properties, PartialEq)]
pub struct WalletPageProps {
    /// The wallet; `None` until the node has told.
    pub wallet: Option<Shared<WalletView>>,
    /// The node; `None` until it has told.
    #[prop_or_default]
    pub node: Option<Shared<NodeView>>,
}

/// Whether this node's network has no wallet here: mainnet is for verifying only.
pub fn has_no_wallet(node: Option<&NodeView>) -> bool {
    node.is_some_and(|node| node.network == Network::Mainnet.to_string())
}

/// Props of the wallet page's cards.
#[derive(Properties, PartialEq)]
pub struct WalletCardProps {
    /// The wallet.
    pub wallet: Shared<WalletView>,
}

/// The page.
#[component]
pub fn WalletPage(props: &WalletPageProps) -> Html {
    let text = use_text();
    let draft = use_state_eq(Draft::kept);
    let preview = use_state_eq(|| None::<Shared<PaymentPreview>>);
    let change = use_callback(draft.clone(), |next: Draft, draft| {
        next.keep();
        draft.set(next);
    });
    let on_preview = use_callback(preview.clone(), |next: Option<Shared<PaymentPreview>>, preview| preview.set(next));
    let Some(wallet) = &props.wallet else {
        return html! {
            <>
                <PageHead title={text.t(key!("wallet.title"))} lede={text.t(key!("wallet.lede"))} />
                <Panel>
                    if has_no_wallet(props.node.as_deref()) {
                        <EmptyState title={text.t(key!("wallet.none.title"))} text={text.t(key!("wallet.none.why"))}
                            icon={IconName::Wallet} />
                    } else {
                        <Skeleton lines={6} />
                    }
                </Panel>
            </>
        };
    };
    let draft = (*draft).clone();
    let on_toggle = {
        let (draft, change) = (draft.clone(), change.clone());
        Callback::from(move |coin: OutPoint| change.emit(draft.toggled(coin)))
    };
    // What the wallet chose by itself is marked too, so that the tiles and the preview agree.
    let used: Vec<OutPoint> = match &*preview {
        Some(preview) if draft.coins.is_empty() => preview.inputs.iter().map(|coin| coin.outpoint).collect(),
        _ => Vec::new(),
    };
    html! {
        <>
            <PageHead title={text.t(key!("wallet.title"))} lede={text.t(key!("wallet.lede"))} />
            <section class="panel" data-panel="coins" aria-label={text.t(key!("wallet.coins.label"))}>
                { balance(text, wallet) }
                if wallet.coins.is_empty() {
                    <EmptyState title={text.t(key!("wallet.empty.title"))} text={text.t(key!("wallet.empty.why"))}
                        icon={IconName::Wallet}>
                        <a class="btn btn--primary" href="#/miner">{ text.t(key!("wallet.empty.action")) }</a>
                    </EmptyState>
                } else {
                    <CoinTiles wallet={wallet.clone()} chosen={draft.coins.clone()} {used} {on_toggle} />
                }
            </section>
            <div class="cols cols--send">
                <SendCard wallet={wallet.clone()} draft={draft.clone()} on_change={change} {on_preview} />
                if let Some(preview) = &*preview {
                    <PreviewCard preview={preview.clone()} to={draft.payee.clone().or_else(|| payee_of(wallet, preview))} />
                } else {
                    <Panel title={text.t(key!("wallet.preview.title"))} subtitle={text.t(key!("wallet.preview.sub"))}>
                        <EmptyState title={text.t(key!("wallet.preview.none"))} text={text.t(key!("wallet.preview.none_why"))}
                            icon={IconName::Sign} />
                    </Panel>
                }
            </div>
            if let Some(preview) = &*preview {
                <SignedCard preview={preview.clone()} />
            }
            <div class="cols cols--receive">
                <div class="stack stack--4">
                    <ReceiveCard wallet={wallet.clone()} />
                    <BackupCard wallet={wallet.clone()} />
                    <SweepCard wallet={wallet.clone()} />
                </div>
                <HistoryCard wallet={wallet.clone()} />
            </div>
        </>
    }
}

/// Whose address a payment goes to: the open peer that told it, however it came into the form.
fn payee_of(wallet: &WalletView, preview: &PaymentPreview) -> Option<String> {
    let paid = preview.outputs.iter().find(|output| !output.change)?;
    wallet.payees.iter().find(|(_, address)| *address == paid.address).map(|(name, _)| name.0.clone())
}
