//! How URLs are printed: whole, or without what follows `?`, which may be a token.

use std::collections::{BTreeMap, BTreeSet};

use crate::hide_query::HideQuery;

/// The names of the URLs of one answer. No two are the same.
#[derive(Debug, Default)]
pub(crate) struct Names<'a> {
    /// Those that differ from the URL.
    cut: BTreeMap<&'a str, String>,
}

impl<'a> Names<'a> {
    /// The names on a page.
    pub(crate) fn on_page(hide: HideQuery, urls: impl IntoIterator<Item = &'a str>) -> Self {
        match hide {
            HideQuery::Nowhere => Self::default(),
            HideQuery::OnPages | HideQuery::Everywhere => Self::cut(urls),
        }
    }

    /// The keys in JSON.
    pub(crate) fn in_json(hide: HideQuery, urls: impl IntoIterator<Item = &'a str>) -> Self {
        match hide {
            HideQuery::Nowhere | HideQuery::OnPages => Self::default(),
            HideQuery::Everywhere => Self::cut(urls),
        }
    }

    /// Cuts URLs. Those that then look alike are numbered, in the order of the whole ones.
    fn cut(urls: impl IntoIterator<Item = &'a str>) -> Self {
        let urls: BTreeSet<&str> = urls.into_iter().collect();
        let mut alike: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for url in urls {
            if let Some(shown) = shown_part(url) {
                alike.entry(shown).or_default().push(url);
            }
        }
        let mut cut = BTreeMap::new();
        for (shown, urls) in alike {
            let several = urls.len() > 1;
            let name = |number| {
                if several {
                    format!("{shown}… ({number})")
                } else {
                    format!("{shown}…")
                }
            };
            cut.extend(urls.into_iter().zip((1..).map(name)));
        }
        Self { cut }
    }

    pub(crate) fn of<'n>(&'n self, url: &'n str) -> &'n str {
        self.cut.get(url).map_or(url, String::as_str)
    }
}

/// The visible part of a URL that has a hidden one: up to `?`, or up to `#` after a host. In a name
/// that is not a URL, `#` is an ordinary letter (`server #2`).
fn shown_part(url: &str) -> Option<&str> {
    let fragment = url.find('#').filter(|&at| url[..at].contains("//"));
    let end = url.find('?').into_iter().chain(fragment).min()? + 1;
    (end < url.len()).then(|| &url[..end])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::{prop, proptest};

    use super::Names;
    use crate::hide_query::HideQuery;

    #[test]
    fn what_follows_a_question_mark_is_cut_and_what_then_looks_alike_is_numbered() {
        let whole_and_name = [
            ("https://a.example/", "https://a.example/"),
            ("https://a.example/?", "https://a.example/?"),
            ("https://a.example/?b=2", "https://a.example/?… (2)"),
            ("https://a.example/?a=1", "https://a.example/?… (1)"),
            ("https://a.example/#top", "https://a.example/#…"),
            ("https://a.example/x?a=1#top", "https://a.example/x?…"),
            ("https://a.example/?… (1)", "https://a.example/?… (3)"),
            ("//b.example?a=1", "//b.example?…"),
            ("c.example/health?token=s3cr3t", "c.example/health?…"),
            ("サーバー #2", "サーバー #2"),
            ("…", "…"),
            ("", ""),
        ];
        let urls = whole_and_name.map(|(whole, _)| whole.to_owned());
        let whole = || urls.iter().map(String::as_str);
        let hidden = Names::on_page(HideQuery::OnPages, whole());
        let shown = Names::in_json(HideQuery::OnPages, whole());
        for (whole, name) in whole_and_name {
            assert_eq!(hidden.of(whole), name);
            assert_eq!(shown.of(whole), whole);
        }
    }

    proptest! {
        #[test]
        fn no_two_urls_have_the_same_name(urls in prop::collection::btree_set("(https://)?a[/?#…12 ()]{0,6}", 0..40)) {
            let names = Names::on_page(HideQuery::Everywhere, urls.iter().map(String::as_str));
            let shown: BTreeSet<&str> = urls.iter().map(|url| names.of(url)).collect();
            assert_eq!(shown.len(), urls.len());
        }
    }
}
