//! The hash lottery: how many hashes of this attempt began with so many zero bits, beside how many
//! were to be expected. Each bit more halves the count; the block is found above the line.

use yew::prelude::*;

use crate::ui::format;

/// A row of the figure: one count of zero bits.
#[derive(Clone, Debug, PartialEq)]
pub struct LotteryRow {
    /// Zero bits, exactly.
    pub zeros: u32,
    /// Hashes that had them.
    pub count: u64,
    /// Hashes that were to be expected after so many tries.
    pub expected: f64,
    /// Length of the count's bar in percent, logarithmic.
    pub bar: f64,
    /// Where the expected count is, in percent on the same scale.
    pub expected_at: f64,
    /// Whether such a hash makes a block.
    pub wins: bool,
    /// Whether this is the best so far.
    pub best: bool,
}

/// Rows at most, so that a picture stays a picture at any difficulty.
const MAX_ROWS: u32 = 48;

/// The figure's rows, rarest first, for a target of `needed` zero bits.
///
/// `best` is the most zero bits found; rows go two above what is needed and what was found.
pub fn layout(histogram: &[u64], needed: u32, best: u32) -> Vec<LotteryRow> {
    let tries: u64 = histogram.iter().fold(0, |sum, count| sum.saturating_add(*count));
    let found = histogram.iter().rposition(|count| *count > 0).unwrap_or(0) as u32;
    let top = needed.max(found).max(best).saturating_add(2).min(255);
    let bottom = top.saturating_sub(MAX_ROWS);
    let scale = |count: f64| if tries == 0 { 0.0 } else { (1.0 + count).ln() / (1.0 + tries as f64).ln() * 100.0 };
    (bottom..=top)
        .rev()
        .map(|zeros| {
            let count = histogram.get(zeros as usize).copied().unwrap_or(0);
            let expected = tries as f64 * 0.5f64.powi(zeros as i32 + 1);
            LotteryRow {
                zeros,
                count,
                expected,
                bar: if count == 0 { 0.0 } else { scale(count as f64).max(1.0) },
                expected_at: scale(expected),
                wins: zeros >= needed,
                best: tries > 0 && zeros == found,
            }
        })
        .collect()
}

/// Props of [`LotteryFigure`].
#[derive(Properties, PartialEq)]
pub struct LotteryProps {
    /// [`MinerView::histogram`](crate::api::MinerView::histogram).
    pub histogram: Vec<u64>,
    /// Zero bits it takes.
    pub needed: u32,
    /// Most zero bits so far.
    pub best: u32,
    /// What the picture says, in one sentence.
    pub label: AttrValue,
    /// Written in the winning region.
    pub win_label: AttrValue,
    /// Written at the best so far.
    pub best_label: AttrValue,
}

/// The figure: one bar a row, the winning region hatched above the line.
#[component]
pub fn LotteryFigure(props: &LotteryProps) -> Html {
    let rows = layout(&props.histogram, props.needed, props.best);
    let first = rows.first().map(|row| row.zeros);
    let rows = rows.into_iter().map(|row| {
        let edge = row.zeros == props.needed;
        html! {
            <div class="lot__row" key={row.zeros} data-wins={row.wins.then_some("true")}
                data-edge={edge.then_some("true")} data-best={row.best.then_some("true")}>
                <span class="lot__z num">{ row.zeros }</span>
                <span class="lot__lane">
                    if row.count > 0 {
                        <i class="lot__bar" style={format!("width:{:.1}%", row.bar)} />
                    }
                    if row.expected >= 0.5 {
                        <i class="lot__expect" style={format!("left:{:.1}%", row.expected_at)} />
                    }
                    if Some(row.zeros) == first { <b class="lot__word">{ &props.win_label }</b> }
                    if row.best { <b class="lot__word">{ &props.best_label }</b> }
                </span>
                <span class="lot__n num">{ if row.count > 0 { format::grouped(row.count) } else { String::new() } }</span>
            </div>
        }
    });
    html! { <div class="lot" role="img" aria-label={props.label.clone()}>{ for rows }</div> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_zero_bit_more_is_expected_half_as_often() {
        let rows = layout(&[512, 256, 128, 64, 64], 22, 4);
        assert_eq!(rows.first().map(|row| row.zeros), Some(24));
        let low: Vec<f64> = rows.iter().rev().take(3).map(|row| row.expected).collect();
        assert_eq!(low, [512.0, 256.0, 128.0]);
        assert!(rows.iter().all(|row| (0.0..=100.0).contains(&row.bar)));
    }

    #[test]
    fn rows_from_the_needed_zero_bits_up_win() {
        let rows = layout(&[3, 1], 5, 1);
        assert!(rows.iter().all(|row| row.wins == (row.zeros >= 5)));
        assert_eq!(rows.iter().filter(|row| row.best).map(|row| row.zeros).collect::<Vec<_>>(), [1]);
    }

    #[test]
    fn no_tries_draw_empty_rows_and_huge_ones_stay_bounded() {
        let rows = layout(&[], 22, 0);
        assert!(rows.iter().all(|row| row.bar == 0.0 && !row.best && row.expected == 0.0));
        let rows = layout(&[u64::MAX, u64::MAX], 200, 1);
        assert!(rows.len() <= MAX_ROWS as usize + 1);
        assert!(rows.iter().all(|row| row.bar.is_finite() && row.expected_at.is_finite()));
    }
}
