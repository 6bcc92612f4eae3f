//! Serves the dashboard on a loopback port, as Apache would: the same variables go to the
//! same `app::respond`, and `static/` is sent as files.
//!
//! Its clock starts just after the newest check in the logs, so that logs of last year show
//! a living dashboard; `--clock now` takes the real time.

use std::env;
use std::error::Error;
use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::time::Instant;

use site_monitor::app::{Memory, Setup, respond};
use site_monitor::cgi::vars::Vars;
use site_monitor::check::{Day, Moment};
use site_monitor::command::gateway::{clock, set_up};
use site_monitor::config::Config;
use site_monitor::load::notes::Notes;
use site_monitor::load::read::Loader;
use site_monitor::log::fault::Faults;
use site_monitor::query::Selection;
use site_monitor::stats::needs::{Counts, Details, Hourly, Needs};
use site_monitor::store::folder::Files;
use tiny_http::{Method, Request, Server};

/// Where the program would stand; the logs and settings are found from here.
const HOME: &str = "cgi-bin";

/// The file extensions that are sent as files, as in `.htaccess`.
const TYPES: [(&str, &str); 3] = [
    ("css", "text/css; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("svg", "image/svg+xml"),
];

#[expect(
    clippy::print_stdout,
    reason = "the address is what the user waits for"
)]
fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (start, how) = match arguments[..] {
        [] => newest_check().map_or((clock(), "now"), |at| {
            (
                at,
                "just after the newest check; --clock now for the real time",
            )
        }),
        ["--clock", "now"] => (clock(), "now"),
        _ => return Err("usage: preview [--clock now]".into()),
    };
    let started = Instant::now();
    let server = Server::http("127.0.0.1:8080").or_else(|_| Server::http("127.0.0.1:0"))?;
    let zone = set_up_here().config.unwrap_or_default().calendar;
    println!(
        "site-monitor preview: http://{}/  (its clock: {}, {how}; Ctrl+C ends it)",
        server.server_addr(),
        zone.civil(start),
    );
    for request in server.incoming_requests() {
        let now = Moment(start.0 + i64::try_from(started.elapsed().as_secs())?);
        // A browser that hangs up is no reason to end.
        let _ = answer(request, now);
    }
    Ok(())
}

/// The settings and logs of the sources, whatever folder this program stands in. The sample logs
/// have sample settings, until there are others.
fn set_up_here() -> Setup {
    let setup = Setup {
        memory: Memory::Freed,
        ..set_up(HOME.as_ref(), &env::current_exe().unwrap_or_default())
    };
    let is_sample =
        env::var_os("SITE_MONITOR_LOGS").is_none() && !Path::new(HOME).join("config.json").exists();
    match fs::read(Path::new(HOME).join("config.example.json")) {
        Ok(text) if is_sample => Setup {
            config: Config::from_json(&text),
            ..setup
        },
        _ => setup,
    }
}

/// A minute after the newest check in the logs.
fn newest_check() -> Option<Moment> {
    let setup = set_up_here();
    let config = setup.config.ok()?;
    let files = setup.logs.list(&Selection::default(), Files::Selected);
    let now = clock();
    let details = Details::new(Day(0)..Day(0), Hourly::Unneeded, now, &config.calendar);
    let loader = Loader {
        config: &config,
        notes: &Notes::default(),
        needs: Needs {
            counts: Counts::Total,
            details: Some(details),
        },
        cache: None,
        now,
        files: Files::Selected,
    };
    let faults = &mut Faults::default();
    let logs = loader.load(&files.ok()?.files, faults);
    let urls = logs.iter().flat_map(|log| log.summary.urls.values());
    let last = urls.filter_map(|url| Some(url.dated.edges()?.1)).max()?;
    Some(Moment(last.0 + 60))
}

/// Answers as a web server does that runs a CGI program. Each connection is closed after its
/// answer: the server has few threads, and an idle connection would keep one.
fn answer(request: Request, now: Moment) -> Result<(), Box<dyn Error + Send + Sync>> {
    let answer = if let Some((kind, bytes)) = static_file(request.url()) {
        let head = format!(
            "200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n",
            bytes.len()
        );
        [head.into_bytes(), bytes].concat()
    } else {
        let response = respond(&set_up_here(), now, &variables(&request));
        let is_head = *request.method() == Method::Head;
        let body = if is_head { "" } else { &response.body };
        let cgi = (response.head() + body).into_bytes();
        cgi.strip_prefix(b"Status: ")
            .map(<[u8]>::to_vec)
            .ok_or("an answer without a status")?
    };
    let (status, rest) = answer.split_at(answer.iter().position(|&b| b == b'\r').ok_or("no head")?);
    let mut out = request.into_writer();
    out.write_all(&[b"HTTP/1.1 ", status, b"\r\nConnection: close", rest].concat())?;
    out.flush()?;
    Ok(())
}

/// The variables that Apache would set.
fn variables(request: &Request) -> Vars {
    let uri = request.url();
    let mut vars: Vec<(OsString, OsString)> = vec![
        ("GATEWAY_INTERFACE".into(), "CGI/1.1".into()),
        ("REQUEST_METHOD".into(), request.method().to_string().into()),
        ("SCRIPT_NAME".into(), "/cgi-bin/index.cgi".into()),
        (
            "QUERY_STRING".into(),
            uri.split_once('?').map_or("", |(_, query)| query).into(),
        ),
        ("REQUEST_URI".into(), uri.into()),
    ];
    for header in request.headers() {
        let name = header
            .field
            .as_str()
            .as_str()
            .to_ascii_uppercase()
            .replace('-', "_");
        vars.push((format!("HTTP_{name}").into(), header.value.as_str().into()));
    }
    vars.into_iter().collect()
}

/// The media type and content of a file that Apache would send.
fn static_file(uri: &str) -> Option<(&'static str, Vec<u8>)> {
    let path = uri.split('?').next().unwrap_or_default();
    let (name, kind) = path.strip_prefix("/static/").and_then(served_as_file)?;
    Some((kind, fs::read(Path::new("static").join(name)).ok()?))
}

/// A file's name and media type, if it is one that Apache would send.
fn served_as_file(name: &str) -> Option<(&str, &'static str)> {
    let (_, extension) = name.rsplit_once('.')?;
    let plain = !name.contains(['/', '\\']) && !name.starts_with('.');
    TYPES
        .iter()
        .find(|(known, _)| plain && *known == extension)
        .map(|(_, kind)| (name, *kind))
}
