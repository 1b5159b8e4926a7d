//! The Merkle tree of a block: pairs are hashed together until one hash is left.

use yew::prelude::*;

use super::shape::{Anchor, Drawing, Shape, draw, path};
use crate::api::TransactionRow;
use crate::ledger::MerkleNode;
use crate::ui::parts::HashText;
use crate::ui::route::transaction_href;
use crate::ui::{Digest, Text};

const NODE_WIDTH: f64 = 70.0;
const NODE_HEIGHT: f64 = 26.0;
const STEP: f64 = 74.0;
const LEVEL: f64 = 58.0;

/// Lays the tree out; `levels` has the leaves first, `leaf_names` what stands under each leaf, `copy`
/// what stands in a node that repeats its neighbour.
pub fn layout(levels: &[Vec<MerkleNode>], leaf_names: &[String], copy: &str) -> Drawing {
    let Some(leaves) = levels.first().filter(|leaves| !leaves.is_empty()) else { return Drawing::default() };
    // An odd level repeats its last node; the copy takes room too.
    let slots = if levels.len() > 1 { leaves.len() + leaves.len() % 2 } else { leaves.len() };
    let top_of = |level: usize| 2.0 + (levels.len() - 1 - level) as f64 * LEVEL;
    let mut shapes = Vec::new();
    let mut centres: Vec<f64> = (0..slots).map(|slot| 2.0 + NODE_WIDTH / 2.0 + slot as f64 * STEP).collect();
    let mut width = slots as f64 * STEP;
    for (level, nodes) in levels.iter().enumerate() {
        let top = top_of(level);
        let is_root = level + 1 == levels.len();
        if is_root {
            centres.truncate(1);
        } else {
            let above: Vec<f64> = centres.chunks(2).map(|pair| pair.iter().sum::<f64>() / pair.len() as f64).collect();
            for (slot, centre) in centres.iter().enumerate() {
                let Some(parent) = above.get(slot / 2) else { continue };
                let ghost = slot >= nodes.len();
                let middle = top - (LEVEL - NODE_HEIGHT) / 2.0;
                let d = path(&[
                    ("M", &[*centre, top]),
                    ("C", &[*centre, middle, *parent, middle, *parent, top - LEVEL + NODE_HEIGHT]),
                ]);
                shapes.push(Shape::Path { class: if ghost { "mk__edge is-ghost" } else { "mk__edge" }, d, hue: None });
            }
            push_level(&mut shapes, nodes, &centres, top, Some(copy));
            if level == 0 {
                push_names(&mut shapes, leaf_names, &centres, top);
            }
            // The next level may need a copy of its own last node.
            let mut next = above;
            if levels.get(level + 2).is_some() && next.len() % 2 == 1 {
                next.push(next.last().copied().unwrap_or(0.0) + 2.0 * STEP * f64::from(1u32 << level.min(8)));
            }
            centres = next;
            width = centres.iter().fold(width, |width, centre| width.max(centre + NODE_WIDTH / 2.0 + 2.0));
            continue;
        }
        push_level(&mut shapes, nodes, &centres, top, None);
        if level == 0 {
            push_names(&mut shapes, leaf_names, &centres, top);
        }
    }
    Drawing { width: width.max(NODE_WIDTH + 4.0), height: top_of(0) + NODE_HEIGHT + 24.0, shapes }
}

fn push_level(shapes: &mut Vec<Shape>, nodes: &[MerkleNode], centres: &[f64], top: f64, copy: Option<&str>) {
    let root = copy.is_none();
    for (slot, centre) in centres.iter().enumerate() {
        let ghost = slot >= nodes.len();
        let Some(node) = nodes.get(slot).or(nodes.last()) else { continue };
        let hash = Digest::from(*node);
        let class = match (ghost, root) {
            (true, _) => "mk__box is-ghost",
            (false, true) => "mk__box is-root",
            (false, false) => "mk__box",
        };
        let left = centre - NODE_WIDTH / 2.0;
        shapes.push(Shape::Rect {
            class,
            x: left,
            y: top,
            width: NODE_WIDTH,
            height: NODE_HEIGHT,
            radius: 4.0,
            hue: Some(hash.hue()),
        });
        shapes.push(Shape::Glyph { hash, x: left + 9.0, y: top + 8.0, size: 10.0 });
        let hex = hash.hex();
        let text = if ghost { copy.unwrap_or_default() } else { hex.get(..4).unwrap_or_default() }.to_owned();
        let class = if ghost { "mk__ghost" } else { "mk__digits mono" };
        shapes.push(Shape::Text { class, x: left + 27.0, y: top + 17.0, anchor: Anchor::Start, text });
    }
}

