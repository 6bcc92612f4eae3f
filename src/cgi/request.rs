//! CGI variables to a checked request, and to the base of all links. Servers differ in which
//! variables carry the path; all of that is here.

use percent_encoding::percent_decode;

use super::query_string::{decode_pairs, encode};
use super::vars::Vars;

/// The longest path or query, in bytes. This is Apache's limit for a request line, but a call from
/// a shell could exceed it.
const LONGEST: usize = 8190;

/// Why a request is refused: the client's fault. `problem` has the status of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It has a body.
    Body,
    /// It is neither GET nor HEAD.
    Method,
    /// Its path is not UTF-8.
    NotText,
    /// Its path has a `.` or `..` segment, or a NUL.
    BadPath,
    /// Its path or query has over 8190 bytes.
    TooLong,
}

/// Where our URLs start, percent-encoded and without a trailing slash: empty at a domain's root,
/// `/status` in a subfolder.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Base {
    /// What precedes the path of a page: the folder, or the program itself if it was called
    /// directly.
    pub pages: String,
    /// What precedes `/static/`: always the folder.
    pub files: String,
}

/// One request, decoded and checked.
#[derive(Debug)]
pub struct Request {
    /// The decoded segments of the path below the base (`/` is one empty segment), or why the
    /// request is refused.
    pub path: Result<Vec<String>, Refusal>,
    /// The first segment, even of a refused request: it decides the format of the problem, too.
    pub area: String,
    pub pairs: Vec<(String, String)>,
}

/// Whether the response is sent without its body.
pub fn is_head(vars: &Vars) -> bool {
    vars.get("REQUEST_METHOD") == Some(b"HEAD")
}

impl Base {
    /// Reads the base from `SCRIPT_NAME`: what precedes `/cgi-bin/index.cgi`, or `/index.cgi` or
    /// `/bin/index.cgi` where the folder had to be renamed.
    pub fn from_vars(vars: &Vars) -> Self {
        let script = Script::from_vars(vars);
        let files = encode_path(&script.folder);
        let pages = if script.called_directly(vars) {
            encode_path(&script.name)
        } else {
            files.clone()
        };
        Self { pages, files }
    }
}

impl Request {
    /// Reads a request from its variables. Without `REQUEST_METHOD` it is a GET, so that a call
    /// from a shell only needs `PATH_INFO`.
    pub fn from_vars(vars: &Vars) -> Self {
        let raw = raw_path(vars);
        let query = vars.get("QUERY_STRING").unwrap_or_default();
        let lossy = |segment: &Vec<u8>| String::from_utf8_lossy(segment).into_owned();
        Self {
            path: checked(vars, &raw, query),
            area: raw.first().map(lossy).unwrap_or_default(),
            pairs: decode_pairs(&query[..query.len().min(LONGEST)]),
        }
    }
}

/// The segments of the path, unless the request is refused.
fn checked(vars: &Vars, raw: &[Vec<u8>], query: &[u8]) -> Result<Vec<String>, Refusal> {
    if has_body(vars) {
        return Err(Refusal::Body);
    }
    match vars.get_filled("REQUEST_METHOD") {
        None | Some(b"GET" | b"HEAD") => {}
        Some(_) => return Err(Refusal::Method),
    }
    let length: usize = raw.iter().map(|segment| segment.len() + 1).sum();
    if length > LONGEST || query.len() > LONGEST {
        return Err(Refusal::TooLong);
    }
    let text = |segment: &Vec<u8>| String::from_utf8(segment.clone()).map_err(|_| Refusal::NotText);
    let path: Vec<String> = raw.iter().map(text).collect::<Result<_, _>>()?;
    let strange = |segment: &String| segment == "." || segment == ".." || segment.contains('\0');
    if path.iter().any(strange) {
        return Err(Refusal::BadPath);
    }
    Ok(path)
}

/// Whether the request has a body. `.htaccess` has the same rule, but may be missing. A body is
/// never read: a client that sends it slowly would make this program wait.
fn has_body(vars: &Vars) -> bool {
    let says_so = |name| {
        vars.get(name)
            .is_some_and(|value| value.iter().any(|&b| b != b'0'))
    };
    says_so("CONTENT_LENGTH") || says_so("HTTP_TRANSFER_ENCODING")
}

