//! What files cost in memory on their way in: 64 of 10 MiB each, all of them half there at the same moment.

use std::path::Path;
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::Duration;

use super::portal::{Portal, Visitor, folder};
use super::process::pause;
use super::stage::Stage;
use super::{Figure, Goal};
use crate::problem::{Outcome, Problem};

/// Customers, and files of each at a time: as many as one may send at once.
const CUSTOMERS: usize = 8;
const FILES: usize = 8;
const SIZE: usize = 10 * 1024 * 1024;
/// After this long the portal is idle again.
const QUIET: Duration = Duration::from_secs(8);

/// Signs in eight customers, who send eight files each.
pub(super) fn figures(program: &Path, stage: &mut Stage) -> Outcome<Vec<Figure>> {
    let portal = Portal::start_anew(program, &folder().join("sending"), &stage.near)?;
    let mut visitors = Vec::new();
    for n in 0..CUSTOMERS {
        let address = format!("sender{n}@example.com");
        let mut visitor = portal.visitor();
        visitor.come_from(&format!("198.51.100.{}", n + 1));
        stage.add_contact(&address)?;
        stage.sign_in(&mut visitor, &address)?;
        visitors.push(visitor);
    }
    pause(QUIET);
    let Some(idle) = portal.process.memory() else {
        return Ok(Vec::new());
    };
    let half = Arc::new(Barrier::new(CUSTOMERS * FILES + 1));
    let mut sending = Vec::new();
    for (n, visitor) in visitors.iter().enumerate() {
        for file in 0..FILES {
            let (visitor, half) = (visitor.again(), Arc::clone(&half));
            let id = format!("00000000-0000-4000-8000-{:012}", n * FILES + file + 1);
            sending.push(thread::spawn(move || send(&visitor, &id, &half)));
        }
    }
    half.wait();
    let on_the_way = portal.process.memory().unwrap_or(idle);
    half.wait();
    for one in sending {
        let sent = one.join();
        sent.map_err(|_| Problem::new("a file's thread panicked".to_owned()))??;
    }
    let most = portal.process.most_memory().unwrap_or(idle);
    Ok(vec![
        Figure::new(
            "memory_64_files_half_there_above_idle",
            on_the_way - idle,
            "MiB",
            Goal::AtMost(64.0),
        ),
        Figure::new(
            "memory_64_files_most_above_idle",
            most - idle,
            "MiB",
            Goal::AtMost(64.0),
        ),
    ])
}

/// Sends half a file, waits for the others, is measured, and sends the rest.
fn send(visitor: &Visitor, id: &str, half: &Barrier) -> Outcome {
    let part = vec![b'x'; 64 * 1024];
    let parts = SIZE / part.len();
    let begun = visitor.begin_file(id, SIZE).and_then(|mut sending| {
        for _ in 0..parts / 2 {
            sending.part(&part)?;
        }
        Ok(sending)
    });
    half.wait();
    half.wait();
    let mut sending = begun?;
    for _ in parts / 2..parts {
        sending.part(&part)?;
    }
    let answer = sending.answer()?;
    if answer.status == 201 {
        return Ok(());
    }
    let words = String::from_utf8_lossy(&answer.body).into_owned();
    Err(Problem::new(format!("a file: {} {words}", answer.status)))
}
