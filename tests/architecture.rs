//! Holds the directions of dependency that ARCHITECTURE.md draws, by reading what the sources name.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What each layer may name of the others. `ui` and the bin may name all.
const ARROWS: &[(&str, &[&str])] = &[
    ("ledger", &[]),
    ("mempool", &["ledger"]),
    ("wallet", &["ledger"]),
    ("wire", &["ledger"]),
    ("miner", &["ledger", "mempool"]),
    ("node", &["ledger", "mempool", "wallet", "miner", "wire"]),
    ("api", &["ledger", "wallet", "miner"]),
    ("session", &["ledger", "mempool", "wallet", "miner", "wire", "node", "api"]),
    ("sim", &["ledger", "mempool", "wallet", "miner", "wire", "node"]),
    ("web", &["ledger", "mempool", "wallet", "miner", "wire", "node", "api", "session"]),
    ("ui", &["ledger", "mempool", "wallet", "miner", "wire", "node", "api", "session", "sim", "web"]),
];

/// Crates that reach the browser.
const BROWSER: &[&str] = &["yew", "web_sys", "js_sys", "gloo", "wasm_bindgen", "wasm_bindgen_futures", "idb"];

/// Clocks, random sources and the machine outside, by crate or by type.
const OUTSIDE: &[&str] =
    &["SystemTime", "Instant", "getrandom", "rand", "rand_core", "OsRng", "thread_rng", "fs", "env", "net", "process"];

/// One source file, as the identifiers and separators it has outside comments, texts and unit tests.
struct Source {
    path: PathBuf,
    /// The modules from the crate's root down to this file, like `ledger`, `script`.
    modules: Vec<String>,
    tokens: Vec<String>,
}

impl Source {
    fn layer(&self) -> &str {
        &self.modules[0]
    }

    /// The layers this file names, by `crate::layer`, `crate::{layer, ..}` or enough `super::`.
    fn layers_named(&self) -> BTreeSet<String> {
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
        named.retain(|name| ARROWS.iter().any(|(layer, _)| layer == name));
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
    fn path_names(&self, names: &[&str]) -> BTreeSet<String> {
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

    fn token(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", String::as_str)
    }
}

/// The sources under src, without unit tests and test-only modules.
fn sources() -> Vec<Source> {
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
fn cut_tests(tokens: &mut Vec<String>) -> Vec<String> {
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
fn tokens(text: &str) -> Vec<String> {
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

fn outside_the_browser(layer: &str) -> bool {
    !matches!(layer, "ui" | "web" | "bin")
}

#[test]
fn every_layer_names_only_the_layers_below_it() {
    let mut broken = Vec::new();
    for source in sources().iter().filter(|source| source.layer() != "bin") {
        let (_, allowed) = ARROWS
            .iter()
            .find(|(layer, _)| *layer == source.layer())
            .unwrap_or_else(|| panic!("{} is in no layer: give it a line in ARROWS", source.path.display()));
        for named in source.layers_named() {
            if !allowed.contains(&named.as_str()) {
                broken.push(format!("{} names {named}", source.path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn only_ui_web_and_the_bin_name_the_browser() {
    let mut broken = Vec::new();
    for source in sources().iter().filter(|source| outside_the_browser(source.layer())) {
        // The one thing that is left to the platform: Unicode's tables, which every browser has.
        let is_adapter = source.path.ends_with("wallet/nfkd.rs");
        for named in source.path_names(BROWSER).into_iter().filter(|_| !is_adapter) {
            broken.push(format!("{} names {named}", source.path.display()));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn below_ui_and_web_nothing_reads_a_clock_a_random_source_or_the_machine() {
    let mut broken = Vec::new();
    for source in sources().iter().filter(|source| outside_the_browser(source.layer())) {
        for named in source.path_names(OUTSIDE) {
            broken.push(format!("{} names {named}", source.path.display()));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn unsafe_code_is_in_the_search_kernel_only() {
    let places: Vec<String> = sources()
        .iter()
        .filter(|source| source.tokens.iter().any(|token| token == "unsafe"))
        .filter(|source| source.layer() != "miner")
        .map(|source| source.path.display().to_string())
        .collect();
    assert!(places.is_empty(), "{}", places.join("\n"));
}

#[test]
fn the_scan_sees_through_groups_supers_comments_and_texts() {
    let source = |modules: &[&str], text: &str| Source {
        path: PathBuf::new(),
        modules: modules.iter().map(|&module| module.to_owned()).collect(),
        tokens: tokens(text),
    };
    let named = |modules: &[&str], text: &str| source(modules, text).layers_named().into_iter().collect::<Vec<_>>();
    assert_eq!(named(&["ledger"], "use crate::wallet::Key;"), ["wallet"]);
    assert_eq!(named(&["ledger"], "use crate::{ledger::{Block, node}, ui::x, wire};"), ["ui", "wire"]);
    assert_eq!(named(&["ledger", "block"], "use super::node; use super::super::node;"), ["node"]);
    assert_eq!(named(&["ledger"], "// crate::ui\n/* crate::web /* */ */ \"crate::sim\" r#\"crate::wire\"#"), [""; 0]);
    assert_eq!(
        source(&["node"], "let c = '\"'; fn f<'a>() { std::time::Instant::now() }").path_names(OUTSIDE).len(),
        1
    );
    let mut code = tokens("use a::b; #[cfg(test)] mod tests { use crate::ui; } #[cfg(test)] mod extra; fn f() {}");
    assert_eq!(cut_tests(&mut code), ["extra"]);
    assert_eq!(code.join(" "), "use a :: b ; fn f ( ) { }");
}
