//! The keys page: the section `payment`.

use super::Row;

/// Rows of the section.
pub const ROWS: &[Row] = &[];
