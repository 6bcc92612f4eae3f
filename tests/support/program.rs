//! The real executable: variables in, an answer out.

use std::path::Path;
use std::process::Command;

/// The executable of this build.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_site-monitor");

/// Puts a copy of the executable at `path`. Another process does: a file that this one writes
/// to can't be run while a test that is just starting a program still has it open, too.
pub(crate) fn install(path: &Path) {
    let done = Command::new("cp").arg(PROGRAM).arg(path).status();
    assert!(done.unwrap().success());
}

/// An executable with an empty environment.
pub(crate) fn program(path: &Path) -> Command {
    let mut command = Command::new(path);
    command.env_clear();
    command
}

/// What an executable answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
    pub(crate) stderr: String,
}

impl Answer {
    /// Runs the executable and takes its answer apart.
    #[track_caller]
    pub(crate) fn of(command: &mut Command) -> Self {
        let output = command.output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let (head, body) = text
            .split_once("\r\n\r\n")
            .unwrap_or_else(|| panic!("no blank line: {text}"));
        let headers = head
            .split("\r\n")
            .map(|line| {
                line.split_once(": ")
                    .unwrap_or_else(|| panic!("no header: {line}"))
            })
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        Self {
            headers,
            body: body.to_owned(),
            stderr,
        }
    }

    /// A header's value.
    #[track_caller]
    pub(crate) fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(known, _)| known == name);
        &found.unwrap_or_else(|| panic!("no {name}: {self:?}")).1
    }

    /// The status code.
    #[track_caller]
    pub(crate) fn status(&self) -> &str {
        &self.header("Status")[..3]
    }
}
