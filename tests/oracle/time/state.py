"""The state of a URL now, and which URLs have ended."""

from data import DAY, DOWN, UP
from local_time import within

ORDER = ["down", "stale_down", "stale", "unconfirmed", "maintenance", "off",
         "up", "undated", "ended"]


def for_days(line, days):
    return line.now - line.last_check >= days * DAY


def ends_early(line, others):
    """Rule: "[stale, and no check] for 3 [days] while another URL of its folder
    is not stale; [...] by the second rule its range ends with what its last
    check speaks for ("until 10 Nov")."

    `others` are the other URLs of the folder. One without a check that takes
    part in time doesn't count as not stale.
    """
    return (line.stale and for_days(line, 3)
            and any(other.checks and not other.stale for other in others))


def ended(line, others):
    """Rule: "**Ended**: stale, and no check for 30 days, or for 3 while another
    URL of its folder is not stale."
    """
    return line.stale and (for_days(line, 30) or ends_early(line, others))


def state(line):
    """Rule: "**State**, worst first: down · stale, was down · stale ·
    unconfirmed (failing, below the threshold) · maintenance (also when now is
    inside a note) · off · up · undated · ended." "State: ended, then planned
    time (maintenance, off), then the rest as ordered."
    """
    if not line.checks:
        return "undated"
    if line.ended:
        return "ended"
    last, number = line.checks[-1], line.owner[-1]
    confirmed = number is not None and line.runs[number].confirmed
    if within(line.notes, line.now) or (last.kind == "maintenance" and not line.stale):
        return "maintenance"
    if line.hours.is_off(line.now):
        return "off"
    failing = last.kind == DOWN and number is not None
    if line.stale:
        return "stale_down" if failing and confirmed else "stale"
    if failing:
        return "down" if confirmed else "unconfirmed"
    return UP


def shown_stale(line):
    """Rule: "Both [maintenance and off] are in no ratio and never stale."
    """
    return line.stale and state(line) not in ("maintenance", "off")


def at_least_down(line):
    """Rule: "stale, was down ("at least 5 min")": the seconds of its last run."""
    return line.runs[line.owner[-1]].seconds if state(line) == "stale_down" else None


def sort_key(line, name):
    return ORDER.index(state(line)), name


def banner(lines):
    """Rule: "If every URL shown is ended, the banner says since when nothing was
    checked." Returns that moment or None."""
    if lines and all(line.ended for line in lines):
        return max(line.last_check for line in lines)
    return None
