//! The keys page: the section `failures`.

use super::Row;

/// Rows of the section.
pub const ROWS: &[Row] = &[];
