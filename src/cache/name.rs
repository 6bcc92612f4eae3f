//! The names of cache files. Files with any other name are left alone.

use std::fmt;

/// The name of a cache file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    /// A hash of company and site, because their names together may be too long for a file.
    pub site: u64,
    /// A hash of the program and its settings.
    pub build: u64,
    /// The process that is writing it, if it is a draft.
    pub writer: Option<u32>,
}

impl Name {
    /// Returns `None` if this is not exactly a name of ours.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (name, writer) = match text.split_once('.') {
            Some((name, writer)) => (name, Some(writer.parse().ok()?)),
            None => (text, None),
        };
        let (site, build) = name.split_once('-')?;
        let name = Self {
            site: hash(site)?,
            build: hash(build)?,
            writer,
        };
        // Parsing a number accepts other spellings, such as `+7`, which are never ours.
        (name.to_string() == text).then_some(name)
    }

    /// A hash that is stored in the file, too: a file copied to another name is not valid.
    pub(crate) fn key(self) -> u64 {
        self.site.rotate_left(32) ^ self.build
    }

    /// Whether this is the name of a cache file of an earlier version, in `.rollups`. The first
    /// versions had no build in it.
    pub(crate) fn is_former(text: &str) -> bool {
        let without_build = || {
            let (site, writer) = text.split_at_checked(16)?;
            Self::parse(&format!("{site}-{:016x}{writer}", 0))
        };
        Self::parse(text).or_else(without_build).is_some()
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{:016x}-{:016x}", self.site, self.build)?;
        self.writer.map_or(Ok(()), |writer| write!(f, ".{writer}"))
    }
}

fn hash(text: &str) -> Option<u64> {
    u64::from_str_radix(text, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::Name;
    use proptest::prelude::{any, prop, proptest};

    proptest! {
        #[test]
        fn a_name_is_read_back_and_no_other_spelling_is_one(
            site in any::<u64>(), build in any::<u64>(), writer in prop::option::of(any::<u32>()),
            at in any::<prop::sample::Index>(), other in "[-+0-9a-fA-F.x ]",
        ) {
            let name = Name { site, build, writer };
            let text = name.to_string();
            assert_eq!(Name::parse(&text), Some(name));
            let at = at.index(text.len() + 1);
            let more = format!("{}{other}{}", &text[..at], &text[at..]);
            let draft = writer.is_some() && at >= 34 && Name::parse(&more).is_some();
            assert!(draft || Name::parse(&more).is_none(), "{more}");
            assert_eq!(Name::parse(&text.to_uppercase()).is_some(), text == text.to_uppercase());
        }
    }

    #[test]
    fn names_of_earlier_versions_are_known_and_no_others() {
        let ours = [
            "00000000000000ab",
            "00000000000000ab.77",
            "00000000000000ab-00000000000000cd",
            "00000000000000ab-00000000000000cd.77",
        ];
        for name in ours {
            assert!(Name::is_former(name), "{name}");
        }
        for name in [
            "",
            "ab",
            "00000000000000AB",
            "00000000000000ab.",
            "00000000000000ab.+7",
            "00000000000000ab.7z",
            "index.html",
        ] {
            assert!(!Name::is_former(name), "{name}");
        }
    }
}
