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
mod problems;

use crate::installation::LogsPlace;
use crate::lang::Lang;
pub(crate) use check::CheckWords;
pub(crate) use problems::{FaultWords, ProblemWords};

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
        overall_uptime: "全体の稼働率", "Overall uptime";
        sites_shown: "サイト数", "Sites";
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
        uptime_rule:
            "稼働率 = 正常 ÷ 合計リクエスト数。小数第3位未満は切り捨て、異常が1件でもあれば100%とは表示しません。",
            "Uptime = up ÷ checks, rounded down to three decimals; 100% only when no check failed.";
        json_of_this: "この表のJSON", "This table as JSON";
        state: "状態", "State";
        state_up: "稼働中", "Up";
        state_down: "停止中", "Down";
        state_stale: "記録停止", "Stale";
        state_undated: "日時なし", "No times";
        banner_up: "すべてのサイトが稼働中です", "All sites are up";
        sentence_separator: "。", "; ";
        last_check: "最終確認", "Last check";
        last_90_days: "90日間", "90 days";
        first_of_90_days: "89日前", "89 days ago";
        today: "今日", "today";
        sample_notice:
            "表示しているのはサンプルログです。logs フォルダーの中身を、実際の監視ログに置き換えてください。",
            "These are the sample logs: replace what is in the folder logs with logs of your own.";
        stale_rule:
            "最後の記録が通常の監視間隔の3倍より古いサイトは「記録停止」とし、稼働中とは扱いません。",
            "A site whose last check is older than 3 typical intervals is stale, not up.";
        bars_rule:
            "棒は1日を表し、上側の赤い部分は異常の割合（1件でもあれば最低3分の1）、低い灰色は記録のない日です。",
            "A bar is a day: its red top is the share of failed checks (at least a third), a low grey stub is a day without checks.";
        downtime_rule:
            "停止時間は、最初の異常から次の正常までの時間の合計です（稼働率は件数、停止時間は時刻から計算します）。次の記録まで監視間隔の3倍より空いた障害は、最後の異常までとし「以降不明」と示します。",
            "Downtime is the time from a first failed check to the next that is up (uptime counts checks, downtime the clock). Where the next check is more than 3 typical intervals away, an incident ends at its last failed check and its true end is unknown.";
        coverage_rule:
            "記録率 = 実際の監視回数 ÷ 通常の監視間隔から期待される回数。",
            "Coverage = checks seen ÷ checks expected at the typical interval.";
        latency_rule:
            "応答時間は正常な監視だけから計算し、誤差は5%以内です。",
            "Response times are those of checks that were up, with an error of at most 5%.";
        period: "期間", "Period";
        last_24_hours: "24時間", "24 hours";
        last_7_days: "7日間", "7 days";
        last_30_days: "30日間", "30 days";
        last_year: "1年間", "1 year";
        downtime: "停止時間", "Downtime";
        downtime_total: "停止時間の合計", "Total downtime";
        incidents: "障害", "Incidents";
        coverage: "記録率", "Coverage";
        mttr: "平均復旧時間", "MTTR";
        mtbf: "平均故障間隔", "MTBF";
        response_time: "応答時間", "Response time";
        median: "応答（中央値）", "Median";
        p95: "応答（95%）", "p95";
        p99: "応答（99%）", "p99";
        chart_top: "上端", "Top:";
        months: "月別", "Months";
        month_column: "年月", "Month";
        from: "発生", "From";
        to: "復旧", "To";
        duration: "継続時間", "Duration";
        failed_checks: "異常回数", "Failed checks";
        no_incidents: "障害はありません。", "No incidents.";
        ongoing: "継続中", "ongoing";
        or_later: "以降不明", "or later";
        report: "稼働状況レポート", "Uptime report";
        unfinished: "（集計途中）", "(in progress)";
        target: "目標稼働率", "Target";
        met: "達成", "met";
        missed: "未達", "missed";
        no_data: "記録なし", "no data";
        all_met: "すべてのサイトが目標稼働率を達成しました", "All sites met the target";
        change_month: "前月比", "Change";
        change_year: "前年比", "Change";
        points: " pt", " pt";
        by_day: "日別", "By day";
        bar_none: "{date}: 記録なし", "{date}: no data";
        bar_up: "{date}: {total}回すべて正常", "{date}: checks: {total}, all up";
        bar_down: "{date}: {total}回中{down}回が異常", "{date}: checks: {total}, failed: {down}";
        search: "絞り込み", "Filter";
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
        banner_down(n: usize):
            format!("{n}件が停止中です"),
            count(n, "site is down", "sites are down");
        banner_stale(n: usize):
            format!("{n}件は記録が止まっています"),
            count(n, "site has no recent checks", "sites have no recent checks");
        bars_label(first: &str, last: &str, uptime: &str, failed: u64):
            format!("{first}から{last}までの日別: 稼働率{uptime}、異常のあった日は{failed}日"),
            format!("By day from {first} to {last}: uptime {uptime}, days with failures: {failed}");
        chart_label(top: &str):
            format!("90日間の応答時間の推移（上端は{top}）。値は表にあります"),
            format!("Response times over 90 days, up to {top}; the table has the numbers");
        ago(count: i64, unit: usize):
            format!("{count}{}前", ["秒", "分", "時間", "日"][unit.min(3)]),
            {
                let unit = ["second", "minute", "hour", "day"][unit.min(3)];
                format!("{count} {unit}{} ago", if count == 1 { "" } else { "s" })
            };
        at_least(duration: &str): format!("{duration}以上"), format!("{duration} or more");
        so_far(duration: &str): format!("{duration}（継続中）"), format!("{duration} so far");
        older_incidents(count: &str):
            format!("ほかに古い障害が{count}件あります（JSONにはすべて含まれます）"),
            format!("Older incidents: {count} (the JSON has them all)");
        shorter_incidents(count: &str):
            format!("長いものから100件を表示しています。ほかに{count}件あります（JSONにはすべて含まれます）"),
            format!("The 100 longest are shown; shorter ones: {count} (the JSON has them all)");
        sites_silent(n: usize):
            format!("{n}件のサイトは記録がありません"),
            count(n, "site has no data", "sites have no data");
        banner_some_up(n: usize):
            format!("{n}件が稼働中です"),
            count(n, "site is up", "sites are up");
        banner_undated(n: usize):
            format!("{n}件は日時の記録がなく、現在の状態がわかりません"),
            count(n, "site has no timestamps, so its current state is unknown", "sites have no timestamps, so their current state is unknown");
        sites_missed(n: usize):
            format!("{n}件のサイトが目標稼働率に届きませんでした"),
            count(n, "site missed the target", "sites missed the target");
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
        check: CheckWords;
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
