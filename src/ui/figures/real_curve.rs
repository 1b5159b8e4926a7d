//! The curve y² = x³ + 7 over the real numbers, where adding points can be seen: a line through two
//! of them meets the curve once more, and the mirror of that third point is their sum.
//!
//! Every y has exactly one x on this curve, so a point is told by its y alone.

use std::fmt::Write as _;

use yew::prelude::*;

/// A point of the plane.
pub type Point = (f64, f64);

/// Steps of y in a unit: points are chosen on this grid.
pub const STEPS: i32 = 10;
/// The largest y that can be chosen, in steps; the smallest is as far below zero.
pub const Y_MAX: i32 = 120;

/// The curve's point with this y.
pub fn point_at(y: f64) -> Point {
    ((y * y - 7.0).cbrt(), y)
}

/// The curve's point at this step of y.
pub fn point_of_step(step: i32) -> Point {
    point_at(f64::from(step.clamp(-Y_MAX, Y_MAX)) / f64::from(STEPS))
}

/// What adding two points does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sum {
    /// The line is vertical and meets the curve nowhere else: the point at infinity.
    Infinity,
    /// The line, its third point and its mirror.
    Finite {
        /// The line is the tangent, both points being the same.
        tangent: bool,
        /// How steep the line is.
        slope: f64,
        /// Where it meets the curve again.
        third: Point,
        /// The mirror of that: the sum.
        sum: Point,
    },
}

/// The sum of two points of the curve.
///
/// The slope is (y₂−y₁)/(x₂−x₁), written as (x₁²+x₁x₂+x₂²)/(y₁+y₂), which is the same on this curve
/// and is the tangent's too where both points are one.
pub fn add(p: Point, q: Point) -> Sum {
    if (p.1 + q.1).abs() < 1e-9 {
        return Sum::Infinity;
    }
    let slope = (p.0 * p.0 + p.0 * q.0 + q.0 * q.0) / (p.1 + q.1);
    let x = slope * slope - p.0 - q.0;
    let y = p.1 + slope * (x - p.0);
    Sum::Finite { tangent: (p.1 - q.1).abs() < 1e-9, slope, third: (x, y), sum: (x, -y) }
}

/// The drawing's size, and the part of the plane that is in it.
const SIZE: (f64, f64) = (440.0, 400.0);
const X_RANGE: (f64, f64) = (-3.2, 6.2);
const Y_RANGE: (f64, f64) = (-13.0, 13.0);

/// Where a point is in the drawing.
pub fn place(point: Point) -> Point {
    let part = |value: f64, range: (f64, f64)| (value - range.0) / (range.1 - range.0);
    (part(point.0, X_RANGE) * SIZE.0, SIZE.1 - part(point.1, Y_RANGE) * SIZE.1)
}

/// Whether a point is in the drawing.
pub fn is_in_sight(point: Point) -> bool {
    let (x, y) = place(point);
    (0.0..=SIZE.0).contains(&x) && (0.0..=SIZE.1).contains(&y)
}

/// The step of y at a height of the drawing, given as a part of it from the top.
pub fn step_at(part: f64) -> i32 {
    let y = Y_RANGE.1 - part * (Y_RANGE.1 - Y_RANGE.0);
    let step = (y * f64::from(STEPS)).round();
    if step.is_finite() { (step as i32).clamp(-Y_MAX, Y_MAX) } else { 0 }
}

/// The curve as a path.
pub fn curve_path() -> String {
    let mut path = String::new();
    for at in -130..=130 {
        let (x, y) = place(point_at(f64::from(at) / 10.0));
        let _ = write!(path, "{}{x:.1} {y:.1}", if at == -130 { "M" } else { "L" });
    }
    path
}

/// The ends of the line through a point with a slope, as far as the drawing reaches.
pub fn line_ends(through: Point, slope: Option<f64>) -> (Point, Point) {
    match slope {
        None => (place((through.0, Y_RANGE.0)), place((through.0, Y_RANGE.1))),
        Some(slope) => {
            let at = |x: f64| place((x, through.1 + slope * (x - through.0)));
            (at(X_RANGE.0), at(X_RANGE.1))
        }
    }
}

