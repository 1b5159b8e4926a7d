//! What a method's parameter is: from this the help, the checks of number and kind, named parameters and the console's
//! reading of words are made.

use serde_json::Value;

/// A parameter.
pub(super) struct Param {
    /// Its name, then others it goes by, with `|` between them.
    pub names: &'static str,
    pub kind: Kind,
    pub need: Need,
    /// What it says.
    pub about: &'static str,
    pub served: Served,
}

/// What kind of JSON a parameter is.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// A text (Core `STR`, and `STR_HEX`, which differs in the help only).
    Text,
    /// Hexadecimal text.
    Hex,
    /// A number.
    Number,
    /// A yes or no.
    Bool,
    /// A number, or as in older versions a yes or no; no check before the method's own.
    Verbosity,
    /// Coins, or satoshis a virtual byte: a number or a text.
    Amount,
    /// A list of texts that are called so.
    List(&'static str),
    /// Options, which can also be named as if they were parameters (Core `OBJ_NAMED_PARAMS`).
    Options(&'static [Param]),
}

/// Whether it can be left out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Need {
    Required,
    /// Without a value of its own, or with one that depends.
    Optional,
    /// With this JSON.
    Default(&'static str),
}

/// What of a parameter is served here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Served {
    /// All that Core takes.
    All,
    /// These JSON values only, which change nothing.
    Only(&'static [&'static str]),
}

impl Param {
    /// A parameter that must be given.
    pub(super) const fn new(names: &'static str, kind: Kind, about: &'static str) -> Self {
        Self { names, kind, need: Need::Required, about, served: Served::All }
    }

    /// The same that can be left out.
    pub(super) const fn optional(self) -> Self {
        Self { need: Need::Optional, ..self }
    }

    /// The same with a default.
    pub(super) const fn or(self, default: &'static str) -> Self {
        Self { need: Need::Default(default), ..self }
    }

    /// The same, of which only these values are served.
    pub(super) const fn only(self, values: &'static [&'static str]) -> Self {
        Self { served: Served::Only(values), ..self }
    }

    /// Its first name.
    pub(super) fn name(&self) -> &'static str {
        self.names.split('|').next().unwrap_or(self.names)
    }

    /// Whether it goes by this name.
    pub(super) fn is_called(&self, name: &str) -> bool {
        self.names.split('|').any(|own| own == name)
    }

    pub(super) fn is_required(&self) -> bool {
        self.need == Need::Required
    }

    /// The kind that Core checks before the method looks (`RPCArg::MatchesType`).
    pub(super) fn expected(&self) -> Option<&'static str> {
        match self.kind {
            Kind::Text | Kind::Hex => Some("string"),
            Kind::Number => Some("number"),
            Kind::Bool => Some("bool"),
            Kind::List(_) => Some("array"),
            Kind::Options(_) => Some("object"),
            Kind::Amount | Kind::Verbosity => None,
        }
    }

    /// As it stands in the usage line (Core `RPCArg::ToString`).
    pub(super) fn usage(&self) -> String {
        match self.kind {
            Kind::Text | Kind::Hex => format!("\"{}\"", self.name()),
            Kind::List(element) => format!("[\"{element}\",...]"),
            _ => self.name().to_owned(),
        }
    }

    /// Its lines of the help.
    pub(super) fn help(&self, number: &str, indent: &str) -> String {
        let kind = match self.kind {
            Kind::Text | Kind::Hex => "string",
            Kind::Number | Kind::Verbosity => "numeric",
            Kind::Bool => "boolean",
            Kind::Amount => "numeric or string",
            Kind::List(_) => "json array",
            Kind::Options(_) => "json object",
        };
        let need = match self.need {
            Need::Required => "required".to_owned(),
            Need::Optional => "optional".to_owned(),
            Need::Default(default) => format!("optional, default={default}"),
        };
        let served = match self.served {
            Served::All => String::new(),
            Served::Only(values) => format!(" Not served here: only {} is taken.", values.join(" or ")),
        };
        let mut text = format!("{indent}{number}{}    ({kind}, {need}) {}{served}\n", self.name(), self.about);
        if let Kind::Options(options) = self.kind {
            for option in options {
                text.push_str(&option.help("", "     "));
            }
        }
        text
    }
}

/// The fewest parameters of a method with these: all up to the last that must be given.
pub(super) fn least(params: &[Param]) -> usize {
    params.iter().rposition(Param::is_required).map_or(0, |last| last + 1)
}

/// What JSON calls a value (Core `uvTypeName`).
pub(super) const fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
