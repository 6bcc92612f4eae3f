//! Laws of what comes from outside: settings, addresses, tags, cache files.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::sync::LazyLock;

use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop, proptest};
use serde_json::Value;
use site_monitor::cgi::conditional::EntityTag;
use site_monitor::cgi::query_string::{decode_pairs, encode};
use site_monitor::cgi::request::{Base, Request};
use site_monitor::cgi::vars::Vars;
use site_monitor::check::Day;
use site_monitor::config::{Config, KEYS};
use site_monitor::period::Days;
use site_monitor::query::{Filter, Query, Selection};
use site_monitor::route::{Links, Route};

use crate::support::logs::HEADER;
use crate::support::site::Site;

/// Every setting, and a misspelt one.
fn keys() -> Vec<&'static str> {
    KEYS.into_iter().chain(["colums"]).collect()
}

fn json() -> impl Strategy<Value = Value> {
    let leaf = proptest::prop_oneof![
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        prop::sample::select(vec!["ja", "en", "Asia/Tokyo", "site", "url"]).prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 20, 4, |inner| {
        let key = proptest::prop_oneof![
            prop::sample::select(keys()).prop_map(str::to_owned),
            ".{0,6}"
        ];
        proptest::prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::hash_map(key, inner, 0..4).prop_map(Value::from_iter),
        ]
    })
}

/// A folder's name: anything but `/`, a leading dot and what filters by itself.
fn name() -> impl Strategy<Value = String> {
    "[^/\\x00]{1,20}".prop_filter("a name", |name| !name.starts_with('.') && name != "all")
}

fn selection() -> impl Strategy<Value = Selection> {
    // A day needs a site; what is asked for without one is a mistake.
    let day = || (0..30_000_i32).prop_map(Day);
    let days = proptest::prop_oneof![
        Just(Days::OfMonths),
        day().prop_map(Days::One),
        (day(), 1..400_i32).prop_map(|(from, count)| Days::Range(from..from.plus(count))),
    ];
    let parts = (
        prop::option::of(name()),
        prop::option::of(name()),
        prop::option::of("[0-9]{4,6}"),
        days,
    );
    let filter = |name: Option<String>| name.map_or(Filter::All, Filter::Only);
    let selection = parts.prop_map(move |(company, site, year_month, days)| Selection {
        company: filter(company),
        site: filter(site),
        months: filter(year_month).into(),
        days,
    });
    selection.prop_filter("a day of a site", |selection| {
        let is_named = selection.company != Filter::All && selection.site != Filter::All;
        is_named || !matches!(selection.days, Days::One(_))
    })
}

fn vars(target: &str) -> Vars {
    let query = target.split_once('?').map_or("", |(_, query)| query);
    Vars::from([
        ("SCRIPT_NAME", "/s/cgi-bin/index.cgi"),
        ("REQUEST_URI", target),
        ("QUERY_STRING", query),
    ])
}

/// The answer to a log with its columns in this order, and `more` after them.
fn answer_of_columns(order: &[usize], more: usize) -> String {
    const ROWS: [[&str; 6]; 4] = [
        [
            "日時",
            "サイト",
            "状態",
            "ステータスコード",
            "応答時間",
            "備考",
        ],
        [
            "2024-11-01 00:00:00",
            "https://a/",
            "正常に稼働中",
            "200",
            "0.1",
            "x",
        ],
        ["2024-11-01 00:05:00", "https://a/", "異常", "500", "", "y"],
        [
            "2024-11-01 00:10:00",
            "\"https://b/,\"",
            "正常に稼働中",
            "200",
            "0.3",
            "z",
        ],
    ];
    let line = |cells: &[&str; 6]| {
        let cells: Vec<_> = order.iter().map(|at| cells[*at]).collect();
        cells.join(",") + &",w".repeat(more) + "\n"
    };
    let text: String = ROWS.iter().map(line).collect();
    let site = Site::new().file("A/s/x_202411.csv", text);
    site.get("/api/all?include=incidents,days,latency,coverage,faults")
        .body
}

