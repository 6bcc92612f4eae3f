//! Serves the dashboard on a loopback port, as Apache would: the same variables go to the
//! same `app::respond`, and `static/` is sent as files.

use std::error::Error;
use std::ffi::OsString;
use std::fs;
use std::path::Path;

use site_monitor::app::respond;
use site_monitor::cgi::vars::Vars;
use site_monitor::command::gateway::set_up;
use tiny_http::{Header, Request, Response, Server};

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
    let server = Server::http("127.0.0.1:8080").or_else(|_| Server::http("127.0.0.1:0"))?;
    println!(
        "site-monitor preview: http://{}/  (Ctrl+C ends it)",
        server.server_addr()
    );
    for request in server.incoming_requests() {
        // A browser that hangs up is no reason to end.
        let _ = answer(request);
    }
    Ok(())
}

fn answer(request: Request) -> Result<(), Box<dyn Error + Send + Sync>> {
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
    let answer = respond(&set_up(Path::new("cgi-bin")), &vars);
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
