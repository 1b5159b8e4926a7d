//! Which file of the library uses what of which other, and whether any of them, in the end, uses itself.
//!
//! A file is a module. What counts is a path in a `use` or in the code, from `crate`, `super`, `self`, a child or a
//! module that was imported. It leads to the deepest module that is a file; a name that this file only hands on
//! (`pub use child::Name`) leads on to the file that defines it. Methods are not paths: what is given to a function
//! may be asked anything.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::source::Source;

/// Re-exports that are followed one after another, at most.
const MOST_STEPS: usize = 8;

type ModulePath = Vec<String>;

/// The files of the library and what each hands on.
pub struct Library {
    /// Modules that are read as one with their children.
    read_as_one: Vec<ModulePath>,
    sources: Vec<Source>,
    file_of: BTreeMap<ModulePath, usize>,
    files: Vec<File>,
}

/// What a file says of others.
#[derive(Default)]
struct File {
    /// Paths from the crate's root, with the names by which `use` makes them known here.
    imports: Vec<(ModulePath, String)>,
    /// Names that are handed on, and what they stand for.
    handed_on: Vec<(String, ModulePath)>,
    /// Modules of which all is handed on.
    globs: Vec<ModulePath>,
    /// Paths in the code.
    inline: Vec<ModulePath>,
    /// Names that the code uses: types, functions that are called, heads of paths.
    used: BTreeSet<String>,
    /// Names that it defines.
    defined: BTreeSet<String>,
}

impl Library {
    /// Reads what the files say of each other. What the children of some modules, given as `layer/module`, take of
    /// their module itself is left out.
    pub fn new(sources: Vec<Source>, read_as_one: &[&str]) -> Self {
        let read_as_one = read_as_one.iter().map(|path| path.split('/').map(str::to_owned).collect()).collect();
        let file_of = sources.iter().enumerate().map(|(at, source)| (source.modules.clone(), at)).collect();
        let files = sources.iter().map(File::read).collect();
        let mut library = Self { read_as_one, sources, file_of, files };
        for at in 0..library.files.len() {
            let inline = library.paths_from_bindings(at);
            library.files[at].inline.extend(inline);
        }
        library
    }

    /// The circles, the shortest through each file, as `a -> b -> a`.
    pub fn circles(&self) -> Vec<String> {
        let uses: Vec<BTreeSet<usize>> = (0..self.files.len()).map(|at| self.used_by(at)).collect();
        let mut seen = BTreeSet::new();
        let mut circles = Vec::new();
        for start in 0..uses.len() {
            let Some(circle) = shortest_circle(&uses, start) else { continue };
            let mut files = circle.clone();
            files.sort_unstable();
            if seen.insert(files) {
                let names: Vec<String> = circle.iter().chain([&start]).map(|at| self.name_of(*at)).collect();
                circles.push(names.join(" -> "));
            }
        }
        circles
    }

    /// Which file uses which, each as the modules that lead to it.
    pub fn uses(&self) -> Vec<(&[String], &[String])> {
        let modules = |at: usize| self.sources[at].modules.as_slice();
        let pairs = |at: usize| self.used_by(at).into_iter().map(move |other| (modules(at), modules(other)));
        (0..self.files.len()).flat_map(pairs).collect()
    }

    fn name_of(&self, at: usize) -> String {
        self.sources[at].path.display().to_string()
    }

    /// The files that a file uses.
    fn used_by(&self, at: usize) -> BTreeSet<usize> {
        let file = &self.files[at];
        let own_use = file.handed_on.iter().filter(|(name, _)| file.used.contains(name)).map(|(_, path)| path);
        let paths = file.imports.iter().map(|(path, _)| path).chain(&file.inline).chain(own_use);
        let mut used: BTreeSet<usize> = paths.filter_map(|path| self.file_defining(path, 0)).collect();
        used.retain(|other| *other != at && !self.is_its_module(at, *other));
        used
    }

    /// Whether a file is read as one with the module that it is a child of.
    fn is_its_module(&self, at: usize, module: usize) -> bool {
        let (child, module) = (&self.sources[at].modules, &self.sources[module].modules);
        child.starts_with(module) && self.read_as_one.contains(module)
    }

