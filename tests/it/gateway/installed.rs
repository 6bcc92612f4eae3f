//! What the real executable finds beside it: settings, logs, and what it may not read.

use super::*;

/// Runs the executable as a user to whom file modes apply; root may read everything.
fn as_nobody(command: &mut Command) -> &mut Command {
    const NOBODY: u32 = 65534;
    if fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0) {
        command.uid(NOBODY).gid(NOBODY);
    }
    command
}

/// A copy of the executable that every user may run, with a site of its own around it.
fn installed(config: Option<&str>) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let bin = folder.path().join("cgi-bin");
    fs::create_dir_all(&bin).unwrap();
    fs::create_dir_all(folder.path().join("logs/A/s")).unwrap();
    let log = format!("{HEADER}\n2024-11-01 00:00:00,u,{UP},200\n");
    fs::write(
        folder.path().join("logs/A/s/monitor_results_202411.csv"),
        log,
    )
    .unwrap();
    install(&bin.join("index.cgi"));
    if let Some(config) = config {
        fs::write(bin.join("config.json"), config).unwrap();
    }
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    folder
}

fn run(folder: &Path) -> Command {
    let mut command = program(&folder.join("cgi-bin/index.cgi"));
    command
        .current_dir(folder.join("cgi-bin"))
        .env("GATEWAY_INTERFACE", "CGI/1.1");
    command
}

