//! The processes and the account of a running server, and how they end.

use std::fs;
use std::net::{Ipv4Addr, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::files::{make_dir, text};
use super::{APACHE, Mounted};

/// The process. Its own type, so that it ends even if a later step of starting up panics.
#[derive(Debug)]
pub(super) struct Daemon(Child);

impl Daemon {
    /// Starts Apache and waits until every port answers; the error is the log.
    pub(super) fn start(home: &Path, sites: &[Mounted]) -> Result<Self, String> {
        let console = home.join("console.log");
        let output = fs::File::create(&console).map_err(|e| e.to_string())?;
        let errors = output.try_clone().map_err(|e| e.to_string())?;
        let child = Command::new(APACHE)
            .arg("-DFOREGROUND")
            .arg("-f")
            .arg(home.join("httpd.conf"))
            .stdin(Stdio::null())
            .stdout(output)
            .stderr(errors)
            // Apache ends by a signal to its whole group, which must not be the tests' own.
            .process_group(0)
            .spawn()
            .map_err(|e| format!("{APACHE}: {e}"))?;
        let mut daemon = Self(child);
        let log = || {
            let read = |path: &Path| tail(&fs::read(path).unwrap_or_default());
            format!("{}{}", read(&console), read(&home.join("error.log")))
        };
        let deadline = Instant::now() + Duration::from_secs(30);
        loop {
            if let Ok(Some(status)) = daemon.0.try_wait() {
                return Err(format!("{status}\n{}", log()));
            }
            // The file shows that the ports are this Apache's: it is written after them.
            let ready = home.join("apache.pid").exists()
                && sites
                    .iter()
                    .all(|site| TcpStream::connect((Ipv4Addr::LOCALHOST, site.port)).is_ok());
            if ready {
                return Ok(daemon);
            }
            if Instant::now() > deadline {
                return Err(format!("no answer after 30 seconds\n{}", log()));
            }
            thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        // Only the first signal lets Apache end its children and remove its socket.
        let _ = Command::new("/bin/sh")
            .args(["-c", "kill -TERM \"$1\"", "sh", &self.0.id().to_string()])
            .status();
        let deadline = Instant::now() + Duration::from_secs(10);
        while matches!(self.0.try_wait(), Ok(None)) {
            if Instant::now() > deadline {
                let _ = self.0.kill();
                let _ = self.0.wait();
                return;
            }
            thread::sleep(Duration::from_millis(10));
        }
    }
}

/// Cleans up if the tests are ended by a signal, which runs no destructor.
#[derive(Debug)]
pub(super) struct Janitor(Child);

impl Janitor {
    /// Waits for the end of its input, which comes when this process ends in any way.
    /// Apache removes its PID file when it has stopped.
    pub(super) fn watch(folder: &Path, user: &str) -> Self {
        const SCRIPT: &str = r#"
            read -r _
            pid=$1/server/apache.pid
            [ ! -e "$pid" ] || kill -TERM "$(cat "$pid")"
            for _ in $(seq 100); do [ ! -e "$pid" ] || sleep 0.1; done
            ! getent passwd "$2" || PATH=$PATH:/usr/sbin:/sbin userdel -f "$2"
            rm -rf "$1"
        "#;
        Command::new("/bin/sh")
            .args(["-c", SCRIPT, "sh", &text(folder), user])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // Out of reach of a Ctrl-C, which goes to the tests' whole group.
            .process_group(0)
            .spawn()
            .map_or_else(|e| panic!("/bin/sh: {e}"), Self)
    }
}

impl Drop for Janitor {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A name that no other account has, and no other test.
pub(super) fn user_name() -> String {
    static NUMBER: AtomicUsize = AtomicUsize::new(0);
    format!(
        "smt{}n{}",
        std::process::id(),
        NUMBER.fetch_add(1, Ordering::Relaxed)
    )
}

/// A temporary account of this machine: suEXEC asks the system for a `/~NAME/`.
#[derive(Debug)]
pub(super) struct Account {
    name: String,
}

impl Account {
    pub(super) fn create(homes: &Path, name: &str) -> Self {
        let home = homes.join(name);
        make_dir(&home);
        patiently(
            "useradd",
            &[
                "-M",
                "-N",
                "-g",
                "nogroup",
                "-s",
                "/usr/sbin/nologin",
                "-d",
                &text(&home),
                name,
            ],
        )
        .unwrap_or_else(|e| panic!("{e}"));
        Self {
            name: name.to_owned(),
        }
    }
}

impl Drop for Account {
    fn drop(&mut self) {
        // A second panic during a panic would abort before the folder is removed.
        if let Err(e) = patiently("userdel", &["-f", &self.name])
            && !thread::panicking()
        {
            panic!("the account {} is left behind: {e}", self.name);
        }
    }
}

/// Runs a tool that gives up at once while another test holds the lock of the accounts.
fn patiently(tool: &str, args: &[&str]) -> Result<(), String> {
    let deadline = Instant::now() + Duration::from_secs(20);
    loop {
        match try_run(tool, args) {
            Err(e) if e.contains("lock") && Instant::now() < deadline => {
                thread::sleep(Duration::from_millis(50));
            }
            done => return done,
        }
    }
}

pub(super) fn run(tool: &str, args: &[&str]) {
    try_run(tool, args).unwrap_or_else(|e| panic!("{e}"));
}

fn try_run(tool: &str, args: &[&str]) -> Result<(), String> {
    let shown = || format!("{tool} {}", args.join(" "));
    // Some machines leave /usr/sbin out of the path of programs that are not a login shell.
    let path = std::env::var("PATH").unwrap_or_default() + ":/usr/sbin:/sbin";
    let output = Command::new(tool)
        .args(args)
        .env("PATH", path)
        .env("LC_ALL", "C")
        .output()
        .map_err(|e| format!("{}: {e}", shown()))?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!(
        "{}: {}: {}",
        shown(),
        output.status,
        String::from_utf8_lossy(&output.stderr)
    ))
}

pub(super) fn tail(log: &[u8]) -> String {
    String::from_utf8_lossy(&log[log.len().saturating_sub(3000)..]).into_owned()
}