    /// The file of the deepest module of this path, and what is left of it.
    fn deepest<'a>(&self, path: &'a [String]) -> Option<(usize, &'a [String])> {
        (1..=path.len()).rev().find_map(|depth| Some((*self.file_of.get(&path[..depth])?, &path[depth..])))
    }

    /// The file that defines what a path names.
    fn file_defining(&self, path: &[String], steps: usize) -> Option<usize> {
        let (at, rest) = self.deepest(path)?;
        let Some(name) = rest.first().filter(|_| steps < MOST_STEPS) else { return Some(at) };
        let file = &self.files[at];
        if file.defined.contains(name) {
            return Some(at);
        }
        let onward = |path: &ModulePath| path.iter().chain(&rest[1..]).cloned().collect::<ModulePath>();
        if let Some((_, path)) = file.handed_on.iter().find(|(handed, _)| handed == name) {
            return self.file_defining(&onward(path), steps + 1).or(Some(at));
        }
        // A name that is imported privately is seen by the children too.
        if let Some((path, _)) = file.imports.iter().find(|(_, known)| known == name) {
            return self.file_defining(&onward(path), steps + 1).or(Some(at));
        }
        for glob in &file.globs {
            let path: ModulePath = glob.iter().chain(rest).cloned().collect();
            if let Some(found) = self.file_defining(&path, steps + 1)
                && self.files[found].defined.contains(name)
            {
                return Some(found);
            }
        }
        Some(at)
    }

    /// Paths in the code that begin with a child, or with a module that was imported.
    fn paths_from_bindings(&self, at: usize) -> Vec<ModulePath> {
        let source = &self.sources[at];
        let mut bindings: BTreeMap<&str, ModulePath> = BTreeMap::new();
        for (path, name) in &self.files[at].imports {
            if self.deepest(path).is_some() {
                bindings.insert(name, path.clone());
            }
        }
        for path in self.file_of.keys() {
            if path.len() == source.modules.len() + 1 && path.starts_with(&source.modules) {
                bindings.insert(&path[path.len() - 1], path.clone());
            }
        }
        let mut paths = Vec::new();
        for place in outside_uses(&source.tokens) {
            let is_head = place == 0 || source.token(place - 1) != "::";
            if let Some(path) = bindings.get(source.token(place)).filter(|_| is_head && source.token(place + 1) == "::")
            {
                let mut path = path.clone();
                let mut next = place + 2;
                while is_name(source.token(next)) {
                    path.push(source.token(next).to_owned());
                    if source.token(next + 1) != "::" {
                        break;
                    }
                    next += 2;
                }
                paths.push(path);
            }
        }
        paths
    }
}

impl File {
    fn read(source: &Source) -> Self {
        let mut file = Self::default();
        // The file's module, and the modules written in it that are open, with their depths.
        let mut within = source.modules.clone();
        let mut opened = Vec::new();
        let mut depth = 0_usize;
        let mut at = 0;
        while at < source.tokens.len() {
            match source.token(at) {
                "{" => depth += 1,
                "}" => {
                    depth = depth.saturating_sub(1);
                    if opened.last() == Some(&depth) {
                        opened.pop();
                        within.pop();
                    }
                }
                "mod" if source.token(at + 2) == "{" => {
                    file.defined.insert(source.token(at + 1).to_owned());
                    within.push(source.token(at + 1).to_owned());
                    opened.push(depth);
                }
                "use" if starts_use(&source.tokens, at) => {
                    let is_public = at > 0 && matches!(source.token(at - 1), "pub" | ")");
                    let mut leaves = Vec::new();
                    at = use_tree(source, at + 1, &[], &mut leaves);
                    for (path, name) in leaves {
                        let Some(path) = from_root(&within, &source.modules, &path) else { continue };
                        match (is_public, name.as_str()) {
                            (true, "*") => file.globs.push(path),
                            (true, _) => file.handed_on.push((name, path)),
                            (false, _) => file.imports.push((path, name)),
                        }
                    }
                    continue;
                }
                "crate" | "super" | "self" if source.token(at + 1) == "::" => {
                    let mut path = Vec::new();
                    while is_name(source.token(at)) {
                        path.push(source.token(at).to_owned());
                        if source.token(at + 1) != "::" {
                            break;
                        }
                        at += 2;
                    }
                    file.inline.extend(from_root(&within, &source.modules, &path));
                }
                "struct" | "enum" | "fn" | "const" | "static" | "type" | "trait" | "union" => {
                    file.defined.insert(source.token(at + 1).to_owned());
                }
                name => {
                    let before = if at == 0 { "" } else { source.token(at - 1) };
                    let is_type = name.starts_with(char::is_uppercase);
                    let is_alone = !matches!(before, "." | "::" | "fn" | "mod" | "struct" | "enum");
                    if is_alone && (is_type || matches!(source.token(at + 1), "(" | "::")) {
                        file.used.insert(name.to_owned());
                    }
                }
            }
            at += 1;
        }
        file
    }
}

