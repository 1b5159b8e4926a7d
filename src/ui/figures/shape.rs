//! What figures are made of.

use yew::prelude::*;

use crate::ui::Digest;
use crate::ui::parts::{AvatarLayers, avatar_style, hue_style};

/// How a text stands to its point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Anchor {
    /// Right of it.
    #[default]
    Start,
    /// Around it.
    Middle,
    /// Left of it.
    End,
}

/// One element of a figure; `class` is a rule of `styles/figures.css`.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A path.
    Path {
        /// Class.
        class: &'static str,
        /// SVG path.
        d: String,
        /// Hue as `--h`.
        hue: Option<u16>,
    },
    /// A rectangle.
    Rect {
        /// Class.
        class: &'static str,
        /// Left.
        x: f64,
        /// Top.
        y: f64,
        /// Width.
        width: f64,
        /// Height.
        height: f64,
        /// Corner radius.
        radius: f64,
        /// Hue as `--h`.
        hue: Option<u16>,
    },
    /// A circle.
    Circle {
        /// Class.
        class: &'static str,
        /// Centre.
        x: f64,
        /// Centre.
        y: f64,
        /// Radius.
        radius: f64,
        /// Hue as `--h`.
        hue: Option<u16>,
    },
    /// A line of text.
    Text {
        /// Class.
        class: &'static str,
        /// Its point.
        x: f64,
        /// Its base line.
        y: f64,
        /// How it stands to the point.
        anchor: Anchor,
        /// What it says.
        text: String,
    },
    /// A hash's glyph.
    Glyph {
        /// The hash.
        hash: Digest,
        /// Left.
        x: f64,
        /// Top.
        y: f64,
        /// Side.
        size: f64,
    },
    /// A node's avatar.
    Avatar {
        /// The node's name.
        name: String,
        /// Left.
        x: f64,
        /// Top.
        y: f64,
        /// Side.
        size: f64,
    },
    /// Shapes that lead somewhere.
    Link {
        /// Where to.
        href: String,
        /// Its name for screen readers.
        label: String,
        /// What it looks like.
        shapes: Vec<Shape>,
    },
    /// Shapes that can be chosen, by pointer or keyboard.
    Choice {
        /// What is told when it is chosen; `data-choice`.
        name: String,
        /// Its name for screen readers.
        label: String,
        /// Whether it is the chosen one.
        chosen: bool,
        /// What it looks like.
        shapes: Vec<Shape>,
    },
}

/// A figure's shapes and the size of the drawing they are in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawing {
    /// Width of the view box.
    pub width: f64,
    /// Height of the view box.
    pub height: f64,
    /// Back to front.
    pub shapes: Vec<Shape>,
}

impl Drawing {
    /// The `viewBox`.
    pub fn view_box(&self) -> String {
        ["0 0 ", &number(self.width), " ", &number(self.height)].concat()
    }
}

/// A coordinate with at most one decimal.
pub fn number(value: f64) -> String {
    let tenths = (value * 10.0).round();
    if tenths % 10.0 == 0.0 { (tenths as i64 / 10).to_string() } else { format!("{:.1}", tenths / 10.0) }
}

/// A path from commands and coordinates: `path(&[("M", &[1.0, 2.0]), ("H", &[5.0])])`.
pub fn path(commands: &[(&str, &[f64])]) -> String {
    let mut d = String::new();
    for (letter, values) in commands {
        d.push_str(letter);
        for (index, value) in values.iter().enumerate() {
            if index > 0 {
                d.push(' ');
            }
            d.push_str(&number(*value));
        }
    }
    d
}

fn hue(hue: Option<u16>) -> Option<String> {
    hue.map(|degrees| ["--h:", &degrees.to_string()].concat())
}

/// The SVG elements of shapes of which none can be chosen.
pub fn draw(shapes: &[Shape]) -> Html {
    draw_choices(shapes, &Callback::noop())
}

/// The SVG elements of shapes; `on_choose` gets the name of a choice.
pub fn draw_choices(shapes: &[Shape], on_choose: &Callback<String>) -> Html {
    shapes.iter().map(|shape| draw_one(shape, on_choose)).collect()
}

fn draw_one(shape: &Shape, on_choose: &Callback<String>) -> Html {
    match shape {
        Shape::Path { class, d, hue: degrees } => html! { <path class={*class} d={d.clone()} style={hue(*degrees)} /> },
        Shape::Rect { class, x, y, width, height, radius, hue: degrees } => html! {
            <rect class={*class} x={number(*x)} y={number(*y)} width={number(*width)} height={number(*height)}
                rx={number(*radius)} style={hue(*degrees)} />
        },
        Shape::Circle { class, x, y, radius, hue: degrees } => html! {
            <circle class={*class} cx={number(*x)} cy={number(*y)} r={number(*radius)} style={hue(*degrees)} />
        },
        Shape::Text { class, x, y, anchor, text } => {
            let anchor = match anchor {
                Anchor::Start => "start",
                Anchor::Middle => "middle",
                Anchor::End => "end",
            };
            html! { <text class={*class} x={number(*x)} y={number(*y)} text-anchor={anchor}>{text.clone()}</text> }
        }
        Shape::Glyph { hash, x, y, size } => {
            let transform = placed(*x, *y, *size / 5.0);
            html! {
                <g class="gl" {transform} style={hue_style(hash)} shape-rendering="crispEdges">
                    <path d={hash.glyph_path()} />
                </g>
            }
        }
        Shape::Avatar { name, x, y, size } => {
            let transform = placed(*x, *y, *size / 32.0);
            html! { <g class="avatar" {transform} style={avatar_style(name)}><AvatarLayers name={name.clone()} /></g> }
        }
        Shape::Link { href, label, shapes } => {
            html! { <a class="figlink" href={href.clone()} aria-label={label.clone()}>{draw_choices(shapes, on_choose)}</a> }
        }
        Shape::Choice { name, label, chosen, shapes } => {
            let choose = {
                let (name, on_choose) = (name.clone(), on_choose.clone());
                move || on_choose.emit(name.clone())
            };
            let onclick = {
                let choose = choose.clone();
                Callback::from(move |_: MouseEvent| choose())
            };
            let onkeydown = Callback::from(move |event: KeyboardEvent| {
                if matches!(event.key().as_str(), "Enter" | " ") {
                    event.prevent_default();
                    choose();
                }
            });
            html! {
                <g class="choice" role="button" tabindex="0" aria-pressed={chosen.to_string()} aria-label={label.clone()}
                    data-choice={name.clone()} {onclick} {onkeydown}>{draw_choices(shapes, on_choose)}</g>
            }
        }
    }
}

fn placed(x: f64, y: f64, scale: f64) -> String {
    format!("translate({} {}) scale({scale:.3})", number(x), number(y))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_keep_one_decimal_at_most() {
        assert_eq!(number(12.0), "12");
        assert_eq!(number(12.34), "12.3");
        assert_eq!(number(-0.04), "0");
        assert_eq!(path(&[("M", &[0.0, 1.5]), ("H", &[7.0])]), "M0 1.5H7");
    }
}
