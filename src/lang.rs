//! The two languages of the pages, and how a request chooses one.

/// A language of the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lang {
    Ja,
    En,
}

impl Lang {
    /// The language of a tag such as `en`, `en-GB` or `ja_JP`; `None` for other languages.
    pub fn from_tag(tag: &str) -> Option<Self> {
        match tag.split(['-', '_']).next()?.to_ascii_lowercase().as_str() {
            "ja" => Some(Self::Ja),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// The tag for `lang` attributes and `?lang=`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Ja => "ja",
            Self::En => "en",
        }
    }

    /// The language that an `Accept-Language` header prefers (RFC 9110, section 12.5.4); `None` if
    /// it accepts neither of ours.
    pub fn from_accept_language(header: &str) -> Option<Self> {
        let mut best: Option<(Self, f32)> = None;
        for range in header.split(',') {
            let mut parameters = range.split(';');
            let Some(lang) = parameters.next().and_then(|tag| Self::from_tag(tag.trim())) else {
                continue;
            };
            let weight = parameters
                .find_map(|parameter| {
                    parameter
                        .split_once('=')
                        .filter(|(name, _)| name.trim().eq_ignore_ascii_case("q"))
                })
                .map_or(1.0, |(_, q)| {
                    q.trim().parse::<f32>().unwrap_or(0.0).clamp(0.0, 1.0)
                });
            if weight > best.map_or(0.0, |(_, q)| q) {
                best = Some((lang, weight));
            }
        }
        best.map(|(lang, _)| lang)
    }
}

#[cfg(test)]
mod tests {
    use super::Lang;

    #[test]
    fn accept_language_chooses_by_weight() {
        let check = |header, want| assert_eq!(Lang::from_accept_language(header), want, "{header}");
        check("ja", Some(Lang::Ja));
        check("en-US,en;q=0.9,ja;q=0.8", Some(Lang::En));
        check("fr, ja;q=0.4, en;q=0.7", Some(Lang::En));
        check("en;Q=0.1, ja;q=0.9", Some(Lang::Ja));
        check("en;q=0, ja;q=0.1", Some(Lang::Ja));
        check("de,*;q=0.5", None);
        check("", None);
        check("en;q=x,,;q=1", None);
    }
}
