//! Who can link which addresses: each group is an outline with its addresses on the left, and on the
//! right what betrayed them, with a line to each address it speaks of.

use yew::prelude::*;

use super::shape::{Anchor, Drawing, Shape, draw_choices, path};
use crate::ui::{Digest, format};

/// Groups drawn at most.
pub const MAX_GROUPS: usize = 9;
/// Addresses of a group drawn at most.
pub const MAX_NODES: usize = 8;
/// Ties of a group drawn at most.
pub const MAX_TIES: usize = 8;

const CARD: f64 = 350.0;
const GAP: f64 = 18.0;
const HEAD: f64 = 40.0;
const ROW: f64 = 44.0;
const FOOT: f64 = 8.0;
const NODE_WIDTH: f64 = 160.0;
const TIE_WIDTH: f64 = 122.0;
const TIE_HEIGHT: f64 = 38.0;
const PAD: f64 = 8.0;

/// An address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkedNode {
    /// The address, whole.
    pub address: String,
    /// What is said below it.
    pub note: String,
    /// Whether this wallet has its key.
    pub own: bool,
}

/// What gave a group away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TieKind {
    /// Coins spent together.
    CommonInputs,
    /// An address used again.
    Reuse,
    /// Only a guess.
    Change,
}

/// One thing that betrayed addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tie {
    /// What is told when it is chosen.
    pub name: String,
    /// What gave it away.
    pub kind: TieKind,
    /// Its first line.
    pub title: String,
    /// Its second line.
    pub detail: String,
    /// The transaction, for its glyph.
    pub glyph: Option<Digest>,
    /// Indices of the group's nodes.
    pub nodes: Vec<usize>,
}

/// Addresses with one owner; or those that nothing links, with no ties.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkedGroup {
    /// What is said above.
    pub title: String,
    /// Its addresses.
    pub nodes: Vec<LinkedNode>,
    /// What betrayed them.
    pub ties: Vec<Tie>,
    /// Whether they are known to have one owner.
    pub linked: bool,
}

/// Lays groups out in columns; `chosen` is the address or the name of the tie that is explained.
pub fn layout(groups: &[LinkedGroup], columns: usize, chosen: Option<&str>) -> Drawing {
    let columns = columns.max(1);
    let mut ends = vec![2.0; columns];
    let mut shapes = Vec::new();
    for group in groups.iter().take(MAX_GROUPS) {
        // The first of the columns that end highest.
        let column = (0..columns).fold(0, |best, column| if ends[column] < ends[best] { column } else { best });
        let left = 2.0 + column as f64 * (CARD + GAP);
        let top = ends[column];
        let rows = group.nodes.len().min(MAX_NODES).max(group.ties.len().min(MAX_TIES));
        let height = HEAD + rows as f64 * ROW + FOOT;
        push_group(&mut shapes, group, left, top, height, chosen);
        ends[column] = top + height + GAP;
    }
    let used = groups.len().clamp(1, columns) as f64;
    let width = used * CARD + (used - 1.0) * GAP + 4.0;
    let bottom = ends.iter().fold(0.0_f64, |most, end| most.max(*end));
    Drawing { width, height: (bottom - GAP + 2.0).max(4.0), shapes }
}

fn push_group(shapes: &mut Vec<Shape>, group: &LinkedGroup, left: f64, top: f64, height: f64, chosen: Option<&str>) {
    let class = if group.linked { "lg__card" } else { "lg__card is-alone" };
    shapes.push(Shape::Rect { class, x: left, y: top, width: CARD, height, radius: 10.0, hue: None });
    shapes.push(Shape::Text {
        class: "lg__title",
        x: left + 14.0,
        y: top + 25.0,
        anchor: Anchor::Start,
        text: group.title.clone(),
    });
    let ties: Vec<&Tie> = group.ties.iter().take(MAX_TIES).collect();
    let count = group.nodes.len().min(MAX_NODES);
    let rows = count.max(ties.len()) as f64;
    // The shorter side stands in the middle of the taller one.
    let middle =
        |index: usize, count: usize| top + HEAD + (rows - count as f64) / 2.0 * ROW + (index as f64 + 0.5) * ROW;
    let node_end = left + PAD + NODE_WIDTH;
    let tie_start = left + CARD - PAD - TIE_WIDTH;
    for (index, tie) in ties.iter().enumerate() {
        let y0 = middle(index, ties.len());
        for node in tie.nodes.iter().filter(|node| **node < count) {
            let address = group.nodes.get(*node).map(|node| node.address.as_str());
            let class = match (tie.kind, chosen.is_some() && (chosen == Some(&tie.name) || chosen == address)) {
                (TieKind::Change, false) => "lg__line is-guess",
                (TieKind::Change, true) => "lg__line is-guess is-chosen",
                (_, false) => "lg__line",
                (_, true) => "lg__line is-chosen",
            };
            let (y1, half) = (middle(*node, count), (node_end + tie_start) / 2.0);
            let d = path(&[("M", &[node_end, y1]), ("C", &[half, y1, half, y0, tie_start, y0])]);
            shapes.push(Shape::Path { class, d, hue: None });
        }
    }
    for (index, node) in group.nodes.iter().take(count).enumerate() {
        push_node(shapes, node, left + PAD, middle(index, count), chosen == Some(&node.address));
    }
    for (index, tie) in ties.iter().enumerate() {
        push_tie(shapes, tie, tie_start, middle(index, ties.len()), chosen == Some(&tie.name));
    }
}

