//! The tree of keys from words: BIP-0039 makes the seed, BIP-0032 every key its children, BIP-0044
//! says what each level is for.
//!
//! Levels go from left to right: words, seed, master, purpose, coin, account, the two branches, and
//! their addresses one below the other.

use yew::prelude::*;

use super::shape::{Anchor, Drawing, Shape, draw_choices, path};
use crate::lessons::key_tree::TreeKey;
use crate::ui::{Digest, Text, format, use_text};

const WIDTH: f64 = 1100.0;
const NODE_WIDTH: f64 = 104.0;
const NODE_HEIGHT: f64 = 46.0;
const LEVEL: f64 = 128.0;
const LEAF_WIDTH: f64 = WIDTH - 7.0 * LEVEL - 2.0;
const LEAF_HEIGHT: f64 = 30.0;
const LEAF_STEP: f64 = 36.0;
/// Between the two branches.
const BRANCH_GAP: f64 = 16.0;
/// Room for the names of the BIPs.
const HEAD: f64 = 44.0;

/// What stands in the drawing beside the keys' own steps and addresses.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TreeWords {
    /// Words, seed, master, purpose, coin, account.
    pub spine: [&'static str; 6],
    /// Receiving, change.
    pub branches: [&'static str; 2],
    /// Words to seed.
    pub stretch: &'static str,
    /// Seed to keys.
    pub derive: &'static str,
}

/// Lays the tree out; `open` is the path of the key that is open.
pub fn layout(tree: &TreeKey, open: &str, words: &TreeWords) -> Drawing {
    let (mut spine, mut top) = (vec![tree], tree);
    while let [child] = top.children.as_slice() {
        spine.push(child);
        top = child;
    }
    let mut shapes = Vec::new();
    let mut leaf_top = HEAD;
    let mut middles = Vec::new();
    for (index, branch) in top.children.iter().enumerate() {
        let count = branch.children.len().max(1) as f64;
        let room = (count * LEAF_STEP).max(NODE_HEIGHT + 8.0);
        let middle = leaf_top + room / 2.0;
        let first = middle - (count - 1.0) / 2.0 * LEAF_STEP;
        for (row, leaf) in branch.children.iter().enumerate() {
            let y = first + row as f64 * LEAF_STEP;
            edge(&mut shapes, (left(6) + NODE_WIDTH, middle), (left(7), y));
            push_leaf(&mut shapes, leaf, y, leaf.path == open);
        }
        let name = words.branches.get(index).copied().unwrap_or_default();
        push_key(&mut shapes, 6, middle, branch, name, branch.path == open);
        middles.push(middle);
        leaf_top += room + BRANCH_GAP;
    }
    let bottom = (leaf_top - BRANCH_GAP).max(HEAD + NODE_HEIGHT);
    let trunk =
        if middles.is_empty() { (HEAD + bottom) / 2.0 } else { middles.iter().sum::<f64>() / middles.len() as f64 };
    for middle in &middles {
        edge(&mut shapes, (left(5) + NODE_WIDTH, trunk), (left(6), *middle));
    }
    for level in 1..6 {
        edge(&mut shapes, (left(level - 1) + NODE_WIDTH, trunk), (left(level), trunk));
    }
    for (level, name) in words.spine.iter().copied().enumerate() {
        match level.checked_sub(2) {
            None => push_source(&mut shapes, level, trunk, name),
            Some(at) => {
                if let Some(key) = spine.get(at) {
                    push_key(&mut shapes, level, trunk, key, name, key.path == open);
                }
            }
        }
    }
    span(&mut shapes, left(0), left(1) + NODE_WIDTH - 8.0, words.stretch);
    span(&mut shapes, left(1) + NODE_WIDTH + 8.0, WIDTH - 2.0, words.derive);
    Drawing { width: WIDTH, height: bottom + 4.0, shapes }
}

/// Left edge of a level's boxes; words are level 0, addresses level 7.
fn left(level: usize) -> f64 {
    2.0 + level as f64 * LEVEL
}

fn edge(shapes: &mut Vec<Shape>, (x0, y0): (f64, f64), (x1, y1): (f64, f64)) {
    let middle = (x0 + x1) / 2.0;
    let d = path(&[("M", &[x0, y0]), ("C", &[middle, y0, middle, y1, x1, y1])]);
    shapes.push(Shape::Path { class: "kt__edge", d, hue: None });
}

/// A line over some levels with the name of what makes one of the other.
fn span(shapes: &mut Vec<Shape>, x0: f64, x1: f64, text: &'static str) {
    let d = path(&[("M", &[x0, 30.0]), ("V", &[24.0]), ("H", &[x1]), ("V", &[30.0])]);
    shapes.push(Shape::Path { class: "kt__span", d, hue: None });
    shapes.push(Shape::Text { class: "kt__note", x: x0, y: 15.0, anchor: Anchor::Start, text: text.to_owned() });
}

fn boxed(class: &'static str, x: f64, middle: f64, width: f64, height: f64) -> Shape {
    Shape::Rect { class, x, y: middle - height / 2.0, width, height, radius: 6.0, hue: None }
}

fn line(class: &'static str, x: f64, y: f64, text: &str) -> Shape {
    Shape::Text { class, x, y, anchor: Anchor::Middle, text: text.to_owned() }
}

/// Words or seed: no key yet.
fn push_source(shapes: &mut Vec<Shape>, level: usize, middle: f64, name: &str) {
    shapes.push(boxed("kt__source", left(level), middle, NODE_WIDTH, NODE_HEIGHT));
    shapes.push(line("kt__name", left(level) + NODE_WIDTH / 2.0, middle + 4.0, name));
}

fn push_key(shapes: &mut Vec<Shape>, level: usize, middle: f64, key: &TreeKey, name: &str, chosen: bool) {
    let x = left(level) + NODE_WIDTH / 2.0;
    let parts = vec![
        boxed("kt__key", left(level), middle, NODE_WIDTH, NODE_HEIGHT),
        line("kt__step mono", x, middle - 4.0, &key.step),
        line("kt__name", x, middle + 14.0, name),
    ];
    let label = [name, ", ", &key.path].concat();
    shapes.push(Shape::Choice { name: key.path.clone(), label, chosen, shapes: parts });
}

fn push_leaf(shapes: &mut Vec<Shape>, leaf: &TreeKey, middle: f64, chosen: bool) {
    let x = left(7);
    let cut = format::middle_cut(&leaf.address, 8, 6);
    let parts = vec![
        boxed("kt__key", x, middle, LEAF_WIDTH, LEAF_HEIGHT),
        line("kt__step mono", x + 18.0, middle + 4.0, &leaf.step),
        Shape::Glyph { hash: Digest::of_text(&leaf.address), x: x + 36.0, y: middle - 7.5, size: 15.0 },
        Shape::Text { class: "kt__address mono", x: x + 60.0, y: middle + 4.0, anchor: Anchor::Start, text: cut },
    ];
    let label = [leaf.path.as_str(), ", ", &leaf.address].concat();
    shapes.push(Shape::Choice { name: leaf.path.clone(), label, chosen, shapes: parts });
}

fn words(text: Text) -> TreeWords {
    TreeWords {
        spine: [
            text.t(key!("keys.tree.words")),
            text.t(key!("keys.tree.seed")),
            text.t(key!("keys.tree.master")),
            text.t(key!("keys.tree.purpose")),
            text.t(key!("keys.tree.coin")),
            text.t(key!("keys.tree.account")),
        ],
        branches: [text.t(key!("keys.many.receiving")), text.t(key!("keys.many.change"))],
        stretch: text.t(key!("keys.tree.stretch")),
        derive: text.t(key!("keys.tree.derive")),
    }
}

/// Properties of [`KeyTreeFigure`].
#[derive(Properties)]
pub struct KeyTreeFigureProps {
    /// The master and all below it.
    pub tree: TreeKey,
    /// The path of the key that is open.
    pub open: String,
    /// Another one is opened.
    pub on_open: Callback<String>,
}

impl PartialEq for KeyTreeFigureProps {
    fn eq(&self, other: &Self) -> bool {
        self.tree.is_same(&other.tree) && self.open == other.open && self.on_open == other.on_open
    }
}

/// The tree as a drawing; its list is beside it for small screens and screen readers.
#[component]
pub fn KeyTreeFigure(props: &KeyTreeFigureProps) -> Html {
    let text = use_text();
    let drawing = layout(&props.tree, &props.open, &words(text));
    let label = text.t(key!("keys.many.tree"));
    html! {
        <svg class="fig kt" viewBox={drawing.view_box()} role="group" aria-label={label}>
            { draw_choices(&drawing.shapes, &props.on_open) }
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Params;
    use crate::lessons::key_tree::{MAX_LEAVES, key_tree};

    const WORDS: TreeWords = TreeWords {
        spine: ["words", "seed", "master", "purpose", "coin", "account"],
        branches: ["receiving", "change"],
        stretch: "stretched",
        derive: "derived",
    };

    fn drawn(leaves: u32, open: &str) -> Drawing {
        layout(&key_tree(&[7; 64], leaves, &Params::regtest()).expect("a tree"), open, &WORDS)
    }

    type Box4 = (f64, f64, f64, f64);

    fn boxes(shapes: &[Shape], found: &mut Vec<Box4>) {
        for shape in shapes {
            match shape {
                Shape::Rect { x, y, width, height, .. } => found.push((*x, *y, *width, *height)),
                Shape::Choice { shapes, .. } => boxes(shapes, found),
                _ => {}
            }
        }
    }

    fn choices(drawing: &Drawing) -> Vec<(&str, bool)> {
        let choice = |shape| match shape {
            &Shape::Choice { ref name, chosen, .. } => Some((name.as_str(), chosen)),
            _ => None,
        };
        drawing.shapes.iter().filter_map(choice).collect()
    }

    #[test]
    fn no_box_leaves_the_drawing_or_covers_another() {
        for leaves in 0..=MAX_LEAVES {
            let drawing = drawn(leaves, "m");
            let mut found = Vec::new();
            boxes(&drawing.shapes, &mut found);
            assert_eq!(found.len(), 8 + 2 * leaves as usize, "words, seed, four of the spine, two branches, leaves");
            for (index, (x, y, width, height)) in found.iter().enumerate() {
                assert!(*x >= 0.0 && *y >= HEAD - 10.0, "{leaves}: {x} {y}");
                assert!(x + width <= drawing.width && y + height <= drawing.height, "{leaves}: {x} {y}");
                for (other_x, other_y, other_width, other_height) in &found[..index] {
                    let apart = x + width <= *other_x
                        || other_x + other_width <= *x
                        || y + height <= *other_y
                        || other_y + other_height <= *y;
                    assert!(apart, "{leaves} leaves: {x} {y} covers {other_x} {other_y}");
                }
            }
        }
    }

    #[test]
    fn every_key_can_be_chosen_and_the_open_one_is_marked() {
        let drawing = drawn(2, "m/44'/1'/0'/1/1");
        let choices = choices(&drawing);
        assert_eq!(choices.len(), 4 + 2 + 4);
        let chosen: Vec<&str> = choices.iter().filter(|(_, chosen)| *chosen).map(|(name, _)| *name).collect();
        assert_eq!(chosen, ["m/44'/1'/0'/1/1"]);
    }

    #[test]
    fn every_child_hangs_on_its_parent() {
        let edges = |drawing: &Drawing| {
            drawing.shapes.iter().filter(|shape| matches!(shape, Shape::Path { class: "kt__edge", .. })).count()
        };
        assert_eq!(edges(&drawn(3, "m")), 5 + 2 + 6);
        assert_eq!(edges(&drawn(MAX_LEAVES, "m")), 5 + 2 + 2 * MAX_LEAVES as usize);
    }

    #[test]
    fn the_same_tree_gives_the_same_drawing() {
        assert_eq!(drawn(4, "m"), drawn(4, "m"));
        assert_ne!(drawn(4, "m"), drawn(5, "m"));
    }
}
