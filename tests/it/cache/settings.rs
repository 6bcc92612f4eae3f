//! The cache turned off, refused, and beside a line that is still being written.

use super::*;

/// Three sites of a check each.
fn three_sites() -> Site {
    let site = Site::new()
        .log("A", "s", "202411", &["https://a/ 200"])
        .log("A", "t", "202411", &["https://b/ 500"])
        .log("B", "s", "202411", &["https://a/ 500"]);
    Site::settle();
    site
}

#[test]
fn the_cache_can_be_turned_off() {
    let site = three_sites().config(r#"{"cache": false}"#);
    site.page("/");
    assert_eq!(site.cache(), Vec::<PathBuf>::new());
    let site = site.config("{}");
    site.page("/");
    assert_eq!(site.cache().len(), 3);
}

#[test]
fn a_folder_that_cannot_be_written_costs_nothing_but_time() {
    let twins = Twins::of(three_sites());
    let blocked = twins.cached.write(".cache", "");
    twins.ask(NOW, "/", "a file is where the cache folder should be");
    assert_eq!(fs::read(blocked).unwrap(), b"");
}

/// A last line without its end may still be being written for a minute after each change of its
/// file, even if the change was only of the time.
#[test]
fn an_unfinished_last_line_is_not_taken_from_the_cache_of_a_quiet_file() {
    let twins = Twins::of(Site::new());
    let text = format!("{HEADER}\nx,a,{UP},200\nx,a,{UP},20");
    let path = twins.cached.write("A/s/m_202411.csv", text);
    let changed = Moment(clock().0 - 2);
    let set_modified = |moment: Moment| {
        let at = UNIX_EPOCH + Duration::from_secs(moment.0.unsigned_abs());
        File::open(&path).unwrap().set_modified(at).unwrap();
    };
    set_modified(changed);
    Site::settle();
    let later = Moment(changed.0 + 100);
    for now in [later, changed, later] {
        twins.ask(now, "/api/all", &format!("{now:?}"));
    }
    set_modified(Moment(changed.0 + 90));
    let answer = |now: i64| twins.ask(Moment(changed.0 + now), "/api/all", "a touch");
    assert!(answer(100).contains("\"total\":1}") && answer(200).contains("\"total\":2}"));
}
