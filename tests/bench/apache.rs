//! Requests a second under a real Apache with `mod_cgid`, asked by `ab`.

use std::fs;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::measure::{digits, to_float};
use crate::peers;
use crate::tools::{run, tool};
use crate::tree::Tree;

/// Each site is asked so often; the table has the median.
const ROUNDS: usize = 3;
/// As many as this, unless they would take more than [`LONGEST`] seconds.
const REQUESTS: u64 = 2000;
const LONGEST: f64 = 15.0;
const AT_ONCE: u64 = 8;

/// Prints the table.
pub(crate) fn table() {
    let tree = Tree::YEAR.made();
    let program = Path::new(env!("CARGO_BIN_EXE_site-monitor"));
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("logs");
    let server = Server::start(&[
        ("hello", &peers::hello(), None),
        ("sample", program, Some(&sample)),
        ("year", program, Some(&tree.root)),
    ]);
    let sites = [
        ("static C hello", "hello"),
        ("`/api/all`, sample logs, warm", "sample"),
        ("`/api/all`, 12 months of 50 sites, warm", "year"),
    ];
    // The first request fills what is kept; the second says how many we can afford.
    let affordable = sites.map(|(_, site)| {
        server.ask(site, 1, 1);
        let seconds = server.ask(site, AT_ONCE, AT_ONCE).seconds;
        let mut requests = REQUESTS;
        while requests > AT_ONCE && seconds * to_float(requests / AT_ONCE) > LONGEST {
            requests /= 2;
        }
        requests
    });
    let mut rounds: [Vec<Load>; 3] = Default::default();
    for _ in 0..ROUNDS {
        for (at, (_, site)) in sites.iter().enumerate() {
            rounds[at].push(server.ask(site, affordable[at], AT_ONCE));
        }
    }
    println!("\n### Under Apache: `mod_cgid`, {AT_ONCE} at once, {ROUNDS} rounds\n");
    println!(
        "| what | requests | requests/s | least–most | half within ms | 99 % within ms | ÷ C hello |"
    );
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    for rounds in &mut rounds {
        rounds.sort_by(|a, b| a.per_second.total_cmp(&b.per_second));
    }
    let middle = ROUNDS / 2;
    for (at, (what, _)) in sites.iter().enumerate() {
        let load = &rounds[at][middle];
        println!(
            "| {what} | {} | {} | {}–{} | {} | {} | {} |",
            affordable[at],
            digits(load.per_second),
            digits(rounds[at][0].per_second),
            digits(rounds[at][ROUNDS - 1].per_second),
            digits(load.half),
            digits(load.nearly_all),
            digits(load.per_second / rounds[0][middle].per_second),
        );
    }
}

/// What `ab` says of one round.
struct Load {
    seconds: f64,
    per_second: f64,
    half: f64,
    nearly_all: f64,
}

/// An Apache on loopback with a copy of the shipped `.htaccess` for each site. It and its
/// folder are gone when this is dropped, or when the bench ends in any other way.
struct Server {
    guard: Child,
    port: u16,
}

