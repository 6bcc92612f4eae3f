//! What a user relies on, from the outside, on any machine with Rust: no root, no other program.
//! What needs more is in `tests/host`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::format_push_string,
    reason = "a test fails by panicking, and is not in a hurry"
)]

#[path = "../support/mod.rs"]
mod support;

// The JSON routes, as scripts use them.
mod api;
// A cached answer is the answer without a cache.
mod cache;
// The page that checks the installation.
mod check;
// Conditional requests.
mod conditional;
// Incidents, downtime, coverage.
mod figures;
// The real executable: variables in, bytes out, settings, memory and FIFOs.
mod gateway;
mod golden;
// What the README and the guide must say.
mod guides;
// Laws of settings, addresses, tags and cache files.
mod laws;
// What is linked, and its licences.
mod licences;
// A company's notes: which are read, and what is wrong with the others.
mod notes;
// The pages: golden files in both languages, escaping, links.
mod pages;
// The sample logs.
mod sample;
// Passwords, tokens and control characters in logs.
mod secrets;
// The rules of `src/README.md` about who may import whom.
mod tidy;
// The rules of time, beside the same rules written plainly.
mod time;
