//! Who is who: a shape and a hue drawn from a node's name.

use yew::prelude::*;

use crate::ui::digest::fnv;

/// The drawing of a name: two layers in a 32 by 32 box and a hue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AvatarShape {
    /// Hue, in degrees.
    pub hue: u16,
    /// Path of the dark layer.
    pub dark: &'static str,
    /// Path of the light layer.
    pub light: &'static str,
}

/// Shapes that tell nodes apart without colour.
const SHAPES: [(&str, &str); 16] = [
    ("M4 5l12 11L28 5v12L16 29 4 17z", "M16 16l6 6-6 7-6-7z"),
    (
        "M4 16a12 12 0 1 0 24 0a12 12 0 1 0-24 0M8.6 16a7.4 7.4 0 1 1 14.8 0a7.4 7.4 0 1 1-14.8 0M13 16a3 3 0 1 0 6 0a3 3 0 1 0-6 0",
        "M8.6 16a7.4 7.4 0 1 0 14.8 0a7.4 7.4 0 1 0-14.8 0M13 16a3 3 0 1 1 6 0a3 3 0 1 1-6 0",
    ),
    ("M6 26V6h6v20zM20 26V6h6v20z", "M13 26V13h6v13z"),
    (
        "M4 16A12 12 0 0 1 16 4v12zM28 16a12 12 0 0 1-12 12V16z",
        "M16 4a12 12 0 0 1 12 12H16zM16 28A12 12 0 0 1 4 16h12z",
    ),
    ("M4 18a12 12 0 0 1 24 0z", "M12 24a4 4 0 1 0 8 0a4 4 0 1 0-8 0"),
    ("M16 3l13 13-13 13z", "M16 3v26L3 16z"),
    ("M4 8h24v6H4z", "M4 18h24v6H4z"),
    ("M16 3l11 20H5z", "M9 25h14v4H9z"),
    ("M5 5h9v9H5zM18 18h9v9h-9z", "M18 5h9v9h-9zM5 18h9v9H5z"),
    ("M13 4h6v24h-6z", "M4 13h8v6H4zM20 13h8v6h-8z"),
    ("M5 27A22 22 0 0 1 27 5v9a13 13 0 0 0-13 13z", "M18 27a9 9 0 0 1 9-9v9z"),
    ("M8 4l8 6 8-6v12H8z", "M8 18h16l-8 10z"),
    ("M16 4l12 8-12 8L4 12z", "M4 19l12 8 12-8v4l-12 6-12-6z"),
    ("M4 10a6 6 0 1 0 12 0a6 6 0 1 0-12 0M16 22a6 6 0 1 0 12 0a6 6 0 1 0-12 0", "M20 5h7v7h-7zM5 20h7v7H5z"),
    ("M16 3l4 9 9 4-9 4-4 9-4-9-9-4 9-4z", "M16 11l2 3 3 2-3 2-2 3-2-3-3-2 3-2z"),
    ("M4 16L16 4v7l-5 5 5 5v7z", "M28 16L16 28v-7l5-5-5-5V4z"),
];

/// Colour words and their hues, so that Amber Fox is amber.
const COLOURS: [(&str, u16); 22] = [
    ("amber", 70),
    ("azure", 235),
    ("bright", 105),
    ("calm", 210),
    ("coral", 32),
    ("crimson", 15),
    ("dawn", 48),
    ("fair", 340),
    ("golden", 88),
    ("indigo", 275),
    ("ivory", 95),
    ("jade", 160),
    ("lively", 140),
    ("lucky", 148),
    ("mint", 172),
    ("noble", 290),
    ("olive", 115),
    ("rosy", 355),
    ("silver", 225),
    ("snowy", 200),
    ("sunny", 80),
    ("violet", 304),
];

