//! The words of problem pages, and of rows and files that were skipped.

words! {
    FaultWords {
        not_text:
            "文字コードがUTF-8でもShift_JISでもありません",
            "the text is neither UTF-8 nor Shift_JIS";
        bad_time:
            "日時を読み取れないか、未来の日時です（この行は件数にだけ含まれます）",
            "the time is invalid or in the future (the row is included in the counts only)";
        endless_row:
            "行が終わっていません。引用符（\"）が閉じていないか、64KiBまたは改行50個を超えています（この行は集計されません）",
            "the row does not end: a quote (\") is never closed, or it has more than 64 KiB or 50 line breaks (this line is not counted)";
        bad_note_time:
            "開始または終了の日時を読み取れません（このメモは使われません）",
            "the time it begins or ends is missing or invalid (the note is not used)";
        backward_note:
            "終了が開始より後ではありません（このメモは使われません）",
            "it does not end after it begins (the note is not used)";
        unknown_note_kind:
            "種類は「メンテナンス」か「備考」にしてください（このメモは使われません）",
            "its kind must be “maintenance” or “note” (the note is not used)";
        too_many_notes:
            "メモが10,000件を超えています（この行から後は読み取りません）",
            "there are more than 10,000 notes (this row and those after it are not read)";
        not_a_file: "通常のファイルではありません", "not a regular file";
        denied: "読み取り権限がありません", "no permission to read it";
        missing:
            "ファイルが見つかりません（リンク切れの可能性があります）",
            "not found (perhaps a link that leads nowhere)";
        foreign:
            "リンク先の所有者がリンクの所有者と異なるため、読み取りません",
            "not read: it belongs to a different user than the link to it";
        unreadable: "読み取り中にエラーが発生しました", "an error occurred while reading it";
    } sentences {
        missing_column(name: &str):
            format!("「{name}」列がありません（このファイルは集計されません）"),
            format!("the column “{name}” is missing (the file is not counted)");
        short_row(fields: usize, wanted: usize):
            format!("行が途中で切れています（{wanted}列必要ですが{fields}列です）"),
            format!("the row is cut short (fields: {fields}, needed: {wanted})");
    }
}

