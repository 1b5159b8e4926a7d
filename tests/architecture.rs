//! Holds the directions of dependency that ARCHITECTURE.md draws, by reading what the sources name.
#![cfg(not(target_arch = "wasm32"))]

#[path = "architecture/imports.rs"]
mod imports;
#[path = "architecture/source.rs"]
mod source;

use std::fs;
use std::path::{Path, PathBuf};

use imports::Library;
use source::{Source, cut_tests, sources, tokens};

/// What each layer may name of the others. `ui` and the bin may name all.
const ARROWS: &[(&str, &[&str])] = &[
    ("ledger", &[]),
    ("mempool", &["ledger"]),
    ("keys", &["ledger"]),
    ("lessons", &["ledger", "keys"]),
    ("wallet", &["ledger", "keys"]),
    ("wire", &["ledger"]),
    ("miner", &["ledger", "mempool"]),
    ("node", &["ledger", "mempool", "keys", "wallet", "miner", "wire"]),
    ("api", &["ledger", "keys", "wallet", "miner"]),
    ("session", &["ledger", "mempool", "keys", "wallet", "miner", "wire", "node", "api"]),
    ("sim", &["ledger", "mempool", "keys", "wallet", "miner", "wire", "node"]),
    ("web", &["ledger", "mempool", "keys", "wallet", "miner", "wire", "node", "api", "session"]),
    ("ui", &["ledger", "mempool", "keys", "wallet", "miner", "wire", "node", "api", "lessons", "sim", "web"]),
];

/// Modules whose children use what the module itself defines, and it them: each is one thing in several files.
const READ_AS_ONE: &[&str] = &[
    "ledger/script",
    "mempool",
    "node",
    "ui/pages/keys/number_section",
    "ui/pages/miner",
    "ui/pages/wallet",
    "ui/text",
];

/// What each room of `session` may use of the others.
const ROOMS: &[(&str, &[&str])] = &[
    ("own", &[]),
    ("state", &["own"]),
    ("views", &["state"]),
    ("rpc", &["state", "views", "driver"]),
    ("driver", &["own", "state", "views", "rpc"]),
];

/// Crates that reach the browser.
const BROWSER: &[&str] = &["yew", "web_sys", "js_sys", "gloo", "wasm_bindgen", "wasm_bindgen_futures", "idb"];

/// Clocks, random sources and the machine outside, by crate or by type.
const OUTSIDE: &[&str] =
    &["SystemTime", "Instant", "getrandom", "rand", "rand_core", "OsRng", "thread_rng", "fs", "env", "net", "process"];

fn outside_the_browser(layer: &str) -> bool {
    !matches!(layer, "ui" | "web" | "bin")
}

fn layers() -> Vec<&'static str> {
    ARROWS.iter().map(|(layer, _)| *layer).collect()
}

