//! Reads the fake Chatwoot's rows and says of each acknowledged act whether it is there, once, in its order, and whether its
//! customer sees it so.

mod complaint;
mod files;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::Duration;

use fake_chatwoot::{Conversation, FakeChatwoot, MessageType, Status};
use serde_json::json;

use crate::Outcome;
use crate::stage::Stage;
use crate::written::{Act, Written};

/// With nothing wrong, more of what was acknowledged has to be there each time after so many of the clock's milliseconds, until all is.
const PATIENCE: u64 = 300_000;
/// What the portal has still is waited for longer, but not for ever.
const LONGEST: u64 = 36_000_000;
/// Then no more may come for so long: what is sent again too early, or without a look, shows late.
const WATCH: Duration = Duration::from_secs(60);

/// What was found.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    /// Acts that were acknowledged.
    pub(crate) writes: usize,
    /// Of these, how many are not in Chatwoot.
    pub(crate) lost: usize,
    /// How many there are too many of.
    pub(crate) doubled: usize,
}

/// What a part has to say.
pub(crate) struct Told {
    /// In words.
    pub(crate) words: String,
    /// In figures.
    pub(crate) tally: Tally,
}

/// Waits until everything has arrived, and some time for what should not, and counts. What is in a wrong order, or not shown to its
/// customer as it is, is an error.
pub(crate) async fn judge(stage: &Stage) -> Outcome<Tally> {
    let (mut until, mut fewest) = (0, usize::MAX);
    let mut retried = 0;
    let end = stage.clock.now() + LONGEST;
    loop {
        let lost = count(stage).lost;
        if lost < fewest {
            (until, fewest) = (stage.clock.now() + PATIENCE, lost);
        }
        let now = stage.clock.now();
        if lost == 0 || now >= end || now >= until && complaint::waiting(stage).await? == 0 {
            break;
        }
        stage.pass(Duration::from_secs(5)).await;
        retried += try_again(stage).await?;
    }
    while stage.proxy.seen().held > 0 {
        stage.pass(Duration::from_secs(2)).await;
    }
    stage.pass(WATCH).await;
    if retried > 0 {
        println!("    {retried} times a customer was asked to try again");
    }
    let tally = count(stage);
    if tally.lost + tally.doubled > 0 {
        complaint::complain(stage);
        let waiting = complaint::waiting(stage).await?;
        if waiting > 0 {
            return Err(format!(
                "{waiting} texts wait in the portal still: something holds them up, or the machine is too slow for this clock (--speed)"
            )
            .into());
        }
    } else {
        in_order(stage)?;
        let files = files::whole(stage)?;
        if files > 0 {
            println!("    {files} files arrived with their messages, byte for byte");
        }
        shown(stage).await?;
    }
    Ok(tally)
}

/// How many acts are not in Chatwoot yet.
pub(crate) fn missing(stage: &Stage) -> usize {
    count(stage).lost
}