/// The decoded segments of the path: from `PATH_INFO` if there is one (already decoded, RFC 3875,
/// section 4.1.5), else from `REQUEST_URI`, because a path that a rewrite rule captures loses `%`,
/// `?`, `#` and blanks.
fn raw_path(vars: &Vars) -> Vec<Vec<u8>> {
    match vars.get_filled("PATH_INFO") {
        Some(info) => {
            let info = info.strip_prefix(b"/").unwrap_or(info);
            info.split(|&b| b == b'/').map(<[u8]>::to_vec).collect()
        }
        None => below(
            decode_path(uri_path(vars.get("REQUEST_URI").unwrap_or(b"/"))),
            &Script::from_vars(vars),
        ),
    }
}

/// The path of a request target, without scheme and host (RFC 9112, section 3.2.2), without query,
/// and without the slashes at its start (`//evil.example/` must not be read as a host).
fn uri_path(uri: &[u8]) -> &[u8] {
    let uri = uri.split(|&b| b == b'?').next().unwrap_or_default();
    let start = match uri.windows(3).position(|part| part == b"://") {
        Some(scheme) if !uri.starts_with(b"/") => {
            let host = &uri[scheme + 3..];
            host.iter()
                .position(|&b| b == b'/')
                .map_or(uri.len(), |slash| scheme + 3 + slash)
        }
        _ => 0,
    };
    let path = &uri[start..];
    let slashes = path.iter().take_while(|&&b| b == b'/').count();
    &path[slashes..]
}

fn decode_path(raw: &[u8]) -> Vec<Vec<u8>> {
    raw.split(|&b| b == b'/')
        .map(|segment| percent_decode(segment).collect())
        .collect()
}

/// What follows the program's name in a path or, without that, its folder.
fn below(path: Vec<Vec<u8>>, script: &Script) -> Vec<Vec<u8>> {
    for prefix in [&script.name, &script.folder] {
        if let Some(rest) = path.strip_prefix(prefix.as_slice()) {
            return if rest.is_empty() {
                vec![Vec::new()]
            } else {
                rest.to_vec()
            };
        }
    }
    path
}

/// The segments of `SCRIPT_NAME` (already decoded, RFC 3875, section 4.1.13).
struct Script {
    name: Vec<Vec<u8>>,
    folder: Vec<Vec<u8>>,
}

impl Script {
    fn from_vars(vars: &Vars) -> Self {
        let raw = vars.get("SCRIPT_NAME").unwrap_or_default();
        let name = raw.split(|&b| b == b'/').filter(|part| !part.is_empty());
        let name: Vec<Vec<u8>> = name.map(<[u8]>::to_vec).collect();
        let mut folder = name.clone();
        folder.pop();
        if matches!(folder.last().map(Vec::as_slice), Some(b"cgi-bin" | b"bin")) {
            folder.pop();
        }
        Self { name, folder }
    }

    /// Whether the client's URL names the program itself, as on a host without rewriting.
    fn called_directly(&self, vars: &Vars) -> bool {
        if self.name.is_empty() {
            return false;
        }
        match vars.get("REQUEST_URI") {
            None => vars.get_filled("PATH_INFO").is_some(),
            Some(uri) => decode_path(uri_path(uri)).starts_with(&self.name),
        }
    }
}

fn encode_path(segments: &[Vec<u8>]) -> String {
    let mut path = String::new();
    for segment in segments {
        path.push('/');
        path.push_str(&encode(&String::from_utf8_lossy(segment)));
    }
    path
}

#[cfg(test)]
mod tests {
    use super::{Base, Refusal, Request};
    use crate::cgi::vars::Vars;

    const SCRIPT: &str = "/status/cgi-bin/index.cgi";

    #[track_caller]
    fn check(uri: &str, want: &[&str]) {
        let vars = Vars::from([("SCRIPT_NAME", SCRIPT), ("REQUEST_URI", uri)]);
        assert_eq!(Request::from_vars(&vars).path.unwrap(), want, "{uri}");
    }