/// The drawing of `name`: the first word gives the hue, the last one the shape.
pub fn avatar_shape(name: &str) -> AvatarShape {
    let lower = name.to_lowercase();
    let mut words = lower.split([' ', '-', '_']);
    let first = words.next().unwrap_or_default();
    let last = words.next_back().unwrap_or(first);
    let hue = COLOURS
        .iter()
        .find(|(word, _)| *word == first)
        .map_or_else(|| 30 + (fnv(first) % 34) as u16 * 10, |(_, hue)| *hue);
    let (dark, light) = SHAPES[(fnv(last) >> 3) as usize % SHAPES.len()];
    AvatarShape { hue, dark, light }
}

/// How a node stands with us; drawn as a ring.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AvatarState {
    /// Linked.
    #[default]
    Plain,
    /// This tab.
    Me,
    /// Catching up.
    Sync,
    /// The link is cut.
    Lost,
    /// Not known to be there.
    Idle,
}

impl AvatarState {
    /// The value of the `data-state` attribute.
    pub const fn attribute(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Me => "me",
            Self::Sync => "sync",
            Self::Lost => "lost",
            Self::Idle => "idle",
        }
    }
}

/// Properties of [`Avatar`].
#[derive(Properties, PartialEq)]
pub struct AvatarProps {
    /// The node's name.
    pub name: AttrValue,
    /// Side, in CSS pixels.
    #[prop_or(18)]
    pub size: u32,
    /// How the node stands with us.
    #[prop_or_default]
    pub state: AvatarState,
    /// The face stands alone: a screen reader says its name. Beside its name it is hidden from screen readers.
    #[prop_or(false)]
    pub named: bool,
}

/// A node's face.
#[component]
pub fn Avatar(props: &AvatarProps) -> Html {
    let size = AttrValue::from(props.size.to_string());
    let label = props.named.then(|| props.name.clone());
    html! {
        <svg class="avatar" data-state={props.state.attribute()} style={avatar_style(&props.name)} width={size.clone()}
            height={size} viewBox="0 0 32 32" role={label.as_ref().map(|_| "img")}
            aria-hidden={label.is_none().then_some("true")} aria-label={label}>
            <AvatarLayers name={props.name.clone()} />
            if props.state == AvatarState::Lost {
                <circle class="avatar__lost" cx="16" cy="16" r="15" />
            }
        </svg>
    }
}

/// The `style` that gives an avatar its hue.
pub fn avatar_style(name: &str) -> AttrValue {
    AttrValue::from(format!("--h:{}", avatar_shape(name).hue))
}

/// Properties of [`AvatarLayers`].
#[derive(Properties, PartialEq)]
pub struct AvatarLayersProps {
    /// The node's name.
    pub name: AttrValue,
}

/// The layers alone, for figures that draw avatars inside their own SVG.
#[component]
pub fn AvatarLayers(props: &AvatarLayersProps) -> Html {
    let shape = avatar_shape(&props.name);
    html! {
        <>
            <circle class="avatar__bg" cx="16" cy="16" r="16" />
            <g transform="translate(16 16) scale(.74) translate(-16 -16)">
                <path class="a" d={shape.dark} />
                <path class="b" d={shape.light} />
            </g>
        </>
    }
}

/// Properties of [`Who`].
#[derive(Properties, PartialEq)]
pub struct WhoProps {
    /// The node's name; empty shows nobody.
    pub name: AttrValue,
}

/// An avatar with its name; an empty name shows nobody.
#[component]
pub fn Who(props: &WhoProps) -> Html {
    if props.name.is_empty() {
        return html! { <span class="who faint">{"–"}</span> };
    }
    html! { <span class="who"><Avatar name={props.name.clone()} /><span>{props.name.clone()}</span></span> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_always_has_the_same_face() {
        assert_eq!(avatar_shape("Amber Fox"), avatar_shape("Amber Fox"));
        assert_eq!(avatar_shape("Amber Fox").hue, 70);
    }

    #[test]
    fn any_text_has_a_face() {
        for name in ["", " ", "x", "节点 七", "a-b-c"] {
            assert!(avatar_shape(name).hue < 380);
        }
    }
}
