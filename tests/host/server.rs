//! A real Apache on loopback that serves the shipped files, and a client that sends
//! request targets exactly as they are written.
//!
//! [`Host`] says what kind of rented host it is, [`Server`] is one that runs, and
//! [`Mounted`] is one copy of the site on it. Dropping the server leaves nothing behind:
//! no process, no file, no account.

mod answer;
mod files;
mod mounted;
mod process;

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

pub(crate) use answer::Answer;
use files::{fill, make_dir, set_mode, text, write};
pub(crate) use mounted::Mounted;
use process::{Account, Daemon, Janitor, run, user_name};

const APACHE: &str = "/usr/sbin/apache2";
const MODULES: &str = "/usr/lib/apache2/modules";
const SUEXEC: &str = "/usr/lib/apache2/suexec";
/// suEXEC runs nothing outside the folder it was told of, and this is Debian's.
const SUEXEC_ROOT: &str = "/var/www";
const SUEXEC_CONFIG: &str = "/etc/apache2/suexec/www-data";
const INSTALL: &str = "run tests/run.sh, or as root: apt-get update && apt-get install -y \
                       --no-install-recommends apache2-bin apache2-suexec-custom media-types";

/// Where the site's folder is in the host's URLs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mount {
    /// The folder is the document root.
    Root,
    /// `/status/`, below a document root with a page of its own.
    SubFolder,
    /// `/mon/`, outside the document root.
    Alias,
    /// `/~NAME/`, a user's `public_html`.
    UserDir,
}

impl Mount {
    /// All of them.
    pub(crate) const ALL: [Self; 4] = [Self::Root, Self::SubFolder, Self::Alias, Self::UserDir];
}

/// Which module runs the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Module {
    /// `mod_cgi`, in the prefork server.
    Cgi,
    /// `mod_cgid`, in the event server.
    Cgid,
}

/// One kind of rented host.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Host {
    /// The site is there once for each of these.
    pub(crate) mounts: &'static [Mount],
    /// What runs the program.
    pub(crate) module: Module,
    /// Whether programs run as the owner of the site and not as the web server.
    pub(crate) suexec: bool,
    /// Whether the host lets programs run. If not, it lets `.htaccess` say so.
    pub(crate) exec_cgi: bool,
    /// Whether `mod_rewrite` is there.
    pub(crate) rewrite: bool,
    /// What else the host allows in `.htaccess`, besides what rewriting needs.
    pub(crate) also_allowed: &'static str,
}

impl Default for Host {
    fn default() -> Self {
        Self {
            mounts: &Mount::ALL,
            module: Module::Cgid,
            suexec: false,
            exec_cgi: true,
            rewrite: true,
            also_allowed: "",
        }
    }
}

impl Host {
    /// Starts Apache with the shipped files and `program` at each mount; `write_logs` is
    /// called with each `logs` folder.
    pub(crate) fn serve(self, program: &Path, write_logs: impl Fn(&Path)) -> Server {
        self.check_machine();
        let folder = tempfile::Builder::new()
            .prefix("site-monitor-test-")
            .tempdir_in(SUEXEC_ROOT)
            .unwrap_or_else(|e| panic!("a folder in {SUEXEC_ROOT}, as root: {e}"));
        set_mode(folder.path(), 0o755);
        let user = user_name();
        let janitor = Janitor::watch(folder.path(), &user);
        let wants_account = self.suexec && self.mounts.contains(&Mount::UserDir);
        let account = wants_account.then(|| Account::create(&folder.path().join("home"), &user));

        let mut sites: Vec<Mounted> = self
            .mounts
            .iter()
            .map(|&mount| Mounted::lay_out(mount, folder.path(), &user))
            .collect();
        for site in &sites {
            fill(&site.folder, program);
            write_logs(&site.folder.join("logs"));
            // Whatever the umask: the server reads all of it, and suEXEC refuses a program
            // that others may write.
            run("chmod", &["-R", "u=rwX,go=rX", &text(&site.folder)]);
            if self.suexec {
                let owner = match site.mount {
                    Mount::UserDir => user.as_str(),
                    _ => "nobody",
                };
                run(
                    "chown",
                    &["-R", &format!("{owner}:nogroup"), &text(&site.folder)],
                );
            }
        }

        let home = folder.path().join("server");
        make_dir(&home);
        for attempt in 1.. {
            choose_ports(&mut sites);
            write(
                &home.join("httpd.conf"),
                &self.config(&home, folder.path(), &sites),
            );
            match Daemon::start(&home, &sites) {
                Ok(daemon) => {
                    let log = home.join("error.log");
                    return Server {
                        sites,
                        log,
                        _daemon: daemon,
                        _account: account,
                        _folder: folder,
                        _janitor: janitor,
                    };
                }
                // Another program took a port after it was chosen.
                Err(log) if attempt < 5 && log.contains("could not bind") => {}
                Err(log) => panic!("Apache did not start as {self:?}:\n{log}"),
            }
        }
        unreachable!("the loop above ends by returning or by a panic")
    }

