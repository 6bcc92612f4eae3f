"""The nouns of the oracle: plain records, no rules.

All times are whole unix seconds. A span or an incident runs from its first
second to just before its last: [start, end).
"""

from dataclasses import dataclass, field
from typing import Dict, List, Optional

MINUTE = 60
HOUR = 3600
DAY = 86400

UP = "up"
DOWN = "down"
MAINTENANCE = "maintenance"
OFF = "off"
UNKNOWN = "unknown"


@dataclass
class Row:
    """One usable line of a log file."""

    url: str
    kind: str                  # what its status says: up, down or maintenance
    code: str                  # the text of the status code
    t: Optional[int]           # None: no time, or one that can't be read
    response_ms: Optional[float]
    month: str                 # the month of its file, as the name says
    place: tuple               # (number of the file, number of the line)
    unreadable_time: bool = False


@dataclass
class Note:
    """A maintenance note of a company; an empty url means all of its URLs."""

    start: int
    end: int
    url: str


@dataclass
class Check:
    """A row that takes part in time."""

    t: int
    kind: str                  # up, down or maintenance (a note makes it that too)
    off: bool                  # outside of the hours
    code: str


@dataclass
class Gap:
    """The time from one round to the next."""

    start: int                 # the first check of the round before
    end: int                   # the first check of the round after
    length: int                # without off time
    first: int                 # index of the last check of the round before
    began_up: bool
    before: Optional[int] = None
    after: Optional[int] = None
    interval: int = 0
    hole: bool = False
    following: int = 0         # how many gaps there are after it


@dataclass
class Run:
    """A failing run. One that is confirmed is an incident."""

    start: int
    began: str                 # first, hole, up or maintenance
    after_hole_in_outage: bool = False   # only a hole parts it from the run before
    failed_checks: int = 0
    codes: Dict[str, int] = field(default_factory=dict)
    end: Optional[int] = None  # None while it is open
    how: str = "open"          # up, unknown, maintenance or open
    confirmed: bool = False
    seconds: int = 0           # the down seconds of all of it


@dataclass
class Span:
    start: int
    end: int
    kind: str                  # up, down, maintenance, off or unknown
    run: Optional[int] = None  # for down: the number of its run


@dataclass
class Timeline:
    """What the checks of one URL of one site folder say about time."""

    rows: List[Row]            # all rows, those without a part in time too
    notes: List[tuple]         # merged (start, end)
    hours: object              # local_time.OnTime
    now: int
    threshold: int
    checks: List[Check] = field(default_factory=list)
    rounds: List[tuple] = field(default_factory=list)   # (first, last) index
    gaps: List[Gap] = field(default_factory=list)
    speaks: List[int] = field(default_factory=list)     # until when each speaks
    interval: Optional[int] = None      # at the last check; None if not known
    stale: bool = False
    sure_until: Optional[int] = None    # speech of the last check that no later one cuts
    runs: List[Run] = field(default_factory=list)
    owner: List[Optional[int]] = field(default_factory=list)  # run of each check
    ended: bool = False
    end: int = 0                        # where its time ends: now, or earlier
    spans: List[Span] = field(default_factory=list)

    @property
    def first_check(self):
        return self.checks[0].t if self.checks else None

    @property
    def last_check(self):
        return self.checks[-1].t if self.checks else None

    @property
    def incidents(self):
        return [run for run in self.runs if run.confirmed]
