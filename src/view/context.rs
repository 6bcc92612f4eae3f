//! What every format prints an answer with: the language, links and time of the request, and the
//! settings. Here, so that all formats have the same signature. It holds no numbers.

use crate::answer::Answer;
use crate::calendar::Calendar;
use crate::check::{Day, Moment};
use crate::config::Config;
use crate::lang::Lang;
use crate::load::day::DayLog;
use crate::load::notes::Notes;
use crate::query::Selection;
use crate::route::Links;
use crate::view::words::Words;

#[derive(Debug)]
pub(crate) struct PageContext<'a> {
    pub lang: Lang,
    pub config: &'a Config,
    pub links: &'a Links,
    /// What was asked; for a problem, everything.
    pub answer: &'a Answer,
    /// The notes of the listed companies; of a problem, none.
    pub notes: &'a Notes,
    /// The checks of the day that the page is about, if it is about one.
    pub day: Option<&'a DayLog>,
    pub now: Moment,
}

impl PageContext<'_> {
    pub(crate) fn words(&self) -> &'static Words {
        Words::of(self.lang)
    }

    pub(crate) fn calendar(&self) -> &Calendar {
        &self.config.calendar
    }

    /// The day in the operator's zone.
    pub(crate) fn today(&self) -> Day {
        self.calendar().day_of(self.now)
    }

    pub(crate) fn selection(&self) -> &Selection {
        &self.answer.selection
    }
}
