//! Serves the dashboard on a loopback port, as Apache would: the same variables go to the
//! same `app::respond`, and `static/` is sent as files.
//!
//! Its clock starts just after the newest check in the logs, so that logs of last year show
//! a living dashboard; `--clock now` takes the real time.

use std::env;
use std::error::Error;
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::time::Instant;

use site_monitor::app::respond;
use site_monitor::cgi::vars::Vars;
use site_monitor::command::gateway::{clock, set_up};
use site_monitor::log::fault::Faults;
use site_monitor::log::reading::Reading;
use site_monitor::query::Selection;
use site_monitor::sample::{Day, Moment};
use tiny_http::{Header, Request, Response, Server};

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
    let zone = set_up(HOME.as_ref()).config.unwrap_or_default().calendar;
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

/// A minute after the newest check in the logs.
fn newest_check() -> Option<Moment> {
    let setup = set_up(HOME.as_ref());
    let config = setup.config.ok()?;
    let files = setup.logs.list(&Selection::default(), false).ok()?.files;
    let no_days = Day(1)..=Day(0);
    let reading = Reading {
        format: &config.format,
        times: Some((&config.calendar, no_days)),
    };
    let logs = reading.read(&files, &mut Faults::default());
    let urls = logs.iter().flat_map(|log| log.summary.urls.values());
    let last = urls
        .filter_map(|url| Some(url.timeline.edges?.1.at))
        .max()?;
    Some(Moment(last.0 + 60))
}

fn answer(request: Request, now: Moment) -> Result<(), Box<dyn Error + Send + Sync>> {
    let uri = request.url().to_owned();
    let path = uri.split('?').next().unwrap_or_default();
    if let Some((name, kind)) = path.strip_prefix("/static/").and_then(served_as_file) {
        let header = Header::from_bytes("Content-Type", kind).map_err(|()| "header")?;
        let file = fs::read(Path::new("static").join(name));
        match file {
            Ok(bytes) => request.respond(Response::from_data(bytes).with_header(header))?,
            Err(_) => request.respond(Response::empty(404))?,
        }
        return Ok(());
    }
    let mut vars: Vec<(OsString, OsString)> = vec![
        ("GATEWAY_INTERFACE".into(), "CGI/1.1".into()),
        ("REQUEST_METHOD".into(), request.method().to_string().into()),
        ("SCRIPT_NAME".into(), "/cgi-bin/index.cgi".into()),
        (
            "QUERY_STRING".into(),
            uri.split_once('?').map_or("", |(_, query)| query).into(),
        ),
        ("REQUEST_URI".into(), uri.clone().into()),
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
    let vars: Vars = vars.into_iter().collect();
    let answer = respond(&set_up(HOME.as_ref()), now, &vars);
    let mut response =
        Response::from_data(answer.body.clone()).with_status_code(answer.status.code());
    for (name, value) in answer.headers() {
        response.add_header(Header::from_bytes(name, value).map_err(|()| "header")?);
    }
    request.respond(response)?;
    Ok(())
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
