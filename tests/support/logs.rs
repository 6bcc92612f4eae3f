//! `Logs`: a log folder that holds what a test writes into it.

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

/// The header row of every log that doesn't care.
pub(crate) const HEADER: &str = "日時,サイト,状態,ステータスコード";

/// The status text of a check that found its URL up.
pub(crate) const UP: &str = "正常に稼働中";

/// An empty log folder, removed when dropped.
pub(crate) struct Logs(TempDir);

impl Logs {
    pub(crate) fn new() -> Self {
        let logs = Self(tempfile::tempdir().unwrap());
        fs::create_dir(logs.path()).unwrap();
        logs
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.beside("logs")
    }

    /// A path beside the log folder, gone with it.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file below the log folder, and makes the folders it is in.
    pub(crate) fn write(&self, path: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    /// The files in the cache folder; names with an extension are of drafts.
    pub(crate) fn cache(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.path().join(".cache"));
        let entries = entries.into_iter().flatten();
        entries.map(|entry| entry.unwrap().path()).collect()
    }
}
