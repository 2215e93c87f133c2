//! The portal is killed wherever it is, and now and then asked to stop, while people write.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures_util::future::try_join_all;

use crate::dice::Dice;
use crate::judge::{Told, judge};
use crate::person::Person;
use crate::proxy::Sky;
use crate::stage::Stage;
use crate::{Outcome, Size};

/// It is killed within so many milliseconds of its first answer, and as many times as long as the start before it took.
const LIFE: u64 = 700;
const AS_LONG_AS_STARTS: u64 = 3;
/// A stop that is asked for has to be done within this, in milliseconds.
const STOPPED: u64 = 10_000;

pub(super) async fn run(program: &Path, size: Size, dice: Dice) -> Outcome<Told> {
    let mut stage = Stage::set_up(program, size.speed, dice, 8).await?;
    stage.proxy.set(Sky::Storm(8));
    let over = Arc::new(AtomicBool::new(false));
    let people = stage.people.clone();
    let writing = tokio::spawn({
        let (over, dice) = (Arc::clone(&over), stage.dice.another());
        async move { try_join_all(people.iter().map(|person| write_on(person, &over, &dice))).await }
    });
    let kills = size.of(500, 15);
    let (mut stops, mut slowest_start, mut slowest_stop, mut memory) = (0, 0, 0, 0);
    let mut started = 0;
    for n in 1..=kills {
        // On a busy machine it lives longer, or nothing would ever be written.
        let life = stage.dice.below(LIFE + AS_LONG_AS_STARTS * started);
        tokio::time::sleep(Duration::from_millis(life)).await;
        memory = memory.max(stage.portal.memory().unwrap_or(0));
        stage.portal.kill()?;
        started = stage.portal.begin().await?;
        slowest_start = slowest_start.max(started);
        if n % 10 == 5 {
            tokio::time::sleep(Duration::from_millis(stage.dice.below(400))).await;
            let (status, took) = stage.portal.stop().await?;
            if !status.success() || took > STOPPED {
                return Err(format!(
                    "asked to stop it ended with {status} after {took} ms: {}",
                    stage.portal.log()
                )
                .into());
            }
            stops += 1;
            slowest_stop = slowest_stop.max(took);
            stage.portal.begin().await?;
        }
        if writing.is_finished() {
            break;
        }
    }
    over.store(true, Ordering::SeqCst);
    writing.await??;
    stage.clear();
    let tally = judge(&stage).await?;
    Ok(Told {
        words: format!(
            "{} writes over {kills} kills and {stops} stops; slowest start {slowest_start} ms, slowest stop {slowest_stop} ms, most memory {} MiB",
            tally.writes,
            memory / 1024
        ),
        tally,
    })
}

async fn write_on(person: &Person, over: &AtomicBool, dice: &Dice) -> Outcome {
    let mut tickets = vec![person.open("the printer").await?];
    let mut n = 0;
    while !over.load(Ordering::SeqCst) {
        n += 1;
        let ticket = tickets[dice.one_of(tickets.len())].clone();
        match dice.below(12) {
            0 => tickets.push(person.open(&format!("thing {n}")).await?),
            1 => person.cancel(&ticket).await?,
            _ => {
                person
                    .reply(&ticket, &format!("reply {n} of {}", person.number))
                    .await?
            }
        }
        // Not much faster than the portal may send it: else hours of the clock are waited for in the end.
        tokio::time::sleep(Duration::from_millis(100 + dice.below(400))).await;
    }
    Ok(())
}
