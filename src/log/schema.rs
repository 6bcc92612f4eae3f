//! How log rows are understood: header names, and texts that mean "up".

/// The text of a status that is up in every log.
pub const UP: &str = "正常に稼働中";

/// How log rows are understood.
#[derive(Clone, Debug)]
pub struct Schema {
    /// `up_statuses` and [`UP`]: texts of the status column that mean "up".
    pub up_statuses: Vec<String>,
    /// `columns`: header names.
    pub columns: ColumnNames,
}

/// Header names for each column, in order of preference.
#[derive(Clone, Debug)]
pub struct ColumnNames {
    /// `columns.site`: what was checked.
    pub site: Vec<String>,
    /// `columns.status`: up or not.
    pub status: Vec<String>,
    /// `columns.status_code`: the status code as text.
    pub status_code: Vec<String>,
    /// `columns.time`: when, in local time.
    pub time: Vec<String>,
    /// `columns.response_time`: how long the answer took.
    pub response_time: Vec<String>,
}

impl Default for Schema {
    fn default() -> Self {
        Self {
            up_statuses: vec![UP.to_owned()],
            columns: ColumnNames::default(),
        }
    }
}

impl Default for ColumnNames {
    fn default() -> Self {
        let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        Self {
            site: names(&["サイト"]),
            status: names(&["状態"]),
            status_code: names(&["ステータスコード"]),
            time: names(&[
                "日時",
                "チェック日時",
                "タイムスタンプ",
                "timestamp",
                "datetime",
                "date",
            ]),
            response_time: names(&["応答時間", "レスポンスタイム", "response_time"]),
        }
    }
}
