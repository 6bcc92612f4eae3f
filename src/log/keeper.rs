//! What is kept of one site's files while they are read, and what will be.

use std::cell::OnceCell;

use super::directory::State;
use super::part::{Head, Part, Source};
use super::rollup::{Draft, Rollup, Rollups};
use crate::stats::timeline::Window;

/// Finds the parts of a site's rollup, and writes the next one.
#[derive(Debug)]
pub struct Keeper<'a> {
    /// The company and the site.
    site: (&'a str, &'a str),
    /// The old rollup, and the heads of its parts.
    old: Option<(&'a Rollup, Vec<Head<'a>>)>,
    /// The part found last: files come in the order of parts.
    found: usize,
    /// Where a new rollup may be written.
    rollups: Option<&'a Rollups>,
    /// The new one, once there is a reason for it, if it can be written.
    draft: OnceCell<Option<Draft>>,
    /// What it will hold.
    entries: Vec<Entry>,
}

/// A part of the new rollup.
#[derive(Debug)]
enum Entry {
    /// One of the old, which may be known to be made from a later state of its file.
    Old(usize, Source),
    /// A new one, of which this is the head.
    New(Vec<u8>),
}

impl<'a> Keeper<'a> {
    /// A keeper for the company and site folder of these names, with the present rollup, and
    /// the place for the next.
    pub fn new(
        site: (&'a str, &'a str),
        old: Option<&'a Rollup>,
        rollups: Option<&'a Rollups>,
    ) -> Self {
        Self {
            site,
            old: old.map(|rollup| (rollup, rollup.heads())),
            found: 0,
            rollups,
            draft: OnceCell::new(),
            entries: Vec::new(),
        }
    }

    /// The number and the source of the part of the file of this name.
    pub fn find(&mut self, name: &str) -> Option<(usize, Source)> {
        let (_, heads) = self.old.as_ref()?;
        let is_name = |head: &Head| head.name == name;
        let next = self.found + 1;
        let at = if heads.get(next).is_some_and(is_name) {
            next
        } else {
            heads.iter().position(is_name)?
        };
        self.found = at;
        Some((at, heads[at].source))
    }

    /// A part, with what a window needs of it at the least.
    pub fn part(&self, at: usize, window: &Window) -> Option<Part> {
        let (rollup, heads) = self.old.as_ref()?;
        rollup.part(heads.get(at)?, window)
    }

    /// Has a part kept on.
    pub fn carry(&mut self, at: usize, source: Source) {
        self.entries.push(Entry::Old(at, source));
    }

    /// Whether a new rollup can be written. To be asked before a file is read: what is written
    /// later is only believed of files that had not changed for a while by then.
    pub fn can_write(&self) -> bool {
        let (company, site) = self.site;
        let draft = || {
            self.rollups
                .and_then(|rollups| rollups.draft(company, site))
        };
        self.draft.get_or_init(draft).is_some()
    }

    /// Whether a file's state can be trusted to change with the file from now on.
    pub fn is_settled(&self, state: &State) -> bool {
        matches!(self.draft.get(), Some(Some(draft)) if draft.is_settled(state))
    }

    /// Has a part kept that has been read.
    pub fn add(&mut self, name: &str, source: Source, part: &Part) {
        if let Some(Some(draft)) = self.draft.get_mut() {
            let head = draft.add(name, source, part);
            self.entries.extend(head.map(Entry::New));
        }
    }

    /// Writes the new rollup, if there is anything new in it. One that can't be written is one
    /// that is not there.
    pub fn publish(self) -> Option<()> {
        let mut draft = self.draft.into_inner()??;
        let (_, heads) = self.old.as_ref()?;
        let is_new = |entry: &Entry| match entry {
            Entry::Old(at, source) => heads[*at].source != *source,
            Entry::New(_) => true,
        };
        if !self.entries.iter().any(is_new) {
            return None;
        }
        let mut written = Vec::new();
        for entry in self.entries {
            written.push(match entry {
                Entry::Old(at, source) => draft.copy(&heads[at], source, self.old.as_ref()?.0)?,
                Entry::New(head) => head,
            });
        }
        draft.publish(&written).ok()
    }
}
