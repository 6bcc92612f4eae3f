//! The notes of the listed companies, and which of them are about a URL.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::calendar::Calendar;
use crate::check::Moment;
use crate::hide_query::without_queries;
use crate::log::fault::Faults;
use crate::log::notes::{self, Note, NoteKind};
use crate::store::notes::NotesFile;

/// Notes by company.
#[derive(Debug, Default)]
pub struct Notes {
    companies: BTreeMap<String, Vec<Note>>,
}

/// Reads the notes of all listed companies. What can't be used is added to `faults`.
pub fn read_notes(files: &[NotesFile], calendar: &Calendar, faults: &mut Faults) -> Notes {
    let mut companies = BTreeMap::new();
    for file in files {
        let place = NotesFile::place_of(&file.company);
        match file.open() {
            Ok(input) => {
                let fault = |line, reason| faults.add(&place, line, reason);
                let notes = notes::read(input, calendar, fault);
                companies.insert(file.company.clone(), notes);
            }
            Err(failure) => faults.add_failure(&place, None, failure),
        }
    }
    Notes { companies }
}

impl Notes {
    /// No notes at all.
    pub fn none() -> &'static Self {
        const NONE: &Notes = &Notes {
            companies: BTreeMap::new(),
        };
        NONE
    }

    /// Hides the queries of the URLs in their texts.
    pub fn hide_queries(&mut self) {
        for note in self.companies.values_mut().flatten() {
            if let Cow::Owned(text) = without_queries(&note.text) {
                note.text = text;
            }
        }
    }

    fn of_company(&self, company: &str) -> &[Note] {
        self.companies.get(company).map_or(&[], Vec::as_slice)
    }

    /// The notes about a URL of a site folder, as they stand in the file.
    pub fn of<'a>(
        &'a self,
        company: &str,
        site: &'a str,
        url: &'a str,
    ) -> impl Iterator<Item = &'a Note> {
        let notes = self.of_company(company).iter();
        notes.filter(move |note| note.is_about(site, url))
    }

    /// When maintenance of a URL of a site folder was noted, in any order.
    pub fn planned(&self, company: &str, site: &str, url: &str) -> Vec<Range<Moment>> {
        self.of(company, site, url)
            .filter(|note| note.kind == NoteKind::Maintenance)
            .map(|note| note.span.clone())
            .collect()
    }

    /// The URLs, and perhaps site folders, that notes of a company name.
    pub fn named(&self, company: &str) -> BTreeSet<&str> {
        let notes = self.of_company(company).iter();
        notes.filter_map(|note| note.site.as_deref()).collect()
    }
}
