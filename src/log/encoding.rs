//! Whether a log is written in UTF-8 or CP932.

use std::borrow::Cow;

use csv::ByteRecord;
use encoding_rs::SHIFT_JIS;

/// How a file's text is encoded, decided by its header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    /// CP932, the `Shift_JIS` of Windows. The second byte of a character may be a letter, but never
    /// `,`, `"` or a line break, so rows and fields can be split before decoding.
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

    /// The encoding of a row with these cells, in a file whose header has this encoding. They can
    /// differ, because another program may have appended the row. Only the cells that are used
    /// decide: a server's message in another cell, in whatever encoding, must not make these
    /// unreadable.
    #[must_use]
    pub fn of_cells(self, cells: [&[u8]; 3]) -> Self {
        let utf8 = |cell: &[u8]| std::str::from_utf8(cell).is_ok();
        // Half-width kana in CP932 can look like two-byte characters of UTF-8. Japanese text in
        // UTF-8 has characters of three bytes.
        let three_bytes = |cell: &[u8]| cell.iter().any(|&byte| byte >= 0xe0);
        match self {
            Self::Utf8 if !cells.into_iter().all(utf8) => Self::Cp932,
            Self::Cp932 if cells.into_iter().all(utf8) && cells.into_iter().any(three_bytes) => {
                Self::Utf8
            }
            same => same,
        }
    }

    /// Returns `None` if the field is not text in this encoding. UTF-8 falls back to CP932.
    pub fn decode(self, field: &[u8]) -> Option<Cow<'_, str>> {
        match (self, std::str::from_utf8(field)) {
            (Self::Utf8, Ok(text)) => Some(text.into()),
            _ => SHIFT_JIS.decode_without_bom_handling_and_without_replacement(field),
        }
    }
}
