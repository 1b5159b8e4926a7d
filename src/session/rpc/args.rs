//! Reading the parameters of a call, with Core's errors for what is missing, of the wrong kind, or
//! not served here.

use serde_json::{Map, Value};

use super::fixed_point::parse_fixed_point;
use super::param::{Kind, Param, Served, least, type_name};
use crate::api::{UserError, code};
use crate::ledger::{
    Amount, BlockHash, COIN, Decodable, FeeRate, Transaction, Txid, decode_hex, decode_hex_transaction,
};

/// Decimals of an amount of coins.
const COIN_DECIMALS: i64 = 8;
/// Decimals of a fee rate in satoshis a virtual byte.
const FEE_RATE_DECIMALS: i64 = 3;
/// Characters of a wrong value that are repeated to whoever gave it.
const SHOWN_MAX: usize = 200;

/// The parameters of a call: as many as the method has at most, of the kinds that it wants.
pub(super) struct Args {
    params: &'static [Param],
    values: Vec<Value>,
}

impl Args {
    /// Puts parameters in their places, and checks their number and kinds.
    ///
    /// # Errors
    /// Core's: −8 for a name that is unknown or given twice, −1 with the method's help for too many
    /// or too few, −3 for a wrong kind; −8 for a parameter that is not served here.
    pub(super) fn read(
        params: &'static [Param],
        given: &[Value],
        wrong_number: impl FnOnce(usize) -> UserError,
    ) -> Result<Self, UserError> {
        let values = match given {
            [Value::Object(named)] => in_their_places(params, named)?,
            _ => given.to_vec(),
        };
        if values.len() < least(params) || values.len() > params.len() {
            return Err(wrong_number(values.len()));
        }
        check_kinds(params, &values)?;
        let args = Self { params, values };
        for param in args.params {
            if let Some(value) = args.get(param.name()) {
                check_served(param, value)?;
            }
        }
        Ok(args)
    }

