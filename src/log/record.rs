//! The fields of one row, and the csv-core parser that splits it where it has quotes.

use csv_core::{ReadRecordResult, Reader};

/// The fields of a row, without their quotes.
#[derive(Debug, Default)]
pub struct Record {
    text: Vec<u8>,
    /// Where each field ends in `text`.
    ends: Vec<usize>,
    /// How many bytes of `text` belong to this row.
    length: usize,
    /// How many of `ends` belong to this row.
    fields: usize,
}

impl Record {
    /// Removes all fields, but keeps the memory for the next row.
    pub fn clear(&mut self) {
        (self.length, self.fields) = (0, 0);
    }

    /// Sets the fields of a line without quotes, given with or without its line end.
    pub fn set_plain(&mut self, line: &[u8]) {
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        self.text.clear();
        self.ends.clear();
        for field in line.split(|&byte| byte == b',') {
            self.text.extend_from_slice(field);
            self.ends.push(self.text.len());
        }
        (self.length, self.fields) = (self.text.len(), self.ends.len());
    }

    pub fn fields(&self) -> usize {
        self.fields
    }

    pub fn get(&self, field: usize) -> Option<&[u8]> {
        let ends = &self.ends[..self.fields];
        let end = *ends.get(field)?;
        let start = field.checked_sub(1).map_or(0, |before| ends[before]);
        Some(&self.text[start..end])
    }

    pub fn iter(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.fields).map_while(|field| self.get(field))
    }
}

/// Parses rows with quotes, piece by piece.
#[derive(Debug)]
pub struct Parser {
    core: Reader,
    /// How many bytes it has been given.
    #[cfg(test)]
    pub fed: usize,
}

impl Default for Parser {
    fn default() -> Self {
        Self {
            core: Reader::new(),
            #[cfg(test)]
            fed: 0,
        }
    }
}

impl Parser {
    /// Starts a new row, whatever came before.
    pub fn restart(&mut self) {
        self.core.reset();
        // A parser that has read nothing would skip a byte order mark.
        self.core.read_record(b"\n", &mut [0], &mut [0]);
    }

    /// Starts inside a quoted field.
    pub fn restart_in_quotes(&mut self) {
        self.restart();
        self.core.read_record(b"\"", &mut [0], &mut [0]);
    }

    /// Parses more of a row; returns whether the row ends with `text`. An empty text means the end
    /// of the file. A line end may only be at the end of the text.
    pub fn feed(&mut self, text: &[u8], record: &mut Record) -> bool {
        #[cfg(test)]
        {
            self.fed += text.len();
        }
        // The output is never longer than the input, except that the end of the file ends a field.
        let (length, fields) = (record.length + text.len(), record.fields + text.len() + 1);
        record.text.resize(record.text.len().max(length), 0);
        record.ends.resize(record.ends.len().max(fields), 0);
        let (result, _, written, ends) = self.core.read_record(
            text,
            &mut record.text[record.length..],
            &mut record.ends[record.fields..],
        );
        record.length += written;
        record.fields += ends;
        result == ReadRecordResult::Record
    }
}
