//! Notes as people and spreadsheets write them.

use std::io::Cursor;

use encoding_rs::SHIFT_JIS;
use jiff::tz::TimeZone;

use super::{MOST, Note, NoteKind, read};
use crate::calendar::Calendar;

/// The notes and faults of a file, in words.
fn read_in(zone: &str, text: impl AsRef<[u8]>) -> (Vec<String>, Vec<String>) {
    let calendar = Calendar::new(TimeZone::get(zone).unwrap());
    let mut faults = Vec::new();
    let notes = read(Cursor::new(text), &calendar, |line, reason| {
        let line = line.map_or(String::new(), |line| format!("{line} "));
        faults.push(format!("{line}{reason:?}"));
    });
    let note = |Note {
                    span,
                    site,
                    kind,
                    text,
                }: &Note| {
        let time = |at| calendar.rfc3339(at).replace(":00+", "+");
        let site = site.as_deref().unwrap_or("*");
        let sign = match kind {
            NoteKind::Maintenance => '!',
            NoteKind::Remark => '#',
        };
        format!(
            "{}..{} {site} {sign} {text}",
            time(span.start),
            time(span.end)
        )
    };
    (notes.iter().map(note).collect(), faults)
}

#[track_caller]
fn check(text: impl AsRef<[u8]>, notes: &[&str], faults: &[&str]) {
    let (got, got_faults) = read_in("Asia/Tokyo", text);
    assert_eq!(
        (&got[..], &got_faults[..]),
        (&strings(notes)[..], &strings(faults)[..])
    );
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

#[test]
fn columns_may_have_either_name_and_any_order() {
    let notes = [
        "2024-11-01T02:00+09:00..2024-11-01T04:00+09:00 * ! 定期点検",
        "2024-11-02T02:00+09:00..2024-11-02T04:00+09:00 https://a/ # DNS",
    ];
    check(
        "開始,終了,サイト,種類,内容\n2024-11-01 02:00,2024-11-01 04:00,,メンテナンス,定期点検\n2024/11/2 2:00,2024-11-02T04:00:00,https://a/,備考,DNS\n",
        &notes,
        &[],
    );
    check(
        "note,kind, to ,開始,?,site\n定期点検,maintenance,2024-11-01 04:00,2024-11-01 02:00,x,\nDNS, note ,2024-11-02 04:00,2024-11-01 17:00Z,x, https://a/ ",
        &notes,
        &[],
    );
    check(
        "from,to,kind\n2024-11-01 02:00,2099-11-01 04:00,note\n",
        &["2024-11-01T02:00+09:00..2099-11-01T04:00+09:00 * # "],
        &[],
    );
}

#[test]
fn all_encodings_and_line_ends_are_read() {
    let text = "開始,終了,サイト,種類,内容\r\n2024-11-01 02:00,2024-11-01 04:00,店,メンテナンス,\"交換, \"\"西\"\"\r\n二台\"\r\n,,,,\r\n\r\n2024-11-02 02:00,x,,備考,\r\n";
    let want = "2024-11-01T02:00+09:00..2024-11-01T04:00+09:00 店 ! 交換, \"西\"\r\n二台";
    let check = |text: &[u8]| check(text, &[want], &["6 BadNoteTime"]);
    check(text.as_bytes());
    check(format!("\u{feff}{text}").as_bytes());
    check(&SHIFT_JIS.encode(text).0);
    let english = text.replace("開始,終了,サイト,種類,内容", "from,to,site,kind,note");
    check(&SHIFT_JIS.encode(&english).0);
}

#[test]
fn a_row_that_cannot_be_used_is_a_fault_and_the_rest_is_read() {
    check(
        "from,to,site,kind,note\n\
         2024-11-01 02:00,,,maintenance,\n\
         tomorrow,2024-11-01 02:00,,maintenance,\n\
         2024-11-01 02:00,2024-11-01 02:00,,maintenance,\n\
         2024-11-01 03:00,2024-11-01 02:00,,note,\n\
         2024-11-01 02:00,2024-11-01 03:00,,repair,\n\
         2024-11-01 02:00,2024-11-01 03:00,a\n\
         \"2024-11-01 02:00,2024-11-01 03:00,,note,\n\
         2024-11-01 02:00,2024-11-01 03:00,,note,ok\n",
        &["2024-11-01T02:00+09:00..2024-11-01T03:00+09:00 * # ok"],
        &[
            "2 BadNoteTime",
            "3 BadNoteTime",
            "4 BackwardNote",
            "5 BackwardNote",
            "6 UnknownNoteKind",
            "7 ShortRow { fields: 3, wanted: 4 }",
            "8 EndlessRow",
        ],
    );
    check("", &[], &[]);
    check(
        "開始,サイト,種類\n2024-11-01 02:00,a,備考\n",
        &[],
        &["MissingColumn(\"終了 / to\")"],
    );
}

#[test]
fn user_and_password_are_removed_as_from_logs() {
    check(
        "from,to,site,kind,note\n2024-11-01 02:00,2024-11-01 03:00,https://me:secret@a/,note,see https://me:secret@b/\n",
        &["2024-11-01T02:00+09:00..2024-11-01T03:00+09:00 https://a/ # see https://b/"],
        &[],
    );
}

#[test]
fn more_notes_than_the_limit_are_one_fault() {
    let row = "2024-11-01 02:00,2024-11-01 03:00,note\n";
    let text = format!("from,to,kind\n{}", row.repeat(MOST));
    let (notes, faults) = read_in("Asia/Tokyo", &text);
    assert_eq!((notes.len(), faults.len()), (MOST, 0));
    let (notes, faults) = read_in("Asia/Tokyo", format!("{text}{row}{row}"));
    assert_eq!(notes.len(), MOST);
    assert_eq!(faults, [format!("{} TooManyNotes", MOST + 2)]);
}

/// Berlin's clocks show 02:00 to 03:00 twice on this night, at +02:00 and then at +01:00.
#[test]
fn of_times_that_the_clock_shows_twice_a_note_ends_at_the_first_after_its_start() {
    let check = |from: &str, to: &str, want: &str| {
        let text = format!("from,to,kind\n2024-10-27 {from},2024-10-27 {to},note\n");
        let (notes, faults) = read_in("Europe/Berlin", text);
        let got = notes.first().or(faults.first()).unwrap();
        assert!(got.contains(want), "{from} to {to}: {got}");
    };
    check("01:00", "02:30", "T01:00+02:00..2024-10-27T02:30+02:00");
    check("02:30", "02:40", "T02:30+02:00..2024-10-27T02:40+02:00");
    check("02:40", "02:30", "T02:40+02:00..2024-10-27T02:30+01:00");
    check("02:30", "02:30", "T02:30+02:00..2024-10-27T02:30+01:00");
    check("03:30", "02:30", "BackwardNote");
}
