//! What the program is held against: the disk, CSV readers, and an empty CGI program.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::tools::{kept, run, source, tool};

/// Fixed, so that a later run is measured against the same.
const DUCKDB: &str = "2.0.0";
const XAN: &str = "0.61.0";

/// Asks this program to be the peer `csv_crate`.
pub(crate) const CSV_CRATE: &str = "csv-crate";

/// Reads every byte: no program that reads the files can be faster.
pub(crate) fn cat(files: &[PathBuf]) -> Command {
    let mut command = Command::new(tool("cat", "coreutils"));
    command.args(files);
    command
}

/// The csv crate alone, as this very executable.
pub(crate) fn csv_crate(files: &[PathBuf]) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.arg(CSV_CRATE).args(files);
    command
}

/// Reads files row by row with the csv crate and nothing else; prints how many rows.
pub(crate) fn read_by_csv_crate() {
    let mut rows = 0_u64;
    for path in std::env::args_os().skip(2) {
        let mut csv = csv::Reader::from_path(path).unwrap();
        let mut row = csv::ByteRecord::new();
        while csv.read_byte_record(&mut row).unwrap() {
            rows += 1;
        }
    }
    println!("{rows}");
}

/// The oracle of the tests, which is obvious and not fast. It asks for its paths on
/// standard input, so a shell hands it the one.
pub(crate) fn oracle(logs: &Path) -> Command {
    let oracle = source("../oracle/aggregate.py");
    let mut command = Command::new("/bin/sh");
    command
        .args(["-c", "echo /api/all | python3 \"$1\" \"$2\"", "sh"])
        .arg(oracle)
        .arg(logs);
    command
}

/// A `DuckDB` of its own, in Python: prints how many rows.
pub(crate) struct DuckDb(PathBuf);

impl DuckDb {
    /// What the rows call it, and how it learns the columns.
    pub(crate) const KINDS: [(&'static str, &'static str); 2] = [
        (
            "DuckDB 2.0.0, all cores, columns given: counts only",
            "told",
        ),
        (
            "DuckDB 2.0.0, all cores, plain `read_csv`: counts only",
            "guess",
        ),
    ];

    /// Installs it, once.
    pub(crate) fn new() -> Self {
        let home = kept(&format!("bench-duckdb-{DUCKDB}"));
        let python = home.join("bin/python");
        let ready = home.join("ready");
        if !ready.exists() {
            eprintln!("installing DuckDB {DUCKDB}");
            // Without the package python3-venv, Debian's Python says how to install it.
            run(Command::new("python3")
                .args(["-m", "venv", "--clear"])
                .arg(&home));
            run(Command::new(&python)
                .args(["-m", "pip", "install", "--quiet"])
                .arg(format!("duckdb=={DUCKDB}")));
            fs::write(ready, "").unwrap();
        }
        Self(python)
    }

    /// Counts all rows by site, state and code.
    pub(crate) fn count(&self, kind: &str, files: &[PathBuf]) -> Command {
        let mut command = Command::new(&self.0);
        let script = source("duckdb_peer.py");
        command.arg(script).arg(kind).args(files);
        command
    }
}

/// xan, the fastest of the tools that work on CSV files from a shell.
pub(crate) struct Xan(PathBuf);

impl Xan {
    /// What the rows call it.
    pub(crate) const NAME: &'static str = "xan 0.61.0, all cores: counts only";

    /// Builds it, once; that takes minutes.
    pub(crate) fn new() -> Self {
        let home = kept(&format!("bench-xan-{XAN}"));
        let program = home.join("bin/xan");
        if !program.exists() {
            eprintln!("building xan {XAN}, which takes some minutes");
            // From the root folder: our own settings of the compiler are not for it.
            run(Command::new(env!("CARGO"))
                .args([
                    "install",
                    "xan",
                    "--locked",
                    "--quiet",
                    "--version",
                    XAN,
                    "--root",
                ])
                .arg(&home)
                .current_dir("/"));
        }
        Self(program)
    }

    /// Counts all rows by site, state and code.
    pub(crate) fn count(&self, files: &[PathBuf]) -> Command {
        let mut command = Command::new(&self.0);
        command
            .args(["parallel", "groupby"])
            .args(["サイト,状態,ステータスコード", "count() as checks"])
            .args(files);
        command
    }
}

/// The path of a CGI program in C that prints a fixed answer, without any library to load.
pub(crate) fn hello() -> PathBuf {
    let program = kept("bench-hello");
    run(Command::new(tool("cc", "gcc libc6-dev"))
        .args(["-O2", "-static", "-o"])
        .arg(&program)
        .arg(source("hello.c")));
    program
}
