//! The keys page: the section `address`.

use super::Row;

/// Rows of the section.
pub const ROWS: &[Row] = &[];
