//! Conditional requests: entity tags and `If-None-Match` (RFC 9110, sections 8.8.3 and 13.1.2).
//! What goes into a tag is decided where answers are made.

use super::vars::Vars;

/// The tag of an answer: a hash of everything the answer depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntityTag {
    pub hash: u64,
    /// Whether answers with the same tag may differ in the ages they show.
    pub weak: bool,
}

impl EntityTag {
    /// The header value: `"0123456789abcdef"`, or `W/"0123456789abcdef"`.
    pub fn header(self) -> String {
        let weak = if self.weak { "W/" } else { "" };
        format!("{weak}\"{:016x}\"", self.hash)
    }

    /// Returns this tag as the client spelt it, if the client already has the answer.
    ///
    /// Servers alter tags: Apache's `mod_deflate` and `mod_brotli` append `-gzip` and `-br`, others
    /// make them weak. Apache adds no suffix to a 304, so that must carry exactly what the client
    /// sent.
    pub fn matched(self, vars: &Vars) -> Option<String> {
        let header = std::str::from_utf8(vars.get("HTTP_IF_NONE_MATCH")?).ok()?;
        let hash = format!("{:016x}", self.hash);
        for item in header.split(',').map(str::trim) {
            let weak = item.strip_prefix("W/").unwrap_or(item);
            let quoted = weak
                .strip_prefix('"')
                .and_then(|rest| rest.strip_suffix('"'));
            let suffix = quoted.and_then(|tag| tag.strip_prefix(&hash));
            let known = |suffix: &str| {
                let rest = suffix.strip_prefix(['-', ';']);
                suffix.is_empty()
                    || rest.is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_alphanumeric()))
            };
            if suffix.is_some_and(known) {
                return Some(item.to_owned());
            }
            if item == "*" {
                return Some(self.header());
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::EntityTag;
    use crate::cgi::vars::Vars;

    const TAG: EntityTag = EntityTag {
        hash: 0xab,
        weak: false,
    };

    #[test]
    fn a_tag_matches_however_servers_spell_it() {
        let matched = |header: &str| TAG.matched(&Vars::from([("HTTP_IF_NONE_MATCH", header)]));
        let same = |header: &str| assert_eq!(matched(header).as_deref(), Some(header));
        same("\"00000000000000ab\"");
        same("W/\"00000000000000ab\"");
        same("\"00000000000000ab-gzip\"");
        same("W/\"00000000000000ab-br\"");
        same("\"00000000000000ab;gzip\"");
        assert_eq!(matched("*").as_deref(), Some("\"00000000000000ab\""));
        let listed = matched("\"x\", W/\"00000000000000ab-gzip\" ,\"y\"");
        assert_eq!(listed.as_deref(), Some("W/\"00000000000000ab-gzip\""));
        for other in [
            "",
            "\"00000000000000ac\"",
            "00000000000000ab",
            "\"00000000000000ab0\"",
            "\"00000000000000ab-\r\nX: y\"",
        ] {
            assert_eq!(matched(other), None, "{other:?}");
        }
        assert_eq!(TAG.matched(&Vars::default()), None);
    }
}
