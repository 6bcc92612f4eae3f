//! The log folder on disk: what is in it, and the reading of its files.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::hash::{Hash, Hasher};
use std::io::{self, Read, Take};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::rc::Rc;

use super::directory::{Entry, FileStamp, Kind, Name, entries, open};
use crate::check::Moment;
use crate::log::fault::{FaultReason, Faults, ReadFailure};
use crate::period::{FileMonth, Months};
use crate::query::{Filter, Selection};

/// Why there are no logs to show at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// There is no log folder.
    Missing,
    /// It can't be listed.
    Unreadable,
}

/// `logs/<company>/<site>/*.csv` below a folder.
#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
}

/// What the folder holds for a selection. All names are sorted.
#[derive(Debug, Default)]
pub struct Listing {
    /// All companies, whichever are selected.
    pub companies: Vec<String>,
    /// The sites of the selected companies, whichever are selected.
    pub sites: BTreeSet<String>,
    /// The months of the selected sites, whichever are selected.
    pub months: BTreeSet<String>,
    /// The selected files, by company, site, month and name, and the others of their sites.
    pub files: Vec<LogFile>,
    /// What could not be listed.
    pub faults: Faults,
}

/// Which files of the selected sites are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Files {
    /// Those of the selected months.
    Selected,
    /// All of them: incidents begin and end in other months, and the newest tells how a site is
    /// now.
    OfSites,
}

/// A log file that is open, up to the length it had when it was opened: what is appended later is
/// for the next request.
#[derive(Debug)]
pub struct Opened {
    /// Its content.
    pub input: Take<File>,
    stamp: FileStamp,
}

/// A site folder.
#[derive(Debug)]
pub struct SiteFolder {
    /// Its company's name.
    pub company: String,
    /// Its own.
    pub site: String,
    pub(super) path: PathBuf,
}

/// A regular file of a site.
#[derive(Debug)]
pub struct LogFile {
    /// Its site folder.
    pub folder: Rc<SiteFolder>,
    /// Whether its month is selected, or it only tells what came before and after.
    pub selected: bool,
    /// What changes when the file does.
    pub stamp: FileStamp,
    /// The user it must belong to when it is opened.
    owner: u32,
    name: Name,
}

impl Folder {
    /// The log folder at `root`.
    pub fn new(root: PathBuf) -> Self {
        Self { root }
    }

    /// The hidden folder of cached results.
    pub fn cache(&self) -> PathBuf {
        self.root.join(".cache")
    }

    /// Whether anyone on the host may write into it.
    pub fn is_open_to_all(&self) -> bool {
        fs::metadata(&self.root).is_ok_and(|folder| folder.permissions().mode() & 0o002 != 0)
    }

    /// Whether one of the companies has a site folder of this name.
    pub fn has_site(&self, company: &Filter, site: &str) -> Result<bool, StoreError> {
        let selection = Selection {
            company: company.clone(),
            ..Selection::default()
        };
        let mut found = false;
        self.walk(&selection, &mut Faults::default(), |folder| {
            found |= folder.site == site;
        })?;
        Ok(found)
    }

    /// Lists what a selection needs; the logs of other companies and sites are not looked at.
    pub fn list(&self, selection: &Selection, files: Files) -> Result<Listing, StoreError> {
        let mut listing = Listing::default();
        let mut chosen = Vec::new();
        let mut faults = Faults::default();
        listing.companies = self.walk(selection, &mut faults, |folder| {
            listing.sites.insert(folder.site.clone());
            if selection.site.allows(&folder.site) {
                chosen.push(Rc::new(folder));
            }
        })?;
        listing.faults = faults;
        for folder in chosen {
            listing.add_files(&folder, &selection.months, files);
        }
        Ok(listing)
    }

    /// Gives every site folder of the selected companies to `take`; returns all companies.
    pub(super) fn walk(
        &self,
        selection: &Selection,
        faults: &mut Faults,
        mut take: impl FnMut(SiteFolder),
    ) -> Result<Vec<String>, StoreError> {
        let companies = entries(&self.root).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => StoreError::Missing,
            _ => StoreError::Unreadable,
        })?;
        let mut names = Vec::new();
        for company in folders(companies, "", faults) {
            let name = company.name.as_str().to_owned();
            if selection.company.allows(&name) {
                let path = company.name.within(&self.root);
                match entries(&path) {
                    Ok(sites) => {
                        for site in folders(sites, &format!("{name}/"), faults) {
                            take(SiteFolder {
                                company: name.clone(),
                                path: site.name.within(&path),
                                site: site.name.as_str().to_owned(),
                            });
                        }
                    }
                    Err(error) => {
                        faults.add(&name, None, FaultReason::Unreadable(error.into()));
                    }
                }
            }
            names.push(name);
        }
        Ok(names)
    }
}