words! {
    ProblemWords {
        bad_request: "リクエストが正しくありません", "Bad request";
        not_found: "ページが見つかりません", "Page not found";
        body: "本文のあるリクエストは受け付けません", "Requests with a body are not accepted";
        method: "このメソッドは使えません", "Method not allowed";
        too_long: "URLが長すぎます", "URL too long";
        internal: "サーバー内部のエラー", "Internal error";
        unavailable: "ログを表示できません", "The logs can't be shown";
        not_text: "URLの文字がUTF-8ではありません。", "The URL's text is not UTF-8.";
        bad_path:
            "URLに使えない部分（「..」など）が含まれています。",
            "The URL contains a part that is not allowed, such as “..”.";
        no_such_page: "このURLにはページがありません。", "There is no page at this URL.";
        body_hint:
            "リクエストに本文を付けずに、GETまたはHEADで要求してください。",
            "Send the request without a body, by GET or HEAD.";
        method_hint: "GETまたはHEADで要求してください。", "Use GET or HEAD.";
        too_long_hint:
            "8190バイト以内のURLで要求してください。",
            "Use a URL of at most 8190 bytes.";
        internal_hint:
            "ページを作成できませんでした。時間をおいて再度お試しください。",
            "The page could not be made. Please try again later.";
        logs_missing:
            "ログのフォルダーが見つかりません。cgi-bin と同じ場所に logs フォルダーを置くか、cgi-bin/config.json の logs_dir で場所を指定してください。",
            "The log folder was not found. Put a folder named logs beside cgi-bin, or name its place as logs_dir in cgi-bin/config.json.";
        logs_unreadable:
            "ログのフォルダーを読み取れません。CGIの実行ユーザーがこのフォルダーを読め（705または755など）、上のすべてのフォルダーに入れる（711など）ように権限を設定してください。",
            "The log folder can't be read. Give the user that runs the CGI program permission to read it (such as 705 or 755), and to enter all folders above it (such as 711).";
        logs_looked_for:
            "探した場所（プログラムのフォルダーから見て）: ../logs、logs",
            "Looked for, from the program's folder: ../logs, logs.";
        config: "config.json に誤りがあります", "A mistake in config.json";
        config_unreadable:
            "ファイルを読み取れません。1MiB以内の通常のファイルで、読み取り権限があることを確認してください。",
            "the file can't be read; it must be a regular file of at most 1 MiB that the program may read.";
        config_unknown_key: "このような設定項目はありません。", "is not a setting.";
        config_wants_object: "{ } で囲んだ項目の並びにしてください。", "must be an object, in { }.";
        config_wants_text: "空でない文字列にしてください。", "must be non-empty text.";
        config_wants_logo:
            "static フォルダーの中の、.svg か .png で終わるファイル名にしてください（半角英数字と . _ - だけ）。",
            "must be the name of a file in static/ that ends in .svg or .png (letters, digits, . _ - only).";
        config_wants_colour:
            "\"#27489c\" のような色にしてください。",
            "must be a colour like \"#27489c\".";
        config_wants_texts:
            "文字列、または文字列の配列にしてください。",
            "must be text or a list of texts.";
        config_wants_language: "\"ja\" または \"en\" にしてください。", "must be \"ja\" or \"en\".";
        config_wants_count: "1以上の整数にしてください。", "must be a whole number, 1 or more.";
        config_wants_percentage:
            "0より大きく100以下で、小数点以下3桁までの数にしてください。",
            "must be a number above 0 and up to 100, with at most three decimals.";
        config_wants_uptime_by:
            "\"time\" または \"checks\" にしてください。",
            "must be \"time\" or \"checks\".";
        config_wants_switch: "true か false を書いてください。", "must be true or false.";
        config_wants_hide_query:
            "true、false、\"everywhere\" のどれかを書いてください。",
            "must be true, false or \"everywhere\".";
        config_wants_time_zone:
            "\"Asia/Tokyo\" のようなタイムゾーン名にしてください。",
            "must be a time zone such as \"Asia/Tokyo\".";
        half_range:
            "from と to は両方を指定してください（例: from=20241101&to=20241107）。",
            "from and to belong together, as in from=20241101&to=20241107.";
        backward_range:
            "from は to より前か同じ日にしてください。",
            "from must not be after to.";
    } sentences {
        not_a_day(name: &str, text: &str):
            format!("{name} は日付を 20241101 の形で指定してください（「{text}」は使えません）。"),
            format!("{name} takes a day such as 20241101, not “{text}”.");
        unknown_include(word: &str):
            format!("include に指定できるのは days, incidents, latency, coverage, faults です（「{word}」は使えません）。"),
            format!("include takes days, incidents, latency, coverage, faults, not “{word}”.");
        no_such_company(name: &str):
            format!("会社「{name}」のログはありません。"),
            format!("There are no logs of a company “{name}”.");
        config_keys(keys: &str):
            format!("設定できる項目: {keys}"),
            format!("The settings are: {keys}.");
        config_file(reason: &str):
            format!("config.json: {reason}"),
            format!("config.json: {reason}");
        config_key(key: &str, reason: &str):
            format!("config.json の「{key}」: {reason}"),
            format!("config.json: “{key}” {reason}");
        config_renamed(name: &str):
            format!("この項目の名前は「{name}」に変わりました。"),
            format!("is now called “{name}”.");
        config_faint_colour(contrast: &str):
            format!("は白に対するコントラストが {contrast} です。4.5 以上の、もっと濃い色にしてください。"),
            format!("has a contrast of {contrast} against white; choose a darker colour, of at least 4.5.");
        config_wants_hours(part: &str):
            format!("「{part}」を \"Mon-Fri 09:00-18:00\" のように書いてください。曜日は Mon から Sun、終わりは 24:00 までで、複数あればカンマで区切ります。0時をまたぐ時間帯は2つに分けてください。"),
            format!("has “{part}”, which must be like \"Mon-Fri 09:00-18:00\": days Mon to Sun, times up to 24:00, several parts with commas between, and hours over midnight as two parts.");
        config_syntax(line: usize, column: usize):
            format!("{line}行目{column}文字目付近でJSONとして読めません。"),
            format!("not valid JSON near line {line}, column {column}.");
    }
}
