//! The strip of blocks: where each card lies and how each link runs.
//!
//! Columns go by height, the highest first; the active chain is row 0, every branch has a row of
//! its own below. A link leaves a card at its `prev` row and enters its parent's edge, in the
//! parent's hue, because the link *is* the parent's hash written in the child.

use super::shape::{Shape, path};
use crate::api::{BlockCard, ChainView};
use crate::ledger::BlockHash;
use crate::ui::Digest;

/// Width of a card.
pub const CARD_WIDTH: f64 = 156.0;
/// Space between columns, where the links run.
pub const GAP: f64 = 32.0;
/// Above the cards of row 0: who is on this tip.
pub const TIPS_HEIGHT: f64 = 30.0;
/// Height of row 0, tips included.
pub const ROW_HEIGHT: f64 = 202.0;
/// Height of a branch's row: its note and its cards.
pub const BRANCH_HEIGHT: f64 = 176.0;
/// Of that, the note above the cards.
pub const NOTE_HEIGHT: f64 = 32.0;

/// From a card's top to the middle of its `prev` row.
const LEAVES_AT: f64 = 66.0;
/// From a card's top to where its children's links enter.
const ENTERS_AT: f64 = 44.0;

/// Where a card stands with the active chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardState {
    /// On it.
    Active,
    /// On a branch that lost or waits.
    Stale,
    /// Refused by a rule.
    Broken,
    /// Only its header is here yet.
    Wanted,
    /// Only its header is here, and its block is not fetched: its branch has less work.
    Weaker,
}

impl CardState {
    /// The value of `data-state`.
    pub const fn attribute(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Stale => "stale",
            Self::Broken => "broken",
            Self::Wanted => "wanted",
            Self::Weaker => "weaker",
        }
    }
}

/// A card with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedCard {
    /// The block.
    pub card: BlockCard,
    /// 0 is the highest.
    pub column: usize,
    /// 0 is the active chain.
    pub row: usize,
    /// Where it stands.
    pub state: CardState,
}

/// The strip, laid out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Strip {
    /// Cards: the active chain from the tip down, then branch by branch.
    pub cards: Vec<PlacedCard>,
    /// Columns used.
    pub columns: usize,
    /// Rows used.
    pub rows: usize,
    /// The links.
    pub links: Vec<Shape>,
}

/// A way to walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Walk {
    /// To the child: higher.
    Newer,
    /// To the parent: lower.
    Older,
    /// One row up.
    Up,
    /// One row down.
    Down,
}

/// Lays the strip out.
pub fn layout(view: &ChainView) -> Strip {
    let active = view.active.iter();
    let branches = view.branches.iter().flat_map(|branch| &branch.blocks);
    let Some(top) = active.clone().chain(branches).map(|card| card.height).max() else { return Strip::default() };
    let bottom = view.active.iter().map(|card| card.height).min().unwrap_or(0);
    let column = |card: &BlockCard| (top - card.height) as usize;

    let mut strip = Strip { rows: 1, ..Strip::default() };
    for card in active {
        strip.place(card, column(card), 0, CardState::Active);
    }
    for branch in &view.branches {
        let state = match (&branch.invalid, branch.headers_only) {
            (Some(_), _) => CardState::Broken,
            (None, true) if branch.weaker => CardState::Weaker,
            (None, true) => CardState::Wanted,
            (None, false) => CardState::Stale,
        };
        // A branch below the window would hang in the air.
        let shown: Vec<&BlockCard> = branch.blocks.iter().filter(|card| card.height >= bottom).collect();
        if !shown.is_empty() {
            for card in shown {
                strip.place(card, column(card), strip.rows, state);
            }
            strip.rows += 1;
        }
    }
    strip.columns = strip.cards.iter().map(|placed| placed.column + 1).max().unwrap_or(0);
    strip.links = strip.cards.iter().flat_map(|child| link(child, &strip.cards)).collect();
    strip
}

impl Strip {
    fn place(&mut self, card: &BlockCard, column: usize, row: usize, state: CardState) {
        self.cards.push(PlacedCard { card: card.clone(), column, row, state });
    }

    /// Width of the drawing.
    pub fn width(&self) -> f64 {
        self.columns as f64 * (CARD_WIDTH + GAP)
    }

