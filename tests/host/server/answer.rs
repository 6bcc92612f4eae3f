//! What a server answered.

use std::fmt;

/// What the server answered.
pub(crate) struct Answer {
    /// The status code.
    pub(crate) status: u16,
    /// The header fields in the order they came.
    pub(crate) headers: Vec<(String, String)>,
    /// The body, whole and unchunked.
    pub(crate) body: Vec<u8>,
}

/// As a failed test wants to see it: the body as text, and not all of it.
impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.status)?;
        for (name, value) in &self.headers {
            writeln!(f, "{name}: {value}")?;
        }
        match std::str::from_utf8(&self.body) {
            Ok(text) => write!(f, "\n{text:.1000}"),
            Err(_) => write!(f, "\n({} bytes that are no text)", self.body.len()),
        }
    }
}

impl Answer {
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, String> {
        let shown = || String::from_utf8_lossy(&bytes[..bytes.len().min(300)]).into_owned();
        let end = bytes
            .windows(4)
            .position(|four| four == b"\r\n\r\n")
            .ok_or_else(|| format!("no end of the header in {:?}", shown()))?;
        let head = String::from_utf8_lossy(&bytes[..end]);
        let mut lines = head.split("\r\n");
        let status = lines
            .next()
            .and_then(|line| line.strip_prefix("HTTP/1.1 "))
            .and_then(|rest| rest.get(..3)?.parse().ok())
            .ok_or_else(|| format!("no status line in {:?}", shown()))?;
        let headers = lines
            .map(|line| {
                let (name, value) = line
                    .split_once(':')
                    .ok_or_else(|| format!("header {line:?}"))?;
                Ok((name.to_owned(), value.trim().to_owned()))
            })
            .collect::<Result<Vec<_>, String>>()?;
        let mut answer = Self {
            status,
            headers,
            body: bytes[end + 4..].to_vec(),
        };
        if answer.header("Transfer-Encoding") == Some("chunked") && !answer.body.is_empty() {
            answer.body = unchunk(&answer.body).ok_or("a chunked body that breaks off")?;
        }
        Ok(answer)
    }

    /// The value of a header field; `None` if there is none, or more than one.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut values = self
            .headers
            .iter()
            .filter(|(n, _)| n.eq_ignore_ascii_case(name));
        match (values.next(), values.next()) {
            (Some((_, value)), None) => Some(value),
            _ => None,
        }
    }

    /// The body as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

fn unchunk(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = rest.windows(2).position(|two| two == b"\r\n")?;
        let size = std::str::from_utf8(&rest[..end])
            .ok()?
            .split(';')
            .next()?
            .trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        rest = &rest[end + 2..];
        if size == 0 {
            return Some(body);
        }
        body.extend_from_slice(rest.get(..size)?);
        rest = rest.get(size..)?.strip_prefix(b"\r\n")?;
    }
}
