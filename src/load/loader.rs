//! Listed files to the summaries of their site folders.

use crate::cache::file::CacheFile;
use crate::cache::folder::CacheFolder;
use crate::cache::segment::{Segment, Source, hash_of};
use crate::cache::validity::Validity;
use crate::cache::writer::{At, Writer};
use crate::calendar::Calendar;
use crate::check::Moment;
use crate::log::fault::Faults;
use crate::log::reader::{self, Row, Stretch};
use crate::log::schema::Schema;
use crate::log::time::Clock;
use crate::stats::needs::Needs;
use crate::stats::summary::Summary;
use crate::store::folder::{Files, LogFile, Opened, sites};

/// How many bytes may follow what is kept of a file before more of it is kept: about as many
/// as can be read in the time it takes to write.
const LONG_TAIL: u64 = 1 << 14;

/// How files are to be read.
#[derive(Debug)]
pub struct Loader<'a> {
    /// How rows are understood.
    pub schema: &'a Schema,
    /// The zone of local times.
    pub calendar: &'a Calendar,
    /// What must be known.
    pub needs: Needs,
    /// Where cached results are, if they may be used.
    pub cache: Option<&'a CacheFolder>,
    /// The present: a file that has just been changed may be changing.
    pub now: Moment,
    /// Which files of their sites are given: only what is known of all can be cached.
    pub files: Files,
}

/// How summaries of site folders are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouping {
    /// One for each site folder.
    BySite,
    /// One, as if a single folder held all files.
    Together,
}

/// The summary of one site folder's listed files.
#[derive(Debug, Default)]
pub struct SiteLog {
    /// The company's folder name; empty if all folders are one.
    pub company: String,
    /// The site's folder name; empty if all folders are one.
    pub site: String,
    /// What its files say.
    pub summary: Summary,
}