#[test]
fn every_layer_names_only_the_layers_below_it() {
    let mut broken = Vec::new();
    for source in sources().iter().filter(|source| source.layer() != "bin") {
        let (_, allowed) = ARROWS
            .iter()
            .find(|(layer, _)| *layer == source.layer())
            .unwrap_or_else(|| panic!("{} is in no layer: give it a line in ARROWS", source.path.display()));
        for named in source.layers_named(&layers()) {
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
        let is_adapter = source.path.ends_with("keys/nfkd.rs");
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
    let named =
        |modules: &[&str], text: &str| source(modules, text).layers_named(&layers()).into_iter().collect::<Vec<_>>();
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

fn library() -> Library {
    Library::new(sources().into_iter().filter(|source| source.layer() != "bin").collect(), READ_AS_ONE)
}

#[test]
fn no_file_of_the_library_is_in_an_import_circle() {
    let circles = library().circles();
    assert!(circles.is_empty(), "{}", circles.join("\n"));
}

#[test]
fn every_room_of_a_session_uses_only_those_that_it_may() {
    let library = library();
    let room =
        |modules: &[String]| -> Option<String> { (modules[0] == "session").then(|| modules.get(1).cloned()).flatten() };
    let mut seen = 0;
    let mut broken = Vec::new();
    for (file, other) in library.uses() {
        let (Some(at), Some(used)) = (room(file), room(other)) else { continue };
        let (Some((_, allowed)), true) =
            (ROOMS.iter().find(|(name, _)| *name == at), ROOMS.iter().any(|(name, _)| *name == used))
        else {
            continue;
        };
        seen += 1;
        if at != used && !allowed.contains(&used.as_str()) {
            broken.push(format!("{} uses {}", file.join("/"), other.join("/")));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    assert!(seen > 20, "the rooms are there");
}

#[test]
fn the_scan_finds_a_circle_however_it_is_written() {
    let circles = |files: &[(&str, &str)]| {
        let source = |&(path, text): &(&str, &str)| {
            let mut tokens = tokens(text);
            cut_tests(&mut tokens);
            let modules = path.trim_end_matches("/mod").split('/').map(str::to_owned).collect();
            Source { path: PathBuf::from(path), modules, tokens }
        };
        Library::new(files.iter().map(source).collect(), &["whole"]).circles()
    };
    let two = |a: &str, b: &str| circles(&[("l/mod", "mod a; mod b;"), ("l/a", a), ("l/b", b)]);
    assert_eq!(two("use super::b::B;", "use crate::l::a::A;"), ["l/a -> l/b -> l/a"]);
    assert_eq!(two("use super::{b::{B, C}, c};", "fn f() { crate::l::a::g() }"), ["l/a -> l/b -> l/a"]);
    assert_eq!(two("use crate::l; fn f() { l::b::g() }", "fn f(_: super::a::A) {}"), ["l/a -> l/b -> l/a"]);
    assert_eq!(two("mod x { use super::super::b::B; }", "use super::a as other;"), ["l/a -> l/b -> l/a"]);
    assert_eq!(two("use super::b::B;", "use super::c; // crate::l::a"), [""; 0]);
    assert_eq!(two("use super::b::B;", "#[cfg(test)] mod tests { use crate::l::a::A; }"), [""; 0]);
    // What a module only hands on is followed to where it is made.
    let handed_on = |mod_: &str, a: &str, b: &str| circles(&[("l/mod", mod_), ("l/a", a), ("l/b", b)]);
    let (a, b) = ("use super::Made; pub struct A;", "pub struct B; pub struct Deep;");
    assert_eq!(handed_on("pub use a::A; pub(super) use b::B as Made;", a, b), [""; 0]);
    assert_eq!(
        handed_on("pub use a::A; pub(super) use b::B as Made;", a, "use crate::l::A; pub struct B;"),
        ["l/a -> l/b -> l/a"]
    );
    assert_eq!(
        handed_on("pub use a::*; pub use b::*;", "use super::B; pub struct A;", "use super::A; pub struct B;"),
        ["l/a -> l/b -> l/a"]
    );
    // A module that uses what it hands on needs it as any other file does.
    assert_eq!(
        handed_on("pub use a::A; struct Own { a: A }", "use super::Own; pub struct A;", ""),
        ["l/mod -> l/a -> l/mod"]
    );
    assert_eq!(handed_on("use a::A; pub struct Own;", "use super::Own; pub struct A;", ""), ["l/mod -> l/a -> l/mod"]);
    let whole = [("whole/mod", "use a::A; pub struct Own;"), ("whole/a", "use super::Own; pub struct A;")];
    assert_eq!(circles(&whole), [""; 0]);
    let three = [("a", "use crate::b::B;"), ("b", "use crate::c::C;"), ("c", "use crate::a::A;")];
    assert_eq!(circles(&three), ["a -> b -> c -> a"]);
}

#[test]
fn every_file_of_the_library_is_in_its_module_tree() {
    fn files(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("the sources are there").flatten() {
            let path = entry.path();
            if path.is_dir() {
                files(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    files(&root, &mut found);
    let lost: Vec<&PathBuf> = found
        .iter()
        .filter(|path| !path.ends_with("src/lib.rs") && !path.starts_with(root.join("bin")))
        .filter(|path| {
            let is_folder = path.ends_with("mod.rs");
            let module = if is_folder { path.parent().expect("a folder") } else { path.as_path() };
            let name = module.file_stem().and_then(|stem| stem.to_str()).expect("a name");
            let folder = module.parent().expect("a folder");
            let parents = [folder.join("mod.rs"), folder.join("lib.rs"), folder.with_extension("rs")];
            let declares = |parent: &PathBuf| {
                fs::read_to_string(parent).is_ok_and(|text| {
                    text.lines().any(|line| {
                        let line = line.trim_start().trim_start_matches("pub ").trim_start_matches("pub(crate) ");
                        line == format!("mod {name};")
                    })
                })
            };
            !parents.iter().any(declares)
        })
        .collect();
    assert!(found.len() > 300, "only {} files were read", found.len());
    assert!(lost.is_empty(), "no module declares these files: {lost:#?}");
}
