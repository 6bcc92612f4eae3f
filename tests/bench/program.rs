//! The program under measure, in folders of its own: with and without what it keeps.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::tools::{kept, run};

/// One installed copy of the program.
pub(crate) struct Program(PathBuf);

impl Program {
    /// One that keeps nothing of what it has read: each answer is from the logs alone.
    pub(crate) fn cold() -> Self {
        Self::installed("bench-cold", Some("{\"cache\": false}\n"))
    }

    /// One with the default settings.
    pub(crate) fn warm() -> Self {
        Self::installed("bench-warm", None)
    }

    fn installed(folder: &str, config: Option<&str>) -> Self {
        let folder = kept(folder);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        if let Some(config) = config {
            fs::write(folder.join("config.json"), config).unwrap();
        }
        let program = folder.join("index.cgi");
        fs::copy(env!("CARGO_BIN_EXE_site-monitor"), &program).unwrap();
        Self(program)
    }

    /// A request as a web server makes it: nothing in the environment but its variables.
    /// `url` is a path, with a query after `?` if there is one.
    pub(crate) fn ask(&self, logs: &Path, url: &str) -> Command {
        let (path, query) = url.split_once('?').unwrap_or((url, ""));
        let mut command = Command::new(&self.0);
        command
            .env_clear()
            // The settings of the folder we happen to be in are none of this program's.
            .current_dir(self.0.parent().unwrap())
            .env("SITE_MONITOR_LOGS", logs)
            .env("REQUEST_METHOD", "GET")
            .env("PATH_INFO", path)
            .env("QUERY_STRING", query);
        command
    }

    /// The entity tag of an answer, for asking whether it is still the same.
    pub(crate) fn tag(&self, logs: &Path, url: &str) -> String {
        let answer = run(&mut self.ask(logs, url));
        let tag = answer.lines().find_map(|line| line.strip_prefix("ETag: "));
        tag.unwrap().to_owned()
    }
}