static IN_ORDER: LazyLock<String> = LazyLock::new(|| answer_of_columns(&[0, 1, 2, 3, 4, 5], 0));

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn settings_are_read_or_a_key_that_is_there_is_named(
        keys in prop::collection::hash_map(prop::sample::select(keys()), json(), 0..5),
    ) {
        let text = serde_json::to_string(&keys).unwrap();
        if let Err(error) = Config::from_json(text.as_bytes()) {
            let key = error.key.unwrap();
            assert!(keys.contains_key(key.split('.').next().unwrap()), "{key} of {text}");
        } else {
            assert!(!keys.contains_key("colums"), "{text}");
        }
    }

    #[test]
    fn settings_of_any_bytes_are_an_answer(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        let named = Config::from_json(&bytes).err().and_then(|error| error.key);
        assert!(named.is_none_or(|key| String::from_utf8_lossy(&bytes).contains(&key)));
    }

    #[test]
    fn what_is_encoded_is_decoded(pairs in prop::collection::vec((".{1,10}", ".{0,10}"), 1..6)) {
        let text: Vec<_> = pairs.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        assert_eq!(decode_pairs(text.join("&").as_bytes()), pairs);
        // Every byte may be escaped, and means the same.
        let escape = |text: &str| text.bytes().fold(String::new(), |all, byte| all + &format!("%{byte:02X}"));
        let text: Vec<_> = pairs.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect();
        assert_eq!(decode_pairs(text.join("&").as_bytes()), pairs);
    }

    #[test]
    fn a_link_leads_to_what_it_was_made_for(selection in selection()) {
        let base = || Base::from_vars(&vars("/s/"));
        let links = Links::new(base(), None);
        let page = format!("/s/{}", links.page(&selection).trim_start_matches("/s/").trim_start_matches("./"));
        let request = Request::from_vars(&vars(&page));
        assert_eq!(Route::from_path(&request.path.unwrap()), Some(Route::ByQuery), "{page}");
        assert_eq!(Query::from_pairs(&request.pairs).selection, selection, "{page}");
    }

    #[test]
    fn a_tag_is_found_in_any_list_and_only_there(
        hash in any::<u64>(), weak in any::<bool>(), others in prop::collection::vec("(W/)?\"[0-9a-z-]{0,20}\"", 0..5),
        at in any::<prop::sample::Index>(), spelling in prop::sample::select(vec!["{}", "W/{}", "{}-gzip", "W/{}-br", "{};gzip"]),
    ) {
        let tag = EntityTag { hash, weak };
        let known = tag.header().trim_start_matches("W/").trim_matches('"').to_owned();
        let (prefix, suffix) = spelling.split_once("{}").unwrap();
        let spelt = format!("{prefix}\"{known}{suffix}\"");
        let mut list: Vec<String> = others.into_iter().filter(|other| !other.contains(&known)).collect();
        let matched = |list: &[String]| tag.matched(&Vars::from([("HTTP_IF_NONE_MATCH", list.join(", ").as_str())]));
        assert_eq!(matched(&list), None);
        list.insert(at.index(list.len() + 1), spelt.clone());
        assert_eq!(matched(&list), Some(spelt));
    }

    #[test]
    fn columns_may_stand_in_any_order(order in prop::sample::subsequence(vec![0, 1, 2, 3, 4, 5], 6).prop_shuffle(), more in 0..3_usize) {
        assert_eq!(answer_of_columns(&order, more), *IN_ORDER);
    }
}

/// What happens to bytes of a cache file.
#[derive(Clone, Copy, Debug)]
enum Damage {
    ChangeByte,
    Cut,
    Zero,
    Remove,
    Repeat,
    Append,
}

impl Damage {
    const ALL: [Self; 6] = [
        Self::ChangeByte,
        Self::Cut,
        Self::Zero,
        Self::Remove,
        Self::Repeat,
        Self::Append,
    ];
}

#[test]
fn a_damaged_cache_file_is_ignored() {
    let mut text = format!("{HEADER}\n");
    for minute in 0..2000 {
        let (day, hour) = (1 + minute / 288, minute / 12 % 24);
        let (status, code) = if minute % 97 < 3 {
            ("異常", "500")
        } else {
            ("正常に稼働中", "200")
        };
        text += &format!(
            "2024-11-{day:02} {hour:02}:{:02}:00,https://a/,{status},{code}\n",
            minute % 12 * 5
        );
    }
    let site = Site::new().at("2024-11-20T00:00:00");
    let site = site
        .file("A/s/x_202410.csv", text.replace("2024-11", "2024-10"))
        .file("A/s/x_202411.csv", text);
    Site::settle();
    let targets = [
        "/?company=A&site=s",
        "/api/all?include=incidents,days,coverage",
    ];
    let want = targets.map(|target| site.get(target).body);
    let path = site.cache().remove(0);
    let whole = fs::read(&path).unwrap();
    let inode = fs::metadata(&path).unwrap().ino();
    assert_eq!(targets.map(|target| site.get(target).body), want);
    assert_eq!(
        fs::metadata(&path).unwrap().ino(),
        inode,
        "a sound file is used, and not written again"
    );
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(300));
    let damage = (
        prop::sample::select(Damage::ALL.to_vec()),
        any::<prop::sample::Index>(),
        any::<prop::sample::Index>(),
        any::<u8>(),
    );
    runner
        .run(&damage, |(damage, at, other, byte)| {
            let mut bytes = whole.clone();
            let (at, other) = (at.index(bytes.len()), other.index(bytes.len()));
            let (start, end) = (at.min(other), at.max(other));
            match damage {
                Damage::ChangeByte => bytes[at] ^= byte | 1,
                Damage::Cut => bytes.truncate(at),
                Damage::Zero => bytes[start..end].fill(0),
                Damage::Remove => drop(bytes.drain(start..end)),
                Damage::Repeat => bytes.extend_from_within(start..end),
                Damage::Append => bytes.extend_from_slice(&[byte; 40]),
            }
            fs::write(&path, &bytes).unwrap();
            for (target, want) in targets.iter().zip(&want) {
                assert_eq!(&site.get(target).body, want, "{damage:?} {at} {other}");
            }
            Ok(())
        })
        .unwrap();
}
