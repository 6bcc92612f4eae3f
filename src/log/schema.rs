//! How log rows are read: the names of columns, and the texts that mean "up".

/// The status text that means "up" in every log, whatever the settings add.
pub const UP: &str = "正常に稼働中";

/// How log rows are read.
#[derive(Clone, Debug)]
pub struct Schema {
    /// [`UP`] and those of the setting `up_statuses`.
    pub up_statuses: Vec<String>,
    pub columns: ColumnNames,
}

/// The header names of each column, in order of preference: the setting `columns`.
#[derive(Clone, Debug)]
pub struct ColumnNames {
    pub site: Vec<String>,
    pub status: Vec<String>,
    pub status_code: Vec<String>,
    /// Of the column with local times.
    pub time: Vec<String>,
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
