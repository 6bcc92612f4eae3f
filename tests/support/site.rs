//! `Site`: a log folder with settings and a clock, asked in process or through the real executable.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use serde_json::Value;
use site_monitor::app::{Memory, Setup, respond};
use site_monitor::cgi::response::Response;
use site_monitor::cgi::vars::Vars;
use site_monitor::check::Moment;
use site_monitor::config::Config;
use site_monitor::installation::{Installation, LogsPlace, Permissions};
use site_monitor::store::directory::SettleTime;
use site_monitor::store::folder::Folder;

use super::logs::{HEADER, Logs, UP};
use super::program::{PROGRAM, program};

/// The settle time of a [`Site`]: longer than a tick of the clock that files are stamped with,
/// and far shorter than the program's.
const SETTLE: SettleTime = SettleTime(Duration::from_millis(20));

/// The program as it should stand.
const INSTALLATION: Installation = Installation {
    logs: LogsPlace::Beside,
    permissions: || Permissions {
        program: Some(0o755),
        folder: Some(0o755),
    },
};

/// A log folder, and how it is asked about. A clone asks about the same folder.
#[derive(Clone)]
pub(crate) struct Site {
    logs: Arc<Logs>,
    config: Config,
    build: u64,
    now: Moment,
}

impl Site {
    /// No companies yet.
    pub(crate) fn new() -> Self {
        Self {
            logs: Arc::new(Logs::new()),
            config: Config::default(),
            build: 0,
            // 2024-11-01 01:00 in Tokyo, an hour after the first check of [`Site::log`].
            now: Moment(1_730_390_400),
        }
    }

    /// The log folder.
    pub(crate) fn logs(&self) -> PathBuf {
        self.logs.path()
    }

    /// The files in the cache folder.
    pub(crate) fn cache(&self) -> Vec<PathBuf> {
        self.logs.cache()
    }

    /// Waits until every file written so far has settled for a request in process.
    pub(crate) fn settle() {
        thread::sleep(Duration::from_millis(50));
    }

    /// Another program, which reuses nothing that this one has cached.
    pub(crate) fn build(mut self, build: u64) -> Self {
        self.build = build;
        self
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
        self.write(path, content);
        self
    }

    /// The same, later.
    pub(crate) fn write(&self, path: &str, content: impl AsRef<[u8]>) -> PathBuf {
        self.logs.write(path, content)
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
            build: self.build,
            installation: INSTALLATION,
            settle: SETTLE,
            memory: Memory::Freed,
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
        assert_eq!(response.status.code, 200, "{target}: {}", response.body);
        serde_json::from_str(&response.body).unwrap()
    }

    /// Gets a page's HTML; the answer must be 200.
    #[track_caller]
    pub(crate) fn page(&self, target: &str) -> String {
        let response = self.get(target);
        assert_eq!(response.status.code, 200, "{target}: {}", response.body);
        response.body
    }

    /// The real executable with these logs and nothing else in its environment.
    pub(crate) fn program(&self) -> Command {
        let mut command = program(Path::new(PROGRAM));
        command.env("SITE_MONITOR_LOGS", self.logs());
        command
    }
}
