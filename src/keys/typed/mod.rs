//! What people type and paste, read as they mean it.
//!
//! A phone's keyboard of another region has no point, an input method writes `１．５`, a copied address brings a mark
//! that nobody sees. What can mean one thing only is read so; what can mean two is refused with both written out.
//! Programs, which mean what they write, are read by the exact functions of the ledger and of [`Address`](crate::keys::Address).

mod characters;
mod number;
mod pasted;

pub use characters::{digit_value, is_invisible, named};
pub use number::{NumberError, TypedAmountError, amount, decimal, whole_number};
pub use pasted::{PastedError, PaymentLink, address, cleaned, payment_link};
