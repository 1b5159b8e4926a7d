//! Every text on the page, in English and in Simplified Chinese.
//!
//! One file per page or area holds rows of key, English and Chinese. A placeholder is a name in
//! braces. Numbers that need a plural have the keys `….one` and `….many`. The texts of rules and
//! checks are chosen by the reject reason: `rule.bad-cb-amount`, `check.bad-cb-amount`; a row whose
//! placeholders are not all given is not used, so a sentence never shows a hole.

mod chain;
mod common;
mod errors;
mod features;
mod fields;
mod help;
mod keys;
mod keys_across;
mod keys_address;
mod keys_curve;
mod keys_failures;
mod keys_linkage;
mod keys_many;
mod keys_number;
mod keys_paper;
mod keys_payment;
mod keys_signing;
mod miner;
mod network;
mod notices;
mod rpc;
#[cfg(test)]
mod rule_scan;
mod rules;
mod storage;
mod transaction;
mod wallet;

use std::borrow::Cow;

use std::collections::BTreeMap;
use yew::prelude::*;

use crate::api::UserError;

/// Key, English, Chinese.
pub type Row = (&'static str, &'static str, &'static str);

/// Texts by file.
type Catalogue = &'static [&'static [Row]];

/// The catalogue, file by file.
const ALL: Catalogue = &[
    chain::ROWS,
    common::ROWS,
    errors::ROWS,
    features::ROWS,
    fields::ROWS,
    help::ROWS,
    keys::ROWS,
    keys_across::ROWS,
    keys_address::ROWS,
    keys_curve::ROWS,
    keys_failures::ROWS,
    keys_linkage::ROWS,
    keys_many::ROWS,
    keys_number::ROWS,
    keys_paper::ROWS,
    keys_payment::ROWS,
    keys_signing::ROWS,
    miner::ROWS,
    network::ROWS,
    notices::ROWS,
    rpc::ROWS,
    rules::ROWS,
    storage::ROWS,
    transaction::ROWS,
    wallet::ROWS,
];

type Index = BTreeMap<&'static str, (&'static str, &'static str)>;

thread_local! {
    static INDEX: Index =
        ALL.iter().flat_map(|rows| rows.iter()).map(|(key, english, chinese)| (*key, (*english, *chinese))).collect();
}

/// A language of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// English.
    #[default]
    English,
    /// Simplified Chinese.
    Chinese,
}

impl Lang {
    /// The language of a tag such as `zh-CN`; none for one there are no texts in.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let lower = tag.to_ascii_lowercase();
        match lower.split('-').next() {
            Some("zh") => Some(Self::Chinese),
            Some("en") => Some(Self::English),
            _ => None,
        }
    }

    /// Its tag, for `<html lang>` and `?lang=`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh-CN",
        }
    }
}

/// The texts in one language; in context.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// The language.
    pub lang: Lang,
}

/// The texts in the language chosen.
#[hook]
pub fn use_text() -> Text {
    use_context::<Text>().unwrap_or_default()
}

impl Text {
    /// The text of a key; the key itself where there is none (a test holds that there is).
    pub fn t(self, key: &'static str) -> &'static str {
        self.find(key).unwrap_or(key)
    }

    /// The text of a key that may have none.
    pub fn find(self, key: &str) -> Option<&'static str> {
        INDEX.with(|index| index.get(key).copied()).map(|(english, chinese)| match self.lang {
            Lang::English => english,
            Lang::Chinese => chinese,
        })
    }

    /// The text of a key with its placeholders filled.
    pub fn with(self, key: &'static str, values: &[(&str, &str)]) -> String {
        fill(self.t(key), |name| {
            values.iter().find(|(known, _)| *known == name).map(|(_, value)| Cow::Borrowed(*value))
        })
        .unwrap_or_else(|| self.t(key).to_owned())
    }

    /// The text of `key` and `.one` or `.many`, with `{count}` filled.
    pub fn count(self, key: &str, count: u64) -> String {
        let mut full = String::from(key);
        full.push_str(if count == 1 { ".one" } else { ".many" });
        let template = self.find(&full).unwrap_or("{count}");
        template.replace("{count}", &super::format::grouped(count))
    }

