//! The words of reports: of the letter, of verdicts and what they rest on, of the year's grid. Of a
//! sentence with two marks `|`, the part between them is printed bold.

use super::count;

words! {
    ReportWords {
        honorific: "　御中", "";
        letter_title: "Web サイト稼働状況レポート", "Website uptime report";
        letter_period: "対象期間", "Period";
        letter_sites: "対象", "Sites";
        letter_issued: "発行日", "Issued";
        no_checks: "この範囲のログはありません。", "There are no logs for this choice.";
        no_checks_hint:
            "別の会社・サイト・年月を選んでください。",
            "Choose another company, site or month.";
        this_period: "この期間", "This period";
        uptime: "稼働率", "Uptime";
        uptime_by_time: "稼働率（時間）", "Uptime by time";
        uptime_by_checks: "稼働率（回数）", "Uptime by checks";
        met: "達成", "met";
        missed: "未達", "missed";
        met_as_observed: "観測範囲では達成", "met as far as observed";
        not_proven: "判定不能", "not proven";
        no_data: "記録なし", "no data";
        so_far: "現時点", "so far";
        unfinished: "（集計途中）", "(in progress)";
        unfinished_provisional: "（集計途中・暫定）", "(in progress, provisional)";
        provisional: "（暫定）", "(provisional)";
        downtime: "停止時間", "Downtime";
        downtime_sum: "停止時間（サイト時間）", "Downtime (site\u{2011}hours)";
        incidents: "障害", "Incidents";
        response_median: "応答時間（中央値）", "Response time (median)";
        checks: "監視回数", "Checks";
        coverage: "記録率", "Coverage";
        month_before: "前月", "month before:";
        year_before: "前年", "year before:";
        range_before: "前の期間", "days before:";
        trend: "12か月の推移", "Twelve months";
        trend_hint: "全サイトの稼働率（%）", "uptime of all sites (%)";
        trend_hint_one: "稼働率（%）", "uptime (%)";
        sites: "サイト別", "By site";
        site: "サイト", "Site";
        target: "目標", "Target";
        change_month: "前月差", "Change";
        change_year: "前年差", "Change";
        change_range: "前の期間との差", "Change";
        response: "応答", "Response";
        points: "", " pt";
        key_failed:
            "異常のあった日（上に突き出た部分が異常の割合）",
            "day with failures (the part that sticks out is their share)";
        key_maintenance: "計画メンテナンス", "maintenance";
        event_when: "日時", "When";
        event_length: "時間", "Length";
        event_codes: "コード", "Codes";
        event_sites: "影響したサイト・原因と対応", "Sites affected, cause and remedy";
        no_incidents: "障害はありません。", "No incidents.";
        remarks: "備考", "Notes";
        maintenance: "計画メンテナンス", "Planned maintenance";
        maintenance_hint: "稼働率・停止時間・障害に含みません", "in no uptime, downtime or incident";
        maintenance_sites: "対象・内容", "Sites, work";
        maintenance_rows: "監視ログの記録による", "by rows of the log";
        all_sites: "すべてのサイト", "All sites";
        list_separator: "、", ", ";
        rules: "数え方", "How we count";
        navigation: "レポートを移る", "Other reports";
        previous_mark: "‹ ", "‹ ";
        next_mark: " ›", " ›";
        present: "現在の状況", "Current state";
        last_7_days: "直近7日", "Last 7 days";
        last_30_days: "直近30日", "Last 30 days";
        last_90_days: "直近90日", "Last 90 days";
        last_month: "先月", "Last month";
        json: "JSON", "JSON";
        whole_year: "年間", "Year";
        grid_key_none: "— 記録なし", "— no data";
        grid_hint:
            "表の数字は稼働率（%）です。月を選ぶとその月のレポートが開きます。下線と反転は、目標に届かなかった月です。",
            "Numbers are uptimes (%). A month opens its report. Underlined and inverse ones missed the target.";
    } sentences {
        sites_every(n: usize, interval: Option<&str>):
            match interval {
                Some(interval) => format!("{n}サイト（{interval}間隔で監視）"),
                None => format!("{n}サイト"),
            },
            match interval {
                Some(interval) => format!("{}, checked every {interval}", count(n, "site", "sites")),
                None => count(n, "site", "sites"),
            };
        full_date(year: i16, month: i8, day: i8, weekday: i8):
            format!("{year}年{month}月{day}日({})", weekday_ja(weekday)),
            format!("{} {day} {} {year}", weekday_en(weekday), month_en(month));
        plain_date(year: i16, month: i8, day: i8):
            format!("{year}年{month}月{day}日"),
            format!("{day} {} {year}", month_en(month));
        date(month: i8, day: i8, weekday: i8):
            format!("{month}月{day}日({})", weekday_ja(weekday)),
            format!("{} {day} {}", weekday_en(weekday), month_en(month));
        days(from: &str, to: &str): format!("{from}〜{to}"), format!("{from} – {to}");
        month_of_year(month: i8): format!("{month}月"), month_en(month).to_owned();
        months_of_year(year: &str, from: i8, to: i8):
            format!("{year}年{from}月〜{to}月"),
            format!("{} – {} {year}", month_en(from), month_en(to));
        all_met(period: &str, target: &str, n: usize):
            match n {
                1 => format!("{period}の稼働率は、目標の {target} を|達成しました|。"),
                n => format!("{period}は、{n}サイトすべてが目標の {target} を|達成しました|。"),
            },
            match n {
                1 => format!("{period}: the site |met the target| of {target}."),
                n => format!("{period}: all {n} sites |met the target| of {target}."),
            };
        some_met(period: &str, target: &str, n: usize, all: usize):
            format!("{period}は、{all}サイト中 {n}サイトが目標の {target} を|達成しました|。"),
            format!("{period}: {n} of {all} sites |met the target| of {target}.");
        some_missed(period: &str, target: &str, n: usize, all: usize):
            match all {
                1 => format!("{period}の稼働率は、目標の {target} に|届きませんでした|。"),
                _ => format!("{period}は、{all}サイト中 {n}サイトが目標の {target} に|届きませんでした|。"),
            },
            match all {
                1 => format!("{period}: the site |missed the target| of {target}."),
                _ => format!("{period}: {n} of {all} sites |missed the target| of {target}."),
            };
        some_met_as_observed(period: &str, target: &str, n: usize, all: usize):
            match all {
                1 => format!("{period}の稼働率は、|観測範囲では|目標の {target} を達成しました。"),
                _ => format!("{period}は、{all}サイト中 {n}サイトが、|観測範囲では|目標の {target} を達成しました。"),
            },
            match all {
                1 => format!("{period}: the site met the target of {target} |as far as observed|."),
                _ => format!("{period}: {n} of {all} sites met the target of {target} |as far as observed|."),
            };
        some_not_proven(period: &str, target: &str, n: usize, all: usize):
            match all {
                1 => format!("{period}の稼働率は、不明時間が多く|判定不能|です（目標 {target}）。"),
                _ => format!("{period}は、{all}サイト中 {n}サイトが、不明時間が多く|判定不能|です（目標 {target}）。"),
            },
            match all {
                1 => format!("{period}: the target of {target} is |not proven|: too much is unknown."),
                _ => format!("{period}: for {n} of {all} sites the target of {target} is |not proven|: too much is unknown."),
            };
        some_silent(period: &str, n: usize, all: usize):
            match all {
                1 => format!("{period}は、|記録がありません|。"),
                _ => format!("{period}は、{all}サイト中 {n}サイトに|記録がありません|。"),
            },
            match all {
                1 => format!("{period}: there is |no data|."),
                _ => format!("{period}: {n} of {all} sites have |no data|."),
            };
        so_far_text(text: &str): format!("現時点では、{text}"), format!("So far – {text}");
        missed_sites(names: &str): format!("届かなかったのは{names}です。"), format!("Missed by {names}.");
        site_with_uptime(name: &str, uptime: &str): format!("{name}（{uptime}）"), format!("{name} ({uptime})");
        and_more(names: &str, n: usize): format!("{names}、ほか{n}サイト"), format!("{names} and {n} more");
        also_met(n: usize): format!("達成は{n}サイトです。"), format!("{} it.", count(n, "site met", "sites met"));
        trend_target(target: &str): format!("・破線は目標 {target}"), format!("; the dashed line is the target of {target}");
        of_target(target: &str): format!("目標 {target}"), format!("target {target}");
        unknown_time(duration: &str): format!("不明時間 {duration}"), format!("unknown time {duration}");
        unknown_sum(duration: &str):
            format!("不明時間 {duration}（サイト時間）"),
            format!("unknown time {duration} (site\u{2011}hours)");
        first_check_at(date: &str): format!("最初の監視は{date}"), format!("first check {date}");
        up_and_down(up: &str, down: &str): format!("正常 {up}・異常 {down}"), format!("up {up}, failed {down}");
        incident_figure(n: &str): format!("{n}件"), n.to_owned();
        events_title(n: &str): format!("障害（{n}件）"), format!("Incidents ({n})");
        by_site(n: &str): format!("サイトごとに数えると{n}件"), format!("by site: {n}");
        several_sites(n: usize, names: &str):
            format!("{n}サイト（{names}）"),
            format!("{} ({names})", count(n, "site", "sites"));
        trend_label(values: &str): format!("稼働率: {values}"), format!("Uptime: {values}");
        more_rows(n: &str): format!("ほかに{n}件あります"), format!("and {n} more");
        year_name(year: &str): format!("{year}年（年間）"), format!("{year} (year)");
        unfinished_name(name: &str): format!("{name}（途中）"), format!("{name} (in progress)");
        year_title(year: &str): format!("{year}年の稼働率"), format!("Uptime in {year}");
        until_day(day: i8): format!("{day}日まで"), format!("to the {}", ordinal(day));
        days_of(n: i64): format!("{n}日分"), format!("{n} d");
        cell_coverage(percent: u64): format!("記録 {percent}%"), format!("cov. {percent}%");
        grid_key_met(target: &str): format!("{target} 以上"), format!("{target} or more");
        grid_key_missed(from: &str, to: &str): format!("{from}〜{to}"), format!("{from} – {to}");
        grid_key_far(target: &str): format!("{target} 未満"), format!("under {target}");
        undated_sites(n: &str):
            format!("日時の記録がないサイトが{n}件あり、日を指定したレポートには含まれません"),
            format!("Sites without times: {n}; they can't be in a report of days");
        checked_every(interval: &str, threshold: u32):
            match threshold {
                1 => format!("監視は{interval}ごと: それより短い停止は検知できないことがあり、異常1回は{interval}の停止になります"),
                _ => format!("監視は{interval}ごと: それより短い停止は検知できないことがあり、障害の中の異常1回は{interval}の停止になります"),
            },
            match threshold {
                1 => format!("Checked every {interval}: shorter outages can be missed, one failed check counts as {interval}"),
                _ => format!("Checked every {interval}: shorter outages can be missed, each failed check of an incident counts as {interval}"),
            };
        rows_elsewhere(n: &str):
            format!("ファイルとは別の月の日時の行が{n}件あります（ページでは日時の月に、APIではファイルの年月に数えます）"),
            format!("Rows dated in another month than that of their file: {n} (pages count them by date, the API by file)");
        rows_misplaced(n: &str):
            format!("この期間の行のうち{n}件は、別の月のファイルにあります（APIではその年月に数えます）"),
            format!("Rows of this period in a file of another month: {n} (the API counts them there)");
        rows_ahead(n: &str):
            format!("現在より5分を超えて先の日時の行が{n}件あります。件数には数えますが、その時刻が近づくまで時間の計算には使いません。監視側の時計と、設定 time_zone を確認してください"),
            format!("Rows more than 5 minutes ahead of the clock: {n}. They are counted, but take no part in time until it reaches them. Check the monitor's clock, and the setting time_zone");
        checks_planned(n: &str):
            format!("対象外の時間の監視が{n}回あります（どの割合にも含みません）"),
            format!("Checks in planned time: {n} (in no ratio)");
    }
}

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const WEEKDAYS_JA: [&str; 7] = ["月", "火", "水", "木", "金", "土", "日"];

/// The name with a number, from 1.
fn named(names: &[&'static str], number: i8) -> &'static str {
    let at = usize::try_from(number - 1).unwrap_or(usize::MAX);
    names.get(at).copied().unwrap_or_default()
}

fn month_en(month: i8) -> &'static str {
    named(&MONTHS, month)
}

/// From 1, a Monday.
fn weekday_en(weekday: i8) -> &'static str {
    named(&WEEKDAYS, weekday)
}

fn weekday_ja(weekday: i8) -> &'static str {
    named(&WEEKDAYS_JA, weekday)
}

fn ordinal(n: i8) -> String {
    let ending = match n {
        1 | 21 | 31 => "st",
        2 | 22 => "nd",
        3 | 23 => "rd",
        _ => "th",
    };
    format!("{n}{ending}")
}
