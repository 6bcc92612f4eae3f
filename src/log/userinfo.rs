//! Removes user and password from URLs. This happens where a cell is read, so that no summary,
//! cache file or answer ever holds them.

use std::borrow::Cow;

use memchr::memchr;

/// Whether a stretch of a log may contain user or password.
#[derive(Clone, Copy, Debug)]
pub enum Userinfo {
    Absent,
    Possible,
}

impl Userinfo {
    /// Searches bytes of any encoding. One search over many rows costs much less than one for each.
    pub fn of(bytes: &[u8]) -> Self {
        match memchr(b'@', bytes) {
            None => Self::Absent,
            Some(_) => Self::Possible,
        }
    }
}

/// Removes the user and password of every URL in a text: what is between `://` (or `//` at the
/// start of a word) and an `@`, before the next `/`, `?` or `#`. RFC 3986, section 3.2.1, calls it
/// userinfo. Like clients, this takes the last of several `@` for its end, ignores a third slash,
/// and takes a word such as `user:password@host` before the first `//` for a URL.
pub fn without_userinfo(text: Cow<str>) -> Cow<str> {
    if !text.contains('@') {
        return text;
    }
    let mut kept = String::with_capacity(text.len());
    for (number, piece) in text.split("//").enumerate() {
        let begins = kept.is_empty() || kept.ends_with(|c: char| c == ':' || c.is_whitespace());
        if number > 0 {
            kept.push_str("//");
        }
        if number > 0 && begins {
            let authority = piece.trim_start_matches('/');
            let end = authority.find(['/', '?', '#']).unwrap_or(authority.len());
            let host = authority[..end].rfind('@').map_or(0, |at| at + 1);
            kept.push_str(&piece[..piece.len() - authority.len()]);
            kept.push_str(&authority[host..]);
        } else if number == 0 {
            for word in piece.split_inclusive(char::is_whitespace) {
                push_without_credentials(&mut kept, word);
            }
        } else {
            kept.push_str(piece);
        }
    }
    Cow::Owned(kept)
}

/// Schemes that are followed by an address of a person, who has no password there.
const OF_PEOPLE: [&str; 5] = ["mailto", "sip", "sips", "xmpp", "acct"];

/// Adds a word without `//`: without what stands before an `@` if a `:` is in it, or if one slash
/// after a scheme shows that it is a URL with a slash missing or turned round.
fn push_without_credentials(kept: &mut String, word: &str) {
    let is_slash = |c: char| matches!(c, '/' | '\\');
    let start = word.find(is_slash).filter(|&at| word[..at].ends_with(':'));
    let start = start.map_or(0, |at| {
        word.len() - word[at..].trim_start_matches(is_slash).len()
    });
    let (scheme, rest) = word.split_at(start);
    let end = rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len());
    let host = rest[..end].rfind('@').filter(|&at| {
        let is_person = |(scheme, name): (&str, &str)| {
            OF_PEOPLE.iter().any(|of| scheme.eq_ignore_ascii_case(of)) && !name.contains(':')
        };
        let parts = rest[..at].split_once(':');
        !scheme.is_empty() || parts.is_some_and(|parts| !is_person(parts))
    });
    kept.push_str(scheme);
    kept.push_str(&rest[host.map_or(0, |at| at + 1)..]);
}

#[cfg(test)]
mod tests {
    use super::without_userinfo;

    #[test]
    fn user_and_password_go_and_all_else_stays() {
        let check =
            |text: &str, want: &str| assert_eq!(without_userinfo(text.into()), want, "{text}");
        check(
            "https://admin:hunter2@app.example/health?token=s3cr3t",
            "https://app.example/health?token=s3cr3t",
        );
        for (text, want) in [
            ("https://admin@app.example", "https://app.example"),
            (
                "https://:hunter2@app.example:8443/",
                "https://app.example:8443/",
            ),
            ("https://@app.example/", "https://app.example/"),
            ("//admin:hunter2@app.example/", "//app.example/"),
            ("///admin:hunter2@app.example/", "///app.example/"),
            (
                "https:///admin:hunter2@app.example/",
                "https:///app.example/",
            ),
            ("ftp://admin:hunter2@[::1]:21/a", "ftp://[::1]:21/a"),
            ("https://a@b:hunter2@app.example/", "https://app.example/"),
            (
                "https://admin:hunter2@app.example?a@b",
                "https://app.example?a@b",
            ),
            (
                "https://admin:hunter2@app.example#a@b",
                "https://app.example#a@b",
            ),
            (
                "https://管理者:合言葉@日本語.example/",
                "https://日本語.example/",
            ),
            (
                "本番 https://admin:hunter2@app.example/",
                "本番 https://app.example/",
            ),
            (
                "https://proxy.example/https://admin:hunter2@app.example/",
                "https://proxy.example/https://app.example/",
            ),
            ("https://admin:hunter2@", "https://"),
            (
                "no answer: //admin:hunter2@app.example/",
                "no answer: //app.example/",
            ),
            ("admin:hunter2@app.example/a@b", "app.example/a@b"),
            ("admin:hunter2@[::1]:80?a@b", "[::1]:80?a@b"),
            ("admin:hunter@2@app.example", "app.example"),
            (":hunter2@app.example", "app.example"),
            ("GET admin:hunter2@app.example", "GET app.example"),
            ("tcp:admin:hunter2@app.example:80", "app.example:80"),
            ("mailto:hunter2@app.example", "mailto:hunter2@app.example"),
            ("mailto:admin:hunter2@app.example", "app.example"),
            ("https:admin:hunter2@app.example/", "app.example/"),
            ("https:/admin:hunter2@app.example/", "https:/app.example/"),
            (
                "https:\\\\admin:hunter2@app.example\\a",
                "https:\\\\app.example\\a",
            ),
        ] {
            check(text, want);
        }
        for text in [
            "",
            "@",
            "https://app.example/@admin",
            "https://app.example/a//b@c/",
            "https://app.example//admin@b/",
            "https://app.example?to=admin@b",
            "https://app.example/#admin@b",
            "mailto:admin@app.example",
            "admin@app.example",
            "a//admin@b",
            "SIP:admin@app.example",
            "app.example:80/a@b",
            "app.example:80?a@b",
            "time out: admin@app.example",
            "/a:b@c",
            "://",
        ] {
            check(text, text);
        }
    }
}
