//! The keys page: the section `signing`.

use super::Row;

/// Rows of the section.
pub const ROWS: &[Row] = &[];
