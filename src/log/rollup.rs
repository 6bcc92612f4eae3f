//! What was read of a site's files, kept in one file: the next request need not read them.
//!
//! A rollup is the bodies of its parts, then their heads, then a trailer of fixed length that
//! tells where the heads are. It is written as a new file and takes its place in one step.
//! Nothing in it is believed that does not have the hash it should have.

use std::cell::OnceCell;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::os::unix::fs::{DirBuilderExt, FileExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::process;
use std::time::Duration;

use xxhash_rust::xxh3::xxh3_64;

use super::directory::State;
use super::part::{Extent, Head, Part, Source};
use crate::stats::timeline::Window;

/// Four numbers: the key, and the extent of the heads.
const TRAILER: usize = 32;

/// After how long a file that was being written has been given up.
const GIVEN_UP: Duration = Duration::from_hours(1);

/// The folder of all rollups.
#[derive(Debug)]
pub struct Rollups {
    folder: PathBuf,
    /// What parts depend on beside the logs: another program or other settings may read
    /// the same file otherwise.
    key: u64,
    swept: OnceCell<()>,
}

/// A site's rollup as it is on disk.
#[derive(Debug)]
pub struct Rollup {
    file: Option<File>,
    heads: Vec<u8>,
}

impl Rollups {
    /// The rollups in a folder, made by a program and settings of this key.
    pub fn new(folder: PathBuf, key: u64) -> Self {
        Self {
            folder,
            key,
            swept: OnceCell::new(),
        }
    }

    /// The rollup of a site; an empty one if there is none that makes sense.
    pub fn open(&self, company: &str, site: &str) -> Rollup {
        self.read(&self.path(company, site)).unwrap_or(Rollup {
            file: None,
            heads: Vec::new(),
        })
    }

    fn read(&self, path: &Path) -> Option<Rollup> {
        let mut file = File::open(path).ok()?;
        let end = file
            .seek(SeekFrom::End(0))
            .ok()?
            .checked_sub(TRAILER as u64)?;
        let mut trailer = [0; TRAILER];
        file.read_exact_at(&mut trailer, end).ok()?;
        let mut numbers = trailer.chunks_exact(8).map(|bytes| {
            let bytes = bytes.try_into().unwrap_or_default();
            u64::from_le_bytes(bytes)
        });
        let key = numbers.next()?;
        let extent = Extent {
            at: numbers.next()?,
            length: numbers.next()?,
            hash: numbers.next()?,
        };
        if key != self.key || extent.at.checked_add(extent.length)? != end {
            return None;
        }
        let heads = extent.read(&file)?;
        Some(Rollup {
            file: Some(file),
            heads,
        })
    }

    /// Begins a new rollup; `None` if nothing can be written.
    pub fn draft(&self, company: &str, site: &str) -> Option<Draft> {
        if self.swept.set(()).is_ok() {
            self.prepare();
        }
        let place = self.path(company, site);
        let path = place.with_extension(process::id().to_string());
        let file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&path)
            .ok()?;
        let begun = State::of(file.metadata());
        Some(Draft {
            place,
            path,
            file,
            key: self.key,
            begun,
            length: 0,
        })
    }

    /// Makes the folder, and removes what killed processes have left in it.
    fn prepare(&self) {
        let _ = DirBuilder::new().mode(0o700).create(&self.folder);
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let is_draft = path.extension().is_some();
            let age = || entry.metadata().ok()?.modified().ok()?.elapsed().ok();
            if is_draft && age().is_some_and(|age| age > GIVEN_UP) {
                let _ = fs::remove_file(path);
            }
        }
    }

    /// Where a site's rollup is. Names of folders may be longer than one of a file can be.
    fn path(&self, company: &str, site: &str) -> PathBuf {
        let name = xxh3_64(format!("{company}/{site}").as_bytes());
        self.folder.join(format!("{name:016x}"))
    }
}

impl Rollup {
    /// The heads of its parts.
    pub fn heads(&self) -> Vec<Head<'_>> {
        let mut heads = Vec::new();
        let mut rest = self.heads.as_slice();
        while !rest.is_empty() {
            match postcard::take_from_bytes(rest) {
                Ok((head, after)) => {
                    heads.push(head);
                    rest = after;
                }
                Err(_) => return Vec::new(),
            }
        }
        heads
    }

    /// A part, with what a window needs of it at the least.
    pub fn part(&self, head: &Head, window: &Window) -> Option<Part> {
        let body = match &self.file {
            Some(file) if head.is_body_needed(window) => Some(head.body.read(file)?),
            _ => None,
        };
        head.part(body.as_deref(), window)
    }
}

impl Extent {
    /// These bytes of a file, if they have the right hash.
    fn read(&self, file: &File) -> Option<Vec<u8>> {
        let mut bytes = vec![0; usize::try_from(self.length).ok()?];
        file.read_exact_at(&mut bytes, self.at).ok()?;
        (xxh3_64(&bytes) == self.hash).then_some(bytes)
    }
}

/// A rollup being written.
#[derive(Debug)]
pub struct Draft {
    place: PathBuf,
    path: PathBuf,
    file: File,
    key: u64,
    /// The state of its own file when it was made, which tells what time it is there.
    begun: State,
    length: u64,
}

impl Draft {
    /// Whether a file's state can be trusted to change with the file from now on.
    pub fn is_settled(&self, state: &State) -> bool {
        state.is_settled_before(&self.begun)
    }

    /// Writes a part's body; returns its head.
    pub fn add(&mut self, name: &str, source: Source, part: &Part) -> Option<Vec<u8>> {
        let body = self.write(&part.body()?).ok()?;
        part.head(name, source, body)
    }

    /// Copies a part of the former rollup; returns its head.
    pub fn copy(&mut self, head: &Head, source: Source, from: &Rollup) -> Option<Vec<u8>> {
        let body = self.write(&head.body.read(from.file.as_ref()?)?).ok()?;
        head.moved(source, body)
    }

    /// Puts the rollup into its place, with these heads.
    pub fn publish(mut self, heads: &[Vec<u8>]) -> io::Result<()> {
        let extent = self.write(&heads.concat())?;
        for number in [self.key, extent.at, extent.length, extent.hash] {
            self.file.write_all(&number.to_le_bytes())?;
        }
        fs::rename(&self.path, &self.place)
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<Extent> {
        self.file.write_all(bytes)?;
        let length = bytes.len() as u64;
        let extent = Extent {
            at: self.length,
            length,
            hash: xxh3_64(bytes),
        };
        self.length += length;
        Ok(extent)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // After publishing there is no such file any more.
        let _ = fs::remove_file(&self.path);
    }
}
