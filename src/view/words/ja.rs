//! Japanese.

use super::{CheckWords, FaultWords, ProblemWords, Words};

pub(super) const WORDS: Words = Words {
    dashboard: "ログダッシュボード",
    choose_company: "会社を選択",
    choose_site: "サイトを選択",
    choose_month: "年月を選択",
    show_all: "全体を表示",
    show: "表示",
    skip_to_content: "本文へ移動",
    selection: "表示する範囲",
    other_language: "English",

    everything: "全社・全サイト",
    results: "集計結果",
    site: "サイト",
    checks: "合計リクエスト数",
    up: "正常",
    down: "異常",
    uptime: "稼働率",
    status_codes: "ステータスコード",
    overall_uptime: "全体の稼働率",
    sites_shown: "サイト数",
    no_name: "（名前なし）",
    no_logs_yet: "まだログがありません。ログのフォルダー（cgi-bin と同じ場所の logs。cgi-bin/config.json の logs_dir で指定した場合はその場所）の中の、次の形のファイルを読み込みます。",
    log_pattern: "<会社>/<サイト>/monitor_results_YYYYMM.csv",
    check_link: "設置を確認する",
    no_checks: "この範囲のログはありません。",
    no_checks_hint: "別の会社・サイト・年月を選んでください。",
    uptime_rule: "稼働率 = 正常 ÷ 合計リクエスト数。小数第3位未満は切り捨て、異常が1件でもあれば100%とは表示しません。",
    json_of_this: "この表のJSON",

    state: "状態",
    state_up: "稼働中",
    state_down: "停止中",
    state_stale: "記録停止",
    state_undated: "日時なし",
    banner_up: "すべてのサイトが稼働中です",
    sentence_separator: "。",
    last_check: "最終確認",
    last_90_days: "90日間",
    first_of_90_days: "89日前",
    today: "今日",
    sample_notice: "表示しているのはサンプルログです。logs フォルダーの中身を、実際の監視ログに置き換えてください。",
    stale_rule: "最後の記録が通常の監視間隔の3倍より古いサイトは「記録停止」とし、稼働中とは扱いません。",
    bars_rule: "棒は1日を表し、上側の赤い部分は異常の割合（1件でもあれば最低3分の1）、低い灰色は記録のない日です。",
    downtime_rule: "停止時間は、最初の異常から次の正常までの時間の合計です（稼働率は件数、停止時間は時刻から計算します）。次の記録まで監視間隔の3倍より空いた障害は、最後の異常までとし「以降不明」と示します。",
    coverage_rule: "記録率 = 実際の監視回数 ÷ 通常の監視間隔から期待される回数。",
    latency_rule: "応答時間は正常な監視だけから計算し、誤差は5%以内です。",
    period: "期間",
    last_24_hours: "24時間",
    last_7_days: "7日間",
    last_30_days: "30日間",
    last_year: "1年間",
    downtime: "停止時間",
    downtime_total: "停止時間の合計",
    incidents: "障害",
    coverage: "記録率",
    mttr: "平均復旧時間",
    mtbf: "平均故障間隔",
    response_time: "応答時間",
    median: "応答（中央値）",
    p95: "応答（95%）",
    p99: "応答（99%）",
    chart_top: "上端",
    months: "月別",
    month_column: "年月",
    from: "発生",
    to: "復旧",
    duration: "継続時間",
    failed_checks: "異常回数",
    no_incidents: "障害はありません。",
    ongoing: "継続中",
    or_later: "以降不明",
    report: "稼働状況レポート",
    unfinished: "（集計途中）",
    target: "目標稼働率",
    met: "達成",
    missed: "未達",
    no_data: "記録なし",
    all_met: "すべてのサイトが目標稼働率を達成しました",
    change_month: "前月比",
    change_year: "前年比",
    points: " pt",
    by_day: "日別",
    bar_none: "{date}: 記録なし",
    bar_up: "{date}: {total}回すべて正常",
    bar_down: "{date}: {total}回中{down}回が異常",
    search: "絞り込み",
    search_none: "一致するサイトはありません。",
    unit_day: "日",
    unit_hour: "時間",
    unit_minute: "分",
    unit_second: "秒",
    unit_separator: "",

    faults_hint: "次の行・ファイルは、集計に含まれないか、一部だけ含まれています。ほかの行はすべて集計しています。",
    faults_place: "場所",
    faults_reason: "理由",
    back_to_dashboard: "ダッシュボードへ戻る",

    banner_down: |n| format!("{n}件が停止中です"),
    banner_stale: |n| format!("{n}件は記録が止まっています"),
    bars_label: |first, last, uptime, failed| {
        format!("{first}から{last}までの日別: 稼働率{uptime}、異常のあった日は{failed}日")
    },
    chart_label: |top| format!("90日間の応答時間の推移（上端は{top}）。値は表にあります"),
    ago: |count, unit| format!("{count}{}前", ["秒", "分", "時間", "日"][unit.min(3)]),
    at_least: |duration| format!("{duration}以上"),
    so_far: |duration| format!("{duration}（継続中）"),
    shorter_incidents: |count| {
        format!(
            "長いものから100件を表示しています。ほかに{count}件あります（JSONにはすべて含まれます）"
        )
    },
    older_incidents: |count| {
        format!("ほかに古い障害が{count}件あります（JSONにはすべて含まれます）")
    },
    sites_silent: |n| format!("{n}件のサイトは記録がありません"),
    banner_some_up: |n| format!("{n}件が稼働中です"),
    banner_undated: |n| format!("{n}件は日時の記録がなく、現在の状態がわかりません"),
    sites_missed: |n| format!("{n}件のサイトが目標稼働率に届きませんでした"),
    year: |year| format!("{year}年"),
    month: |year, month| format!("{year}年{month}月"),
    faults_count: |count| format!("読み取れないデータが{count}件あります"),
    faults_more: |count| format!("ほか{count}件"),
    line: |line| format!("{line}行目"),
    site_not_found: |site| {
        format!("サイト「{site}」は選択した範囲にありません。すべてのサイトを表示しています。")
    },
    faults: &FaultWords {
        missing_column: |name| format!("「{name}」列がありません（このファイルは集計されません）"),
        short_row: |fields, wanted| {
            format!("行が途中で切れています（{wanted}列必要ですが{fields}列です）")
        },
        not_text: "文字コードがUTF-8でもShift_JISでもありません",
        bad_time: "日時を読み取れないか、未来の日時です（この行は件数にだけ含まれます）",
        endless_row: "行が終わっていません。引用符（\"）が閉じていないか、64KiBまたは改行50個を超えています（この行は集計されません）",
        not_a_file: "通常のファイルではありません",
        denied: "読み取り権限がありません",
        missing: "ファイルが見つかりません（リンク切れの可能性があります）",
        foreign: "リンク先の所有者がリンクの所有者と異なるため、読み取りません",
        unreadable: "読み取り中にエラーが発生しました",
    },
    problems: &ProblemWords {
        bad_request: "リクエストが正しくありません",
        not_found: "ページが見つかりません",
        body: "本文のあるリクエストは受け付けません",
        method: "このメソッドは使えません",
        too_long: "URLが長すぎます",
        internal: "サーバー内部のエラー",
        unavailable: "ログを表示できません",
        not_text: "URLの文字がUTF-8ではありません。",
        bad_path: "URLに使えない部分（「..」など）が含まれています。",
        unknown_include: |word| {
            format!(
                "include に指定できるのは days, incidents, latency, coverage, faults です（「{word}」は使えません）。"
            )
        },
        no_such_page: "このURLにはページがありません。",
        no_such_company: |name| format!("会社「{name}」のログはありません。"),
        body_hint: "リクエストに本文を付けずに、GETまたはHEADで要求してください。",
        method_hint: "GETまたはHEADで要求してください。",
        too_long_hint: "8190バイト以内のURLで要求してください。",
        internal_hint: "ページを作成できませんでした。時間をおいて再度お試しください。",
        logs_missing: "ログのフォルダーが見つかりません。cgi-bin と同じ場所に logs フォルダーを置くか、cgi-bin/config.json の logs_dir で場所を指定してください。",
        logs_unreadable: "ログのフォルダーを読み取れません。CGIの実行ユーザーがこのフォルダーを読め（705または755など）、上のすべてのフォルダーに入れる（711など）ように権限を設定してください。",
        logs_looked_for: "探した場所（プログラムのフォルダーから見て）: ../logs、logs",
        config: "config.json に誤りがあります",
        config_keys: |keys| format!("設定できる項目: {keys}"),
        config_file: |reason| format!("config.json: {reason}"),
        config_key: |key, reason| format!("config.json の「{key}」: {reason}"),
        config_unreadable: "ファイルを読み取れません。1MiB以内の通常のファイルで、読み取り権限があることを確認してください。",
        config_syntax: |line, column| {
            format!("{line}行目{column}文字目付近でJSONとして読めません。")
        },
        config_unknown_key: "このような設定項目はありません。",
        config_wants_object: "{ } で囲んだ項目の並びにしてください。",
        config_wants_text: "空でない文字列にしてください。",
        config_wants_texts: "文字列、または文字列の配列にしてください。",
        config_wants_language: "\"ja\" または \"en\" にしてください。",
        config_wants_count: "1以上の整数にしてください。",
        config_wants_percentage: "0より大きく100以下で、小数点以下3桁までの数にしてください。",
        config_wants_switch: "true か false を書いてください。",
        config_wants_hide_query: "true、false、\"everywhere\" のどれかを書いてください。",
        config_wants_time_zone: "\"Asia/Tokyo\" のようなタイムゾーン名にしてください。",
    },
    check: &CheckWords {
        heading: "設置の確認",
        fine: "問題なし",
        mend: "要対応",
        unknown: "未確認",
        logs: |place, companies, sites, logs, opened| {
            format!(
                "ログのフォルダーが{place}にあります。会社: {companies}、サイト: {sites}、ログファイル: {logs}。読み取れるかどうかは、調べた各サイトの新しいものから{opened}個を開いて確かめました。"
            )
        },
        in_environment: "SITE_MONITOR_LOGS の場所",
        in_configured: "config.json の logs_dir の場所",
        in_beside: "プログラムのフォルダーの隣",
        in_within: "プログラムのフォルダーの中",
        in_current: "現在のフォルダーの中",
        faults: |count| {
            format!(
                "読み取れないファイルやフォルダーが{count}件あります。ダッシュボードで内容と理由を確認できます。CGIの実行ユーザーには、読み取る権限と、上のすべてのフォルダーに入る権限が必要です。リンクの所有者は、リンク先の所有者と同じにしてください。"
            )
        },
        logs_open: "サーバーの利用者なら誰でもログのフォルダーに書き込め、数値を変えられます。この権限を外してください（755か705。CGIが自分のユーザーで動く場合は700で十分です）。",
        cache_works: "集計結果をログのフォルダーの .cache にキャッシュするため、次回から速く表示できます。",
        cache_off: "設定 cache が false のため、集計結果をキャッシュしません。表示のたびにすべてのログを読みます。",
        cache_refused: "集計結果をキャッシュできないため、表示のたびにすべてのログを読みます。ログが何年分もあると遅くなりますが、ほかに害はありません。できれば、ログのフォルダーの中に、CGIの実行ユーザーが所有する .cache フォルダーを作ってください。",
        modes_fine: |program, folder| {
            format!(
                "index.cgi（{program}）とそのフォルダー（{folder}）に書き込めるのは所有者だけです。"
            )
        },
        modes_open: |program, folder| {
            format!(
                "index.cgi（{program}）またはそのフォルダー（{folder}）に所有者以外が書き込めます。suEXECはこの状態では実行を拒否します。どちらも755か705にしてください。"
            )
        },
        canary: "CSVファイルに .htaccess が効いているかどうかはブラウザーでしか確認できません。効いていれば、次のファイルはエラーになります。",
        canary_link: "送信されてはならないファイル",
        canary_refused: ".htaccess は効いています。送信されてはならないCSVファイルは拒否されました。",
        canary_sent: ".htaccess が無視されています。送信されてはならないCSVファイルが読めるため、公開フォルダーの中のログも読めてしまいます。すぐに取り除き、公開フォルダーの外に置いてください（logs_dir）。",
    },
};
