//! The CGI executable: everything it does is in [`site_monitor::command::gateway`].

use std::process::ExitCode;

fn main() -> ExitCode {
    site_monitor::command::gateway::run()
}
