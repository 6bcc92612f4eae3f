//! The words of verdicts, and of what they rest on.

use super::count;

words! {
    ReportWords {
        met: "達成", "met";
        missed: "未達", "missed";
        met_as_observed: "観測範囲では達成", "met as far as observed";
        not_proven: "判定不能", "not proven";
        no_data: "記録なし", "no data";
        so_far: "現時点", "so far";
        unfinished: "（集計途中）", "(in progress)";
        unfinished_provisional: "（集計途中・暫定）", "(in progress, provisional)";
        provisional: "（暫定）", "(provisional)";
        downtime_sum: "停止時間（サイト時間）", "Downtime (site\u{2011}hours)";
        unknown_sum: "不明時間（サイト時間）", "Unknown time (site\u{2011}hours)";
        change_month: "前月比", "Change";
        change_year: "前年比", "Change";
        points: " pt", " pt";
    } sentences {
        all_met(n: usize):
            match n {
                1 => "目標稼働率を達成しました".to_owned(),
                n => format!("すべてのサイトが目標稼働率を達成しました（{n}件）"),
            },
            match n {
                1 => "1 site met the target".to_owned(),
                n => format!("All {n} sites met the target"),
            };
        sites_met(n: usize):
            format!("{n}件のサイトが目標稼働率を達成しました"),
            count(n, "site met the target", "sites met the target");
        sites_missed(n: usize):
            format!("{n}件のサイトが目標稼働率に届きませんでした"),
            count(n, "site missed the target", "sites missed the target");
        sites_silent(n: usize):
            format!("{n}件のサイトは記録がありません"),
            count(n, "site has no data", "sites have no data");
        sites_not_proven(n: usize):
            format!("{n}件のサイトは不明時間が多く、判定不能です"),
            count(n, "site is not proven: too much is unknown", "sites are not proven: too much is unknown");
        sites_met_as_observed(n: usize, unknown: &str):
            format!("{n}件のサイトは観測範囲では達成しました（不明時間 {unknown}）"),
            format!("{} (unknown time: {unknown})", count(n, "site met the target as far as observed", "sites met the target as far as observed"));
        of_sites(text: &str, sites: usize):
            format!("{text}（全{sites}件中）"),
            format!("{text}, of {sites}");
        so_far_text(text: &str): format!("現時点: {text}"), format!("{text}, so far");
        of_target(target: &str): format!("目標 {target}"), format!("target {target}");
        unknown_time(duration: &str): format!("不明時間 {duration}"), format!("unknown {duration}");
        first_check_at(date: &str): format!("最初の監視は{date}"), format!("first check {date}");
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
