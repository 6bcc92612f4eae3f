//! Running whole processes in turns, and a table of their medians and peak memory.

use std::io::Read;
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::tools::tool;

/// A row of a table: a command, and the row it is held against.
pub(crate) struct Row<'a> {
    what: String,
    command: Box<dyn Fn() -> Command + 'a>,
    begins: String,
    peer: usize,
    once: bool,
}

impl<'a> Row<'a> {
    /// A command whose peer is the first row of its table.
    pub(crate) fn new(what: impl Into<String>, command: impl Fn() -> Command + 'a) -> Self {
        Self {
            what: what.into(),
            command: Box::new(command),
            begins: String::new(),
            peer: 0,
            once: false,
        }
    }

    /// What the output must begin with, so that no wrong answer is ever timed.
    pub(crate) fn begins(mut self, begins: impl Into<String>) -> Self {
        self.begins = begins.into();
        self
    }

    /// Another peer than the first row.
    pub(crate) fn against(mut self, row: usize) -> Self {
        self.peer = row;
        self
    }

    /// One run is enough: a peer that nobody chooses for its speed is not worth minutes.
    pub(crate) fn once(mut self) -> Self {
        self.once = true;
        self
    }

    /// Runs the command once under GNU time, which writes the peak memory to stderr in KB;
    /// returns it and the seconds taken. The wrapper costs more than a small program, so the
    /// seconds only count where they are many.
    fn run_for_memory(&self) -> (u64, f64) {
        let plain = (self.command)();
        let mut command = Command::new(tool("time", "time"));
        command.args(["-f", "%M"]).arg(plain.get_program());
        command.args(plain.get_args()).env_clear();
        // A command without an environment of its own must keep ours (PATH, for one); one
        // that cleared it can't be told apart, but names all that it needs.
        let own: Vec<_> = plain.get_envs().collect();
        if own.is_empty() {
            command.envs(std::env::vars_os());
        }
        command.envs(
            own.into_iter()
                .filter_map(|(key, value)| Some((key, value?))),
        );
        if let Some(folder) = plain.get_current_dir() {
            command.current_dir(folder);
        }
        let checked = !self.begins.is_empty();
        let start = Instant::now();
        let mut child = command
            .stdin(Stdio::null())
            .stdout(if checked {
                Stdio::piped()
            } else {
                Stdio::null()
            })
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut output = Vec::new();
        if let Some(mut stdout) = child.stdout.take() {
            stdout.read_to_end(&mut output).unwrap();
        }
        let ended = child.wait_with_output().unwrap();
        let seconds = start.elapsed().as_secs_f64();
        let errors = String::from_utf8_lossy(&ended.stderr);
        assert!(ended.status.success(), "{}: {errors}", self.what);
        assert!(
            output.starts_with(self.begins.as_bytes()),
            "{} does not begin with {:?} but: {:.200}",
            self.what,
            self.begins,
            String::from_utf8_lossy(&output)
        );
        let memory = errors.lines().last().and_then(|line| line.parse().ok());
        (memory.unwrap(), seconds)
    }

    /// The seconds of one run, and nothing around it.
    fn run_for_time(&self) -> f64 {
        let mut command = (self.command)();
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let start = Instant::now();
        let status = command.status().unwrap();
        let seconds = start.elapsed().as_secs_f64();
        assert!(status.success(), "{}", self.what);
        seconds
    }
}

/// What a row's runs gave.
pub(crate) struct Measured {
    /// In order.
    seconds: Vec<f64>,
    /// Peak memory in KB.
    memory: u64,
}

impl Measured {
    fn median(&self) -> f64 {
        self.seconds[self.seconds.len() / 2]
    }
}

/// How often a command is run for its time: the shorter, the more the machine's other work
/// shows, and the cheaper a run is.
fn runs(seconds: f64) -> usize {
    match seconds {
        ..0.02 => 200,
        ..0.2 => 30,
        ..2.0 => 7,
        _ => 5,
    }
}

/// Measures rows side by side and prints them. `peer` names what the last column divides by.
pub(crate) fn table(title: &str, peer: &str, rows: &[Row<'_>]) {
    println!("\n### {title}\n");
    println!("| what | median ms | least–most | runs | peak memory MB | ÷ {peer} |");
    println!("| --- | ---: | ---: | ---: | ---: | ---: |");
    let measured = measure(rows);
    for (row, own) in rows.iter().zip(&measured) {
        let ratio = own.median() / measured[row.peer].median();
        println!(
            "| {} | {} | {}–{} | {} | {} | {} |",
            row.what,
            digits(own.median() * 1e3),
            digits(own.seconds[0] * 1e3),
            digits(own.seconds[own.seconds.len() - 1] * 1e3),
            own.seconds.len(),
            digits(to_float(own.memory) / 1024.0),
            digits(ratio),
        );
    }
}

/// Runs the rows in turns, so that a slow minute of the machine is everyone's.
fn measure(rows: &[Row<'_>]) -> Vec<Measured> {
    let mut measured = Vec::new();
    let mut turns = Vec::new();
    for row in rows {
        // The first run fills caches: the system's of files, and what the program keeps.
        let (mut memory, first) = row.run_for_memory();
        let mut seconds = Vec::new();
        if row.once {
            seconds.push(first);
        } else {
            let second;
            (memory, second) = row.run_for_memory();
            turns.push((measured.len(), runs(second)));
        }
        measured.push(Measured { seconds, memory });
    }
    let rounds = turns.iter().map(|(_, runs)| *runs).max().unwrap_or(0);
    for round in 0..rounds {
        for (row, runs) in &turns {
            // Few runs are spread over all rounds.
            if (round + 1) * runs / rounds > round * runs / rounds {
                measured[*row].seconds.push(rows[*row].run_for_time());
            }
        }
    }
    for row in &mut measured {
        row.seconds.sort_by(f64::total_cmp);
    }
    measured
}

/// A number to three digits, as far as they say anything: `1234`, `12.3`, `0.0123`.
pub(crate) fn digits(number: f64) -> String {
    match number {
        n if n >= 100.0 => format!("{n:.0}"),
        n if n >= 10.0 => format!("{n:.1}"),
        n if n >= 0.1 || n <= 0.0 => format!("{n:.2}"),
        n if n >= 0.01 => format!("{n:.3}"),
        n => format!("{n:.4}"),
    }
}

/// A count as a number to divide; none here comes near 2^52.
#[allow(clippy::cast_precision_loss, reason = "counts of this bench are exact")]
pub(crate) fn to_float(count: u64) -> f64 {
    count as f64
}