impl Loader<'_> {
    /// Reads files, in their order, into summaries. What can't be used of the selected ones is
    /// added to `faults`.
    pub fn load(&self, grouping: Grouping, files: &[LogFile], faults: &mut Faults) -> Vec<SiteLog> {
        match grouping {
            Grouping::BySite => self.read(files, faults),
            Grouping::Together => vec![SiteLog {
                summary: self.read_together(files, faults),
                ..SiteLog::default()
            }],
        }
    }

    fn read(&self, files: &[LogFile], faults: &mut Faults) -> Vec<SiteLog> {
        let site = |files: &[LogFile]| SiteLog {
            summary: self.read_site(files, faults),
            company: files[0].folder.company.clone(),
            site: files[0].folder.site.clone(),
        };
        sites(files).map(site).collect()
    }

    fn read_together(&self, files: &[LogFile], faults: &mut Faults) -> Summary {
        let mut summary = Summary::default();
        for log in self.read(files, faults) {
            summary.merge_site(log.summary);
        }
        self.read_again_what_is_mixed(&mut summary, files, &self.needs, faults);
        summary
    }

    fn read_site(&self, files: &[LogFile], faults: &mut Faults) -> Summary {
        let cached = self
            .cache
            .and_then(|cache| CacheFile::find(cache, &files[0].folder));
        let place = self.cache.filter(|_| self.files == Files::OfSites);
        let mut writer = Writer::new(files, cached.as_ref(), place);
        let (mut summary, read) = self
            .read_past(files, &mut writer, faults)
            .unwrap_or_default();
        for file in &files[read..] {
            let mut segment = self.read_file(file, &mut writer);
            if file.selected {
                faults.merge(segment.faults);
            }
            segment.summary.keep_details(&self.needs);
            summary.merge(segment.summary);
        }
        writer.publish();
        summary.keep_runs(&self.needs);
        self.read_again_what_is_mixed(&mut summary, files, &self.needs, faults);
        summary.show_rest();
        summary
    }

    /// What is kept of the first files together, and how many they are.
    fn read_past(
        &self,
        files: &[LogFile],
        writer: &mut Writer,
        faults: &mut Faults,
    ) -> Option<(Summary, usize)> {
        let past = writer
            .past()
            .filter(|past| self.is_answer(past.timed, past.validity))?;
        let (count, met) = (past.count, past.faults.clone());
        let mut summary = writer.past_summary(&self.needs)?;
        summary.keep_details(&self.needs);
        for (number, met) in met {
            if files.get(number).is_some_and(|file| file.selected) {
                faults.merge(met);
            }
        }
        Some((summary, count))
    }

    /// Whether a cached result is what a fresh read would give now.
    fn is_answer(&self, timed: bool, validity: Validity) -> bool {
        (timed || !self.needs_times()) && validity.contains(self.now)
    }

    fn needs_times(&self) -> bool {
        self.needs.times()
    }

    /// What a file says: what is kept of it, as far as that still holds, and the rest.
    fn read_file(&self, file: &LogFile, writer: &mut Writer) -> Segment {
        let known = writer.find(file.name());
        let known = known.filter(|(_, source)| self.is_answer(source.timed, source.validity));
        known
            .and_then(|(at, source)| self.read_kept(file, at, source, writer))
            .unwrap_or_else(|| self.read_anew(file, writer))
    }

    fn read_kept(
        &self,
        file: &LogFile,
        at: At,
        source: Source,
        writer: &mut Writer,
    ) -> Option<Segment> {
        if source.stamp == file.stamp {
            let segment = writer.segment(at, &self.needs)?;
            writer.carry(at, source);
            return Some(segment);
        }
        source.end?;
        let more = file.stamp.size().checked_sub(source.length)?;
        let again = more == 0 || (more > LONG_TAIL && source.timed == self.needs_times());
        let caches = again && writer.can_write();
        let mut input = file.open().ok()?;
        if hash_of(&mut input.input, source.length).ok()?? != source.hash {
            return None;
        }
        if more == 0 {
            let segment = writer.segment(at, &self.needs)?;
            let settled = caches && writer.is_settled(&file.stamp);
            let stamp = if settled { file.stamp } else { source.stamp };
            writer.carry(at, Source { stamp, ..source });
            return Some(segment);
        }
        let needs = if caches { &Needs::ALL } else { &self.needs };
        let mut segment = writer.segment(at, needs)?;
        let before = writer.hash_before(file, &mut input);
        let now = self.read_into(&mut segment, file, &mut input, Some(source), needs);
        let mut urls = segment.summary.urls.values();
        if urls.any(|url| !url.timeline.ordered) {
            return None;
        }
        if !(caches && writer.add(file, input, now, before, &segment)) {
            writer.carry(at, source);
        }
        Some(segment)
    }

    fn read_anew(&self, file: &LogFile, writer: &mut Writer) -> Segment {
        let mut segment = Segment::default();
        let caches = writer.can_write();
        let needs = if caches { &Needs::ALL } else { &self.needs };
        match file.open() {
            Ok(mut input) => {
                let before = writer.hash_before(file, &mut input);
                let source = self.read_into(&mut segment, file, &mut input, None, needs);
                self.read_again_what_is_mixed(
                    &mut segment.summary,
                    std::slice::from_ref(file),
                    needs,
                    &mut segment.faults,
                );
                if caches {
                    writer.add(file, input, source, before, &segment);
                }
            }
            Err(failure) => segment.faults.add_failure(&file.place(), None, failure),
        }
        segment
    }

    /// Reads a file into a segment of it, or what follows what that segment was made from.
    fn read_into(
        &self,
        segment: &mut Segment,
        file: &LogFile,
        input: &mut Opened,
        from: Option<Source>,
        needs: &Needs,
    ) -> Source {
        let (place, month) = (file.place(), file.month());
        let mut clock = self.clock();
        if let (Some(clock), Some(from)) = (&mut clock, from) {
            clock.previous = from.previous;
        }
        let stretch = Stretch {
            from: from.and_then(|from| from.end),
            leave_unended: input.is_fresh(self.now),
        };
        let end = reader::read(
            &mut input.input,
            self.schema,
            clock.as_mut(),
            stretch,
            |row| match row {
                Row::Check(check) => segment.summary.add(month, &check, needs),
                Row::Repeat { check, times } => segment.summary.count(month, &check, times),
                Row::Fault { line, reason } => segment.faults.add(&place, line, reason),
            },
        );
        segment.faults.passing |= end.left;
        let mut validity = from.map(|from| from.validity).unwrap_or_default();
        if let Some(clock) = &clock {
            validity = validity.and(Validity::of_times(clock));
        }
        if !end.ended {
            validity = validity.and(Validity::of_unended(file.stamp.modified(), self.now));
        }
        Source {
            stamp: file.stamp,
            length: end.abandoned_at.unwrap_or(file.stamp.size()),
            hash: 0,
            end: end.place.filter(|_| end.ended),
            timed: self.needs_times(),
            previous: clock.and_then(|clock| clock.previous),
            validity,
        }
    }

    pub(super) fn clock(&self) -> Option<Clock<'_>> {
        self.needs_times()
            .then(|| Clock::new(self.calendar, self.now))
    }
}
