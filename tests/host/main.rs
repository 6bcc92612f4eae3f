//! What only a whole host shows, or takes minutes. `tests/run.sh` installs what these tests need
//! (Debian's Apache, strace, Python and more) and runs them; a plain `cargo test` does not.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::format_push_string,
    reason = "a test fails by panicking, and is not in a hurry"
)]

#[allow(dead_code, reason = "`it` uses the rest")]
#[path = "../support/mod.rs"]
mod support;

// The shipped files on a real Apache, as rented hosts run them.
mod apache;
// The cache between processes.
mod cache;
// What a host, a disk, a clock or a monitor can do to a request.
mod faults;
// Many clients at once under a real Apache; see also `tests/load.sh`.
mod load;
// Agreement with the Python oracles over generated logs.
mod oracle;
// A real Apache on loopback, and its client.
mod server;

use std::time::Duration;

/// Longer than a log must have been unchanged before the program caches what it reads of it.
const SETTLED: Duration = Duration::from_millis(2200);