fn push_names(shapes: &mut Vec<Shape>, names: &[String], centres: &[f64], top: f64) {
    for (name, centre) in names.iter().zip(centres) {
        shapes.push(Shape::Text {
            class: "mk__leaf",
            x: *centre,
            y: top + NODE_HEIGHT + 18.0,
            anchor: Anchor::Middle,
            text: name.clone(),
        });
    }
}

/// What stands under the leaves.
fn leaf_names(text: Text, count: usize) -> Vec<String> {
    (0..count)
        .map(|index| {
            if index == 0 {
                text.t(key!("chain.merkle_reward")).to_owned()
            } else {
                text.with(key!("chain.merkle_tx"), &[("number", &index.to_string())])
            }
        })
        .collect()
}

/// The tree as a drawing.
pub fn merkle_figure(text: Text, levels: &[Vec<MerkleNode>]) -> Html {
    let count = levels.first().map_or(0, Vec::len);
    let drawing = layout(levels, &leaf_names(text, count), text.t(key!("chain.merkle_copy")));
    let label = text.with(key!("chain.merkle_label"), &[("count", &count.to_string())]);
    html! {
        <div class="scrollx" tabindex="0" role="group" aria-label={label.clone()}>
            <svg class="fig mk" viewBox={drawing.view_box()} style={format!("--fw:{}", drawing.width)} role="img" aria-label={label}>
                {draw(&drawing.shapes)}
            </svg>
        </div>
    }
}

/// The tree as a nested reading: level, position, hash.
pub fn merkle_table(text: Text, levels: &[Vec<MerkleNode>], rows: &[TransactionRow]) -> Html {
    let txid = |index: usize| rows.get(index).map(|row: &TransactionRow| row.txid);
    html! {
        <table class="table">
            <thead><tr><th>{text.t(key!("chain.merkle_level"))}</th><th>{text.t(key!("chain.merkle_hash"))}</th></tr></thead>
            <tbody>
                {for levels.iter().enumerate().rev().flat_map(|(level, nodes)| {
                    nodes.iter().enumerate().map(move |(index, node)| {
                        let link = if level == 0 { txid(index) } else { None };
                        let name = if level + 1 == levels.len() { text.t(key!("chain.merkle_root")).to_owned() } else { level.to_string() };
                        html! {
                            <tr key={format!("{level}-{index}")}>
                                <td>{name}</td>
                                <td><HashText hash={*node} href={link.map(|txid| transaction_href(&txid))} /></td>
                            </tr>
                        }
                    })
                })}
            </tbody>
        </table>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(leaves: usize) -> Vec<Vec<MerkleNode>> {
        let mut levels = vec![(0..leaves).map(|index| MerkleNode::hash(&[index as u8])).collect::<Vec<_>>()];
        while levels.last().unwrap().len() > 1 {
            let above = levels.last().unwrap().len().div_ceil(2);
            levels.push((0..above).map(|index| MerkleNode::hash(&[index as u8, levels.len() as u8])).collect());
        }
        levels
    }

    fn boxes(drawing: &Drawing, wanted: &str) -> usize {
        drawing.shapes.iter().filter(|shape| matches!(shape, Shape::Rect { class, .. } if *class == wanted)).count()
    }

    #[test]
    fn an_odd_level_shows_the_copy_it_is_hashed_with() {
        let drawing = layout(&tree(5), &[], "copy");
        assert_eq!(boxes(&drawing, "mk__box"), 5 + 3 + 2);
        assert_eq!(boxes(&drawing, "mk__box is-ghost"), 2);
        assert_eq!(boxes(&drawing, "mk__box is-root"), 1);
    }

    #[test]
    fn one_transaction_is_its_own_root() {
        let drawing = layout(&tree(1), &["reward".into()], "copy");
        assert_eq!(boxes(&drawing, "mk__box is-root"), 1);
        assert_eq!(drawing.shapes.len(), 4);
    }

    #[test]
    fn no_box_leaves_the_drawing_or_covers_another() {
        for leaves in 1..=16 {
            let drawing = layout(&tree(leaves), &[], "copy");
            let mut placed: Vec<(i64, i64)> = Vec::new();
            for shape in &drawing.shapes {
                if let Shape::Rect { x, y, width, height, .. } = shape {
                    assert!(*x >= 0.0 && x + width <= drawing.width && y + height <= drawing.height, "{leaves} leaves");
                    assert!(
                        placed.iter().all(|(left, top)| *top != *y as i64 || (left - *x as i64).abs() >= 70),
                        "{leaves}"
                    );
                    placed.push((*x as i64, *y as i64));
                }
            }
        }
    }

    #[test]
    fn nothing_is_drawn_without_leaves() {
        assert_eq!(layout(&[], &[], "copy"), Drawing::default());
    }
}
