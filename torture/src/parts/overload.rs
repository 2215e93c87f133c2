//! Ten times as many requests at once as are served best: those that are accepted stay quick, the rest is refused at once, memory stays
//! within a bound, and five seconds later all is as before.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures_util::future::join_all;
use serde_json::{Value, json};
use server::clock::Clock;

use crate::dice::Dice;
use crate::judge::{Told, judge};
use crate::person::Person;
use crate::stage::Stage;
use crate::{Outcome, Size};

/// How many ask at once when all is well.
const USUAL: usize = 48;
/// How many ask at once then.
const TEN_TIMES: usize = 10 * USUAL;
/// An accepted request may take so many milliseconds at the 99th of a hundred. The machine is shared with those who ask.
const QUICK: u64 = 3_000;
/// Or so many times as long as usual, where the machine is slow: 256 run at once in the place of 48.
const TIMES: u64 = 8;
/// It may take so much more memory, in KiB.
const MEMORY: u64 = 128 * 1024;
/// It is well again within so many milliseconds.
const WELL_AGAIN: u64 = 5_000;

pub(super) async fn run(program: &Path, size: Size, dice: Dice) -> Outcome<Told> {
    let stage = Stage::set_up(program, size.speed, dice, 1).await?;
    let person = stage.people[0].clone();
    for n in 0..5 {
        let ticket = person.open(&format!("thing {n}")).await?;
        person.reply(&ticket, "and more of it").await?;
    }
    let lasts = Duration::from_secs(size.of(20, 4));
    let usual = crowd(&stage, USUAL, Duration::from_secs(2)).await?;
    let before = stage.portal.memory().unwrap_or(0);
    let crowded = crowd(&stage, TEN_TIMES, lasts).await?;
    let grown = stage.portal.memory().unwrap_or(0).saturating_sub(before);
    let machine = Clock::machine();
    let over = machine.now();
    while time(&person).await?.is_none_or(|took| took > 500) {
        if machine.now() > over + WELL_AGAIN {
            return Err("five seconds later it is not well again".into());
        }
    }
    let again = machine.now() - over;
    if crowded.p99 > QUICK.max(TIMES * usual.p99) {
        return Err(format!(
            "accepted requests took {} ms (p99), usual ones {}",
            crowded.p99, usual.p99
        )
        .into());
    }
    if grown > MEMORY {
        return Err(format!("it took {} MiB more memory", grown / 1024).into());
    }
    let tally = judge(&stage).await?;
    Ok(Told {
        words: format!(
            "{USUAL} at once: {} served, p99 {} ms; {TEN_TIMES} at once: {} served, p99 {} ms, {} refused, {} MiB more; well again after {again} ms",
            usual.served,
            usual.p99,
            crowded.served,
            crowded.p99,
            crowded.refused,
            grown / 1024
        ),
        tally,
    })
}

struct Crowd {
    served: usize,
    refused: usize,
    p99: u64,
}

fn list() -> Value {
    json!({ "after": null, "known": null })
}

/// So many ask again and again.
async fn crowd(stage: &Stage, size: usize, lasts: Duration) -> Outcome<Crowd> {
    let over = Arc::new(AtomicBool::new(false));
    let asking = (0..size).map(|_| {
        let (person, over) = (stage.people[0].clone(), Arc::clone(&over));
        tokio::spawn(async move { ask_on(&person, &over).await })
    });
    let asking: Vec<_> = asking.collect();
    tokio::time::sleep(lasts).await;
    over.store(true, Ordering::SeqCst);
    let (mut times, mut refused) = (Vec::new(), 0);
    for asked in join_all(asking).await {
        let (served, not) = asked??;
        times.extend(served);
        refused += not;
    }
    times.sort_unstable();
    let p99 = times.get(times.len() * 99 / 100).copied();
    Ok(Crowd {
        served: times.len(),
        refused,
        p99: p99.ok_or("nobody was served")?,
    })
}

async fn ask_on(person: &Person, over: &AtomicBool) -> Outcome<(Vec<u64>, usize)> {
    let (mut times, mut refused) = (Vec::new(), 0);
    while !over.load(Ordering::SeqCst) {
        match time(person).await? {
            Some(took) => times.push(took),
            None => {
                refused += 1;
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
    }
    Ok((times, refused))
}

/// How many milliseconds a list took; none if it was refused as it should be.
async fn time(person: &Person) -> Outcome<Option<u64>> {
    let machine = Clock::machine();
    let began = machine.now();
    let answer = person.call("tickets/list", &list()).await?;
    match answer.status {
        200 => Ok(Some(machine.now() - began)),
        429 | 503 => Ok(None),
        _ => Err(format!("under a crowd: {answer:?}").into()),
    }
}
