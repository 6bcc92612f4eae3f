//! Reuses a site's cached segments while reading, and writes the next cache file. Which segments
//! are valid and which files must be read is the loader's decision.

use std::cell::OnceCell;
use std::io::Seek;

use super::file::{CacheFile, Draft, Front};
use super::folder::CacheFolder;
use super::segment::{Head, Merged, Segment, Source, hash_of, hash_of_files, hash_of_rules};
use crate::stats::needs::Needs;
use crate::stats::rules::SiteReading;
use crate::stats::summary::Summary;
use crate::store::directory::FileStamp;
use crate::store::folder::{LogFile, Opened};

/// Reuses the segments of a site's cache file, and writes the next one.
#[derive(Debug)]
pub(crate) struct Writer<'a> {
    files: &'a [LogFile],
    old: Option<(&'a CacheFile, Front<'a>)>,
    /// The heads of all segments of the old cache file but the last.
    heads: OnceCell<Vec<Head<'a>>>,
    /// Where a new cache file may be written.
    folder: Option<&'a CacheFolder>,
    reading: SiteReading<'a>,
    /// The new cache file, once there is something to cache; `None` if it can't be written.
    draft: OnceCell<Option<Draft>>,
    /// The segments of the new cache file, in the order of the logs.
    segments: Vec<Planned>,
}

/// How many bytes of a file that is never left alone are hashed twice to cache it: a log of a check a
/// second has this many in a month.
const MOST_HASHED: u64 = 1 << 28;

/// A segment of the old cache file.
#[derive(Clone, Copy, Debug)]
pub(crate) enum SegmentId {
    /// One before the last, by number.
    Earlier(usize),
    Last,
}

/// Segments of the new cache file.
#[derive(Debug)]
pub(crate) enum Planned {
    /// This many segments from the start of the old cache file.
    Merged(usize),
    /// A segment of the old cache file, perhaps with new stamps of its logs.
    Old(SegmentId, Vec<Source>),
    /// A new segment, by its encoded head.
    New(Vec<u8>),
}

/// A file of a segment to be cached.
#[derive(Debug)]
pub(crate) struct FileRead<'a> {
    pub file: &'a LogFile,
    /// What was read of it, without its hash.
    pub source: Source,
    /// The file that was read, and its hash before that, if it was asked for; `None` if it was not,
    /// because it has not changed since it was cached.
    pub read: Option<(Opened, Option<u64>)>,
}

impl<'a> FileRead<'a> {
    /// A file that has not changed since it was cached.
    pub(crate) fn unchanged(file: &'a LogFile, source: Source) -> Self {
        let read = None;
        Self { file, source, read }
    }
}

