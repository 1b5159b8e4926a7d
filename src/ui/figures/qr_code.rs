//! A text as a QR code (ISO/IEC 18004), for a camera to read.

use qrcodegen::{QrCode, QrCodeEcc};
use yew::prelude::*;

/// Light modules around the code; the standard wants four.
pub const QUIET_ZONE: u32 = 4;

/// The code, laid out in modules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QrDrawing {
    /// Side of the view box, the quiet zone included.
    pub side: u32,
    /// All dark modules as an SVG path.
    pub path: String,
}

/// Lays the code out; none for a text that no code has room for (some 2,300 bytes). A seventh of the code may be
/// smudged or folded (level M) and it can still be read.
pub fn layout(text: &str) -> Option<QrDrawing> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let size = code.size();
    let mut path = String::new();
    for y in 0..size {
        let mut x = 0;
        while x < size {
            let start = x;
            while code.get_module(x, y) {
                x += 1;
            }
            if x > start {
                let width = (x - start).to_string();
                let (left, top) = (start + QUIET_ZONE as i32, y + QUIET_ZONE as i32);
                path.push_str(&["M", &left.to_string(), " ", &top.to_string()].concat());
                path.push_str(&["h", &width, "v1h-", &width, "z"].concat());
            }
            x += 1;
        }
    }
    Some(QrDrawing { side: size as u32 + 2 * QUIET_ZONE, path })
}

/// Properties of [`QrFigure`].
#[derive(Properties, PartialEq)]
pub struct QrFigureProps {
    /// What the code says.
    pub text: AttrValue,
    /// Its name for screen readers.
    pub label: AttrValue,
    /// For tests: `data-qr`.
    pub name: AttrValue,
}

/// The code, dark on light in every theme: many readers know no other.
#[component]
pub fn QrFigure(props: &QrFigureProps) -> Html {
    let Some(drawing) = layout(&props.text) else { return Html::default() };
    let side = drawing.side.to_string();
    html! {
        <svg class="qr" viewBox={format!("0 0 {side} {side}")} role="img" aria-label={props.label.clone()}
            data-qr={props.name.clone()} shape-rendering="crispEdges">
            <title>{ props.label.clone() }</title>
            <rect class="qr__paper" width={side.clone()} height={side} />
            <path class="qr__ink" d={drawing.path} />
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADDRESS: &str = "mrCDrCybB6J1vRfbwM5hemdJz73FwDBC8r";
    const WIF: &str = "cMahea7zqjxrtgAbB7LSGbcQUr1uX1ojuat9jZodMN87JcbXMTcA";

    /// The dark modules of a path, by row and column.
    fn modules(drawing: &QrDrawing) -> Vec<Vec<bool>> {
        let side = drawing.side as usize;
        let mut modules = vec![vec![false; side]; side];
        for run in drawing.path.split('M').skip(1) {
            let (place, width) = run.split_once('h').expect("a run");
            let (x, y) = place.split_once(' ').expect("a place");
            let width: usize = width.split('v').next().and_then(|width| width.parse().ok()).expect("a width");
            let (x, y): (usize, usize) = (x.parse().expect("x"), y.parse().expect("y"));
            modules[y][x..x + width].fill(true);
        }
        modules
    }

    fn read(text: &str) -> String {
        let drawing = layout(text).expect("it has room");
        let modules = modules(&drawing);
        // Four pixels a module, as a camera would see it.
        let side = drawing.side as usize * 4;
        let mut image =
            rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| if modules[y / 4][x / 4] { 0 } else { 255 });
        let grids = image.detect_grids();
        assert_eq!(grids.len(), 1, "one code");
        grids[0].decode().expect("it is read").1
    }

    #[test]
    fn a_reader_reads_what_was_written() {
        for text in [ADDRESS, WIF, "a", "\u{94a5}\u{5319}"] {
            assert_eq!(read(text), text);
        }
    }

    #[test]
    fn the_code_has_its_quiet_zone_and_three_finder_patterns() {
        let drawing = layout(WIF).expect("it has room");
        let modules = modules(&drawing);
        let (side, quiet) = (drawing.side as usize, QUIET_ZONE as usize);
        assert_eq!((side - 2 * quiet) % 4, 1, "17 modules and four a version");
        let (first, last) = (quiet, side - quiet);
        for (y, row) in modules.iter().enumerate() {
            for (x, dark) in row.iter().enumerate() {
                let in_code = (first..last).contains(&x) && (first..last).contains(&y);
                assert!(in_code || !dark, "light at {x}, {y}");
            }
        }
        let finder = |x: usize, y: usize| {
            (0..7).all(|row| {
                (0..7).all(|column| {
                    let ring = row.min(6 - row).min(column.min(6 - column));
                    modules[y + row][x + column] == (ring != 1)
                })
            })
        };
        let far = side - quiet - 7;
        assert!(finder(quiet, quiet) && finder(far, quiet) && finder(quiet, far) && !finder(far, far));
    }

    #[test]
    fn a_text_too_long_for_any_code_gives_none() {
        assert_eq!(layout(&"x".repeat(3_000)), None);
    }
}
