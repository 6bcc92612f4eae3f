//! Programs of others that the bench needs, and how to get them.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A program from Debian's `package`; without it there is no table, and the error says
/// what to run.
pub(crate) fn tool(name: &str, package: &str) -> PathBuf {
    ["/usr/bin", "/usr/sbin", "/usr/local/bin", "/bin"]
        .iter()
        .map(|folder| Path::new(folder).join(name))
        .find(|path| path.exists())
        .unwrap_or_else(|| {
            panic!("{name} is missing; as root: apt-get update && apt-get install -y {package}")
        })
}

/// Where the bench keeps what it makes once: below `target/`, gone with `cargo clean`.
pub(crate) fn kept(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// A file of this folder.
pub(crate) fn source(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/bench")
        .join(name)
}

/// Runs a command to its end and returns what it prints; if it fails, the error is the
/// command itself, to be tried by hand.
pub(crate) fn run(command: &mut Command) -> String {
    let shown = format!("{command:?}");
    let output = command.stdin(Stdio::null()).output();
    let output = output.unwrap_or_else(|e| panic!("{shown}: {e}"));
    assert!(
        output.status.success(),
        "this failed; it must work before the table can be made:\n{shown}\n{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).into_owned()
}