#[test]
fn logs_that_may_not_be_read_are_503() {
    let folder = installed(None);
    let logs = folder.path().join("logs");
    fs::set_permissions(&logs, fs::Permissions::from_mode(0o000)).unwrap();
    let answer = Answer::of(as_nobody(&mut run(folder.path())));
    fs::set_permissions(&logs, fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(answer.status(), "503");
    assert!(answer.body.contains("705または755"), "{}", answer.body);
}

#[test]
fn files_that_may_not_be_read_are_faults() {
    let folder = installed(None);
    let site = folder.path().join("logs/A/s");
    fs::write(site.join("monitor_results_202410.csv"), "secret").unwrap();
    fs::set_permissions(
        site.join("monitor_results_202410.csv"),
        fs::Permissions::from_mode(0o000),
    )
    .unwrap();
    fs::create_dir(folder.path().join("logs/A/closed")).unwrap();
    fs::set_permissions(
        folder.path().join("logs/A/closed"),
        fs::Permissions::from_mode(0o000),
    )
    .unwrap();
    let answer = Answer::of(as_nobody(&mut run(folder.path())));
    assert_eq!(answer.status(), "200");
    for place in ["A/s/monitor_results_202410.csv", "A/closed"] {
        let row = format!("<td>{place}</td><td>読み取り権限がありません</td>");
        assert!(answer.body.contains(&row), "{}", answer.body);
    }
    assert!(answer.body.contains("100%"));
    let mut check = run(folder.path());
    check.env("QUERY_STRING", "check=1&lang=en");
    let check = Answer::of(as_nobody(&mut check));
    assert!(check.body.contains("be read: 2."), "{}", check.body);
}

#[test]
fn strange_things_in_a_site_folder_are_faults_and_the_rest_is_counted() {
    let site = one_check()
        .file(
            "A/s/missing_202411.csv",
            "日時,サイト,ステータスコード\nx,u,200\n",
        )
        .file(
            "A/s/short_202411.csv",
            format!("{HEADER}\n2024-11-01 00:00:00,u,{UP},200\n2024-11-01 00:05:00,u\n"),
        )
        .file(
            "A/s/rubbish_202411.csv",
            b"\x00\xff\xfe\x80\n\"\x01,,,\n\xa0",
        )
        .file("A/s/folder.csv/x", "")
        .file("B/t/monitor_results_202411.csv", HEADER);
    let folder = site.logs().join("A/s");
    let made = Command::new("mkfifo")
        .arg(folder.join("fifo.csv"))
        .status()
        .unwrap();
    assert!(made.success());
    symlink("/nowhere", folder.join("dangling.csv")).unwrap();
    let answer = Answer::of(
        site.program()
            .env("REQUEST_URI", "/?lang=en")
            .env("QUERY_STRING", "lang=en"),
    );
    assert_eq!(answer.status(), "200");
    for want in [
        "<td>A/s/dangling.csv</td><td>not found (perhaps a link that leads nowhere)</td>",
        "<td>A/s/fifo.csv</td><td>not a regular file</td>",
        "<td>A/s/folder.csv</td><td>not a regular file</td>",
        "<td>A/s/missing_202411.csv</td><td>the column “状態” is missing (the file is not counted)</td>",
        "<td>A/s/rubbish_202411.csv</td><td>the column “サイト” is missing (the file is not counted)</td>",
        "<td>A/s/short_202411.csv line 3</td><td>the row is cut short (fields: 2, needed: 4)</td>",
        "6 rows or files could not be read",
    ] {
        assert!(answer.body.contains(want), "{want}\n{}", answer.body);
    }
    let json = Answer::of(site.program().env("PATH_INFO", "/api/all"));
    assert!(json.body.contains("\"total\":2"), "{}", json.body);
}

#[test]
fn faults_beyond_the_first_are_counted() {
    let site = Site::new().file(
        "A/s/x_202411.csv",
        format!("{HEADER}\n{}", "short\n".repeat(1234)),
    );
    let page = site.page("/?lang=en");
    assert!(
        page.contains("1,234 rows or files could not be read"),
        "{page}"
    );
    assert_eq!(page.matches("cut short").count(), 20);
    assert!(page.contains("and 1,214 more"));
}

#[test]
fn the_logs_beside_the_programs_folder_are_found_with_nothing_set() {
    let folder = installed(None);
    let answer = Answer::of(run(folder.path()).env("PATH_INFO", "/api/all"));
    assert!(answer.body.contains("\"total\":1"), "{}", answer.body);
    // Whatever the current folder is.
    let answer = Answer::of(
        run(folder.path())
            .env("PATH_INFO", "/api/all")
            .current_dir("/"),
    );
    assert!(answer.body.contains("\"total\":1"), "{}", answer.body);
}

#[test]
fn settings_are_read_from_beside_the_program() {
    let folder = installed(Some(
        r#"{"title": "株式会社A の監視", "language": "en", "logs_dir": "../data"}"#,
    ));
    fs::rename(folder.path().join("logs"), folder.path().join("data")).unwrap();
    let answer = Answer::of(&mut run(folder.path()));
    assert!(
        answer.body.contains("<title>株式会社A の監視</title>"),
        "{}",
        answer.body
    );
    assert!(answer.body.contains("<html lang=\"en\">"));
    assert!(answer.body.contains("100%"));
}

#[test]
fn a_mistake_in_the_settings_is_named() {
    let check = |config: &str, want: &str| {
        let folder = installed(Some(config));
        let answer = Answer::of(run(folder.path()).env("HTTP_ACCEPT_LANGUAGE", "en"));
        assert_eq!(answer.status(), "500");
        assert!(answer.body.contains(want), "{}", answer.body);
        assert!(!answer.body.contains(folder.path().to_str().unwrap()));
    };
    check("{\n\"title\": \"x\",\n}", "near line 3, column 1");
    check(
        r#"{"time_zone": "Mars"}"#,
        "config.json: “time_zone” must be a time zone such as &quot;Asia/Tokyo&quot;",
    );
    check(r#"{"titel": "x"}"#, "config.json: “titel” is not a setting");
    // The heading names the file, and every setting that README.md lists is offered.
    check(r#"{"titel": "x"}"#, ">A mistake in config.json</h1>");
    let readme = include_str!("../../../README.md");
    let (_, settings) = readme.split_once("\n| key | default | meaning |").unwrap();
    let (settings, _) = settings.split_once("\n\n").unwrap();
    let settings = settings.lines().filter_map(|line| line.strip_prefix("| `"));
    let mut listed = 0;
    for (key, _) in settings.filter_map(|line| line.split_once('`')) {
        check(r#"{"titel": "x"}"#, key);
        listed += 1;
    }
    assert!(listed >= 14, "{listed}");
}

#[test]
fn errors_of_the_api_are_json_whatever_is_wrong() {
    let site = one_check();
    for (name, value, want) in [
        ("REQUEST_METHOD", "POST", "405"),
        ("CONTENT_LENGTH", "1", "413"),
        ("QUERY_STRING", &"x".repeat(9000), "414"),
        ("REQUEST_URI", "/api/%FF", "400"),
        ("REQUEST_URI", "/api/../x", "400"),
        ("REQUEST_URI", "/api/all/", "404"),
    ] {
        let answer = Answer::of(
            site.program()
                .env("REQUEST_URI", "/api/all")
                .env(name, value),
        );
        assert_eq!(answer.status(), want, "{name}");
        assert_eq!(
            answer.header("Content-Type"),
            "application/json; charset=utf-8",
            "{name}"
        );
        assert!(answer.body.starts_with("{\"error\":"), "{}", answer.body);
    }
    let english = Answer::of(
        site.program()
            .env("REQUEST_METHOD", "POST")
            .env("QUERY_STRING", "lang=en&x=%FF"),
    );
    assert!(
        english.body.contains("Use GET or HEAD."),
        "{}",
        english.body
    );
}

#[test]
fn links_that_lead_nowhere_are_told() {
    let site = one_check();
    symlink("/nowhere", site.logs().join("gone")).unwrap();
    symlink("/nowhere", site.logs().join("A/gone")).unwrap();
    let page = site.page("/?lang=en");
    for place in ["gone", "A/gone"] {
        assert!(
            page.contains(&format!("<td>{place}</td><td>not found")),
            "{page}"
        );
    }
}

#[test]
fn settings_that_are_no_file_are_a_mistake_and_not_the_defaults() {
    let folder = installed(None);
    let config = folder.path().join("cgi-bin/config.json");
    let check = || {
        let answer = Answer::of(run(folder.path()).env("HTTP_ACCEPT_LANGUAGE", "en"));
        assert_eq!(answer.status(), "500");
        assert!(
            answer.body.contains("it must be a regular file"),
            "{}",
            answer.body
        );
    };
    symlink("/nowhere", &config).unwrap();
    check();
    fs::remove_file(&config).unwrap();
    fs::create_dir(&config).unwrap();
    check();
}
