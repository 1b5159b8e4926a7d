//! Seconds between blocks as bars, with a line at the goal.

use yew::prelude::*;

/// A bar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IntervalBar {
    /// The block's height in the chain.
    pub height: u32,
    /// Seconds since the block before; a header's clock may make them negative.
    pub seconds: i64,
    /// The bar in percent of the drawing.
    pub percent: f64,
    /// Whether its height is written below: only so many fit.
    pub labelled: bool,
}

/// The bars, and where the goal is in percent of the drawing's height.
pub fn layout(intervals: &[(u32, i64)], goal: u32) -> (Vec<IntervalBar>, f64) {
    let most = intervals.iter().map(|(_, seconds)| *seconds).max().unwrap_or(0).max(i64::from(goal) * 2).max(1) as f64;
    let every = intervals.len().div_ceil(7).max(1);
    let last = intervals.len().saturating_sub(1);
    let bars = intervals
        .iter()
        .enumerate()
        .map(|(at, (height, seconds))| IntervalBar {
            height: *height,
            seconds: *seconds,
            percent: (*seconds).max(0) as f64 / most * 100.0,
            labelled: (last - at).is_multiple_of(every),
        })
        .collect();
    (bars, f64::from(goal) / most * 100.0)
}

/// Props of [`IntervalBars`].
#[derive(Properties, PartialEq)]
pub struct IntervalBarsProps {
    /// Height and seconds, oldest first.
    pub intervals: Vec<(u32, i64)>,
    /// Seconds aimed at.
    pub goal: u32,
    /// What the picture says, in one sentence.
    pub label: AttrValue,
}

/// The figure.
#[component]
pub fn IntervalBars(props: &IntervalBarsProps) -> Html {
    let (bars, goal) = layout(&props.intervals, props.goal);
    html! {
        <div class="ivls" role="img" aria-label={props.label.clone()}>
            <div class="ivls__plot">
                { for bars.iter().map(|bar| html! {
                    <span class="ivls__bar" key={bar.height} title={format!("{}: {} s", bar.height, bar.seconds)}>
                        <i style={format!("height:{:.1}%", bar.percent)}></i>
                    </span>
                }) }
                <b class="ivls__goal" style={format!("bottom:{goal:.1}%")}><span class="num">{ props.goal }</span></b>
            </div>
            <div class="ivls__axis">{ for bars.iter().map(|bar| html! {
                <span key={bar.height}>{ if bar.labelled { bar.height.to_string() } else { String::new() } }</span>
            }) }</div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_in_the_ratio_of_their_seconds() {
        let (bars, goal) = layout(&[(1, 30), (2, 15), (3, -5)], 15);
        assert_eq!(bars.iter().map(|bar| bar.percent).collect::<Vec<_>>(), [100.0, 50.0, 0.0]);
        assert_eq!(goal, 50.0);
    }

    #[test]
    fn the_last_bar_is_always_labelled_and_labels_never_crowd() {
        let many: Vec<(u32, i64)> = (0..20).map(|height| (height, 1)).collect();
        let (bars, _) = layout(&many, 15);
        assert!(bars.last().is_some_and(|bar| bar.labelled));
        assert!(bars.iter().filter(|bar| bar.labelled).count() <= 7);
        assert_eq!(layout(&[], 0).0, []);
    }
}
