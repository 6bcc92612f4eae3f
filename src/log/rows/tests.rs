//! Line numbers, stray quotes and rows that never end.

use super::super::buffer::{LONGEST, UnendedLine};
use super::{Next, Rows};
use std::io::Cursor;

/// The rows of a file, each as `line:fields joined by |`, or `line!` where one does not end.
fn rows(text: &str) -> Vec<String> {
    let mut rows = Rows::new(Cursor::new(text), UnendedLine::Read).unwrap();
    let mut seen = Vec::new();
    loop {
        seen.push(match rows.next_row(2).unwrap() {
            Next::Row(row, line) => {
                let fields: Vec<_> = row.iter().map(String::from_utf8_lossy).collect();
                format!("{line}:{}", fields.join("|"))
            }
            Next::Endless(line) => format!("{line}!"),
            Next::Lines(_) => unreachable!(),
            Next::End => return seen,
        });
    }
}

/// How many bytes the parsers are given while all rows of a file are read.
fn work(text: &str) -> usize {
    let mut rows = Rows::new(Cursor::new(text), UnendedLine::Read).unwrap();
    while !matches!(rows.next(4).unwrap(), Next::End) {}
    rows.quoted
        .map_or(0, |quoted| quoted.parser.fed + quoted.ahead.fed)
}

#[test]
fn rows_know_their_lines() {
    assert_eq!(rows("a,b\nc,d\n"), ["1:a|b", "2:c|d"]);
    assert_eq!(rows("a,b\r\nc,d\r\ne,f"), ["1:a|b", "2:c|d", "3:e|f"]);
    assert_eq!(
        rows("a,b\r\n\r\n\r\nc,d\r\ne,f\r\n"),
        ["1:a|b", "4:c|d", "5:e|f"]
    );
    let stray = format!("a,b\r\nx,\"oops\r\n{}", "c,d\r\n".repeat(60));
    assert_eq!(rows(&stray)[..4], ["1:a|b", "2!", "3:c|d", "4:c|d"]);
    assert_eq!(rows("a,b\n\n\n\nc,d\ne,f\n"), ["1:a|b", "5:c|d", "6:e|f"]);
    assert_eq!(rows("a,b\n\n\n\nc,d"), ["1:a|b", "5:c|d"]);
    assert_eq!(rows("a,b\r\n\r\nc,d"), ["1:a|b", "3:c|d"]);
    assert_eq!(rows("a,b\n\nc,d"), ["1:a|b", "3:c|d"]);
    assert_eq!(rows("a,\"b\nc\"\nd,e\n"), ["1:a|b\nc", "3:d|e"]);
}

#[test]
fn a_stray_quote_costs_its_own_line() {
    let rest = "c,d\n".repeat(60);
    for (text, rest) in [
        ("a,b\nx,\"oops\n", rest.as_str()),
        ("a,b\n\"oops\n", &rest),
        ("a,b\nx,\"oops\n", "c,d\nc,d"),
        ("a,b\n\nx,\"oops\n", &rest),
    ] {
        let seen = rows(&format!("{text}{rest}"));
        let line = text.lines().count();
        assert_eq!(seen[1], format!("{line}!"), "{text}");
        assert_eq!(seen.len(), 2 + rest.lines().count(), "{text}");
        assert_eq!(seen[2], format!("{}:c|d", line + 1));
    }
    // Another row's quote closes it, but then it has too few fields.
    assert_eq!(
        rows("\"a\nb,c\nd\"\ne,f\n"),
        ["1!", "2:b|c", "3:d\"", "4:e|f"]
    );
}

#[test]
fn a_line_without_end_is_one_fault_in_little_memory() {
    let long = format!("a,b\n{}\nc,d\n", "x".repeat(20 * LONGEST));
    assert_eq!(rows(&long), ["1:a|b", "2!", "3:c|d"]);
    assert_eq!(
        rows(&format!("a,b\n\"{}", "x".repeat(20 * LONGEST))),
        ["1:a|b", "2!"]
    );
}

#[test]
fn stray_quotes_cost_no_more_than_their_lines() {
    let row = "2024-11-01 00:00:00,https://a.example/,異常,503 a\",\"b\n";
    let filled = format!("{row}{}", "c,d,e,f\n".repeat(40));
    let open = format!("\"{}\n{}", "x".repeat(2000), "y\n".repeat(48));
    for (name, stray) in [
        ("each line opens what the next closes", "a\",\"\n"),
        ("each row opens two", row),
        ("no line closes it", filled.as_str()),
        ("a row of too few fields", "\"a\nb,c\nd\"\n"),
        ("long lines", &open),
    ] {
        let text = stray.repeat(500_000 / stray.len());
        let work = work(&text);
        assert!(work <= 4 * text.len(), "{name}: {work} of {}", text.len());
    }
}

#[test]
fn a_row_has_fifty_line_breaks_at_most() {
    let row = |breaks: usize| format!("a,\"{}\"\nc,d\n", "\n".repeat(breaks));
    assert_eq!(
        rows(&row(50)),
        [format!("1:a|{}", "\n".repeat(50)), "52:c|d".to_owned()]
    );
    assert_eq!(rows(&row(51))[0], "1!");
}

#[test]
fn a_row_has_64_kib_at_most_with_its_line_end() {
    for end in ["\n", "\",\n"] {
        let row = |length: usize| {
            let start = if end.len() > 1 { "\"" } else { "" };
            let text = "x".repeat(length - start.len() - end.len());
            rows(&format!("a,b\n{start}{text}{end}c,d\n"))[1..].to_vec()
        };
        assert!(row(LONGEST)[0].starts_with("2:x"));
        assert_eq!(row(LONGEST + 1), ["2!", "3:c|d"]);
    }
}

#[test]
fn lines_are_counted_by_their_line_feeds() {
    assert_eq!(
        rows("a,b\r\n\r\n\nc,d\ne,f\r\n\r\n\"g\",h\r\rx,\"y\r\n\nz\"\r\ni,j"),
        ["1:a|b", "4:c|d", "5:e|f", "7:g|h", "7:x|y\r\n\nz", "10:i|j"]
    );
}
