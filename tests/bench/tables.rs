//! The tables of times and memory: which commands stand side by side.

use std::process::Command;

use jiff::ToSpan;

use crate::measure::{Row, table};
use crate::peers::{self, DuckDb, Xan};
use crate::program::Program;
use crate::tree::{Made, Tree, end};

const OK: &str = "Status: 200";

/// The rows of two peers that every cold table has.
fn readers(tree: &Made) -> [Row<'_>; 2] {
    [
        Row::new("`cat`", || peers::cat(&tree.files)),
        Row::new("csv crate, every row, nothing counted", || {
            peers::csv_crate(&tree.files)
        })
        .begins(format!("{}\n", tree.rows)),
    ]
}

fn answer<'a>(what: String, program: &'a Program, tree: &'a Made, url: &'a str) -> Row<'a> {
    Row::new(what, move || program.ask(&tree.root, url)).begins(OK)
}

/// Every answer from the logs alone.
pub(crate) fn cold() {
    let tree = Tree::YEAR.made();
    let program = Program::cold();
    let (duckdb, xan) = (DuckDb::new(), Xan::new());
    let mut rows: Vec<Row<'_>> = readers(&tree).into();
    for url in ["/api/all", "/"] {
        rows.push(answer(format!("`{url}`"), &program, &tree, url));
    }
    for (name, kind) in DuckDb::KINDS {
        let count = || duckdb.count(kind, &tree.files);
        rows.push(Row::new(name, count).begins(format!(
            "{}
",
            tree.rows
        )));
    }
    rows.push(
        Row::new(Xan::NAME, || xan.count(&tree.files))
            .begins("サイト,状態,ステータスコード,checks\n"),
    );
    rows.push(
        Row::new("Python oracle, `/api/all`", || peers::oracle(&tree.root))
            .begins("{\"status\": 200")
            .once(),
    );
    table(
        &format!("Cold: without a cache ({})", tree.size()),
        "`cat`",
        &rows,
    );
}

/// The same, with a column of response times.
pub(crate) fn response_times() {
    let tree = Tree {
        response_time: true,
        ..Tree::YEAR
    }
    .made();
    let program = Program::cold();
    let mut rows: Vec<Row<'_>> = readers(&tree).into();
    for url in ["/api/all", "/"] {
        rows.push(answer(format!("`{url}`"), &program, &tree, url));
    }
    table(
        &format!("Cold, with response times ({})", tree.size()),
        "`cat`",
        &rows,
    );
}

/// The default settings, after a first request.
pub(crate) fn warm() {
    let tree = Tree::YEAR.made();
    let program = Program::warm();
    let tag = program.tag(&tree.root, "/api/all");
    let month = (end() - 6.months())
        .strftime("/?year_month=%Y%m")
        .to_string();
    let [_, csv_crate] = readers(&tree);
    let mut rows = vec![csv_crate];
    for (what, url) in [
        ("`/api/all`", "/api/all"),
        ("`/`", "/"),
        ("one site's page", "/?company=company00&site=site00"),
        ("one month's report", month.as_str()),
    ] {
        rows.push(answer(what.to_owned(), &program, &tree, url));
    }
    let unchanged = || {
        let mut command = program.ask(&tree.root, "/api/all");
        command.env("HTTP_IF_NONE_MATCH", &tag);
        command
    };
    rows.push(Row::new("`/api/all`, unchanged: 304", unchanged).begins("Status: 304"));
    table(
        &format!("Warm: the second request and later ({})", tree.size()),
        "csv crate",
        &rows,
    );
}

/// What starting costs.
pub(crate) fn smallest() {
    let tree = Tree::YEAR.made();
    let program = Program::warm();
    let hello = peers::hello();
    let method = || {
        let mut command = program.ask(&tree.root, "/api/all");
        command.env("REQUEST_METHOD", "POST");
        command
    };
    let rows = [
        Row::new("static C hello", || Command::new(&hello)).begins(OK),
        Row::new("unknown path: 404", || program.ask(&tree.root, "/nothing")).begins("Status: 404"),
        Row::new("`POST`: 405", method).begins("Status: 405"),
    ];
    table("The smallest requests", "C hello", &rows);
}

/// One tree after the other grows longer; each kind of answer is held against its own
/// twelve months.
pub(crate) fn growth() {
    let trees = [12, 24, 48].map(|months| {
        Tree {
            months,
            ..Tree::YEAR
        }
        .made()
    });
    let (cold, warm) = (Program::cold(), Program::warm());
    // A table each: what a cold request reads drives what a warm one needs from the caches.
    for (kind, program, urls) in [
        ("warm", &warm, ["/api/all", "/"]),
        ("cold", &cold, ["/api/all", "/"]),
    ] {
        let mut rows = Vec::new();
        for url in urls {
            let first = rows.len();
            for (months, tree) in [12, 24, 48].iter().zip(&trees) {
                let what = format!("`{url}`, {months} months");
                rows.push(answer(what, program, tree, url).against(first));
            }
        }
        table(
            &format!("Growth, {kind}: 50 sites at 5 minutes"),
            "12 months",
            &rows,
        );
    }
}

/// Many sites with few checks each: what a site costs.
pub(crate) fn sites() {
    let tree = Tree {
        companies: 20,
        sites_per_company: 50,
        months: 2,
        every_minutes: 30,
        response_time: false,
    }
    .made();
    let (cold, warm) = (Program::cold(), Program::warm());
    let mut rows: Vec<Row<'_>> = readers(&tree).into();
    for (kind, program) in [("cold", &cold), ("warm", &warm)] {
        for url in ["/api/all", "/"] {
            rows.push(answer(format!("`{url}`, {kind}"), program, &tree, url));
        }
    }
    table(&format!("1,000 sites ({})", tree.size()), "`cat`", &rows);
}
