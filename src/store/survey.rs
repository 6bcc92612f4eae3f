//! A look over the log folder, for the page that checks an installation: as far as a short while
//! allows, whatever is in it.

use std::cmp::Reverse;

use super::directory::{Entry, Kind, first_entries, open};
use super::folder::{Folder, SiteFolder, StoreError};
use crate::log::fault::{Faults, ReadFailure};
use crate::period::FileMonth;
use crate::query::Selection;

/// How many site folders are looked into.
const FOLDERS: usize = 500;

/// How many names are looked at in them. Even listing names takes a while: 100,000 take 30 ms.
const NAMES: usize = 10_000;

/// How many of these in one folder, so that others have their turn.
const NAMES_EACH: usize = 2000;

/// How many logs are opened.
const OPENED: usize = 500;

/// What was found.
#[derive(Debug, Default)]
pub struct Survey {
    /// All companies.
    pub companies: usize,
    /// All site folders.
    pub site_folders: usize,
    /// The logs that were met.
    pub logs: usize,
    /// Whether there may be more.
    pub unfinished: bool,
    /// How many of them were opened: the newest of each site folder that was looked into.
    pub opened: usize,
    /// What could not be listed or opened.
    pub faults: u64,
}

impl Folder {
    /// Looks over the folder. All companies and site folders are counted; the logs in them only up
    /// to a limit, and fewer are opened.
    pub fn survey(&self) -> Result<Survey, StoreError> {
        let mut faults = Faults::default();
        let mut folders = Vec::new();
        let companies = self.walk(&Selection::default(), &mut faults, |folder| {
            folders.push(folder);
        })?;
        let mut survey = Survey {
            companies: companies.len(),
            site_folders: folders.len(),
            faults: faults.count,
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
            survey.look_at(folder, entries, OPENED / folders.len());
        }
        Ok(survey)
    }
}

impl Survey {
    /// Counts what is in a site folder, and opens the newest logs of it.
    fn look_at(&mut self, folder: &SiteFolder, entries: Vec<Entry>, most: usize) {
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