impl<'a> Writer<'a> {
    /// A writer for a site's logs, their cache file, and the folder for the next one.
    pub(crate) fn new(
        files: &'a [LogFile],
        old: Option<&'a CacheFile>,
        folder: Option<&'a CacheFolder>,
        reading: SiteReading<'a>,
    ) -> Self {
        let front = |cached: &'a CacheFile| {
            let front = cached.front()?;
            (front.rules == hash_of_rules(reading.rules)).then_some((cached, front))
        };
        Self {
            files,
            old: old.and_then(front),
            heads: OnceCell::new(),
            folder,
            reading,
            draft: OnceCell::new(),
            segments: Vec::new(),
        }
    }

    /// The merged heads of the first files, if none of these files has changed.
    pub(crate) fn merged(&self) -> Option<&Merged<'a>> {
        let (_, front) = self.old.as_ref()?;
        let merged = &front.merged;
        let files = self.files.get(..merged.files)?;
        (merged.files > 0 && hash_of_files(files) == merged.hash).then_some(merged)
    }

    /// The summary of those files. Their segments are copied to the new cache file.
    pub(crate) fn merged_summary(&mut self, needs: &Needs) -> Option<Summary> {
        let (cached, front) = self.old.as_ref()?;
        let summary = cached.merged_summary(front, needs)?;
        self.segments.push(Planned::Merged(front.merged.segments));
        Some(summary)
    }

    /// The cached segment that begins with the first of these files, and what was read for it.
    pub(crate) fn find(&self, files: &[LogFile]) -> Option<(SegmentId, Vec<Source>)> {
        let is_next = |head: &Head| {
            let names = head.sources.iter().map(|(name, _)| *name);
            let own = files.get(..head.sources.len());
            own.is_some_and(|own| own.iter().map(LogFile::name).eq(names))
        };
        let (_, front) = self.old.as_ref()?;
        let id = if is_next(&front.last) {
            SegmentId::Last
        } else {
            SegmentId::Earlier(self.heads().iter().position(is_next)?)
        };
        let sources = self.head(id)?.sources.iter();
        Some((id, sources.map(|(_, source)| *source).collect()))
    }

    fn heads(&self) -> &[Head<'a>] {
        let heads = || {
            let old = self.old.as_ref();
            old.map(|(cached, front)| cached.heads(front))
                .unwrap_or_default()
        };
        self.heads.get_or_init(heads)
    }

    fn head(&self, id: SegmentId) -> Option<&Head<'a>> {
        match id {
            SegmentId::Earlier(number) => self.heads().get(number),
            SegmentId::Last => self.old.as_ref().map(|(_, front)| &front.last),
        }
    }

    /// A cached segment, with the details that are needed.
    pub(crate) fn segment(&self, id: SegmentId, needs: &Needs) -> Option<Segment> {
        let (cached, _) = self.old.as_ref()?;
        cached.segment(self.head(id)?, needs)
    }

    /// Copies a segment of the old cache file to the new one.
    pub(crate) fn reuse(&mut self, id: SegmentId, sources: Vec<Source>) {
        self.segments.push(Planned::Old(id, sources));
    }

    /// Drops all segments of the new cache file.
    pub(crate) fn clear(&mut self) {
        self.segments.clear();
    }

    /// Takes the last segment out of the new cache file: its files may be mixed in time with later
    /// ones, and be cached as one instead.
    pub(crate) fn take(&mut self) -> Option<Planned> {
        self.segments.pop()
    }

    /// Puts a segment back.
    pub(crate) fn put(&mut self, segment: Option<Planned>) {
        self.segments.extend(segment);
    }

    /// Whether a new cache file can be written. Call before reading: the draft's creation time
    /// decides which files count as settled.
    pub(crate) fn can_write(&self) -> bool {
        let draft = || Draft::begin(self.folder?, &self.files.first()?.folder);
        self.draft.get_or_init(draft).is_some()
    }

    /// Whether any further change of a file will change its stamp.
    pub(crate) fn is_settled(&self, stamp: &FileStamp) -> bool {
        matches!(self.draft.get(), Some(Some(draft)) if draft.is_settled(stamp))
    }

    /// The hash of a file before it is read, if its stamp can't show whether it changes meanwhile:
    /// a log that is appended to each second never has a settled one.
    pub(crate) fn hash_before(&self, file: &LogFile, input: &mut Opened) -> Option<u64> {
        let size = file.stamp.size();
        if self.draft.get()?.is_none() || self.is_settled(&file.stamp) || size > MOST_HASHED {
            return None;
        }
        hash_from_start(input, size)
    }

    /// Caches a segment that was just read, and returns whether it did: only if it is sure to be
    /// what each file says with its present stamp, or else with its present bytes, by their hash
    /// before and after reading. Then no stamp is stored, so that a later request compares hashes.
    pub(crate) fn add(&mut self, read: Vec<FileRead>, segment: &Segment) -> bool {
        // A site of too many URLs is not worth caching.
        let is_whole = segment.summary.rest.is_empty()
            && !segment.faults.iter().any(|faults| faults.transient);
        let sources = || -> Option<Vec<(&str, Source)>> {
            let read = read.into_iter();
            read.map(|read| Some((read.file.name(), self.verify(read)?)))
                .collect()
        };
        let Some(sources) = is_whole.then(sources).flatten() else {
            return false;
        };
        let Some(Some(draft)) = self.draft.get_mut() else {
            return false;
        };
        let head = draft.add(sources, segment);
        let is_added = head.is_some();
        self.segments.extend(head.map(Planned::New));
        is_added
    }

    /// What was read of a file, with its hash, if the file can't have changed meanwhile.
    fn verify(&self, FileRead { file, source, read }: FileRead) -> Option<Source> {
        let Some((mut input, before)) = read else {
            return Some(source);
        };
        let settled = self.is_settled(&file.stamp);
        if !settled && before.is_none() {
            return None;
        }
        let hash = hash_from_start(&mut input, source.length)?;
        let is_same = settled || before == Some(hash);
        let stamp = if settled {
            source.stamp
        } else {
            FileStamp::default()
        };
        (is_same && file.is_unchanged(&input)).then_some(Source {
            stamp,
            hash,
            ..source
        })
    }

    /// Replaces the cache file if anything changed; a failed write is ignored.
    pub(crate) fn publish(mut self) -> Option<()> {
        let mut draft = self.draft.take()??;
        let is_new = |segment: &Planned| match segment {
            Planned::Merged(_) => false,
            Planned::Old(id, sources) => {
                let old = self.head(*id).map(|head| head.sources.iter());
                old.is_some_and(|old| !old.map(|(_, source)| source).eq(sources))
            }
            Planned::New(_) => true,
        };
        if !self.segments.iter().any(is_new) {
            return None;
        }
        let mut copy =
            |head: &Head, sources: &[Source]| draft.copy(head, sources, self.old.as_ref()?.0);
        let mut heads = Vec::new();
        for segment in &self.segments {
            match segment {
                Planned::Merged(count) => {
                    for head in self.heads().get(..*count)? {
                        heads.push(copy(head, &[])?);
                    }
                }
                Planned::Old(id, sources) => heads.push(copy(self.head(*id)?, sources)?),
                Planned::New(head) => heads.push(head.clone()),
            }
        }
        draft.publish(&heads, self.files, self.reading.with(&Needs::ALL))
    }
}

fn hash_from_start(input: &mut Opened, length: u64) -> Option<u64> {
    input.input.rewind().ok()?;
    let hash = hash_of(&mut input.input, length).ok()?;
    input.input.rewind().ok()?;
    hash
}
