//! Texts.

use super::Row;

/// Rows.
pub const ROWS: &[Row] = &[];
