//! Holds that whatever can be refused anywhere in the app is told in every language: the sources are
//! read for the names of rules, and for the facts that each gives.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::Text;
use super::tests::visit;

/// Where a rule was found wanting.
#[derive(Default)]
struct Findings {
    rules: usize,
    wanting: BTreeSet<String>,
}

impl Findings {
    /// Holds a rule that gives these facts to its text.
    fn rule(&mut self, rule: &str, facts: &BTreeSet<&str>) {
        self.rules += 1;
        let Some(template) = Text::default().find(area!("rule"), rule) else {
            // What only peers tell has no facts, and no sentence but a clause.
            if Text::default().find(area!("reason"), rule).is_none() {
                self.wanting.insert(format!("no text: {rule}"));
            }
            return;
        };
        for missing in placeholders(template).difference(facts) {
            self.wanting.insert(format!("{rule} says {{{missing}}}, which is not always given"));
        }
    }
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect()
}

/// The text in quotes that this begins with, spaces aside.
fn literal(source: &str) -> Option<&str> {
    source.trim_start().strip_prefix('"')?.split('"').next()
}

/// Names of facts in an expression: what stands in quotes right behind this opening.
fn named<'a>(source: &'a str, opening: &str) -> BTreeSet<&'a str> {
    source.split(opening).skip(1).filter_map(literal).collect()
}

/// The arms of a function's `match self`: variants, and what they give.
fn arms(body: &str) -> Vec<(Vec<&str>, &str)> {
    let variants = |pattern: &'_ str| -> Vec<(usize, usize)> {
        pattern
            .match_indices("Self::")
            .map(|(at, _)| {
                let start = at + "Self::".len();
                let length = pattern[start..].bytes().take_while(u8::is_ascii_alphanumeric).count();
                (start, start + length)
            })
            .collect()
    };
    let mut found = Vec::new();
    let mut parts = body.split("=>");
    let first = parts.next().unwrap_or_default();
    let mut pattern: Vec<&str> = variants(first).into_iter().map(|(from, to)| &first[from..to]).collect();
    for part in parts {
        found.push((pattern.clone(), part));
        // The end of a part is the pattern of the next.
        let next: Vec<&str> = variants(part).into_iter().map(|(from, to)| &part[from..to]).collect();
        if !next.is_empty() {
            pattern = next;
        }
    }
    found
}

/// The bodies of the functions of this name that take `&self` alone.
fn bodies<'a>(source: &'a str, name: &str) -> Vec<&'a str> {
    let opening = format!("fn {name}(&self)");
    source.split(opening.as_str()).skip(1).map(|body| body.split("\n    }").next().unwrap_or_default()).collect()
}

/// Errors that are enums: `rule()` names the rule of a variant, `facts()` what it gives.
fn scan_enums(source: &str, found: &mut Findings) {
    let facts = bodies(source, "facts");
    for (index, body) in bodies(source, "rule").into_iter().enumerate() {
        let mut given: BTreeMap<&str, Option<BTreeSet<&str>>> = BTreeMap::new();
        for (variants, gives) in facts.get(index).map(|body| arms(body)).unwrap_or_default() {
            for variant in variants {
                // Another error's facts are held where that error is.
                let known = (!gives.contains(".facts()")).then(|| named(gives, "("));
                let entry = given.entry(variant).or_insert_with(|| Some(BTreeSet::new()));
                if let (Some(so_far), Some(names)) = (entry.as_mut(), &known) {
                    so_far.extend(names.iter().copied());
                } else {
                    *entry = None;
                }
            }
        }
        for (variants, gives) in arms(body) {
            let Some(rule) = literal(gives.trim_start().trim_start_matches('{')) else { continue };
            for variant in variants {
                match given.get(variant) {
                    Some(None) => found.rule(rule, &all_placeholders(rule)),
                    Some(Some(facts)) => found.rule(rule, facts),
                    None => found.rule(rule, &BTreeSet::new()),
                }
            }
        }
    }
}

fn all_placeholders(rule: &str) -> BTreeSet<&'static str> {
    Text::default().find(area!("rule"), rule).map(placeholders).unwrap_or_default()
}

/// Errors that are made where they happen: `UserError::new(code, "rule", …).fact("name", …)`.
fn scan_literals(source: &str, found: &mut Findings) {
    for made in source.split("UserError::new(").skip(1) {
        let Some((_, rest)) = made.split_once(',') else { continue };
        let Some(rule) = literal(rest) else { continue };
        let statement = made.split(";\n").next().unwrap_or_default().split("\n}\n").next().unwrap_or_default();
        if statement.contains(".facts(") {
            found.rule(rule, &all_placeholders(rule));
        } else {
            found.rule(rule, &named(statement, ".fact("));
        }
    }
    for refused in source.split("refused(").skip(1) {
        if let Some(rule) = literal(refused) {
            found.rule(rule, &BTreeSet::new());
        }
    }
}

#[test]
fn every_rule_that_can_refuse_something_has_a_text_whose_facts_are_given() {
    let mut found = Findings::default();
    let mut unchecked = BTreeSet::new();
    visit(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut |source| {
        let code = source.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
        // The scan is no place where anything is refused.
        if code.contains("fn scan_literals") {
            return;
        }
        scan_enums(code, &mut found);
        scan_literals(code, &mut found);
        for rule in code.split("Rule { name: ").skip(1).filter_map(literal) {
            if Text::default().find(area!("check"), rule).is_none() {
                unchecked.insert(rule.to_owned());
            }
        }
    });
    assert!(found.rules > 130, "only {} rules were found: did the way they are written change?", found.rules);
    assert!(found.wanting.is_empty(), "{:#?}", found.wanting);
    assert!(unchecked.is_empty(), "checks without a text: {unchecked:?}");
}

#[test]
fn every_rule_that_a_peer_may_name_is_told_without_its_facts() {
    let text = Text::default();
    let needs_facts = |rule: &str| text.find(area!("rule"), rule).is_some_and(|text| !placeholders(text).is_empty());
    // What peers judge by is on the list of checks.
    let rules = area!("check").names().iter().copied().filter(|rule| needs_facts(rule));
    let missing: Vec<&str> = rules.filter(|rule| text.reason(rule).is_none()).collect();
    assert!(missing.is_empty(), "rules without a clause: {missing:?}");
}

#[test]
fn the_scan_sees_rules_facts_and_what_is_missing() {
    let scanned = |source: &str| {
        let mut found = Findings::default();
        scan_enums(source, &mut found);
        scan_literals(source, &mut found);
        found.wanting
    };
    let literal = |facts: &str| format!("UserError::new(-1, \"node-in-use\", \"…\"){facts};\n");
    assert_eq!(scanned(&literal(".fact(\"name\", name)")).len(), 0);
    assert_eq!(scanned(&literal("")).len(), 1, "its text names the node");
    assert_eq!(scanned("UserError::new(\n    code::A,\n    \"no-such-rule\", \"\")").len(), 1);
    assert_eq!(scanned("refused(\"no-such-rule\", \"\")").len(), 1);
    let error = |facts: &str| {
        format!(
            "fn rule(&self) -> &'static str {{ match self {{ Self::A {{ .. }} => \"high-hash\", Self::B => \"coinbase\" }}\n    }}
            fn facts(&self) -> Facts {{ match self {{ Self::A {{ hash, target }} => vec![{facts}], Self::B => vec![] }}\n    }}"
        )
    };
    assert_eq!(scanned(&error("(\"hash\", hash), (\"target\", target)")).len(), 0);
    assert_eq!(scanned(&error("(\"hash\", hash)")).len(), 1);
}
