//! The text of logs to checks and faults. A file that can't be used costs faults, never an error.
//! Nothing here knows folders or opens files: whoever has bytes can have them read.
//! What checks add up to is not known here either; that is `stats/`.

pub mod buffer;
pub mod cells;
pub mod columns;
pub mod encoding;
pub mod fault;
pub mod plain;
pub mod reader;
pub mod record;
pub mod rows;
pub mod schema;
pub mod time;
pub mod userinfo;
