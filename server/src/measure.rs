//! `chatwoot-portal measure`: what `cargo xtask bench` cannot see from outside, a line `name value unit` for each.

mod bare;
mod finding;
mod growing;
mod storing;

use std::hint::black_box;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use tokio::time::Instant;

use crate::clock::Clock;
use crate::markup::{html, markdown, plain};
use crate::program::refuse;
use crate::rate_limit::{InMemory, LimitedAction, Limits, Rates, Who};

/// Each is the best of so many tries: what others do on the machine is not its time.
const TRIES: usize = 5;
/// Allowances whose memory is taken.
const KEYS: usize = 1_000_000;
/// Sessions in a store that is opened.
const SESSIONS: u32 = 100_000;
/// Customers in a store with a hundred thousand tickets.
const CUSTOMERS: u32 = 10_000;
/// Texts that are one thing again and again: what parsers are slow in.
const AGAIN: [&str; 60] = [
    ">",
    "> ",
    "[",
    "[]",
    "[](",
    "[a](b",
    "[a](",
    "![",
    "*",
    "_",
    "*_",
    "~",
    "**a",
    "*a ",
    "a*",
    "a**b*c",
    "(",
    ")",
    "`",
    "`a",
    "` ``",
    "[[a](b)](c)",
    "[a][b]",
    "[a]: b\n",
    "[^a]",
    "|",
    "|a",
    "a|b\n-|-\n",
    "- ",
    "> - ",
    "1. ",
    "<",
    "<div>",
    "</",
    "<!--",
    "<a href=",
    "&",
    "&amp;",
    "&#1;",
    "\\",
    "\n",
    "a\n",
    "> a\n\n",
    "\n\n    a",
    "https://a.b/ ",
    "a@b.c ",
    "http://a(",
    "é",
    "<b>",
    "<b>a<i>",
    "<p>a",
    "<ul><li>",
    "<blockquote>a",
    "<a href='https://a.b'>a",
    "<img src='https://a.b'>",
    "</b>",
    "<b a",
    "<td>a",
    "<pre>\n",
    "<div class=gmail_quote>a",
];

/// Answers with what the file `answer` in this folder says, with nothing of the portal in between, until it is ended.
pub async fn serve_bare(folder: &Path, port: u16) -> ExitCode {
    match bare::serve(&folder.join("answer"), port).await {
        Ok(never) => match never {},
        Err(error) => refuse(&error),
    }
}

/// Prints every figure; what needs a store gets it in this folder, which holds none.
pub async fn run(folder: &Path) -> ExitCode {
    let stored = storing::lines(&folder.join("storing"), SESSIONS).await;
    let grown = growing::lines(&folder.join("growing"), CUSTOMERS).await;
    for lines in [stored, grown] {
        match lines {
            Ok(lines) => println!("{}", lines.join("\n")),
            Err(error) => return refuse(&error),
        }
    }
    for (name, length) in [
        ("markup_of_1_mib_worst", 1 << 20),
        // Below what is cut short, and so not slower for being longer.
        ("markup_of_96_kib_worst", 96 << 10),
    ] {
        let (time, piece) = slowest(length);
        println!("{name} {:.3} ms", millis(time));
        eprintln!("{name}: {piece:?}");
    }
    let before = memory();
    let limits = full();
    if let (Some(before), Some(after)) = (before, memory()) {
        println!("memory_of_limiter_at_1e6_keys {:.3} MiB", after - before);
    }
    drop(limits);
    match finding::lines(folder).await {
        Ok(lines) => {
            println!("{}", lines.join("\n"));
            ExitCode::SUCCESS
        }
        Err(error) => refuse(&error),
    }
}

/// The longest time that a text of this length takes, and what it is made of.
fn slowest(length: usize) -> (Duration, &'static str) {
    let one = |piece: &&'static str| (time(&piece.repeat(length / piece.len())), *piece);
    AGAIN.iter().map(one).max().unwrap_or_default()
}

/// How long a text takes to become nodes and to be written for the browser, as what takes longest: an agent's, a customer's, a mail.
fn time(text: &str) -> Duration {
    let best = |read: fn(&str) -> Vec<app::tickets::markup::Node>| {
        let once = || {
            let begun = Instant::now();
            let nodes = read(text);
            let written = serde_json::to_vec(&nodes);
            black_box((&nodes, &written));
            begun.elapsed()
        };
        (0..TRIES).map(|_| once()).min().unwrap_or_default()
    };
    best(markdown).max(best(plain)).max(best(html))
}

/// A limiter that remembers as many as it is measured with.
fn full() -> InMemory {
    let limits = InMemory::new(Clock::still(1_790_000_000_000), KEYS, Rates::default());
    for n in 0..KEYS as u128 {
        let _ = limits.take(LimitedAction::MailToAddress, Who::Named(n.to_be_bytes()));
    }
    limits
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// Memory of this process in MiB, where the system tells.
fn memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|it| it.strip_prefix("VmRSS:"))?;
    let kibibytes: f64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kibibytes / 1024.0)
}
