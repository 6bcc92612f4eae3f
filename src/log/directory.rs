//! What is in a folder, and what changes when a file does.

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::fault::ReadFailure;

/// Something in a folder, seen through symbolic links.
#[derive(Debug)]
pub struct Entry {
    /// Its name. One that is not UTF-8 has replacement characters.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
    /// What it is.
    pub kind: Kind,
}

/// What an entry is.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A FIFO, socket or device. Opening a FIFO would wait for a writer, so nothing else is ever opened.
    Other,
    /// A link that leads nowhere, or something that can't be looked at.
    Broken(ReadFailure),
}

/// What is in a folder, without hidden names, sorted. A name that is not UTF-8 is shown, and
/// asked for, with replacement characters.
pub fn entries(folder: &Path) -> io::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        let path = entry.path();
        let kind = match entry.file_type() {
            Ok(kind) if kind.is_symlink() => match fs::metadata(&path) {
                Ok(target) => Kind::of(target.file_type()),
                Err(error) => Kind::Broken(error.into()),
            },
            Ok(kind) => Kind::of(kind),
            Err(error) => Kind::Broken(error.into()),
        };
        entries.push(Entry { name, path, kind });
    }
    entries.sort_unstable_by(|a, b| a.name.cmp(&b.name));
    Ok(entries)
}

impl Kind {
    fn of(kind: fs::FileType) -> Self {
        match kind {
            kind if kind.is_file() => Self::File,
            kind if kind.is_dir() => Self::Folder,
            _ => Self::Other,
        }
    }
}

/// What changes when a file does: its size, the times of change of its content and of its
/// entry (a new mode, or other content with the old time), its number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct State {
    size: u64,
    modified: (i64, i64),
    changed: (i64, i64),
    number: u64,
}

impl State {
    /// The state of a file; of one that is gone, that of none.
    pub fn of(file: io::Result<fs::Metadata>) -> Self {
        file.map_or_else(
            |_| Self::default(),
            |file| Self {
                size: file.len(),
                modified: (file.mtime(), file.mtime_nsec()),
                changed: (file.ctime(), file.ctime_nsec()),
                number: file.ino(),
            },
        )
    }

    /// Its size in bytes.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Whether it was last changed over two seconds before `other`, a file of the same file
    /// system. A file that has just changed may change again without a trace: some systems
    /// count in seconds, or in two.
    pub fn is_settled_before(&self, other: &Self) -> bool {
        let (seconds, part) = self.modified.max(self.changed);
        (seconds + 2, part) < other.modified
    }
}
