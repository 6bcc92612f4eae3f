//! A response, complete in memory, and the one way it is written.

/// The statuses this program sends (RFC 9110, section 15).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Status {
    pub code: u16,
    reason: &'static str,
}

impl Status {
    pub const OK: Self = Self::new(200, "OK");
    pub const NOT_MODIFIED: Self = Self::new(304, "Not Modified");
    pub const BAD_REQUEST: Self = Self::new(400, "Bad Request");
    pub const NOT_FOUND: Self = Self::new(404, "Not Found");
    pub const METHOD_NOT_ALLOWED: Self = Self::new(405, "Method Not Allowed");
    pub const CONTENT_TOO_LARGE: Self = Self::new(413, "Content Too Large");
    pub const URI_TOO_LONG: Self = Self::new(414, "URI Too Long");
    pub const INTERNAL_SERVER_ERROR: Self = Self::new(500, "Internal Server Error");
    pub const SERVICE_UNAVAILABLE: Self = Self::new(503, "Service Unavailable");

    const fn new(code: u16, reason: &'static str) -> Self {
        Self { code, reason }
    }
}

/// The media type of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Media(&'static str);

impl Media {
    pub const HTML: Self = Self("text/html; charset=utf-8");
    pub const CSS: Self = Self("text/css; charset=utf-8");
    pub const JSON: Self = Self("application/json; charset=utf-8");
}

/// Sent with every response. Pages have no inline script or style, so the policy needs no
/// exception. Dashboards of clients do not belong in search engines or in frames of other sites.
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

/// A response with its whole body, so that nothing can fail after its first byte is written.
#[derive(Clone, Debug)]
pub struct Response {
    pub status: Status,
    pub media: Media,
    pub body: String,
    /// The `ETag` header, if there is one.
    pub etag: Option<String>,
}

impl Response {
    /// A response without a tag.
    pub fn new(status: Status, media: Media, body: String) -> Self {
        Self {
            status,
            media,
            body,
            etag: None,
        }
    }

    /// A 304, with the tag as the client sent it.
    pub fn not_modified(etag: String) -> Self {
        let (status, media) = (Status::NOT_MODIFIED, Media::HTML);
        Self {
            status,
            media,
            body: String::new(),
            etag: Some(etag),
        }
    }

    /// The headers. Their text is this program's own, or a tag that was compared with one of its
    /// own, so a request cannot inject a header.
    pub fn headers(&self) -> Vec<(&'static str, String)> {
        let mut headers = vec![(
            "Status",
            format!("{} {}", self.status.code, self.status.reason),
        )];
        if self.status != Status::NOT_MODIFIED {
            headers.push(("Content-Type", self.media.0.to_owned()));
            headers.push(("Content-Length", self.body.len().to_string()));
        }
        headers.extend(self.etag.clone().map(|tag| ("ETag", tag)));
        if self.status == Status::METHOD_NOT_ALLOWED {
            headers.push(("Allow", "GET, HEAD".to_owned()));
        }
        // Problems are worded in the reader's language, even in JSON.
        headers.push(("Vary", "Accept-Language".to_owned()));
        headers.extend(ALWAYS.map(|(name, value)| (name, value.to_owned())));
        headers
    }

    /// The headers and the empty line after them (RFC 3875, section 6). `Status` is always sent:
    /// without it, Apache would answer conditional requests itself and treat a `Location` as an
    /// internal redirect.
    pub fn head(&self) -> String {
        let headers = self.headers().into_iter();
        let lines = headers.map(|(name, value)| format!("{name}: {value}\r\n"));
        lines.collect::<String>() + "\r\n"
    }
}
