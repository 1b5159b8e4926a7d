//! A curve small enough to draw: y² = x³ + 7 over the numbers modulo 97, and the walk from G to k·G.
//!
//! It is secp256k1's equation over a toy field, and is always said to be a toy. Its 78 points and
//! the point at infinity make a group of prime order, as the real one's do.

use std::fmt::Write as _;

use yew::prelude::*;

/// The field's prime.
pub const PRIME: u32 = 97;
/// The group's order: k·G comes round to nothing at this k.
pub const ORDER: u32 = 79;
/// The generator.
pub const GENERATOR: (u32, u32) = (1, 28);

/// A point; `None` is the point at infinity.
type Point = Option<(u32, u32)>;

/// A stop of the walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The bit of k that leads here.
    pub bit: bool,
    /// How many times G this is.
    pub multiple: u32,
    /// The point.
    pub point: (u32, u32),
}

/// All points, by x and then y.
pub fn points() -> Vec<(u32, u32)> {
    (0..PRIME)
        .flat_map(|x| (0..PRIME).map(move |y| (x, y)))
        .filter(|(x, y)| y * y % PRIME == (x * x * x + 7) % PRIME)
        .collect()
}

/// x⁻¹, by Fermat: x^(p−2).
fn inverse(x: u32) -> u32 {
    (0..PRIME - 2).fold(1, |product, _| product * x % PRIME)
}

/// The sum of two points by chord and tangent.
fn add(left: Point, right: Point) -> Point {
    let (Some((x1, y1)), Some((x2, y2))) = (left, right) else { return left.or(right) };
    if x1 == x2 && (y1 + y2) % PRIME == 0 {
        return None;
    }
    let slope = if x1 == x2 {
        3 * x1 * x1 % PRIME * inverse(2 * y1 % PRIME)
    } else {
        (y2 + PRIME - y1) * inverse((x2 + PRIME - x1) % PRIME)
    } % PRIME;
    let x = (slope * slope + 2 * PRIME - x1 - x2) % PRIME;
    Some((x, (slope * (x1 + PRIME - x) + PRIME - y1) % PRIME))
}

/// The stops of double-and-add from G to k·G, for k in 1..ORDER (it is clamped).
pub fn steps(k: u32) -> Vec<Step> {
    let k = k.clamp(1, ORDER - 1);
    let mut steps = vec![Step { bit: true, multiple: 1, point: GENERATOR }];
    let mut point: Point = Some(GENERATOR);
    let mut multiple = 1;
    for at in (0..u32::BITS - 1 - k.leading_zeros()).rev() {
        let bit = k >> at & 1 == 1;
        point = add(point, point);
        multiple *= 2;
        if bit {
            point = add(point, Some(GENERATOR));
            multiple += 1;
        }
        // Below the group's order no stop is the point at infinity.
        if let Some(point) = point {
            steps.push(Step { bit, multiple, point });
        }
    }
    steps
}

/// What an operation of the walk does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Begin at G.
    Start,
    /// Add the point to itself.
    Double,
    /// Add G.
    AddG,
}

/// One doubling or addition, by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    /// What is done.
    pub operation: Operation,
    /// The bit of k that asks for it, 0 being the lowest; none when G is added over and over.
    pub bit: Option<u32>,
    /// How many times G this is.
    pub multiple: u32,
    /// The point.
    pub point: (u32, u32),
}

/// Every doubling and addition from G to k·G by itself, for k in 1..ORDER (it is clamped).
pub fn moves(k: u32) -> Vec<Move> {
    let k = k.clamp(1, ORDER - 1);
    let highest = u32::BITS - 1 - k.leading_zeros();
    let mut moves = vec![Move { operation: Operation::Start, bit: Some(highest), multiple: 1, point: GENERATOR }];
    let (mut point, mut multiple): (Point, u32) = (Some(GENERATOR), 1);
    let mut push = |operation, bit, multiple, point: Point| {
        if let Some(point) = point {
            moves.push(Move { operation, bit: Some(bit), multiple, point });
        }
    };
    for bit in (0..highest).rev() {
        point = add(point, point);
        multiple *= 2;
        push(Operation::Double, bit, multiple, point);
        if k >> bit & 1 == 1 {
            point = add(point, Some(GENERATOR));
            multiple += 1;
            push(Operation::AddG, bit, multiple, point);
        }
    }
    moves
}

