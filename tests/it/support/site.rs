//! `Site`: logs in a temporary folder, asked in process or through the real executable.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use site_monitor::app::{Setup, respond};
use site_monitor::cgi::response::Response;
use site_monitor::cgi::vars::Vars;
use site_monitor::check::Moment;
use site_monitor::config::Config;
use site_monitor::installation::{Installation, LogsPlace, Permissions};
use site_monitor::store::folder::Folder;
use tempfile::TempDir;

/// The header row of every log that doesn't care.
pub(crate) const HEADER: &str = "日時,サイト,状態,ステータスコード";

/// The status text of a check that found its URL up.
pub(crate) const UP: &str = "正常に稼働中";

/// The program as it should stand.
pub(crate) const INSTALLATION: Installation = Installation {
    logs: LogsPlace::Beside,
    permissions: || Permissions {
        program: Some(0o755),
        folder: Some(0o755),
    },
};

/// A log folder of its own, gone when dropped.
pub(crate) struct Site {
    folder: TempDir,
    config: Config,
    now: Moment,
}

impl Site {
    /// No companies yet.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("logs")).unwrap();
        Self {
            folder,
            config: Config::default(),
            // 2024-11-01 01:00 in Tokyo, an hour after the first check of [`Site::log`].
            now: Moment(1_730_390_400),
        }
    }

    /// The log folder.
    pub(crate) fn logs(&self) -> PathBuf {
        self.folder.path().join("logs")
    }

    /// Settings as `config.json` would have them.
    pub(crate) fn config(mut self, json: &str) -> Self {
        self.config = Config::from_json(json.as_bytes()).unwrap();
        self
    }

    /// Another moment to ask at.
    pub(crate) fn now(mut self, now: Moment) -> Self {
        self.now = now;
        self
    }

    /// Another moment to ask at: local time in the settings' zone.
    pub(crate) fn at(mut self, local: &str) -> Self {
        self.now = self.config.calendar.moment(local.parse().unwrap(), None);
        self
    }

    /// A file below the log folder.
    pub(crate) fn file(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.logs().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    /// A month's log: `checks` are `url code` each, up if the code is 200.
    pub(crate) fn log(self, company: &str, site: &str, month: &str, checks: &[&str]) -> Self {
        let mut text = format!("{HEADER}\n");
        for (at, check) in checks.iter().enumerate() {
            let (url, code) = check.split_once(' ').unwrap();
            let status = if code == "200" { UP } else { "異常" };
            text += &format!(
                "2024-11-01 00:{:02}:00,\"{url}\",{status},{code}\n",
                at % 60
            );
        }
        self.file(
            &format!("{company}/{site}/monitor_results_{month}.csv"),
            text,
        )
    }

    /// Answers these variables in process.
    pub(crate) fn respond(&self, vars: &Vars) -> Response {
        let setup = Setup {
            config: Ok(self.config.clone()),
            logs: Folder::new(self.logs()),
            build: 0,
            installation: INSTALLATION,
        };
        respond(&setup, self.now, vars)
    }

    /// Gets a path with its query, as a browser sends them.
    pub(crate) fn get(&self, target: &str) -> Response {
        let query = target.split_once('?').map_or("", |(_, query)| query);
        let script = "/cgi-bin/index.cgi";
        self.respond(&Vars::from([
            ("SCRIPT_NAME", script),
            ("REQUEST_URI", target),
            ("QUERY_STRING", query),
        ]))
    }

    /// Gets a path's JSON; the answer must be 200.
    #[track_caller]
    pub(crate) fn json(&self, target: &str) -> Value {
        let response = self.get(target);
        assert_eq!(response.status.code(), 200, "{target}: {}", response.body);
        serde_json::from_str(&response.body).unwrap()
    }

    /// Gets a page's HTML; the answer must be 200.
    #[track_caller]
    pub(crate) fn page(&self, target: &str) -> String {
        let response = self.get(target);
        assert_eq!(response.status.code(), 200, "{target}: {}", response.body);
        response.body
    }

    /// The real executable with these logs and nothing else in its environment.
    pub(crate) fn program(&self) -> Command {
        let mut command = program(Path::new(env!("CARGO_BIN_EXE_site-monitor")));
        command.env("SITE_MONITOR_LOGS", self.logs());
        command
    }
}

/// Puts a copy of the executable at `path`. Another process does: a file that this one writes
/// to can't be run while a test that is just starting a program still has it open, too.
pub(crate) fn install(path: &Path) {
    let executable = env!("CARGO_BIN_EXE_site-monitor");
    let done = Command::new("cp").arg(executable).arg(path).status();
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
