//! Trying again what Chatwoot refused. Nothing is sent twice: it is looked for first.

use app::error::AppError;
use app::tickets::model::Key;

use super::Tickets;
use crate::failure::Failure;
use crate::outbox as sender;
use crate::ownership::OwnedTicket;
use crate::rate_limit::LimitedAction;
use crate::store::outbox::{self, State};
use crate::store::tickets;

/// Tries again; what is on its way or has arrived stays as it is.
pub(crate) async fn retry(
    tickets: &Tickets,
    ticket: &OwnedTicket,
    key: Key,
) -> Result<(), Failure> {
    let (customer, id) = (ticket.customer(), ticket.id().clone());
    let now = tickets.clock.now();
    let this = tickets.clone();
    let found = tickets
        .store
        .write(move |tx| {
            let entry = outbox::with_key(tx, customer, &key)?.filter(|entry| entry.ticket == id);
            let Some(entry) = entry else {
                return Ok(Err(AppError::NotFound));
            };
            if !matches!(entry.state, State::Failed | State::Lost) {
                return Ok(Ok(false));
            }
            if let Err(wait) = this.allow(LimitedAction::WriteToTicket, customer) {
                return Ok(Err(wait));
            }
            outbox::again(tx, entry.id)?;
            tickets::touch(tx, customer, &id, now)?;
            Ok(Ok(true))
        })
        .await?;
    if found? {
        tickets.changes.changed(customer, Some(ticket.id()));
        sender::wake(tickets, ticket.id());
    }
    Ok(())
}
