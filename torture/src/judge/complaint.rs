//! What is said when something is missing or there too often: each act, and whether it waits in the portal still.

use super::{is_cancelled, opened};
use crate::Outcome;
use crate::stage::Stage;
use crate::written::Act;

/// How many texts the portal has and has not sent: late, and not lost.
pub(super) async fn waiting(stage: &Stage) -> Outcome<usize> {
    let mut waiting = 0;
    for (ticket, acts) in stage.book.tickets() {
        let Some(person) = acts.first().and_then(|act| stage.people.get(act.person)) else {
            continue;
        };
        let there = person.thread(&ticket).await?;
        waiting += there.iter().filter(|(_, far)| far != "sent").count();
    }
    Ok(waiting)
}

/// Says which acts are lost or doubled.
pub(super) fn complain(stage: &Stage) {
    let (seen, opened) = (stage.proxy.seen(), opened(&stage.fake));
    for (ticket, acts) in stage.book.tickets() {
        if acts.last().is_some_and(|act| act.act == Act::Cancel) {
            let there = opened.get(&ticket).into_iter().flatten();
            for conversation in there.filter(|it| !is_cancelled(it)) {
                let last: Vec<_> = acts.iter().map(|act| act.act).collect();
                println!(
                    "    {ticket} is {:?} with {:?} after {last:?}",
                    conversation.status, conversation.labels
                );
            }
        }
        for act in acts {
            let mark = format!("portal:{}", act.key);
            let there = stage.fake.messages_with_source(&mark).len();
            let wanted = 1 + seen.twice.get(&mark).copied().unwrap_or(0);
            if act.act != Act::Cancel && there != wanted {
                let sent = seen.sent.get(&mark).copied().unwrap_or(0);
                println!(
                    "    {:?} {mark} of {ticket}: {there} there, {wanted} wanted, sent {sent} times",
                    act.act
                );
            }
        }
    }
}
