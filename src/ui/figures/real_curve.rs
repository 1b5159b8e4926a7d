//! y² = x³ + 7 over the real numbers: two points, the line through them, and their sum.
//!
//! The rule is the same as on the real 256-bit curve, whose points have no picture; and the same again on the toy.

use std::fmt::Write as _;

use yew::prelude::*;

use super::shape::{Anchor, Drawing, Shape, draw, path};

/// The least x of the curve: its left end, −∛7.
pub const LEAST_X: f64 = -1.912_931_182_772_389;
/// The greatest x a point may be put at.
pub const MOST_X: f64 = 4.0;

const SIZE: (f64, f64) = (420.0, 300.0);
/// What part of the plane is drawn: x from and to, y up and down.
const VIEW: (f64, f64, f64) = (-4.0, 7.0, 12.0);

/// A point of the curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// x.
    pub x: f64,
    /// y.
    pub y: f64,
}

impl Place {
    /// The point with this x on the upper or lower half.
    pub fn at(x: f64, upper: bool) -> Self {
        let x = x.clamp(LEAST_X, MOST_X);
        let y = (x * x * x + 7.0).max(0.0).sqrt();
        Self { x, y: if upper { y } else { -y } }
    }
}

/// P + Q: where the line meets the curve again, and its mirror image; none where the line stands upright.
pub fn sum(p: Place, q: Place) -> Option<(Place, Place)> {
    let slope = if (p.x - q.x).abs() < 1e-9 {
        if (p.y + q.y).abs() < 1e-9 {
            return None;
        }
        3.0 * p.x * p.x / (2.0 * p.y)
    } else {
        (q.y - p.y) / (q.x - p.x)
    };
    let x = slope * slope - p.x - q.x;
    let y = p.y + slope * (x - p.x);
    Some((Place { x, y }, Place { x, y: -y }))
}

fn seen(place: Place) -> (f64, f64) {
    let (from, to, high) = VIEW;
    ((place.x - from) / (to - from) * SIZE.0, (high - place.y) / (2.0 * high) * SIZE.1)
}

fn inside((x, y): (f64, f64)) -> bool {
    (0.0..=SIZE.0).contains(&x) && (0.0..=SIZE.1).contains(&y)
}

fn curve() -> String {
    let mut d = String::new();
    // Both halves as one line, from the lower right over the left end to the upper right, densest where it bends.
    for step in -120..=120i32 {
        let part = f64::from(step.abs()) / 120.0;
        let x = LEAST_X + (VIEW.1 - LEAST_X) * part * part;
        let y = (x * x * x + 7.0).max(0.0).sqrt() * f64::from(step.signum());
        let (x, y) = seen(Place { x, y });
        let _ = write!(d, "{}{x:.1} {y:.1}", if d.is_empty() { "M" } else { "L" });
    }
    d
}

