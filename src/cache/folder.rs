//! The cache folder: whether it is ours, and what is removed from it.
//!
//! It is in the log folder, where anything may have been put in its place. So nothing is opened,
//! written or removed unless it is a real folder of the user that the process runs as; only that
//! user's regular files are opened; and only regular files with exactly one of our names are removed.

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

use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use super::name::Name;
use crate::query::Selection;
use crate::store::directory::SettleTime;
use crate::store::folder::{Listing, SiteFolder, sites};

/// After how long without use a file of another program or other settings is removed. Until
/// then installations can share a log folder, and an update can be taken back; longer, and what
/// an afternoon of trying settings has left would fill a small account.
const UNUSED: Duration = Duration::from_hours(7 * 24);

/// How often a use is noted at most, as the file's time of change.
const NOTED: Duration = Duration::from_hours(24);

/// After how long a draft is removed though its writer seems to be alive.
const GIVEN_UP: Duration = Duration::from_hours(1);

/// For how long the folder's last change shows that it can be written to.
const JUST_WRITTEN: Duration = Duration::from_mins(1);

/// The cache folder.
#[derive(Debug)]
pub struct CacheFolder {
    path: PathBuf,
    /// A hash of the program and its settings: another may read the same logs otherwise.
    build: u64,
    /// How long a log must be unchanged before what was read of it is cached.
    pub settle: SettleTime,
    /// If they are known, cache files of other sites are removed.
    all_sites: Option<AllSites>,
    /// The process's user, if the folder is a real one and that user's.
    owner: OnceCell<Option<u32>>,
    /// Whether the folder can be written to, once it was made and swept.
    prepared: OnceCell<bool>,
}

/// All site folders that have logs.
#[derive(Debug)]
pub struct AllSites(Vec<Rc<SiteFolder>>);

/// A file that takes its place in one step, or is removed.
#[derive(Debug)]
pub struct NewFile {
    /// The open file, still empty when this is made.
    pub file: File,
    path: PathBuf,
    place: PathBuf,
}

impl AllSites {
    /// The sites of a listing; `None` if not all were asked for, or one may be missing.
    pub fn of(selection: &Selection, listing: &Listing) -> Option<Self> {
        let is_all = *selection == Selection::default() && listing.faults.count == 0;
        let folders = || sites(&listing.files).map(|files| Rc::clone(&files[0].folder));
        is_all.then(|| Self(folders().collect()))
    }
}

impl CacheFolder {
    /// The folder at a path, for a program and settings of this hash. With `all_sites`, the cache
    /// files of any other site are removed with the next write.
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

    /// A hash of all that a site's cache file depends on beside the site's logs.
    pub fn key(&self, site: &SiteFolder) -> u64 {
        xxh3_64_with_seed(full_name(site).as_bytes(), self.build)
    }

    /// The file of a site, and its length.
    pub fn open(&self, site: &SiteFolder) -> Option<(File, u64)> {
        let owner = self.owner()?;
        let path = self.path.join(self.name(site).to_string());
        let is_sound = |found: &Metadata| found.is_file() && found.uid() == owner;
        // Opening a FIFO would wait for a writer, so this is asked first.
        fs::symlink_metadata(&path).ok().filter(is_sound)?;
        let file = File::open(path).ok()?;
        let found = file.metadata().ok().filter(is_sound)?;
        if age(&found).is_some_and(|age| age > NOTED) {
            let _ = file.set_modified(SystemTime::now());
        }
        Some((file, found.len()))
    }

    /// A new file for a site; `None` if nothing can be written.
    pub fn create(&self, site: &SiteFolder) -> Option<NewFile> {
        self.create_named(self.name(site))
    }

