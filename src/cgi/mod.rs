//! HTTP over CGI (RFC 3875). Knows requests and responses; knows nothing of uptime.

pub mod conditional;
pub mod query_string;
pub mod request;
pub mod response;
pub mod vars;
