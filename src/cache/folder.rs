//! The cache folder: whether it is ours, and which files are removed from it.
//!
//! It is in the log folder, where anything may have been put in its place. So nothing is opened,
//! written or removed unless it is a real folder that belongs to the user the process runs as. Only
//! that user's regular files are opened, and only regular files named exactly as ours are removed.

use std::cell::OnceCell;
use std::collections::HashSet;
use std::fs::{self, DirBuilder, DirEntry, File, Metadata, OpenOptions};
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::process;
use std::rc::Rc;
use std::time::{Duration, SystemTime};

use xxhash_rust::xxh3::xxh3_64;

use super::name::Name;
use crate::query::Selection;
use crate::store::directory::SettleTime;
use crate::store::folder::{Listing, SiteFolder, sites};

/// How long an unused cache file of another build is kept. Meanwhile, installations can share a log
/// folder, and an update can be undone. Any longer, and an afternoon of trying settings would fill
/// a small account.
const UNUSED: Duration = Duration::from_hours(7 * 24);

/// A use updates the file's modification time, if that is older than this.
const TOUCHED: Duration = Duration::from_hours(24);

/// After how long a draft is removed, even if its writer seems to be alive.
const GIVEN_UP: Duration = Duration::from_hours(1);

/// How long after the folder's last change it counts as writable.
const JUST_WRITTEN: Duration = Duration::from_mins(1);

#[derive(Debug)]
pub struct CacheFolder {
    path: PathBuf,
    /// A hash of the program and its settings: another build may read the same logs differently.
    build: u64,
    /// How long a log must be unchanged before it is cached.
    pub settle: SettleTime,
    /// If they are known, the cache files of other sites are removed.
    all_sites: Option<AllSites>,
    /// The process's user, if this is a real folder that belongs to that user.
    owner: OnceCell<Option<u32>>,
    /// Whether the folder exists and is ours, once it was created and swept.
    prepared: OnceCell<bool>,
}

/// All site folders with logs.
#[derive(Debug)]
pub struct AllSites(Vec<Rc<SiteFolder>>);

/// A file that atomically replaces another when it is published, and is removed otherwise.
#[derive(Debug)]
pub(crate) struct NewFile {
    pub file: File,
    path: PathBuf,
    target: PathBuf,
}

impl AllSites {
    /// The sites of a listing; `None` if the selection has not all of them, or one may be missing.
    pub fn of(selection: &Selection, listing: &Listing) -> Option<Self> {
        let is_all = *selection == Selection::default() && listing.faults.count == 0;
        let folders = || sites(&listing.files).map(|files| Rc::clone(&files[0].folder));
        is_all.then(|| Self(folders().collect()))
    }
}

impl CacheFolder {
    /// The folder at `path`. `build` is a hash of the program and its settings. With `all_sites`,
    /// the next write removes the cache files of all other sites.
    pub fn new(path: PathBuf, build: u64, settle: SettleTime, all_sites: Option<AllSites>) -> Self {
        Self {
            path,
            build,
            settle,
            all_sites,
            owner: OnceCell::new(),
            prepared: OnceCell::new(),
        }
    }

    /// Opens the cache file of a site; returns it with its length.
    pub(crate) fn open(&self, name: Name) -> Option<(File, u64)> {
        let owner = self.owner()?;
        let path = self.path.join(name.to_string());
        let is_ours = |found: &Metadata| found.is_file() && found.uid() == owner;
        // Checked before opening, because opening a FIFO would block until someone writes.
        fs::symlink_metadata(&path).ok().filter(is_ours)?;
        let file = File::open(path).ok()?;
        let found = file.metadata().ok().filter(is_ours)?;
        if age(&found).is_some_and(|age| age > TOUCHED) {
            let _ = file.set_modified(SystemTime::now());
        }
        Some((file, found.len()))
    }

    /// Whether results can be cached. To find out, this creates a file, unless the folder has just
    /// changed and its mode allows writing.
    pub fn can_write(&self) -> bool {
        let is_just_written = |found: &Metadata| {
            found.mode() & 0o300 == 0o300 && age(found).is_some_and(|age| age < JUST_WRITTEN)
        };
        let was_written = || fs::symlink_metadata(&self.path).is_ok_and(|at| is_just_written(&at));
        let probe = Name {
            site: 0,
            build: self.build,
            writer: None,
        };
        self.prepare() && (was_written() || self.create(probe).is_some())
    }

