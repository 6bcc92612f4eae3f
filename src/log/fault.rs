//! Rows and files that could not be used: counted and named, never fatal.

use std::io;

use serde::{Deserialize, Serialize};

/// How many faults are listed with place and reason; the rest are only counted.
const MOST_LISTED: usize = 20;

/// Why a row or file could not be used.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum FaultReason {
    /// The header lacks this column, so no row of the file is counted.
    MissingColumn(String),
    /// The row has too few fields to hold all required columns.
    ShortRow {
        fields: usize,
        /// The number of fields required.
        wanted: usize,
    },
    /// The row is neither UTF-8 nor CP932.
    NotText,
    /// The time is invalid. The row is included in the counts only.
    BadTime,
    /// The row does not end where it should, for example because a quote is never closed. Only its
    /// first line is skipped.
    EndlessRow,
    /// A time of a note is missing or invalid.
    BadNoteTime,
    /// A note does not begin before it ends.
    BackwardNote,
    /// A note is of no known kind.
    UnknownNoteKind,
    /// The file has too many notes: this one and those after it are not read.
    TooManyNotes,
    /// It is a folder, FIFO or socket instead of a file.
    NotAFile,
    /// It could not be opened, listed or read to its end.
    Unreadable(ReadFailure),
}

/// Why the system refused to read something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ReadFailure {
    /// The program's user lacks permission.
    Denied,
    /// It is gone, or it is a link without a target.
    Missing,
    /// It belongs to another user than the link to it.
    Foreign,
    Other,
}

impl From<io::Error> for ReadFailure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::PermissionDenied => Self::Denied,
            io::ErrorKind::NotFound => Self::Missing,
            _ => Self::Other,
        }
    }
}

/// One row, file or folder that could not be used.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Fault {
    /// The path below the log folder: `company/site/file.csv`.
    pub place: String,
    /// The line the row starts on, from 1; `None` if it is a whole file or folder.
    pub line: Option<u64>,
    pub reason: FaultReason,
}

/// All faults: every one is counted, the first few are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Faults {
    pub count: u64,
    /// The first of them, in reading order.
    pub first: Vec<Fault>,
    /// Whether reading the same files again may give another result, because something could not be
    /// read or was still being written.
    pub transient: bool,
}

impl Faults {
    /// Counts a fault, and lists it if it is among the first.
    pub fn add(&mut self, place: &str, line: Option<u64>, reason: FaultReason) {
        self.count += 1;
        self.transient |= matches!(reason, FaultReason::Unreadable(_));
        if self.first.len() < MOST_LISTED {
            self.first.push(Fault {
                place: place.to_owned(),
                line,
                reason,
            });
        }
    }

    /// Counts a file that could not be read a second time, unless it is already listed as
    /// unreadable.
    pub fn add_failure(&mut self, place: &str, line: Option<u64>, failure: ReadFailure) {
        let known = self.first.iter().any(|fault| {
            fault.place == place && matches!(fault.reason, FaultReason::Unreadable(_))
        });
        if !known {
            self.add(place, line, FaultReason::Unreadable(failure));
        }
    }

    /// Adds the faults of a later read.
    pub fn merge(&mut self, later: Self) {
        self.count += later.count;
        self.transient |= later.transient;
        let room = MOST_LISTED - self.first.len().min(MOST_LISTED);
        self.first.extend(later.first.into_iter().take(room));
    }
}
