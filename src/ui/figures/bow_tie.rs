//! The bow-tie of a transaction: coins go in whole on the left, new coins come out on the right,
//! and what is missing is the fee. A strand is as thick as its value.

use yew::prelude::*;

use super::shape::{Anchor, Drawing, Shape, draw, path};
use crate::ledger::Amount;
use crate::ui::{Digest, use_text};

/// Strands drawn on a side at most; the rest share one.
pub const MAX_STRANDS: usize = 8;

/// A coin going in or coming out.
#[derive(Clone, Debug, PartialEq)]
pub struct Strand {
    /// Its amount.
    pub value: Amount,
    /// Who, or which address: the second line.
    pub who: String,
    /// Where from or to: the third line.
    pub note: String,
    /// Where the box leads, if anywhere.
    pub href: Option<String>,
    /// Another transaction (solid) or a coin still unspent (dashed).
    pub solid: bool,
    /// What its glyph and hue are drawn from.
    pub hash: Digest,
}

/// A transaction as strands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BowTie {
    /// Coins spent, or one strand of new coins for a block reward.
    pub inputs: Vec<Strand>,
    /// Coins made.
    pub outputs: Vec<Strand>,
    /// What the miner gets; `None` where inputs are unknown.
    pub fee: Option<Amount>,
}

/// The sizes of a drawing.
struct Frame {
    width: f64,
    card: f64,
    tallest: f64,
    row: f64,
    gap: f64,
    edge: f64,
}

/// For a desk.
const WIDE: Frame = Frame { width: 1100.0, card: 280.0, tallest: 150.0, row: 62.0, gap: 14.0, edge: 5.0 };
/// For a phone.
const NARROW: Frame = Frame { width: 380.0, card: 132.0, tallest: 90.0, row: 62.0, gap: 10.0, edge: 4.0 };
const KNOT: f64 = 14.0;
const THINNEST: f64 = 2.5;
const HEAD: f64 = 12.0;

/// One strand with the room it takes.
struct Placed<'a> {
    strand: &'a Strand,
    /// Top of its box.
    top: f64,
    height: f64,
    /// Thickness of its ribbon.
    thick: f64,
}

/// Lays the bow-tie out; `narrow` for phones.
pub fn layout(tie: &BowTie, narrow: bool) -> Drawing {
    let frame = if narrow { &NARROW } else { &WIDE };
    let total = |strands: &[Strand]| strands.iter().fold(0u64, |sum, strand| sum.saturating_add(strand.value.to_sat()));
    let fee = tie.fee.unwrap_or_default();
    let most = total(&tie.inputs).max(total(&tie.outputs).saturating_add(fee.to_sat())).max(1);
    let thick = |value: Amount| (value.to_sat() as f64 / most as f64 * frame.tallest).max(THINNEST);

    let left = place(&tie.inputs, frame, &thick);
    let right = place(&tie.outputs, frame, &thick);
    let fee_thick = if fee == Amount::ZERO { 0.0 } else { thick(fee).min(10.0) };
    let end = |placed: &[Placed]| placed.last().map_or(HEAD, |last| last.top + last.height);
    let fee_room = if fee_thick > 0.0 { 52.0 } else { 0.0 };
    let height = end(&left).max(end(&right) + fee_room) + 8.0;
    let knot_in: f64 = left.iter().map(|placed| placed.thick).sum();
    let knot_out: f64 = right.iter().map(|placed| placed.thick).sum::<f64>() + fee_thick;
    let knot_height = knot_in.max(knot_out).max(8.0);
    let knot_top = (height - knot_height) / 2.0;
    let knot_x = (frame.width - KNOT) / 2.0;

    let mut shapes = Vec::new();
    let shift = (height - 8.0 - end(&left)).max(0.0) / 2.0;
    let mut at = knot_top;
    for placed in &left {
        let placed = Placed { top: placed.top + shift, ..*placed };
        let middle = placed.top + (placed.height - placed.thick) / 2.0;
        ribbon(&mut shapes, frame.card, middle, knot_x, at, placed.thick, "strand", Some(placed.strand.hash.hue()));
        at += placed.thick;
        card(&mut shapes, &placed, frame, false);
    }
    let from = knot_x + KNOT;
    let to = frame.width - frame.card;
    let mut at = knot_top;
    for placed in &right {
        let middle = placed.top + (placed.height - placed.thick) / 2.0;
        ribbon(&mut shapes, from, at, to, middle, placed.thick, "strand", Some(placed.strand.hash.hue()));
        at += placed.thick;
        card(&mut shapes, placed, frame, true);
    }
    if fee_thick > 0.0 {
        let y = end(&right) + 24.0;
        ribbon(&mut shapes, from, at, to, y, fee_thick, "strand is-fee", None);
        let x = to + 10.0;
        let text = fee.to_string();
        shapes.push(Shape::Text { class: "bt__v", x, y: y + fee_thick / 2.0 + 5.0, anchor: Anchor::Start, text });
    }
    shapes.push(Shape::Rect {
        class: "bt__knot",
        x: knot_x,
        y: knot_top,
        width: KNOT,
        height: knot_height,
        radius: 3.0,
        hue: None,
    });
    Drawing { width: frame.width, height, shapes }
}

