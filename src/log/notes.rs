//! The text of a company's `notes.csv` to notes and faults: when maintenance was planned, and what
//! is worth remembering about some time.

use std::io::{self, Read, Seek};
use std::ops::Range;

use super::buffer::UnendedLine;
use super::cells::{LONGEST_URL, truncated};
use super::encoding::Encoding;
use super::fault::FaultReason;
use super::record::Record;
use super::rows::{Next, Rows};
use super::time::moment_after;
use super::userinfo::without_userinfo;
use crate::calendar::Calendar;
use crate::check::Moment;

/// How many rows of a file are read. A night's maintenance of each of ten sites makes 3,650 a year.
const MOST: usize = 10_000;

/// The longest text that is not truncated, in bytes.
const LONGEST_TEXT: usize = 1000;

/// What an operator noted about some time.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Note {
    /// Not empty.
    pub span: Range<Moment>,
    /// The logged URL or the site folder it is about, without user and password; `None` for all of
    /// the company.
    pub site: Option<String>,
    pub kind: NoteKind,
    /// In the operator's words; may be empty.
    pub text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoteKind {
    /// Checks in this time are neither up nor down.
    Maintenance,
    /// It changes no number.
    Remark,
}

impl Note {
    /// Whether it is about a URL of a site folder.
    pub fn is_about(&self, site: &str, url: &str) -> bool {
        let named = self.site.as_deref();
        named.is_none_or(|named| named == url || named == site)
    }
}

/// Reads all notes, and passes the line and the reason of every row that can't be used to `fault`;
/// without a line, the file can't be used. A file without a header row is empty.
pub fn read(
    input: impl Read + Seek,
    calendar: &Calendar,
    mut fault: impl FnMut(Option<u64>, FaultReason),
) -> Vec<Note> {
    let mut notes = Vec::new();
    if let Err(error) = read_rows(input, calendar, &mut notes, &mut fault) {
        fault(None, FaultReason::Unreadable(error.into()));
    }
    notes
}

fn read_rows(
    input: impl Read + Seek,
    calendar: &Calendar,
    notes: &mut Vec<Note>,
    fault: &mut impl FnMut(Option<u64>, FaultReason),
) -> io::Result<()> {
    // People write this file, who often leave out the last line end.
    let mut rows = Rows::new(input, UnendedLine::Read)?;
    let layout = match rows.next_row(0)? {
        Next::Row(header, _) => Layout::of_header(header),
        Next::Endless(_) => Err(FaultReason::EndlessRow),
        Next::Lines(_) | Next::End => return Ok(()),
    };
    let layout = match layout {
        Ok(layout) => layout,
        Err(reason) => {
            fault(None, reason);
            return Ok(());
        }
    };
    for number in 0.. {
        let (result, line) = match rows.next_row(layout.fields_needed())? {
            Next::Row(row, line) => (layout.note(row, calendar), line),
            Next::Endless(line) => (Err(FaultReason::EndlessRow), line),
            Next::Lines(_) | Next::End => break,
        };
        if number == MOST {
            fault(Some(line), FaultReason::TooManyNotes);
            break;
        }
        match result {
            Ok(note) => notes.extend(note),
            Err(reason) => fault(Some(line), reason),
        }
    }
    Ok(())
}

/// Which field of a row is which, and how the file is encoded.
struct Layout {
    encoding: Encoding,
    from: usize,
    to: usize,
    kind: usize,
    site: Option<usize>,
    text: Option<usize>,
}

impl Layout {
    fn of_header(header: &Record) -> Result<Self, FaultReason> {
        let encoding = Encoding::of_header(&header.iter().collect());
        let cells = header.iter().map(|cell| encoding.decode(cell));
        let names: Vec<_> = cells.map(Option::unwrap_or_default).collect();
        let optional =
            |known: [&str; 2]| names.iter().rposition(|name| known.contains(&name.trim()));
        let find = |known: [&str; 2]| {
            optional(known).ok_or_else(|| FaultReason::MissingColumn(known.join(" / ")))
        };
        Ok(Self {
            from: find(["開始", "from"])?,
            to: find(["終了", "to"])?,
            kind: find(["種類", "kind"])?,
            site: optional(["サイト", "site"]),
            text: optional(["内容", "note"]),
            encoding,
        })
    }

    /// How many fields a row must have at least.
    fn fields_needed(&self) -> usize {
        self.from.max(self.to).max(self.kind) + 1
    }

    /// The note of a row; `None` if all cells are empty, as in rows below a spreadsheet's last.
    fn note(&self, row: &Record, calendar: &Calendar) -> Result<Option<Note>, FaultReason> {
        if row.iter().all(|cell| cell.trim_ascii().is_empty()) {
            return Ok(None);
        }
        let [Some(from), Some(to), Some(kind)] =
            [self.from, self.to, self.kind].map(|at| row.get(at))
        else {
            return Err(FaultReason::ShortRow {
                fields: row.fields(),
                wanted: self.fields_needed(),
            });
        };
        let cell = |at: Option<usize>| at.and_then(|at| row.get(at)).unwrap_or_default();
        let (site, text) = (cell(self.site), cell(self.text));
        let encoding = self.encoding.of_cells([kind, site, text]);
        let decode = |cell| encoding.decode(cell).ok_or(FaultReason::NotText);
        let time =
            |earlier, text| moment_after(earlier, text, calendar).ok_or(FaultReason::BadNoteTime);
        let kind = match decode(kind)?.trim() {
            "メンテナンス" | "maintenance" => NoteKind::Maintenance,
            "備考" | "note" => NoteKind::Remark,
            _ => return Err(FaultReason::UnknownNoteKind),
        };
        let start = time(Moment::ALL.start, from)?;
        let end = time(start, to)?;
        if start >= end {
            return Err(FaultReason::BackwardNote);
        }
        // As the URL of a log row, so that the two are equal.
        let text_of = |cell, longest| {
            let text = without_userinfo(decode(cell)?.trim().into()).into_owned();
            Ok(truncated(text.into(), longest).into_owned())
        };
        let site: String = text_of(site, LONGEST_URL)?;
        Ok(Some(Note {
            span: start..end,
            site: Some(site).filter(|site| !site.is_empty()),
            kind,
            text: text_of(text, LONGEST_TEXT)?,
        }))
    }
}

#[cfg(test)]
mod tests;