fn push_node(shapes: &mut Vec<Shape>, node: &LinkedNode, x: f64, middle: f64, chosen: bool) {
    let class = if node.own { "lg__node is-own" } else { "lg__node" };
    let line = |class: &'static str, y: f64, text: String| Shape::Text {
        class,
        x: x + 40.0,
        y: middle + y,
        anchor: Anchor::Start,
        text,
    };
    let (height, top) = (TIE_HEIGHT, middle - TIE_HEIGHT / 2.0);
    let parts = vec![
        Shape::Rect { class, x, y: top, width: NODE_WIDTH, height, radius: 6.0, hue: None },
        Shape::Glyph { hash: Digest::of_text(&node.address), x: x + 10.0, y: middle - 10.0, size: 20.0 },
        line("lg__address mono", -3.0, format::middle_cut(&node.address, 6, 4)),
        line("lg__note", 13.0, node.note.clone()),
    ];
    let label = [node.address.as_str(), ", ", &node.note].concat();
    shapes.push(Shape::Choice { name: node.address.clone(), label, chosen, shapes: parts });
}

fn push_tie(shapes: &mut Vec<Shape>, tie: &Tie, x: f64, middle: f64, chosen: bool) {
    let class = match tie.kind {
        TieKind::CommonInputs => "lg__tie",
        TieKind::Reuse => "lg__tie is-reuse",
        TieKind::Change => "lg__tie is-guess",
    };
    let text_x = x + if tie.glyph.is_some() { 27.0 } else { 10.0 };
    let top = middle - TIE_HEIGHT / 2.0;
    let mut parts = vec![
        Shape::Rect { class, x, y: top, width: TIE_WIDTH, height: TIE_HEIGHT, radius: 6.0, hue: None },
        Shape::Text { class: "lg__kind", x: x + 10.0, y: middle - 3.0, anchor: Anchor::Start, text: tie.title.clone() },
        Shape::Text {
            class: if tie.glyph.is_some() { "lg__note mono" } else { "lg__note" },
            x: text_x,
            y: middle + 13.0,
            anchor: Anchor::Start,
            text: tie.detail.clone(),
        },
    ];
    if let Some(hash) = tie.glyph {
        parts.push(Shape::Glyph { hash, x: x + 10.0, y: middle + 4.0, size: 10.0 });
    }
    let label = [tie.title.as_str(), ", ", &tie.detail].concat();
    shapes.push(Shape::Choice { name: tie.name.clone(), label, chosen, shapes: parts });
}

/// Properties of [`LinkageFigure`].
#[derive(Properties, PartialEq)]
pub struct LinkageFigureProps {
    /// What is drawn.
    pub groups: Vec<LinkedGroup>,
    /// What is explained.
    pub chosen: Option<String>,
    /// Its name for screen readers.
    pub label: AttrValue,
    /// An address or a tie is to be explained.
    pub on_choose: Callback<String>,
}

