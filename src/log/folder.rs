//! The log folder on disk: what is in it, and the reading of its files.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::hash::{Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::fault::{FaultReason, Faults, ReadFailure};
use super::reader::{self, Row};
use crate::config::Format;
use crate::query::Selection;
use crate::stats::summary::Summary;

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
    /// The selected files, by company, site and name.
    pub files: Vec<LogFile>,
    /// What could not be listed.
    pub faults: Faults,
}

/// A regular file of a site.
#[derive(Debug)]
pub struct LogFile {
    /// Its company's folder name.
    pub company: String,
    /// Its site's folder name.
    pub site: String,
    /// Its own name.
    pub name: String,
    path: PathBuf,
    /// Its size in bytes and its time of change, as the folder has them.
    state: (u64, Option<SystemTime>),
}

/// The summary of one site folder's selected files.
#[derive(Debug)]
pub struct SiteLog {
    /// The company's folder name.
    pub company: String,
    /// The site's folder name.
    pub site: String,
    /// What its files say.
    pub summary: Summary,
}

impl Folder {
    /// The log folder at `root`.
    pub fn new(root: PathBuf) -> Self {
        Self { root }
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
    pub fn list(&self, selection: &Selection) -> Result<Listing, StoreError> {
        let mut listing = Listing::default();
        let mut chosen = Vec::new();
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
            listing.add_files(&company, &site, &path, selection.year_month.as_deref());
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
        for company in companies.into_iter().filter(Entry::is_folder) {
            if selection
                .company
                .as_ref()
                .is_none_or(|wanted| *wanted == company.name)
            {
                match entries(&company.path) {
                    Ok(sites) => {
                        for site in sites.into_iter().filter(Entry::is_folder) {
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
            (&file.company, &file.site, &file.name, file.state).hash(state);
        }
    }
}

impl Listing {
    fn add_files(&mut self, company: &str, site: &str, path: &Path, year_month: Option<&str>) {
        let folder = format!("{company}/{site}");
        let entries = match entries(path) {
            Ok(entries) => entries,
            Err(error) => {
                return self
                    .faults
                    .add(&folder, None, FaultReason::Unreadable(error.into()));
            }
        };
        for Entry { name, path, kind } in entries {
            let Some(month) = month(&name) else { continue };
            let selected = year_month.is_none_or(|wanted| month.starts_with(wanted));
            if let (Kind::File, false) = (kind, self.months.contains(month)) {
                self.months.insert(month.to_owned());
            }
            if !selected {
                continue;
            }
            let place = || format!("{folder}/{name}");
            match kind {
                Kind::File => {
                    let (company, site) = (company.to_owned(), site.to_owned());
                    let state = fs::metadata(&path)
                        .map_or((0, None), |file| (file.len(), file.modified().ok()));
                    self.files.push(LogFile {
                        company,
                        site,
                        name,
                        path,
                        state,
                    });
                }
                Kind::Broken(failure) => {
                    self.faults
                        .add(&place(), None, FaultReason::Unreadable(failure));
                }
                Kind::Folder | Kind::Other => {
                    self.faults.add(&place(), None, FaultReason::NotAFile);
                }
            }
        }
    }
}

/// A file's month: what follows the last `_` of its name, without `.csv`. `None` if it is no
/// `.csv`.
fn month(name: &str) -> Option<&str> {
    let stem = name.strip_suffix(".csv")?;
    Some(stem.rsplit_once('_').map_or(stem, |(_, month)| month))
}

/// Reads files, in their order, into a summary for each site folder. What can't be used is
/// added to `faults`.
pub fn read(files: &[LogFile], format: &Format, faults: &mut Faults) -> Vec<SiteLog> {
    let mut logs: Vec<SiteLog> = Vec::new();
    for files in files.chunk_by(|a, b| (&a.company, &a.site) == (&b.company, &b.site)) {
        let mut summary = Summary::default();
        for file in files {
            file.read(format, &mut summary, faults);
        }
        let (company, site) = (files[0].company.clone(), files[0].site.clone());
        logs.push(SiteLog {
            company,
            site,
            summary,
        });
    }
    logs
}

impl LogFile {
    fn read(&self, format: &Format, summary: &mut Summary, faults: &mut Faults) {
        let place = format!("{}/{}/{}", self.company, self.site, self.name);
        match File::open(&self.path) {
            Ok(file) => reader::read(file, format, |row| match row {
                Row::Sample(sample) => summary.add(&sample),
                Row::Fault { line, reason } => faults.add(&place, line, reason),
            }),
            Err(error) => faults.add(&place, None, FaultReason::Unreadable(error.into())),
        }
    }
}

/// Something in a folder, seen through symbolic links.
struct Entry {
    name: String,
    path: PathBuf,
    kind: Kind,
}

#[derive(Clone, Copy)]
enum Kind {
    File,
    Folder,
    /// Opening a FIFO would wait for a writer, so nothing else is ever opened.
    Other,
    Broken(ReadFailure),
}

impl Entry {
    fn is_folder(&self) -> bool {
        matches!(self.kind, Kind::Folder)
    }
}

/// What is in a folder, without hidden names, sorted. A name that is not UTF-8 is shown, and
/// asked for, with replacement characters.
fn entries(folder: &Path) -> io::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        let path = entry.path();
        let kind = match entry.file_type() {
            Ok(kind) if kind.is_symlink() => match fs::metadata(&path) {
                Ok(target) => Kind::of(target.file_type()),
                Err(error) => Kind::Broken(error.into()),
            },
            Ok(kind) => Kind::of(kind),
            Err(error) => Kind::Broken(error.into()),
        };
        entries.push(Entry { name, path, kind });
    }
    entries.sort_unstable_by(|a, b| a.name.cmp(&b.name));
    Ok(entries)
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
