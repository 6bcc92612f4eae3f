//! UTF-8 or CP932: which one a log is written in.

use std::borrow::Cow;

use csv::ByteRecord;
use encoding_rs::SHIFT_JIS;

/// How a file's text is encoded, decided by its header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// CP932 (`Shift_JIS` as Windows has it). Its second bytes include letters but neither
    /// `,` nor `"` nor line breaks, so rows and fields can be cut before decoding.
    Cp932,
}

impl Encoding {
    /// The encoding of a file with this header row.
    pub fn of_header(header: &ByteRecord) -> Self {
        if std::str::from_utf8(header.as_slice()).is_ok() {
            Self::Utf8
        } else {
            Self::Cp932
        }
    }

    /// The encoding of a row with these cells, in a file of this one: another program than
    /// the one that wrote the header may append rows. Only the cells that are used are judged;
    /// what a remote server said in another one, in whatever encoding, must not make these
    /// unreadable.
    #[must_use]
    pub fn of_cells(self, cells: [&[u8]; 3]) -> Self {
        let utf8 = |cell: &[u8]| std::str::from_utf8(cell).is_ok();
        // Half-width kana of CP932 can read as UTF-8 characters of two bytes; Japanese text
        // in UTF-8 has three.
        let three_bytes = |cell: &[u8]| cell.iter().any(|&byte| byte >= 0xe0);
        match self {
            Self::Utf8 if !cells.into_iter().all(utf8) => Self::Cp932,
            Self::Cp932 if cells.into_iter().all(utf8) && cells.into_iter().any(three_bytes) => {
                Self::Utf8
            }
            same => same,
        }
    }

    /// The text of a field, or `None` if it is none.
    pub fn decode(self, field: &[u8]) -> Option<Cow<'_, str>> {
        match (self, std::str::from_utf8(field)) {
            (Self::Utf8, Ok(text)) => Some(text.into()),
            _ => SHIFT_JIS.decode_without_bom_handling_and_without_replacement(field),
        }
    }
}
