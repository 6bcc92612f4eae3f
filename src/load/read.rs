//! How log files are read, and reading one: its rows to checks and faults, and what to remember of it.

use super::notes::Notes;
use crate::cache::folder::CacheFolder;
use crate::cache::segment::Source;
use crate::cache::validity::Validity;
use crate::check::Moment;
use crate::config::Config;
use crate::log::fault::Faults;
use crate::log::reader::{self, Row, Stretch};
use crate::log::schema::Schema;
use crate::log::time::Clock;
use crate::stats::needs::Needs;
use crate::store::folder::{Files, LogFile, Opened};

/// How files are to be read.
#[derive(Debug)]
pub struct Loader<'a> {
    pub config: &'a Config,
    pub notes: &'a Notes,
    pub needs: Needs,
    /// `None` if the operator allows no cache.
    pub cache: Option<&'a CacheFolder>,
    /// The present, by which times in the future and files still being written are recognised.
    pub now: Moment,
    /// Which files were listed. Only with all files of a site can its cache file be written.
    pub files: Files,
}

impl Loader<'_> {
    /// Whether a fresh read would now agree with a cached result, if its file has not changed.
    pub(super) fn is_valid(&self, timed: bool, validity: Validity) -> bool {
        (timed || !self.needs_times()) && validity.contains(self.now)
    }

    pub(super) fn needs_times(&self) -> bool {
        self.needs.details.is_some()
    }

    pub(super) fn schema(&self) -> &Schema {
        &self.config.schema
    }

    pub(super) fn clock(&self) -> Option<Clock<'_>> {
        let clock = || Clock::new(&self.config.calendar, self.now);
        self.needs_times().then(clock)
    }

    /// Reads a file, and passes its checks to `sink`; with `from`, only what follows that source.
    /// Returns the new source, without its hash.
    pub(super) fn read_file(
        &self,
        file: &LogFile,
        input: &mut Opened,
        from: Option<Source>,
        faults: &mut Faults,
        mut sink: impl FnMut(Row),
    ) -> Source {
        let place = file.place();
        let mut clock = self.clock();
        let stretch = Stretch {
            from: from.and_then(|from| from.resume_at),
            unended: input.unended_line(self.now),
        };
        let (input, schema) = (&mut input.input, self.schema());
        let end = reader::read(input, schema, clock.as_mut(), stretch, |row| match row {
            Row::Fault { line, reason } => faults.add(&place, line, reason),
            row => sink(row),
        });
        faults.transient |= end.skipped;
        let mut validity = from.map(|from| from.validity).unwrap_or_default();
        if let Some(clock) = &clock {
            validity = validity.and(Validity::of_times(clock));
        }
        if !end.ended {
            validity = validity.and(Validity::of_unended(file.stamp.modified(), self.now));
        }
        // What is appended to a day on which the clock changes is read with the rows before it.
        let can_resume = end.ended && !clock.is_some_and(|clock| clock.depends_on_previous());
        Source {
            stamp: file.stamp,
            length: end.abandoned_at.unwrap_or(file.stamp.size()),
            hash: 0,
            resume_at: end.position.filter(|_| can_resume),
            timed: self.needs_times(),
            validity,
        }
    }
}
