//! The installation, described without paths, so that a page may show it.

/// Where the logs are, and who may write to the program.
#[derive(Clone, Copy, Debug)]
pub struct Installation {
    pub logs: LogsPlace,
    /// Reads the permissions. A function, because only one page needs them.
    pub permissions: fn() -> Permissions,
}

/// File permissions, such as `0o755`; `None` if they can't be read.
#[derive(Clone, Copy, Debug)]
pub struct Permissions {
    pub program: Option<u32>,
    /// Of the folder the program is in.
    pub folder: Option<u32>,
}

/// Where the logs were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogsPlace {
    /// In `SITE_MONITOR_LOGS`.
    Environment,
    /// In the folder of the setting `logs_dir`.
    Configured,
    /// In `logs` beside the program's folder.
    Beside,
    /// In `logs` in the program's folder.
    Within,
    /// In `logs` in the current folder.
    Current,
    /// Nowhere: none of the three folders above exists.
    Nowhere,
}

impl Permissions {
    /// Whether group or others may write to the program or its folder. suEXEC refuses to run such a
    /// program.
    pub fn is_too_open(self) -> bool {
        let open = |mode: u32| mode & 0o022 != 0;
        self.program.is_some_and(open) || self.folder.is_some_and(open)
    }
}
