//! Replies, new tickets and cancellations while any call to Chatwoot may meet any fault.

use std::path::Path;
use std::time::Duration;

use futures_util::future::try_join_all;

use crate::dice::Dice;
use crate::judge::{self, Told, judge};
use crate::person::Person;
use crate::proxy::{Seen, Sky};
use crate::stage::Stage;
use crate::{Outcome, Size};

/// So many of a hundred calls meet a fault.
const STORM: u64 = 25;
/// So many faults are met before it clears, for each hundred acts: most acts are taken while Chatwoot is away, and sent one by one
/// through the storm.
const MET: u64 = 50;
/// It does not last longer than this, in the clock's milliseconds.
const LASTS: u64 = 7_200_000;

pub(super) async fn run(program: &Path, size: Size, dice: Dice) -> Outcome<Told> {
    let stage = Stage::set_up(program, size.speed, dice, size.of(40, 20)).await?;
    stage.proxy.set(Sky::Storm(STORM));
    let each = size.of(50, 10);
    try_join_all(
        stage
            .people
            .iter()
            .map(|person| writes(person, each, &stage.dice)),
    )
    .await?;
    weather(&stage).await?;
    stage.clear();
    let tally = judge(&stage).await?;
    Ok(Told {
        words: figures(&stage.proxy.seen(), tally.writes),
        tally,
    })
}

/// Lets the storm go on until all that waits has come through it.
async fn weather(stage: &Stage) -> Outcome {
    let until = stage.clock.now() + LASTS;
    while judge::missing(stage) > 0 && stage.clock.now() < until {
        stage.pass(Duration::from_secs(5)).await;
        judge::try_again(stage).await?;
    }
    let (met, acts) = (stage.proxy.seen().met(), stage.book.len() as u64);
    if met * 100 < MET * acts {
        return Err(format!("{acts} acts met {met} faults, which proves little").into());
    }
    Ok(())
}

/// Opens some tickets, writes to them, cancels and goes on.
async fn writes(person: &Person, count: usize, dice: &Dice) -> Outcome {
    let mut tickets = vec![person.open("the printer").await?];
    for n in 1..count {
        let ticket = tickets[dice.one_of(tickets.len())].clone();
        match dice.below(10) {
            0 | 1 => tickets.push(person.open(&format!("thing {n}")).await?),
            2 => person.cancel(&ticket).await?,
            _ => {
                person
                    .reply(&ticket, &format!("reply {n} of {}", person.number))
                    .await?
            }
        }
    }
    Ok(())
}

/// What the proxy did, in words.
pub(super) fn figures(seen: &Seen, writes: usize) -> String {
    let faults = seen.met();
    let each: Vec<_> = seen
        .faults
        .iter()
        .map(|(name, count)| format!("{count} {name}"))
        .collect();
    format!(
        "{writes} writes in {} calls with {faults} faults ({})",
        seen.calls,
        each.join(", ")
    )
}
