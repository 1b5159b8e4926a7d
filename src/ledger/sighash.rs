//! The signature hash: what exactly a signature signs.