/// Boxes one under the other, each at least as tall as its three lines.
fn place<'a>(strands: &'a [Strand], frame: &Frame, thick: &impl Fn(Amount) -> f64) -> Vec<Placed<'a>> {
    let mut top = HEAD;
    strands
        .iter()
        .map(|strand| {
            let thick = thick(strand.value);
            let height = thick.max(frame.row);
            let placed = Placed { strand, top, height, thick };
            top += height + frame.gap;
            placed
        })
        .collect()
}

#[allow(clippy::too_many_arguments, reason = "two ends of a ribbon are four numbers")]
fn ribbon(
    shapes: &mut Vec<Shape>,
    x0: f64,
    y0: f64,
    x1: f64,
    y1: f64,
    thick: f64,
    class: &'static str,
    hue: Option<u16>,
) {
    let middle = (x0 + x1) / 2.0;
    let d = path(&[
        ("M", &[x0, y0]),
        ("C", &[middle, y0, middle, y1, x1, y1]),
        ("V", &[y1 + thick]),
        ("C", &[middle, y1 + thick, middle, y0 + thick, x0, y0 + thick]),
        ("Z", &[]),
    ]);
    shapes.push(Shape::Path { class, d, hue });
}

fn card(shapes: &mut Vec<Shape>, placed: &Placed, frame: &Frame, output: bool) {
    let strand = placed.strand;
    let hue = Some(strand.hash.hue());
    let x = if output { frame.width - frame.card } else { 0.0 };
    let edge_x = if output { x } else { frame.card - frame.edge };
    let edge_top = placed.top + (placed.height - placed.thick) / 2.0;
    let class = if strand.solid { "bt__card" } else { "bt__card bt__card--coin" };
    let narrow = frame.width < 600.0;
    let (text_x, anchor, glyph_x) = match (output, narrow) {
        (true, false) => (x + 38.0, Anchor::Start, x + 12.0),
        (true, true) => (x + 10.0, Anchor::Start, x + frame.card - 22.0),
        (false, false) => (frame.card - 38.0, Anchor::End, frame.card - 28.0),
        (false, true) => (frame.card - 10.0, Anchor::End, 8.0),
    };
    let middle = placed.top + placed.height / 2.0;
    let line = |class: &'static str, offset: f64, text: &str| Shape::Text {
        class,
        x: text_x,
        y: middle + offset,
        anchor,
        text: text.to_owned(),
    };
    let mut parts = vec![
        Shape::Rect { class, x, y: placed.top, width: frame.card, height: placed.height, radius: 4.0, hue: None },
        Shape::Rect {
            class: "bt__end",
            x: edge_x,
            y: edge_top,
            width: frame.edge,
            height: placed.thick,
            radius: 0.0,
            hue,
        },
        Shape::Glyph {
            hash: strand.hash,
            x: glyph_x,
            y: middle - if narrow { 20.0 } else { 8.0 },
            size: if narrow { 10.0 } else { 15.0 },
        },
        line("bt__v", -10.0, &strand.value.to_string()),
        line("bt__s", 7.0, &strand.who),
        line(if strand.href.is_some() { "bt__l" } else { "bt__s" }, 23.0, &strand.note),
    ];
    match &strand.href {
        Some(href) => shapes.push(Shape::Link {
            href: href.clone(),
            label: [&strand.value.to_string(), ", ", &strand.who, ", ", &strand.note].concat(),
            shapes: parts,
        }),
        None => shapes.append(&mut parts),
    }
}