/// Hashes all that an answer from this listing depends on: names, sizes, times of change and
/// what could not be listed. No log line is read for it.
impl Hash for Listing {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.companies, &self.sites, &self.months, &self.faults).hash(state);
        for files in sites(&self.files) {
            (&files[0].folder.company, &files[0].folder.site).hash(state);
            for file in files {
                file.hash(state);
            }
        }
    }
}

/// Files by their site folders.
pub fn sites(files: &[LogFile]) -> impl Iterator<Item = &[LogFile]> {
    files.chunk_by(|a, b| Rc::ptr_eq(&a.folder, &b.folder))
}

impl Listing {
    fn add_files(&mut self, folder: &Rc<SiteFolder>, wanted: &Months, files_wanted: Files) {
        let place = format!("{}/{}", folder.company, folder.site);
        let entries = match entries(&folder.path) {
            Ok(entries) => entries,
            Err(error) => {
                return self
                    .faults
                    .add(&place, None, FaultReason::Unreadable(error.into()));
            }
        };
        let mut files = Vec::new();
        for entry in entries {
            let Some(month) = FileMonth::of_file(entry.name.as_str()) else {
                continue;
            };
            let selected = wanted.contains(month);
            let found = match entry.kind {
                Kind::File => {
                    if !self.months.contains(month.as_str()) {
                        self.months.insert(month.as_str().to_owned());
                    }
                    if !selected && files_wanted == Files::Selected {
                        continue;
                    }
                    let stamp = entry.stamp();
                    stamp.map_err(|error| FaultReason::Unreadable(error.into()))
                }
                Kind::Broken(failure) => Err(FaultReason::Unreadable(failure)),
                Kind::Folder | Kind::Other => Err(FaultReason::NotAFile),
            };
            match found {
                Ok((stamp, owner)) => files.push(LogFile {
                    folder: Rc::clone(folder),
                    selected,
                    stamp,
                    owner,
                    name: entry.name,
                }),
                Err(reason) if selected => {
                    let place = format!("{place}/{}", entry.name.as_str());
                    self.faults.add(&place, None, reason);
                }
                Err(_) => {}
            }
        }
        // In order of time, whatever stands before the month in their names.
        files.sort_by(|a, b| a.month().cmp(&b.month()));
        self.files.append(&mut files);
    }
}

/// The folders among entries; links that lead nowhere may have been some, and are faults.
fn folders(entries: Vec<Entry>, place: &str, faults: &mut Faults) -> Vec<Entry> {
    let mut folders = Vec::new();
    for entry in entries {
        match entry.kind {
            Kind::Folder => folders.push(entry),
            Kind::Broken(failure) => {
                faults.add(
                    &format!("{place}{}", entry.name.as_str()),
                    None,
                    FaultReason::Unreadable(failure),
                );
            }
            Kind::File | Kind::Other => {}
        }
    }
    folders
}

impl LogFile {
    /// Its name.
    pub fn name(&self) -> &str {
        self.name.as_str()
    }

    /// Its month, from its name.
    pub fn month(&self) -> FileMonth<'_> {
        FileMonth::of_file(self.name()).unwrap_or(FileMonth::of_text(""))
    }

    /// Where it is below the log folder, for people.
    pub fn place(&self) -> String {
        let SiteFolder { company, site, .. } = &*self.folder;
        format!("{company}/{site}/{}", self.name())
    }

    /// Opens it for reading.
    pub fn open(&self) -> Result<Opened, ReadFailure> {
        let (file, stamp) = open(&self.name.within(&self.folder.path), self.owner)?;
        let input = file.take(stamp.size());
        Ok(Opened { input, stamp })
    }

    /// Whether it is still as it was when it was listed.
    pub fn is_unchanged(&self, opened: &Opened) -> bool {
        FileStamp::of(opened.input.get_ref().metadata()) == self.stamp
    }
}

impl Opened {
    /// Whether it was changed within a minute of a moment, when it was opened.
    pub fn is_fresh(&self, now: Moment) -> bool {
        self.stamp.is_fresh(now)
    }
}

/// Hashes its name and what changes when it does.
impl Hash for LogFile {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.name(), &self.stamp).hash(state);
    }
}
