//! UTF-8 or CP932: which one a log is written in.

use std::borrow::Cow;

use csv::ByteRecord;
use encoding_rs::SHIFT_JIS;

/// How a file's text is encoded, decided by its header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8; a row that is not is tried as CP932, in case another program wrote it.
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

    /// The text of a field, or `None` if it is none.
    pub fn decode(self, field: &[u8]) -> Option<Cow<'_, str>> {
        match (self, std::str::from_utf8(field)) {
            (Self::Utf8, Ok(text)) => Some(text.into()),
            _ => SHIFT_JIS.decode_without_bom_handling_and_without_replacement(field),
        }
    }
}
