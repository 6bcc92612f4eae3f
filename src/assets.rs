//! The files in `static/` that pages link to, and the version in their links. The web server sends
//! them; this program never does.

use xxhash_rust::const_xxh3::xxh3_64_with_seed;

/// The JavaScript modules, one for each behaviour. Every page works without them.
pub(crate) const MODULES: [&str; 7] = [
    "selection.js",
    "refresh.js",
    "ages.js",
    "table.js",
    "groups.js",
    "sort.js",
    "bars.js",
];

/// A hash of all files. It changes when any of them does, so browsers and proxies may cache them
/// forever.
pub(crate) const VERSION: u64 = {
    let files: [&[u8]; 15] = [
        include_bytes!("../static/style.css"),
        include_bytes!("../static/favicon.svg"),
        include_bytes!("../static/favicon-up.svg"),
        include_bytes!("../static/favicon-down.svg"),
        include_bytes!("../static/favicon-stale.svg"),
        include_bytes!("../static/page.js"),
        include_bytes!("../static/selection.js"),
        include_bytes!("../static/refresh.js"),
        include_bytes!("../static/ages.js"),
        include_bytes!("../static/table.js"),
        include_bytes!("../static/groups.js"),
        include_bytes!("../static/sort.js"),
        include_bytes!("../static/bars.js"),
        include_bytes!("../static/days.js"),
        include_bytes!("../static/check.js"),
    ];
    let mut hash = 0;
    let mut at = 0;
    while at < files.len() {
        hash = xxh3_64_with_seed(files[at], hash);
        at += 1;
    }
    hash
};
