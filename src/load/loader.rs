//! Listed files to the summaries of their site folders: from the cache where it is valid, from the
//! logs where it is not.

use crate::cache::file::{CacheFile, TAIL};
use crate::cache::folder::CacheFolder;
use crate::cache::segment::{Segment, Source, hash_of};
use crate::cache::validity::Validity;
use crate::cache::writer::{SegmentId, Writer};
use crate::calendar::Calendar;
use crate::check::Moment;
use crate::log::fault::Faults;
use crate::log::reader::{self, Row, Stretch};
use crate::log::schema::Schema;
use crate::log::time::Clock;
use crate::stats::needs::Needs;
use crate::stats::summary::Summary;
use crate::store::folder::{Files, LogFile, Opened, sites};

/// How many appended bytes to re-read per request before rewriting the cache: about as many as can
/// be read in the time the write takes.
const LONG_TAIL: u64 = 1 << 14;

/// How files are to be read.
#[derive(Debug)]
pub struct Loader<'a> {
    pub schema: &'a Schema,
    /// The calendar of local times.
    pub calendar: &'a Calendar,
    pub needs: Needs,
    /// `None` if the operator allows no cache.
    pub cache: Option<&'a CacheFolder>,
    /// The present, by which times in the future and files still being written are recognised.
    pub now: Moment,
    /// Which files were listed. Only with all files of a site can its cache file be written.
    pub files: Files,
}

/// How the summaries of site folders are combined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouping {
    /// One summary for each site folder.
    BySite,
    /// One summary of all, as if a single folder held all files.
    Together,
}

/// The summary of one site folder's listed files.
#[derive(Debug, Default)]
pub struct SiteLog {
    /// The company's folder name; empty with [`Grouping::Together`].
    pub company: String,
    /// The site's folder name; empty with [`Grouping::Together`].
    pub site: String,
    pub summary: Summary,
}

impl Loader<'_> {
    /// Reads files, in their order, into summaries. Adds the faults of the selected files to
    /// `faults`.
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
        let mut tail = [0; TAIL];
        let site = |files: &[LogFile]| SiteLog {
            summary: self.read_site(files, &mut tail, faults),
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
        self.sort_unsorted(&mut summary, files, &self.needs, faults);
        summary
    }

    fn read_site(&self, files: &[LogFile], tail: &mut [u8; TAIL], faults: &mut Faults) -> Summary {
        let cached = self
            .cache
            .and_then(|cache| CacheFile::find(cache, &files[0].folder, tail));
        let folder = self.cache.filter(|_| self.files == Files::OfSites);
        let mut writer = Writer::new(files, cached.as_ref(), folder);
        let (mut summary, read) = self
            .read_merged(files, &mut writer, faults)
            .unwrap_or_default();
        for file in &files[read..] {
            let mut segment = self.read_file(file, &mut writer);
            if file.selected {
                faults.merge(segment.faults);
            }
            segment.summary.retain_details(&self.needs);
            summary.merge(segment.summary);
        }
        writer.publish();
        summary.retain_runs(&self.needs);
        self.sort_unsorted(&mut summary, files, &self.needs, faults);
        summary.list_rest();
        summary
    }

    /// The merged cached summary of the first files, and how many files these are.
    fn read_merged(
        &self,
        files: &[LogFile],
        writer: &mut Writer,
        faults: &mut Faults,
    ) -> Option<(Summary, usize)> {
        let merged = writer
            .merged()
            .filter(|merged| self.is_valid(merged.timed, merged.validity))?;
        let (count, file_faults) = (merged.count, merged.faults.clone());
        let mut summary = writer.merged_summary(&self.needs)?;
        summary.retain_details(&self.needs);
        for (number, of_file) in file_faults {
            if files.get(number).is_some_and(|file| file.selected) {
                faults.merge(of_file);
            }
        }
        Some((summary, count))
    }

    /// Whether a fresh read would now agree with a cached result, if its file has not changed.
    fn is_valid(&self, timed: bool, validity: Validity) -> bool {
        (timed || !self.needs_times()) && validity.contains(self.now)
    }

    fn needs_times(&self) -> bool {
        self.needs.details.is_some()
    }

    /// The segment of a file: the cached one if it is valid, plus what was appended since, or a new
    /// one.
    fn read_file(&self, file: &LogFile, writer: &mut Writer) -> Segment {
        let known = writer.find(file.name());
        let known = known.filter(|(_, source)| self.is_valid(source.timed, source.validity));
        known
            .and_then(|(id, source)| self.read_cached(file, id, source, writer))
            .unwrap_or_else(|| self.read_whole(file, writer))
    }

    /// The cached segment, plus what was appended since; `None` if the file must be read as a
    /// whole.
    fn read_cached(
        &self,
        file: &LogFile,
        id: SegmentId,
        source: Source,
        writer: &mut Writer,
    ) -> Option<Segment> {
        if source.stamp == file.stamp {
            let segment = writer.segment(id, &self.needs)?;
            writer.reuse(id, source);
            return Some(segment);
        }
        source.resume_at?;
        let appended = file.stamp.size().checked_sub(source.length)?;
        let is_worth_writing =
            appended == 0 || (appended > LONG_TAIL && source.timed == self.needs_times());
        let caches = is_worth_writing && writer.can_write();
        let mut input = file.open().ok()?;
        if hash_of(&mut input.input, source.length).ok()?? != source.hash {
            return None;
        }
        if appended == 0 {
            let segment = writer.segment(id, &self.needs)?;
            let settled = caches && writer.is_settled(&file.stamp);
            let stamp = if settled { file.stamp } else { source.stamp };
            writer.reuse(id, Source { stamp, ..source });
            return Some(segment);
        }
        let needs = if caches { &Needs::ALL } else { &self.needs };
        let mut segment = writer.segment(id, needs)?;
        let before = caches.then(|| writer.hash_before(file, &mut input));
        let extended = self.read_into(&mut segment, file, &mut input, Some(source), needs);
        let mut urls = segment.summary.urls.values();
        if urls.any(|url| !url.timeline.sorted) {
            return None;
        }
        if !(caches && writer.add(file, input, extended, before.flatten(), &segment)) {
            writer.reuse(id, source);
        }
        Some(segment)
    }

    fn read_whole(&self, file: &LogFile, writer: &mut Writer) -> Segment {
        let mut segment = Segment::default();
        let caches = writer.can_write();
        let needs = if caches { &Needs::ALL } else { &self.needs };
        match file.open() {
            Ok(mut input) => {
                let before = writer.hash_before(file, &mut input);
                let source = self.read_into(&mut segment, file, &mut input, None, needs);
                self.sort_unsorted(
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

    /// Reads a file into `segment`; with `from`, only what follows the source of that segment.
    /// Returns the new source, without its hash.
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
            from: from.and_then(|from| from.resume_at),
            unended: input.unended_line(self.now),
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
        segment.faults.transient |= end.skipped;
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
            resume_at: end.position.filter(|_| end.ended),
            timed: self.needs_times(),
            previous: clock.and_then(|clock| clock.previous),
            validity,
        }
    }

    pub(super) fn clock(&self) -> Option<Clock<'_>> {
        let clock = || Clock::new(self.calendar, self.now);
        self.needs_times().then(clock)
    }
}
