//! What an open page costs, and how soon it is told: a thousand streams, and agents who answer one after the other.

use std::io::{ErrorKind, Read};
use std::net::TcpStream;
use std::path::Path;
use std::time::Duration;

use serde_json::json;

use super::portal::{Portal, Visitor, folder};
use super::process::{pause, wait_until};
use super::spread::Spread;
use super::stage::Stage;
use super::{Figure, Goal};
use crate::problem::{During, Outcome, Problem};
use crate::stopwatch::Stopwatch;

/// As many as the portal mails to at once, with some left.
const CUSTOMERS: usize = 50;
/// As many as one customer may have.
const EACH: usize = 20;
/// Answers of agents, a few of each second: as many as are read at once and some more.
const ANSWERS: usize = 150;
const BETWEEN: Duration = Duration::from_millis(200);
/// After this long the portal is idle again.
const QUIET: Duration = Duration::from_secs(3);
/// What has not come by then does not come.
const PATIENCE: Duration = Duration::from_secs(10);

/// Somebody with a ticket and many pages.
struct Watcher {
    ticket: String,
    number: u64,
    visitor: Visitor,
    streams: Vec<TcpStream>,
}

/// Opens the streams, and measures how long an answer takes to each page of its customer, from the moment in which the agent sends it.
pub(super) fn figures(program: &Path, stage: &mut Stage) -> Outcome<Vec<Figure>> {
    let portal = Portal::start_anew(program, &folder().join("live"), &stage.near)?;
    let mut watchers = Vec::new();
    for n in 0..CUSTOMERS {
        watchers.push(watcher(&portal, stage, n)?);
    }
    pause(QUIET);
    let before = portal.process.memory();
    for watcher in &mut watchers {
        for _ in 0..EACH {
            let mut stream = watcher.visitor.open_stream("/portal/live")?;
            until(&mut stream, "event: version")?;
            watcher.streams.push(stream);
        }
    }
    pause(QUIET);
    let mut figures = Vec::new();
    if let (Some(before), Some(after)) = (before, portal.process.memory()) {
        #[expect(clippy::cast_precision_loss, reason = "a thousand")]
        let each = (after - before) * 1024.0 / (CUSTOMERS * EACH) as f64;
        figures.push(Figure::new(
            "memory_of_a_stream",
            each,
            "KiB",
            Goal::AtMost(12.0),
        ));
    }
    for watcher in &mut watchers {
        for stream in &mut watcher.streams {
            stream.set_nonblocking(true).during("a stream")?;
            drain(stream)?;
        }
    }
    let mut times = Vec::new();
    for n in 0..ANSWERS {
        let watcher = &mut watchers[n % CUSTOMERS];
        for stream in &mut watcher.streams {
            drain(stream)?;
        }
        let clock = Stopwatch::start();
        stage.answer(watcher.number, &format!("Answer {n}"))?;
        times.extend(told(watcher, &clock)?);
        pause(BETWEEN.saturating_sub(clock.elapsed()));
    }
    let times = Spread::of(times);
    figures.extend([
        Figure::ms(
            "answer_to_1000_streams_p50",
            times.p50(),
            Goal::AtMost(30.0),
        ),
        Figure::ms(
            "answer_to_1000_streams_p99",
            times.p99(),
            Goal::AtMost(100.0),
        ),
    ]);
    Ok(figures)
}

fn watcher(portal: &Portal, stage: &mut Stage, n: usize) -> Outcome<Watcher> {
    let address = format!("watcher{n}@example.com");
    let mut visitor = portal.visitor();
    visitor.come_from(&format!("198.51.7.{}", n + 1));
    stage.add_contact(&address)?;
    stage.sign_in(&mut visitor, &address)?;
    let new = json!({
        "key": format!("00000000-0000-4000-8000-{n:012}"), "subject": "Printer", "message": "It burns",
    });
    let ticket = visitor.call("tickets/open", &json!({ "new": new }))?;
    let number = wait_until("a ticket's number", || {
        let list = visitor.call("tickets/list", &json!({ "after": null, "known": null }))?;
        Ok(list["changed"]["rows"][0]["number"].as_u64())
    })?;
    Ok(Watcher {
        ticket: ticket.as_str().unwrap_or_default().to_owned(),
        number,
        visitor,
        streams: Vec::new(),
    })
}

/// How long each stream took to tell of the ticket.
fn told(watcher: &mut Watcher, clock: &Stopwatch) -> Outcome<Vec<Duration>> {
    let wanted = format!("event: ticket\ndata: {}", watcher.ticket);
    let mut heard = vec![String::new(); watcher.streams.len()];
    let mut times = Vec::new();
    let mut left: Vec<usize> = (0..watcher.streams.len()).collect();
    while !left.is_empty() {
        if clock.elapsed() > PATIENCE {
            return Err(Problem::new("an answer was not told"));
        }
        let mut still = Vec::new();
        for n in left {
            heard[n].push_str(&ready(&mut watcher.streams[n])?);
            if heard[n].contains(&wanted) {
                times.push(clock.elapsed());
            } else {
                still.push(n);
            }
        }
        left = still;
        pause(Duration::from_micros(200));
    }
    Ok(times)
}

/// Reads until there is nothing more.
fn drain(stream: &mut TcpStream) -> Outcome {
    while !ready(stream)?.is_empty() {}
    Ok(())
}

fn ready(stream: &mut TcpStream) -> Outcome<String> {
    let mut bytes = [0; 4096];
    match stream.read(&mut bytes) {
        Ok(0) => Err(Problem::new("a stream was closed")),
        Ok(count) => Ok(String::from_utf8_lossy(&bytes[..count]).into_owned()),
        Err(error) if error.kind() == ErrorKind::WouldBlock => Ok(String::new()),
        Err(error) => Err(error).during("reading a stream"),
    }
}

fn until(stream: &mut TcpStream, words: &str) -> Outcome {
    let mut heard = String::new();
    while !heard.contains(words) {
        let more = ready(stream)?;
        if more.is_empty() {
            return Err(Problem::new(format!("a stream began with {heard}")));
        }
        heard.push_str(&more);
    }
    Ok(())
}
