//! The JSON routes, as scripts use them.

use serde_json::json;

use crate::support::site::Site;

fn two_companies() -> Site {
    Site::new()
        .log("A", "s1", "202410", &["u1 200", "u1 500"])
        .log("A", "s1", "202411", &["u1 200", "u2 200"])
        .log("A", "s2", "202411", &["u3 404"])
        .log("A", "2024", "202309", &["y 200"])
        .log("B", "s1", "202411", &["u1 200", "u4 N/A"])
}

/// The URLs in an answer, with their totals.
#[track_caller]
fn totals(site: &Site, path: &str) -> Vec<(String, u64)> {
    let answer = site.json(path);
    let logs = answer["logs"].as_object().unwrap();
    logs.iter()
        .map(|(url, counts)| (url.clone(), counts["total"].as_u64().unwrap()))
        .collect()
}

#[track_caller]
fn check(path: &str, want: &[(&str, u64)]) {
    let got = totals(&two_companies(), path);
    let got: Vec<_> = got
        .iter()
        .map(|(url, total)| (url.as_str(), *total))
        .collect();
    assert_eq!(got, want, "{path}");
}

#[test]
fn the_answer_has_the_originals_shape_and_sorted_keys() {
    let site = Site::new().log("会社", "s", "202411", &["b 500", "a 200", "a 404", "a 200"]);
    let body = site.get("/api/%E4%BC%9A%E7%A4%BE").body;
    assert_eq!(
        body,
        "{\"logs\":{\
         \"a\":{\"failure\":1,\"status_codes\":{\"200\":2,\"404\":1},\"success\":2,\"total\":3},\
         \"b\":{\"failure\":1,\"status_codes\":{\"500\":1},\"success\":0,\"total\":1}\
         },\"sites\":[\"s\"]}\n"
    );
}

#[test]
fn each_route_selects_its_part() {
    check(
        "/api/all",
        &[("u1", 4), ("u2", 1), ("u3", 1), ("u4", 1), ("y", 1)],
    );
    check("/api/A", &[("u1", 3), ("u2", 1), ("u3", 1), ("y", 1)]);
    check("/api/A/s1", &[("u1", 3), ("u2", 1)]);
    check("/api/A/s1/202411", &[("u1", 1), ("u2", 1)]);
    check("/api/A/s1/2024", &[("u1", 3), ("u2", 1)]);
    check("/api/A/202411", &[("u1", 1), ("u2", 1), ("u3", 1)]);
}

#[test]
fn all_filters_nothing_in_any_place() {
    check("/api/all/s1", &[("u1", 4), ("u2", 1), ("u4", 1)]);
    check(
        "/api/all/202411",
        &[("u1", 2), ("u2", 1), ("u3", 1), ("u4", 1)],
    );
    check("/api/all/all/202410", &[("u1", 2)]);
    check("/api/A/all/202410", &[("u1", 2)]);
    check("/api/A/s1/all", &[("u1", 3), ("u2", 1)]);
    let site = two_companies();
    for path in ["/api/A/all", "/api/A/all/all"] {
        assert_eq!(site.get(path).body, site.get("/api/A").body);
    }
}

#[test]
fn a_site_folder_outranks_a_month_of_its_name() {
    check("/api/A/2024", &[("y", 1)]);
    check("/api/B/2024", &[("u1", 1), ("u4", 1)]);
}

#[test]
fn unknown_names_find_nothing_and_say_so_with_200() {
    let site = two_companies();
    assert_eq!(site.json("/api/nobody"), json!({"logs": {}, "sites": []}));
    assert_eq!(site.json("/api/A/nothing"), json!({"logs": {}}));
    assert_eq!(site.json("/api/A/s1/209901"), json!({"logs": {}}));
}

#[test]
fn other_paths_are_404_in_json() {
    let response = two_companies().get("/api/A/");
    assert_eq!(response.status.code, 404);
    assert_eq!(
        response.body,
        "{\"error\":\"このURLにはページがありません。\"}\n"
    );
}

#[test]
fn more_texts_can_mean_up() {
    let site = Site::new().config(r#"{"up_statuses": ["異常"]}"#).log(
        "A",
        "s",
        "202411",
        &["u 200", "u 500"],
    );
    assert_eq!(site.json("/api/all")["logs"]["u"]["success"], 2);
}

#[test]
fn a_check_under_maintenance_is_a_failure_and_a_status_in_both_lists_is_up() {
    let both = r#"{"maintenance_statuses": ["異常", "点検"], "up_statuses": ["点検"]}"#;
    let log = "サイト,状態,ステータスコード\nu,異常,503\nu,点検,503\n";
    let site = Site::new().config(both).file("A/s/x_202411.csv", log);
    let counts = &site.json("/api/all")["logs"]["u"];
    assert_eq!(
        (&counts["success"], &counts["failure"]),
        (&json!(1), &json!(1))
    );
}

#[test]
fn only_companies_sites_and_csv_files_count() {
    let site = two_companies()
        .file("note.csv", "x")
        .file("A/note.csv", "x")
        .file(".hidden/s/monitor_results_202411.csv", "x")
        .file("A/.hidden/monitor_results_202411.csv", "x")
        .file("A/s1/.monitor_results_202411.csv", "x")
        .file("A/s1/notes.txt", "x");
    assert_eq!(
        site.get("/api/all").body,
        two_companies().get("/api/all").body
    );
    assert_eq!(site.json("/api/A")["sites"], json!(["2024", "s1", "s2"]));
    assert!(!site.page("/").contains("faults"));
}