    /// Whether results can be cached. Nothing is written to learn it if something was just now and
    /// the folder's mode still allows it.
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
        self.prepare() && (was_written() || self.create_named(probe).is_some())
    }

    fn create_named(&self, name: Name) -> Option<NewFile> {
        if !self.prepare() {
            return None;
        }
        let draft = Name {
            writer: Some(process::id()),
            ..name
        };
        let place = self.path.join(name.to_string());
        NewFile::create(self.path.join(draft.to_string()), place).ok()
    }

    fn name(&self, site: &SiteFolder) -> Name {
        Name {
            site: hash_of_site(site),
            build: self.build,
            writer: None,
        }
    }

    fn owner(&self) -> Option<u32> {
        *self.owner.get_or_init(|| owner_if_ours(&self.path))
    }

    /// Makes the folder if it is missing, and removes what nobody will use. In a log folder of
    /// another user nothing is made: it would be in the way of the user who should make it.
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
        let is_over = |name: &Name, entry: &DirEntry| {
            let age = || entry.metadata().ok().as_ref().and_then(age);
            if name.writer.is_some() {
                return age().is_some_and(|age| age > GIVEN_UP) || is_abandoned(&entry.path());
            }
            known.as_ref().is_some_and(|all| !all.contains(&name.site))
                || name.build != self.build && age().is_some_and(|age| age > UNUSED)
        };
        for entry in fs::read_dir(&self.path).into_iter().flatten().flatten() {
            let Some(name) = entry.file_name().to_str().and_then(Name::parse) else {
                continue;
            };
            if entry.file_type().is_ok_and(|kind| kind.is_file()) && is_over(&name, &entry) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// Removes the cache folder of earlier versions, unless something foreign is in it.
    fn remove_former(&self) {
        let former = self.path.with_file_name(".rollups");
        if owner_if_ours(&former).is_none() {
            return;
        }
        for entry in fs::read_dir(&former).into_iter().flatten().flatten() {
            let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
            if is_file && entry.file_name().to_str().is_some_and(Name::is_former) {
                let _ = fs::remove_file(entry.path());
            }
        }
        let _ = fs::remove_dir(former);
    }
}

impl NewFile {
    fn create(path: PathBuf, place: PathBuf) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        let options = options.write(true).create_new(true).mode(0o600);
        let file = options.open(&path)?;
        // It ends with the process, however that ends; see `is_abandoned`.
        let _ = file.try_lock();
        Ok(Self { file, path, place })
    }

    /// Puts the file into its place.
    pub fn publish(self) -> io::Result<()> {
        fs::rename(&self.path, &self.place)
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        // After publishing there is no such file any more.
        let _ = fs::remove_file(&self.path);
    }
}

/// Whether the process that was writing a draft has ended. Its lock tells so where its number
/// would not: in another container, or on another host that shares the disk. On a disk without
/// locks nothing can be said.
fn is_abandoned(draft: &Path) -> bool {
    File::open(draft).is_ok_and(|draft| draft.try_lock_shared().is_ok())
}

fn full_name(site: &SiteFolder) -> String {
    format!("{}/{}", site.company, site.site)
}

fn hash_of_site(site: &SiteFolder) -> u64 {
    xxh3_64(full_name(site).as_bytes())
}

/// The process's user, if there is a real folder of that user at a path.
fn owner_if_ours(path: &Path) -> Option<u32> {
    let found = fs::symlink_metadata(path).ok()?;
    let user = own_user()?;
    (found.is_dir() && found.uid() == user).then_some(user)
}

/// The user that what this process makes belongs to. A pipe is made to learn it: nothing of it
/// is ever on a disk, and no `/proc` is needed, which some hosts hide.
fn own_user() -> Option<u32> {
    let (reader, _) = io::pipe().ok()?;
    let reader = File::from(OwnedFd::from(reader));
    Some(reader.metadata().ok()?.uid())
}

/// How far a file's last change is from now. A clock may have been wrong, then or now, so one
/// still to come is as old as one equally long ago.
fn age(found: &Metadata) -> Option<Duration> {
    let modified = found.modified().ok()?;
    Some(modified.elapsed().unwrap_or_else(|ahead| ahead.duration()))
}
