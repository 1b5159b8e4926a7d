//! Figures: each a pure layout and a thin SVG.
