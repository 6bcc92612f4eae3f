//! The failed checks of a day in a list, and what their status codes mean.

use serde::Serialize;

use super::clock::Clock;
use crate::load::day::{Counted, DayCheck, DayLog};
use crate::stats::figures::Figures;
use crate::view::phrase;
use crate::view::words::Words;

/// How many failed checks are listed.
const MOST: usize = 200;

/// The failed checks.
#[derive(Serialize)]
pub(super) struct Failed {
    heading: String,
    rows: Vec<FailedRow>,
    more: Option<String>,
}

#[derive(Serialize)]
struct FailedRow {
    time: String,
    code: String,
    meaning: String,
}

impl Failed {
    /// The first of the checks that failed; `figures` say how many there are.
    pub(super) fn of(
        log: &DayLog,
        checks: &[DayCheck],
        figures: &Figures,
        clock: &Clock,
        words: &Words,
    ) -> Self {
        let row = |check: &DayCheck| FailedRow {
            time: clock.time(check.at),
            code: log.code(check).to_owned(),
            meaning: meaning(log.code(check), words),
        };
        let failed = checks.iter().filter(|c| c.counted == Counted::Failed);
        let rows: Vec<FailedRow> = failed.take(MOST).map(row).collect();
        let more = figures.failed_checks().saturating_sub(rows.len() as u64);
        Self {
            heading: (words.day_page.failed_checks)(&phrase::count(figures.failed_checks())),
            rows,
            more: (more > 0).then(|| (words.day_page.more)(&phrase::count(more))),
        }
    }
}

/// What the status code of a failed check means; empty if it is not known.
fn meaning(code: &str, words: &Words) -> String {
    let code = code.trim();
    if let Some(phrase) = reason(code) {
        // The answer was fine; what the monitor looked for in it was not there.
        return if code.starts_with('2') {
            (words.day_page.failed_although)(phrase)
        } else {
            phrase.to_owned()
        };
    }
    let lower = code.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    if has(&["タイムアウト", "timeout", "timed out", "time out"]) {
        words.day_page.no_answer.to_owned()
    } else if matches!(&*lower, "n/a" | "na" | "-" | "" | "0" | "000") {
        words.day_page.no_http.to_owned()
    } else {
        String::new()
    }
}

/// The reason phrase of an HTTP status code, as registered; those from 520 on are Cloudflare's.
fn reason(code: &str) -> Option<&'static str> {
    Some(match code {
        "100" => "Continue",
        "101" => "Switching Protocols",
        "103" => "Early Hints",
        "200" => "OK",
        "201" => "Created",
        "202" => "Accepted",
        "203" => "Non-Authoritative Information",
        "204" => "No Content",
        "205" => "Reset Content",
        "206" => "Partial Content",
        "300" => "Multiple Choices",
        "301" => "Moved Permanently",
        "302" => "Found",
        "303" => "See Other",
        "304" => "Not Modified",
        "307" => "Temporary Redirect",
        "308" => "Permanent Redirect",
        "400" => "Bad Request",
        "401" => "Unauthorized",
        "402" => "Payment Required",
        "403" => "Forbidden",
        "404" => "Not Found",
        "405" => "Method Not Allowed",
        "406" => "Not Acceptable",
        "407" => "Proxy Authentication Required",
        "408" => "Request Timeout",
        "409" => "Conflict",
        "410" => "Gone",
        "411" => "Length Required",
        "412" => "Precondition Failed",
        "413" => "Content Too Large",
        "414" => "URI Too Long",
        "415" => "Unsupported Media Type",
        "416" => "Range Not Satisfiable",
        "417" => "Expectation Failed",
        "421" => "Misdirected Request",
        "422" => "Unprocessable Content",
        "423" => "Locked",
        "424" => "Failed Dependency",
        "425" => "Too Early",
        "426" => "Upgrade Required",
        "428" => "Precondition Required",
        "429" => "Too Many Requests",
        "431" => "Request Header Fields Too Large",
        "451" => "Unavailable For Legal Reasons",
        "500" => "Internal Server Error",
        "501" => "Not Implemented",
        "502" => "Bad Gateway",
        "503" => "Service Unavailable",
        "504" => "Gateway Timeout",
        "505" => "HTTP Version Not Supported",
        "506" => "Variant Also Negotiates",
        "507" => "Insufficient Storage",
        "508" => "Loop Detected",
        "511" => "Network Authentication Required",
        "520" => "Web Server Returned an Unknown Error",
        "521" => "Web Server Is Down",
        "522" => "Connection Timed Out",
        "523" => "Origin Is Unreachable",
        "524" => "A Timeout Occurred",
        "525" => "SSL Handshake Failed",
        "526" => "Invalid SSL Certificate",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::meaning;
    use crate::lang::Lang;
    use crate::view::words::Words;

    #[test]
    fn codes_are_explained_where_they_are_known() {
        let words = Words::of(Lang::En);
        for (code, want) in [
            ("503", "Service Unavailable"),
            (" 404 ", "Not Found"),
            ("200", "OK (but the monitor says failed)"),
            ("タイムアウト", words.day_page.no_answer),
            ("Read timed out", words.day_page.no_answer),
            ("N/A", words.day_page.no_http),
            ("", words.day_page.no_http),
            ("599", ""),
            ("ssl error", ""),
        ] {
            assert_eq!(meaning(code, words), want, "{code}");
        }
    }
}
