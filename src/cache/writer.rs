//! Reuses a site's cached segments while reading, and writes the next cache file. Which segments
//! are valid and which files must be read is the loader's decision.

use std::cell::OnceCell;
use std::io::Seek;

use super::file::{CacheFile, Draft, Front};
use super::folder::CacheFolder;
use super::segment::{Head, Merged, Segment, Source, hash_of, hash_of_files};
use crate::stats::needs::Needs;
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
enum Planned {
    /// This many segments from the start of the old cache file.
    Merged(usize),
    /// A segment of the old cache file, perhaps with a new stamp of its log.
    Old(SegmentId, Source),
    /// A new segment, by its encoded head.
    New(Vec<u8>),
}

impl<'a> Writer<'a> {
    /// A writer for a site's logs, their cache file, and the folder for the next one.
    pub(crate) fn new(
        files: &'a [LogFile],
        old: Option<&'a CacheFile>,
        folder: Option<&'a CacheFolder>,
    ) -> Self {
        Self {
            files,
            old: old.and_then(|cached| Some((cached, cached.front()?))),
            heads: OnceCell::new(),
            folder,
            draft: OnceCell::new(),
            segments: Vec::new(),
        }
    }

    /// The merged heads of the first files, if none of these files has changed.
    pub(crate) fn merged(&self) -> Option<&Merged<'a>> {
        let (_, front) = self.old.as_ref()?;
        let merged = &front.merged;
        let files = self.files.get(..merged.count)?;
        (merged.count > 0 && hash_of_files(files) == merged.hash).then_some(merged)
    }

    /// The summary of those files. Their segments are copied to the new cache file.
    pub(crate) fn merged_summary(&mut self, needs: &Needs) -> Option<Summary> {
        let (cached, front) = self.old.as_ref()?;
        let summary = cached.merged_summary(front, needs)?;
        self.segments.push(Planned::Merged(front.merged.count));
        Some(summary)
    }

    /// The cached segment of the file with this name.
    pub(crate) fn find(&self, name: &str) -> Option<(SegmentId, Source)> {
        let (_, front) = self.old.as_ref()?;
        if front.last.name == name {
            return Some((SegmentId::Last, front.last.source));
        }
        let number = self.heads().iter().position(|head| head.name == name)?;
        Some((SegmentId::Earlier(number), self.heads()[number].source))
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

    /// A file's cached segment, with the details that are needed.
    pub(crate) fn segment(&self, id: SegmentId, needs: &Needs) -> Option<Segment> {
        let (cached, _) = self.old.as_ref()?;
        cached.segment(self.head(id)?, needs)
    }

    /// Copies a segment of the old cache file to the new one.
    pub(crate) fn reuse(&mut self, id: SegmentId, source: Source) {
        self.segments.push(Planned::Old(id, source));
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
    /// what the file says with its present stamp, or else with its present bytes, by their hash
    /// `before` and after reading. Then no stamp is stored, so that a later request compares hashes.
    pub(crate) fn add(
        &mut self,
        file: &LogFile,
        mut input: Opened,
        source: Source,
        before: Option<u64>,
        segment: &Segment,
    ) -> bool {
        let settled = self.is_settled(&file.stamp);
        // A file of too many URLs is not worth caching.
        let is_whole = !segment.faults.transient && segment.summary.rest.is_empty();
        if !is_whole || !(settled || before.is_some()) {
            return false;
        }
        let Some(hash) = hash_from_start(&mut input, source.length) else {
            return false;
        };
        if !file.is_unchanged(&input) || !(settled || before == Some(hash)) {
            return false;
        }
        let stamp = if settled {
            source.stamp
        } else {
            FileStamp::default()
        };
        let source = Source {
            stamp,
            hash,
            ..source
        };
        let Some(Some(draft)) = self.draft.get_mut() else {
            return false;
        };
        let head = draft.add(file.name(), source, segment);
        let is_added = head.is_some();
        self.segments.extend(head.map(Planned::New));
        is_added
    }

    /// Replaces the cache file if anything changed; a failed write is ignored.
    pub(crate) fn publish(mut self) -> Option<()> {
        let mut draft = self.draft.take()??;
        let is_new = |segment: &Planned| match segment {
            Planned::Merged(_) => false,
            Planned::Old(id, source) => self.head(*id).is_some_and(|head| head.source != *source),
            Planned::New(_) => true,
        };
        if !self.segments.iter().any(is_new) {
            return None;
        }
        let mut copy = |head: &Head, source| draft.copy(head, source, self.old.as_ref()?.0);
        let mut heads = Vec::new();
        for segment in &self.segments {
            match segment {
                Planned::Merged(count) => {
                    for head in self.heads().get(..*count)? {
                        heads.push(copy(head, head.source)?);
                    }
                }
                Planned::Old(id, source) => heads.push(copy(self.head(*id)?, *source)?),
                Planned::New(head) => heads.push(head.clone()),
            }
        }
        draft.publish(&heads, self.files)
    }
}

fn hash_from_start(input: &mut Opened, length: u64) -> Option<u64> {
    input.input.rewind().ok()?;
    let hash = hash_of(&mut input.input, length).ok()?;
    input.input.rewind().ok()?;
    hash
}
