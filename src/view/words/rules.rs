//! The rules printed under tables. Here, so that they stand together and can be compared with
//! `docs/numbers.md`, which has them at length.

words! {
    RuleWords {
        by_time:
            "表の稼働率は時間によるものです（日時のないログでは、全期間の回数）。",
            "Tables show uptime by time, or by all checks where a log has no times.";
        by_checks: "表の稼働率は回数によるものです。", "Tables show uptime by checks.";
        counts:
            "件数は表示中のログの行数です。状態が正常でない行は、メンテナンスも含めてすべて異常に数えます。",
            "Counts are of all rows in the logs shown; whatever does not say up, maintenance too, counts as down.";
        coverage:
            "記録率 =（正常な時間 + 停止時間）÷ 期間の始まりか最初の監視の遅いほうから、期間の終わりか現在までの時間（対象外の時間を除く）。対象外の時間は、メンテナンスと時間外です。",
            "Coverage = (up + down time) ÷ the time from the range's start or the first check, whichever is later, to its end or now, without planned time: maintenance and off hours.";
        repair:
            "平均復旧時間は、期間に一部でもかかる障害の長さの平均、平均故障間隔は、正常な時間 ÷ 正常のあとに始まった障害の数です。",
            "MTTR is the mean length of the incidents that touch the range, each as a whole; MTBF is up time ÷ those that began after an up check.";
        latency:
            "応答時間は正常な監視だけから計算し、誤差は5%以内です。95%値は20件以上、99%値は100件以上あるときに表示します。",
            "Response times are those of checks that were up, with an error of at most 5%; p95 needs 20 of them, p99 100.";
        stale:
            "最後の監視から監視間隔の3倍を超える時間がたったサイトは「記録停止」とし、稼働中とは扱いません。記録停止のまま30日間監視がないサイト（同じフォルダーに記録停止でないURLがほかにあれば3日間）は「監視終了」とし、合計に含めません。",
            "A site whose last check is more than 3 intervals ago is stale, not up. A stale one without a check for 30 days (3 days while another URL of its folder is not stale) has ended, and is in no total.";
        bars:
            "棒は1日を表し、上側の赤い部分は異常の割合（1回でもあれば最低3分の1）、低い灰色は、対象外の時間のほかに監視のない日です。",
            "A bar is a day: its red top is the share of failed checks (at least a third), a low grey stub is a day without checks outside planned time.";
        site_hours:
            "サイト時間は、各サイトの時間の合計です。2サイトが同じ1時間停止すると、2サイト時間になります。",
            "Site-hours are the time of all sites added up: two that are down for the same hour make two.";
        events:
            "同じ時間に重なる複数のサイトの障害は、1件と数えます。",
            "Incidents of several sites that overlap in time are one.";
        provisional:
            "暫定の数値は、これからの監視によって変わることがあります。",
            "Provisional figures may change with checks that are still to come.";
    } sentences {
        uptime(min_coverage: &str):
            format!("稼働率（時間）= 正常な時間 ÷（正常な時間 + 停止時間）。監視の結果は、次の監視までの時間を表します。稼働率（回数）= 正常な監視 ÷ 対象外の時間を除く全監視。どちらも小数第3位未満は切り捨て、異常が1回でもあれば100%とは表示しません。記録率が{min_coverage}に満たないときは、並べて表示します。"),
            format!("Uptime by time = up time ÷ (up + down time): a check speaks for the time until the next one. Uptime by checks = checks that were up ÷ all but those in planned time. Both are rounded down to three decimals; 100% only if no check failed. Coverage stands beside an uptime where it is under {min_coverage}.");
        downtime(threshold: u32):
            {
                let confirmed = if threshold > 1 {
                    format!("障害になるのは、異常が{threshold}回続いたときで、それより少ない異常の時間は正常に数えます。")
                } else {
                    String::new()
                };
                format!("停止時間は、期間内にある障害の時間の合計です。{confirmed}障害は、最初の異常から、最後の異常が表す時間の終わり（ふつうは次の監視）までです。監視間隔の3倍より長い空白では、直前の監視が表すのは1間隔分だけで、残りは不明時間です。障害も、そこからは不明になります。")
            },
            {
                let confirmed = if threshold > 1 {
                    format!("An incident needs {threshold} failed checks in a row; the time of fewer counts as up. ")
                } else {
                    String::new()
                };
                format!("Downtime is the time of incidents inside the range. {confirmed}An incident lasts from its first failed check to the end of what its last one speaks for, usually the next check. Over a hole, a gap of more than 3 intervals, the check before speaks for one interval; the rest is unknown time, and so is what became of an incident.")
            };
        window(date: &str):
            format!("90日間は{date}からです。"),
            format!("The 90 days begin at {date}.");
        verdict(min_coverage: &str):
            format!("判定: 不明時間がすべて停止だったとしても目標に届けば「達成」。すべて正常だったとしても届かないか、記録率が{min_coverage}以上で稼働率が届かなければ「未達」。記録率が{min_coverage}以上で稼働率が届けば「観測範囲では達成」。それ以外は「判定不能」です。"),
            format!("Verdict: met, if even with all unknown time down; missed, if even with all unknown time up, or by uptime with a coverage of at least {min_coverage}; met as far as observed, if by uptime with that coverage; else not proven.");
    }
}
