//! Listed files to the summaries of their site folders.

use std::collections::BTreeSet;

use super::belief::Belief;
use super::clock::Clock;
use super::fault::{FaultReason, Faults};
use super::folder::{LogFile, Opened, sites};
use super::keeper::{At, Keeper};
use super::part::{Part, Source, hash_of};
use super::reader::{self, Row, Stretch};
use super::rollup::Rollup;
use super::rollup_folder::Rollups;
use super::unsorted::Unsorted;
use crate::calendar::Calendar;
use crate::format::Format;
use crate::sample::Moment;
use crate::stats::summary::Summary;
use crate::stats::timeline::Window;

/// How many bytes may follow what is kept of a file before more of it is kept: about as many
/// as can be read in the time it takes to write.
const LONG_TAIL: u64 = 1 << 14;

/// About how many checks are held at once to be sorted; where there are more, files are read
/// more than once. Those of one URL are held together.
const MOST_SORTED: u64 = 200_000;

/// How files are to be read.
#[derive(Debug)]
pub struct Reading<'a> {
    /// How rows are understood.
    pub format: &'a Format,
    /// How times are; `None` where counts are all that is wanted.
    pub times: Option<Times<'a>>,
    /// What is kept in detail; [`Window::is_nothing`] without times.
    pub window: Window,
    /// What is kept of former readings, if anything is.
    pub rollups: Option<&'a Rollups>,
    /// The present: a file that has just been changed may be changing.
    pub now: Moment,
    /// Whether all files of their sites are given, so that what is read can be kept.
    pub whole: bool,
}

/// How times in files are to be read.
#[derive(Debug)]
pub struct Times<'a> {
    /// The zone of local times.
    pub calendar: &'a Calendar,
    /// The last moment that is believed.
    pub latest: Moment,
}

/// The summary of one site folder's listed files.
#[derive(Debug)]
pub struct SiteLog {
    /// The company's folder name.
    pub company: String,
    /// The site's folder name.
    pub site: String,
    /// What its files say.
    pub summary: Summary,
}

