//! One copy of the site on a running server, and a client that sends request targets
//! exactly as they are written.

use std::fs;
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::files::{make_dir, read_text, write};
use super::process::tail;
use super::{Answer, Mount};

/// One copy of the site on a host.
#[derive(Clone, Debug)]
pub(crate) struct Mounted {
    /// Where it is mounted.
    pub(crate) mount: Mount,
    /// Its files.
    pub(crate) folder: PathBuf,
    prefix: String,
    pub(super) port: u16,
    log: PathBuf,
}

/// A connection on which a request has begun.
#[derive(Debug)]
pub(crate) struct Exchange {
    stream: TcpStream,
    sent: io::Result<()>,
}

impl Exchange {
    /// Waits for the whole answer; the connection stays open on our side.
    pub(crate) fn answer(&mut self) -> Result<Answer, String> {
        let mut answer = Vec::new();
        let received = self.stream.read_to_end(&mut answer);
        let sent = &self.sent;
        Answer::parse(&answer).map_err(|e| format!("{e} (sent: {sent:?}, received: {received:?})"))
    }
}

impl Mounted {
    pub(super) fn lay_out(mount: Mount, folder: &Path, user: &str) -> Self {
        let (place, prefix) = match mount {
            Mount::Root => (folder.join("root"), String::new()),
            Mount::SubFolder => (folder.join("plain/status"), "/status".to_owned()),
            Mount::Alias => (folder.join("elsewhere/mon"), "/mon".to_owned()),
            Mount::UserDir => (
                folder.join("home").join(user).join("public_html"),
                format!("/~{user}"),
            ),
        };
        make_dir(&place);
        let plain = folder.join("plain");
        make_dir(&plain);
        write(
            &plain.join("index.html"),
            "<!DOCTYPE html><title>The agency</title>\n",
        );
        Self {
            mount,
            folder: place,
            prefix,
            port: 0,
            log: folder.join("server/error.log"),
        }
    }

    /// The request target of a path below the site, for instance of `/api/all`.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.prefix)
    }

    /// The absolute URL of a path below the site.
    pub(crate) fn absolute_url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{}", self.port, self.url(path))
    }

    /// Gets a path below the site.
    pub(crate) fn get(&self, path: &str) -> Answer {
        self.request("GET", self.url(path), &[])
    }

    /// Sends a request with the target's bytes as they are, and reads the whole answer.
    pub(crate) fn request(
        &self,
        method: &str,
        target: impl AsRef<[u8]>,
        headers: &[(&str, &str)],
    ) -> Answer {
        let target = target.as_ref();
        self.try_request(method, target, headers)
            .unwrap_or_else(|e| {
                let target = String::from_utf8_lossy(&target[..target.len().min(200)]);
                let log = fs::read(&self.log).unwrap_or_default();
                panic!(
                    "{method} {target} at {:?}: {e}\nerror log:\n{}",
                    self.mount,
                    tail(&log)
                )
            })
    }

    fn try_request(
        &self,
        method: &str,
        target: &[u8],
        headers: &[(&str, &str)],
    ) -> Result<Answer, String> {
        let mut request = [method.as_bytes(), b" ", target, b" HTTP/1.1\r\n"].concat();
        let fixed = [("Host", "127.0.0.1"), ("Connection", "close")];
        for (name, value) in fixed.iter().chain(headers) {
            request.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
        }
        request.extend_from_slice(b"\r\n");
        self.begin(&request)?.answer()
    }

    /// Opens a connection and sends the first bytes of a request, which may be all of it.
    pub(crate) fn begin(&self, request: &[u8]) -> Result<Exchange, String> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(10))
            .map_err(|e| format!("connecting: {e}"))?;
        for set in [TcpStream::set_read_timeout, TcpStream::set_write_timeout] {
            set(&stream, Some(Duration::from_secs(30))).map_err(|e| e.to_string())?;
        }
        // A server may answer, and stop reading, before it has read all of a long request.
        let sent = stream.write_all(request);
        Ok(Exchange { stream, sent })
    }

    /// Removes the `#` of the one line in `.htaccess` that is there for hosts without
    /// `ExecCGI`.
    pub(crate) fn uncomment_exec_cgi(&self) {
        let path = self.folder.join(".htaccess");
        let shipped = read_text(&path);
        assert_eq!(
            shipped
                .lines()
                .filter(|line| *line == "#Options +ExecCGI")
                .count(),
            1
        );
        write(
            &path,
            &shipped.replace("\n#Options +ExecCGI\n", "\nOptions +ExecCGI\n"),
        );
    }

    /// Writes a file into the site, after what is there already.
    pub(crate) fn append(&self, name: &str, text: &str) {
        let path = self.folder.join(name);
        let old = if path.exists() {
            read_text(&path)
        } else {
            String::new()
        };
        if let Some(parent) = path.parent() {
            make_dir(parent);
        }
        write(&path, &(old + text));
    }
}