    /// Height of the drawing.
    pub fn height(&self) -> f64 {
        row_top(self.rows)
    }

    /// The newest card of the active chain.
    pub fn newest(&self) -> Option<&PlacedCard> {
        self.cards.iter().find(|placed| placed.row == 0)
    }

    /// The oldest card of the active chain.
    pub fn oldest(&self) -> Option<&PlacedCard> {
        self.cards.iter().rfind(|placed| placed.row == 0)
    }

    /// The card one step from `from`.
    pub fn neighbour(&self, from: &BlockHash, walk: Walk) -> Option<&PlacedCard> {
        let here = self.cards.iter().find(|placed| placed.card.hash == *from)?;
        match walk {
            Walk::Older => self.cards.iter().find(|placed| placed.card.hash == here.card.prev),
            Walk::Newer => {
                let children = || self.cards.iter().filter(|placed| placed.card.prev == here.card.hash);
                // Stay in the row where it goes on; else take the topmost branch.
                children().find(|placed| placed.row == here.row).or_else(|| children().min_by_key(|placed| placed.row))
            }
            Walk::Up | Walk::Down => {
                let beyond = |placed: &&PlacedCard| match walk {
                    Walk::Up => placed.row < here.row,
                    _ => placed.row > here.row,
                };
                self.cards
                    .iter()
                    .filter(beyond)
                    .min_by_key(|placed| (placed.row.abs_diff(here.row), placed.column.abs_diff(here.column)))
            }
        }
    }
}

/// Top of a row's cards.
fn card_top(row: usize) -> f64 {
    if row == 0 { TIPS_HEIGHT } else { row_top(row) + NOTE_HEIGHT }
}

fn row_top(row: usize) -> f64 {
    if row == 0 { 0.0 } else { ROW_HEIGHT + (row - 1) as f64 * BRANCH_HEIGHT }
}

