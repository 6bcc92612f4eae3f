//! The fields of a row, cut by csv-core where there are quotes.

use csv_core::{ReadRecordResult, Reader};

/// A row's fields, without their quotes.
#[derive(Debug, Default)]
pub struct Record {
    text: Vec<u8>,
    ends: Vec<usize>,
    /// How many bytes of `text` are of this row.
    length: usize,
    /// How many of `ends` are.
    fields: usize,
}

impl Record {
    /// Forgets the row, but keeps its room for the next one.
    pub fn clear(&mut self) {
        (self.length, self.fields) = (0, 0);
    }

    /// Takes in a line without quotes, with its line end if it has one.
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

    /// How many fields it has.
    pub fn fields(&self) -> usize {
        self.fields
    }

    /// A field.
    pub fn get(&self, field: usize) -> Option<&[u8]> {
        let ends = &self.ends[..self.fields];
        let end = *ends.get(field)?;
        let start = field.checked_sub(1).map_or(0, |before| ends[before]);
        Some(&self.text[start..end])
    }

    /// All fields.
    pub fn iter(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.fields).map_while(|field| self.get(field))
    }
}

/// The state in which rows with quotes are cut.
#[derive(Debug)]
pub struct Parser {
    core: Reader,
    /// How many bytes it was given.
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
    /// Goes to the start of a row, wherever it was.
    pub fn restart(&mut self) {
        self.core.reset();
        // One that has read nothing would skip a byte order mark.
        self.core.read_record(b"\n", &mut [0], &mut [0]);
    }

    /// Goes to the start of a field in quotes.
    pub fn restart_in_quotes(&mut self) {
        self.restart();
        self.core.read_record(b"\"", &mut [0], &mut [0]);
    }

    /// Reads on in a row; returns whether it ends with `text`. An empty text is the end of the
    /// file. The text must not go on behind a line end.
    pub fn feed(&mut self, text: &[u8], record: &mut Record) -> bool {
        #[cfg(test)]
        {
            self.fed += text.len();
        }
        // No more comes out than goes in, but for the end of a field that the file ends.
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
