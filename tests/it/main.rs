//! All integration tests, in one binary: what a user relies on, from the outside.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::format_push_string,
    reason = "a test fails by panicking, and is not in a hurry"
)]

mod support;

// The shipped files on a real Apache, as rented hosts run them.
mod apache;
// The JSON routes, as scripts use them.
mod api;
// What a host, a disk, a clock or a monitor can do to a request.
mod faults;
// The numbers of a range, against a second oracle.
mod figures;
// The real executable: variables in, bytes out, settings, memory and FIFOs.
mod gateway;
// Many clients at once under a real Apache; see also `tests/load.sh`.
mod load;
// Agreement with the Python oracle over generated logs, and the sample logs.
mod oracle;
// Conditional requests.
mod conditional;
// The pages: golden files in both languages, escaping, links.
mod pages;
// The page that checks the installation.
mod check;

mod cache;
// What the README and the guide must say.
mod guides;
// Passwords, tokens and control characters in logs.
mod secrets;
// What is linked, and its licences.
mod licences;
// The rules of `src/README.md` about who may import whom.
mod tidy;
// Laws of settings, addresses, tags and kept files.
mod laws;
