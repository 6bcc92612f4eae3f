//! Golden files: whole bodies as they should be, to be read and reviewed like code.

use std::env;
use std::fs;
use std::path::Path;

/// Compares a body with `tests/golden/<name>`; `UPDATE_GOLDEN=1` writes it instead.
#[track_caller]
pub(crate) fn check(name: &str, body: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(name);
    // The version of the static files changes with each of their bytes, and of the program
    // with each release; neither is what a golden is about.
    let body = settle(body, "?v=", |c| c.is_ascii_hexdigit());
    let body = settle(&body, "site-monitor ", |c| c.is_ascii_digit() || c == '.');
    if env::var_os("UPDATE_GOLDEN").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, body).unwrap();
        return;
    }
    let want = fs::read_to_string(&path).unwrap_or_default();
    if body != want {
        let differs = body.lines().zip(want.lines()).position(|(a, b)| a != b);
        let line = differs.unwrap_or(body.lines().count().min(want.lines().count()));
        panic!(
            "{name} differs from line {}\n  want: {:?}\n   got: {:?}\nUPDATE_GOLDEN=1 cargo test golden accepts it",
            line + 1,
            want.lines().nth(line),
            body.lines().nth(line),
        );
    }
}

/// Replaces what follows each `mark`, as far as `part` holds, by one `X`.
fn settle(text: &str, mark: &str, part: fn(char) -> bool) -> String {
    let mut pieces = text.split(mark);
    let mut settled = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        settled += mark;
        settled += "X";
        settled += piece.trim_start_matches(part);
    }
    settled
}