/// The way from G to k·G that adds G every time, for k in 1..ORDER (it is clamped).
pub fn moves_one_by_one(k: u32) -> Vec<Move> {
    let k = k.clamp(1, ORDER - 1);
    let mut point: Point = None;
    let mut moves = Vec::new();
    for multiple in 1..=k {
        point = add(point, Some(GENERATOR));
        let operation = if multiple == 1 { Operation::Start } else { Operation::AddG };
        moves.extend(point.map(|point| Move { operation, bit: None, multiple, point }));
    }
    moves
}

/// The drawing's size and where its axes cross, in its units.
const SIZE: (f64, f64) = (406.0, 244.0);
const ORIGIN: (f64, f64) = (30.0, 222.0);
const SPAN: (f64, f64) = (366.0, 214.0);

/// Where a point of the curve is in the drawing.
pub fn place(point: (u32, u32)) -> (f64, f64) {
    let part = |value: u32| f64::from(value) / f64::from(PRIME - 1);
    (ORIGIN.0 + part(point.0) * SPAN.0, ORIGIN.1 - part(point.1) * SPAN.1)
}

/// The curved path from stop to stop.
pub fn hops(stops: &[(u32, u32)]) -> String {
    let mut path = String::new();
    for pair in stops.windows(2) {
        if let [from, to] = pair {
            let ((x1, y1), (x2, y2)) = (place(*from), place(*to));
            let (dx, dy) = (x2 - x1, y2 - y1);
            let (cx, cy) = (x1 + dx / 2.0 + dy * 0.18, y1 + dy / 2.0 - dx * 0.18);
            let (cx, cy) = (cx.clamp(4.0, SIZE.0 - 4.0), cy.clamp(4.0, SIZE.1 - 4.0));
            let _ = write!(path, "M{x1:.1} {y1:.1}Q{cx:.1} {cy:.1} {x2:.1} {y2:.1}");
        }
    }
    path
}

/// Props of [`ToyCurveFigure`].
#[derive(Properties, PartialEq)]
pub struct ToyCurveProps {
    /// The toy private key.
    pub k: u32,
    /// What the picture says, in one sentence.
    pub label: AttrValue,
}

/// The figure of the whole walk by double-and-add.
#[component]
pub fn ToyCurveFigure(props: &ToyCurveProps) -> Html {
    let stops: Vec<(u32, u32)> = steps(props.k).iter().map(|step| step.point).collect();
    html! { <ToyWalkFigure {stops} label={props.label.clone()} /> }
}

/// Most stops that are all named; of more, only the first and the last are.
const NAMED_STOPS_MAX: usize = 14;

/// Props of [`ToyWalkFigure`].
#[derive(Properties, PartialEq)]
pub struct ToyWalkProps {
    /// The points of the walk so far, from G on.
    pub stops: Vec<(u32, u32)>,
    /// What the picture says, in one sentence.
    pub label: AttrValue,
}