/// Joins strands past [`MAX_STRANDS`] into one; `name` says how many.
pub fn joined(strands: Vec<Strand>, name: impl Fn(usize) -> String) -> Vec<Strand> {
    joined_with(strands, (0, Amount::ZERO), name)
}

/// The same of a list that was cut: how many are not in it, and their value, join the last strand.
pub fn joined_with(
    mut strands: Vec<Strand>,
    (unlisted, value): (usize, Amount),
    name: impl Fn(usize) -> String,
) -> Vec<Strand> {
    if strands.len() > MAX_STRANDS || unlisted > 0 {
        let rest = strands.split_off(strands.len().min(MAX_STRANDS - 1));
        let sat = rest.iter().fold(value.to_sat(), |sum, strand| sum.saturating_add(strand.value.to_sat()));
        let who = name(rest.len() + unlisted);
        let hash = Digest::of_text(&who);
        strands.push(Strand { value: Amount::from_sat(sat), who, note: String::new(), href: None, solid: true, hash });
    }
    strands
}

/// Properties of [`BowTieFigure`].
#[derive(Properties, PartialEq)]
pub struct BowTieFigureProps {
    /// What is drawn.
    pub tie: BowTie,
}

/// The bow-tie, drawn for desks and for phones; the style sheet shows one of them.
#[component]
pub fn BowTieFigure(props: &BowTieFigureProps) -> Html {
    let text = use_text();
    let label = text.t(key!("transaction.bow_tie_label"));
    let svg = |narrow: bool| {
        let drawing = layout(&props.tie, narrow);
        let class = if narrow { "fig bt bt--narrow show-sm-block" } else { "fig bt hide-sm" };
        html! { <svg {class} viewBox={drawing.view_box()} role="group" aria-label={label}>{draw(&drawing.shapes)}</svg> }
    };
    html! {
        <div class="btfig">
            <p class="btfig__caps"><span>{text.t(key!("transaction.inputs_cap"))}</span><span>{text.t(key!("transaction.outputs_cap"))}</span></p>
            {svg(false)}
            {svg(true)}
            if props.tie.fee.is_some_and(|fee| fee != Amount::ZERO) {
                <p class="btfig__fee">{text.t(key!("transaction.fee_cap"))}</p>
            }
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strand(sat: u64) -> Strand {
        Strand {
            value: Amount::from_sat(sat),
            who: "mzBc4X…Rhef".into(),
            note: "unspent".into(),
            href: None,
            solid: false,
            hash: Digest::of_text("x"),
        }
    }

    fn knot(drawing: &Drawing) -> f64 {
        drawing
            .shapes
            .iter()
            .find_map(|shape| match shape {
                Shape::Rect { class: "bt__knot", height, .. } => Some(*height),
                _ => None,
            })
            .unwrap()
    }

    #[test]
    fn everything_stays_in_the_drawing() {
        for count in 1..=8 {
            let tie = BowTie {
                inputs: vec![strand(5); count],
                outputs: vec![strand(4); 9 - count],
                fee: Some(Amount::from_sat(1)),
            };
            for narrow in [false, true] {
                let drawing = layout(&tie, narrow);
                for shape in &drawing.shapes {
                    if let Shape::Rect { x, y, width, height, .. } = shape {
                        assert!(*x >= 0.0 && *y >= 0.0, "{shape:?}");
                        assert!(x + width <= drawing.width && y + height <= drawing.height, "{shape:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn the_knot_is_as_thick_as_all_that_goes_in() {
        let tie =
            BowTie { inputs: vec![strand(60), strand(40)], outputs: vec![strand(99)], fee: Some(Amount::from_sat(1)) };
        assert!((knot(&layout(&tie, false)) - WIDE.tallest).abs() < 4.0);
    }

    #[test]
    fn nothing_at_all_is_still_a_drawing() {
        let drawing = layout(&BowTie::default(), false);
        assert!(drawing.height > 0.0 && knot(&drawing) > 0.0);
    }

    #[test]
    fn many_strands_share_one_of_their_sum() {
        let strands = joined(vec![strand(3); 20], |count| format!("{count} more"));
        assert_eq!(strands.len(), MAX_STRANDS);
        assert_eq!(strands.last().unwrap().value, Amount::from_sat(39));
        assert_eq!(strands.last().unwrap().who, "13 more");
    }
}
