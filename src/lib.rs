//! Uptime logs in, dashboard and JSON out: a CGI program for rented Apache hosts.
//!
//! One request is one call of [`app::respond`]: CGI variables become a request,
//! the request selects log files, the files become a [`stats::summary::Summary`],
//! and the summary becomes a page or JSON. `src/README.md` is the map of the rooms.

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test fails by panicking"))]

pub mod answer;
pub mod app;
pub mod assets;
pub mod cache;
pub mod calendar;
pub mod cgi;
pub mod check;
pub mod command;
pub mod config;
pub mod hide_query;
pub mod installation;
pub mod lang;
pub mod load;
pub mod log;
pub mod period;
pub mod problem;
pub mod query;
pub mod route;
pub mod stats;
pub mod store;
pub mod view;
