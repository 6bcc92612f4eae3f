//! Parses the text of logs into checks and faults. An unusable file costs faults, never an error.
//! It touches no disk, so that anything with bytes can be read; what checks add up to is in
//! `stats/`.

pub mod buffer;
pub mod cells;
pub mod columns;
pub mod encoding;
pub mod fault;
pub mod notes;
pub mod plain;
pub mod reader;
pub mod record;
pub mod rows;
pub mod schema;
pub mod time;
pub mod userinfo;
