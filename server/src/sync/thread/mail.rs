//! The thread of a ticket begun by e-mail: shown up to the first message that is not known to be its customer's or the support team's. It
//! is read from its first message on, since whether the newest may be shown depends on all before it.

use app::tickets::model::{Author, MessageKind, TicketId};
use chatwoot::{ConversationId, Cursor, MessageId};
use rusqlite::Transaction;

use super::{Part, newest};
use crate::store::owners::Owner;
use crate::store::{StoreError, messages, tickets as kept};
use crate::sync::Trouble;
use crate::tickets::Tickets;
use crate::translate::{Side, Translated};

/// What is to be put into the read model: all of it the first time, later what is new, or what lies before the thread's end.
pub(super) async fn part(
    tickets: &Tickets,
    owner: &Owner,
    id: ConversationId,
) -> Result<Part, Trouble> {
    let ticket = owner.ticket.clone();
    let (complete, highest, end) = tickets
        .store
        .read(move |tx| {
            let complete = kept::find(tx, &ticket)?.is_some_and(|kept| kept.complete);
            let highest = messages::ends(tx, &ticket)?.map(|(_, highest)| highest);
            Ok((complete, highest, messages::goes_on_at(tx, &ticket)?))
        })
        .await?;
    let after_end = end.and_then(|end| MessageId::new(end + 1).ok());
    Ok(match (complete, after_end) {
        (false, _) => from_the_first(tickets, id).await?,
        (true, None) => newest(tickets, id, highest).await?,
        (true, Some(after)) => {
            let part = tickets.chatwoot.messages(id, Cursor::Before(after)).await?;
            Part {
                from: part.lowest.map_or(0, MessageId::number),
                whole: false,
                messages: part.messages,
            }
        }
    })
}

async fn from_the_first(tickets: &Tickets, id: ConversationId) -> Result<Part, chatwoot::Error> {
    let mut part = tickets.chatwoot.messages(id, Cursor::First).await?;
    let mut messages = part.messages;
    while let (true, Some(highest)) = (part.more, part.highest) {
        part = tickets
            .chatwoot
            .messages(id, Cursor::After(highest))
            .await?;
        messages.append(&mut part.messages);
    }
    Ok(Part {
        messages,
        from: 0,
        whole: true,
    })
}

/// Leaves out what comes after the first message of somebody else. Who wrote one that an agent has deleted since only we know.
pub(super) fn end(
    tx: &Transaction<'_>,
    ticket: &TicketId,
    messages: &mut Vec<Translated>,
) -> Result<(), StoreError> {
    for message in messages
        .iter_mut()
        .filter(|message| message.side == Side::Elsewhere && message.kind == MessageKind::Deleted)
    {
        if messages::is_of(tx, ticket, message.id, Side::You)? {
            message.side = Side::You;
            message.author = Author::You;
        } else {
            message.kind = MessageKind::GoesOnByEmail;
        }
    }
    let elsewhere = |message: &&Translated| message.side == Side::Elsewhere;
    let end = messages.iter().filter(elsewhere).map(|it| it.id).min();
    if let Some(end) = end {
        messages.retain(|message| message.id <= end);
    }
    Ok(())
}