    /// The parameter, if it was given and is not null.
    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        let at = self.params.iter().position(|param| param.name() == name);
        debug_assert!(at.is_some(), "{name} is in the method's table");
        self.values.get(at?).filter(|value| !value.is_null())
    }

    /// A required text.
    pub(super) fn text(&self, name: &str) -> Result<&str, UserError> {
        text_of(self.get(name).unwrap_or(&Value::Null))
    }

    /// A text, if given.
    pub(super) fn optional_text(&self, name: &str) -> Result<Option<&str>, UserError> {
        self.get(name).map(text_of).transpose()
    }

    /// A required whole number.
    pub(super) fn number(&self, name: &str) -> Result<i32, UserError> {
        integer(self.get(name).unwrap_or(&Value::Null))
    }

    /// A whole number, if given.
    pub(super) fn optional_number<N: TryFrom<i64>>(&self, name: &str) -> Result<Option<N>, UserError> {
        self.get(name).map(integer).transpose()
    }

    /// A yes or no, if given.
    pub(super) fn optional_bool(&self, name: &str) -> Result<Option<bool>, UserError> {
        self.get(name).map(bool_of).transpose()
    }

    /// A required yes or no.
    pub(super) fn bool(&self, name: &str) -> Result<bool, UserError> {
        bool_of(self.get(name).unwrap_or(&Value::Null))
    }

    /// Verbosity: a number, or as in older versions a yes or no (Core `ParseVerbosity`).
    pub(super) fn verbosity(&self, name: &str, default: i32) -> Result<i32, UserError> {
        match self.get(name) {
            None => Ok(default),
            Some(Value::Bool(verbose)) => Ok(i32::from(*verbose)),
            Some(value) => integer(value),
        }
    }

    /// A required block hash; `called` is what Core calls it in an error.
    pub(super) fn block_hash(&self, name: &str, called: &str) -> Result<BlockHash, UserError> {
        let text = self.text(name)?;
        text.parse().map_err(|_| bad_hash(called, text))
    }

    /// A required transaction id; `called` is what Core calls it in an error.
    pub(super) fn txid(&self, name: &str, called: &str) -> Result<Txid, UserError> {
        let text = self.text(name)?;
        text.parse().map_err(|_| bad_hash(called, text))
    }

    /// A required amount of coins, as a number or a text.
    pub(super) fn amount(&self, name: &str) -> Result<Amount, UserError> {
        amount(self.get(name).unwrap_or(&Value::Null), COIN_DECIMALS)
    }

    /// An amount of coins, if given.
    pub(super) fn optional_amount(&self, name: &str) -> Result<Option<Amount>, UserError> {
        self.get(name).map(|value| amount(value, COIN_DECIMALS)).transpose()
    }

    /// A fee rate in satoshis a virtual byte, if given.
    pub(super) fn optional_fee_rate(&self, name: &str) -> Result<Option<FeeRate>, UserError> {
        let rate = self.get(name).map(|value| amount(value, FEE_RATE_DECIMALS)).transpose()?;
        Ok(rate.map(|rate| FeeRate::from_sat_per_kvb(rate.to_sat())))
    }

    /// A fee rate in coins a thousand virtual bytes, if given (Core `ParseFeeRate`).
    pub(super) fn optional_coin_rate(&self, name: &str) -> Result<Option<FeeRate>, UserError> {
        let Some(rate) = self.optional_amount(name)? else { return Ok(None) };
        if rate.to_sat() >= COIN {
            return Err(UserError::new(
                code::INVALID_PARAMETER,
                "rpc-fee-rate-too-high",
                "Fee rates larger than or equal to 1BTC/kvB are not accepted",
            ));
        }
        Ok(Some(FeeRate::from_sat_per_kvb(rate.to_sat())))
    }

    /// A list of texts; empty if not given.
    pub(super) fn texts(&self, name: &str) -> Result<Vec<&str>, UserError> {
        self.get(name).and_then(Value::as_array).into_iter().flatten().map(text_of).collect()
    }

    /// Options, if given, as parameters of their own (Core `RPCTypeCheckObj`).
    pub(super) fn options(&self, name: &str) -> Result<Option<Self>, UserError> {
        let param = self.params.iter().find(|param| param.name() == name);
        let (Some(Param { kind: Kind::Options(params), .. }), Some(Value::Object(given))) = (param, self.get(name))
        else {
            return Ok(None);
        };
        let values: Vec<Value> =
            params.iter().map(|param| given.get(param.name()).cloned().unwrap_or_default()).collect();
        for (param, value) in params.iter().zip(&values).filter(|(_, value)| !value.is_null()) {
            if let Some(wanted) = param.expected().filter(|wanted| *wanted != type_name(value)) {
                let (name, found) = (param.name(), type_name(value));
                let text = format!("JSON value of type {found} for field {name} is not of expected type {wanted}");
                return Err(wrong_type(text, name, found, wanted));
            }
            check_served(param, value)?;
        }
        if let Some(key) = given.keys().find(|key| !params.iter().any(|param| param.is_called(key))) {
            let key = shown(key);
            return Err(UserError::new(code::TYPE_ERROR, "rpc-unknown-parameter", format!("Unexpected key {key}"))
                .fact("name", key));
        }
        Ok(Some(Self { params, values }))
    }

    /// A required thing in hexadecimal; `what` is it in Core's error.
    pub(super) fn hex<T: Decodable>(&self, name: &str, what: &str) -> Result<T, UserError> {
        decode_hex(self.text(name)?).map_err(|error| decode_failed(format!("{what} decode failed"), what, &error))
    }
}

/// The transaction that a text in hexadecimal is (Core `DecodeHexTx`), `text` being Core's error.
pub(super) fn transaction(hex: &str, iswitness: Option<bool>, text: String) -> Result<Transaction, UserError> {
    decode_hex_transaction(hex, iswitness).map_err(|error| decode_failed(text, "TX", &error))
}

fn decode_failed(text: String, what: &str, reason: &dyn std::fmt::Display) -> UserError {
    UserError::new(code::DESERIALIZATION_ERROR, "rpc-decode-failed", text).fact("what", what).fact("reason", reason)
}