impl Reading<'_> {
    /// Reads files, in their order, into a summary for each site folder. What can't be used of
    /// the selected ones is added to `faults`.
    pub fn read(&self, files: &[LogFile], faults: &mut Faults) -> Vec<SiteLog> {
        let site = |files: &[LogFile]| SiteLog {
            summary: self.read_site(files, faults),
            company: files[0].folder.company.clone(),
            site: files[0].folder.site.clone(),
        };
        sites(files).map(site).collect()
    }

    /// Reads files, of whatever site folders, into one summary, as if one folder held them all.
    pub fn read_together(&self, files: &[LogFile], faults: &mut Faults) -> Summary {
        let mut summary = Summary::default();
        for log in self.read(files, faults) {
            summary.merge_site(log.summary);
        }
        self.read_again_what_is_mixed(&mut summary, files, &self.window, faults);
        summary
    }

    fn read_site(&self, files: &[LogFile], faults: &mut Faults) -> Summary {
        let rollup = self
            .rollups
            .and_then(|rollups| Rollup::open(rollups, &files[0].folder));
        let place = self.rollups.filter(|_| self.whole);
        let mut keeper = Keeper::new(files, rollup.as_ref(), place);
        let (mut summary, read) = self
            .read_past(files, &mut keeper, faults)
            .unwrap_or_default();
        for file in &files[read..] {
            let mut part = self.read_file(file, &mut keeper);
            if file.selected {
                faults.merge(part.faults);
            }
            part.summary.keep_details(&self.window);
            summary.merge(part.summary);
        }
        keeper.publish();
        summary.keep_runs(&self.window);
        self.read_again_what_is_mixed(&mut summary, files, &self.window, faults);
        summary.show_rest();
        summary
    }

    /// What is kept of the first files together, and how many they are.
    fn read_past(
        &self,
        files: &[LogFile],
        keeper: &mut Keeper,
        faults: &mut Faults,
    ) -> Option<(Summary, usize)> {
        let past = keeper
            .past()
            .filter(|past| self.is_answer(past.timed, past.belief))?;
        let (count, met) = (past.count, past.faults.clone());
        let mut summary = keeper.past_summary(&self.window)?;
        summary.keep_details(&self.window);
        for (number, met) in met {
            if files.get(number).is_some_and(|file| file.selected) {
                faults.merge(met);
            }
        }
        Some((summary, count))
    }

    /// Whether what was read with times or not, taking this on trust, would be read so now.
    fn is_answer(&self, with_times: bool, belief: Belief) -> bool {
        let times = self.times.as_ref();
        belief.is_quiet(self.now)
            && times.is_none_or(|times| with_times && belief.holds(times.latest))
    }

    /// What a file says: what is kept of it, as far as that still holds, and the rest.
    fn read_file(&self, file: &LogFile, keeper: &mut Keeper) -> Part {
        let known = keeper.find(file.name());
        let known = known.filter(|(_, source)| self.is_answer(source.timed, source.belief));
        known
            .and_then(|(at, source)| self.read_kept(file, at, source, keeper))
            .unwrap_or_else(|| self.read_anew(file, keeper))
    }

    fn read_kept(
        &self,
        file: &LogFile,
        at: At,
        source: Source,
        keeper: &mut Keeper,
    ) -> Option<Part> {
        if source.state == file.state {
            let part = keeper.part(at, &self.window)?;
            keeper.carry(at, source);
            return Some(part);
        }
        if source.belief.is_in_unended() {
            return None;
        }
        let more = file.state.size().checked_sub(source.length)?;
        let again = more == 0 || (more > LONG_TAIL && source.timed == self.times.is_some());
        let keeps = again && keeper.can_write();
        let mut input = file.open().ok()?;
        if hash_of(&mut input.input, source.length).ok()?? != source.hash {
            return None;
        }
        if more == 0 {
            let part = keeper.part(at, &self.window)?;
            let settled = keeps && keeper.is_settled(&file.state);
            let state = if settled { file.state } else { source.state };
            keeper.carry(at, Source { state, ..source });
            return Some(part);
        }
        source.end?;
        let window = if keeps { &Window::ALL } else { &self.window };
        let mut part = keeper.part(at, window)?;
        let before = keeper.hash_before(file, &mut input);
        let now = self.read_into(&mut part, file, &mut input, Some(source), window);
        if part.summary.urls.values().any(|url| !url.timeline.ordered) {
            return None;
        }
        if !(keeps && keeper.keep(file, input, now, before, &part)) {
            keeper.carry(at, source);
        }
        Some(part)
    }

    fn read_anew(&self, file: &LogFile, keeper: &mut Keeper) -> Part {
        let mut part = Part::default();
        let keeps = keeper.can_write();
        let window = if keeps { &Window::ALL } else { &self.window };
        match file.open() {
            Ok(mut input) => {
                let before = keeper.hash_before(file, &mut input);
                let source = self.read_into(&mut part, file, &mut input, None, window);
                self.read_again_what_is_mixed(
                    &mut part.summary,
                    std::slice::from_ref(file),
                    window,
                    &mut part.faults,
                );
                if keeps {
                    keeper.keep(file, input, source, before, &part);
                }
            }
            Err(failure) => part.faults.add_failure(&file.place(), None, failure),
        }
        part
    }

    /// Reads a file into a part of it, or what follows what that part was made from.
    fn read_into(
        &self,
        part: &mut Part,
        file: &LogFile,
        input: &mut Opened,
        from: Option<Source>,
        window: &Window,
    ) -> Source {
        let place = file.place();
        let mut clock = self.clock();
        if let (Some(clock), Some(from)) = (&mut clock, from) {
            (clock.previous, clock.belief) = (from.previous, from.belief);
        }
        let stretch = Stretch {
            from: from.and_then(|from| from.end),
            leave_unended: input.is_fresh(self.now),
        };
        let end = reader::read(
            &mut input.input,
            self.format,
            clock.as_mut(),
            stretch,
            |row| match row {
                Row::Sample(sample) => part.summary.add(file.month(), &sample, window),
                Row::Fault { line, reason } => part.faults.add(&place, line, reason),
            },
        );
        part.faults.passing |= end.left;
        let mut belief = clock.as_ref().map(|clock| clock.belief).unwrap_or_default();
        if !end.ended {
            belief = belief.in_unended(file.state.modified());
        }
        Source {
            state: file.state,
            length: end.abandoned_at.unwrap_or(file.state.size()),
            hash: 0,
            end: end.place,
            timed: self.times.is_some(),
            previous: clock.and_then(|clock| clock.previous),
            belief,
        }
    }

    /// Reads the URLs again whose checks did not come in order of time: all of their checks are
    /// held and sorted. Those of the same moment stay in the order of the files.
    fn read_again_what_is_mixed(
        &self,
        summary: &mut Summary,
        files: &[LogFile],
        window: &Window,
        faults: &mut Faults,
    ) {
        let mixed = summary.urls.iter().filter(|(_, url)| !url.timeline.ordered);
        let mixed = mixed.map(|(name, url)| (name.clone(), url.timeline.checks));
        let mut mixed = mixed.collect::<Vec<_>>().into_iter().peekable();
        while mixed.peek().is_some() {
            let mut urls = BTreeSet::new();
            let mut checks = 0;
            while let Some((url, more)) = mixed.next_if(|_| checks < MOST_SORTED) {
                urls.insert(url);
                checks += more.max(MOST_SORTED / 1000);
            }
            let mut sorted = self.read_sorted(files, &urls, window, faults);
            sorted.keep_runs(window);
            summary.urls.extend(sorted.urls);
        }
    }

    /// Reads the checks of some URLs in order of time. Faults have been counted by the first
    /// reading, but a file may since have become unreadable.
    fn read_sorted(
        &self,
        files: &[LogFile],
        urls: &BTreeSet<String>,
        window: &Window,
        faults: &mut Faults,
    ) -> Summary {
        let mut unsorted = Unsorted::default();
        for file in files {
            let mut fail = |line, failure| {
                if file.selected {
                    faults.add_failure(&file.place(), line, failure);
                }
            };
            let opened = file.open().map_err(|failure| fail(None, failure));
            let Ok(mut input) = opened else { continue };
            let mut clock = self.clock();
            let stretch = Stretch {
                from: None,
                leave_unended: input.is_fresh(self.now),
            };
            reader::read(
                &mut input.input,
                self.format,
                clock.as_mut(),
                stretch,
                |row| match row {
                    Row::Sample(sample) if urls.contains(sample.url) => {
                        unsorted.add(file.month(), &sample);
                    }
                    Row::Fault {
                        line,
                        reason: FaultReason::Unreadable(failure),
                    } => fail(line, failure),
                    _ => {}
                },
            );
        }
        unsorted.sort(window)
    }

    fn clock(&self) -> Option<Clock<'_>> {
        let times = self.times.as_ref();
        times.map(|times| Clock::new(times.calendar, times.latest))
    }
}
