//! What the tests share: logs in a temporary folder, golden files.

pub(crate) mod apache;
pub(crate) mod generate;
pub(crate) mod golden;
pub(crate) mod oracle;
pub(crate) mod random;
pub(crate) mod site;
