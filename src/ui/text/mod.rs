//! Every text on the page, in each of its languages.
//!
//! The texts are data: a file a language, `en.toml` and those beside it, which `build.rs` holds to each
//! other. A placeholder is a name in braces. What is counted has the texts `….one` and `….many`. The
//! texts of rules and checks are chosen by the reject reason: `rule.bad-cb-amount`,
//! `check.bad-cb-amount`; one whose placeholders are not all given is not used, so a sentence never
//! shows a hole.

#[macro_use]
mod key;
#[cfg(test)]
mod boot_page;
#[cfg(test)]
mod rule_scan;

use std::borrow::Cow;

use yew::prelude::*;

use crate::api::UserError;
use key::LANGUAGES;

pub use key::{Area, Key, Plural};

/// A language of the page: one that there is a file of texts in. English, unless chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lang(u8);

impl Lang {
    /// The languages there are, English first.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..LANGUAGES.len()).map(|index| Self(index as u8))
    }

    /// The language of a tag such as `zh-CN`, or of its first part; none for one there are no texts in.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let is_same = |lang: &Self| lang.tag().eq_ignore_ascii_case(tag);
        let is_near = |lang: &Self| lang.is(primary(tag));
        Self::all().find(is_same).or_else(|| Self::all().find(is_near))
    }

    /// Its tag, for `<html lang>` and `?lang=`.
    pub fn tag(self) -> &'static str {
        LANGUAGES[usize::from(self.0)].tag
    }

    /// Whether the first part of its tag is this one: `zh`.
    pub fn is(self, first_part: &str) -> bool {
        primary(self.tag()).eq_ignore_ascii_case(first_part)
    }

    /// What it calls itself.
    pub fn name(self) -> &'static str {
        Text { lang: self }.t(key!("language.name"))
    }
}

/// The first part of a tag, which names the language alone.
fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or_default()
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
    /// The texts in the language of this tag.
    #[cfg(test)]
    pub fn of(tag: &str) -> Self {
        Self { lang: Lang::from_tag(tag).expect("there are texts in this language") }
    }

    /// The text of a key.
    pub fn t(self, key: Key) -> &'static str {
        LANGUAGES[usize::from(self.lang.0)].texts[key.index()]
    }

    /// The text of a name in an area, which may have none.
    pub fn find(self, area: Area, name: &str) -> Option<&'static str> {
        area.key(name).map(|key| self.t(key))
    }

    /// The text of a key with its placeholders filled.
    pub fn with(self, key: Key, values: &[(&str, &str)]) -> String {
        fill(self.t(key), |name| {
            values.iter().find(|(known, _)| *known == name).map(|(_, value)| Cow::Borrowed(*value))
        })
        .unwrap_or_else(|| self.t(key).to_owned())
    }

    /// The text for so many, with `{count}` filled.
    pub fn count(self, plural: Plural, count: u64) -> String {
        let template = self.t(if count == 1 { plural.one } else { plural.many });
        template.replace("{count}", &super::format::grouped(count))
    }

    /// The name of a field of bytes; a path such as `inputs[0].sequence` gives `input 0 · sequence`.
    pub fn field(self, field: &str) -> String {
        let parts: Vec<String> = field.split('.').map(|part| self.field_part(part)).collect();
        parts.join(" · ")
    }

    fn field_part(self, part: &str) -> String {
        let (name, index) = part.split_once('[').unwrap_or((part, ""));
        let known = self.find(area!("field"), name);
        let mut text = known.map_or_else(|| name.replace('_', " "), ToOwned::to_owned);
        if let Some(number) = index.strip_suffix(']') {
            text.push(' ');
            text.push_str(number);
        }
        text
    }

    /// What a check looks at, in a line.
    pub fn check(self, rule: &str) -> String {
        self.find(area!("check"), rule).map_or_else(|| rule.replace(['-', '_'], " "), ToOwned::to_owned)
    }

    /// Why a rule refused something, with its facts; none for a rule without a text here.
    ///
    /// A fact that is given only where it applies may have a text of its own: `rule.<rule>+<fact>`.
    pub fn rule(self, rule: &str, facts: &[(String, String)]) -> Option<String> {
        let area = area!("rule");
        let special = facts.iter().find_map(|(name, _)| self.find(area, &[rule, "+", name].concat()));
        let template = special.or_else(|| self.find(area, rule))?;
        fill(template, |name| {
            let (_, value) = facts.iter().find(|(known, _)| known == name)?;
            // Why a script fails is told in Bitcoin Core's words, which a learner need not know.
            let script_error = if name == "script_error" { self.find(area!("script"), value) } else { None };
            let said = script_error.map(Cow::Borrowed);
            said.or_else(|| super::format::readable_amount(value).map(Cow::Owned)).or(Some(Cow::Borrowed(value)))
        })
    }

    /// Why a rule refused something, without its facts, as a clause: all that a peer tells is the rule.
    pub fn reason(self, rule: &str) -> Option<String> {
        self.find(area!("reason"), rule).map(str::to_owned).or_else(|| self.rule(rule, &[]))
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
    use std::path::Path;

    use super::*;

    #[test]
    fn why_a_script_fails_is_told_in_the_language_chosen() {
        use crate::ledger::script::interpreter::ScriptError;
        let known = |name: &str| ScriptError::ALL.iter().any(|error| name == error.rule());
        for name in area!("script").names() {
            assert!(known(name), "{name}");
        }
        let facts = |error: ScriptError| {
            vec![("input".to_owned(), "0".to_owned()), ("script_error".to_owned(), error.to_string())]
        };
        let text = Text::of("zh-CN");
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
        assert_eq!(Text::of("zh-CN").error(&error), "something else");
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
        let tag = |tag: &str| Lang::from_tag(tag).map(Lang::tag);
        assert_eq!(tag("zh-CN"), Some("zh-CN"));
        assert_eq!(tag("zh"), Some("zh-CN"));
        assert_eq!(tag("EN-gb"), Some("en"));
        assert_eq!(tag("xx"), None);
        assert_eq!(Lang::default().tag(), "en");
        for lang in Lang::all() {
            assert_eq!(Lang::from_tag(lang.tag()), Some(lang));
        }
    }
}
