//! The CGI executable, which is [`site_monitor::command::gateway`].

use std::process::ExitCode;

fn main() -> ExitCode {
    site_monitor::command::gateway::run()
}
