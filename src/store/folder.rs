//! The log folder: companies, their site folders, and the logs in those. It decides which files a
//! selection needs, but reads nothing from them.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::hash::{Hash, Hasher};
use std::io::{self, Read, Take};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::rc::Rc;

use super::directory::{Entry, FileStamp, Kind, Name, entries, open};
use super::notes::NotesFile;
use crate::check::Moment;
use crate::log::buffer::UnendedLine;
use crate::log::fault::{FaultReason, Faults, ReadFailure};
use crate::period::{FileMonth, Months};
use crate::query::{Filter, Selection};

/// Why the log folder can't be used at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoreError {
    Missing,
    Unreadable,
}

/// The log folder, which holds `<company>/<site>/*.csv`.
#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
}

/// What the log folder holds for a selection. All names are sorted.
#[derive(Debug, Default)]
pub struct Listing {
    /// All companies, selected or not.
    pub companies: Vec<String>,
    /// All sites of the selected companies, selected or not.
    pub sites: BTreeSet<String>,
    /// All months of the selected sites, selected or not.
    pub months: BTreeSet<String>,
    /// The files that were asked for, by company, site, month and name.
    pub files: Vec<LogFile>,
    /// The notes of the selected companies.
    pub notes: Vec<NotesFile>,
    /// What could not be listed.
    pub faults: Faults,
}

/// Which files of the selected sites are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Files {
    /// Only those of the selected months.
    Selected,
    /// All of them, because incidents begin and end in other months, and the newest file has the
    /// current state.
    OfSites,
}

/// An open log file, limited to the length it had when it was opened. What is appended later is
/// left to the next request.
#[derive(Debug)]
pub struct Opened {
    pub input: Take<File>,
    stamp: FileStamp,
}

/// A site folder.
#[derive(Debug)]
pub struct SiteFolder {
    pub company: String,
    pub site: String,
    pub(super) path: PathBuf,
}

/// A regular file of a site.
#[derive(Debug)]
pub struct LogFile {
    pub folder: Rc<SiteFolder>,
    /// Whether its month is selected. The other files of a site are read for what came before and
    /// after.
    pub selected: bool,
    pub stamp: FileStamp,
    /// The user the file must belong to when it is opened.
    owner: u32,
    name: Name,
    /// How many bytes of the name precede the month.
    month_at: usize,
}

impl Folder {
    pub fn new(root: PathBuf) -> Self {
        Self { root }
    }

    /// The path of the hidden folder for cached results.
    pub fn cache(&self) -> PathBuf {
        self.root.join(".cache")
    }

    /// Whether every user of the host may write into it.
    pub fn is_open_to_all(&self) -> bool {
        fs::metadata(&self.root).is_ok_and(|folder| folder.permissions().mode() & 0o002 != 0)
    }

    /// Whether one of these companies has a site folder of this name.
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

    /// Lists what a selection needs. The site folders of other companies, and the logs of other
    /// sites, are not listed.
    pub fn list(&self, selection: &Selection, files: Files) -> Result<Listing, StoreError> {
        let mut listing = Listing::default();
        let mut selected = Vec::new();
        let mut faults = Faults::default();
        listing.companies = self.walk_companies(selection, &mut faults, |company, faults| {
            match NotesFile::find(&company.name, &company.path, &company.entries) {
                Some(Ok(file)) => listing.notes.push(file),
                Some(Err(reason)) => {
                    faults.add(&NotesFile::place_of(&company.name), None, reason);
                }
                None => {}
            }
            company.visit_sites(faults, |folder| {
                listing.sites.insert(folder.site.clone());
                if selection.site.allows(&folder.site) {
                    selected.push(Rc::new(folder));
                }
            });
        })?;
        listing.faults = faults;
        for folder in selected {
            listing.add_files(&folder, &selection.months, files);
        }
        Ok(listing)
    }

    /// Passes every site folder of the selected companies to `visit`; returns all companies.
    pub(super) fn walk(
        &self,
        selection: &Selection,
        faults: &mut Faults,
        mut visit: impl FnMut(SiteFolder),
    ) -> Result<Vec<String>, StoreError> {
        self.walk_companies(selection, faults, |company, faults| {
            company.visit_sites(faults, &mut visit);
        })
    }

