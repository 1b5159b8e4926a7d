//! Reads the texts of the page, `src/ui/text/*.toml`, one file a language; holds the others to English;
//! and writes them as Rust's tables, which `src/ui/text/key.rs` includes.
//!
//! A language is found by its file, whose name is its tag: `fr.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

use toml_edit::{ImDocument, TableLike};

const FOLDER: &str = "src/ui/text";
/// The language that the others are held to.
const FIRST: &str = "en";

/// The texts of one language by their full names.
struct Language {
    tag: String,
    texts: BTreeMap<String, String>,
}

fn main() {
    println!("cargo::rerun-if-changed={FOLDER}");
    let mut mistakes = Vec::new();
    let languages: Vec<Language> = tags().into_iter().filter_map(|tag| read(tag, &mut mistakes)).collect();
    if let Some((first, others)) = languages.split_first().filter(|(first, _)| first.tag == FIRST) {
        check_plurals(first, &mut mistakes);
        for other in others {
            compare(first, other, &mut mistakes);
        }
    }
    for mistake in &mistakes {
        println!("cargo::error={mistake}");
    }
    if mistakes.is_empty() {
        let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo names it")).join("texts.rs");
        fs::write(&out, tables(&languages)).expect("the folder of the build can be written");
    }
}

fn file(tag: &str) -> String {
    format!("{FOLDER}/{tag}.toml")
}

/// The tags of the languages there are, English first, the others in order.
fn tags() -> Vec<String> {
    let entries = fs::read_dir(FOLDER).expect("the folder of texts is there").flatten().map(|entry| entry.path());
    let is_toml = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "toml");
    let stem = |path: &Path| path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let mut found: BTreeSet<String> = entries.filter(is_toml).filter_map(|path| stem(&path)).collect();
    assert!(found.remove(FIRST), "{} is missing", file(FIRST));
    [FIRST.to_owned()].into_iter().chain(found).collect()
}

/// The texts of a file; none of one that is no TOML.
fn read(tag: String, mistakes: &mut Vec<String>) -> Option<Language> {
    let path = file(&tag);
    let mut texts = BTreeMap::new();
    let source = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    match ImDocument::parse(source) {
        Ok(document) => gather(&path, "", document.as_table(), &mut texts, mistakes),
        Err(error) => {
            mistakes.push(format!("{path}: {}", error.to_string().replace('\n', " ")));
            return None;
        }
    }
    Some(Language { tag, texts })
}

/// Takes a table's texts, with those of the tables in it.
fn gather(
    path: &str,
    prefix: &str,
    table: &dyn TableLike,
    texts: &mut BTreeMap<String, String>,
    mistakes: &mut Vec<String>,
) {
    for (name, item) in table.iter() {
        let key = format!("{prefix}{name}");
        if let Some(inner) = item.as_table_like() {
            gather(path, &format!("{key}."), inner, texts, mistakes);
        } else if let Some(text) = item.as_str() {
            if prefix.is_empty() {
                mistakes.push(format!("{path}: {key} stands in no table"));
            }
            if text.trim().is_empty() {
                mistakes.push(format!("{path}: {key} is empty"));
            }
            if texts.insert(key.clone(), text.to_owned()).is_some() {
                mistakes.push(format!("{path}: {key} is there twice"));
            }
        } else {
            mistakes.push(format!("{path}: {key} is no text"));
        }
    }
}

/// What is counted has both forms.
fn check_plurals(language: &Language, mistakes: &mut Vec<String>) {
    for key in language.texts.keys() {
        for (form, other) in [(".one", ".many"), (".many", ".one")] {
            if let Some(stem) = key.strip_suffix(form)
                && !language.texts.contains_key(&format!("{stem}{other}"))
            {
                mistakes.push(format!("{}: {key} has no {stem}{other} beside it", file(&language.tag)));
            }
        }
    }
}

/// Another language has the texts of the first and no others, with the same placeholders.
fn compare(first: &Language, other: &Language, mistakes: &mut Vec<String>) {
    let path = file(&other.tag);
    for (key, text) in &first.texts {
        match other.texts.get(key) {
            None => mistakes.push(format!("{path}: {key} is missing")),
            Some(translated) if placeholders(translated) != placeholders(text) => mistakes.push(format!(
                "{path}: {key} has the placeholders {:?}, and {:?} in {}",
                placeholders(translated),
                placeholders(text),
                file(&first.tag)
            )),
            Some(_) => {}
        }
    }
    for key in other.texts.keys().filter(|key| !first.texts.contains_key(*key)) {
        mistakes.push(format!("{path}: {key} is not in {}", file(&first.tag)));
    }
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).map(|part| part.split('}').next().unwrap_or_default()).collect()
}

/// The tables: the names by area, and the texts of each language in the order of the names.
fn tables(languages: &[Language]) -> String {
    let mut areas: BTreeMap<&str, BTreeMap<&str, Vec<&str>>> = BTreeMap::new();
    for key in languages[0].texts.keys() {
        let (area, name) = key.split_once('.').expect("a text stands in a table");
        let texts = languages.iter().map(|language| language.texts[key].as_str()).collect();
        areas.entry(area).or_default().insert(name, texts);
    }
    let mut out = String::from("const AREAS: &[(&str, Area)] = &[\n");
    let mut first = 0;
    for (area, texts) in &areas {
        let names: Vec<&&str> = texts.keys().collect();
        writeln!(out, "    ({area:?}, Area {{ first: {first}, names: &{names:?} }}),").expect("a String takes all");
        first += names.len();
    }
    out.push_str("];\n");
    writeln!(out, "pub(super) static LANGUAGES: [Language; {}] = [", languages.len()).expect("a String takes all");
    for (index, language) in languages.iter().enumerate() {
        let texts: Vec<&str> = areas.values().flat_map(|texts| texts.values()).map(|texts| texts[index]).collect();
        writeln!(out, "    Language {{ tag: {:?}, texts: &{texts:?} }},", language.tag).expect("a String takes all");
    }
    out.push_str("];\n");
    out
}
