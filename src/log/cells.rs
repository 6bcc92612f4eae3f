//! The cells of a row that matter, and what they mean.

use std::borrow::Cow;

use super::columns::Columns;
use super::encoding::Encoding;
use super::fault::FaultReason;
use crate::check::{Check, Micros, Outcome};
use crate::log::schema::Schema;
use crate::stats::codes::REST;

/// A response time in a unit of so many microseconds; anything but a number is none.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the number is finite, not negative, and a cast saturates"
)]
pub fn micros(field: &[u8], unit: f64) -> Option<Micros> {
    let number: f64 = std::str::from_utf8(field).ok()?.trim().parse().ok()?;
    (number.is_finite() && number >= 0.0).then(|| Micros((number * unit).round() as u64))
}

/// The longest URL that is kept as it is, in bytes; browsers and servers give up before.
const LONGEST_URL: usize = 4000;

/// The longest status code.
const LONGEST_CODE: usize = 200;

/// A text without what is too long, so that a log of such does not fill the memory.
fn shortened(text: Cow<str>, longest: usize) -> Cow<str> {
    if text.len() <= longest {
        return text;
    }
    let end = text.floor_char_boundary(longest);
    Cow::Owned(format!("{}{REST}", &text[..end]))
}

/// The cells of a row that matter, as text. A password in a URL is left out of what was checked, and
/// of the code too: monitors write there why a request failed, and name the URL.
#[derive(Debug)]
pub struct Cells<'row> {
    url: Cow<'row, str>,
    code: Cow<'row, str>,
    outcome: Outcome,
}

impl<'row> Cells<'row> {
    /// Takes them from a row of so many fields. What was checked, and its code, are as `public` has
    /// them.
    pub fn cut(
        field: impl Fn(usize) -> Option<&'row [u8]>,
        fields: usize,
        encoding: Encoding,
        columns: Columns,
        schema: &Schema,
        public: impl Fn(Cow<'row, str>) -> Cow<'row, str>,
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
        let up = schema.up_statuses.iter().any(|text| *text == status);
        Ok(Self {
            url: shortened(public(text(url)?), LONGEST_URL),
            code: shortened(public(text(code)?), LONGEST_CODE),
            outcome: if up { Outcome::Up } else { Outcome::Down },
        })
    }

    /// The check they tell of, without its time.
    pub fn check(&self) -> Check<'_> {
        Check {
            url: &self.url,
            outcome: self.outcome,
            code: &self.code,
            when: None,
            response_time: None,
        }
    }
}