    /// Creates a draft of a cache file; `None` if that fails.
    pub(crate) fn create(&self, name: Name) -> Option<NewFile> {
        if !self.prepare() {
            return None;
        }
        let draft = Name {
            writer: Some(process::id()),
            ..name
        };
        let target = self.path.join(name.to_string());
        NewFile::create(self.path.join(draft.to_string()), target).ok()
    }

    /// The name of a site's cache file.
    pub(crate) fn name(&self, site: &SiteFolder) -> Name {
        Name {
            site: hash_of_site(site),
            build: self.build,
            writer: None,
        }
    }

    fn owner(&self) -> Option<u32> {
        *self.owner.get_or_init(|| owner_if_ours(&self.path))
    }

    /// Creates the folder if it is missing, and removes obsolete files. Creates nothing in another
    /// user's log folder: it would keep that user from creating the cache folder.
    fn prepare(&self) -> bool {
        let prepare = || {
            if self.owner().is_none() {
                let logs = self.path.parent().and_then(|logs| fs::metadata(logs).ok());
                if logs?.uid() != own_user()? {
                    return None;
                }
                // Another request may be doing the same right now.
                let _ = DirBuilder::new().mode(0o700).create(&self.path);
                owner_if_ours(&self.path)?;
            }
            self.sweep();
            self.remove_former();
            Some(())
        };
        *self.prepared.get_or_init(|| prepare().is_some())
    }

    fn sweep(&self) {
        let hashes = |AllSites(sites): &AllSites| -> HashSet<u64> {
            sites.iter().map(|site| hash_of_site(site)).collect()
        };
        let known = self.all_sites.as_ref().map(hashes);
        let is_obsolete = |name: Name, entry: &DirEntry| {
            let age = || entry.metadata().ok().as_ref().and_then(age);
            if name.writer.is_some() {
                return age().is_some_and(|age| age > GIVEN_UP) || is_abandoned(&entry.path());
            }
            known.as_ref().is_some_and(|all| !all.contains(&name.site))
                || name.build != self.build && age().is_some_and(|age| age > UNUSED)
        };
        remove_files(&self.path, |name, entry| {
            Name::parse(name).is_some_and(|name| is_obsolete(name, entry))
        });
    }

    /// Removes the cache folder of earlier versions, `.rollups`, but no foreign file in it.
    fn remove_former(&self) {
        let former = self.path.with_file_name(".rollups");
        if owner_if_ours(&former).is_some() {
            remove_files(&former, |name, _| Name::is_former(name));
            let _ = fs::remove_dir(former);
        }
    }
}

impl NewFile {
    fn create(path: PathBuf, target: PathBuf) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        let options = options.write(true).create_new(true).mode(0o600);
        let file = options.open(&path)?;
        // The lock ends with the process, however that ends; see `is_abandoned`.
        let _ = file.try_lock();
        Ok(Self { file, path, target })
    }

    /// Replaces the target with this file.
    pub(crate) fn publish(self) -> io::Result<()> {
        fs::rename(&self.path, &self.target)
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        // After publishing, there is no such file any more.
        let _ = fs::remove_file(&self.path);
    }
}

/// Whether the process that was writing a draft has ended, by its lock. A process number would not
/// do: the writer may run in another container, or on another host that shares the disk. Always
/// false on a file system without locks.
fn is_abandoned(draft: &Path) -> bool {
    File::open(draft).is_ok_and(|draft| draft.try_lock_shared().is_ok())
}

/// Removes the regular files of a folder that are obsolete, by their name and entry.
fn remove_files(folder: &Path, is_obsolete: impl Fn(&str, &DirEntry) -> bool) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        let name = entry.file_name();
        if is_file && name.to_str().is_some_and(|name| is_obsolete(name, &entry)) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn hash_of_site(site: &SiteFolder) -> u64 {
    xxh3_64(format!("{}/{}", site.company, site.site).as_bytes())
}

/// The process's user, if `path` is a real folder that belongs to that user.
fn owner_if_ours(path: &Path) -> Option<u32> {
    let found = fs::symlink_metadata(path).ok()?;
    let user = own_user()?;
    (found.is_dir() && found.uid() == user).then_some(user)
}

/// The owner of what this process creates, read from a pipe: that touches no disk, and needs no
/// `/proc`, which some hosts hide.
fn own_user() -> Option<u32> {
    let (reader, _) = io::pipe().ok()?;
    let reader = File::from(OwnedFd::from(reader));
    Some(reader.metadata().ok()?.uid())
}

/// The time between a file's last change and now, in either direction: a change in the future means
/// that a clock is or was wrong.
fn age(found: &Metadata) -> Option<Duration> {
    let modified = found.modified().ok()?;
    Some(modified.elapsed().unwrap_or_else(|ahead| ahead.duration()))
}
