//! The CGI program: environment in, bytes out. It finds the settings and the logs; what the answer
//! is, is decided in `app`.

use std::env;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::panic;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::SystemTime;

use crate::app::{Memory, Setup, respond};
use crate::cgi::request::is_head;
use crate::cgi::response::{Media, Response, Status};
use crate::cgi::vars::Vars;
use crate::check::Moment;
use crate::config::{Config, ConfigError, ConfigReason};
use crate::installation::{Installation, LogsPlace, Permissions};
use crate::store::directory::SettleTime;
use crate::store::folder::Folder;

/// Answers the request in the environment. Arguments are never read: a server passes a query
/// without `=` as arguments (RFC 3875, section 4.4), so they belong to the client.
pub fn run() -> ExitCode {
    let vars: Vars = env::vars_os().collect();
    let response = panic::catch_unwind(|| {
        let program = env::current_exe().unwrap_or_default();
        let folder = program.parent().unwrap_or(Path::new("."));
        respond(&set_up(folder, &program), clock(), &vars)
    });
    // The panic hook has already written one line to the server's error log.
    let response = response.unwrap_or_else(|_| {
        Response::new(
            Status::INTERNAL_SERVER_ERROR,
            Media::HTML,
            "<!DOCTYPE html><title>500</title><h1>500</h1>".to_owned(),
        )
    });
    // It is no failure of this program if the client has gone away.
    let body = if is_head(&vars) { "" } else { &response.body };
    let _ = io::stdout().write_all((response.head() + body).as_bytes());
    ExitCode::SUCCESS
}

/// The present. A clock set to before 1970 reads as 1970.
pub fn clock() -> Moment {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    Moment(since.map_or(0, |since| {
        i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
    }))
}

/// Reads the settings and finds the logs for `program`, as if it were in `folder`.
///
/// `config.json` is beside the program. The logs are in `SITE_MONITOR_LOGS` (for use from a shell),
/// else where the settings say, else in a folder `logs` beside the program's folder or in it.
/// `cargo run` puts the program elsewhere, so the current folder is tried last; under a web server,
/// that is the program's folder.
pub fn set_up(folder: &Path, program: &Path) -> Setup {
    let folders = [folder.to_owned(), PathBuf::from("cgi-bin")];
    let home = folders
        .iter()
        .find(|folder| may_exist(&folder.join("config.json")));
    let text = home.map(|home| read_config(&home.join("config.json")));
    let build = build(program, text.as_ref().and_then(|text| text.as_deref().ok()));
    let config = text.map_or_else(|| Ok(Config::default()), |text| Config::from_json(&text?));
    let named = env::var_os("SITE_MONITOR_LOGS")
        .filter(|path| !path.is_empty())
        .map(PathBuf::from);
    let configured = || {
        let logs_dir = config.as_ref().ok()?.logs_dir.as_ref()?;
        Some(home?.join(logs_dir))
    };
    let named = named.map(|path| (path, LogsPlace::Environment));
    let configured = || Some((configured()?, LogsPlace::Configured));
    let (logs, place) = named.or_else(configured).unwrap_or_else(|| {
        let beside = folder.parent().unwrap_or(folder).join("logs");
        let candidates = [
            (beside.clone(), LogsPlace::Beside),
            (folder.join("logs"), LogsPlace::Within),
            (PathBuf::from("logs"), LogsPlace::Current),
        ];
        let found = candidates.into_iter().find(|(path, _)| path.is_dir());
        found.unwrap_or((beside, LogsPlace::Nowhere))
    });
    Setup {
        config,
        logs: Folder::new(logs),
        build,
        installation: Installation {
            logs: place,
            permissions,
        },
        settle: SettleTime::SAFE,
        memory: Memory::LeftToTheSystem,
    }
}

/// Whether there is something at a path, or might be: settings that can't be accessed are an error,
/// never a silent default.
fn may_exist(path: &Path) -> bool {
    !fs::symlink_metadata(path).is_err_and(|error| {
        matches!(
            error.kind(),
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
        )
    })
}

/// The permissions of the program and its folder.
fn permissions() -> Permissions {
    let mode = |path: &Path| {
        let file = fs::metadata(path).ok()?;
        Some(file.permissions().mode() & 0o7777)
    };
    let program = env::current_exe().ok();
    Permissions {
        program: program.as_deref().and_then(mode),
        folder: program.as_deref().and_then(Path::parent).and_then(mode),
    }
}

/// Reads the settings file. One that exists but can't be read, or is too large to be one, is an
/// error, never a silent default.
fn read_config(path: &Path) -> Result<Vec<u8>, ConfigError> {
    const LONGEST: u64 = 1 << 20;
    let unreadable = || ConfigError {
        key: None,
        reason: ConfigReason::Unreadable,
    };
    let is_readable = fs::metadata(path).is_ok_and(|file| file.is_file() && file.len() <= LONGEST);
    if !is_readable {
        return Err(unreadable());
    }
    fs::read(path).map_err(|_| unreadable())
}

/// A hash of the executable's size and modification time and of the settings' text, so that an
/// answer of another build is never mistaken for one of this build. If the system hides the
/// executable's path, only releases differ.
fn build(program: &Path, settings: Option<&[u8]>) -> u64 {
    let mut hasher = DefaultHasher::new();
    env!("CARGO_PKG_VERSION").hash(&mut hasher);
    if let Ok(file) = fs::metadata(program) {
        (file.len(), file.modified().ok()).hash(&mut hasher);
    }
    settings.hash(&mut hasher);
    hasher.finish()
}
