//! What stays around the pages.
