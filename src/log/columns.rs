//! Which field of a row is which column, from the header row.

use csv::ByteRecord;

use super::encoding::Encoding;
use super::fault::FaultReason;
use crate::config::ColumnNames;

/// Positions of the columns in a file's rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Columns {
    /// What was checked.
    pub site: usize,
    /// Up or not.
    pub status: usize,
    /// The status code.
    pub status_code: usize,
}

impl Columns {
    /// Finds the columns in a header. Blanks around a name don't matter; of a doubled
    /// column the last counts, as in the program this one replaces.
    pub fn find(
        header: &ByteRecord,
        encoding: Encoding,
        names: &ColumnNames,
    ) -> Result<Self, FaultReason> {
        let header: Vec<_> = header
            .iter()
            .map(|name| encoding.decode(name).unwrap_or_default())
            .collect();
        let find = |names: &[String]| {
            let position = |name: &String| header.iter().rposition(|cell| cell.trim() == name);
            let missing = || FaultReason::MissingColumn(names.first().cloned().unwrap_or_default());
            names.iter().find_map(position).ok_or_else(missing)
        };
        Ok(Self {
            site: find(&names.site)?,
            status: find(&names.status)?,
            status_code: find(&names.status_code)?,
        })
    }

    /// How many fields a row needs to have all columns.
    pub fn fields_needed(&self) -> usize {
        self.site.max(self.status).max(self.status_code) + 1
    }
}
