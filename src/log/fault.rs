//! A row or file that could not be used: counted and named, never fatal.

use std::io;

use serde::{Deserialize, Serialize};

/// How many faults are kept with their place and reason; the rest are only counted.
const KEPT: usize = 20;

/// Why a row or file could not be used.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum FaultReason {
    /// The header names no such column; no row of the file is counted.
    MissingColumn(String),
    /// The row ends before one of the columns it needs.
    ShortRow {
        /// Fields in the row.
        fields: usize,
        /// Fields needed.
        wanted: usize,
    },
    /// Neither UTF-8 nor CP932.
    NotText,
    /// The time can't be read, or is still to come; the row is counted all the same.
    BadTime,
    /// The row does not end where it should, as after a quote that is never closed. Only its
    /// first line is lost.
    EndlessRow,
    /// A folder, FIFO or socket where a file should be.
    NotAFile,
    /// It could not be opened, listed or read on.
    Unreadable(ReadFailure),
}

/// Why the system would not let us read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ReadFailure {
    /// The program's user may not.
    Denied,
    /// It is gone, or a link leads nowhere.
    Missing,
    /// It belongs to another user than the link to it.
    Foreign,
    /// Anything else.
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
    /// The place below the log folder: `company/site/file.csv`.
    pub place: String,
    /// The line the row starts on, from 1, if it is about a row.
    pub line: Option<u64>,
    /// What is wrong.
    pub reason: FaultReason,
}

/// All faults met: every one counted, the first few kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Faults {
    /// How many there were.
    pub count: u64,
    /// The first of them, in reading order.
    pub first: Vec<Fault>,
    /// Whether the same files may say something else later: something could not be read, or
    /// was still being written.
    pub passing: bool,
}

impl Faults {
    /// Counts a fault, and keeps it if it is among the first.
    pub fn add(&mut self, place: &str, line: Option<u64>, reason: FaultReason) {
        self.count += 1;
        self.passing |= matches!(reason, FaultReason::Unreadable(_));
        if self.first.len() < KEPT {
            self.first.push(Fault {
                place: place.to_owned(),
                line,
                reason,
            });
        }
    }

    /// Counts a file that could not be read a second time, unless it is known to be unreadable.
    pub fn add_failure(&mut self, place: &str, line: Option<u64>, failure: ReadFailure) {
        let known = self.first.iter().any(|fault| {
            fault.place == place && matches!(fault.reason, FaultReason::Unreadable(_))
        });
        if !known {
            self.add(place, line, FaultReason::Unreadable(failure));
        }
    }

    /// Takes in the faults that were met later.
    pub fn merge(&mut self, later: Self) {
        self.count += later.count;
        self.passing |= later.passing;
        let room = KEPT - self.first.len().min(KEPT);
        self.first.extend(later.first.into_iter().take(room));
    }
}
