//! Every rule that can be broken, its facts, and Bitcoin Core's name for it: one enum a stage.

mod block;
mod header;
mod input;
mod transaction;

pub use block::BlockError;
pub use header::HeaderError;
pub use input::InputError;
pub use transaction::TransactionError;

use super::{Facts, RuleError};

macro_rules! rule_errors {
    ($($name:ident),*) => {
        $(impl RuleError for $name {
            fn rule(&self) -> &'static str {
                Self::rule(self)
            }

            fn facts(&self) -> Facts {
                Self::facts(self)
            }
        })*
    };
}

rule_errors!(TransactionError, HeaderError, InputError, BlockError);