    #[test]
    fn request_uri_gives_the_path_below_the_base() {
        check("/status/", &[""]);
        check("/status", &[""]);
        check("/status/api/all?x=/y", &["api", "all"]);
        check(
            "/status/api/100%25/a%3Fb/%2541",
            &["api", "100%", "a?b", "%41"],
        );
        check("/%73tatus/api/%E4%BC%9A", &["api", "会"]);
        check("//status/api/all", &["api", "all"]);
        check("http://host/status/api/all", &["api", "all"]);
        check("http://host", &[""]);
        check("/status/api/x%2Fy", &["api", "x/y"]);
        check("/status/api/", &["api", ""]);
        check("/status/cgi-bin/index.cgi", &[""]);
        check("/elsewhere/api", &["elsewhere", "api"]);
        check("/status/a://b", &["a:", "", "b"]);
    }

    #[test]
    fn path_info_is_not_decoded_again() {
        let vars = Vars::from([("PATH_INFO", "/api/%41"), ("REQUEST_URI", "/x")]);
        assert_eq!(Request::from_vars(&vars).path.unwrap(), ["api", "%41"]);
    }

    #[test]
    fn links_start_where_the_client_came_in() {
        let base = |script, uri| {
            let base =
                Base::from_vars(&Vars::from([("SCRIPT_NAME", script), ("REQUEST_URI", uri)]));
            (base.pages, base.files)
        };
        let pair = |pages: &str, files: &str| (pages.to_owned(), files.to_owned());
        assert_eq!(base("/cgi-bin/index.cgi", "/"), pair("", ""));
        assert_eq!(base("/bin/index.cgi", "/"), pair("", ""));
        assert_eq!(base("/index.cgi", "/x"), pair("", ""));
        assert_eq!(base(SCRIPT, "/status/"), pair("/status", "/status"));
        assert_eq!(
            base(SCRIPT, "/status/cgi-bin/index.cgi/x"),
            pair(SCRIPT, "/status")
        );
        assert_eq!(
            base("/稼 働/cgi-bin/index.cgi", "/%E7%A8%BC%20%E5%83%8D/").0,
            "/%E7%A8%BC%20%E5%83%8D"
        );
        assert_eq!(base("", "/x"), pair("", ""));
    }

    #[test]
    fn what_cannot_be_asked_is_refused() {
        let refusal = |pairs| Request::from_vars(&Vars::from(pairs)).path.unwrap_err();
        let long = "x".repeat(10_000);
        assert_eq!(refusal([("REQUEST_URI", "/api/../x")]), Refusal::BadPath);
        assert_eq!(refusal([("REQUEST_URI", "/api/%2e%2E")]), Refusal::BadPath);
        assert_eq!(refusal([("REQUEST_URI", "/api/%00")]), Refusal::BadPath);
        assert_eq!(refusal([("REQUEST_URI", "/api/%FF")]), Refusal::NotText);
        assert_eq!(refusal([("REQUEST_URI", &long)]), Refusal::TooLong);
        assert_eq!(refusal([("PATH_INFO", &long)]), Refusal::TooLong);
        assert_eq!(refusal([("QUERY_STRING", &long)]), Refusal::TooLong);
        assert_eq!(refusal([("REQUEST_METHOD", "POST")]), Refusal::Method);
        assert_eq!(refusal([("REQUEST_METHOD", "get")]), Refusal::Method);
    }

    #[test]
    fn a_request_with_a_body_is_refused_whatever_its_method() {
        let path = |name, value, method| {
            let vars = Vars::from([(name, value), ("REQUEST_METHOD", method)]);
            Request::from_vars(&vars).path
        };
        for (name, value) in [
            ("CONTENT_LENGTH", "1"),
            ("CONTENT_LENGTH", "10"),
            ("CONTENT_LENGTH", "-1"),
            ("CONTENT_LENGTH", "300000"),
            ("HTTP_TRANSFER_ENCODING", "chunked"),
        ] {
            for method in ["GET", "HEAD", "POST"] {
                assert_eq!(path(name, value, method), Err(Refusal::Body), "{value}");
            }
        }
        for none in ["", "0", "00"] {
            assert!(path("CONTENT_LENGTH", none, "GET").is_ok(), "{none}");
            assert_eq!(path("CONTENT_LENGTH", none, "POST"), Err(Refusal::Method));
        }
    }
}
