//! The section "the public key is a place on a curve": k·G step by step on a toy curve, the rule of
//! adding on the real plane, the real walk of the key on screen, its bytes, and why there is no way
//! back.

mod bytes;
mod chord;
mod player;
mod search;
mod toy;
mod walk;

use yew::prelude::*;

use super::section::SectionProps;
use bytes::BytesCard;
use chord::ChordCard;
use search::SearchCard;
use toy::ToyCard;
use walk::WalkCard;

/// The section.
#[component]
pub fn CurveSection(props: &SectionProps) -> Html {
    html! {
        <div class="curve">
            <div class="curve__two">
                <ToyCard />
                <ChordCard />
            </div>
            <WalkCard key_on_screen={props.key_on_screen.clone()} />
            <BytesCard public_key={props.key_on_screen.public_key()} />
            <SearchCard />
        </div>
    }
}
