//! What goes wrong: a nonce used twice, a phrase as key, a lost key, someone else's key; and another way to sign.

mod brain_card;
mod lost_card;
mod reuse_card;
mod schnorr_card;
mod wrong_key_card;

use yew::prelude::*;

use super::section::SectionProps;
use brain_card::BrainCard;
use lost_card::LostCard;
use reuse_card::ReuseCard;
use schnorr_card::SchnorrCard;
use wrong_key_card::WrongKeyCard;

/// The section.
#[component]
pub fn FailuresSection(props: &SectionProps) -> Html {
    let (params, wallet) = (props.params.clone(), props.wallet.clone());
    html! {
        <div class="failures">
            <ReuseCard key_on_screen={props.key_on_screen.clone()} />
            <div class="stack stack--4">
            <BrainCard params={params.clone()} />
            <WrongKeyCard key_on_screen={props.key_on_screen.clone()} params={params.clone()} wallet={wallet.clone()} />
            <LostCard {params} {wallet} tip={props.node.as_ref().map(|node| node.tip)} />
            </div>
            <SchnorrCard key_on_screen={props.key_on_screen.clone()} message={props.message.clone()} />
        </div>
    }
}