/// The figure of a walk, as far as it has come.
#[component]
pub fn ToyWalkFigure(props: &ToyWalkProps) -> Html {
    let stops = &props.stops;
    let last = stops.len().saturating_sub(1);
    let ticks = (0..PRIME).step_by(16);
    html! {
        <svg class="fig toy" viewBox={format!("0 0 {} {}", SIZE.0, SIZE.1)} role="img" aria-label={props.label.clone()}>
            { for ticks.map(|tick| {
                let (x, y) = place((tick, tick));
                html! {
                    <>
                        <path class="ax__grid" d={format!("M{x:.1} {}V8M{} {y:.1}H396", ORIGIN.1, ORIGIN.0)} />
                        <text class="ax__t" x={format!("{x:.1}")} y="239" text-anchor="middle">{ tick }</text>
                        <text class="ax__t" x="22" y={format!("{:.1}", y + 4.0)} text-anchor="end">{ tick }</text>
                    </>
                }
            }) }
            <path class="ax__mirror" d={format!("M{} {:.1}H396", ORIGIN.0, ORIGIN.1 - SPAN.1 * 48.5 / 96.0)} />
            { for points().into_iter().map(|point| {
                let (x, y) = place(point);
                html! { <circle class="pt" cx={format!("{x:.1}")} cy={format!("{y:.1}")} r="2.4" /> }
            }) }
            <path class="hop" d={hops(stops)} />
            { for stops.iter().enumerate().map(|(at, stop)| {
                let (x, y) = place(*stop);
                let named = at == 0 || at == last || last < NAMED_STOPS_MAX;
                let name = if at == 0 { "G".to_owned() } else { (at + 1).to_string() };
                html! {
                    <g class={classes!("stop", (at == 0).then_some("is-first"), (at == last).then_some("is-last"))}>
                        <circle cx={format!("{x:.1}")} cy={format!("{y:.1}")} r={if named { "9" } else { "4" }} />
                        if named {
                            <text x={format!("{x:.1}")} y={format!("{:.1}", y + 4.0)} text-anchor="middle">{ name }</text>
                        }
                    </g>
                }
            }) }
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_points_and_infinity_make_a_group_of_prime_order() {
        let points = points();
        assert_eq!(points.len() as u32 + 1, ORDER);
        assert!(points.contains(&GENERATOR));
        let mut point: Point = Some(GENERATOR);
        for k in 2..=ORDER {
            point = add(point, Some(GENERATOR));
            assert_eq!(point.is_none(), k == ORDER, "{k}");
        }
    }

    #[test]
    fn double_and_add_finds_what_adding_finds() {
        for k in 1..ORDER {
            let mut point: Point = Some(GENERATOR);
            for _ in 1..k {
                point = add(point, Some(GENERATOR));
            }
            let steps = steps(k);
            let last = steps.last().expect("G at least");
            assert_eq!((Some(last.point), last.multiple), (point, k));
        }
    }

    #[test]
    fn the_walk_to_43_has_six_stops() {
        let multiples: Vec<u32> = steps(43).iter().map(|step| step.multiple).collect();
        assert_eq!(multiples, [1, 2, 5, 10, 21, 43]);
        assert_eq!(steps(0).len(), 1);
    }

    #[test]
    fn every_point_is_inside_the_drawing() {
        for point in points() {
            let (x, y) = place(point);
            assert!((0.0..=SIZE.0).contains(&x) && (0.0..=SIZE.1).contains(&y));
        }
        let stops = |k| steps(k).iter().map(|step| step.point).collect::<Vec<_>>();
        assert!(hops(&stops(1)).is_empty());
        assert_eq!(hops(&stops(43)).matches('M').count(), 5);
    }

    #[test]
    fn both_ways_come_to_the_same_point_and_the_short_one_is_short() {
        for k in 1..ORDER {
            let (short, long) = (moves(k), moves_one_by_one(k));
            let end = |moves: &[Move]| moves.last().map(|step| (step.multiple, step.point));
            assert_eq!(end(&short), end(&long), "{k}");
            assert_eq!(end(&short), steps(k).last().map(|step| (step.multiple, step.point)));
            assert_eq!(long.len(), k as usize);
            assert!(short.len() <= 12);
        }
        let operations: Vec<Operation> = moves(5).iter().map(|step| step.operation).collect();
        assert_eq!(operations, [Operation::Start, Operation::Double, Operation::Double, Operation::AddG]);
    }
}
