//! The disk is full: no file of the portal's may grow past a limit. What it cannot keep it does not take, and it goes on reading.

use std::path::Path;
use std::time::Duration;

use serde_json::json;

use crate::dice::Dice;
use crate::judge::{Told, judge};
use crate::person::Person;
use crate::stage::Stage;
use crate::written::{Act, Written};
use crate::{Outcome, Size};

/// The largest file, in KiB.
const LARGEST: u64 = 768;
/// So many writes are to be refused.
const REFUSALS: usize = 20;
/// More are not tried.
const MOST: usize = 2000;

pub(super) async fn run(program: &Path, size: Size, dice: Dice) -> Outcome<Told> {
    let mut stage = Stage::set_up(program, size.speed, dice, 1).await?;
    let person = stage.people[0].clone();
    let ticket = person.open("the printer").await?;
    stage.pass(Duration::from_secs(20)).await;
    stage.portal.stop().await?;
    stage
        .portal
        .starts_with(|start| start.largest_file = Some(LARGEST));
    stage.portal.begin().await?;
    let (mut taken, mut refused) = (0, 0);
    while refused < REFUSALS {
        if taken + refused > MOST {
            return Err("the disk was never full".into());
        }
        if writes(&stage, &person, &ticket, taken + refused).await? {
            taken += 1;
        } else {
            refused += 1;
            reads(&person, &ticket).await?;
        }
    }
    let (status, _) = stage.portal.stop().await?;
    if !status.success() {
        return Err(format!("it ended with {status}: {}", stage.portal.log()).into());
    }
    stage.portal.starts_with(|start| start.largest_file = None);
    stage.portal.begin().await?;
    let tally = judge(&stage).await?;
    Ok(Told {
        words: format!("{taken} writes taken, {refused} refused on a full disk; reading went on"),
        tally,
    })
}

/// Whether a reply was taken. Anything but "not now" to one that was not is wrong.
async fn writes(stage: &Stage, person: &Person, ticket: &str, n: usize) -> Outcome<bool> {
    let key = stage.dice.uuid();
    let text = format!("reply {n}: {}", "x".repeat(4000));
    let body = json!({ "ticket": ticket, "key": key, "text": text });
    let answer = person.call("tickets/reply", &body).await?;
    match answer.status {
        200 => {
            let (act, person) = (Act::Reply, person.number);
            stage.book.note(ticket, Written::of(act, key, person));
            Ok(true)
        }
        503 => Ok(false),
        _ => Err(format!("a reply on a full disk: {answer:?}").into()),
    }
}

async fn reads(person: &Person, ticket: &str) -> Outcome {
    let list = json!({ "after": null, "known": null });
    let show = json!({ "ticket": ticket, "earlier": null, "known": null });
    for (endpoint, body) in [("tickets/list", list), ("tickets/show", show)] {
        let answer = person.call(endpoint, &body).await?;
        if answer.status != 200 {
            return Err(format!("{endpoint} on a full disk: {answer:?}").into());
        }
    }
    Ok(())
}
