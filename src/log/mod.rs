//! CSV logs to checks and faults, and the only access to the logs.

pub mod encoding;

pub mod fault;

pub mod directory;

pub mod belief;

pub mod clock;

pub mod columns;

pub mod userinfo;

pub mod cells;

pub mod buffer;

pub mod record;

pub mod rows;

pub mod plain;

pub mod reader;

pub mod folder;

pub mod survey;

pub mod url_head;

pub mod part;

pub mod rollup_folder;

pub mod rollup;

pub mod keeper;

pub mod unsorted;

pub mod reading;
