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
    assert!(
        body == want,
        "{name} differs; UPDATE_GOLDEN=1 cargo test golden accepts it\n{}",
        diff(&want, &body)
    );
}

/// The first lines that differ, with those around them: `-` is missing, `+` is new.
fn diff(want: &str, got: &str) -> String {
    const HUNKS: usize = 3;
    const AROUND: usize = 2;
    /// Of each hunk and side.
    const LINES: usize = 8;
    let (want, got): (Vec<_>, Vec<_>) = (want.lines().collect(), got.lines().collect());
    let mut text = String::new();
    let (mut at, mut hunks) = ((0, 0), 0);
    while (at.0, at.1) != (want.len(), got.len()) {
        if want.get(at.0).is_some() && want.get(at.0) == got.get(at.1) {
            at = (at.0 + 1, at.1 + 1);
            continue;
        }
        hunks += 1;
        if hunks > HUNKS {
            return text + "and more\n";
        }
        let end = next_match(&want[at.0..], &got[at.1..]);
        let end = (at.0 + end.0, at.1 + end.1);
        text += &format!("@@ line {}\n", at.0 + 1);
        let mut show = |mark: char, lines: &[&str]| {
            for line in lines.iter().take(LINES) {
                text += &format!("{mark} {line}\n");
            }
            if lines.len() > LINES {
                text += &format!("{mark} and {} more lines\n", lines.len() - LINES);
            }
        };
        show(' ', &want[at.0.saturating_sub(AROUND)..at.0]);
        show('-', &want[at.0..end.0]);
        show('+', &got[at.1..end.1]);
        show(' ', &want[end.0..want.len().min(end.0 + AROUND)]);
        at = end;
    }
    text
}

/// After how many lines of each two texts agree again, or end.
fn next_match(a: &[&str], b: &[&str]) -> (usize, usize) {
    for skipped in 1..a.len() + b.len() {
        for i in 0..=skipped.min(a.len()) {
            let j = skipped - i;
            // A single line, such as `</div>`, is alike by chance.
            if j < b.len() && i < a.len() && a[i] == b[j] && a.get(i + 1) == b.get(j + 1) {
                return (i, j);
            }
        }
    }
    (a.len(), b.len())
}

#[test]
fn a_diff_shows_what_is_missing_and_what_is_new() {
    let want = "a\nb\nc\nd\ne\nf";
    let diff = |got: &str| diff(want, got);
    assert_eq!(diff(want), "");
    assert_eq!(
        diff("a\nb\nx\nd\ne\nf"),
        "@@ line 3\n  a\n  b\n- c\n+ x\n  d\n  e\n"
    );
    assert_eq!(diff("a\nb\nc\nd\ne\nf\ng"), "@@ line 7\n  e\n  f\n+ g\n");
    assert_eq!(
        diff("a\nb\nd\ne\nf"),
        "@@ line 3\n  a\n  b\n- c\n  d\n  e\n"
    );
    assert_eq!(diff(""), "@@ line 1\n- a\n- b\n- c\n- d\n- e\n- f\n");
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
