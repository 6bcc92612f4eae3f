//! The file of notes in a company's folder.

use std::hash::{Hash, Hasher};
use std::io::{self, Read, Seek};
use std::path::{Path, PathBuf};

use super::directory::{Entry, FileStamp, Kind, open};
use crate::log::fault::{FaultReason, ReadFailure};

const NAME: &str = "notes.csv";

/// The notes of a company, as listed.
#[derive(Debug)]
pub struct NotesFile {
    pub company: String,
    pub stamp: FileStamp,
    /// The user the file must belong to when it is opened.
    owner: u32,
    path: PathBuf,
}

impl NotesFile {
    /// Finds it among the entries of a company's folder. `None` if there is none, or if a folder or
    /// a broken link has its name, which is treated as any other.
    pub(super) fn find(
        company: &str,
        folder: &Path,
        entries: &[Entry],
    ) -> Option<Result<Self, FaultReason>> {
        let entry = entries.iter().find(|entry| entry.name.as_str() == NAME)?;
        let found = match entry.kind {
            Kind::File => entry.stamp(),
            Kind::Other => return Some(Err(FaultReason::NotAFile)),
            Kind::Folder | Kind::Broken(_) => return None,
        };
        let file = found.map(|(stamp, owner)| Self {
            company: company.to_owned(),
            stamp,
            owner,
            path: entry.name.within(folder),
        });
        Some(file.map_err(|error: io::Error| FaultReason::Unreadable(error.into())))
    }

    /// The path of a company's notes below the log folder, as it is shown.
    pub fn place_of(company: &str) -> String {
        format!("{company}/{NAME}")
    }

    /// Opens it, up to the length it has then.
    pub fn open(&self) -> Result<impl Read + Seek, ReadFailure> {
        let (file, stamp) = open(&self.path, self.owner)?;
        Ok(file.take(stamp.size()))
    }
}

/// Hashes its company and its stamp.
impl Hash for NotesFile {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.company, &self.stamp).hash(state);
    }
}