    /// Passes every selected company to `visit`; returns all companies.
    fn walk_companies(
        &self,
        selection: &Selection,
        faults: &mut Faults,
        mut visit: impl FnMut(Company, &mut Faults),
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
                    Ok(entries) => {
                        let company = Company {
                            name: name.clone(),
                            path,
                            entries,
                        };
                        visit(company, faults);
                    }
                    Err(error) => faults.add_failure(&name, None, error.into()),
                }
            }
            names.push(name);
        }
        Ok(names)
    }
}

/// A company's folder, listed.
struct Company {
    name: String,
    path: PathBuf,
    entries: Vec<Entry>,
}

impl Company {
    /// Passes every site folder to `visit`.
    fn visit_sites(self, faults: &mut Faults, mut visit: impl FnMut(SiteFolder)) {
        for site in folders(self.entries, &format!("{}/", self.name), faults) {
            visit(SiteFolder {
                company: self.name.clone(),
                path: site.name.within(&self.path),
                site: site.name.as_str().to_owned(),
            });
        }
    }
}

/// Hashes all that an answer from this listing depends on: names, file stamps, and what could not
/// be listed. No log line is read for it.
impl Hash for Listing {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.companies, &self.sites, &self.months, &self.faults).hash(state);
        self.notes.hash(state);
        for files in sites(&self.files) {
            (&files[0].folder.company, &files[0].folder.site).hash(state);
            for file in files {
                file.hash(state);
            }
        }
    }
}

/// The files of each site folder.
pub fn sites(files: &[LogFile]) -> impl Iterator<Item = &[LogFile]> {
    files.chunk_by(|a, b| Rc::ptr_eq(&a.folder, &b.folder))
}

impl Listing {
    fn add_files(&mut self, folder: &Rc<SiteFolder>, months: &Months, wanted: Files) {
        let place = format!("{}/{}", folder.company, folder.site);
        let entries = match entries(&folder.path) {
            Ok(entries) => entries,
            Err(error) => return self.faults.add_failure(&place, None, error.into()),
        };
        let mut files = Vec::new();
        for entry in entries {
            let Some(month) = FileMonth::of_file(entry.name.as_str()) else {
                continue;
            };
            let month_at = month.start_in(entry.name.as_str());
            let selected = months.contains(month);
            let found = match entry.kind {
                Kind::File => {
                    if !self.months.contains(month.as_str()) {
                        self.months.insert(month.as_str().to_owned());
                    }
                    if !selected && wanted == Files::Selected {
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
                    month_at,
                }),
                Err(reason) if selected => {
                    let place = format!("{place}/{}", entry.name.as_str());
                    self.faults.add(&place, None, reason);
                }
                Err(_) => {}
            }
        }
        // In order of time, whatever precedes the month in their names.
        files.sort_by(|a, b| a.month().cmp(&b.month()));
        self.files.append(&mut files);
    }
}

/// The folders among entries. A broken link is a fault, because it may have led to one.
fn folders(entries: Vec<Entry>, place: &str, faults: &mut Faults) -> Vec<Entry> {
    let mut folders = Vec::new();
    for entry in entries {
        match entry.kind {
            Kind::Folder => folders.push(entry),
            Kind::Broken(failure) => {
                faults.add_failure(&format!("{place}{}", entry.name.as_str()), None, failure);
            }
            Kind::File | Kind::Other => {}
        }
    }
    folders
}

impl LogFile {
    pub fn name(&self) -> &str {
        self.name.as_str()
    }

    pub fn month(&self) -> FileMonth<'_> {
        FileMonth::starting_at(self.month_at, self.name())
    }

    /// Its path below the log folder, as it is shown.
    pub fn place(&self) -> String {
        let SiteFolder { company, site, .. } = &*self.folder;
        format!("{company}/{site}/{}", self.name())
    }

    pub fn open(&self) -> Result<Opened, ReadFailure> {
        let (file, stamp) = open(&self.name.within(&self.folder.path), self.owner)?;
        let input = file.take(stamp.size());
        Ok(Opened { input, stamp })
    }

    /// Whether it has not changed since it was listed.
    pub fn is_unchanged(&self, opened: &Opened) -> bool {
        FileStamp::of(opened.input.get_ref().metadata()) == self.stamp
    }
}

impl Opened {
    /// Skips a last line without a line end if the file, when it was opened, might still have been
    /// being written.
    pub fn unended_line(&self, now: Moment) -> UnendedLine {
        if self.stamp.is_fresh(now) {
            UnendedLine::Skip
        } else {
            UnendedLine::Read
        }
    }
}

/// Hashes its name and its stamp.
impl Hash for LogFile {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.name(), &self.stamp).hash(state);
    }
}
