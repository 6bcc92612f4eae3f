//! Which field of a row is which column, from the header row.

use csv::ByteRecord;
use memchr::{memchr, memchr2, memrchr};

use super::encoding::Encoding;
use super::fault::FaultReason;
use crate::log::schema::ColumnNames;

/// Positions of the columns in a file's rows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Columns {
    pub site: usize,
    pub status: usize,
    pub status_code: usize,
    pub time: Option<usize>,
    /// The response time, and its unit in microseconds.
    pub response_time: Option<(usize, f64)>,
    /// The number of fields in the header.
    pub fields: usize,
}

/// A row split into the time at its start, the response time at its end, and what is between. From
/// check to check, usually only the two times change.
#[derive(Debug)]
pub struct Split<'row> {
    pub first: &'row [u8],
    pub between: &'row [u8],
    /// The response time, if that is the last column.
    pub last: Option<&'row [u8]>,
}

impl Columns {
    /// Finds the columns in a header. Blanks around a name are ignored. Of two columns with the
    /// same name the last one counts, as in the Flask app this replaces.
    pub fn find(
        header: &ByteRecord,
        encoding: Encoding,
        names: &ColumnNames,
    ) -> Result<Self, FaultReason> {
        let header: Vec<_> = header
            .iter()
            .map(|name| encoding.decode(name).unwrap_or_default())
            .collect();
        let optional = |names: &[String]| {
            names
                .iter()
                .find_map(|name| header.iter().rposition(|cell| cell.trim() == name))
        };
        let find = |names: &[String]| {
            let missing = || FaultReason::MissingColumn(names.first().cloned().unwrap_or_default());
            optional(names).ok_or_else(missing)
        };
        Ok(Self {
            fields: header.len(),
            site: find(&names.site)?,
            status: find(&names.status)?,
            status_code: find(&names.status_code)?,
            time: optional(&names.time),
            response_time: names.response_time.iter().find_map(|name| {
                let at = header
                    .iter()
                    .rposition(|cell| unit(cell.trim(), name).is_some())?;
                Some((at, unit(header[at].trim(), name)?))
            }),
        })
    }

    /// Splits a plain row with as many fields as the header. `None` if the log has a time that is
    /// not its first column, or a response time that is not its last.
    pub fn split<'row>(&self, row: &'row [u8]) -> Option<Split<'row>> {
        let first = match self.time {
            Some(0) => memchr(b',', row)?,
            Some(_) => return None,
            None => 0,
        };
        let end = match self.response_time {
            None => row.len(),
            Some((at, _)) if at + 1 == self.fields => memrchr(b',', row)?,
            Some(_) => return None,
        };
        Some(Split {
            first: &row[..first],
            between: row.get(first..end)?,
            last: row.get(end + 1..),
        })
    }

    /// Splits the next line of plain text, if it equals `known` between the times. Also returns the
    /// text after that line.
    pub fn split_like<'row>(
        &self,
        known: &Split,
        text: &'row [u8],
    ) -> Option<(Split<'row>, &'row [u8])> {
        let (first, rest) = text.split_at_checked(known.first.len())?;
        let rest = rest.strip_prefix(known.between)?;
        if has_separator(first) {
            return None;
        }
        let (last, rest) = if known.last.is_some() {
            let rest = rest.strip_prefix(b",")?;
            let end = memchr2(b',', b'\n', rest)?;
            let (last, rest) = rest.split_at(end);
            (Some(last.strip_suffix(b"\r").unwrap_or(last)), rest)
        } else {
            (None, rest.strip_prefix(b"\r").unwrap_or(rest))
        };
        let after = rest.strip_prefix(b"\n")?;
        let between = &text[first.len()..first.len() + known.between.len()];
        let split = Split {
            first,
            between,
            last,
        };
        Some((split, after))
    }

    /// How many fields a row must have at least to hold all required columns.
    pub fn fields_needed(&self) -> usize {
        self.site.max(self.status).max(self.status_code) + 1
    }
}

/// Whether the text of a time contains a comma or a line feed. Of a usual length, the first and the
/// last sixteen bytes cover it, and each half fits a register.
fn has_separator(time: &[u8]) -> bool {
    let has = |half: &[u8; 16]| {
        half.iter()
            .fold(false, |found, byte| found | matches!(byte, b',' | b'\n'))
    };
    match (time.first_chunk(), time.last_chunk()) {
        (Some(first), Some(last)) if time.len() <= 32 => has(first) | has(last),
        _ => memchr2(b',', b'\n', time).is_some(),
    }
}

/// The unit of a response time column in microseconds, from a header cell that is `name`, with or
/// without a unit after it. Without one, the unit is seconds.
fn unit(cell: &str, name: &str) -> Option<f64> {
    const MILLISECONDS: [&str; 6] = ["(ms)", "（ms）", "_ms", "(ミリ秒)", "（ミリ秒）", "ミリ秒"];
    const SECONDS: [&str; 7] = ["", "(秒)", "（秒）", "(s)", "（s）", "_s", "_sec"];
    // A configured name may end with the unit.
    let is_unit = |unit: &&str| name.ends_with(unit);
    if cell == name && (name == "ms" || MILLISECONDS.iter().any(is_unit)) {
        return Some(1e3);
    }
    match cell.strip_prefix(name)?.trim_start() {
        suffix if MILLISECONDS.contains(&suffix) => Some(1e3),
        suffix if SECONDS.contains(&suffix) => Some(1e6),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::unit;

    #[test]
    fn a_response_time_column_names_its_unit() {
        let check = |cell, want| assert_eq!(unit(cell, "応答時間"), want, "{cell}");
        check("応答時間", Some(1e6));
        check("応答時間(秒)", Some(1e6));
        check("応答時間 (ms)", Some(1e3));
        check("応答時間（ms）", Some(1e3));
        check("応答時間_ms", Some(1e3));
        check("応答時間(ミリ秒)", Some(1e3));
        check("応答時間（ミリ秒）", Some(1e3));
        check("応答時間(分)", None);
        check("平均応答時間", None);
        for name in ["response_time_ms", "ms", "応答時間ミリ秒"] {
            assert_eq!(unit(name, name), Some(1e3), "{name}");
        }
    }
}
