//! Names of files to their months.

use super::{month, month_at};

#[test]
fn the_month_follows_the_last_underscore() {
    let check = |name, want| {
        let found = month_at(name).map(|at| month(name, at));
        assert_eq!(found, want, "{name}");
    };
    check("monitor_results_202411.csv", Some("202411"));
    check("202411.csv", Some("202411"));
    check("monitor_results_.csv", Some(""));
    check("monitor_results_202411.CSV", None);
    check("monitor_results_202411.csv.gz", None);
}
