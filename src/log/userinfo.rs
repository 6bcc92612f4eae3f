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
/// userinfo. Like clients, this takes the last of several `@` for its end, and ignores a third
/// slash.
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
        } else {
            kept.push_str(piece);
        }
    }
    Cow::Owned(kept)
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
            "://",
        ] {
            check(text, text);
        }
    }
}