/// Named parameters as a list (Core `transformNamedArguments`).
fn in_their_places(params: &[Param], named: &Map<String, Value>) -> Result<Vec<Value>, UserError> {
    let mut left = named.clone();
    let mut take = |param: &Param| param.names.split('|').find_map(|name| left.remove(name));
    let mut values: Vec<Option<Value>> = Vec::with_capacity(params.len());
    for param in params {
        let given = take(param);
        let Kind::Options(options) = param.kind else {
            values.push(given);
            continue;
        };
        let mut own = Map::new();
        for option in options {
            if let Some(value) = take(option) {
                own.insert(option.name().to_owned(), value);
            }
        }
        if let (Some(_), Some(first)) = (&given, own.keys().next()) {
            let text = format!("Parameter {} conflicts with parameter {first}", param.name());
            return Err(UserError::new(code::INVALID_PARAMETER, "rpc-parameter-twice", text).fact("name", first));
        }
        values.push(if own.is_empty() { given } else { Some(Value::Object(own)) });
    }
    let first_named = values.iter().position(Option::is_some);
    values.truncate(values.iter().rposition(Option::is_some).map_or(0, |last| last + 1));
    let named: Vec<Value> = values.into_iter().map(Option::unwrap_or_default).collect();
    let by_position = match left.get("args") {
        Some(Value::Array(list)) => Some(list.clone()),
        _ => None,
    };
    let values = match by_position {
        None => named,
        Some(list) => {
            left.remove("args");
            if let Some(at) = first_named.filter(|at| *at < list.len()) {
                let name = params[at].name();
                let text = format!("Parameter {name} specified twice both as positional and named argument");
                return Err(UserError::new(code::INVALID_PARAMETER, "rpc-parameter-twice", text).fact("name", name));
            }
            let rest = named.into_iter().skip(list.len());
            list.into_iter().chain(rest).collect()
        }
    };
    if let Some(name) = left.keys().next() {
        let name = shown(name);
        let text = format!("Unknown named parameter {name}");
        return Err(UserError::new(code::INVALID_PARAMETER, "rpc-unknown-parameter", text).fact("name", name));
    }
    Ok(values)
}

/// Core's check before a method looks at its parameters (`RPCHelpMan::HandleRequest`).
fn check_kinds(params: &[Param], values: &[Value]) -> Result<(), UserError> {
    let mut wrong = Vec::new();
    for (at, param) in params.iter().enumerate() {
        let value = values.get(at).unwrap_or(&Value::Null);
        let Some(wanted) = param.expected() else { continue };
        if type_name(value) == wanted || (value.is_null() && !param.is_required()) {
            continue;
        }
        wrong.push((at + 1, param.name(), type_name(value), wanted));
    }
    let Some(&(_, name, found, wanted)) = wrong.first() else { return Ok(()) };
    let lines: Vec<String> = wrong
        .iter()
        .map(|(at, name, found, wanted)| {
            format!("    \"Position {at} ({name})\": \"JSON value of type {found} is not of expected type {wanted}\"")
        })
        .collect();
    Err(wrong_type(format!("Wrong type passed:\n{{\n{}\n}}", lines.join(",\n")), name, found, wanted))
}

fn check_served(param: &Param, value: &Value) -> Result<(), UserError> {
    let Served::Only(values) = param.served else { return Ok(()) };
    if values.iter().any(|served| serde_json::from_str::<Value>(served).is_ok_and(|served| served == *value)) {
        return Ok(());
    }
    Err(not_served(param.name(), &values.join(", ")))
}

/// What Core takes and this node does not serve.
pub(super) fn not_served(name: &str, served: &str) -> UserError {
    let text = format!("{name}: this value is not served by this node; served: {served}");
    UserError::new(code::INVALID_PARAMETER, "rpc-not-served", text).fact("name", name).fact("served", served)
}

fn wrong_type(text: impl Into<String>, name: &str, found: &str, wanted: &str) -> UserError {
    UserError::new(code::TYPE_ERROR, "rpc-wrong-type", text)
        .fact("name", name)
        .fact("found", found)
        .fact("wanted", wanted)
}

/// A value that is not what a method then reads it as (Core `UniValue::checkType`).
fn not_a(wanted: &str, value: &Value) -> UserError {
    let found = type_name(value);
    wrong_type(format!("JSON value of type {found} is not of expected type {wanted}"), "", found, wanted)
}

