//! What is linked into the program is named with its licence, as its authors ask.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// Name, version and licence of each crate that is linked, by cargo's own word: reached from
/// this package by normal dependencies, without macros, which the compiler runs.
fn linked() -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["metadata", "--locked", "--format-version=1"])
        .arg("--filter-platform=x86_64-unknown-linux-gnu")
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let find = |list: &Value, id: &Value| -> Value {
        let mut list = list.as_array().unwrap().iter();
        list.find(|entry| entry["id"] == *id).unwrap().clone()
    };
    let is = |list: &Value, key: &str, test: &dyn Fn(&Value) -> bool| {
        list.as_array()
            .unwrap()
            .iter()
            .any(|entry| test(&entry[key]))
    };
    let mut titles = BTreeSet::new();
    let mut waiting = vec![metadata["resolve"]["root"].clone()];
    while let Some(id) = waiting.pop() {
        let node = find(&metadata["resolve"]["nodes"], &id);
        for edge in node["deps"].as_array().unwrap() {
            let package = find(&metadata["packages"], &edge["pkg"]);
            let text = |key: &str| package[key].as_str().unwrap_or_default().to_owned();
            let is_macro = is(&package["targets"], "kind", &|kind| {
                kind.as_array().unwrap().contains(&"proc-macro".into())
            });
            if is_macro || !is(&edge["dep_kinds"], "kind", &Value::is_null) {
                continue;
            }
            let title = format!("{} {} ({})", text("name"), text("version"), text("license"));
            if titles.insert(title) {
                waiting.push(edge["pkg"].clone());
            }
        }
    }
    titles
}

#[test]
fn all_that_is_linked_is_named_with_its_licence() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/THIRD-PARTY.txt");
    let text = std::fs::read_to_string(path).unwrap();
    let rule = "=".repeat(78);
    let sections: Vec<&str> = text.split(&format!("\n{rule}\n")).skip(2).collect();
    let (libc, crates) = sections.split_last().unwrap();
    let named: BTreeSet<String> = crates
        .iter()
        .map(|section| section.lines().next().unwrap().to_owned())
        .collect();
    assert_eq!(named, linked(), "run cgi-bin/third-party.py");
    for section in crates {
        let words = section.to_lowercase();
        let is_licence = words.contains("permission is hereby granted");
        assert!(is_licence, "no licence in: {section}");
    }
    assert!(libc.starts_with("The GNU C Library"));
    assert!(libc.contains("GNU LESSER GENERAL PUBLIC LICENSE"));
    assert!(text.contains("cgi-bin/build.sh"), "how to link it again");
}
