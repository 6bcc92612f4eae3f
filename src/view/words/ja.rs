//! Japanese.

use super::{FaultWords, ProblemWords, Words};

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
    company: "会社",
    site: "サイト",
    checks: "合計リクエスト数",
    up: "正常",
    down: "異常",
    uptime: "稼働率",
    status_codes: "ステータスコード",
    overall_uptime: "全体の稼働率",
    sites_shown: "サイト数",
    no_name: "（名前なし）",
    no_checks: "この範囲のログはありません。",
    no_checks_hint: "別の会社・サイト・年月を選んでください。",
    uptime_rule: "稼働率 = 正常 ÷ 合計リクエスト数。小数第3位未満は切り捨て、異常が1件でもあれば100%とは表示しません。",
    json_of_this: "この表のJSON",

    faults_hint: "次の行・ファイルは集計に含まれていません。ほかの行はすべて集計しています。",
    faults_place: "場所",
    faults_reason: "理由",
    back_to_dashboard: "ダッシュボードへ戻る",

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
        row_too_long: "1行が1MiBを超えています。引用符（\"）が閉じていない可能性があります（以降は集計されません）",
        not_a_file: "通常のファイルではありません",
        denied: "読み取り権限がありません",
        missing: "ファイルが見つかりません（リンク切れの可能性があります）",
        unreadable: "読み取り中にエラーが発生しました",
    },
    problems: &ProblemWords {
        bad_request: "リクエストが正しくありません",
        not_found: "ページが見つかりません",
        method: "このメソッドは使えません",
        too_long: "URLが長すぎます",
        internal: "サーバー内部のエラー",
        unavailable: "ログを表示できません",
        not_text: "URLの文字がUTF-8ではありません。",
        bad_path: "URLに使えない部分（「..」など）が含まれています。",
        no_such_page: "このURLにはページがありません。",
        no_such_company: |name| format!("会社「{name}」のログはありません。"),
        method_hint: "GETまたはHEADで要求してください。",
        too_long_hint: "8190バイト以内のURLで要求してください。",
        internal_hint: "ページを作成できませんでした。時間をおいて再度お試しください。",
        logs_missing: "ログのフォルダーが見つかりません。cgi-bin と同じ場所に logs フォルダーを置くか、cgi-bin/config.json の logs_dir で場所を指定してください。",
        logs_unreadable: "ログのフォルダーを読み取れません。CGIの実行ユーザーが logs フォルダーを読めるように権限（705または755など）を設定してください。",
        config_file: |reason| format!("設定ファイル config.json に誤りがあります: {reason}"),
        config_key: |key, reason| {
            format!("設定ファイル config.json の「{key}」に誤りがあります: {reason}")
        },
        config_unreadable: "ファイルを読み取れません。権限を確認してください。",
        config_syntax: |line, column| {
            format!("{line}行目{column}文字目付近でJSONとして読めません。")
        },
        config_unknown_key: "このような設定項目はありません。",
        config_wants_object: "{ } で囲んだ項目の並びにしてください。",
        config_wants_text: "空でない文字列にしてください。",
        config_wants_texts: "文字列、または文字列の配列にしてください。",
        config_wants_language: "\"ja\" または \"en\" にしてください。",
        config_wants_time_zone: "\"Asia/Tokyo\" のようなタイムゾーン名にしてください。",
    },
};
