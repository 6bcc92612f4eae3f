//! The operator's rules for the URLs of a site folder, from the settings and the maintenance notes.

use super::notes::Notes;
use crate::config::Config;
use crate::stats::planned::Planned;
use crate::stats::rules::{Rules, SiteRules};
use crate::store::folder::SiteFolder;

/// Stands for a URL that no note names.
const UNNAMED: &str = "";

/// The rules for a site folder.
pub(super) fn site_rules(config: &Config, notes: &Notes, folder: &SiteFolder) -> SiteRules {
    let SiteFolder { company, site, .. } = folder;
    let hours = config.hours.of(company, site);
    let rules = |url: &str| Rules {
        threshold: config.failure_threshold,
        planned: Planned::new(notes.planned(company, site, url), hours.cloned()),
    };
    let named = notes.named(company).into_iter();
    SiteRules {
        default: rules(UNNAMED),
        by_url: named.map(|url| (url.to_owned(), rules(url))).collect(),
    }
}
