//! Where the query of a logged URL is hidden: what follows its `?`, which may be a token.

use std::borrow::Cow;

use serde_json::Value;

/// The values of the setting `hide_query`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HideQuery {
    /// `false`
    Nowhere,
    /// `true`: on pages. The API still has whole URLs, because other programs use them as keys.
    OnPages,
    /// `"everywhere"`: in the API, too.
    Everywhere,
}

impl HideQuery {
    /// Returns `None` if this is not a value of the setting.
    pub fn from_json(value: &Value) -> Option<Self> {
        match value {
            Value::Bool(false) => Some(Self::Nowhere),
            Value::Bool(true) => Some(Self::OnPages),
            Value::String(text) if text == "everywhere" => Some(Self::Everywhere),
            _ => None,
        }
    }
}

/// A text without what follows `?` or `#` in the URLs in it.
pub(crate) fn without_queries(text: &str) -> Cow<'_, str> {
    const SCHEME_END: &str = "://";
    if !text.contains(SCHEME_END) {
        return text.into();
    }
    let ends = |c: char| c.is_whitespace() || "<>\"'「」『』（）、。".contains(c);
    let mut shown = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(SCHEME_END) {
        let (before, url) = rest.split_at(at + SCHEME_END.len());
        let (url, after) = url.split_at(url.find(ends).unwrap_or(url.len()));
        shown.push_str(before);
        match url.find(['?', '#']) {
            Some(at) if at + 1 < url.len() => {
                shown.push_str(&url[..=at]);
                shown.push('…');
            }
            _ => shown.push_str(url),
        }
        rest = after;
    }
    shown.push_str(rest);
    shown.into()
}

#[cfg(test)]
mod tests {
    use super::without_queries;

    #[test]
    fn queries_of_urls_in_a_text_are_cut() {
        for (text, want) in [
            ("plain?", "plain?"),
            ("see https://a.jp/x", "see https://a.jp/x"),
            ("see https://a.jp/?", "see https://a.jp/?"),
            (
                "see https://a.jp/?t=1#b, done?",
                "see https://a.jp/?… done?",
            ),
            (
                "「http://a.jp/#t」と http://b.jp?x=http://c.jp",
                "「http://a.jp/#…」と http://b.jp?…",
            ),
        ] {
            assert_eq!(without_queries(text), want);
        }
    }
}
