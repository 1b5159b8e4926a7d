//! The keys page: the section `notes`.

use super::Row;

/// Rows of the section.
pub const ROWS: &[Row] = &[];
