//! The keys page: the section `number`.

use super::Row;

/// Rows of the section.
pub const ROWS: &[Row] = &[];