/// The link from a child to its parent, or into the dark if the parent is not shown.
fn link(child: &PlacedCard, cards: &[PlacedCard]) -> Vec<Shape> {
    if child.card.height == 0 {
        return Vec::new();
    }
    let hue = Some(Digest::from(child.card.prev).hue());
    let x = child.column as f64 * (CARD_WIDTH + GAP) + CARD_WIDTH;
    let y = card_top(child.row) + LEAVES_AT;
    let parent_row =
        cards.iter().find(|placed| placed.card.hash == child.card.prev).map_or(child.row, |placed| placed.row);
    let enters = card_top(parent_row) + ENTERS_AT;
    let line = if parent_row == child.row {
        path(&[("M", &[x, y]), ("h", &[3.0]), ("c", &[13.0, 0.0, 11.0, enters - y, 24.0, enters - y])])
    } else {
        path(&[
            ("M", &[x, y]),
            ("h", &[6.0]),
            ("a", &[9.0, 9.0, 0.0, 0.0, 0.0, 9.0, -9.0]),
            ("V", &[enters + 9.0]),
            ("a", &[9.0, 9.0, 0.0, 0.0, 1.0, 9.0, -9.0]),
        ])
    };
    let head = path(&[("M", &[x + 24.0, enters - 5.5]), ("l", &[8.0, 5.5]), ("l", &[-8.0, 5.5]), ("z", &[])]);
    vec![
        Shape::Path { class: "strip__link", d: line, hue },
        Shape::Circle { class: "strip__dot", x: x + 1.0, y, radius: 4.5, hue },
        Shape::Path { class: "strip__head", d: head, hue },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{Branch, NextBlock, NodeName};
    use crate::ledger::{Amount, BlockTime};

    fn hash(name: &str) -> BlockHash {
        BlockHash::hash(name.as_bytes())
    }

    fn card(name: &str, prev: &str, height: u32) -> BlockCard {
        BlockCard {
            hash: hash(name),
            prev: hash(prev),
            height,
            time: BlockTime(0),
            tx_count: 1,
            fees: Amount::ZERO,
            miner: NodeName::default(),
            size: 200,
        }
    }

    fn branch(blocks: Vec<BlockCard>, fork: &str, fork_height: u32) -> Branch {
        Branch {
            count: blocks.len() as u32,
            blocks,
            fork: hash(fork),
            fork_height,
            work_behind: "1".into(),
            blocks_behind: 1,
            weaker: true,
            invalid: None,
            headers_only: false,
        }
    }

    fn view(active: Vec<BlockCard>, branches: Vec<Branch>) -> ChainView {
        let next = NextBlock {
            height: 4,
            payments: Vec::new(),
            count: 0,
            left_out: 0,
            size: 0,
            size_limit: 100_000,
            reward: Amount::from_coins(50),
            zero_bits: 10,
            easy: None,
            attempt: None,
        };
        ChainView { active, more_above: false, branches, next, tips: Vec::new() }
    }

    // a0 <- a1 <- a2 <- a3
    //          \- b2
    fn forked() -> ChainView {
        let active = vec![card("a3", "a2", 3), card("a2", "a1", 2), card("a1", "a0", 1), card("a0", "zero", 0)];
        view(active, vec![branch(vec![card("b2", "a1", 2)], "a1", 1)])
    }

    #[test]
    fn a_stale_block_lies_below_its_active_sibling() {
        let strip = layout(&forked());
        assert_eq!((strip.columns, strip.rows), (4, 2));
        let find = |name: &str| strip.cards.iter().find(|placed| placed.card.hash == hash(name)).unwrap();
        assert_eq!(find("a2").column, find("b2").column);
        assert_eq!((find("b2").row, find("b2").state), (1, CardState::Stale));
    }

    #[test]
    fn every_block_but_genesis_has_one_link_with_an_arrow() {
        let strip = layout(&forked());
        let heads =
            strip.links.iter().filter(|shape| matches!(shape, Shape::Path { class: "strip__head", .. })).count();
        assert_eq!(heads, 4);
    }

    #[test]
    fn a_link_has_the_hue_of_the_parent_it_names() {
        let strip = layout(&forked());
        let Some(Shape::Path { hue, .. }) = strip.links.first() else { panic!("no link") };
        assert_eq!(*hue, Some(Digest::from(hash("a2")).hue()));
    }

    #[test]
    fn arrow_keys_walk_the_links_and_change_branches() {
        let strip = layout(&forked());
        let step = |from: &str, walk| strip.neighbour(&hash(from), walk).map(|placed| placed.card.hash);
        assert_eq!(step("a1", Walk::Newer), Some(hash("a2")));
        assert_eq!(step("b2", Walk::Older), Some(hash("a1")));
        assert_eq!(step("a2", Walk::Down), Some(hash("b2")));
        assert_eq!(step("b2", Walk::Up), Some(hash("a2")));
        assert_eq!(step("b2", Walk::Newer), None);
        assert_eq!(step("a0", Walk::Older), None);
        assert_eq!(strip.newest().map(|placed| placed.card.hash), Some(hash("a3")));
        assert_eq!(strip.oldest().map(|placed| placed.card.hash), Some(hash("a0")));
    }

    #[test]
    fn headers_ahead_of_the_tip_make_room_for_themselves() {
        let mut chain = forked();
        let mut ahead = branch(vec![card("c5", "c4", 5), card("c4", "a3", 4)], "a3", 3);
        ahead.headers_only = true;
        ahead.weaker = false;
        chain.branches.push(ahead);
        let strip = layout(&chain);
        assert_eq!(strip.columns, 6);
        assert_eq!(strip.cards.iter().find(|placed| placed.card.hash == hash("a3")).unwrap().column, 2);
        assert_eq!(strip.cards.last().unwrap().state, CardState::Wanted);
    }

    #[test]
    fn headers_of_a_weaker_branch_wait_for_nothing() {
        let mut chain = forked();
        chain.branches[0].headers_only = true;
        let state = |chain: &ChainView| layout(chain).cards.last().map(|placed| placed.state);
        assert_eq!(state(&chain), Some(CardState::Weaker));
        chain.branches[0].weaker = false;
        assert_eq!(state(&chain), Some(CardState::Wanted), "of as much work, its blocks are fetched");
    }

    #[test]
    fn an_empty_chain_is_an_empty_strip() {
        assert_eq!(layout(&view(Vec::new(), Vec::new())), Strip::default());
    }
}
