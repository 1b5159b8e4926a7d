//! How many 2^256 is: things people have counted or estimated, on a scale of doublings.

use yew::prelude::*;

use super::shape::{Anchor, Drawing, Shape, draw, path};

/// Doublings of the whole scale.
pub const SCALE_BITS: u32 = 272;

/// Something with a count. All counts are estimates but those that are powers of two.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Counted {
    /// Its name, for texts and styles.
    pub name: &'static str,
    /// Its count's logarithm to base 2.
    pub log2: f64,
    /// The count is exact.
    pub exact: bool,
}

/// An estimate from its decimal digits: `4.35, 17` is 4.35 · 10^17.
fn about(name: &'static str, digits: f64, power: f64) -> Counted {
    Counted { name, log2: digits.log2() + power * std::f64::consts::LOG2_10, exact: false }
}

/// The scale's entries, the smallest first.
///
/// Seconds: 13.8 thousand million years (Planck 2018). Sand: an often quoted estimate for all
/// beaches. Atoms of the Earth: its mass by its composition. Atoms of the visible universe: between
/// 10^78 and 10^82, 10^80 is usual.
pub fn entries() -> Vec<Counted> {
    let exact = |name, log2| Counted { name, log2, exact: true };
    vec![
        about("people", 8.1, 9.0),
        about("seconds", 4.35, 17.0),
        about("sand", 7.5, 18.0),
        exact("words12", 128.0),
        exact("addresses", 160.0),
        about("earth", 1.3, 50.0),
        // n is less than 2^256, by one part in 2^127.
        Counted { name: "keys", log2: 256.0, exact: false },
        about("universe", 1.0, 80.0),
    ]
}

/// The count as a power of ten: the logarithm to base 10.
pub fn log10(log2: f64) -> f64 {
    log2 * std::f64::consts::LOG10_2
}

/// Size of the drawing; a row for each entry.
const WIDTH: f64 = 440.0;
const ROW: f64 = 40.0;
const TOP: f64 = 26.0;
const LEFT: f64 = 4.0;
const SPAN: f64 = WIDTH - 2.0 * LEFT;

/// Where a number of doublings is.
pub fn place(bits: f64) -> f64 {
    LEFT + (bits / f64::from(SCALE_BITS)).clamp(0.0, 1.0) * SPAN
}

/// Bars for the entries, their names above them, and a line at `chosen` doublings. `names` gives
/// each entry's words and what stands at the right end.
pub fn layout(entries: &[Counted], chosen: u32, names: impl Fn(&Counted) -> (String, String)) -> Drawing {
    let height = TOP + ROW * entries.len() as f64 + 6.0;
    let mut shapes = Vec::new();
    // Written last, over the line.
    let mut words = Vec::new();
    for bits in (0..=SCALE_BITS).step_by(64) {
        let x = place(f64::from(bits));
        shapes.push(Shape::Path { class: "pow__grid", d: path(&[("M", &[x, 18.0]), ("V", &[height])]), hue: None });
        let anchor = if bits == 0 { Anchor::Start } else { Anchor::Middle };
        shapes.push(Shape::Text { class: "pow__tick", x, y: 12.0, anchor, text: format!("2^{bits}") });
    }
    for (row, entry) in entries.iter().enumerate() {
        let y = TOP + ROW * row as f64;
        let (name, value) = names(entry);
        let class = match (entry.log2 <= f64::from(chosen), entry.name) {
            (true, _) => "pow__bar is-passed",
            (false, "keys") => "pow__bar is-keys",
            (false, _) => "pow__bar",
        };
        words.push(Shape::Text { class: "pow__name", x: LEFT, y: y + 13.0, anchor: Anchor::Start, text: name });
        words.push(Shape::Text { class: "pow__value", x: WIDTH - LEFT, y: y + 13.0, anchor: Anchor::End, text: value });
        let width = place(entry.log2) - LEFT;
        shapes.push(Shape::Rect { class, x: LEFT, y: y + 18.0, width, height: 11.0, radius: 2.0, hue: None });
    }
    let x = place(f64::from(chosen));
    shapes.push(Shape::Path { class: "pow__line", d: path(&[("M", &[x, 18.0]), ("V", &[height])]), hue: None });
    shapes.extend(words);
    Drawing { width: WIDTH, height, shapes }
}

/// Props of [`PowersFigure`].
#[derive(Properties, PartialEq)]
pub struct PowersProps {
    /// The drawing, of [`layout`].
    pub drawing: Drawing,
    /// What it shows, in one sentence.
    pub label: AttrValue,
}

/// The figure.
#[component]
pub fn PowersFigure(props: &PowersProps) -> Html {
    html! {
        <svg class="fig pow" viewBox={props.drawing.view_box()} role="img" aria-label={props.label.clone()}>
            { draw(&props.drawing.shapes) }
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_in_order_and_where_they_are_said_to_be() {
        let entries = entries();
        assert!(entries.windows(2).all(|pair| pair[0].log2 < pair[1].log2));
        let near = |name: &str, log2: f64| {
            let found = entries.iter().find(|entry| entry.name == name).expect("it is there").log2;
            assert!((found - log2).abs() < 0.1, "{name}: {found}");
        };
        near("seconds", 58.6);
        near("sand", 62.7);
        near("earth", 166.5);
        near("universe", 265.75);
        assert!((log10(256.0) - 77.06).abs() < 0.01);
    }

    #[test]
    fn bars_stay_in_the_drawing_and_are_as_long_as_their_logarithm() {
        let drawing = layout(&entries(), 128, |entry| (entry.name.to_owned(), String::new()));
        let bars: Vec<(f64, f64, &str)> = drawing
            .shapes
            .iter()
            .filter_map(|shape| match shape {
                Shape::Rect { class, x, y, width, height, .. } => {
                    assert!(x + width <= drawing.width && y + height <= drawing.height);
                    Some((*width, *y, *class))
                }
                _ => None,
            })
            .collect();
        assert_eq!(bars.len(), entries().len());
        assert!(bars.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 < pair[1].1));
        assert_eq!(bars.iter().filter(|(_, _, class)| class.ends_with("is-passed")).count(), 4, "128 flips pass 2^128");
        let (addresses, keys) = (bars[4].0, bars[6].0);
        assert!((keys / addresses - 256.0 / 160.0).abs() < 1e-9);
    }
}
