//! Incidents of several sites that overlap in time: an event each. Pure, so that a law can hold it.

use crate::check::Moment;

/// When an incident began, and when it ended; `None` while it is open.
pub type Lasted = (Moment, Option<Moment>);

/// Incidents that overlap in time, each with another of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// When the first began.
    pub from: Moment,
    /// When the last ended; `None` while one is open.
    pub to: Option<Moment>,
    /// Their positions in what was grouped, the first to begin first.
    pub incidents: Vec<usize>,
}

/// Groups incidents in any order. One that ends as another begins does not overlap it.
pub fn events(incidents: &[Lasted]) -> Vec<Event> {
    let mut order: Vec<usize> = (0..incidents.len()).collect();
    order.sort_by_key(|at| (incidents[*at].0, *at));
    let mut events: Vec<Event> = Vec::new();
    for at in order {
        let (from, to) = incidents[at];
        match events.last_mut().filter(|event| event.lasts_at(from)) {
            Some(event) => {
                event.to = event.to.and_then(|end| Some(end.max(to?)));
                event.incidents.push(at);
            }
            None => events.push(Event {
                from,
                to,
                incidents: vec![at],
            }),
        }
    }
    events
}

impl Event {
    /// Whether it goes on at a moment that is not before its start.
    fn lasts_at(&self, at: Moment) -> bool {
        at == self.from || self.to.is_none_or(|to| at < to)
    }
}

#[cfg(test)]
mod tests {
    use super::{Lasted, events};
    use crate::check::Moment;
    use proptest::prelude::{prop, proptest};

    fn lasted(from: i64, to: i64) -> Lasted {
        (Moment(from), Some(Moment(to)))
    }

    fn grouped(incidents: &[Lasted]) -> Vec<Vec<usize>> {
        let events = events(incidents).into_iter();
        events.map(|event| event.incidents).collect()
    }

    #[test]
    fn what_overlaps_is_one_event() {
        let apart = [lasted(5, 9), lasted(0, 5)];
        assert_eq!(grouped(&apart), [[1], [0]]);
        // The first and the last do not overlap each other, but both the one between.
        let chain = [lasted(0, 4), lasted(3, 8), lasted(7, 9), lasted(9, 10)];
        assert_eq!(grouped(&chain), [vec![0, 1, 2], vec![3]]);
        let within = [lasted(0, 9), lasted(1, 2), lasted(8, 9)];
        assert_eq!(events(&within)[0].to, Some(Moment(9)));
        let open = [lasted(0, 4), (Moment(3), None), lasted(90, 91)];
        assert_eq!(events(&open).len(), 1);
        assert_eq!(events(&open)[0].to, None);
        assert_eq!(grouped(&[]), Vec::<Vec<usize>>::new());
    }

    proptest! {
        #[test]
        fn events_partition_the_incidents_and_do_not_overlap(
            parts in prop::collection::vec((0_i64..60, prop::option::of(0_i64..12)), 0..20),
        ) {
            let incidents: Vec<Lasted> = parts
                .iter()
                .map(|(from, length)| (Moment(*from), length.map(|length| Moment(from + length))))
                .collect();
            let events = events(&incidents);
            let mut all: Vec<usize> = events.iter().flat_map(|event| event.incidents.clone()).collect();
            all.sort_unstable();
            assert_eq!(all, (0..incidents.len()).collect::<Vec<_>>());
            for pair in events.windows(2) {
                assert!(pair[0].to.is_some_and(|to| to <= pair[1].from), "{events:?}");
            }
            for event in &events {
                let members = || event.incidents.iter().map(|at| incidents[*at]);
                assert_eq!(members().map(|(from, _)| from).min(), Some(event.from));
                let ends: Option<Vec<Moment>> = members().map(|(_, to)| to).collect();
                assert_eq!(ends.and_then(|ends| ends.into_iter().max()), event.to);
                // None could be left out without parting the others: time is covered from start to end.
                let mut reached = event.from;
                for (from, to) in members() {
                    assert!(from == event.from || from < reached, "{event:?}");
                    reached = reached.max(to.unwrap_or(Moment(i64::MAX)));
                }
            }
        }
    }
}
