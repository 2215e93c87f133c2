//! Replies, new tickets and cancellations while any call to Chatwoot may meet any fault.

use std::path::Path;

use futures_util::future::try_join_all;

use crate::dice::Dice;
use crate::judge::{Told, judge};
use crate::person::Person;
use crate::proxy::{Seen, Sky};
use crate::stage::Stage;
use crate::{Outcome, Size};

/// So many of a hundred calls meet a fault.
const STORM: u64 = 25;

pub(super) async fn run(program: &Path, size: Size, dice: Dice) -> Outcome<Told> {
    let stage = Stage::set_up(program, dice, size.of(40, 20)).await?;
    stage.proxy.set(Sky::Storm(STORM));
    let each = size.of(50, 10);
    try_join_all(
        stage
            .people
            .iter()
            .map(|person| writes(person, each, &stage.dice)),
    )
    .await?;
    stage.clear();
    let tally = judge(&stage).await?;
    Ok(Told {
        words: figures(&stage.proxy.seen(), tally.writes),
        tally,
    })
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
    let faults: u64 = seen.faults.values().sum();
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
