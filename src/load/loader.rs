//! Listed files to the summaries of their site folders: from the cache where it is valid, from the
//! logs where it is not.

use super::read::Loader;
use super::rules::site_rules;
use super::site::Site;
use crate::cache::file::{CacheFile, TAIL};
use crate::cache::writer::Writer;
use crate::log::fault::Faults;
use crate::stats::rules::{SiteReading, SiteRules};
use crate::stats::summary::Summary;
use crate::store::folder::{Files, LogFile, sites};

/// The summary of one site folder's listed files.
#[derive(Debug)]
pub struct SiteLog {
    pub company: String,
    pub site: String,
    pub summary: Summary,
    /// The rules that its checks were read by.
    pub rules: SiteRules,
}

impl Loader<'_> {
    /// Reads files, in their order, into summaries. Adds the faults of the selected files to
    /// `faults`.
    pub fn load(&self, files: &[LogFile], faults: &mut Faults) -> Vec<SiteLog> {
        let mut tail = [0; TAIL];
        let site = |files: &[LogFile]| {
            let folder = &files[0].folder;
            let rules = site_rules(self.config, self.notes, folder);
            SiteLog {
                summary: self.read_site(files, &rules, &mut tail, faults),
                company: folder.company.clone(),
                site: folder.site.clone(),
                rules,
            }
        };
        sites(files).map(site).collect()
    }

    fn read_site(
        &self,
        files: &[LogFile],
        rules: &SiteRules,
        tail: &mut [u8; TAIL],
        faults: &mut Faults,
    ) -> Summary {
        let reading = SiteReading {
            rules,
            calendar: &self.config.calendar,
            needs: &self.needs,
        };
        let cached = self
            .cache
            .and_then(|cache| CacheFile::find(cache, &files[0].folder, tail));
        let folder = self.cache.filter(|_| self.files == Files::OfSites);
        let writer = Writer::new(files, cached.as_ref(), folder, reading);
        let mut site = Site::new(self, files, reading, writer);
        let mut summary: Option<Summary> = None;
        let mut files = files.iter();
        for segment in site.read() {
            for (of_file, file) in segment.faults.into_iter().zip(files.by_ref()) {
                if file.selected {
                    faults.merge(of_file);
                }
            }
            match &mut summary {
                Some(summary) => summary.merge(segment.summary, reading),
                None => summary = Some(segment.summary),
            }
        }
        site.publish();
        let mut summary = summary.unwrap_or_default();
        summary.list_rest();
        summary
    }
}
