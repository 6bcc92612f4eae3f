//! How log rows are read: the names of columns, and the texts that mean "up" or "maintenance".

use crate::check::Outcome;

/// The status text that means "up" in every log, whatever the settings add.
pub const UP: &str = "正常に稼働中";

/// How log rows are read.
#[derive(Clone, Debug)]
pub struct Schema {
    /// [`UP`] and those of the setting `up_statuses`.
    pub up_statuses: Vec<String>,
    /// Those of the setting `maintenance_statuses`. A text that also means "up" means that.
    pub maintenance_statuses: Vec<String>,
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

impl Schema {
    /// What a status means.
    pub fn outcome(&self, status: &str) -> Outcome {
        let is_one_of = |texts: &[String]| texts.iter().any(|text| text == status);
        if is_one_of(&self.up_statuses) {
            Outcome::Up
        } else if is_one_of(&self.maintenance_statuses) {
            Outcome::Maintenance
        } else {
            Outcome::Down
        }
    }
}

impl Default for Schema {
    fn default() -> Self {
        Self {
            up_statuses: vec![UP.to_owned()],
            maintenance_statuses: Vec::new(),
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

#[cfg(test)]
mod tests {
    use super::{Schema, UP};
    use crate::check::Outcome;

    #[test]
    fn a_status_in_both_lists_is_up() {
        let mut schema = Schema::default();
        schema.up_statuses.push("OK".to_owned());
        schema.maintenance_statuses = vec!["OK".to_owned(), "点検".to_owned()];
        for (status, want) in [
            (UP, Outcome::Up),
            ("OK", Outcome::Up),
            ("点検", Outcome::Maintenance),
            ("点検中", Outcome::Down),
        ] {
            assert_eq!(schema.outcome(status), want, "{status}");
        }
    }
}