    /// The name of a field of bytes; a path such as `inputs[0].sequence` gives `input 0 · sequence`.
    pub fn field(self, field: &str) -> String {
        let parts: Vec<String> = field.split('.').map(|part| self.field_part(part)).collect();
        parts.join(" · ")
    }

    fn field_part(self, part: &str) -> String {
        let (name, index) = part.split_once('[').unwrap_or((part, ""));
        let known = self.find(&["field.", name].concat());
        let mut text = known.map_or_else(|| name.replace('_', " "), ToOwned::to_owned);
        if let Some(number) = index.strip_suffix(']') {
            text.push(' ');
            text.push_str(number);
        }
        text
    }

    /// What a check looks at, in a line.
    pub fn check(self, rule: &str) -> String {
        self.find(&["check.", rule].concat()).map_or_else(|| rule.replace(['-', '_'], " "), ToOwned::to_owned)
    }

    /// Why a rule refused something, with its facts; none for a rule without a text here.
    ///
    /// A fact that is given only where it applies may have a text of its own: `rule.<rule>+<fact>`.
    pub fn rule(self, rule: &str, facts: &[(String, String)]) -> Option<String> {
        let special = facts.iter().find_map(|(name, _)| self.find(&["rule.", rule, "+", name].concat()));
        let template = special.or_else(|| self.find(&["rule.", rule].concat()))?;
        fill(template, |name| {
            let (_, value) = facts.iter().find(|(known, _)| known == name)?;
            // Why a script fails is told in Bitcoin Core's words, which a learner need not know.
            let script_error = if name == "script_error" { self.find(&["script.", value].concat()) } else { None };
            let said = script_error.map(Cow::Borrowed);
            said.or_else(|| super::format::readable_amount(value).map(Cow::Owned)).or(Some(Cow::Borrowed(value)))
        })
    }

    /// Why a rule refused something, without its facts, as a clause: all that a peer tells is the rule.
    pub fn reason(self, rule: &str) -> Option<String> {
        self.find(&["reason.", rule].concat()).map(str::to_owned).or_else(|| self.rule(rule, &[]))
    }

    /// An error in the page's language, or in the node's words where the page has none.
    pub fn error(self, error: &UserError) -> String {
        let said = self.rule(&error.rule, &error.facts).or_else(|| self.reason(&error.rule));
        said.unwrap_or_else(|| error.text.clone())
    }

    /// The error as it is shown at a form's field: none if it belongs to another one.
    pub fn error_at(self, error: Option<&UserError>, field: &str) -> Option<AttrValue> {
        let error = error.filter(|error| error.field.as_deref() == Some(field))?;
        Some(AttrValue::from(self.error(error)))
    }
}