/// The groups as a drawing for each width; the style sheet shows one of them.
#[component]
pub fn LinkageFigure(props: &LinkageFigureProps) -> Html {
    let svg = |columns: usize| {
        let drawing = layout(&props.groups, columns, props.chosen.as_deref());
        html! {
            <svg class="fig lg" data-columns={columns.to_string()} viewBox={drawing.view_box()} role="group"
                style={format!("--fw:{}", drawing.width)} aria-label={props.label.clone()}>
                { draw_choices(&drawing.shapes, &props.on_choose) }
            </svg>
        }
    };
    html! { <>{ svg(3) }{ svg(2) }{ svg(1) }</> }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(nodes: usize, ties: usize) -> LinkedGroup {
        LinkedGroup {
            title: format!("{nodes} addresses, one owner"),
            nodes: (0..nodes)
                .map(|number| LinkedNode {
                    address: format!("mAddress{nodes}x{ties}x{number}"),
                    note: "paid 3 times".into(),
                    own: number == 0,
                })
                .collect(),
            ties: (0..ties)
                .map(|number| Tie {
                    name: format!("tie {nodes} {ties} {number}"),
                    kind: TieKind::CommonInputs,
                    title: "spent together".into(),
                    detail: "3fa2…9d11".into(),
                    glyph: Some(Digest::of_text("tx")),
                    nodes: vec![number, number + 1],
                })
                .collect(),
            linked: ties > 0,
        }
    }

    type Box4 = (f64, f64, f64, f64);

    fn apart(one: &Box4, other: &Box4) -> bool {
        one.0 + one.2 <= other.0 || other.0 + other.2 <= one.0 || one.1 + one.3 <= other.1 || other.1 + other.3 <= one.1
    }

    fn inside(one: &Box4, outer: &Box4) -> bool {
        one.0 >= outer.0 && one.1 >= outer.1 && one.0 + one.2 <= outer.0 + outer.2 && one.1 + one.3 <= outer.1 + outer.3
    }

    fn rectangle(shape: &Shape) -> Option<Box4> {
        match shape {
            Shape::Rect { x, y, width, height, .. } => Some((*x, *y, *width, *height)),
            _ => None,
        }
    }

    /// Outlines, and the boxes that can be chosen.
    fn boxes(drawing: &Drawing) -> (Vec<Box4>, Vec<Box4>) {
        let outlines = drawing.shapes.iter().filter_map(rectangle).collect();
        let chosen = drawing.shapes.iter().filter_map(|shape| match shape {
            Shape::Choice { shapes, .. } => shapes.iter().find_map(rectangle),
            _ => None,
        });
        (outlines, chosen.collect())
    }

    fn many() -> Vec<LinkedGroup> {
        [(2, 1), (8, 3), (3, 7), (1, 1), (30, 30), (5, 0), (2, 2), (4, 1), (1, 1), (2, 1), (9, 9)]
            .map(|(nodes, ties)| group(nodes, ties))
            .to_vec()
    }

    #[test]
    fn nothing_leaves_the_drawing_or_covers_another() {
        for columns in 1..=3 {
            let drawing = layout(&many(), columns, None);
            let (outlines, choices) = boxes(&drawing);
            let whole = (0.0, 0.0, drawing.width, drawing.height);
            for boxes in [&outlines, &choices] {
                for (index, one) in boxes.iter().enumerate() {
                    assert!(inside(one, &whole), "{columns} columns: {one:?} in {whole:?}");
                    assert!(boxes[..index].iter().all(|other| apart(one, other)), "{columns} columns: {one:?}");
                }
            }
            for choice in &choices {
                assert_eq!(outlines.iter().filter(|outline| inside(choice, outline)).count(), 1, "{choice:?}");
            }
        }
    }

    #[test]
    fn what_is_drawn_is_bounded() {
        let (outlines, choices) = boxes(&layout(&vec![group(100, 100); 50], 3, None));
        assert_eq!(outlines.len(), MAX_GROUPS);
        assert_eq!(choices.len(), MAX_GROUPS * (MAX_NODES + MAX_TIES));
    }

    #[test]
    fn a_line_runs_from_every_tie_to_each_of_its_addresses_that_is_drawn() {
        let lines = |drawing: &Drawing, wanted: &str| {
            let is_line = |shape: &&Shape| matches!(shape, Shape::Path { class, .. } if *class == wanted);
            drawing.shapes.iter().filter(is_line).count()
        };
        let drawing = layout(&[group(3, 2)], 3, None);
        assert_eq!((lines(&drawing, "lg__line"), lines(&drawing, "lg__line is-chosen")), (4, 0));
        // The address in the middle hangs on both ties.
        let drawing = layout(&[group(3, 2)], 3, Some("mAddress3x2x1"));
        assert_eq!((lines(&drawing, "lg__line"), lines(&drawing, "lg__line is-chosen")), (2, 2));
        assert_eq!(lines(&layout(&[group(30, 30)], 1, None), "lg__line"), 8 + 7);
    }

    #[test]
    fn the_same_groups_give_the_same_drawing_and_none_give_an_empty_one() {
        assert_eq!(layout(&many(), 2, Some("x")), layout(&many(), 2, Some("x")));
        let empty = layout(&[], 3, None);
        assert!(empty.shapes.is_empty() && empty.height > 0.0 && empty.width > 0.0);
    }
}
