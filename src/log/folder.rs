//! The log folder on disk: what is in it, and the reading of its files.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::hash::{Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};

use super::directory::{Entry, Kind, State, entries};
use super::fault::{FaultReason, Faults};
use crate::query::Selection;

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

/// A log file that is open.
pub type Opened = File;

/// A regular file of a site.
#[derive(Debug)]
pub struct LogFile {
    /// Its company's folder name.
    pub company: String,
    /// Its site's folder name.
    pub site: String,
    /// Its own name.
    pub name: String,
    /// Its month, from its name.
    pub month: String,
    /// Whether its month is selected, or it only tells what came before and after.
    pub selected: bool,
    path: PathBuf,
    /// What changes when the file does.
    pub state: State,
}

impl Folder {
    /// The log folder at `root`.
    pub fn new(root: PathBuf) -> Self {
        Self { root }
    }

    /// The hidden folder in which what was read may be kept.
    pub fn rollups(&self) -> PathBuf {
        self.root.join(".rollups")
    }

    /// Whether `site` is a site folder of `company`, or of any company if that is `None`.
    pub fn has_site(&self, company: Option<&str>, site: &str) -> Result<bool, StoreError> {
        let selection = Selection {
            company: company.map(str::to_owned),
            ..Selection::default()
        };
        let mut found = false;
        self.walk(&selection, &mut Faults::default(), |_, name, _| {
            found |= name == site;
        })?;
        Ok(found)
    }

    /// Lists what a selection needs; the logs of other companies and sites are not looked at.
    /// With `whole`, also the months that are not selected: incidents begin and end there, and
    /// the newest tells how a site is now.
    pub fn list(&self, selection: &Selection, whole: bool) -> Result<Listing, StoreError> {
        let mut listing = Listing::default();
        let mut chosen = Vec::new();
        let wanted = selection.year_month.as_deref();
        let mut faults = Faults::default();
        listing.companies = self.walk(selection, &mut faults, |company, site, path| {
            listing.sites.insert(site.to_owned());
            if selection
                .site
                .as_deref()
                .is_none_or(|wanted| wanted == site)
            {
                chosen.push((company.to_owned(), site.to_owned(), path.to_owned()));
            }
        })?;
        listing.faults = faults;
        for (company, site, path) in chosen {
            listing.add_files(&company, &site, &path, wanted, whole);
        }
        Ok(listing)
    }

    /// Gives every site folder of the selected companies to `take`; returns all companies.
    fn walk(
        &self,
        selection: &Selection,
        faults: &mut Faults,
        mut take: impl FnMut(&str, &str, &Path),
    ) -> Result<Vec<String>, StoreError> {
        let companies = entries(&self.root).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => StoreError::Missing,
            _ => StoreError::Unreadable,
        })?;
        let mut names = Vec::new();
        for company in folders(companies, "", faults) {
            if selection
                .company
                .as_ref()
                .is_none_or(|wanted| *wanted == company.name)
            {
                match entries(&company.path) {
                    Ok(sites) => {
                        for site in folders(sites, &format!("{}/", company.name), faults) {
                            take(&company.name, &site.name, &site.path);
                        }
                    }
                    Err(error) => {
                        faults.add(&company.name, None, FaultReason::Unreadable(error.into()));
                    }
                }
            }
            names.push(company.name);
        }
        Ok(names)
    }
}

/// Hashes all that an answer from this listing depends on: names, sizes, times of change and
/// what could not be listed. No log line is read for it.
impl Hash for Listing {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.companies, &self.sites, &self.months, &self.faults).hash(state);
        for file in &self.files {
            (&file.company, &file.site, &file.name, &file.state).hash(state);
        }
    }
}

impl Listing {
    fn add_files(
        &mut self,
        company: &str,
        site: &str,
        path: &Path,
        wanted: Option<&str>,
        whole: bool,
    ) {
        let folder = format!("{company}/{site}");
        let entries = match entries(path) {
            Ok(entries) => entries,
            Err(error) => {
                return self
                    .faults
                    .add(&folder, None, FaultReason::Unreadable(error.into()));
            }
        };
        let mut files = Vec::new();
        for Entry { name, path, kind } in entries {
            let Some(month) = month(&name).map(str::to_owned) else {
                continue;
            };
            let selected = wanted.is_none_or(|wanted| month.starts_with(wanted));
            let place = || format!("{folder}/{name}");
            match kind {
                Kind::File => {
                    self.months.insert(month.clone());
                    if selected || whole {
                        let (company, site) = (company.to_owned(), site.to_owned());
                        let state = State::of(fs::metadata(&path));
                        files.push(LogFile {
                            company,
                            site,
                            name,
                            month,
                            selected,
                            path,
                            state,
                        });
                    }
                }
                _ if !selected => {}
                Kind::Broken(failure) => {
                    self.faults
                        .add(&place(), None, FaultReason::Unreadable(failure));
                }
                Kind::Folder | Kind::Other => {
                    self.faults.add(&place(), None, FaultReason::NotAFile);
                }
            }
        }
        // In order of time, whatever stands before the month in their names.
        files.sort_by(|a, b| a.month.cmp(&b.month));
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
                    &format!("{place}{}", entry.name),
                    None,
                    FaultReason::Unreadable(failure),
                );
            }
            Kind::File | Kind::Other => {}
        }
    }
    folders
}

/// A file's month: what follows the last `_` of its name, without `.csv`. `None` if it is no
/// `.csv`.
fn month(name: &str) -> Option<&str> {
    let stem = name.strip_suffix(".csv")?;
    Some(stem.rsplit_once('_').map_or(stem, |(_, month)| month))
}

impl LogFile {
    /// Where it is below the log folder, for people.
    pub fn place(&self) -> String {
        format!("{}/{}/{}", self.company, self.site, self.name)
    }

    /// Opens it for reading.
    pub fn open(&self) -> io::Result<Opened> {
        File::open(&self.path)
    }

    /// Whether it is still as it was when it was listed.
    pub fn is_unchanged(&self, opened: &Opened) -> bool {
        State::of(opened.metadata()) == self.state
    }
}

#[cfg(test)]
mod tests {
    use super::month;

    #[test]
    fn the_month_follows_the_last_underscore() {
        let check = |name, want| assert_eq!(month(name), want, "{name}");
        check("monitor_results_202411.csv", Some("202411"));
        check("202411.csv", Some("202411"));
        check("monitor_results_.csv", Some(""));
        check("monitor_results_202411.CSV", None);
        check("monitor_results_202411.csv.gz", None);
    }
}
