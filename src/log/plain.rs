//! A line without quotes, cut by hand.

use memchr::memchr_iter;

/// A plain line, and where its commas are.
#[derive(Debug)]
pub struct Line<'text, 'commas> {
    text: &'text [u8],
    commas: &'commas [usize],
}

impl<'text, 'commas> Line<'text, 'commas> {
    /// Cuts a line at its commas, of which the places are noted in `commas`.
    pub fn cut(text: &'text [u8], commas: &'commas mut Vec<usize>) -> Self {
        commas.clear();
        commas.extend(memchr_iter(b',', text));
        Self { text, commas }
    }

    /// How many fields it has.
    pub fn fields(&self) -> usize {
        self.commas.len() + 1
    }

    /// A field.
    pub fn get(&self, field: usize) -> Option<&'text [u8]> {
        let start = match field.checked_sub(1) {
            None => 0,
            Some(before) => self.commas.get(before)? + 1,
        };
        let end = self.commas.get(field).copied().unwrap_or(self.text.len());
        Some(&self.text[start..end])
    }
}
