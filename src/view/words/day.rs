//! The words of the page of a day.

words! {
    DayWords {
        place: "現在地", "Where this is";
        other_days: "日を移る", "Other days";
        whole_day: "24時間", "24 hours";
        key_up: "正常な監視", "up";
        key_failed: "異常な監視（背が高い）", "failed (taller)";
        key_planned: "メンテナンス・時間外", "maintenance, off hours";
        key_response: "応答時間", "response time";
        key_clipped: "目盛りの外", "off the scale";
        key_incident: "障害", "incident";
        key_minute: "印は1分ごと（応答は最も遅いもの）", "a mark is a minute (its slowest response)";
        marks: "監視", "Checks";
        incidents: "この日にかかる障害", "Incidents of this day";
        when: "時刻", "Time";
        duration: "継続時間", "Duration";
        codes: "原因コード", "Codes";
        note: "メモ", "Note";
        time: "時刻", "Time";
        code: "コード", "Code";
        meaning: "意味", "Meaning";
        no_failed: "異常な監視はありません。", "No failed checks.";
        hours: "時間ごと", "By hour";
        hour: "時", "Hour";
        checks: "監視回数", "Checks";
        failed: "異常", "Failed";
        uptime: "稼働率", "Uptime";
        downtime: "停止時間", "Downtime";
        unknown: "不明時間", "Unknown time";
        incident_count: "障害", "Incidents";
        median: "応答（中央値）", "Median response";
        p95: "応答（95%）", "p95";
        most: "応答（最大）", "Slowest";
        notes: "この日のメモと計画メンテナンス", "Notes and planned maintenance of this day";
        kind: "種類", "Kind";
        maintenance: "計画メンテナンス", "Planned maintenance";
        remark: "備考", "Note";
        urls: "この日のURL", "URLs of this day";
        url: "URL", "URL";
        no_times:
            "このログには日時がないため、日ごとの表示はできません。",
            "This log has no times, so nothing can be said of a single day.";
        future: "まだ来ていない日です。", "This day has not come yet.";
        none_yet: "今日の監視はまだありません。", "There are no checks today yet.";
        none: "この日の監視はありません。", "There are no checks on this day.";
        month_json: "この月のJSON（日ごと）", "This month as JSON, by day";
        month_report: "この月のレポート", "Report of this month";
        of_no_site:
            "1日の表示には、会社とサイトの指定も必要です。例: ?company=会社&site=サイト&date=20241101",
            "The page of a day also needs a company and a site, for example ?company=acme&site=www&date=20241101.";
        no_answer: "制限時間内に応答なし", "No answer within the time limit";
        no_http: "HTTPの応答なし（接続できない、名前が引けないなど）", "No HTTP answer (no connection, no such host, or the like)";
        long_days:
            "中央値と95%は誤差5%以内（サイトのページと同じ数値）、時間ごとの値は正確です。応答は正常な監視だけから計算します。",
            "The day's median and p95 are within 5 % (as on the site's page); those of hours are exact. Response times are those of checks that were up.";
    } sentences {
        date(year: i16, month: i8, day: i8, weekday: usize):
            format!("{year}年{month}月{day}日({})", WEEKDAYS_JA[weekday % 7]),
            format!("{} {day} {} {year}", WEEKDAYS[weekday % 7], month_name(month));
        short_date(month: i8, day: i8, weekday: usize):
            format!("{month}月{day}日({})", WEEKDAYS_JA[weekday % 7]),
            format!("{} {day} {}", &WEEKDAYS[weekday % 7][..3], &month_name(month)[..3]);
        hours_of_day(n: usize): format!("24時間（時刻の変更のため{n}時間）"), format!("24 hours ({n}, as the clock changes)");
        failed_checks(n: &str): format!("異常な監視（{n}回）"), format!("Failed checks: {n}");
        hour_of(hour: i64): format!("{hour}時"), format!("{hour:02}:00");
        again(hour: &str): format!("{hour}（2回目）"), format!("{hour} (again)");
        again_at(time: &str): format!("{time}（2回目）"), format!("{time} (again)");
        more(n: &str): format!("ほか{n}回"), format!("and {n} more");
        chart_label(checks: &str, failed: &str, incidents: &str):
            match incidents {
                "" => format!("{checks}回の監視のうち{failed}回が異常"),
                _ => format!("{checks}回の監視のうち{failed}回が異常。障害は{incidents}"),
            },
            match incidents {
                "" => format!("{failed} of {checks} checks failed"),
                _ => format!("{failed} of {checks} checks failed; incidents: {incidents}"),
            };
        before_first(date: &str):
            format!("最初の監視（{date}）より前の日です。"),
            format!("This is before the first check ({date}).");
        after_last(date: &str):
            format!("最後の監視（{date}）より後の日です。"),
            format!("This is after the last check ({date}).");
        left_out(n: &str):
            format!("監視が多いため、ほかに{n}回はグラフ・一覧・時間ごとの表に含まれません（上の数値には含まれます）。"),
            format!("Too many to show: {n} more checks are in the figures, but not in chart, list and hours.");
        elsewhere(n: &str):
            format!("この日の監視のうち{n}回はほかの月のファイルにあり、グラフ・一覧・時間ごとの表に含まれません（上の数値には含まれます）。"),
            format!("Checks of this day in another month's file: {n}. They are in the figures, but not in chart, list and hours.");
        more_urls(n: &str):
            format!("ほかに{n}件のURLがあります。内訳は先頭の{MOST_URLS}件だけを表示します。"),
            format!("{n} more URLs are only in this list; details are of the first {MOST_URLS}.");
        failed_although(phrase: &str):
            format!("{phrase}（監視の判定は異常）"),
            format!("{phrase} (but the monitor says failed)");
        range(from: &str, to: &str): format!("{from}〜{to}"), format!("{from} – {to}");
    }
}

/// Of how many URLs a page has the details.
pub(crate) const MOST_URLS: usize = 60;

/// The days of a week, from Monday.
const WEEKDAYS_JA: [&str; 7] = ["月", "火", "水", "木", "金", "土", "日"];
const WEEKDAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

fn month_name(month: i8) -> &'static str {
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
    let at = usize::try_from(month - 1).unwrap_or(0);
    NAMES.get(at).copied().unwrap_or(NAMES[0])
}
