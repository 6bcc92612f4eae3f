//! How a URL is now.

use super::course::{Course, LastFinding};

const DAY: i64 = 86_400;

/// How a URL is now, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// An incident goes on.
    Down,
    /// Nobody looked for too long, and it was down when somebody did.
    StaleDown,
    /// Nobody looked for too long.
    Stale,
    /// It fails, but not often enough yet for an incident.
    Unconfirmed,
    /// Maintenance, by its last row or by a note.
    Maintenance,
    /// Now is outside the hours in which it is watched.
    Off,
    /// It is up.
    Up,
    /// The log has no times.
    Undated,
    /// It is watched no more.
    Ended,
}

/// Whether another URL of the same folder is not stale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Folder {
    /// Another URL is watched, so that silence means that this one is not.
    Watched,
    /// All others are stale too, or there are none.
    Silent,
}

/// Why a URL counts as watched no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// There was no check for thirty days.
    Silence,
    /// There was none for three days while the rest of its folder is watched.
    Dropped,
}

impl Course<'_> {
    /// Why it counts as watched no more, if it does.
    pub fn ended(&self, folder: Folder) -> Option<Ended> {
        self.stale_since?;
        let silence = self.now.since(self.last_check);
        match folder {
            Folder::Watched if silence >= 3 * DAY => Some(Ended::Dropped),
            _ if silence >= 30 * DAY => Some(Ended::Silence),
            _ => None,
        }
    }

    /// Whether it is stale; planned time never is.
    pub fn is_stale(&self, folder: Folder) -> bool {
        let planned = matches!(self.state(folder), State::Maintenance | State::Off);
        self.stale_since.is_some() && !planned
    }

    /// How it is now: ended, then planned time, then the rest.
    pub fn state(&self, folder: Folder) -> State {
        let planned = &self.reading.rules.planned;
        let now = self.now;
        if self.ended(folder).is_some() {
            return State::Ended;
        }
        let speaks = self.stale_since.is_none();
        if planned.is_noted(now) || speaks && self.last == LastFinding::Maintenance {
            return State::Maintenance;
        }
        if planned.is_off(now, self.reading.calendar) {
            return State::Off;
        }
        match (self.stale_since, self.last) {
            (Some(_), LastFinding::Confirmed) => State::StaleDown,
            (Some(_), _) => State::Stale,
            (None, LastFinding::Confirmed) => State::Down,
            (None, LastFinding::Unconfirmed) => State::Unconfirmed,
            (None, LastFinding::Maintenance) => State::Maintenance,
            (None, LastFinding::Up) => State::Up,
        }
    }
}
