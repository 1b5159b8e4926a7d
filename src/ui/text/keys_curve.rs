//! The keys page: the section `curve`.

use super::Row;

/// Rows of the section.
pub const ROWS: &[Row] = &[];
