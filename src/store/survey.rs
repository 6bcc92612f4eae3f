//! A quick survey of the log folder, for the page that checks an installation. Its work is bounded,
//! whatever the folder holds; no log is read.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::directory::{Entry, Kind, first_entries, open};
use super::folder::{Folder, SiteFolder, StoreError};
use crate::log::fault::{Faults, ReadFailure};
use crate::period::FileMonth;
use crate::query::Selection;

/// How many site folders are listed.
const FOLDERS: usize = 500;

/// How many names are listed in all site folders together. Listing 100,000 takes 30 ms.
const NAMES: usize = 10_000;

/// How many names are listed in one site folder, so that others have their turn.
const NAMES_EACH: usize = 2000;

/// How many logs are opened in all site folders together.
const OPENED: usize = 500;

#[derive(Debug, Default)]
pub struct Survey {
    /// All companies.
    pub companies: usize,
    /// All site folders.
    pub site_folders: usize,
    /// The logs that were listed.
    pub logs: usize,
    /// Whether there may be more logs.
    pub unfinished: bool,
    /// How many logs were opened: the newest of each site folder that was listed.
    pub opened: usize,
    /// How many folders and files could not be listed or opened.
    pub faults: u64,
    /// All companies, and all site folders as `company/site`.
    pub names: BTreeSet<String>,
}

impl Folder {
    /// Counts all companies and site folders, lists logs up to a limit, and opens some of them.
    pub fn survey(&self) -> Result<Survey, StoreError> {
        let mut faults = Faults::default();
        let mut folders = Vec::new();
        let companies = self.walk(&Selection::default(), &mut faults, |folder| {
            folders.push(folder);
        })?;
        let site = |folder: &SiteFolder| format!("{}/{}", folder.company, folder.site);
        let names = folders.iter().map(site).chain(companies.iter().cloned());
        let mut survey = Survey {
            companies: companies.len(),
            site_folders: folders.len(),
            faults: faults.count,
            names: names.collect(),
            unfinished: folders.len() > FOLDERS,
            ..Survey::default()
        };
        folders.truncate(FOLDERS);
        let mut names = NAMES;
        for folder in &folders {
            let most = names.min(NAMES_EACH);
            if most == 0 {
                break;
            }
            let Ok(entries) = first_entries(&folder.path, most) else {
                survey.faults += 1;
                continue;
            };
            names -= entries.len();
            survey.unfinished |= entries.len() == most;
            survey.add_site(folder, entries, OPENED / folders.len());
        }
        Ok(survey)
    }
}

impl Survey {
    /// Counts the logs of a site folder, and opens the newest `most` of them.
    fn add_site(&mut self, folder: &SiteFolder, entries: Vec<Entry>, most: usize) {
        let mut logs = Vec::new();
        for entry in entries {
            match (FileMonth::of_file(entry.name.as_str()), entry.kind) {
                (Some(_), Kind::File) => logs.push(entry),
                (Some(_), _) => self.faults += 1,
                (None, _) => {}
            }
        }
        self.logs += logs.len();
        let month =
            |entry: &Entry| FileMonth::of_file(entry.name.as_str()).map(|m| m.as_str().to_owned());
        logs.sort_by_cached_key(|entry| Reverse(month(entry)));
        for entry in logs.iter().take(most) {
            self.opened += 1;
            self.faults += u64::from(try_to_open(folder, entry).is_err());
        }
    }
}

fn try_to_open(folder: &SiteFolder, entry: &Entry) -> Result<(), ReadFailure> {
    let (_, owner) = entry.stamp()?;
    open(&entry.name.within(&folder.path), owner).map(drop)
}
