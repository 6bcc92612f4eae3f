//! The files of one site folder to segments that follow each other in time. Files whose rows are
//! mixed, because rows are late, a file was copied, or two monitors write one each, become one.

use super::order::{Ends, Groups};
use super::read::Loader;
use super::unsorted::Sorter;
use crate::cache::segment::{Segment, Source, hash_of};
use crate::cache::writer::{FileRead, Planned, SegmentId, Writer};
use crate::check::Timestamp;
use crate::log::fault::Faults;
use crate::log::reader::Row;
use crate::stats::needs::Needs;
use crate::stats::rules::SiteReading;
use crate::stats::summary::SourceMonth;
use crate::store::folder::{LogFile, Opened};

/// How many appended bytes to re-read per request before rewriting the cache: about as many as can
/// be read in the time the write takes.
const LONG_TAIL: u64 = 1 << 14;

/// The reading of one site folder.
#[derive(Debug)]
pub(super) struct Site<'a> {
    loader: &'a Loader<'a>,
    files: &'a [LogFile],
    reading: SiteReading<'a>,
    writer: Writer<'a>,
}

/// A segment, and what the new cache file has of it.
#[derive(Debug)]
struct Unit {
    segment: Segment,
    cached: Option<Planned>,
}

/// A file that has changed since it was cached.
#[derive(Debug)]
struct Changed<'a> {
    file: &'a LogFile,
    input: Opened,
    source: Source,
    /// The hash of the file before it is read, if it may be cached again.
    before: Option<u64>,
}

impl<'a> Site<'a> {
    pub(super) fn new(
        loader: &'a Loader<'a>,
        files: &'a [LogFile],
        reading: SiteReading<'a>,
        writer: Writer<'a>,
    ) -> Self {
        Self {
            loader,
            files,
            reading,
            writer,
        }
    }

    /// Reads all files, to segments in order of time.
    pub(super) fn read(&mut self) -> Vec<Segment> {
        if let Some(segment) = self.in_order() {
            return vec![segment];
        }
        self.writer.clear();
        let units = self.units();
        units.into_iter().map(|unit| unit.segment).collect()
    }

    /// Replaces the cache file if anything changed.
    pub(super) fn publish(self) {
        self.writer.publish();
    }

    /// Reads all files, each merged with those before it at once: a hundred months of a thousand
    /// URLs are too many to hold. `None` if a file is mixed in time with those before it.
    fn in_order(&mut self) -> Option<Segment> {
        let mut sum = self.merged();
        loop {
            let files = sum.as_ref().map_or(0, |sum| sum.faults.len());
            let rest = &self.files[files..];
            if rest.is_empty() {
                return Some(sum.unwrap_or_default());
            }
            let mut next = self.read_next(rest);
            next.summary.retain_details(self.reading.needs);
            match &mut sum {
                None => sum = Some(next),
                Some(sum) if sum.summary.overlaps(&next.summary) => return None,
                Some(sum) => {
                    sum.summary.merge(next.summary, self.reading);
                    sum.faults.extend(next.faults);
                }
            }
        }
    }

    /// The cached segments of the first files, merged, if they are valid.
    fn merged(&mut self) -> Option<Segment> {
        let merged = self.writer.merged()?;
        if !self.loader.is_valid(merged.timed, merged.validity) {
            return None;
        }
        let faults = merged.faults()?;
        let mut summary = self.writer.merged_summary(self.reading.needs)?;
        summary.retain_details(self.reading.needs);
        Some(Segment { summary, faults })
    }

    /// Reads all files one by one, and finds out which of them are mixed in time.
    fn units(&mut self) -> Vec<Unit> {
        let mut units: Vec<Unit> = Vec::new();
        let mut ends = Ends::default();
        let mut mixed = Groups::default();
        loop {
            let rest = &self.files[files_of(&units)..];
            if rest.is_empty() {
                return self.sort_mixed(units, mixed);
            }
            let mut segment = self.read_next(rest);
            segment.summary.retain_details(self.reading.needs);
            let cached = self.writer.take();
            if ends.are_after(&segment.summary) {
                let is_mixed = |unit: &Unit| unit.segment.summary.overlaps(&segment.summary);
                let first = units.iter().position(is_mixed).unwrap_or(units.len());
                mixed.join(first..units.len() + 1);
            }
            ends.extend(&segment.summary);
            units.push(Unit { segment, cached });
        }
    }

    /// Replaces each group of units that are mixed in time by one unit, sorted.
    fn sort_mixed(&mut self, units: Vec<Unit>, Groups(mixed): Groups) -> Vec<Unit> {
        let mut sorted = Vec::new();
        let mut group = mixed.iter().peekable();
        let mut files = self.files;
        let mut count = 0;
        for (number, unit) in units.into_iter().enumerate() {
            count += unit.segment.faults.len();
            match group.peek() {
                Some(mixed) if mixed.contains(&number) => {
                    if number + 1 < mixed.end {
                        continue;
                    }
                    group.next();
                    let mut segment = self.read_whole(&files[..count]);
                    segment.summary.retain_details(self.reading.needs);
                    sorted.push(Unit {
                        segment,
                        cached: None,
                    });
                }
                _ => {
                    self.writer.put(unit.cached);
                    sorted.push(Unit {
                        cached: None,
                        ..unit
                    });
                }
            }
            files = &files[count..];
            count = 0;
        }
        sorted
    }

    /// The next segment: the cached one if it is valid, plus what was appended since, or a new one
    /// of the first file.
    fn read_next(&mut self, files: &'a [LogFile]) -> Segment {
        let is_valid = |source: &Source| self.loader.is_valid(source.timed, source.validity);
        let known = self.writer.find(files);
        let known = known.filter(|(_, sources)| sources.iter().all(is_valid));
        known
            .and_then(|(id, sources)| self.read_cached(&files[..sources.len()], id, sources))
            .unwrap_or_else(|| self.read_whole(&files[..1]))
    }

