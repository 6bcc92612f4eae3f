//! What the tab of a browser shows, where a page may stay open all day: how many sites are down.

use crate::stats::state::State;

/// What stands in the title before its words, and the icon.
#[derive(Debug)]
pub(super) struct Tab {
    pub mark: String,
    /// A file in `static/`.
    pub icon: &'static str,
}

impl Default for Tab {
    /// The tab of a page that is not about now.
    fn default() -> Self {
        Self {
            mark: String::new(),
            icon: "favicon.svg",
        }
    }
}

impl Tab {
    /// The tab of a page about some sites: the worst state, and how many are in it.
    pub(super) fn of(states: impl Iterator<Item = State>) -> Self {
        let (mut down, mut stale, mut up) = (0_usize, 0_usize, 0_usize);
        for state in states {
            match state {
                State::Down => down += 1,
                State::StaleDown | State::Stale => stale += 1,
                State::Up | State::Unconfirmed | State::Maintenance | State::Off => up += 1,
                State::Undated | State::Ended => {}
            }
        }
        match (down, stale, up) {
            (1.., ..) => Self {
                mark: format!("▼{down} "),
                icon: "favicon-down.svg",
            },
            (0, 1.., _) => Self {
                mark: format!("■{stale} "),
                icon: "favicon-stale.svg",
            },
            (0, 0, 1..) => Self {
                mark: String::new(),
                icon: "favicon-up.svg",
            },
            (0, 0, 0) => Self::default(),
        }
    }
}
