//! Reading at once, in stretches, and by the csv crate gives the same.

use super::*;

/// Reads the start of a log and then what follows it; `None` if reading can't resume there.
fn in_stretches(start: &[u8], log: &[u8], with_times: bool) -> Option<Vec<String>> {
    let schema = Schema::default();
    let calendar = Calendar::new(TimeZone::UTC);
    let mut clock = with_times.then(|| Clock::new(&calendar, Moment(2_000_000_000)));
    let mut seen = Vec::new();
    let mut sink = |log: &[u8], stretch| {
        let log = Cursor::new(log);
        read(log, &schema, clock.as_mut(), stretch, |row| {
            note(&mut seen, row);
        })
    };
    let torn = Stretch {
        unended: UnendedLine::Skip,
        ..Stretch::default()
    };
    let from = Some(sink(start, torn).position?);
    sink(
        log,
        Stretch {
            from,
            ..Stretch::default()
        },
    );
    Some(seen)
}

/// The rows of a log, read with the csv crate, which is restarted after a row that does not end
/// where it should.
struct Reference<'a> {
    log: &'a [u8],
    at: usize,
    line: u64,
    csv: csv::Reader<Chain<&'a [u8], &'a [u8]>>,
    /// Where the csv crate was started.
    start: usize,
}

/// The csv crate after a line end, because at the start of a file it would skip a byte order mark.
fn csv_of(text: &[u8]) -> csv::Reader<Chain<&[u8], &[u8]>> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(b"\n".chain(text))
}

impl<'a> Reference<'a> {
    fn new(log: &'a [u8]) -> Self {
        let start = if log.starts_with(b"\xEF\xBB\xBF") {
            3
        } else {
            0
        };
        Self {
            log,
            at: start,
            line: 1,
            csv: csv_of(&log[start..]),
            start,
        }
    }

    fn consume(&mut self, length: usize) {
        let passed = &self.log[self.at..][..length];
        self.line += memchr::memchr_iter(b'\n', passed).count() as u64;
        self.at += length;
    }

    /// The next row and its line; no row for one that does not end where it should.
    fn next(&mut self, wanted: usize) -> Option<(Option<ByteRecord>, u64)> {
        let rest = &self.log[self.at..];
        self.consume(rest.iter().position(|byte| !b"\r\n".contains(byte))?);
        let line = self.line;
        let rest = &self.log[self.at..];
        let mut row = ByteRecord::new();
        assert!(self.csv.read_byte_record(&mut row).unwrap());
        let end = self.start + usize::try_from(self.csv.position().byte()).unwrap() - 1;
        let breaks = memchr::memchr_iter(b'\n', row.as_slice()).count();
        let is_open = || {
            let ended = [rest, b"\n"].concat();
            let mut same = ByteRecord::new();
            csv_of(&ended).read_byte_record(&mut same).unwrap();
            same != row
        };
        if breaks > 50 || breaks > 0 && (row.len() < wanted || is_open()) {
            self.consume(rest.iter().position(|&byte| byte == b'\n').unwrap() + 1);
            self.start = self.at;
            self.csv = csv_of(&self.log[self.at..]);
            return Some((None, line));
        }
        self.consume(end - self.at);
        Some((Some(row), line))
    }
}

