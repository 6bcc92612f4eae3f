//! What is kept of one site's files while they are read, and what will be.

use std::cell::OnceCell;
use std::io::Seek;

use super::directory::State;
use super::folder::{LogFile, Opened};
use super::part::{Head, Part, Past, Source, hash_of, hash_of_states};
use super::rollup::{Draft, Front, Rollup};
use super::rollup_folder::Rollups;
use crate::stats::summary::Summary;
use crate::stats::timeline::Window;

/// Finds the parts of a site's rollup, and writes the next one.
#[derive(Debug)]
pub struct Keeper<'a> {
    /// The site's files.
    files: &'a [LogFile],
    /// The old rollup.
    old: Option<(&'a Rollup, Front<'a>)>,
    /// The heads of the parts in it, but for the last.
    heads: OnceCell<Vec<Head<'a>>>,
    /// Where a new rollup may be written.
    rollups: Option<&'a Rollups>,
    /// The new one, once there is a reason for it, if it can be written.
    draft: OnceCell<Option<Draft>>,
    /// What it will hold, in the order of the files.
    entries: Vec<Entry>,
}

/// Up to how many bytes of a file that is not left alone are hashed twice to keep what it says:
/// a log of a check a second has this many in a month.
const MOST_HASHED: u64 = 1 << 28;

/// Which part of the old rollup.
#[derive(Clone, Copy, Debug)]
pub enum At {
    /// One of those before the last.
    Number(usize),
    /// The last.
    Last,
}

/// Parts of the new rollup.
#[derive(Debug)]
enum Entry {
    /// So many of the old, from the first on.
    Past(usize),
    /// One of the old, which may have come to be of a later state of its file.
    Old(At, Source),
    /// A new one, of which this is the head.
    New(Vec<u8>),
}

impl<'a> Keeper<'a> {
    /// A keeper for a site's files, with the present rollup, and the place for the next.
    pub fn new(
        files: &'a [LogFile],
        old: Option<&'a Rollup>,
        rollups: Option<&'a Rollups>,
    ) -> Self {
        Self {
            files,
            old: old.and_then(|rollup| Some((rollup, rollup.front()?))),
            heads: OnceCell::new(),
            rollups,
            draft: OnceCell::new(),
            entries: Vec::new(),
        }
    }

    /// What is kept of the first files together, if they are as they were.
    pub fn past(&self) -> Option<&Past<'a>> {
        let (_, front) = self.old.as_ref()?;
        let past = &front.past;
        let files = self.files.get(..past.count)?;
        (past.count > 0 && hash_of_states(files) == past.hash).then_some(past)
    }

    /// What those files say.
    pub fn past_summary(&mut self, window: &Window) -> Option<Summary> {
        let (rollup, front) = self.old.as_ref()?;
        let summary = rollup.past(front, window)?;
        self.entries.push(Entry::Past(front.past.count));
        Some(summary)
    }

    /// The place and the source of what is kept of the file of this name.
    pub fn find(&self, name: &str) -> Option<(At, Source)> {
        let (_, front) = self.old.as_ref()?;
        if front.last.name == name {
            return Some((At::Last, front.last.source));
        }
        let number = self.heads().iter().position(|head| head.name == name)?;
        Some((At::Number(number), self.heads()[number].source))
    }

    fn heads(&self) -> &[Head<'a>] {
        let heads = || {
            let old = self.old.as_ref();
            old.map(|(rollup, front)| rollup.heads(front))
                .unwrap_or_default()
        };
        self.heads.get_or_init(heads)
    }

    fn head(&self, at: At) -> Option<&Head<'a>> {
        match at {
            At::Number(number) => self.heads().get(number),
            At::Last => self.old.as_ref().map(|(_, front)| &front.last),
        }
    }

    /// What a file says, with what a window needs of its details.
    pub fn part(&self, at: At, window: &Window) -> Option<Part> {
        let (rollup, _) = self.old.as_ref()?;
        rollup.part(self.head(at)?, window)
    }

    /// Has a part kept on.
    pub fn carry(&mut self, at: At, source: Source) {
        self.entries.push(Entry::Old(at, source));
    }

    /// Whether a new rollup can be written. To be asked before a file is read: what is written
    /// later is only believed of files that had not changed for a while by then.
    pub fn can_write(&self) -> bool {
        let draft = || Draft::begin(self.rollups?, &self.files.first()?.folder);
        self.draft.get_or_init(draft).is_some()
    }

    /// Whether a file's state can be trusted to change with the file from now on.
    pub fn is_settled(&self, state: &State) -> bool {
        matches!(self.draft.get(), Some(Some(draft)) if draft.is_settled(state))
    }

    /// The hash of a file before it is read, if its state can't show whether it changes meanwhile:
    /// a log that is appended to each second never has another.
    pub fn hash_before(&self, file: &LogFile, input: &mut Opened) -> Option<u64> {
        let size = file.state.size();
        if self.draft.get()?.is_none() || self.is_settled(&file.state) || size > MOST_HASHED {
            return None;
        }
        hash_from_start(input, size)
    }

    /// Has a part kept that has been read, and returns `true`, if it is sure to be what the file
    /// says in its present state, or else what its present bytes say. In that case the state that is
    /// kept is that of none, so that a later request asks the bytes.
    pub fn keep(
        &mut self,
        file: &LogFile,
        mut input: Opened,
        source: Source,
        before: Option<u64>,
        part: &Part,
    ) -> bool {
        let settled = self.is_settled(&file.state);
        // A file of too many URLs is not worth keeping.
        let is_whole = !part.faults.passing && part.summary.rest.is_empty();
        if !is_whole || !(settled || before.is_some()) {
            return false;
        }
        let Some(hash) = hash_from_start(&mut input, source.length) else {
            return false;
        };
        if !file.is_unchanged(&input) || !(settled || before == Some(hash)) {
            return false;
        }
        let state = if settled {
            source.state
        } else {
            State::default()
        };
        let source = Source {
            state,
            hash,
            ..source
        };
        let Some(Some(draft)) = self.draft.get_mut() else {
            return false;
        };
        let head = draft.add(file.name(), source, part);
        let is_kept = head.is_some();
        self.entries.extend(head.map(Entry::New));
        is_kept
    }

    /// Writes the new rollup, if there is anything new in it. One that can't be written is one
    /// that is not there.
    pub fn publish(mut self) -> Option<()> {
        let mut draft = self.draft.take()??;
        let is_new = |entry: &Entry| match entry {
            Entry::Past(_) => false,
            Entry::Old(at, source) => self.head(*at).is_some_and(|head| head.source != *source),
            Entry::New(_) => true,
        };
        if !self.entries.iter().any(is_new) {
            return None;
        }
        let mut copy = |head: &Head, source| draft.copy(head, source, self.old.as_ref()?.0);
        let mut heads = Vec::new();
        for entry in &self.entries {
            match entry {
                Entry::Past(count) => {
                    for head in self.heads().get(..*count)? {
                        heads.push(copy(head, head.source)?);
                    }
                }
                Entry::Old(at, source) => heads.push(copy(self.head(*at)?, *source)?),
                Entry::New(head) => heads.push(head.clone()),
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
