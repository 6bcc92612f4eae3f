//! HTTP over CGI (RFC 3875): requests, responses and their headers. It has a room of its own,
//! because it knows nothing of uptime; which paths exist is decided in `route`.

pub mod conditional;
pub mod query_string;
pub mod request;
pub mod response;
pub mod vars;