/// What the program and the csv crate read, with or without times.
pub(super) fn both_ways(log: &[u8], with_times: bool) -> [Vec<String>; 2] {
    let schema = Schema::default();
    let calendar = Calendar::new(TimeZone::UTC);
    let clock = || with_times.then(|| Clock::new(&calendar, Moment(2_000_000_000)));
    let mut seen = [Vec::new(), Vec::new()];
    read(
        Cursor::new(log),
        &schema,
        clock().as_mut(),
        Stretch::default(),
        |row| {
            note(&mut seen[0], row);
        },
    );
    let mut sink = |row: Row<'_>| note(&mut seen[1], row);
    let mut clock = clock();
    let endless = |line| Row::Fault {
        line,
        reason: FaultReason::EndlessRow,
    };
    let mut rows = Reference::new(log);
    let mut interpreter = match rows.next(0) {
        Some((Some(header), _)) => {
            Interpreter::of_header(&header, &schema, clock.as_mut(), &mut sink)
        }
        Some((None, _)) => {
            sink(endless(None));
            None
        }
        None => None,
    };
    while let Some(interpreter) = &mut interpreter
        && let Some((row, line)) = rows.next(interpreter.columns.fields_needed())
    {
        match row {
            Some(row) => interpreter.read_row(|at| row.get(at), row.len(), line, &mut sink),
            None => sink(endless(Some(line))),
        }
    }
    seen
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn reading_equals_reading_with_the_csv_crate(
        parts in prop::collection::vec(prop::sample::select(vec![
            "2024-11-01 00:00:00,a,正常に稼働中,200,0.1\n", "2024-11-01 00:05:00,a,正常に稼働中,200,0.1\n",
            "2024-11-01 00:10:00,a,異常,500,\n", "2024-11-01 00:10:00,b,異常,500,x\r\n", "2024-11-01 00:15,b,異常,500,\r\n",
            "2024-11-01,00:05:00,a,正常に稼働中,200,0.1\n", "2024-11-01 00:05:0,,a,正常に稼働中,200,0.1\n",
            "2024-11-01\n00:05:00,a,正常に稼働中,200,0.1\n", "2024-11-01 00:05:0\n,a,正常に稼働中,200,0.1\n",
            "x,a,正常に稼働中,200,0.1\n", ",", "\n", "\n\n", "\r\n", "\r", "a,b\n", "a", " ", "\"", "\"q\nq\"",
            "2024-11-01 00:20:00,\"a\",正常に稼働中,\"2\"\"00\"\n", ",\"", "\",\"", "\u{feff}",
            "c,d\nc,d\nc,d\nc,d\r\n\r\nc,d\nc,d\nc,d\nc,d\nc,d\nc,d\nc,d\nc,d\n\nc,d\nc,d\nc,d\nc,d\n",
        ]), 0..40),
        ends in prop::sample::select(vec!["\n", "\r\n", "\r"]),
        header in prop::sample::select(vec!["日時,サイト,状態,ステータスコード,応答時間", "状態,サイト,日時,ステータスコード", "サイト,状態,ステータスコード,日時"]),
        with_times in any::<bool>(),
        cp932 in any::<bool>(),
        bytes in prop::collection::vec(any::<u8>(), 0..20),
    ) {
        let text = format!("{header}{ends}{}", parts.concat());
        let mut log = if cp932 { SHIFT_JIS.encode(&text).0.into_owned() } else { text.into_bytes() };
        log.extend(bytes);
        let [by_us, by_crate] = both_ways(&log, with_times);
        prop_assert_eq!(by_us, by_crate);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn resuming_where_a_log_ended_equals_reading_it_at_once(
        parts in prop::collection::vec(prop::sample::select(vec![
            "2024-11-01 00:00:00,a,正常に稼働中,200\n", "2024-11-01 00:05:00,a,正常に稼働中,200\n",
            "2024-11-01 00:10:00,b,異常,500\r\n", "2024-11-01 00:15:00,b,異常,500", "x,a,正常に稼働中,200\n",
            "\n", "\r\n", "\r", "a,b\n", "2024-11-01 00:20:00,\"a\",正常に稼働中,200\n", "\"",
            "2024-11-01 00:20:00,b,異常,\"5\n0\"\n", ",\"", "\",\"",
        ]), 0..12),
        header in prop::sample::select(vec!["日時,サイト,状態,ステータスコード", "\"日時\",サイト,状態,ステータスコード", "\n日時,サイト,状態,ステータスコード"]),
        ends in prop::sample::select(vec!["\n", "\r\n", "\r"]),
        cut in any::<prop::sample::Index>(),
        with_times in any::<bool>(),
    ) {
        let log = format!("{header}{ends}{}", parts.concat()).into_bytes();
        let start = &log[..cut.index(log.len() + 1)];
        if let Some(seen) = in_stretches(start, &log, with_times) {
            let [at_once, _] = both_ways(&log, with_times);
            prop_assert_eq!(seen, at_once);
        }
    }
}