/// Which of the two points is dragged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handle {
    /// The first.
    P,
    /// The second.
    Q,
}

/// Props of [`RealCurveFigure`].
#[derive(Properties, PartialEq)]
pub struct RealCurveProps {
    /// The first point's step of y.
    pub p: i32,
    /// The second point's step of y.
    pub q: i32,
    /// What the picture says, in one sentence.
    pub label: AttrValue,
    /// A point is dragged to another step of y.
    pub on_move: Callback<(Handle, i32)>,
}

/// The figure; both points can be dragged along the curve.
#[component]
pub fn RealCurveFigure(props: &RealCurveProps) -> Html {
    let root = use_node_ref();
    let dragged = use_state_eq(|| None::<Handle>);
    let (p, q) = (point_of_step(props.p), point_of_step(props.q));
    let sum = add(p, q);
    let handle = |which: Handle, point: Point, name: &'static str| {
        let ((x, y), id) = (place(point), if which == Handle::P { "p" } else { "q" });
        let onpointerdown = {
            let dragged = dragged.clone();
            Callback::from(move |event: PointerEvent| {
                event.prevent_default();
                // Without the capture the drag ends at the handle's edge, which is all that is lost.
                if let Some(element) = event.target_dyn_into::<web_sys::Element>() {
                    let _ = element.set_pointer_capture(event.pointer_id());
                }
                dragged.set(Some(which));
            })
        };
        let onpointermove = {
            let (root, on_move, dragged) = (root.clone(), props.on_move.clone(), dragged.clone());
            Callback::from(move |event: PointerEvent| {
                if *dragged != Some(which) {
                    return;
                }
                if let Some(svg) = root.cast::<web_sys::Element>() {
                    let area = svg.get_bounding_client_rect();
                    if area.height() > 0.0 {
                        on_move.emit((which, step_at((f64::from(event.client_y()) - area.top()) / area.height())));
                    }
                }
            })
        };
        let end = {
            let dragged = dragged.clone();
            Callback::from(move |_: PointerEvent| dragged.set(None))
        };
        html! {
            <g class="rc__handle" data-handle={id}>
                <circle class="rc__dot" cx={format!("{x:.1}")} cy={format!("{y:.1}")} r="8" />
                <text class="rc__n" x={format!("{:.1}", x + if which == Handle::P { -16.0 } else { 16.0 })} y={format!("{:.1}", y + 4.5)}
                    text-anchor="middle">{ name }</text>
                <circle class="rc__grip" cx={format!("{x:.1}")} cy={format!("{y:.1}")} r="24" {onpointerdown} {onpointermove}
                    onpointerup={end.clone()} onpointercancel={end} />
            </g>
        }
    };
    let slope = match sum {
        Sum::Infinity => None,
        Sum::Finite { slope, .. } => Some(slope),
    };
    let ((x1, y1), (x2, y2)) = line_ends(p, slope);
    let (zero_x, zero_y) = place((0.0, 0.0));
    html! {
        <svg class="fig rc" ref={root.clone()} viewBox={format!("0 0 {} {}", SIZE.0, SIZE.1)} role="img" aria-label={props.label.clone()}>
            <path class="ax__grid" d={format!("M0 {zero_y:.1}H{}M{zero_x:.1} 0V{}", SIZE.0, SIZE.1)} />
            <path class="rc__curve" d={curve_path()} />
            <g class="rc__clip"><path class="rc__line" d={format!("M{x1:.1} {y1:.1}L{x2:.1} {y2:.1}")} /></g>
            if let Sum::Finite { third, sum, .. } = sum {
                if is_in_sight(third) {
                    { drop_line(third, sum) }
                    { mark(third, "rc__third", "R") }
                    { mark(sum, "rc__sum", "P+Q") }
                }
            }
            { handle(Handle::P, p, "P") }
            { handle(Handle::Q, q, "Q") }
        </svg>
    }
}

