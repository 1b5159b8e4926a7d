//! Numbers over time: a line and bars.

use yew::prelude::*;

use super::shape::{Anchor, Drawing, Shape, draw, path};

const WIDTH: f64 = 560.0;

/// A line over its filled area, the newest value at the right end.
///
/// `slots` is how many values fill the width; fewer values leave room at the left.
pub fn line_layout(values: &[f64], slots: usize, height: f64) -> Drawing {
    let mut drawing = Drawing { width: WIDTH, height, shapes: Vec::new() };
    let most = values.iter().copied().filter(|value| value.is_finite()).fold(0.0, f64::max);
    if values.len() < 2 || most <= 0.0 {
        return drawing;
    }
    let step = WIDTH / (slots.max(values.len()) - 1) as f64;
    let start = WIDTH - step * (values.len() - 1) as f64;
    let points: Vec<(f64, f64)> = values
        .iter()
        .enumerate()
        .map(|(index, value)| {
            let part = if value.is_finite() { (value / most).clamp(0.0, 1.0) } else { 0.0 };
            (start + index as f64 * step, height - 2.0 - part * (height - 8.0))
        })
        .collect();
    let mut line = String::new();
    for (index, (x, y)) in points.iter().enumerate() {
        line.push_str(&path(&[(if index == 0 { "M" } else { "L" }, &[*x, *y])]));
    }
    let area = [&line, &path(&[("V", &[height]), ("H", &[start]), ("Z", &[])])].map(String::as_str).concat();
    drawing.shapes.push(Shape::Path { class: "area1", d: area, hue: None });
    drawing.shapes.push(Shape::Path { class: "ln1", d: line, hue: None });
    drawing
}

/// Properties of [`Sparkline`].
#[derive(Properties, PartialEq)]
pub struct SparklineProps {
    /// Values, oldest first.
    pub values: Vec<f64>,
    /// What it shows, in a sentence.
    pub label: AttrValue,
    /// How many values fill the width.
    #[prop_or(120)]
    pub slots: usize,
    /// Height of the drawing, 560 wide.
    #[prop_or(96.0)]
    pub height: f64,
}

/// A line of values.
#[component]
pub fn Sparkline(props: &SparklineProps) -> Html {
    let drawing = line_layout(&props.values, props.slots, props.height);
    html! {
        <svg class="fig series" viewBox={drawing.view_box()} preserveAspectRatio="none" role="img" aria-label={props.label.clone()}>
            {draw(&drawing.shapes)}
        </svg>
    }
}

/// A bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// Its height's value.
    pub value: f64,
    /// Under it; may be empty.
    pub label: String,
    /// Above it; may be empty.
    pub top: String,
    /// Drawn as the one that counts.
    pub marked: bool,
}

/// Bars side by side, with a line at the goal.
pub fn bars_layout(bars: &[Bar], goal: Option<f64>, height: f64) -> Drawing {
    let mut drawing = Drawing { width: WIDTH, height, shapes: Vec::new() };
    let finite = |value: f64| if value.is_finite() { value.max(0.0) } else { 0.0 };
    let most = bars.iter().map(|bar| finite(bar.value)).chain(goal).fold(0.0, f64::max);
    if bars.is_empty() || most <= 0.0 {
        return drawing;
    }
    let (above, below) = (16.0, 18.0);
    let room = height - above - below;
    let step = WIDTH / bars.len() as f64;
    let width = (step * 0.7).min(40.0);
    for (index, bar) in bars.iter().enumerate() {
        let tall = finite(bar.value) / most * room;
        let x = step * (index as f64 + 0.5);
        let top = above + room - tall;
        let class = if bar.marked { "ivl is-marked" } else { "ivl" };
        drawing.shapes.push(Shape::Rect {
            class,
            x: x - width / 2.0,
            y: top,
            width,
            height: tall,
            radius: 1.0,
            hue: None,
        });
        let mut label = |class, y, text: &str| {
            if !text.is_empty() {
                drawing.shapes.push(Shape::Text { class, x, y, anchor: Anchor::Middle, text: text.to_owned() });
            }
        };
        label("ax", height - 4.0, &bar.label);
        label("ax ax--v", top - 4.0, &bar.top);
    }
    if let Some(goal) = goal {
        let y = above + room - finite(goal) / most * room;
        drawing.shapes.push(Shape::Path { class: "goal", d: path(&[("M", &[0.0, y]), ("H", &[WIDTH])]), hue: None });
    }
    drawing
}

/// Properties of [`Bars`].
#[derive(Properties, PartialEq)]
pub struct BarsProps {
    /// The bars.
    pub bars: Vec<Bar>,
    /// What they show, in a sentence.
    pub label: AttrValue,
    /// A value all of them aim at.
    #[prop_or_default]
    pub goal: Option<f64>,
    /// Height of the drawing, 560 wide.
    #[prop_or(140.0)]
    pub height: f64,
}

/// Bars of values.
#[component]
pub fn Bars(props: &BarsProps) -> Html {
    let drawing = bars_layout(&props.bars, props.goal, props.height);
    html! {
        <svg class="fig bars" viewBox={drawing.view_box()} role="img" aria-label={props.label.clone()}>
            {draw(&drawing.shapes)}
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(value: f64) -> Bar {
        Bar { value, label: String::new(), top: String::new(), marked: false }
    }

    #[test]
    fn a_line_needs_two_values_and_something_above_zero() {
        assert!(line_layout(&[1.0], 10, 50.0).shapes.is_empty());
        assert!(line_layout(&[0.0, 0.0], 10, 50.0).shapes.is_empty());
        assert_eq!(line_layout(&[1.0, f64::NAN, 2.0], 10, 50.0).shapes.len(), 2);
    }

    #[test]
    fn the_newest_value_is_at_the_right_end() {
        let drawing = line_layout(&[1.0, 2.0], 120, 50.0);
        let Some(Shape::Path { d, .. }) = drawing.shapes.last() else { panic!("no line") };
        assert!(d.contains("L560 6"), "{d}");
    }

    #[test]
    fn bars_and_their_goal_stay_in_the_drawing() {
        let drawing = bars_layout(&[bar(5.0), bar(40.0), bar(f64::INFINITY)], Some(15.0), 140.0);
        for shape in &drawing.shapes {
            if let Shape::Rect { y, height, .. } = shape {
                assert!(*y >= 0.0 && y + height <= 140.0);
            }
        }
        assert!(drawing.shapes.iter().any(|shape| matches!(shape, Shape::Path { class: "goal", .. })));
    }
}
