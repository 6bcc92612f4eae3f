//! How the program stands on its host, as far as a page may tell: no place is named but by its
//! relation to the program.

/// Where the logs are, and who may write to the program.
#[derive(Clone, Copy, Debug)]
pub struct Installation {
    /// Where the logs are.
    pub logs: LogsPlace,
    /// Asks for the permissions, which only one page tells.
    pub permissions: fn() -> Permissions,
}

/// What the system lets whom do, as in `0o755`; `None` if that can't be learned.
#[derive(Clone, Copy, Debug)]
pub struct Permissions {
    /// With the program.
    pub program: Option<u32>,
    /// With its folder.
    pub folder: Option<u32>,
}

/// Where the logs are, or are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogsPlace {
    /// In `SITE_MONITOR_LOGS`.
    Environment,
    /// Where the setting `logs_dir` says.
    Configured,
    /// In `logs` beside the program's folder.
    Beside,
    /// In `logs` in the program's folder.
    Within,
    /// In `logs` in the current folder.
    Current,
    /// In none of the last three.
    Nowhere,
}

impl Permissions {
    /// Whether group or others may write to the program or its folder, for which suEXEC refuses
    /// to run it.
    pub fn is_too_open(self) -> bool {
        let open = |mode: u32| mode & 0o022 != 0;
        self.program.is_some_and(open) || self.folder.is_some_and(open)
    }
}