fn text_of(value: &Value) -> Result<&str, UserError> {
    value.as_str().ok_or_else(|| not_a("string", value))
}

fn bool_of(value: &Value) -> Result<bool, UserError> {
    value.as_bool().ok_or_else(|| not_a("bool", value))
}

/// A whole number as Core reads it (`UniValue::getInt`): its digits, without point or exponent.
fn integer<N: TryFrom<i64>>(value: &Value) -> Result<N, UserError> {
    let Value::Number(number) = value else { return Err(not_a("number", value)) };
    let number = number.to_string();
    number.parse::<i64>().ok().and_then(|whole| N::try_from(whole).ok()).ok_or_else(|| {
        UserError::new(code::MISC_ERROR, "rpc-integer-out-of-range", "JSON integer out of range")
            .fact("found", shown(&number))
    })
}

/// An amount as Core reads it (`AmountFromValue`): exactly, from the digits that were given.
fn amount(value: &Value, decimals: i64) -> Result<Amount, UserError> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => {
            let text = "Amount is not a number or string";
            return Err(wrong_type(text, "", type_name(value), "number"));
        }
    };
    let sat = parse_fixed_point(&text, decimals).ok_or_else(|| {
        UserError::new(code::TYPE_ERROR, "rpc-invalid-amount", "Invalid amount")
            .fact("found", shown(&text))
            .fact("decimals", decimals)
    })?;
    u64::try_from(sat).ok().map(Amount::from_sat).filter(|amount| amount.is_in_range()).ok_or_else(|| {
        UserError::new(code::TYPE_ERROR, "rpc-amount-out-of-range", "Amount out of range").fact("found", shown(&text))
    })
}

/// A text that is no hash (Core `ParseHashV`).
pub(super) fn bad_hash(called: &str, text: &str) -> UserError {
    const DIGITS: usize = 64;
    let found = text.len();
    let (rule, words) = if found == DIGITS {
        ("rpc-hash-digits", format!("{called} must be hexadecimal string (not '{text}')"))
    } else {
        ("rpc-hash-length", format!("{called} must be of length {DIGITS} (not {found}, for '{}')", shown(text)))
    };
    UserError::new(code::INVALID_PARAMETER, rule, words).fact("name", called).fact("found", found)
}

/// What was given, cut.
pub(super) fn shown(text: &str) -> String {
    text.chars().take(SHOWN_MAX).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const PARAMS: &[Param] = &[
        Param::new("first", Kind::Text, ""),
        Param::new("second|other", Kind::Number, "").optional(),
        Param::new("third", Kind::Options(&[Param::new("deep", Kind::Amount, "").optional()]), "").optional(),
    ];

    fn placed(named: Value) -> Result<Vec<Value>, String> {
        let Value::Object(named) = named else { panic!("an object") };
        in_their_places(PARAMS, &named).map_err(|error| error.text)
    }

    #[test]
    fn named_parameters_find_their_places() {
        let cases = [
            (json!({}), Ok(vec![])),
            (json!({"first": "a"}), Ok(vec![json!("a")])),
            (json!({"other": 2}), Ok(vec![json!(null), json!(2)])),
            (json!({"first": "a", "deep": 1}), Ok(vec![json!("a"), json!(null), json!({"deep": 1})])),
            (json!({"args": ["a"], "second": 2}), Ok(vec![json!("a"), json!(2)])),
            (json!({"args": ["a", 1, {}, 4]}), Ok(vec![json!("a"), json!(1), json!({}), json!(4)])),
            (
                json!({"args": ["a"], "first": "b"}),
                Err("Parameter first specified twice both as positional and named argument".to_owned()),
            ),
            (json!({"third": {}, "deep": 1}), Err("Parameter third conflicts with parameter deep".to_owned())),
            (json!({"first": "a", "fourth": 4}), Err("Unknown named parameter fourth".to_owned())),
            (json!({"args": "a"}), Err("Unknown named parameter args".to_owned())),
        ];
        for (named, expected) in cases {
            assert_eq!(placed(named.clone()), expected, "{named}");
        }
    }
}
