//! What is in a folder, and what changes when a file does.

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
    /// Its name.
    pub name: Name,
    /// What it is.
    pub kind: Kind,
    found: fs::DirEntry,
    /// Who owns it, if it is a link.
    link_owner: Option<u32>,
}

/// The name of a file or folder. One that is not UTF-8 is shown, and asked for, with
/// replacement characters.
#[derive(Debug)]
pub struct Name {
    shown: String,
    raw: Option<OsString>,
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
    /// A link that leads nowhere or is not followed, or something that can't be looked at.
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

    /// The name as it is shown.
    pub fn as_str(&self) -> &str {
        &self.shown
    }

    /// Where something of this name is in a folder.
    pub fn within(&self, folder: &Path) -> PathBuf {
        folder.join(self.raw.as_deref().unwrap_or(OsStr::new(&self.shown)))
    }
}

/// What is in a folder, without hidden names, sorted.
pub fn entries(folder: &Path) -> io::Result<Vec<Entry>> {
    first_entries(folder, usize::MAX)
}

/// The same, but no more than so many, in whatever order the system has them.
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

/// What a link leads to, and who owns both: a link to what belongs to another user is not followed,
/// as by Apache's `SymLinksIfOwnerMatch`. Whoever can put a link here could else show what only
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
    /// The state of the file it is, and who owns the entry: also of a link its owner, so that
    /// the file can be compared with it when it is [opened](open).
    pub fn stamp(&self) -> io::Result<(FileStamp, u32)> {
        // Asked of the open folder, this is quicker than by a path; but it does not follow links.
        let file = match self.link_owner {
            Some(_) => fs::metadata(self.found.path()),
            None => self.found.metadata(),
        }?;
        let owner = self.link_owner.unwrap_or(file.uid());
        Ok((FileStamp::of(Ok(file)), owner))
    }
}

/// Opens a file, whose state then can't be that of another. It must belong to whom its entry
/// did when it was listed: a link may have taken its place since.
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

/// For how many seconds after a change a file may still be being written.
pub const FRESH: i64 = 60;

/// What changes when a file does: its size, the times of change of its content and of its
/// entry (a new mode, or other content with the old time), its inode.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FileStamp {
    size: u64,
    modified: (i64, i64),
    changed: (i64, i64),
    inode: u64,
}

/// How long a file must be unchanged before its stamp is sure to change with it. A file that has
/// just changed may change again without a trace: file systems count time in steps.
#[derive(Clone, Copy, Debug)]
pub struct SettleTime(pub Duration);

impl SettleTime {
    /// Enough for every file system: some count in seconds, FAT in two.
    pub const SAFE: Self = Self(Duration::from_secs(2));
}

impl FileStamp {
    /// The state of a file; of one that is gone, that of none.
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

    /// Its size in bytes.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// When its content was changed.
    pub fn modified(&self) -> Moment {
        Moment(self.modified.0)
    }

    /// Whether that is within a minute of a moment.
    pub fn is_fresh(&self, now: Moment) -> bool {
        self.modified.0.abs_diff(now.0) <= FRESH.unsigned_abs()
    }

    /// Whether it was last changed more than the settle time before `other`, a file of the same
    /// file system.
    pub fn is_settled_before(&self, other: &Self, settle: SettleTime) -> bool {
        let nanoseconds = |(seconds, part)| i128::from(seconds) * 1_000_000_000 + i128::from(part);
        let least = i128::try_from(settle.0.as_nanos()).unwrap_or(i128::MAX);
        let age = nanoseconds(other.modified) - nanoseconds(self.modified.max(self.changed));
        age > least
    }
}
