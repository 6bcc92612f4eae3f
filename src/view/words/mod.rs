//! Every visible sentence in both languages, side by side: a missing translation does not compile.
//! Here, so that no format words anything itself. How numbers and times are written is `phrase`.

/// Defines the words of both languages, side by side: a text as `name: Japanese, English;`, a
/// sentence with something in it as `name(argument: type): Japanese, English;`. Templates can use
/// texts only.
macro_rules! words {
    (
        $words:ident { $($text:ident: $ja:expr, $en:expr;)* }
        sentences { $($sentence:ident($($gap:ident: $type:ty),*): $in_ja:expr, $in_en:expr;)* }
        $(parts { $($part:ident: $parts:ident;)* })?
    ) => {
        #[derive(Debug, serde::Serialize)]
        pub(crate) struct $words {
            $(pub $text: &'static str,)*
            $(#[serde(skip)] pub $sentence: fn($($type),*) -> String,)*
            $($(#[serde(skip)] pub $part: &'static $parts,)*)?
        }

        impl $words {
            pub(super) const JA: Self = Self {
                $($text: $ja,)*
                $($sentence: |$($gap),*| $in_ja,)*
                $($($part: &$parts::JA,)*)?
            };
            pub(super) const EN: Self = Self {
                $($text: $en,)*
                $($sentence: |$($gap),*| $in_en,)*
                $($($part: &$parts::EN,)*)?
            };
        }
    };
}

mod check;
mod day;
mod overview;
mod problems;
mod report;
mod rules;
mod site;

use crate::installation::LogsPlace;
use crate::lang::Lang;
pub(crate) use check::CheckWords;
pub(crate) use day::{DayWords, MOST_URLS};
pub(crate) use overview::OverviewWords;
pub(crate) use problems::{FaultWords, ProblemWords};
pub(crate) use report::ReportWords;
pub(crate) use rules::RuleWords;
pub(crate) use site::SiteWords;

words! {
    Words {
        dashboard: "ログダッシュボード", "Log dashboard";
        choose_company: "会社を選択", "Company";
        choose_site: "サイトを選択", "Site";
        choose_month: "年月を選択", "Month";
        show_all: "全体を表示", "Show all";
        show: "表示", "Show";
        skip_to_content: "本文へ移動", "Skip to content";
        selection: "表示する範囲", "What to show";
        other_language: "English", "日本語";
        everything: "全社・全サイト", "All companies and sites";
        results: "集計結果", "Results";
        site: "サイト", "Site";
        checks: "合計リクエスト数", "Checks";
        up: "正常", "Up";
        down: "異常", "Down";
        uptime: "稼働率", "Uptime";
        status_codes: "ステータスコード", "Status codes";
        no_name: "（名前なし）", "(no name)";
        no_logs_yet:
            "まだログがありません。ログのフォルダー（cgi-bin と同じ場所の logs。cgi-bin/config.json の logs_dir で指定した場合はその場所）の中の、次の形のファイルを読み込みます。",
            "There are no logs yet. In the log folder (logs beside cgi-bin, unless logs_dir in cgi-bin/config.json names another), files of this pattern are expected:";
        log_pattern:
            "<会社>/<サイト>/monitor_results_YYYYMM.csv",
            "<company>/<site>/monitor_results_YYYYMM.csv";
        check_link: "設置を確認する", "Check the installation";
        no_checks: "この範囲のログはありません。", "There are no logs for this choice.";
        no_checks_hint:
            "別の会社・サイト・年月を選んでください。",
            "Choose another company, site or month.";
        json_of_this: "この表のJSON", "This table as JSON";
        state: "状態", "State";
        state_up: "稼働中", "Up";
        state_down: "停止中", "Down";
        state_stale: "記録停止", "Stale";
        was_down: "直前は停止中", "was down";
        state_unconfirmed: "未確定の異常", "Unconfirmed";
        state_maintenance: "メンテナンス", "Maintenance";
        state_off: "時間外", "Off hours";
        state_ended: "監視終了", "Ended";
        state_undated: "日時なし", "No times";
        last_check: "最終確認", "Last check";
        last_90_days: "90日間", "90 days";
        today: "今日", "today";
        sample_notice:
            "表示しているのはサンプルログです。logs フォルダーの中身を、実際の監視ログに置き換えてください。",
            "These are the sample logs: replace what is in the folder logs with logs of your own.";
        period: "期間", "Period";
        last_24_hours: "24時間", "24 hours";
        last_7_days: "7日間", "7 days";
        last_30_days: "30日間", "30 days";
        last_year: "1年間", "1 year";
        downtime: "停止時間", "Downtime";
        incidents: "障害", "Incidents";
        coverage: "記録率", "Coverage";
        mttr: "平均復旧時間", "MTTR";
        mtbf: "平均故障間隔", "MTBF";
        response_time: "応答時間", "Response time";
        median: "応答（中央値）", "Median";
        p95: "応答（95%）", "p95";
        p99: "応答（99%）", "p99";
        months: "月別", "Months";
        from: "発生", "From";
        to: "復旧", "To";
        duration: "継続時間", "Duration";
        failed_checks: "異常回数", "Failed checks";
        no_incidents: "障害はありません。", "No incidents.";
        ongoing: "継続中", "ongoing";
        or_later: "以降不明", "or later";
        into_maintenance: "メンテナンス開始", "maintenance begins";
        uptime_by_time: "稼働率（時間）", "Uptime by time";
        uptime_by_checks: "稼働率（回数）", "Uptime by checks";
        unknown_time: "不明時間", "Unknown time";
        one_outage: "（1件の可能性あり）", " (perhaps one outage)";
        report_name: "稼働状況レポート", "Uptime report";
        target: "目標稼働率", "Target";
        since_first_check: "最初の監視から", "since the first check";
        list_separator: "、", ", ";
        by_day: "日別", "By day";
        bar_none: "{date}: 記録なし", "{date}: no data";
        bar_before: "{date}: 監視前", "{date}: not watched";
        bar_planned: "{date}: 対象外の時間の監視のみ", "{date}: checks in planned time only";
        bar_maintenance: "{date}: メンテナンス {minutes}分・監視 {total}回", "{date}: maintenance {minutes} min, checks: {total}";
        bar_up: "{date}: {total}回すべて正常", "{date}: checks: {total}, all up";
        bar_down: "{date}: {uptime} 異常 {down}回／監視 {total}回", "{date}: {uptime}, failed: {down} of {total} checks";
        search_none: "一致するサイトはありません。", "No site matches.";
        unit_day: "日", " d";
        unit_hour: "時間", " h";
        unit_minute: "分", " min";
        unit_second: "秒", " s";
        unit_separator: "", " ";
        faults_hint:
            "次の行・ファイルは、集計に含まれないか、一部だけ含まれています。ほかの行はすべて集計しています。",
            "These rows and files are not counted, or only in part. All other rows are.";
        faults_place: "場所", "Place";
        faults_reason: "理由", "Reason";
        back_to_dashboard: "ダッシュボードへ戻る", "Back to the dashboard";
    } sentences {
        bars_label(days: usize, failed: usize, maintenance: usize):
            match maintenance {
                0 => format!("{days}日間: 異常のあった日 {failed}日"),
                _ => format!("{days}日間: 異常のあった日 {failed}日、メンテナンス {maintenance}日"),
            },
            match maintenance {
                0 => format!("{days} days: {failed} with failures"),
                _ => format!("{days} days: {failed} with failures, {maintenance} with maintenance"),
            };
        as_of(moment: &str): format!("{moment} 現在"), format!("as of {moment}");
        day(month: i8, day: i8):
            format!("{month}月{day}日"),
            {
                let names = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec";
                let name = names.split(' ').nth(usize::try_from(month - 1).unwrap_or(0));
                format!("{day}\u{a0}{}", name.unwrap_or_default())
            };
        since_for(from: &str, duration: &str):
            format!("{from}から{duration}"),
            format!("since {from} ({duration})");
        from_until(from: &str, until: &str): format!("{from}〜{until}"), format!("{from} – {until}");
        ago(count: i64, unit: usize):
            format!("{count}{}前", ["秒", "分", "時間", "日"][unit.min(3)]),
            {
                let unit = ["second", "minute", "hour", "day"][unit.min(3)];
                format!("{count} {unit}{} ago", if count == 1 { "" } else { "s" })
            };
        at_least(text: &str): format!("{text}以上"), format!("at least {text}");
        so_far(duration: &str): format!("{duration}（継続中）"), format!("{duration} so far");
        shorter_incidents(count: &str):
            format!("長いものから100件を表示しています。ほかに{count}件あります（JSONは新しい1万件まで）"),
            format!("The 100 longest are shown; shorter ones: {count} (the JSON has the newest 10,000)");
        all_ended(since: &str):
            format!("{since}を最後に、監視が記録されていません"),
            format!("Nothing has been checked since {since}");
        low_coverage(coverage: &str):
            format!("記録率 {coverage}"),
            format!("coverage {coverage}");
        window_since(date: &str): format!("{date}から"), format!("since {date}");
        until(date: &str): format!("{date}まで"), format!("until {date}");
        was_down_for(duration: &str):
            format!("直前は停止中（{duration}以上）"),
            format!("was down (at least {duration})");
        within(duration: &str):
            format!("うち期間内 {duration}"),
            format!("{duration} of it in this period");
        year(year: &str): format!("{year}年"), year.to_owned();
        month(year: &str, month: u8):
            format!("{year}年{month}月"),
            {
                let names = "January February March April May June July August September October \
                    November December";
                let mut names = names.split(' ').skip(usize::from(month).wrapping_sub(1));
                format!("{} {year}", names.next().unwrap_or_default())
            };
        faults_count(count: &str):
            format!("読み取れないデータが{count}件あります"),
            match count {
                "1" => "1 row or file could not be read".to_owned(),
                count => format!("{count} rows or files could not be read"),
            };
        faults_more(count: &str): format!("ほか{count}件"), format!("and {count} more");
        line(line: u64): format!("{line}行目"), format!("line {line}");
        site_not_found(site: &str):
            format!("サイト「{site}」は選択した範囲にありません。すべてのサイトを表示しています。"),
            format!("There is no site “{site}” in this choice; all sites are shown.");
    } parts {
        faults: FaultWords;
        problems: ProblemWords;
        overview: OverviewWords;
        report: ReportWords;
        rules: RuleWords;
        site_page: SiteWords;
        check: CheckWords;
        day_page: DayWords;
    }
}

impl Words {
    pub(crate) fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::Ja => &Self::JA,
            Lang::En => &Self::EN,
        }
    }

    /// Why there are no logs, and where they were looked for.
    pub(crate) fn no_logs(&self, place: LogsPlace) -> String {
        let problem = self.problems.logs_missing;
        match place {
            LogsPlace::Nowhere => format!("{problem} {}", self.problems.logs_looked_for),
            _ => problem.to_owned(),
        }
    }
}

/// An English count.
fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}