/// The drawing of P, Q and what they add up to.
pub fn layout(p: Place, q: Place) -> Drawing {
    let (axis_x, axis_y) = seen(Place { x: 0.0, y: 0.0 });
    let mut shapes = vec![
        Shape::Path { class: "plane__axis", d: path(&[("M", &[0.0, axis_y]), ("H", &[SIZE.0])]), hue: None },
        Shape::Path { class: "plane__axis", d: path(&[("M", &[axis_x, 0.0]), ("V", &[SIZE.1])]), hue: None },
        Shape::Path { class: "plane__curve", d: curve(), hue: None },
    ];
    let (from, at) = (seen(p), seen(q));
    let line = match sum(p, q) {
        None => path(&[("M", &[from.0, 0.0]), ("V", &[SIZE.1])]),
        Some((third, _)) => {
            let (x3, y3) = seen(third);
            let slope = if (x3 - from.0).abs() < 1e-6 {
                (at.1 - from.1) / (at.0 - from.0)
            } else {
                (y3 - from.1) / (x3 - from.0)
            };
            let y_at = |x: f64| from.1 + slope * (x - from.0);
            path(&[("M", &[0.0, y_at(0.0)]), ("L", &[SIZE.0, y_at(SIZE.0)])])
        }
    };
    shapes.push(Shape::Path { class: "plane__line", d: line, hue: None });
    if let Some((third, result)) = sum(p, q) {
        let (third, result) = (seen(third), seen(result));
        shapes.push(Shape::Path {
            class: "plane__mirror",
            d: path(&[("M", &[third.0, third.1]), ("V", &[result.1])]),
            hue: None,
        });
        if inside(third) {
            shapes.push(Shape::Circle { class: "plane__third", x: third.0, y: third.1, radius: 5.0, hue: None });
        }
        if inside(result) {
            shapes.push(Shape::Circle { class: "plane__sum", x: result.0, y: result.1, radius: 7.0, hue: None });
            shapes.push(name("P+Q", result));
        }
    }
    for (text, place) in [("P", from), ("Q", at)] {
        shapes.push(Shape::Circle { class: "plane__point", x: place.0, y: place.1, radius: 7.0, hue: None });
        shapes.push(name(text, place));
    }
    Drawing { width: SIZE.0, height: SIZE.1, shapes }
}

fn name(text: &str, (x, y): (f64, f64)) -> Shape {
    let (x, anchor) = if x > SIZE.0 - 60.0 { (x - 11.0, Anchor::End) } else { (x + 11.0, Anchor::Start) };
    Shape::Text { class: "plane__name", x, y: (y - 9.0).clamp(14.0, SIZE.1 - 4.0), anchor, text: text.to_owned() }
}

/// Props of [`RealCurveFigure`].
#[derive(Properties, PartialEq)]
pub struct RealCurveProps {
    /// One point.
    pub p: Place,
    /// The other.
    pub q: Place,
    /// What is drawn, in one sentence.
    pub label: AttrValue,
}

/// The figure.
#[component]
pub fn RealCurveFigure(props: &RealCurveProps) -> Html {
    let drawing = layout(props.p, props.q);
    html! { <svg class="fig plane" viewBox={drawing.view_box()} role="img" aria-label={props.label.clone()}>{ draw(&drawing.shapes) }</svg> }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_on_curve(place: Place) -> bool {
        let (left, right) = (place.y * place.y, place.x * place.x * place.x + 7.0);
        (left - right).abs() <= 1e-6 * right.abs().max(1.0)
    }

    #[test]
    fn the_sum_is_on_the_curve_and_on_the_mirrored_line() {
        for (p, q) in [(-1.5, 0.5), (0.0, 3.0), (-1.9, 2.0), (1.0, 1.0), (2.5, -0.7)] {
            for (up, other_up) in [(true, true), (true, false), (false, false)] {
                let (p, q) = (Place::at(p, up), Place::at(q, other_up));
                let Some((third, result)) = sum(p, q) else {
                    assert!(p.x == q.x && p.y == -q.y);
                    continue;
                };
                assert!(is_on_curve(third) && is_on_curve(result), "{p:?} {q:?} {third:?}");
                assert_eq!((result.x, result.y), (third.x, -third.y));
                let cross = (q.x - p.x) * (third.y - p.y) - (q.y - p.y) * (third.x - p.x);
                assert!(cross.abs() < 1e-6, "one line: {cross}");
            }
        }
        assert_eq!(sum(Place::at(1.0, true), Place::at(1.0, false)), None);
    }

    #[test]
    fn both_points_are_always_in_the_drawing() {
        for step in 0..=40 {
            let x = LEAST_X + f64::from(step) / 40.0 * (MOST_X - LEAST_X);
            assert!(inside(seen(Place::at(x, true))) && inside(seen(Place::at(x, false))), "{x}");
            assert!(!layout(Place::at(x, true), Place::at(x, false)).shapes.is_empty());
        }
    }
}
