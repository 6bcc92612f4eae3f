//! The words of the page that checks the installation.

words! {
    CheckWords {
        heading: "設置の確認", "Installation check";
        fine: "問題なし", "fine";
        mend: "要対応", "fix this";
        unknown: "未確認", "not known yet";
        in_environment: "SITE_MONITOR_LOGS の場所", "where SITE_MONITOR_LOGS says";
        in_configured: "config.json の logs_dir の場所", "where logs_dir in config.json says";
        in_beside: "プログラムのフォルダーの隣", "beside the program's folder";
        in_within: "プログラムのフォルダーの中", "in the program's folder";
        in_current: "現在のフォルダーの中", "in the current folder";
        logs_open:
            "サーバーの利用者なら誰でもログのフォルダーに書き込め、数値を変えられます。この権限を外してください（755か705。CGIが自分のユーザーで動く場合は700で十分です）。",
            "Anyone with an account on this host may write into the log folder, and so change your numbers. Take that permission away (755 or 705; 700 is enough if programs run as you).";
        cache_works:
            "集計結果をログのフォルダーの .cache にキャッシュするため、次回から速く表示できます。",
            "Results are cached in .cache in the log folder, so that the next request is quick.";
        cache_off:
            "設定 cache が false のため、集計結果をキャッシュしません。表示のたびにすべてのログを読みます。",
            "Results are not cached: the setting cache is false. Each request reads all logs.";
        cache_refused:
            "集計結果をキャッシュできないため、表示のたびにすべてのログを読みます。ログが何年分もあると遅くなりますが、ほかに害はありません。できれば、ログのフォルダーの中に、CGIの実行ユーザーが所有する .cache フォルダーを作ってください。",
            "Results can't be cached, so each request reads all logs. That is slow with years of logs, and does no other harm. If you can, make a folder .cache in the log folder that belongs to the user that runs the program.";
        canary:
            "CSVファイルに .htaccess が効いているかどうかはブラウザーでしか確認できません。効いていれば、次のファイルはエラーになります。",
            "Only a browser can find out whether the host honours .htaccess for CSV files: if it does, this file is an error.";
        canary_link: "送信されてはならないファイル", "A file that must not be sent";
        canary_refused:
            ".htaccess は効いています。送信されてはならないCSVファイルは拒否されました。",
            "The host honours .htaccess: a CSV file that must not be sent was refused.";
        canary_sent:
            ".htaccess が無視されています。送信されてはならないCSVファイルが読めるため、公開フォルダーの中のログも読めてしまいます。すぐに取り除き、公開フォルダーの外に置いてください（logs_dir）。",
            "The host ignores .htaccess: a CSV file that must not be sent can be read, and so can logs in the document root. Take them away at once, and put them outside of it (logs_dir).";
    } sentences {
        logs(place: &str, companies: usize, sites: usize, logs: &str, opened: usize):
            format!("ログのフォルダーが{place}にあります。会社: {companies}、サイト: {sites}、ログファイル: {logs}。読み取れるかどうかは、調べた各サイトの新しいものから{opened}個を開いて確かめました。"),
            format!("The log folder was found {place}. Companies: {companies}, site folders: {sites}, logs: {logs}. Opened to see whether they can be read: {opened}, the newest of each site looked into.");
        faults(count: u64):
            format!("読み取れないファイルやフォルダーが{count}件あります。ダッシュボードで内容と理由を確認できます。CGIの実行ユーザーには、読み取る権限と、上のすべてのフォルダーに入る権限が必要です。リンクの所有者は、リンク先の所有者と同じにしてください。"),
            format!("Files or folders that can't be read: {count}. The dashboard names the first of them, and why. The user that runs the program needs permission to read them, and to enter all folders above; a link must have the owner of what it leads to.");
        unmatched(key: &str, name: &str):
            format!("設定 {key} の「{name}」に当たるフォルダーがありません。会社は「会社」、サイトは「会社/サイト」の形で、フォルダー名のとおりに書いてください。"),
            format!("The setting {key} names “{name}”, but there is no such folder. A company is named as its folder, a site as company/site.");
        modes_fine(program: &str, folder: &str):
            format!("index.cgi（{program}）とそのフォルダー（{folder}）に書き込めるのは所有者だけです。"),
            format!("Only their owner may write to index.cgi ({program}) and its folder ({folder}).");
        modes_open(program: &str, folder: &str):
            format!("index.cgi（{program}）またはそのフォルダー（{folder}）に所有者以外が書き込めます。suEXECはこの状態では実行を拒否します。どちらも755か705にしてください。"),
            format!("Users other than the owner may write to index.cgi ({program}) or its folder ({folder}): suEXEC refuses to run such a program. Set both to 755 or 705.");
    }
}
