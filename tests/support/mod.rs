//! What the test programs `it` and `host` share: a log folder, and the ways to ask about it.

pub(crate) mod logs;
pub(crate) mod program;
pub(crate) mod random;
pub(crate) mod site;