    fn check_machine(&self) {
        assert!(Path::new(APACHE).exists(), "{APACHE} is missing: {INSTALL}");
        make_dir(Path::new(SUEXEC_ROOT));
        if !self.suexec {
            return;
        }
        assert!(Path::new(SUEXEC).exists(), "{SUEXEC} is missing: {INSTALL}");
        let config = fs::read_to_string(SUEXEC_CONFIG)
            .unwrap_or_else(|e| panic!("{SUEXEC_CONFIG}: {e}: {INSTALL}"));
        let mut lines = config.lines();
        assert_eq!(
            (lines.next(), lines.next()),
            (Some(SUEXEC_ROOT), Some("public_html/cgi-bin")),
            "{SUEXEC_CONFIG} no longer says what Debian's package writes into it"
        );
        // suEXEC runs nothing if it can't write its own log here.
        make_dir(Path::new("/var/log/apache2"));
    }

    fn config(&self, home: &Path, folder: &Path, sites: &[Mounted]) -> String {
        let (server, runner) = match self.module {
            Module::Cgi => ("mpm_prefork", "cgi"),
            Module::Cgid => ("mpm_event", "cgid"),
        };
        let mut modules = vec![server, runner];
        modules.extend([
            "alias",
            "auth_basic",
            "authn_core",
            "authn_file",
            "authz_core",
            "authz_user",
            "autoindex",
            "deflate",
            "dir",
            "env",
            "filter",
            "headers",
            "mime",
            "setenvif",
            "userdir",
        ]);
        if self.rewrite {
            modules.push("rewrite");
        }
        if self.suexec {
            modules.push("suexec");
        }
        let mut text = String::new();
        for module in modules {
            let _ = writeln!(text, "LoadModule {module}_module {MODULES}/mod_{module}.so");
        }
        if self.module == Module::Cgid {
            let _ = writeln!(text, "ScriptSock {}/cgid.sock", home.display());
        }
        let _ = writeln!(text, "Suexec {}", if self.suexec { "On" } else { "Off" });
        // Directory lists are allowed, so that only the shipped files keep them away.
        let (allow, options) = if self.exec_cgi {
            ("FileInfo", "Indexes FollowSymLinks ExecCGI")
        } else {
            ("FileInfo Options=ExecCGI,Indexes", "Indexes FollowSymLinks")
        };
        let _ = write!(
            text,
            "ServerName localhost
DefaultRuntimeDir {home}
PidFile {home}/apache.pid
ErrorLog {home}/error.log
LogLevel warn
User www-data
Group www-data
StartServers 1
TypesConfig /etc/mime.types
UserDir disabled
DirectoryIndex index.html
<Directory />
Require all denied
AllowOverride None
Options None
</Directory>
<Directory {folder}>
Require all granted
AllowOverride {allow} {also_allowed}
Options {options}
</Directory>
",
            also_allowed = self.also_allowed,
            home = home.display(),
            folder = folder.display(),
        );
        for site in sites {
            text.push_str(&self.virtual_host(site, folder));
        }
        text
    }

    /// Each mount has a port of its own, because two of them want the document root.
    fn virtual_host(&self, site: &Mounted, folder: &Path) -> String {
        let address = format!("127.0.0.1:{}", site.port);
        let root = match site.mount {
            Mount::Root => &site.folder,
            _ => &folder.join("plain"),
        };
        let mut text = format!(
            "Listen {address}\n<VirtualHost {address}>\nDocumentRoot {}\n",
            root.display()
        );
        match site.mount {
            Mount::Root | Mount::SubFolder => {}
            Mount::Alias => {
                let _ = writeln!(text, "Alias /mon {}", site.folder.display());
            }
            // With suEXEC, Apache asks the system who the user is and where at home.
            Mount::UserDir if self.suexec => {
                text.push_str("UserDir enabled\nUserDir public_html\n");
            }
            Mount::UserDir => {
                let home = folder.join("home");
                let _ = writeln!(
                    text,
                    "UserDir enabled\nUserDir {}/*/public_html",
                    home.display()
                );
            }
        }
        if self.suexec && site.mount != Mount::UserDir {
            text.push_str("SuexecUserGroup nobody nogroup\n");
        }
        text + "</VirtualHost>\n"
    }
}

/// Apache, running. It stops when this is dropped.
#[derive(Debug)]
pub(crate) struct Server {
    /// The site at each mount, in the order asked for.
    pub(crate) sites: Vec<Mounted>,
    log: PathBuf,
    // Dropped in this order: a process keeps its account busy, and both use the folder.
    _daemon: Daemon,
    _account: Option<Account>,
    _folder: TempDir,
    _janitor: Janitor,
}

impl Server {
    /// The error log up to now.
    pub(crate) fn error_log(&self) -> String {
        fs::read(&self.log).map_or_else(
            |e| e.to_string(),
            |log| String::from_utf8_lossy(&log).into(),
        )
    }
}

/// Chooses a free port for each site. All are held until the last is chosen, so that no
/// two are the same.
fn choose_ports(sites: &mut [Mounted]) {
    let listeners: io::Result<Vec<TcpListener>> = sites
        .iter()
        .map(|_| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)))
        .collect();
    let listeners = listeners.unwrap_or_else(|e| panic!("a free port: {e}"));
    for (site, listener) in sites.iter_mut().zip(&listeners) {
        site.port = listener
            .local_addr()
            .unwrap_or_else(|e| panic!("a free port: {e}"))
            .port();
    }
}