fn is_name(token: &str) -> bool {
    token.starts_with(|first: char| first.is_alphabetic() || first == '_')
}

/// Whether `use` at this place begins an item; elsewhere it is a bound of `impl Trait + use<..>`.
fn starts_use(tokens: &[String], at: usize) -> bool {
    tokens.get(at + 1).is_some_and(|next| next != "<")
}

/// The places of the tokens that are in no `use`.
fn outside_uses(tokens: &[String]) -> Vec<usize> {
    let mut places = Vec::new();
    let mut in_use = false;
    for (at, token) in tokens.iter().enumerate() {
        if token == "use" && starts_use(tokens, at) {
            in_use = true;
        }
        if !in_use {
            places.push(at);
        }
        in_use &= token != ";";
    }
    places
}

/// Reads the tree of a `use` into its leaves, each a path and the name it gets; returns where the tree ends.
fn use_tree(source: &Source, mut at: usize, before: &[String], leaves: &mut Vec<(ModulePath, String)>) -> usize {
    let mut path = before.to_vec();
    loop {
        match source.token(at) {
            "{" => {
                at += 1;
                while !matches!(source.token(at), "}" | "") {
                    at = use_tree(source, at, &path, leaves);
                    if source.token(at) == "," {
                        at += 1;
                    }
                }
                return at + 1;
            }
            "*" => {
                leaves.push((path, "*".to_owned()));
                return at + 1;
            }
            "::" => at += 1,
            name if is_name(name) => {
                // `x::{self}` is `x`.
                if name != "self" || path.is_empty() {
                    path.push(name.to_owned());
                }
                at += 1;
                if source.token(at) == "::" {
                    continue;
                }
                let mut known = path.last().cloned().unwrap_or_default();
                if source.token(at) == "as" {
                    known = source.token(at + 1).to_owned();
                    at += 2;
                }
                leaves.push((path, known));
                return at;
            }
            _ => return at + 1,
        }
    }
}

/// A path from the crate's root; `None` for one into another crate.
fn from_root(within: &[String], file: &[String], path: &[String]) -> Option<ModulePath> {
    let mut base = within.to_vec();
    let mut rest = path;
    match path.first()?.as_str() {
        "crate" => {
            base.clear();
            rest = &rest[1..];
        }
        "self" => rest = &rest[1..],
        "super" => {
            while rest.first().is_some_and(|first| first == "super") {
                base.pop();
                rest = &rest[1..];
            }
        }
        // A child, or a crate: which of both is seen when it is looked for.
        _ => base = file.to_vec(),
    }
    base.extend_from_slice(rest);
    Some(base)
}

/// The shortest way from a file back to it.
fn shortest_circle(uses: &[BTreeSet<usize>], start: usize) -> Option<Vec<usize>> {
    let mut from: BTreeMap<usize, usize> = BTreeMap::new();
    let mut queue = VecDeque::from([start]);
    while let Some(at) = queue.pop_front() {
        for &next in &uses[at] {
            if next == start {
                let mut circle = vec![at];
                while let Some(before) = circle.last().filter(|last| **last != start).and_then(|last| from.get(last)) {
                    circle.push(*before);
                }
                circle.reverse();
                return Some(circle);
            }
            if let Entry::Vacant(unseen) = from.entry(next) {
                unseen.insert(at);
                queue.push_back(next);
            }
        }
    }
    None
}
