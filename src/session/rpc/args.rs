//! Reading the parameters of a call, with Core's errors for what is missing or of the wrong kind.

use serde_json::Value;

use super::code;
use crate::ledger::{Amount, BlockHash, Decodable, Txid, decode_hex};
use crate::session::UserError;

/// The parameters of a call, by position.
pub(super) struct Args<'a> {
    values: &'a [Value],
}

impl<'a> Args<'a> {
    pub(super) const fn new(values: &'a [Value]) -> Self {
        Self { values }
    }

    /// The parameter, if it was given and is not null.
    pub(super) fn get(&self, at: usize) -> Option<&'a Value> {
        self.values.get(at).filter(|value| !value.is_null())
    }

    fn required(&self, at: usize, name: &str) -> Result<&'a Value, UserError> {
        self.get(at).ok_or_else(|| {
            UserError::new(code::INVALID_PARAMETER, "rpc-missing-parameter", format!("parameter {name} is missing"))
                .fact("name", name)
        })
    }

    /// A required text.
    pub(super) fn text(&self, at: usize, name: &str) -> Result<&'a str, UserError> {
        let value = self.required(at, name)?;
        value.as_str().ok_or_else(|| wrong_type(name, "string", value))
    }

    /// A text, if given.
    pub(super) fn optional_text(&self, at: usize, name: &str) -> Result<Option<&'a str>, UserError> {
        self.get(at).map(|value| value.as_str().ok_or_else(|| wrong_type(name, "string", value))).transpose()
    }

    /// A required whole number.
    pub(super) fn number(&self, at: usize, name: &str) -> Result<i64, UserError> {
        let value = self.required(at, name)?;
        value.as_i64().ok_or_else(|| wrong_type(name, "number", value))
    }

    /// A whole number, if given.
    pub(super) fn optional_number(&self, at: usize, name: &str) -> Result<Option<i64>, UserError> {
        self.get(at).map(|value| value.as_i64().ok_or_else(|| wrong_type(name, "number", value))).transpose()
    }

    /// A yes or no, if given.
    pub(super) fn optional_bool(&self, at: usize, name: &str) -> Result<Option<bool>, UserError> {
        self.get(at).map(|value| value.as_bool().ok_or_else(|| wrong_type(name, "bool", value))).transpose()
    }

    /// A required yes or no.
    pub(super) fn bool(&self, at: usize, name: &str) -> Result<bool, UserError> {
        let value = self.required(at, name)?;
        value.as_bool().ok_or_else(|| wrong_type(name, "bool", value))
    }

    /// Verbosity: a number, or as in older versions a yes or no.
    pub(super) fn verbosity(&self, at: usize, default: i64) -> Result<i64, UserError> {
        match self.get(at) {
            Some(Value::Bool(verbose)) => Ok(i64::from(*verbose)),
            _ => Ok(self.optional_number(at, "verbosity")?.unwrap_or(default)),
        }
    }

    /// A required block hash.
    pub(super) fn block_hash(&self, at: usize, name: &str) -> Result<BlockHash, UserError> {
        self.text(at, name)?.parse().map_err(|error| invalid(name, &error))
    }

    /// A required transaction id.
    pub(super) fn txid(&self, at: usize, name: &str) -> Result<Txid, UserError> {
        self.text(at, name)?.parse().map_err(|error| invalid(name, &error))
    }

    /// A required amount of coins, as a number or a text.
    pub(super) fn amount(&self, at: usize, name: &str) -> Result<Amount, UserError> {
        let value = self.required(at, name)?;
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Number(number) if number.is_i64() || number.is_u64() => number.to_string(),
            // Eight decimals are exact for every amount that a 64-bit float can carry.
            Value::Number(number) => format!("{:.8}", number.as_f64().unwrap_or(f64::NAN)),
            _ => return Err(wrong_type(name, "number", value)),
        };
        text.parse::<Amount>().map_err(|error| {
            UserError::new(code::TYPE_ERROR, "rpc-invalid-amount", format!("Invalid amount: {error}"))
                .fact("name", name)
                .fact("reason", error)
        })
    }

    /// A required thing in hexadecimal.
    pub(super) fn hex<T: Decodable>(&self, at: usize, name: &str, what: &str) -> Result<T, UserError> {
        decode_hex(self.text(at, name)?).map_err(|error| {
            UserError::new(code::DESERIALIZATION_ERROR, "rpc-decode-failed", format!("{what} decode failed: {error}"))
                .fact("what", what)
                .fact("reason", error)
        })
    }
}

fn wrong_type(name: &str, wanted: &str, value: &Value) -> UserError {
    let found = match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    UserError::new(
        code::TYPE_ERROR,
        "rpc-wrong-type",
        format!("JSON value of type {found} for field {name} is not of expected type {wanted}"),
    )
    .fact("name", name)
    .fact("found", found)
    .fact("wanted", wanted)
}

fn invalid(name: &str, error: &dyn std::fmt::Display) -> UserError {
    UserError::new(code::INVALID_PARAMETER, "rpc-invalid-parameter", format!("{name}: {error}"))
        .fact("name", name)
        .fact("reason", error)
}
