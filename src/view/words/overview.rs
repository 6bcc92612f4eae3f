//! The words of the overview.

use super::count;

words! {
    OverviewWords {
        uptime: "稼働率", "Uptime";
        all_up: "すべて稼働中", "all up";
        hours_24: "24時間", "24 h";
        days_30: "30日", "30 d";
        days_90: "90日", "90 d";
        response: "応答", "Response";
        response_median: "応答（中央値）", "Response (median)";
        history: "90日間の記録", "90 days";
        uptime_24: "稼働率 24時間", "Uptime, 24 hours";
        uptime_30: "稼働率 30日", "Uptime, 30 days";
        uptime_90: "稼働率 90日", "Uptime, 90 days";
        since_before: "", "since ";
        by_all_checks: "全期間の回数", "all checks";
        now: "いまの状態", "How things are now";
        unconfirmed: "未確定", "Unconfirmed";
        uptime_of_30_days: "30日の稼働率", "Uptime, 30 days";
        attention: "要対応のみ", "Needs attention";
        search: "サイトを絞り込む", "Filter sites";
        search_hint: "サイト名・URL で絞り込み", "Name or URL";
        search_act: "絞り込む", "Filter";
        bars_90: "棒は最近90日間、右端が今日", "Bars: the last 90 days, today at the right";
        bars_60: "棒は最近60日間、右端が今日", "Bars: the last 60 days, today at the right";
        company_page: "会社のページ", "Company";
        ended: "監視を終えたサイト", "Sites no longer watched";
        key_up: "正常な日", "a day that was up";
        key_down: "異常のあった日（上に突き出た部分が異常の割合）", "a day with failures (red: their share)";
        key_planned: "計画メンテナンス", "planned maintenance";
        key_none: "記録のない日", "a day without checks";
        counts: "件数の表", "Table of counts";
        uptime_by_checks_90: "稼働率（90日間の回数）", "Uptime by checks, 90 days";
        targets_differ: "稼働率（目標はサイト別）", "Uptime (targets by site)";
        sentence_separator: "。", "; ";
    } sentences {
        sites(n: usize): format!("{n}サイト"), count(n, "site", "sites");
        down(n: usize):
            format!("{n}サイトが停止中です"),
            count(n, "site is down", "sites are down");
        stale(n: usize):
            format!("{n}サイトの記録が止まっています"),
            count(n, "site has no recent checks", "sites have no recent checks");
        unconfirmed_failures(n: usize):
            format!("{n}サイトに未確定の異常があります"),
            count(n, "site has an unconfirmed failure", "sites have an unconfirmed failure");
        in_maintenance(n: usize):
            format!("{n}サイトがメンテナンス中です"),
            count(n, "site is in maintenance", "sites are in maintenance");
        off(n: usize):
            format!("{n}サイトは監視時間外です"),
            count(n, "site is off hours", "sites are off hours");
        up(n: usize, is_all: bool):
            if is_all { format!("{n}サイトすべて稼働中です") } else { format!("{n}サイトが稼働中です") },
            match (is_all, n) {
                (true, 2..) => format!("All {n} sites are up"),
                _ => count(n, "site is up", "sites are up"),
            };
        more(n: usize): format!("ほか {n} サイト"), format!("and {}", count(n, "more site", "more sites"));
        since_after(duration: &str): format!(" から {duration}"), format!(" ({duration})");
        until_after(until: &str): format!(" から {until} まで"), format!(" until {until}");
        failing_once(code: &str): format!("{code} が1回"), format!("{code}, once");
        failing(code: &str, n: &str): format!("{code} が{n}回続いています"), format!("{code}, {n} times in a row");
        of_codes(code: &str, n: &str): format!("{code} {n}回"), format!("{code} × {n}");
        never_up(codes: &str):
            format!("{codes}　監視を始めてから正常な記録がありません"),
            format!("{codes}; never up since watching began");
        monitor_may_be_silent(interval: Option<&str>):
            match interval {
                Some(interval) => format!("監視側の停止かもしれません（間隔 {interval}）"),
                None => "監視側の停止かもしれません".to_owned(),
            },
            match interval {
                Some(interval) => format!("perhaps the monitor stopped (interval {interval})"),
                None => "perhaps the monitor stopped".to_owned(),
            };
        needs_more_failures(threshold: u32):
            format!("異常が{threshold}回続くと停止とします"),
            format!("down after {threshold} failed checks in a row");
        unknown_since(moment: &str): format!("{moment}から不明"), format!("unknown since {moment}");
        log_of(count: i64, unit: usize):
            format!("{count}{}", ["分間", "時間分", "日分"][unit.min(2)]),
            format!("{count} {}", ["min", "h", "d"][unit.min(2)]);
        coverage(percent: u64): format!("記録 {percent}%"), format!("seen {percent}%");
        begun(date: &str): format!("{date} 監視開始"), format!("watched since {date}");
        with_target(target: &str): format!("稼働率（目標 {target}）"), format!("Uptime (target {target})");
        report_of_month(month: i8): format!("{month}月のレポート"), format!("{} report", month_name(month));
        report_of(month: &str): format!("{month}のレポート"), format!("{month} report");
        sites_of(company: &str): format!("{company} のサイト"), format!("Sites of {company}");
        last_check_at(date: &str, age: &str): format!("最終確認 {date}（{age}）"), format!("last check {date} ({age})");
        ended_count(n: usize): format!("{n}サイト・監視の記録がなくなったもの"), format!("{}, without checks for long", count(n, "site", "sites"));
    }
}

fn month_name(month: i8) -> &'static str {
    let names =
        "January February March April May June July August September October November December";
    let at = usize::try_from(month - 1).unwrap_or(0);
    names.split(' ').nth(at).unwrap_or_default()
}
