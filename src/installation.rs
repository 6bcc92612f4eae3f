//! How the program stands on its host, as far as a page may tell: no place is named but by its
//! relation to the program.

/// What was found out when the program started.
#[derive(Clone, Copy, Debug)]
pub struct Installation {
    /// Where the logs are.
    pub logs: LogsPlace,
    /// The permissions of the program, as in `0o755`; `None` if they can't be learned.
    pub program: Option<u32>,
    /// Those of its folder.
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

impl Installation {
    /// Whether group or others may write to the program or its folder, for which suEXEC refuses
    /// to run it.
    pub fn is_too_open(&self) -> bool {
        let open = |mode: u32| mode & 0o022 != 0;
        self.program.is_some_and(open) || self.folder.is_some_and(open)
    }
}
