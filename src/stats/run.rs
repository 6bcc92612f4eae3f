//! Failed checks with nothing between them that ends a run.

use serde::{Deserialize, Serialize};

use super::day::Share;
use super::rules::Reading;
use super::totals::Totals;
use crate::check::Moment;

/// How many status codes a stretch tells apart in its runs: the first to appear.
const MOST: usize = 200;

/// How many bytes of text they may have together.
const MOST_BYTES: usize = 1 << 12;

/// The number of a status code among the names of a stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Code(u16);

impl Code {
    /// All codes that are not told apart.
    pub(super) const REST: Self = Self(u16::MAX);
}

/// The status codes of failed checks, in order of appearance.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Names {
    texts: Vec<String>,
    /// Whether a code had no room. No other one has any after it: which codes are told apart must
    /// not depend on how stretches are joined.
    full: bool,
}

impl Names {
    /// The number of a code, which is made if there is room.
    pub(super) fn number(&mut self, name: &str) -> Code {
        if let Some(place) = self.texts.iter().position(|known| known == name) {
            return u16::try_from(place).map_or(Code::REST, Code);
        }
        let bytes: usize = self.texts.iter().map(String::len).sum();
        self.full |= self.texts.len() >= MOST || bytes + name.len() > MOST_BYTES;
        if self.full {
            return Code::REST;
        }
        self.texts.push(name.to_owned());
        u16::try_from(self.texts.len() - 1).map_or(Code::REST, Code)
    }

    /// The name of a number; `None` for those that are not told apart.
    pub(super) fn name(&self, code: Code) -> Option<&str> {
        self.texts.get(usize::from(code.0)).map(String::as_str)
    }

    /// Takes in the names of a later stretch. Returns their new numbers, if they changed.
    pub(super) fn append(&mut self, later: &Self) -> Option<Renumbering> {
        let numbers: Vec<Code> = later.texts.iter().map(|name| self.number(name)).collect();
        let same = numbers.iter().enumerate();
        let same = same.into_iter().all(|(old, new)| old == usize::from(new.0));
        self.full |= later.full;
        (!same).then_some(Renumbering(numbers))
    }
}

/// New numbers of codes, by their old ones.
pub(super) struct Renumbering(Vec<Code>);

impl Renumbering {
    fn of(&self, code: Code) -> Code {
        let known = self.0.get(usize::from(code.0));
        known.copied().unwrap_or(Code::REST)
    }
}

/// What came before an incident's first check, failed checks in off time passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Began {
    /// A check that was up.
    Up,
    /// A hole.
    Hole,
    /// Nothing, it is the first of the log.
    First,
    /// Maintenance.
    Maintenance,
}

/// Failed checks of one URL with no up check, no maintenance and no hole between them.
///
/// Its time is what its checks speak for, and failed checks in off time that come while it is open.
/// While its checks are fewer than the threshold it is held;
/// after that it is down time, which is added to days as it passes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Run {
    /// Its first check.
    pub(super) from: Moment,
    /// The end of what its last check speaks for, as far as that was read.
    pub(super) to: Moment,
    /// Its checks.
    pub(super) checks: u64,
    /// What came before its first check, if that is known.
    pub(super) began: Option<Began>,
    /// The code of its first check.
    code: Code,
    more: Option<Box<More>>,
}

/// Further codes with their counts, in order of appearance: few runs have any.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct More(Vec<(Code, u64)>);

impl Run {
    /// A run of one check.
    pub(super) fn new(at: Moment, code: Code) -> Self {
        Self {
            from: at,
            to: at,
            checks: 1,
            began: None,
            code,
            more: None,
        }
    }

    /// Lets its last check speak until `to`.
    pub(super) fn speak(&mut self, to: Moment, totals: &mut Totals, reading: Reading) {
        if reading.rules.confirms(self.checks) {
            totals.add(Share::Down, self.to..to, reading);
        }
        self.to = to;
    }

    /// Counts further checks of one code, all of whose time was added.
    pub(super) fn count(&mut self, code: Code, checks: u64) {
        self.checks += checks;
        self.count_code(code, checks);
    }

    fn count_code(&mut self, code: Code, checks: u64) {
        if code == self.code {
            return;
        }
        let codes = &mut self.more.get_or_insert_default().0;
        match codes.iter_mut().find(|(known, _)| *known == code) {
            Some((_, count)) => *count += checks,
            None => codes.push((code, checks)),
        }
    }

    /// Takes in the run that goes on where this one stands.
    pub(super) fn append(&mut self, later: Self, totals: &mut Totals, reading: Reading) {
        let rules = reading.rules;
        if rules.confirms(self.checks + later.checks) {
            for part in [&*self, &later] {
                if !rules.confirms(part.checks) {
                    totals.add(Share::Down, part.from..part.to, reading);
                }
            }
        }
        self.checks += later.checks;
        self.to = later.to;
        self.count_code(later.code, later.first_code_checks());
        for (code, checks) in later.more.map_or_else(Vec::new, |more| more.0) {
            self.count_code(code, checks);
        }
    }

    /// Gives its codes new numbers.
    pub(super) fn renumber(&mut self, numbers: &Renumbering) {
        self.code = numbers.of(self.code);
        let Some(more) = &mut self.more else { return };
        for (code, checks) in std::mem::take(&mut more.0) {
            self.count_code(numbers.of(code), checks);
        }
        // All of them may be the rest now, as the first one is.
        self.more.take_if(|more| more.0.is_empty());
    }

    /// Its codes, each with how many checks had it.
    pub(super) fn codes(&self) -> impl Iterator<Item = (Code, u64)> {
        let more = self.more.iter().flat_map(|more| more.0.iter().copied());
        std::iter::once((self.code, self.first_code_checks())).chain(more)
    }

    fn first_code_checks(&self) -> u64 {
        let more = self.more.iter().flat_map(|more| &more.0);
        self.checks - more.map(|(_, checks)| checks).sum::<u64>()
    }
}
