//! The public key is a place on a curve: the toy, the rule, the real walk, its bytes, and no way back.

mod back_card;
mod plane_card;
mod walk_card;

use yew::prelude::*;

use super::public_key::ToyCard;
use super::section::SectionProps;
use crate::ui::parts::Panel;
use crate::ui::use_text;
use back_card::BackCard;
use plane_card::PlaneCard;
use walk_card::WalkCard;

/// The section.
#[component]
pub fn CurveSection(props: &SectionProps) -> Html {
    let text = use_text();
    html! {
        <div class="curvecols">
            <Panel name="curve-toy" title={text.t("keys.curve.toy")} subtitle={text.t("keys.curve.toy_sub")}>
                <div class="stack stack--3">
                    <ToyCard />
                </div>
            </Panel>
            <PlaneCard />
            <WalkCard key_on_screen={props.key_on_screen.clone()} />
            <BackCard />
        </div>
    }
}