/// Fills `{name}` placeholders; none if one has no value.
fn fill<'a>(template: &str, value: impl Fn(&str) -> Option<Cow<'a, str>>) -> Option<String> {
    let mut filled = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, tail) = after.split_once('}')?;
        filled.push_str(before);
        filled.push_str(&value(name)?);
        rest = tail;
    }
    filled.push_str(rest);
    Some(filled)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    fn rows() -> impl Iterator<Item = &'static Row> {
        ALL.iter().flat_map(|rows| rows.iter())
    }

    fn placeholders(text: &str) -> BTreeSet<&str> {
        text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect()
    }

    #[test]
    fn every_key_has_one_text_in_each_language_with_the_same_placeholders() {
        let mut seen = BTreeSet::new();
        for (key, english, chinese) in rows() {
            assert!(seen.insert(*key), "twice: {key}");
            assert!(!english.trim().is_empty() && !chinese.trim().is_empty(), "empty: {key}");
            assert_eq!(placeholders(english), placeholders(chinese), "placeholders differ: {key}");
        }
    }

    #[test]
    fn every_plural_has_both_its_forms() {
        let keys: BTreeSet<&str> = rows().map(|(key, _, _)| *key).collect();
        for key in &keys {
            if let Some(stem) = key.strip_suffix(".many") {
                assert!(keys.contains(format!("{stem}.one").as_str()), "no singular: {stem}");
            }
        }
    }

    #[test]
    fn every_key_used_by_the_page_exists() {
        let mut missing = Vec::new();
        visit(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ui"), &mut |source| {
            for (call, suffixes) in [(".t(\"", &[""][..]), (".with(\"", &[""]), (".count(\"", &[".one", ".many"])] {
                for part in source.split(call).skip(1) {
                    let key = part.split('"').next().unwrap_or_default();
                    for suffix in suffixes {
                        if Text::default().find(&format!("{key}{suffix}")).is_none() {
                            missing.push(format!("{key}{suffix}"));
                        }
                    }
                }
            }
        });
        missing.retain(|key| key.contains('.') && !key.starts_with("unknown"));
        assert!(missing.is_empty(), "keys without a text: {missing:?}");
    }

    #[test]
    fn why_a_script_fails_is_told_in_the_language_chosen() {
        use crate::ledger::script::interpreter::ScriptError;
        let known = |key: &str| ScriptError::ALL.iter().any(|error| key.strip_prefix("script.") == Some(error.rule()));
        let rows: Vec<&Row> = rows().filter(|(key, _, _)| key.starts_with("script.")).collect();
        assert!(!rows.is_empty() && rows.iter().all(|(key, _, _)| known(key)), "{rows:?}");
        let facts = |error: ScriptError| {
            vec![("input".to_owned(), "0".to_owned()), ("script_error".to_owned(), error.to_string())]
        };
        let text = Text { lang: Lang::Chinese };
        let said = |error| text.rule("mandatory-script-verify-flag-failed", &facts(error)).expect("a text");
        assert!(said(ScriptError::Equalverify).contains("不是这个币要求的密钥"));
        assert!(
            said(ScriptError::StackSize).contains("Stack size limit exceeded"),
            "Core's words where there are none"
        );
    }

    pub(super) fn visit(path: &Path, look: &mut impl FnMut(&str)) {
        for entry in std::fs::read_dir(path).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                visit(&path, look);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                look(&std::fs::read_to_string(path).unwrap());
            }
        }
    }

    #[test]
    fn a_sentence_never_shows_a_hole() {
        let text = Text::default();
        assert_eq!(text.rule("high-hash", &[]).filter(|text| text.contains('{')), None);
        assert_eq!(fill("{a} of {b}", |name| (name == "a").then_some(Cow::Borrowed("1"))), None);
        assert_eq!(fill("{a} of 2", |_| Some(Cow::Borrowed("1"))).as_deref(), Some("1 of 2"));
    }

    #[test]
    fn a_fact_that_is_given_only_where_it_applies_has_a_text_of_its_own() {
        let given = |facts: &[(&str, &str)]| {
            let facts: Vec<_> = facts.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            Text::default().rule("wallet-insufficient-funds", &facts)
        };
        let needed = [("needed", "5.00000192"), ("available", "0.00000000")];
        let short = "You need 5.00000192 (fee included) but can spend 0 now.";
        assert_eq!(given(&needed).as_deref(), Some(short));
        let maturing = [&needed[..], &[("maturing", "50.00000000"), ("matures_at", "4")]].concat();
        let whole = format!("{short} 50 more become spendable at block 4.");
        assert_eq!(given(&maturing), Some(whole));
    }

    #[test]
    fn an_unknown_rule_speaks_in_the_words_of_the_node() {
        let error = UserError::new(-26, "unknown-rule", "something else");
        assert_eq!(Text { lang: Lang::Chinese }.error(&error), "something else");
    }

    #[test]
    fn a_path_of_fields_is_named_step_by_step() {
        let text = Text::default();
        assert_eq!(text.field("merkle_root"), "merkle root");
        assert_eq!(text.field("transactions[0].inputs[12].sequence"), "transaction 0 · input 12 · sequence");
        assert_eq!(text.field("odd_thing[x"), "odd thing");
    }

    #[test]
    fn languages_are_known_by_their_tags() {
        assert_eq!(Lang::from_tag("zh-CN"), Some(Lang::Chinese));
        assert_eq!(Lang::from_tag("EN-gb"), Some(Lang::English));
        assert_eq!(Lang::from_tag("fr"), None);
    }
}
