//! What every format prints an answer with: the request's language, links, settings and moment.

use crate::answer::Answer;
use crate::calendar::Calendar;
use crate::check::{Day, Moment};
use crate::config::Config;
use crate::lang::Lang;
use crate::query::Selection;
use crate::route::Links;
use crate::stats::rules::Rules;
use crate::view::words::Words;

/// What an answer is printed with.
#[derive(Debug)]
pub struct PageContext<'a> {
    /// The language of its words.
    pub lang: Lang,
    /// The operator's settings.
    pub config: &'a Config,
    /// Where links lead.
    pub links: &'a Links,
    /// What was asked; a problem page is about everything.
    pub answer: &'a Answer,
    /// The present.
    pub now: Moment,
}

impl PageContext<'_> {
    /// The sentences of the language.
    pub fn words(&self) -> &'static Words {
        Words::of(self.lang)
    }

    /// The operator's rules, and the present.
    pub fn rules(&self) -> Rules {
        self.config.rules(self.now)
    }

    /// The operator's calendar.
    pub fn calendar(&self) -> &Calendar {
        &self.config.calendar
    }

    /// The operator's day.
    pub fn today(&self) -> Day {
        self.calendar().day_of(self.now)
    }

    /// What part of the logs the answer is about.
    pub fn selection(&self) -> &Selection {
        &self.answer.selection
    }
}
