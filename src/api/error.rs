//! What went wrong, for people and for programs alike.

use serde::{Deserialize, Serialize};

/// An error as it reaches a person or an RPC client.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, thiserror::Error)]
#[error("{text}")]
pub struct UserError {
    /// Bitcoin Core's RPC error code (`RPC_INVALID_PARAMETER` −8, `RPC_VERIFY_REJECTED` −26 …).
    pub code: i32,
    /// The rule that failed: the key of its translated text is `rule.` and this.
    pub rule: String,
    /// What it failed on, by name: fills the placeholders of the translated text.
    pub facts: Vec<(String, String)>,
    /// The same in English, whole.
    pub text: String,
    /// The form field it belongs to (`to`, `amount`, `fee_rate`, `words`, `hex`, `message`,
    /// `signature`, `address`, `sweep_key`), if one.
    pub field: Option<String>,
}

impl UserError {
    /// An error with a rule and its English text.
    pub fn new(code: i32, rule: impl Into<String>, text: impl Into<String>) -> Self {
        Self { code, rule: rule.into(), facts: Vec::new(), text: text.into(), field: None }
    }

    /// The same with a fact.
    #[must_use]
    pub fn fact(mut self, name: &str, value: impl ToString) -> Self {
        self.facts.push((name.to_owned(), value.to_string()));
        self
    }

    /// The same with all these facts.
    #[must_use]
    pub fn facts(mut self, facts: Vec<(&'static str, String)>) -> Self {
        self.facts.extend(facts.into_iter().map(|(name, value)| (name.to_owned(), value)));
        self
    }

    /// The same at a form's field.
    #[must_use]
    pub fn at(mut self, field: &str) -> Self {
        self.field = Some(field.to_owned());
        self
    }
}
