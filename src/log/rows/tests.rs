//! Lines, stray quotes and endless rows.

use super::{LONGEST, Next, Rows};
use csv::ByteRecord;
use std::io::Cursor;

/// The rows of a file, each as `line:fields joined by |`, or `line!` where one does not end.
fn rows(text: &str) -> Vec<String> {
    let mut rows = Rows::new(Cursor::new(text), false).unwrap();
    let mut row = ByteRecord::new();
    let mut seen = Vec::new();
    loop {
        seen.push(match rows.next(&mut row, 2) {
            Next::Row(line) => {
                let fields: Vec<_> = row.iter().map(String::from_utf8_lossy).collect();
                format!("{line}:{}", fields.join("|"))
            }
            Next::Endless(line) => format!("{line}!"),
            other => {
                assert_eq!(other, Next::End);
                return seen;
            }
        });
    }
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
    // Closed by another row's quote, but short.
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
