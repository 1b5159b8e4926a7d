//! Reads the sources of the library as the names that they use.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// One source file, as the identifiers and separators it has outside comments, texts and unit tests.
pub struct Source {
    pub path: PathBuf,
    /// The modules from the crate's root down to this file, like `ledger`, `script`.
    pub modules: Vec<String>,
    pub tokens: Vec<String>,
}

impl Source {
    pub fn layer(&self) -> &str {
        &self.modules[0]
    }

    /// The others of these layers that this file names, by `crate::layer`, `crate::{layer, ..}` or enough `super::`.
    pub fn layers_named(&self, layers: &[&str]) -> BTreeSet<String> {
        let mut named = BTreeSet::new();
        let mut at = 0;
        while at < self.tokens.len() {
            if let Some(after) = self.root_path_at(at) {
                self.first_names(after, &mut named);
                at = after;
            } else {
                at += 1;
            }
        }
        named.remove(self.layer());
        named.retain(|name| layers.contains(&name.as_str()));
        named
    }

    /// Where a path from the crate's root goes on, if one starts here.
    fn root_path_at(&self, at: usize) -> Option<usize> {
        if self.tokens[at] == "crate" && self.token(at + 1) == "::" {
            return Some(at + 2);
        }
        if self.tokens[at] != "super" || (at > 0 && self.tokens[at - 1] == "::") {
            return None;
        }
        let mut after = at;
        let mut climbs = 0;
        while self.token(after) == "super" && self.token(after + 1) == "::" {
            climbs += 1;
            after += 2;
        }
        (climbs >= self.modules.len()).then_some(after)
    }

    /// The next name, or the first name of each branch of a `{ .. }`.
    fn first_names(&self, at: usize, named: &mut BTreeSet<String>) {
        if self.token(at) != "{" {
            named.insert(self.token(at).to_owned());
            return;
        }
        let mut depth = 0;
        for index in at..self.tokens.len() {
            match self.token(index) {
                "{" => depth += 1,
                "}" => depth -= 1,
                name if depth == 1 && matches!(self.token(index - 1), "{" | ",") => {
                    named.insert(name.to_owned());
                }
                _ => {}
            }
            if depth == 0 {
                return;
            }
        }
    }

    /// Those of `names` used here as part of a path (`rand::..`, `..::Instant`).
    pub fn path_names(&self, names: &[&str]) -> BTreeSet<String> {
        (0..self.tokens.len())
            .filter(|&at| names.contains(&self.token(at)))
            .filter(|&at| {
                let before = if at == 0 { "" } else { self.token(at - 1) };
                let is_path = self.token(at + 1) == "::" || before == "::" || before == "use";
                // `crate::wire::net` or a local module would be ours, not the standard library's.
                let is_std_module = !matches!(self.token(at), "fs" | "env" | "net" | "process")
                    || (before == "::" && at >= 2 && self.token(at - 2) == "std");
                is_path && is_std_module
            })
            .map(|at| self.token(at).to_owned())
            .collect()
    }

    pub fn token(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", String::as_str)
    }
}

/// The sources under src, without unit tests and test-only modules.
pub fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    let mut test_only = BTreeSet::new();
    let mut sources = Vec::new();
    for path in files {
        let relative = path.strip_prefix(&root).expect("it was found under it").with_extension("");
        let mut modules: Vec<String> =
            relative.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
        if modules.last().is_some_and(|name| name == "mod") {
            modules.pop();
        }
        let mut tokens = tokens(&fs::read_to_string(&path).expect("a source file is readable"));
        for name in cut_tests(&mut tokens) {
            let mut module = modules.clone();
            module.push(name);
            test_only.insert(module);
        }
        if modules != ["lib"] {
            sources.push(Source { path, modules, tokens });
        }
    }
    sources.retain(|source| (1..=source.modules.len()).all(|depth| !test_only.contains(&source.modules[..depth])));
    sources
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a source folder is readable").flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// Removes what stands under `#[cfg(test)]`; returns the names of modules in files of their own that do.
pub fn cut_tests(tokens: &mut Vec<String>) -> Vec<String> {
    let mut files = Vec::new();
    let marker = ["#", "[", "cfg", "(", "test", ")", "]"];
    while let Some(start) = tokens.windows(marker.len()).position(|window| window == marker) {
        let mut end = start + marker.len();
        let mut depth = 0;
        let is_module = tokens.get(end).is_some_and(|token| token == "mod");
        while let Some(token) = tokens.get(end) {
            match token.as_str() {
                "{" => depth += 1,
                "}" => depth -= 1,
                ";" if depth == 0 && is_module => files.push(tokens[end - 1].clone()),
                _ => {}
            }
            let done = depth == 0 && matches!(token.as_str(), "}" | ";");
            end += 1;
            if done {
                break;
            }
        }
        tokens.drain(start..end);
    }
    files
}

/// Identifiers, `::` and other single characters; comments, texts and white space are left out.
pub fn tokens(text: &str) -> Vec<String> {
    let text: Vec<char> = text.chars().collect();
    let at = |index: usize| text.get(index).copied().unwrap_or('\0');
    let mut tokens = Vec::new();
    let mut index = 0;
    while index < text.len() {
        let character = text[index];
        let start = index;
        if character == '/' && at(index + 1) == '/' {
            while index < text.len() && text[index] != '\n' {
                index += 1;
            }
        } else if character == '/' && at(index + 1) == '*' {
            let mut depth = 0;
            loop {
                match (at(index), at(index + 1)) {
                    ('/', '*') => (depth, index) = (depth + 1, index + 2),
                    ('*', '/') => (depth, index) = (depth - 1, index + 2),
                    _ => index += 1,
                }
                if depth == 0 || index >= text.len() {
                    break;
                }
            }
        } else if character == 'r'
            && (at(index + 1) == '"' || (at(index + 1) == '#' && matches!(at(index + 2), '"' | '#')))
        {
            let hashes = (index + 1..).take_while(|&place| at(place) == '#').count();
            index += hashes + 2;
            while index < text.len() && !(text[index] == '"' && (1..=hashes).all(|hash| at(index + hash) == '#')) {
                index += 1;
            }
            index += hashes + 1;
        } else if character == '"' {
            index += 1;
            while index < text.len() && text[index] != '"' {
                index += if text[index] == '\\' { 2 } else { 1 };
            }
            index += 1;
        } else if character == '\'' && (at(index + 1) == '\\' || at(index + 2) == '\'') {
            index += if at(index + 1) == '\\' { 3 } else { 2 };
            while index < text.len() && text[index] != '\'' {
                index += 1;
            }
            index += 1;
        } else if character.is_alphanumeric() || character == '_' {
            while at(index).is_alphanumeric() || at(index) == '_' {
                index += 1;
            }
            // `br"…"` and `b"…"`: the prefix is no name.
            if at(index) != '"' {
                tokens.push(text[start..index].iter().collect());
            }
        } else if character == ':' && at(index + 1) == ':' {
            tokens.push("::".to_owned());
            index += 2;
        } else {
            if !character.is_whitespace() {
                tokens.push(character.to_string());
            }
            index += 1;
        }
    }
    tokens
}
