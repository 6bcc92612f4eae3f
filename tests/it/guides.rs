//! What the README and the guide must say, in both languages, and in which order.

use std::fs;
use std::path::Path;

fn text(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

#[track_caller]
fn place(text: &str, wanted: &str) -> usize {
    let found = text.find(wanted);
    found.unwrap_or_else(|| panic!("no {wanted:?} in {text}"))
}

#[test]
fn the_samples_log_is_asked_for_while_it_is_there() {
    // An error is no proof that logs are refused where there is no such file.
    for (name, replace) in [
        ("README.md", "eplace the sample in `logs/`"),
        ("README.ja.md", "`logs/` のサンプルを自分のログに置き換え"),
        ("docs/hosting.md", "in place of the sample"),
        ("docs/hosting.ja.md", "サンプルを自分のログに置き換え"),
        ("docs/READ-ME-FIRST.txt", "Replace the sample in \"logs\""),
    ] {
        let text = text(name);
        let asked = place(&text, "/logs/analyzegear/site1/monitor_results_202411.csv");
        assert!(asked < place(&text, replace), "{name}");
    }
}

#[test]
fn the_first_screen_says_who_sees_the_numbers_and_where_logs_come_from() {
    for (name, seen, passwords, written) in [
        (
            "README.md",
            "sees the numbers of all clients",
            "(docs/hosting.md#passwords)",
            "#writing-the-logs)",
        ),
        (
            "README.ja.md",
            "すべてのお客様の数値を見られます",
            "(docs/hosting.ja.md#パスワード)",
            "#ログの書き込み)",
        ),
        (
            "docs/hosting.md",
            "numbers of all clients",
            "(#passwords)",
            "",
        ),
        (
            "docs/hosting.ja.md",
            "すべてのお客様の数値を見られます",
            "(#パスワード)",
            "",
        ),
    ] {
        let text = text(name);
        let (first, _) = text.split_once("\n## ").unwrap();
        for wanted in [seen, passwords, written] {
            place(first, wanted);
        }
    }
}

#[test]
fn the_readme_is_in_the_order_of_a_reader_who_wants_to_try_it() {
    let english = [
        "What it is not",
        "Try it",
        "Install it",
        "Log format",
        "URLs",
        "Configuration",
        "Numbers",
        "Developing",
    ];
    let japanese = [
        "できないこと",
        "まず動かしてみる",
        "サーバーに設置する",
        "ログの形式",
        "URL",
        "設定",
        "数値の決まり",
        "開発",
    ];
    for (name, want) in [("README.md", english), ("README.ja.md", japanese)] {
        let text = text(name);
        let sections: Vec<_> = text
            .lines()
            .filter_map(|line| line.strip_prefix("## "))
            .collect();
        assert_eq!(sections, want, "{name}");
        let install = text
            .lines()
            .position(|line| line == format!("## {}", want[2]));
        assert!(
            install.unwrap() < 100,
            "{name}: installing is too far below"
        );
    }
}
