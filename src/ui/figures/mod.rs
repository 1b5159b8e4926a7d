//! Figures: each a pure layout, natively tested, and a thin SVG that draws it.
//!
//! A layout knows no browser: it turns a view into [`Shape`]s with coordinates in a drawing of
//! known size; colours, dashes and fonts belong to `styles/figures.css`.

pub mod bit_grid;
pub mod bit_ruler;
pub mod bit_strip;
pub mod bow_tie;
pub mod chain_strip;
pub mod coin_tiles;
pub mod counts_line;
pub mod interval_bars;
pub mod key_tree;
pub mod linkage;
pub mod lottery;
pub mod merkle;
pub mod powers;
pub mod qr_code;
pub mod real_curve;
pub mod ring;
pub mod series;
mod shape;
pub mod toy_curve;

pub use bow_tie::{BowTie, BowTieFigure, BowTieFigureProps, Strand};
pub use key_tree::{KeyTreeFigure, KeyTreeFigureProps};
pub use linkage::{LinkageFigure, LinkageFigureProps};
pub use qr_code::{QrFigure, QrFigureProps};
pub use ring::{RingFigure, RingFigureProps};
pub use series::{Bar, Bars, BarsProps, Sparkline, SparklineProps};
pub use shape::{Anchor, Drawing, Shape, draw, draw_choices};
