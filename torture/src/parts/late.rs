//! Chatwoot commits what it was sent up to 40 s after the portal had given it up, and answers everything else at once meanwhile.

use std::path::Path;
use std::time::Duration;

use futures_util::future::try_join_all;

use super::faults::figures;
use crate::dice::Dice;
use crate::judge::{Told, judge};
use crate::person::Person;
use crate::proxy::Sky;
use crate::stage::Stage;
use crate::{Outcome, Size};

/// The latest commit.
const LATEST: Duration = Duration::from_secs(40);

pub(super) async fn run(program: &Path, size: Size, dice: Dice) -> Outcome<Told> {
    let people = size.of(50, 20);
    let stage = Stage::set_up(program, size.speed, dice, people).await?;
    stage.proxy.set(Sky::Late(LATEST));
    try_join_all(
        stage
            .people
            .iter()
            .map(|person| writes(person, size.of(4, 3))),
    )
    .await?;
    // It stays so until all is there.
    let tally = judge(&stage).await?;
    Ok(Told {
        words: figures(&stage.proxy.seen(), tally.writes),
        tally,
    })
}

async fn writes(person: &Person, count: usize) -> Outcome {
    let ticket = person.open("the printer").await?;
    for n in 1..count {
        person.reply(&ticket, &format!("reply {n}")).await?;
    }
    Ok(())
}
