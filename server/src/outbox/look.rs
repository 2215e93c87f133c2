//! Looking for what may have arrived, by the marks that it was sent with.

use std::num::NonZeroU32;

use app::tickets::model::TicketId;
use chatwoot::{Cursor, Direction, Kind, Message, Sort, SourceId};

use crate::clock::Millis;
use crate::ownership::{self, Listed, OwnedNumber};
use crate::store::outbox::Entry;
use crate::tickets::Tickets;

/// How far before the act Chatwoot's clock may stamp it.
const SKEW_SECONDS: u64 = 600;
/// Pages of a list that are looked through: what was just opened is at its top.
const PAGES: u32 = 4;

/// What was looked for.
pub(super) struct Look<T> {
    /// If it is there.
    pub(super) found: Option<T>,
    /// How long the slowest of the calls took. A long list is no sign of a slow Chatwoot.
    pub(super) slowest: Millis,
}

/// What marks an act's message in Chatwoot.
pub(super) fn mark(entry: &Entry) -> String {
    format!("portal:{}", entry.key)
}

/// The message of an act, if its conversation has it.
pub(super) async fn message(
    tickets: &Tickets,
    conversation: OwnedNumber,
    entry: &Entry,
) -> Result<Look<Message>, chatwoot::Error> {
    let mark = mark(entry);
    search(tickets, conversation, entry, |message| {
        message.kind != Kind::IncomingEmail && message.source_id.as_deref() == Some(mark.as_str())
    })
    .await
}

/// The incoming message that is meant, among those that are not much older than the act.
async fn search(
    tickets: &Tickets,
    conversation: OwnedNumber,
    entry: &Entry,
    is_meant: impl Fn(&Message) -> bool,
) -> Result<Look<Message>, chatwoot::Error> {
    let since = (entry.created_at / 1000).saturating_sub(SKEW_SECONDS);
    let since = i64::try_from(since).unwrap_or(i64::MAX);
    let (mut cursor, mut slowest) = (Cursor::Newest, 0);
    loop {
        let began = tickets.clock.now();
        let part = tickets.chatwoot.messages(conversation.id(), cursor).await?;
        slowest = slowest.max(tickets.clock.now().saturating_sub(began));
        let older = part
            .messages
            .first()
            .is_some_and(|it| it.created_at < since);
        let found = part
            .messages
            .into_iter()
            .find(|message| message.direction == Direction::Incoming && is_meant(message));
        match (found, part.lowest) {
            (None, Some(lowest)) if part.more && !older => cursor = Cursor::Before(lowest),
            (found, _) => return Ok(Look { found, slowest }),
        }
    }
}

/// The message that the mail of an act became, whose Message-ID this is, if its conversation has it.
pub(super) async fn mail(
    tickets: &Tickets,
    conversation: OwnedNumber,
    entry: &Entry,
    id: &str,
) -> Result<Option<Message>, chatwoot::Error> {
    let look = search(tickets, conversation, entry, |message| {
        message.kind == Kind::IncomingEmail && message.source_id.as_deref() == Some(id)
    });
    Ok(look.await?.found)
}

/// The newest messages of a conversation, the newest last.
pub(super) async fn newest(
    tickets: &Tickets,
    conversation: OwnedNumber,
) -> Result<Vec<Message>, chatwoot::Error> {
    let part = tickets
        .chatwoot
        .messages(conversation.id(), Cursor::Newest)
        .await?;
    Ok(part.messages)
}

/// The conversation that is a ticket, if Chatwoot lists one for its customer.
pub(super) async fn conversation(
    tickets: &Tickets,
    source: &SourceId,
    ticket: &TicketId,
) -> Result<Look<Listed>, chatwoot::Error> {
    let mut slowest = 0;
    for page in 1..=PAGES {
        let Some(page) = NonZeroU32::new(page) else {
            break;
        };
        let began = tickets.clock.now();
        let listed = ownership::list(tickets, source, page, Sort::ActivityDesc).await?;
        slowest = slowest.max(tickets.clock.now().saturating_sub(began));
        let last = listed.last;
        let found = listed.rows.into_iter().find(|row| row.names(ticket));
        if found.is_some() || last {
            return Ok(Look { found, slowest });
        }
    }
    let found = None;
    Ok(Look { found, slowest })
}