    /// A cached segment, plus what was appended since; `None` if its files must be read as a whole.
    fn read_cached(
        &mut self,
        files: &'a [LogFile],
        id: SegmentId,
        mut sources: Vec<Source>,
    ) -> Option<Segment> {
        let mut changed = Vec::new();
        let mut appended = 0;
        for (file, source) in files.iter().zip(&sources) {
            if source.stamp != file.stamp {
                source.resume_at?;
                appended += file.stamp.size().checked_sub(source.length)?;
                changed.push((file, *source));
            }
        }
        let is_timed = sources.iter().all(|source| source.timed) == self.loader.needs_times();
        let is_worth_writing = appended == 0 || (appended > LONG_TAIL && is_timed);
        let caches = !changed.is_empty() && is_worth_writing && self.writer.can_write();
        let opened = changed.into_iter().map(|(file, source)| {
            let mut input = file.open().ok()?;
            let hash = hash_of(&mut input.input, source.length).ok()?;
            if hash? != source.hash {
                return None;
            }
            let before = caches.then(|| self.writer.hash_before(file, &mut input));
            Some(Changed {
                file,
                input,
                source,
                before: before.flatten(),
            })
        });
        let changed = opened.collect::<Option<Vec<_>>>()?;
        if appended == 0 {
            let segment = self.writer.segment(id, self.reading.needs)?;
            for (file, source) in files.iter().zip(&mut sources) {
                if caches && self.writer.is_settled(&file.stamp) {
                    source.stamp = file.stamp;
                }
            }
            self.writer.reuse(id, sources);
            return Some(segment);
        }
        let reading = self.reading(caches);
        let mut segment = self.writer.segment(id, reading.needs)?;
        let read = self.read_appended(files, &sources, changed, &mut segment, reading)?;
        if !(caches && self.writer.add(read, &segment)) {
            self.writer.reuse(id, sources);
        }
        Some(segment)
    }

    /// Adds what was appended to the files of a segment. `None` if a row belongs before those that
    /// are part of it.
    fn read_appended(
        &self,
        files: &'a [LogFile],
        sources: &[Source],
        changed: Vec<Changed<'a>>,
        segment: &mut Segment,
        reading: SiteReading,
    ) -> Option<Vec<FileRead<'a>>> {
        let mut read: Vec<FileRead> = Vec::new();
        let mut changed = changed.into_iter().peekable();
        let mut sorter = Sorter::default();
        let Segment { summary, faults } = segment;
        for ((file, source), faults) in files.iter().zip(sources).zip(faults) {
            let Some(mut own) = changed.next_if(|changed| changed.file.name() == file.name())
            else {
                read.push(FileRead::unchanged(file, *source));
                continue;
            };
            let month = SourceMonth::of(file.month());
            let (input, from) = (&mut own.input, Some(own.source));
            let source = self.loader.read_file(file, input, from, faults, |row| {
                match row {
                    // The rows of several files are only in order once all are read.
                    Row::Check(check) if files.len() > 1 => {
                        if let Some(check) = sorter.add(file.month(), check) {
                            summary.add(&month, check, &reading);
                        }
                    }
                    Row::Check(check) => summary.add(&month, check, &reading),
                    Row::Repeat { check, times } => summary.count(&month, &check, times),
                    Row::Fault { .. } => {}
                }
            });
            read.push(FileRead {
                file: own.file,
                source,
                read: Some((own.input, own.before)),
            });
        }
        let mut ends = Ends::default();
        ends.extend(summary);
        let mut is_later = true;
        sorter.sort(|month, check| {
            if let Timestamp::At(when) = check.time {
                is_later &= ends.of(check.url).is_none_or(|end| when.at > end);
            }
            summary.add(month, check, &reading);
        });
        summary.rest(reading);
        (is_later && summary.is_sorted()).then_some(read)
    }

    /// Reads files as a whole, to one segment; several are sorted.
    fn read_whole(&mut self, files: &'a [LogFile]) -> Segment {
        let caches = self.writer.can_write();
        let reading = self.reading(caches);
        let mut segment = Segment::default();
        let mut read = Vec::new();
        for file in files {
            let mut faults = Faults::default();
            match file.open() {
                Ok(mut input) => {
                    let before = self.writer.hash_before(file, &mut input);
                    let month = SourceMonth::of(file.month());
                    let summary = &mut segment.summary;
                    let sink = |row: Row| match row {
                        Row::Check(check) => summary.add(&month, check, &reading),
                        Row::Repeat { check, times } => summary.count(&month, &check, times),
                        Row::Fault { .. } => {}
                    };
                    let source = self
                        .loader
                        .read_file(file, &mut input, None, &mut faults, sink);
                    read.push(FileRead {
                        file,
                        source,
                        read: Some((input, before)),
                    });
                }
                Err(failure) => faults.add_failure(&file.place(), None, failure),
            }
            segment.faults.push(faults);
        }
        let Segment { summary, faults } = &mut segment;
        self.loader.sort_unsorted(summary, files, reading, faults);
        summary.rest(reading);
        if caches && read.len() == files.len() {
            self.writer.add(read, &segment);
        }
        segment
    }

    /// What checks are read with: with all details if they are cached.
    fn reading(&self, caches: bool) -> SiteReading<'a> {
        if caches {
            self.reading.with(&Needs::ALL)
        } else {
            self.reading
        }
    }
}

/// How many files some units have.
fn files_of(units: &[Unit]) -> usize {
    units.iter().map(|unit| unit.segment.faults.len()).sum()
}
