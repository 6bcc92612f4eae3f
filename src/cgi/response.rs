//! A response, complete in memory, and its one way out.

use std::io::{self, Write};

/// The statuses this program sends (RFC 9110 section 15).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// 200
    Ok,
    /// 304
    NotModified,
    /// 400
    BadRequest,
    /// 404
    NotFound,
    /// 405
    MethodNotAllowed,
    /// 413
    ContentTooLarge,
    /// 414
    UriTooLong,
    /// 500
    InternalServerError,
    /// 503
    ServiceUnavailable,
}

impl Status {
    /// The three digits.
    pub fn code(self) -> u16 {
        match self {
            Self::Ok => 200,
            Self::NotModified => 304,
            Self::BadRequest => 400,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::ContentTooLarge => 413,
            Self::UriTooLong => 414,
            Self::InternalServerError => 500,
            Self::ServiceUnavailable => 503,
        }
    }

    fn reason(self) -> &'static str {
        match self {
            Self::Ok => "OK",
            Self::NotModified => "Not Modified",
            Self::BadRequest => "Bad Request",
            Self::NotFound => "Not Found",
            Self::MethodNotAllowed => "Method Not Allowed",
            Self::ContentTooLarge => "Content Too Large",
            Self::UriTooLong => "URI Too Long",
            Self::InternalServerError => "Internal Server Error",
            Self::ServiceUnavailable => "Service Unavailable",
        }
    }
}

/// The media type of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    /// A page.
    Html,
    /// An answer of the API.
    Json,
}

impl Media {
    fn content_type(self) -> &'static str {
        match self {
            Self::Html => "text/html; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        }
    }
}

/// Sent with every response. The pages use no inline script or style, so the policy needs
/// no exception; dashboards of clients are nothing for search engines or foreign frames.
const ALWAYS: [(&str, &str); 5] = [
    (
        "Content-Security-Policy",
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'; object-src 'none'",
    ),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("X-Robots-Tag", "noindex"),
    ("Cache-Control", "private, no-cache"),
];

/// An answer whose body is complete: nothing can fail once its first byte is written.
#[derive(Clone, Debug)]
pub struct Response {
    /// The status line.
    pub status: Status,
    /// What the body is.
    pub media: Media,
    /// The whole body.
    pub body: String,
    /// The `ETag`, if the answer has one.
    pub etag: Option<String>,
}

impl Response {
    /// An answer without a tag.
    pub fn new(status: Status, media: Media, body: String) -> Self {
        Self {
            status,
            media,
            body,
            etag: None,
        }
    }

    /// Says that the client has the answer, by the tag it sent.
    pub fn not_modified(etag: String) -> Self {
        let (status, media) = (Status::NotModified, Media::Html);
        Self {
            status,
            media,
            body: String::new(),
            etag: Some(etag),
        }
    }

    /// The headers that go with the answer. All their text is this program's own, or a tag
    /// that has been compared with its own, so no request can smuggle one in.
    pub fn headers(&self) -> Vec<(&'static str, String)> {
        let mut headers = vec![(
            "Status",
            format!("{} {}", self.status.code(), self.status.reason()),
        )];
        if self.status != Status::NotModified {
            headers.push(("Content-Type", self.media.content_type().to_owned()));
            headers.push(("Content-Length", self.body.len().to_string()));
        }
        headers.extend(self.etag.clone().map(|tag| ("ETag", tag)));
        if self.status == Status::MethodNotAllowed {
            headers.push(("Allow", "GET, HEAD".to_owned()));
        }
        // Problem messages in JSON speak the reader's language too.
        headers.push(("Vary", "Accept-Language".to_owned()));
        headers.extend(ALWAYS.map(|(name, value)| (name, value.to_owned())));
        headers
    }

    /// Writes the response as CGI wants it (RFC 3875 section 6), in one call; for HEAD
    /// the headers alone. `Status` is always there: without it Apache would answer
    /// conditional requests by itself and treat a `Location` as an internal redirect.
    pub fn write(&self, head: bool, out: &mut impl Write) -> io::Result<()> {
        let mut bytes = Vec::with_capacity(self.body.len() + 1024);
        for (name, value) in self.headers() {
            write!(bytes, "{name}: {value}\r\n")?;
        }
        bytes.extend_from_slice(b"\r\n");
        if !head {
            bytes.extend_from_slice(self.body.as_bytes());
        }
        out.write_all(&bytes)?;
        out.flush()
    }
}
