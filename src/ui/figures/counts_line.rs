//! Counts as powers of two on one line: each step doubles.

use yew::prelude::*;

use super::shape::{Anchor, Drawing, Shape, draw, path};

/// Size of the drawing, and the line's ends in it.
const WIDTH: f64 = 1080.0;
const LEFT: f64 = 16.0;
const RIGHT: f64 = 1064.0;
/// Height of a line of text over or under the axis.
const ROW: f64 = 26.0;
/// About how wide a letter is.
const LETTER: f64 = 7.4;
/// From a stem to its text.
const STEM: f64 = 7.0;
/// The highest power on the line.
const MOST: f64 = 270.0;

/// Where a power is on the line.
fn place(power: u32) -> f64 {
    LEFT + f64::from(power).min(MOST) / MOST * (RIGHT - LEFT)
}

fn width_of(text: &str) -> f64 {
    text.chars().map(|character| if character.is_ascii() { LETTER } else { LETTER * 1.9 }).sum()
}

/// The drawing: names hang over the line in as few rows as let none cover another.
pub fn layout(counts: &[(AttrValue, u32)]) -> Drawing {
    let mut sorted: Vec<&(AttrValue, u32)> = counts.iter().collect();
    sorted.sort_unstable_by_key(|(_, power)| *power);
    // The right end of the last text of each row.
    let mut rows: Vec<f64> = Vec::new();
    let mut placed = Vec::new();
    for (name, power) in sorted {
        let text = [name.as_str(), " 2^", &power.to_string()].concat();
        let (x, wide) = (place(*power), width_of(&text));
        // Beside its stem, on the side that has room.
        let left = if x + STEM + wide < WIDTH { x + STEM } else { x - STEM - wide };
        let row = rows.iter().position(|end| *end + 14.0 < left).unwrap_or(rows.len());
        if row == rows.len() {
            rows.push(0.0);
        }
        if let Some(end) = rows.get_mut(row) {
            *end = left + wide;
        }
        placed.push((text, x, left, row));
    }
    let axis = ROW * rows.len() as f64 + 22.0;
    let mut shapes =
        vec![Shape::Path { class: "counts__axis", d: path(&[("M", &[LEFT, axis]), ("H", &[RIGHT])]), hue: None }];
    for power in (0..=256).step_by(32) {
        let x = place(power);
        shapes.push(Shape::Path {
            class: "counts__tick",
            d: path(&[("M", &[x, axis]), ("V", &[axis + 6.0])]),
            hue: None,
        });
        let anchor = if power == 0 { Anchor::Start } else { Anchor::Middle };
        shapes.push(Shape::Text { class: "counts__power", x, y: axis + 24.0, anchor, text: format!("2^{power}") });
    }
    let height = |row: usize| axis - 14.0 - ROW * row as f64;
    for (_, x, _, row) in &placed {
        let d = path(&[("M", &[*x, height(*row) - 9.0]), ("V", &[axis])]);
        shapes.push(Shape::Path { class: "counts__stem", d, hue: None });
    }
    for (text, x, left, row) in placed {
        let y = height(row);
        shapes.push(Shape::Circle { class: "counts__dot", x, y: axis, radius: 5.0, hue: None });
        shapes.push(Shape::Text { class: "counts__name", x: left, y, anchor: Anchor::Start, text });
    }
    Drawing { width: WIDTH, height: axis + 34.0, shapes }
}

/// Props of [`CountsLineFigure`].
#[derive(Properties, PartialEq)]
pub struct CountsLineProps {
    /// Name and power of two of each count.
    pub counts: Vec<(AttrValue, u32)>,
    /// What it shows, in one sentence.
    pub label: AttrValue,
}

/// The figure; in a narrow place, a list.
#[component]
pub fn CountsLineFigure(props: &CountsLineProps) -> Html {
    let drawing = layout(&props.counts);
    html! {
        <>
            <svg class="fig counts" viewBox={drawing.view_box()} role="img" aria-label={props.label.clone()}>{ draw(&drawing.shapes) }</svg>
            <ol class="counts__list" aria-label={props.label.clone()}>
                { for props.counts.iter().map(|(name, power)| html! {
                    <li style={format!("--share:{:.3}", f64::from(*power) / MOST)}><span>{ name.clone() }</span><b>{ "2" }<sup>{ *power }</sup></b></li>
                }) }
            </ol>
        </>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_never_cover_each_other_and_stay_inside() {
        let counts: Vec<(AttrValue, u32)> = [
            ("seconds since the big bang", 59),
            ("grains of sand", 63),
            ("atoms of the Earth", 166),
            ("addresses", 160),
            ("私钥的个数", 256),
            ("atoms of the visible universe", 266),
        ]
        .map(|(name, power)| (AttrValue::from(name), power))
        .to_vec();
        let drawing = layout(&counts);
        let texts: Vec<(f64, f64, f64)> = drawing
            .shapes
            .iter()
            .filter_map(|shape| match shape {
                Shape::Text { class: "counts__name", x, y, text, .. } => Some((*x, *x + width_of(text), *y)),
                _ => None,
            })
            .collect();
        assert_eq!(texts.len(), counts.len());
        for (index, one) in texts.iter().enumerate() {
            assert!(one.0 >= 0.0 && one.1 <= WIDTH && one.2 > 0.0 && one.2 < drawing.height, "{one:?}");
            for other in texts.iter().skip(index + 1) {
                assert!(one.2 != other.2 || one.1 < other.0 || other.1 < one.0, "{one:?} {other:?}");
            }
        }
        assert!(place(160) < place(166) && place(256) < place(266));
    }
}
