//! Lists folders, opens files and takes their stamps. All that decides which links are followed and
//! which files are opened is here; what the names mean is `folder`'s business.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::check::Moment;
use crate::log::fault::ReadFailure;

/// Something in a folder, seen through symbolic links.
#[derive(Debug)]
pub struct Entry {
    pub name: Name,
    pub kind: Kind,
    found: fs::DirEntry,
    /// The owner of the link, if it is one.
    link_owner: Option<u32>,
}

/// The name of a file or folder. A name that is not UTF-8 is shown, and matched, with replacement
/// characters.
#[derive(Debug)]
pub struct Name {
    shown: String,
    raw: Option<OsString>,
}

#[derive(Clone, Copy, Debug)]
pub enum Kind {
    File,
    Folder,
    /// A FIFO, socket or device. It is never opened: a FIFO would block until someone writes.
    Other,
    /// A link without a target or one that is not followed, or an entry whose type can't be read.
    Broken(ReadFailure),
}

impl Name {
    fn new(raw: OsString) -> Self {
        match raw.into_string() {
            Ok(shown) => Self { shown, raw: None },
            Err(raw) => Self {
                shown: raw.to_string_lossy().into_owned(),
                raw: Some(raw),
            },
        }
    }

    pub fn as_str(&self) -> &str {
        &self.shown
    }

    /// The path of this name in a folder.
    pub fn within(&self, folder: &Path) -> PathBuf {
        folder.join(self.raw.as_deref().unwrap_or(OsStr::new(&self.shown)))
    }
}

/// The entries of a folder, without hidden names, sorted by name.
pub fn entries(folder: &Path) -> io::Result<Vec<Entry>> {
    first_entries(folder, usize::MAX)
}

/// At most `most` entries of a folder, the first that the system lists, without hidden names.
pub fn first_entries(folder: &Path, most: usize) -> io::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for found in fs::read_dir(folder)? {
        if entries.len() == most {
            break;
        }
        let found = found?;
        let name = Name::new(found.file_name());
        if name.as_str().starts_with('.') {
            continue;
        }
        let mut link_owner = None;
        let kind = match found.file_type() {
            Ok(kind) if kind.is_symlink() => follow(&found).map(|(kind, owner)| {
                link_owner = Some(owner);
                kind
            }),
            Ok(kind) => Ok(Kind::of(kind)),
            Err(error) => Err(error.into()),
        };
        entries.push(Entry {
            name,
            kind: kind.unwrap_or_else(Kind::Broken),
            found,
            link_owner,
        });
    }
    entries.sort_unstable_by(|a, b| a.name.as_str().cmp(b.name.as_str()));
    Ok(entries)
}

/// The target of a link, and the owner of both. Like Apache's `SymLinksIfOwnerMatch`, this refuses
/// a link to another user's file: otherwise, whoever can create a link here could publish what only
/// the program may read.
fn follow(link: &fs::DirEntry) -> Result<(Kind, u32), ReadFailure> {
    let target = fs::metadata(link.path())?;
    let owner = link.metadata()?.uid();
    if target.uid() != owner {
        return Err(ReadFailure::Foreign);
    }
    Ok((Kind::of(target.file_type()), owner))
}

impl Entry {
    /// The stamp of the file, and the owner of the entry (of a link, its own), which [`open`]
    /// compares with the owner of what it opens.
    pub fn stamp(&self) -> io::Result<(FileStamp, u32)> {
        // Relative to the open folder this is faster than by path, but does not follow links.
        let file = match self.link_owner {
            Some(_) => fs::metadata(self.found.path()),
            None => self.found.metadata(),
        }?;
        let owner = self.link_owner.unwrap_or(file.uid());
        Ok((FileStamp::of(Ok(file)), owner))
    }
}

/// Opens a file, and takes its stamp from the open file. Its owner must be the one it was listed
/// with, because a link may have replaced it since.
pub fn open(path: &Path, owner: u32) -> Result<(File, FileStamp), ReadFailure> {
    let file = File::open(path)?;
    let found = file.metadata()?;
    if found.uid() != owner {
        return Err(ReadFailure::Foreign);
    }
    Ok((file, FileStamp::of(Ok(found))))
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

/// For how many seconds after a change a file is assumed to be still being written.
pub const FRESH: i64 = 60;

/// What changes whenever a file does: its size, its modification time, its inode, and its status
/// change time, which also changes when new content is given an old modification time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FileStamp {
    size: u64,
    modified: (i64, i64),
    changed: (i64, i64),
    inode: u64,
}

/// How long a file must be unchanged before any further change is sure to change its stamp. A file
/// that has just changed could change again under the same stamp: file systems count time in steps.
#[derive(Clone, Copy, Debug)]
pub struct SettleTime(pub Duration);

impl SettleTime {
    /// Enough for every file system: some count in seconds, FAT in steps of two.
    pub const SAFE: Self = Self(Duration::from_secs(2));
}

impl FileStamp {
    /// The stamp of a file; the default if there is no such file.
    pub fn of(file: io::Result<fs::Metadata>) -> Self {
        file.map_or_else(
            |_| Self::default(),
            |file| Self {
                size: file.len(),
                modified: (file.mtime(), file.mtime_nsec()),
                changed: (file.ctime(), file.ctime_nsec()),
                inode: file.ino(),
            },
        )
    }

    /// In bytes.
    pub fn size(&self) -> u64 {
        self.size
    }

    pub fn modified(&self) -> Moment {
        Moment(self.modified.0)
    }

    /// Whether the file was modified within a minute of `now`, so that it may still be being
    /// written.
    pub fn is_fresh(&self, now: Moment) -> bool {
        self.modified.0.abs_diff(now.0) <= FRESH.unsigned_abs()
    }

    /// Whether the file last changed more than the settle time before `other`, a file on the same
    /// file system.
    pub fn is_settled_before(&self, other: &Self, settle: SettleTime) -> bool {
        let nanoseconds = |(seconds, part)| i128::from(seconds) * 1_000_000_000 + i128::from(part);
        let least = i128::try_from(settle.0.as_nanos()).unwrap_or(i128::MAX);
        let age = nanoseconds(other.modified) - nanoseconds(self.modified.max(self.changed));
        age > least
    }
}
