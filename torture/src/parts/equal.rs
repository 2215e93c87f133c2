//! Fifty equal posts at once: one message, fifty equal answers, and the same answer later.

use std::path::Path;
use std::time::Duration;

use futures_util::future::try_join_all;
use serde_json::json;

use crate::dice::Dice;
use crate::judge::{Told, judge};
use crate::stage::Stage;
use crate::written::{Act, Written};
use crate::{Outcome, Size};

const AT_ONCE: usize = 50;

pub(super) async fn run(program: &Path, size: Size, dice: Dice) -> Outcome<Told> {
    let stage = Stage::set_up(program, size.speed, dice, 1).await?;
    let person = &stage.people[0];
    let (opens, replies) = (stage.dice.uuid(), stage.dice.uuid());
    let new = json!({ "new": { "key": opens, "subject": "One", "message": "and only one" } });
    let ticket = all_equal(&stage, "tickets/open", &new).await?;
    let ticket: String = serde_json::from_str(&ticket)?;
    let reply = json!({ "ticket": ticket, "key": replies, "text": "the same" });
    all_equal(&stage, "tickets/reply", &reply).await?;
    for (act, key) in [(Act::Open, opens), (Act::Reply, replies.clone())] {
        let person = person.number;
        stage.book.note(&ticket, Written::of(act, key, person));
    }
    let other = json!({ "ticket": ticket, "key": replies, "text": "another" });
    let refused = person.insist("tickets/reply", &other).await?;
    if refused.status != 409 {
        return Err(format!("the same key with another text is answered with {refused:?}").into());
    }
    let tally = judge(&stage).await?;
    Ok(Told {
        words: format!(
            "{AT_ONCE} posts at once, twice: one message and {AT_ONCE} equal answers each time"
        ),
        tally,
    })
}

/// Sends it so often at once, and once more when it has arrived; gives the one answer.
async fn all_equal(stage: &Stage, endpoint: &str, body: &serde_json::Value) -> Outcome<String> {
    let person = &stage.people[0];
    let answers = try_join_all((0..AT_ONCE).map(|_| person.insist(endpoint, body))).await?;
    stage.pass(Duration::from_secs(20)).await;
    let later = person.insist(endpoint, body).await?;
    match answers
        .iter()
        .find(|answer| **answer != later || answer.status != 200)
    {
        Some(other) => Err(format!("{endpoint}: {other:?} is not {later:?}").into()),
        None => Ok(later.body),
    }
}
