//! What was read of a site's files, kept in one file: the next request need not read them.
//!
//! A rollup is the bodies of its parts, then their heads, then its front, then a trailer of fixed
//! length that tells where the front is. It is written as a new file and takes its place in one step.
//! Nothing in it is believed that does not have the hash it should have.

use std::cell::OnceCell;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::os::unix::fs::{DirBuilderExt, FileExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::process;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::directory::State;
use super::folder::{LogFile, SiteFolder};
use super::part::{Extent, Head, Part, Past, Source, hash_of_states};
use super::url_head::url_heads;
use crate::stats::summary::Summary;
use crate::stats::timeline::Window;

/// Four numbers: the key, and the extent of the front.
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
    file: File,
    front: Vec<u8>,
    heads: OnceCell<Option<Vec<u8>>>,
}

/// What is read first of a rollup.
#[derive(Debug, Serialize, Deserialize)]
pub struct Front<'a> {
    /// All files but the last.
    #[serde(borrow)]
    pub past: Past<'a>,
    /// The last.
    pub last: Head<'a>,
    /// Where the heads of all others are.
    heads: Extent,
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

    /// The rollup of a site; `None` if there is none that makes sense.
    pub fn open(&self, folder: &SiteFolder) -> Option<Rollup> {
        self.read(&self.path(folder))
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
        let front = extent.read(&file)?;
        Some(Rollup {
            file,
            front,
            heads: OnceCell::new(),
        })
    }

    /// Begins a new rollup; `None` if nothing can be written.
    pub fn draft(&self, folder: &SiteFolder) -> Option<Draft> {
        if self.swept.set(()).is_ok() {
            self.prepare();
        }
        let place = self.path(folder);
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

    /// Whether anything can be kept.
    pub fn can_write(&self) -> bool {
        self.prepare();
        let path = self
            .folder
            .join("0")
            .with_extension(process::id().to_string());
        let written = OpenOptions::new().write(true).create_new(true).open(&path);
        written.is_ok() && fs::remove_file(path).is_ok()
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
    fn path(&self, folder: &SiteFolder) -> PathBuf {
        let name = xxh3_64(format!("{}/{}", folder.company, folder.site).as_bytes());
        self.folder.join(format!("{name:016x}"))
    }
}

impl Rollup {
    /// What is read first.
    pub fn front(&self) -> Option<Front<'_>> {
        postcard::from_bytes(&self.front).ok()
    }

    /// The heads of all files but the last.
    pub fn heads(&self, front: &Front) -> Vec<Head<'_>> {
        let read = || front.heads.read(&self.file);
        let bytes = self.heads.get_or_init(read).as_deref();
        bytes.and_then(decode).unwrap_or_default()
    }

    /// What a file says.
    pub fn part(&self, head: &Head, window: &Window) -> Option<Part> {
        head.part(window, |extent| extent.read(&self.file))
    }

    /// What all files but the last say.
    pub fn past(&self, front: &Front, window: &Window) -> Option<Summary> {
        front.past.summary(window, |extent| extent.read(&self.file))
    }
}

fn decode(bytes: &[u8]) -> Option<Vec<Head<'_>>> {
    let mut heads = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let (head, after) = postcard::take_from_bytes(rest).ok()?;
        heads.push(head);
        rest = after;
    }
    Some(heads)
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

    /// Copies the details of a part of the former rollup; returns its head.
    pub fn copy(&mut self, head: &Head, source: Source, from: &Rollup) -> Option<Vec<u8>> {
        let details = head.body.extent.read(&from.file)?;
        let details = self.write(&details).ok()?;
        head.moved(source, details)
    }

    /// Puts the rollup into its place, with the heads of all `files`.
    pub fn publish(mut self, heads: &[Vec<u8>], files: &[LogFile]) -> Option<()> {
        let (last, others) = heads.split_last()?;
        let others = others.concat();
        let decoded = decode(&others)?;
        let all_states = decoded.iter().zip(files);
        let as_listed = all_states
            .take_while(|(head, file)| head.name == file.name() && head.source.state == file.state);
        let count = as_listed.count();
        let (summary, past) = Past::of(&decoded[..count], hash_of_states(&files[..count]))?;
        let front = Front {
            past: Past {
                urls: url_heads(&summary)?,
                ..past
            },
            last: postcard::from_bytes(last).ok()?,
            heads: self.write(&others).ok()?,
        };
        let front = self.write(&postcard::to_allocvec(&front).ok()?).ok()?;
        let trailer = [self.key, front.at, front.length, front.hash].map(u64::to_le_bytes);
        self.file.write_all(&trailer.concat()).ok()?;
        fs::rename(&self.path, &self.place).ok()
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