fn mark(point: Point, class: &'static str, name: &'static str) -> Html {
    let (x, y) = place(point);
    let (dx, anchor) = if x > SIZE.0 - 60.0 { (-14.0, "end") } else { (14.0, "start") };
    html! {
        <g class={class}>
            <circle cx={format!("{x:.1}")} cy={format!("{y:.1}")} r="7" />
            <text x={format!("{:.1}", x + dx)} y={format!("{:.1}", y + 4.5)} text-anchor={anchor}>{ name }</text>
        </g>
    }
}

fn drop_line(from: Point, to: Point) -> Html {
    let ((x, y1), (_, y2)) = (place(from), place(to));
    html! { <path class="rc__drop" d={format!("M{x:.1} {y1:.1}V{y2:.1}")} /> }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn off_curve((x, y): Point) -> f64 {
        (y * y - x * x * x - 7.0).abs() / (1.0 + y * y)
    }

    fn steps() -> impl Iterator<Item = i32> + Clone {
        (-Y_MAX..=Y_MAX).step_by(7)
    }

    #[test]
    fn every_y_has_its_point() {
        for step in steps() {
            assert!(off_curve(point_of_step(step)) < 1e-9, "{step}");
        }
        let (x, _) = point_at(0.0);
        assert!((x + 7f64.cbrt()).abs() < 1e-12);
    }

    #[test]
    fn the_third_point_is_on_the_curve_and_on_the_line() {
        for (p, q) in steps().flat_map(|p| steps().map(move |q| (point_of_step(p), point_of_step(q)))) {
            let Sum::Finite { third, sum, slope, .. } = add(p, q) else {
                assert!((p.1 + q.1).abs() < 1e-9);
                continue;
            };
            assert!(off_curve(third) < 1e-6, "{p:?} {q:?} {third:?}");
            assert_eq!(sum, (third.0, -third.1));
            // Collinear: the three points span no area, in proportion to how far they are apart.
            let area = (q.0 - p.0) * (third.1 - p.1) - (q.1 - p.1) * (third.0 - p.0);
            let size = 1.0 + (third.0.abs() + third.1.abs()) * (1.0 + slope.abs());
            assert!(area.abs() / size < 1e-6, "{p:?} {q:?} {third:?}");
        }
    }

    #[test]
    fn known_sums() {
        // 2·(2, √15): slope 12/(2√15), x = slope² − 4 = 2.4 − 4.
        let p = (2.0, 15f64.sqrt());
        let Sum::Finite { tangent, sum, .. } = add(p, p) else { panic!("a tangent") };
        assert!(tangent && (sum.0 + 1.6).abs() < 1e-12, "{sum:?}");
        assert_eq!(add(point_at(3.0), point_at(-3.0)), Sum::Infinity);
        assert_eq!(add(point_at(0.0), point_at(0.0)), Sum::Infinity, "the tangent at y = 0 is vertical");
    }

    #[test]
    fn adding_is_commutative_and_associative() {
        let points = [point_at(1.0), point_at(2.5), point_at(-4.0)];
        let sum = |a, b| match add(a, b) {
            Sum::Finite { sum, .. } => sum,
            Sum::Infinity => panic!("chosen otherwise"),
        };
        assert_eq!(sum(points[0], points[1]), sum(points[1], points[0]));
        let (left, right) = (sum(sum(points[0], points[1]), points[2]), sum(points[0], sum(points[1], points[2])));
        assert!((left.0 - right.0).abs() < 1e-6 && (left.1 - right.1).abs() < 1e-6, "{left:?} {right:?}");
    }

    #[test]
    fn heights_and_steps_are_each_others_reverse() {
        for step in [-Y_MAX, -33, 0, 7, Y_MAX] {
            let (_, y) = place(point_of_step(step));
            assert_eq!(step_at(y / SIZE.1), step);
            assert!(is_in_sight(point_of_step(step)));
        }
        assert_eq!((step_at(-9.0), step_at(9.0), step_at(f64::NAN)), (Y_MAX, -Y_MAX, 0));
        assert!(curve_path().starts_with('M'));
    }
}
