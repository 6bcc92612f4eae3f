//! Uptime logs in, dashboard and JSON out: a CGI program for rented Apache hosts.
//!
//! A request is one call of [`app::respond`]. `src/README.md` is the map of the rooms.

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test fails by panicking"))]

mod answer;
pub mod app;
mod assets;
mod cache;
pub mod calendar;
pub mod cgi;
pub mod check;
pub mod command;
pub mod config;
mod hide_query;
pub mod installation;
mod lang;
pub mod load;
pub mod log;
pub mod period;
mod problem;
pub mod query;
pub mod route;
pub mod stats;
pub mod store;
mod uptime_by;
mod view;
