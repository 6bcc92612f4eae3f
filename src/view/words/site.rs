//! The words of the page of a site. Its template has them in its view.

use super::MOST_URLS;

words! {
    SiteWords {
        place: "現在地", "Where you are";
        urls: "このサイトのURL", "URLs of this site";
        interval: "間隔", "Interval";
        key_good: "正常な日", "Good day";
        key_failed: "異常のあった日（上に突き出た部分が異常の割合）", "Day with failures (what sticks out is their share)";
        key_maintenance: "計画メンテナンス", "Planned maintenance";
        key_none: "記録なし", "No data";
        windows: "期間ごとの集計", "Figures by period";
        all: "全期間", "All";
        checks: "監視回数", "Checks";
        whole: "記録の全体（最初から最後まで）", "The whole log";
        response: "応答時間", "Response time";
        key_median: "中央値", "Median";
        key_p95: "95%（20回に1回はこれより遅い）", "95% (1 of 20 is slower)";
        key_beyond: "目盛りの外（値を表示）", "Beyond the scale (with its value)";
        bins: "応答時間の分布", "Spread of response times";
        last_bin: "1 s以上", "1 s or more";
        kinds: "異常の種類（1日ごと）", "Kinds of failure by day";
        kinds_label: "1日ごとの異常の回数と種類", "Failed checks by day and kind";
        no_failures: "90日間に異常はありません。", "No check failed in 90 days.";
        with_planned:
            "メンテナンスなど対象外の時間の異常も、含まれている日があります。",
            "Some days also have failures in planned time.";
        server_error: "5xx サーバー", "5xx server";
        timeout: "タイムアウト", "Timeout";
        client_error: "4xx 要求", "4xx request";
        other: "接続できず・その他", "No connection, other";
        months: "月ごとの稼働率（%）", "Uptime by month (%)";
        year: "年", "Year";
        whole_year: "年間", "Year";
        no_data: "— 記録なし", "— no data";
        undated_files: "月のないファイル", "Files without a month";
        heat: "障害の多い曜日と時刻", "When incidents were: weekday and hour";
        heat_note:
            "1年間に、その曜日のその時間帯にかかった障害の件数です。",
            "The number of incidents in a year that touched this hour of this weekday.";
        heat_left_out:
            "古い障害の一部は含まれていません。",
            "Some older incidents are not among them.";
        no_incidents_in_a_year: "1年間に障害はありません。", "No incidents in a year.";
        weekday: "曜日", "Weekday";
        few: "1〜3件", "1–3";
        some: "4〜9件", "4–9";
        many: "10件以上", "10 or more";
        code: "原因コード", "Code";
        note: "メモ", "Note";
        planned_to_come: "予定", "to come";
        details: "応答時間・月・障害", "Response times, months, incidents";
    } sentences {
        more_urls(n: &str):
            format!("ほか{n}件のURLは状態だけです。詳細は、要確認のものを先に{MOST_URLS}件まで表示します。"),
            format!("{n} more URLs have only their state; details are of {MOST_URLS}, those that need attention first.");
        target(target: &str): format!("目標 {target}"), format!("Target {target}");
        watched_since(date: &str): format!("監視開始 {date}"), format!("Watched since {date}");
        failing(code: &str, times: &str):
            match times {
                "1" => format!("{code} が1回"),
                _ => format!("{code} が{times}回続いています"),
            },
            match times {
                "1" => format!("{code}, once"),
                _ => format!("{code}, {times} times in a row"),
            };
        failing_variously(times: &str, codes: &str):
            format!("異常が{times}回続いています（{codes}）"),
            format!("{times} failed checks in a row ({codes})");
        more_codes(n: usize): format!("ほか{n}種類"), format!("{n} more");
        days_from(date: &str, days: usize):
            format!("{date}から{days}日間"),
            format!("{days} days from {date}");
        response_label(median: &str, top: &str):
            format!("90日間の応答時間の推移。期間の中央値は{median}、目盛りの上端は{top}。値は上の表にあります"),
            format!("Response times over 90 days: median {median}, scale up to {top}; the table above has the numbers");
        beyond(date: &str, time: &str):
            format!("{date} 95% {time}（目盛りの外）"),
            format!("{date} 95%: {time} (beyond the scale)");
        bins_label(month: &str, median: &str):
            format!("応答時間の分布。{month}の中央値 {median}"),
            format!("Spread of response times; median of {month}: {median}");
        month_with_median(month: &str, median: &str):
            format!("{month}（中央値 {median}）"),
            format!("{month} (median {median})");
        bin(from: u64, to: u64): format!("{from}〜{to} ms"), format!("{from}–{to} ms");
        bin_shares(bin: &str, now: &str, before: &str):
            match before {
                "" => format!("{bin}: {now}"),
                _ => format!("{bin}: {now}、前月 {before}"),
            },
            match before {
                "" => format!("{bin}: {now}"),
                _ => format!("{bin}: {now}, month before {before}"),
            };
        times(n: &str): format!("{n}回"), n.to_owned();
        kind_count(kind: &str, n: &str): format!("{kind} {n}回"), format!("{kind}: {n}");
        axis_day(month: i8, day: i8):
            format!("{month}/{day}"),
            {
                let names = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec";
                let name = names.split(' ').nth(usize::try_from(month - 1).unwrap_or(0));
                format!("{day} {}", name.unwrap_or_default())
            };
        month_name(month: i8):
            format!("{month}月"),
            {
                let names = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec";
                let name = names.split(' ').nth(usize::try_from(month - 1).unwrap_or(0));
                name.unwrap_or_default().to_owned()
            };
        month_title(month: &str, uptime: &str, downtime: &str, down: &str, total: &str):
            format!("{month}: {uptime} 停止 {downtime}、異常 {down}回／監視 {total}回"),
            format!("{month}: {uptime}, downtime {downtime}, failed: {down} of {total} checks");
        report_of(month: &str): format!("{month}のレポート"), format!("Report of {month}");
        at_or_over(target: &str): format!("{target} 以上"), format!("{target} or more");
        between(far: &str, target: &str): format!("{far}〜{target}"), format!("{far}–{target}");
        under(far: &str): format!("{far} 未満"), format!("under {far}");
        target_note(target: &str):
            format!("目標 {target}。下線と反転は目標に届かなかった月"),
            format!("Target {target}; underlined and inverse months missed it");
        newest(shown: usize, all: &str):
            format!("新しい{shown}件を表示しています（全{all}件。JSONは新しい1万件まで）"),
            format!("The newest {shown} of {all} (the JSON has the newest 10,000)");
        weekday_name(n: usize):
            ["月", "火", "水", "木", "金", "土", "日"][n % 7].to_owned(),
            ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][n % 7].to_owned();
    }
}