impl Server {
    /// Starts it, with a folder each for a program and its logs.
    fn start(sites: &[(&str, &Path, Option<&Path>)]) -> Self {
        let apache = tool("apache2", "apache2-bin");
        // Not below `target/`: Apache gives up being root, and a home folder may be closed.
        let home = std::env::temp_dir().join(format!("site-monitor-bench-{}", std::process::id()));
        fs::create_dir_all(&home).unwrap();
        let port = free_port();
        let server = Self {
            guard: guard(&home, &apache),
            port,
        };
        for (name, program, logs) in sites {
            lay_out(&home.join("sites").join(name), program, *logs);
        }
        fs::write(home.join("httpd.conf"), config(&home, port)).unwrap();
        // A user that is not root serves as itself, and root's Apache as this one.
        if run(Command::new("id").arg("-u")).trim() == "0" {
            run(Command::new("chown")
                .args(["-R", "www-data:www-data"])
                .arg(&home));
        }
        // A program that keeps what it has read can't trust a file that is written now.
        thread::sleep(Duration::from_secs(3));
        fs::write(home.join("ready"), "").unwrap();
        let deadline = Instant::now() + Duration::from_secs(20);
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            let log = || fs::read_to_string(home.join("error.log")).unwrap_or_default();
            assert!(
                Instant::now() < deadline,
                "Apache did not start:\n{}",
                log()
            );
            thread::sleep(Duration::from_millis(20));
        }
        server
    }

    /// Asks a site, `at_once` requests at a time. None may fail.
    fn ask(&self, site: &str, requests: u64, at_once: u64) -> Load {
        let url = format!("http://127.0.0.1:{}/{site}/api/all", self.port);
        let output = run(Command::new(tool("ab", "apache2-utils"))
            .args(["-q", "-s", "120", "-n"])
            .arg(requests.to_string())
            .arg("-c")
            .arg(at_once.to_string())
            .arg(&url));
        // The number after a label; the percentages have no colon after theirs.
        let number = |label: &str| {
            let line = output
                .lines()
                .map(str::trim)
                .find_map(|line| line.strip_prefix(label));
            line.and_then(|rest| rest.split_whitespace().next()?.parse::<f64>().ok())
        };
        assert_eq!(number("Failed requests:"), Some(0.0), "{url}:\n{output}");
        assert_eq!(number("Non-2xx responses:"), None, "{url}:\n{output}");
        assert!(number("Document Length:") > Some(0.0), "{url}:\n{output}");
        Load {
            seconds: number("Time taken for tests:").unwrap(),
            per_second: number("Requests per second:").unwrap(),
            // A single request has no percentages.
            half: number("50%").unwrap_or_default(),
            nearly_all: number("99%").unwrap_or_default(),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.guard.stdin.take());
        let _ = self.guard.wait();
    }
}

/// A shell that starts Apache when all is laid out, and when its standard input ends, by
/// whatever end of this process, stops it and removes the folder.
fn guard(home: &Path, apache: &Path) -> Child {
    const SCRIPT: &str = r#"
        (
            while [ ! -e "$1/ready" ]; do
                [ -d "$1" ] || exit
                sleep 0.05
            done
            exec setsid "$2" -DFOREGROUND -f "$1/httpd.conf" >>"$1/error.log" 2>&1
        ) &
        read -r _
        kill -TERM $!
        wait $!
        rm -rf "$1"
    "#;
    Command::new("/bin/sh")
        .args(["-c", SCRIPT, "sh"])
        .args([home, apache])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        // Out of reach of a Ctrl-C, which goes to our whole group.
        .process_group(0)
        .spawn()
        .unwrap()
}

/// A port that nobody has, and that nobody should take before Apache does.
fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    listener.local_addr().unwrap().port()
}

/// What a host's folder holds after an upload.
fn lay_out(folder: &Path, program: &Path, logs: Option<&Path>) {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    fs::create_dir_all(folder.join("cgi-bin")).unwrap();
    fs::copy(repository.join(".htaccess"), folder.join(".htaccess")).unwrap();
    let installed: PathBuf = folder.join("cgi-bin/index.cgi");
    fs::copy(program, &installed).unwrap();
    fs::set_permissions(installed, fs::Permissions::from_mode(0o755)).unwrap();
    if let Some(logs) = logs {
        run(Command::new("cp")
            .arg("-R")
            .arg(logs)
            .arg(folder.join("logs")));
        // What another user's program has kept is not this one's.
        let _ = fs::remove_dir_all(folder.join("logs/.cache"));
    }
}

fn config(home: &Path, port: u16) -> String {
    let modules = Path::new("/usr/lib/apache2/modules");
    let load: String = [
        "mpm_event",
        "cgid",
        "authz_core",
        "deflate",
        "dir",
        "filter",
        "headers",
        "mime",
        "rewrite",
    ]
    .map(|name| {
        format!(
            "LoadModule {name}_module {}/mod_{name}.so\n",
            modules.display()
        )
    })
    .concat();
    format!(
        "{load}ServerName localhost
Listen 127.0.0.1:{port}
DefaultRuntimeDir {home}
PidFile {home}/apache.pid
ScriptSock {home}/cgid.sock
ErrorLog {home}/error.log
LogLevel warn
User www-data
Group www-data
TypesConfig /dev/null
DocumentRoot {home}/sites
<Directory />
Require all denied
AllowOverride None
Options None
</Directory>
<Directory {home}/sites>
Require all granted
AllowOverride FileInfo
Options FollowSymLinks ExecCGI
</Directory>
",
        home = home.display()
    )
}