/// Presses "Try again" where a customer is asked to, and says how often.
pub(crate) async fn try_again(stage: &Stage) -> Outcome<usize> {
    let mut pressed = 0;
    for person in &stage.people {
        let asked = json!({ "after": null, "known": null });
        let list = person.insist("tickets/list", &asked).await?;
        if list.status != 200 {
            return Err(format!("the list of {}: {list:?}", person.address).into());
        }
        let list = list.json()?;
        let rows = list["changed"]["rows"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        for row in rows.iter().filter(|row| row["delivery"] == "failed") {
            let ticket = row["id"].as_str().unwrap_or_default();
            for (key, delivery) in person.thread(ticket).await? {
                if delivery == "failed" {
                    pressed += 1;
                    person
                        .insist("tickets/retry", &json!({ "ticket": ticket, "key": key }))
                        .await?;
                }
            }
        }
    }
    Ok(pressed)
}

/// What the fake has of each ticket, by the portal's id of it.
fn opened(fake: &FakeChatwoot) -> HashMap<String, Vec<Conversation>> {
    let mut opened: HashMap<String, Vec<Conversation>> = HashMap::new();
    for conversation in fake.conversations() {
        if let Some(ticket) = conversation
            .additional_attributes
            .get("portal_ticket")
            .and_then(|it| it.as_str())
        {
            opened
                .entry(ticket.to_owned())
                .or_default()
                .push(conversation);
        }
    }
    opened
}

fn count(stage: &Stage) -> Tally {
    let (opened, twice) = (opened(&stage.fake), stage.proxy.seen().twice);
    // All at once: looked for one by one, a long run's texts keep the fake from answering for minutes.
    let marks = marks(&stage.fake);
    let mut tally = Tally {
        writes: stage.book.len(),
        ..Tally::default()
    };
    let mut expected = HashSet::new();
    for (ticket, acts) in stage.book.tickets() {
        let conversations = opened.get(&ticket).map_or(&[][..], Vec::as_slice);
        tally.doubled += conversations.len().saturating_sub(1);
        for act in &acts {
            match act.act {
                Act::Open | Act::Reply => {
                    let mark = format!("portal:{}", act.key);
                    let wanted = 1 + twice.get(&mark).copied().unwrap_or(0);
                    let there = marks.get(&mark).copied().unwrap_or(0);
                    tally.lost += usize::from(there == 0);
                    tally.doubled += there.saturating_sub(wanted);
                    expected.insert(mark);
                }
                // The last word counts: what came after a cancellation opened the ticket again.
                Act::Cancel => {
                    let last = acts.last().is_some_and(|last| last.key == act.key);
                    let cancelled = conversations.iter().any(is_cancelled);
                    tally.lost += usize::from(last && !cancelled);
                }
            }
        }
    }
    // What nobody was told of may be there, if its answer was lost on the way; but not twice.
    for (mark, there) in marks {
        if !expected.contains(&mark) {
            let wanted = 1 + twice.get(&mark).copied().unwrap_or(0);
            tally.doubled += there.saturating_sub(wanted);
        }
    }
    tally
}

fn is_cancelled(conversation: &Conversation) -> bool {
    conversation.status == Status::Resolved
        && conversation
            .labels
            .iter()
            .any(|label| label == "cancelled-by-customer")
}

/// How often each mark of ours is there.
fn marks(fake: &FakeChatwoot) -> BTreeMap<String, usize> {
    let mut marks = BTreeMap::new();
    for conversation in fake.conversations() {
        for message in fake.messages(conversation.id) {
            if let Some(mark) = message.source_id.filter(|mark| mark.starts_with("portal:")) {
                *marks.entry(mark).or_default() += 1;
            }
        }
    }
    marks
}

fn texts_of(acts: &[Written]) -> Vec<String> {
    acts.iter()
        .filter(|act| act.act != Act::Cancel)
        .map(|act| format!("portal:{}", act.key))
        .collect()
}

/// Messages of each ticket are in the order in which their customer wrote them.
fn in_order(stage: &Stage) -> Outcome {
    let opened = opened(&stage.fake);
    for (ticket, acts) in stage.book.tickets() {
        let wanted = texts_of(&acts);
        let mut there = Vec::new();
        for conversation in opened.get(&ticket).into_iter().flatten() {
            for message in stage.fake.messages(conversation.id) {
                let mark = message.source_id.unwrap_or_default();
                if message.kind == MessageType::Incoming
                    && wanted.contains(&mark)
                    && !there.contains(&mark)
                {
                    there.push(mark);
                }
            }
        }
        if there != wanted {
            return Err(format!(
                "{ticket} is in another order than it was written: {there:?} for {wanted:?}"
            )
            .into());
        }
        let ends_cancelled = acts.last().is_some_and(|act| act.act == Act::Cancel);
        let open = opened
            .get(&ticket)
            .into_iter()
            .flatten()
            .any(|it| it.status == Status::Open);
        if open == ends_cancelled {
            let last: Vec<_> = acts.iter().map(|act| act.act).collect();
            return Err(format!(
                "{ticket} is {} after {last:?}",
                if open { "open" } else { "closed" }
            )
            .into());
        }
    }
    Ok(())
}

/// Each customer sees each of his texts once, in order, and as sent.
async fn shown(stage: &Stage) -> Outcome {
    for (ticket, acts) in stage.book.tickets() {
        let Some(person) = acts.first().and_then(|act| stage.people.get(act.person)) else {
            continue;
        };
        let keys = acts.iter().filter(|act| act.act != Act::Cancel);
        let wanted: Vec<_> = keys
            .map(|act| (act.key.clone(), "sent".to_owned()))
            .collect();
        let mut there = Vec::new();
        // A page that asks again by itself would see it within seconds.
        for _ in 0..10 {
            there = person.thread(&ticket).await?;
            there.retain(|(key, _)| wanted.iter().any(|(known, _)| known == key));
            if there == wanted {
                break;
            }
            stage.pass(Duration::from_secs(5)).await;
        }
        if there != wanted {
            return Err(format!(
                "{} sees of {ticket}: {there:?} for {wanted:?}",
                person.address
            )
            .into());
        }
    }
    Ok(())
}
