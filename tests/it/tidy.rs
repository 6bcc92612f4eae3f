//! The rules of `src/README.md` about the rooms, held against the sources.

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms in their order: a file imports only from rooms above its own, and within a room
/// from files above it. This is the table of `src/README.md`.
fn order() -> Vec<String> {
    let map = fs::read_to_string(root().join("src/README.md")).unwrap();
    let files = map
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once('`'));
    files.map(|(file, _)| file.to_owned()).collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if !path.ends_with("tests") {
                files.extend(sources(&path));
            }
        } else if path.extension().is_some_and(|ext| ext == "rs") && !path.ends_with("tests.rs") {
            files.push(path);
        }
    }
    files
}

fn name(path: &Path) -> String {
    path.strip_prefix(root().join("src"))
        .unwrap()
        .to_str()
        .unwrap()
        .to_owned()
}

/// The paths from `crate` or `super` on in some code, those in braces one by one.
fn paths(code: &str) -> Vec<String> {
    let mut paths = Vec::new();
    for root in ["crate::", "super::"] {
        for (at, _) in code.match_indices(root) {
            let is_whole =
                !code[..at].ends_with([':', '_']) && !code[..at].ends_with(char::is_alphanumeric);
            if is_whole {
                expand(root, &code[at + root.len()..], &mut paths);
            }
        }
    }
    paths
}

/// Adds what a tree of names means behind a path; returns the rest of the text.
fn expand<'a>(path: &str, tree: &'a str, paths: &mut Vec<String>) -> &'a str {
    let tree = tree.trim_start();
    if let Some(mut rest) = tree.strip_prefix('{') {
        loop {
            rest = expand(path, rest, paths).trim_start();
            match rest.strip_prefix(',') {
                Some(after) if !after.trim_start().starts_with('}') => rest = after,
                Some(after) => return after.trim_start().trim_start_matches('}'),
                None => return rest.trim_start_matches('}'),
            }
        }
    }
    let end = tree.find(|c: char| !c.is_alphanumeric() && c != '_');
    let (name, rest) = tree.split_at(end.unwrap_or(tree.len()));
    let path = format!("{path}{name}");
    match rest.strip_prefix("::") {
        Some(rest) if rest.starts_with(|c: char| c == '{' || c.is_alphabetic()) => {
            expand(&format!("{path}::"), rest, paths)
        }
        _ => {
            paths.push(path);
            rest
        }
    }
}

#[test]
fn grouped_and_inline_paths_are_seen() {
    let code = "use crate::a::{b, c::{D, self}};\nfn f() { super::g::h(); my_crate::x() }";
    let want = [
        "crate::a::b",
        "crate::a::c::D",
        "crate::a::c::self",
        "super::g::h",
    ];
    assert_eq!(paths(code), want);
}

/// The source file that a path in `file` leads to.
fn imported(file: &str, path: &str) -> Option<String> {
    let mut folder: Vec<&str> = file.split('/').collect();
    folder.pop();
    if file.ends_with("mod.rs") && path.starts_with("super::") {
        folder.pop();
    }
    let (mut at, rest) = match path.split_once("::")? {
        ("crate", rest) => (Vec::new(), rest),
        ("super", rest) => (folder, rest),
        _ => return None,
    };
    for part in rest.split("::") {
        at.push(part);
        let stem = at.join("/");
        if root().join(format!("src/{stem}.rs")).is_file() {
            return Some(format!("{stem}.rs"));
        }
        if !root().join("src").join(&stem).is_dir() {
            at.pop();
            break;
        }
    }
    (!at.is_empty()).then(|| format!("{}/mod.rs", at.join("/")))
}

/// A source without comments and tests.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let code = text.split("#[cfg(test)]").next().unwrap().lines();
    let code = code.filter(|line| !line.trim_start().starts_with("//"));
    code.collect::<Vec<_>>().join("\n")
}

#[test]
fn every_source_file_is_on_the_map_and_imports_only_from_above() {
    let order = order();
    let rank = |file: &str| {
        let found = order.iter().position(|known| known == file);
        found.unwrap_or_else(|| panic!("src/README.md does not list {file}"))
    };
    for path in sources(&root().join("src")) {
        let file = name(&path);
        for used in paths(&code(&path)) {
            // A room's `mod.rs` holds what its files share, and lists them.
            if let Some(import) = imported(&file, &used).filter(|import| *import != file) {
                assert!(
                    rank(&import) < rank(&file),
                    "{file} must not use {import}: {used}"
                );
            }
        }
    }
    for file in order {
        assert!(
            root().join("src").join(&file).is_file(),
            "src/README.md lists {file}, which is not there"
        );
    }
}

#[test]
fn every_file_says_what_it_is_for_and_stays_readable() {
    for path in sources(&root().join("src")) {
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("//! "), "{} has no header", path.display());
        assert!(
            text.lines().count() <= 350,
            "{} wants a second look",
            path.display()
        );
    }
}

#[test]
fn the_outside_world_stays_in_its_rooms() {
    for path in sources(&root().join("src")) {
        let file = name(&path);
        let code = code(&path);
        let only = |words: &[&str], rooms: &[&str]| {
            for word in words.iter().filter(|word| code.contains(**word)) {
                assert!(
                    rooms.iter().any(|room| file.starts_with(room)),
                    "{file} uses {word}"
                );
            }
        };
        only(&["std::env", "env::var", "io::stdout"], &["command/"]);
        only(&["::now()"], &["command/", "cache/folder.rs"]);
        only(
            &["std::fs", "File::open"],
            &[
                "command/",
                "store/directory.rs",
                "store/folder.rs",
                "cache/folder.rs",
                "cache/file.rs",
            ],
        );
        only(
            &["crate::log", "crate::stats"],
            &[
                "answer.rs",
                "problem.rs",
                "app.rs",
                "command/",
                "config.rs",
                "log/",
                "stats/",
                "store/",
                "cache/",
                "load/",
                "view/",
            ],
        );
        only(&["crate::cgi::request::Request"], &["app.rs", "command/"]);
    }
}

#[test]
fn the_link_of_a_static_file_changes_when_any_of_them_does() {
    let assets = fs::read_to_string(root().join("src/assets.rs")).unwrap();
    for entry in fs::read_dir(root().join("static")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        // The canary is asked for to be refused: it has nothing that could be out of date. A logo is
        // the operator's, and is replaced without a new build.
        let is_theirs = ["canary.csv", "sample-logo.svg"].contains(&name.as_str());
        let hashed = assets.contains(&format!("include_bytes!(\"../static/{name}\")"));
        assert_eq!(hashed, !is_theirs, "{name}");
    }
}

/// What the program has rendered or drawn itself.
const MARKUP: [&str; 4] = ["form", "section", "figures", "shape"];

#[test]
fn only_markup_of_our_own_is_printed_unescaped() {
    for path in templates(&root().join("src/view/html")) {
        let text = fs::read_to_string(&path).unwrap();
        for (at, _) in text.match_indices("| unescaped") {
            let value = text[..at].trim_end().rsplit(['{', '.']).next();
            let is_ours = value.is_some_and(|value| MARKUP.contains(&value));
            assert!(is_ours, "{}: {value:?}", path.display());
        }
    }
}

fn templates(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(templates(&path));
        } else if path.extension().is_some_and(|ext| ext == "html") {
            found.push(path);
        }
    }
    found
}
