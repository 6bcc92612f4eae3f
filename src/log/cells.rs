//! The cells of a row that a check needs: decoded, redacted and bounded in length.

use std::borrow::Cow;

use super::columns::Columns;
use super::encoding::Encoding;
use super::fault::FaultReason;
use crate::check::{Check, Micros, Outcome, Timestamp};
use crate::log::schema::Schema;
use crate::stats::codes::REST;

/// Parses a response time in units of `unit` µs; `None` if it is not a number.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the number is finite, not negative, and a cast saturates"
)]
pub fn micros(field: &[u8], unit: f64) -> Option<Micros> {
    let number: f64 = std::str::from_utf8(field).ok()?.trim().parse().ok()?;
    (number.is_finite() && number >= 0.0).then(|| Micros((number * unit).round() as u64))
}

/// The longest URL that is not truncated, in bytes. Browsers and servers give up earlier.
pub const LONGEST_URL: usize = 4000;

/// The longest status code that is not truncated, in bytes.
const LONGEST_CODE: usize = 200;

/// Truncates overlong text, so that a hostile log cannot exhaust memory.
pub fn truncated(text: Cow<str>, longest: usize) -> Cow<str> {
    if text.len() <= longest {
        return text;
    }
    let end = text.floor_char_boundary(longest);
    Cow::Owned(format!("{}{REST}", &text[..end]))
}

/// The cells of a row that a check needs. User and password are removed from the URL, and from the
/// status code, too: monitors write there why a request failed, and quote the URL.
#[derive(Debug)]
pub struct Cells<'row> {
    url: Cow<'row, str>,
    code: Cow<'row, str>,
    outcome: Outcome,
}

impl<'row> Cells<'row> {
    /// Decodes the cells of a row that has `fields` fields. URL and status code pass through
    /// `redact`.
    pub fn of_row(
        field: impl Fn(usize) -> Option<&'row [u8]>,
        fields: usize,
        encoding: Encoding,
        columns: Columns,
        schema: &Schema,
        redact: impl Fn(Cow<'row, str>) -> Cow<'row, str>,
    ) -> Result<Self, FaultReason> {
        let short = FaultReason::ShortRow {
            fields,
            wanted: columns.fields_needed(),
        };
        let cells = [columns.site, columns.status, columns.status_code].map(field);
        let [Some(url), Some(status), Some(code)] = cells else {
            return Err(short);
        };
        let encoding = encoding.of_cells([url, status, code]);
        let text = |cell| encoding.decode(cell).ok_or(FaultReason::NotText);
        let status = text(status)?;
        Ok(Self {
            url: truncated(redact(text(url)?), LONGEST_URL),
            code: truncated(redact(text(code)?), LONGEST_CODE),
            outcome: schema.outcome(&status),
        })
    }

    /// The check, without its time and response time.
    pub fn check(&self) -> Check<'_> {
        Check {
            url: &self.url,
            outcome: self.outcome,
            code: &self.code,
            time: Timestamp::Missing,
            response_time: None,
        }
    }
}
