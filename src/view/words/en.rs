//! English.

use super::{CheckWords, FaultWords, ProblemWords, Words};

pub(super) const WORDS: Words = Words {
    dashboard: "Log dashboard",
    choose_company: "Company",
    choose_site: "Site",
    choose_month: "Month",
    show_all: "Show all",
    show: "Show",
    skip_to_content: "Skip to content",
    selection: "What to show",
    other_language: "日本語",

    everything: "All companies and sites",
    results: "Results",
    site: "Site",
    checks: "Checks",
    up: "Up",
    down: "Down",
    uptime: "Uptime",
    status_codes: "Status codes",
    overall_uptime: "Overall uptime",
    sites_shown: "Sites",
    no_name: "(no name)",
    no_logs_yet: "There are no logs yet. In the log folder (logs beside cgi-bin, unless logs_dir in cgi-bin/config.json names another), files of this pattern are expected:",
    log_pattern: "<company>/<site>/monitor_results_YYYYMM.csv",
    check_link: "Check the installation",
    no_checks: "There are no logs for this choice.",
    no_checks_hint: "Choose another company, site or month.",
    uptime_rule: "Uptime = up ÷ checks, rounded down to three decimals; 100% only when no check failed.",
    json_of_this: "This table as JSON",

    state: "State",
    state_up: "Up",
    state_down: "Down",
    state_stale: "Stale",
    state_undated: "No times",
    banner_up: "All sites are up",
    sentence_separator: "; ",
    last_check: "Last check",
    last_90_days: "90 days",
    first_of_90_days: "89 days ago",
    today: "today",
    sample_notice: "These are the sample logs: replace what is in the folder logs with logs of your own.",
    stale_rule: "A site whose last check is older than 3 typical intervals is stale, not up.",
    bars_rule: "A bar is a day: its red top is the share of failed checks (at least a third), a low grey stub is a day without checks.",
    downtime_rule: "Downtime is the time from a first failed check to the next that is up (uptime counts checks, downtime the clock). Where the next check is more than 3 typical intervals away, an incident ends at its last failed check and its true end is unknown.",
    coverage_rule: "Coverage = checks seen ÷ checks expected at the typical interval.",
    latency_rule: "Response times are those of checks that were up, to 5%.",
    period: "Period",
    last_24_hours: "24 hours",
    last_7_days: "7 days",
    last_30_days: "30 days",
    last_year: "1 year",
    downtime: "Downtime",
    downtime_total: "Total downtime",
    incidents: "Incidents",
    coverage: "Coverage",
    mttr: "MTTR",
    mtbf: "MTBF",
    response_time: "Response time",
    median: "Median",
    p95: "p95",
    p99: "p99",
    chart_top: "Top:",
    months: "Months",
    month_column: "Month",
    from: "From",
    to: "To",
    duration: "Duration",
    failed_checks: "Failed checks",
    no_incidents: "No incidents.",
    ongoing: "ongoing",
    or_later: "or later",
    report: "Uptime report",
    unfinished: "(in progress)",
    target: "Target",
    met: "met",
    missed: "missed",
    no_data: "no data",
    all_met: "All sites met the target",
    change_month: "Change",
    change_year: "Change",
    points: " pt",
    by_day: "By day",
    bar_none: "{date}: no data",
    bar_up: "{date}: checks: {total}, all up",
    bar_down: "{date}: checks: {total}, failed: {down}",
    search: "Filter",
    search_none: "No site matches.",
    unit_day: " d",
    unit_hour: " h",
    unit_minute: " min",
    unit_second: " s",
    unit_separator: " ",

    faults_hint: "These rows and files are not counted, or only in part. All other rows are.",
    faults_place: "Place",
    faults_reason: "Reason",
    back_to_dashboard: "Back to the dashboard",

    banner_down: |n| match n {
        1 => "1 site is down".to_owned(),
        n => format!("{n} sites are down"),
    },
    banner_stale: |n| match n {
        1 => "1 site has no recent checks".to_owned(),
        n => format!("{n} sites have no recent checks"),
    },
    bars_label: |first, last, uptime, failed| {
        format!("By day from {first} to {last}: uptime {uptime}, days with failures: {failed}")
    },
    chart_label: |top| {
        format!("Response times over 90 days, up to {top}; the table has the numbers")
    },
    ago: |count, unit| {
        let unit = ["second", "minute", "hour", "day"][unit.min(3)];
        format!("{count} {unit}{} ago", if count == 1 { "" } else { "s" })
    },
    at_least: |duration| format!("{duration} or more"),
    so_far: |duration| format!("{duration} so far"),
    shorter_incidents: |count| {
        format!("The 100 longest; shorter ones, which the JSON has: {count}")
    },
    older_incidents: |count| format!("Older ones, which the JSON has: {count}"),
    sites_silent: |n| match n {
        1 => "1 site has no data".to_owned(),
        n => format!("{n} sites have no data"),
    },
    banner_some_up: |n| match n {
        1 => "1 site is up".to_owned(),
        n => format!("{n} sites are up"),
    },
    banner_undated: |n| match n {
        1 => "1 site has no timestamps, so its current state is unknown".to_owned(),
        n => format!("{n} sites have no timestamps, so their current state is unknown"),
    },
    sites_missed: |n| match n {
        1 => "1 site missed the target".to_owned(),
        n => format!("{n} sites missed the target"),
    },
    year: str::to_owned,
    month: |year, month| {
        const NAMES: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let name = NAMES.get(usize::from(month).wrapping_sub(1)).unwrap_or(&"");
        format!("{name} {year}")
    },
    faults_count: |count| match count {
        "1" => "1 row or file could not be read".to_owned(),
        count => format!("{count} rows or files could not be read"),
    },
    faults_more: |count| format!("and {count} more"),
    line: |line| format!("line {line}"),
    site_not_found: |site| {
        format!("There is no site “{site}” in this choice; all sites are shown.")
    },
    faults: &FaultWords {
        missing_column: |name| format!("the column “{name}” is missing (the file is not counted)"),
        short_row: |fields, wanted| {
            format!("the row is cut short (fields: {fields}, needed: {wanted})")
        },
        not_text: "the text is neither UTF-8 nor Shift_JIS",
        bad_time: "the time is invalid or in the future (the row still counts)",
        endless_row: "the row does not end: a quote (\") is never closed, or it has more than 64 KiB or 50 line breaks (this line is not counted)",
        not_a_file: "not a regular file",
        denied: "no permission to read it",
        missing: "not found (perhaps a link that leads nowhere)",
        foreign: "it belongs to another user than the link to it, and is not read",
        unreadable: "an error occurred while reading it",
    },
    problems: &ProblemWords {
        bad_request: "Bad request",
        not_found: "Page not found",
        body: "Requests with a body are not accepted",
        method: "Method not allowed",
        too_long: "URL too long",
        internal: "Internal error",
        unavailable: "The logs can't be shown",
        not_text: "The URL's text is not UTF-8.",
        bad_path: "The URL contains a part that is not allowed, such as “..”.",
        unknown_include: |word| {
            format!("include takes days, incidents, latency, coverage, faults, not “{word}”.")
        },
        no_such_page: "There is no page at this URL.",
        no_such_company: |name| format!("There are no logs of a company “{name}”."),
        body_hint: "Send the request without a body, by GET or HEAD.",
        method_hint: "Use GET or HEAD.",
        too_long_hint: "Use a URL of at most 8190 bytes.",
        internal_hint: "The page could not be made. Please try again later.",
        logs_missing: "The log folder was not found. Put a folder named logs beside cgi-bin, or name its place as logs_dir in cgi-bin/config.json.",
        logs_unreadable: "The log folder can't be read. Give the user that runs the CGI program permission to read it (such as 705 or 755), and to enter all folders above it (such as 711).",
        logs_looked_for: "Looked for, from the program's folder: ../logs, logs.",
        config: "A mistake in config.json",
        config_keys: |keys| format!("The settings are: {keys}."),
        config_file: |reason| format!("config.json: {reason}"),
        config_key: |key, reason| format!("config.json, “{key}”: {reason}"),
        config_unreadable: "the file can't be read; it must be a regular file of at most 1 MiB that the program may read.",
        config_syntax: |line, column| {
            format!("it stops being JSON near line {line}, column {column}.")
        },
        config_unknown_key: "is not a setting.",
        config_wants_object: "must be an object, in { }.",
        config_wants_text: "must be non-empty text.",
        config_wants_texts: "must be text or a list of texts.",
        config_wants_language: "must be \"ja\" or \"en\".",
        config_wants_count: "must be a whole number, 1 or more.",
        config_wants_percentage: "must be a number above 0 and up to 100, with at most three decimals.",
        config_wants_switch: "must be true or false.",
        config_wants_hide_query: "must be true, false or \"everywhere\".",
        config_wants_time_zone: "must be a time zone such as \"Asia/Tokyo\".",
    },
    check: &CheckWords {
        heading: "Installation check",
        fine: "fine",
        mend: "fix this",
        unknown: "not known yet",
        logs: |place, companies, sites, logs, opened| {
            format!(
                "The log folder was found {place}. Companies: {companies}, site folders: {sites}, logs: {logs}. Opened to see whether they can be read: {opened}, the newest of each site looked into."
            )
        },
        in_environment: "where SITE_MONITOR_LOGS says",
        in_configured: "where logs_dir in config.json says",
        in_beside: "beside the program's folder",
        in_within: "in the program's folder",
        in_current: "in the current folder",
        faults: |count| {
            format!(
                "Files or folders that can't be read: {count}. The dashboard names the first of them, and why. The user that runs the program needs permission to read them, and to enter all folders above; a link must have the owner of what it leads to."
            )
        },
        logs_open: "Anyone with an account on this host may write into the log folder, and so change your numbers. Take that permission away (755 or 705; 700 is enough if programs run as you).",
        cache_works: "Results are cached in .cache in the log folder, so that the next request is quick.",
        cache_off: "Results are not cached: the setting cache is false. Each request reads all logs.",
        cache_refused: "Results can't be cached, so each request reads all logs. That is slow with years of logs, and does no other harm. If you can, make a folder .cache in the log folder that belongs to the user that runs the program.",
        modes_fine: |program, folder| {
            format!(
                "Only their owner may write to index.cgi ({program}) and its folder ({folder})."
            )
        },
        modes_open: |program, folder| {
            format!(
                "Others than the owner may write to index.cgi ({program}) or its folder ({folder}): suEXEC refuses to run it so. Set both to 755 or 705."
            )
        },
        canary: "Whether the host honours .htaccess for CSV files only a browser can find out: if it does, this file is an error.",
        canary_link: "A file that must not be sent",
        canary_refused: "The host honours .htaccess: a CSV file that must not be sent was refused.",
        canary_sent: "The host ignores .htaccess: a CSV file that must not be sent can be read, and so can logs in the document root. Take them away at once, and put them outside of it (logs_dir).",
    },
};
