//! Instructions executed, counted by valgrind: the same on a busy machine as on an idle one.

use std::process::{Command, Stdio};

use crate::measure::{digits, to_float};
use crate::peers;
use crate::program::Program;
use crate::tools::tool;
use crate::tree::Tree;

/// Prints the table.
pub(crate) fn table() {
    println!("\n### Instructions\n");
    println!("| what | instructions | for each check more |");
    println!("| --- | ---: | ---: |");
    cold();
    let year = Tree::YEAR.made();
    let warm = Program::warm();
    for url in ["/api/all", "/"] {
        // What a request keeps for the next one is not the next one's work.
        assert!(
            warm.ask(&year.root, url)
                .stdout(Stdio::null())
                .status()
                .unwrap()
                .success()
        );
        let instructions = count(&warm.ask(&year.root, url));
        print(
            &format!("`{url}`, warm, {}", year.size()),
            instructions,
            None,
        );
    }
    let mut unchanged = warm.ask(&year.root, "/api/all");
    unchanged.env("HTTP_IF_NONE_MATCH", warm.tag(&year.root, "/api/all"));
    print("`/api/all`, unchanged: 304", count(&unchanged), None);
    let smallest = count(&warm.ask(&year.root, "/nothing"));
    print("unknown path: 404", smallest, None);
    let hello = count(&Command::new(peers::hello()));
    print("static C hello", hello, None);
}

/// A second site costs what its checks cost: what is the same for any request falls out.
fn cold() {
    let [one, two] = [1, 2].map(|sites_per_company| {
        Tree {
            companies: 1,
            sites_per_company,
            ..Tree::YEAR
        }
        .made()
    });
    let program = Program::cold();
    for url in ["/api/all", "/"] {
        let [less, more] = [&one, &two].map(|tree| count(&program.ask(&tree.root, url)));
        let checks = to_float(two.rows - one.rows);
        print(
            &format!("`{url}`, cold, {}", two.size()),
            more,
            Some(to_float(more - less) / checks),
        );
    }
}

fn print(what: &str, instructions: u64, per_check: Option<f64>) {
    let per_check = per_check.map_or("—".to_owned(), digits);
    println!("| {what} | {} | {per_check} |", grouped(instructions));
}

/// The instructions of a command, which valgrind writes to stderr as `Collected : N`.
fn count(command: &Command) -> u64 {
    let mut counted = Command::new(tool("valgrind", "valgrind"));
    counted
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(command.get_program())
        .args(command.get_args())
        .env_clear()
        .envs(
            command
                .get_envs()
                .filter_map(|(key, value)| Some((key, value?))),
        );
    if let Some(folder) = command.get_current_dir() {
        counted.current_dir(folder);
    }
    let output = counted.stdin(Stdio::null()).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    errors
        .lines()
        .find_map(|line| line.split_once("Collected : ")?.1.trim().parse().ok())
        .unwrap_or_else(|| panic!("valgrind counted nothing:\n{errors}"))
}

/// `1234567` as `1,234,567`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .map(|group| std::str::from_utf8(group).unwrap())
        .collect();
    groups.join(",")
}
