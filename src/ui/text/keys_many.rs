//! The keys page: the section `many`.

use super::Row;

/// Rows of the section.
pub const ROWS: &[Row] = &[];
