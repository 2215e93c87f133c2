//! What is known of the portal's inbox, and what is made ready there at the start.

use std::time::Duration;

use chatwoot::{InboxIdentifier, Label, NewAttribute};

use super::{lock, millis};
use crate::clock::Millis;
use crate::failure::chain;
use crate::tickets::Tickets;
use crate::translate::CANCEL_LABEL;

/// What is known of the inbox is asked again after this.
const KEPT: Duration = Duration::from_mins(5);
/// The subject at the side of a ticket, for agents.
const SUBJECT_KEY: &str = crate::adopt::SIGN;

/// What is known of the inbox.
#[derive(Clone)]
pub(super) struct Known {
    at: Millis,
    identifier: Option<InboxIdentifier>,
    locked: bool,
    after_resolved: bool,
    /// Label and attribute were looked after.
    ready: bool,
}

/// Whether a solved ticket may be written to. Until it is known, it may.
pub(crate) fn allows_messages_after_resolved(tickets: &Tickets) -> bool {
    lock(&tickets.sync.inbox)
        .as_ref()
        .is_none_or(|known| known.after_resolved)
}

/// The inbox's name in the public API.
pub(crate) async fn inbox_identifier(
    tickets: &Tickets,
) -> Result<InboxIdentifier, chatwoot::Error> {
    known(tickets)
        .await?
        .identifier
        .ok_or(chatwoot::Error::NotFound)
}

/// Whether Chatwoot would put a new ticket into the customer's last one.
pub(crate) async fn inbox_is_locked(tickets: &Tickets) -> Result<bool, chatwoot::Error> {
    let locked = known(tickets).await?.locked;
    if !locked {
        return Ok(false);
    }
    // It may have been cured a moment ago.
    Ok(ask(tickets).await?.locked)
}

/// Makes the inbox known and ready, again after some minutes.
pub(super) async fn look_after(tickets: &Tickets) {
    let ready = match known(tickets).await {
        Ok(known) => known.ready,
        Err(_) => return,
    };
    if !ready
        && make_ready(tickets).await
        && let Some(known) = lock(&tickets.sync.inbox).as_mut()
    {
        known.ready = true;
    }
}

async fn known(tickets: &Tickets) -> Result<Known, chatwoot::Error> {
    let kept = lock(&tickets.sync.inbox).clone();
    let now = tickets.clock.now();
    match kept {
        Some(known) if now < known.at + millis(KEPT) => Ok(known),
        _ => ask(tickets).await,
    }
}

async fn ask(tickets: &Tickets) -> Result<Known, chatwoot::Error> {
    let inbox = tickets.chatwoot.inbox().await?;
    let mut kept = lock(&tickets.sync.inbox);
    let known = Known {
        at: tickets.clock.now(),
        identifier: inbox.inbox_identifier,
        locked: inbox.lock_to_single_conversation,
        after_resolved: inbox.allow_messages_after_resolved,
        ready: kept.as_ref().is_some_and(|known| known.ready),
    };
    *kept = Some(known.clone());
    Ok(known)
}

/// Defines the subject's attribute and the cancel label for agents, if the token may. True if there is nothing left to try.
async fn make_ready(tickets: &Tickets) -> bool {
    let attribute = match tickets.chatwoot.conversation_attributes().await {
        Ok(defined) if defined.iter().any(|it| it.key == SUBJECT_KEY) => Ok(()),
        Ok(_) => {
            let new = NewAttribute {
                key: SUBJECT_KEY.to_owned(),
                display_name: "Subject".to_owned(),
            };
            tickets.chatwoot.define_conversation_attribute(&new).await
        }
        Err(error) => Err(error),
    };
    let label = match (
        tickets.chatwoot.defined_labels().await,
        Label::new(CANCEL_LABEL),
    ) {
        (Ok(defined), Ok(label)) if defined.contains(&label) => Ok(()),
        (Ok(_), Ok(label)) => tickets.chatwoot.define_label(&label).await,
        (Err(error), _) => Err(error),
        (Ok(_), Err(_)) => Ok(()),
    };
    let attribute = settled("attribute portal_subject", attribute);
    let label = settled("label cancelled-by-customer", label);
    attribute && label
}

/// Whether there is no use in trying again.
fn settled(what: &str, result: Result<(), chatwoot::Error>) -> bool {
    use chatwoot::Error;
    match result {
        Ok(()) | Err(Error::Taken(_)) => true,
        Err(error @ (Error::Refused(_) | Error::Invalid(_) | Error::NotFound)) => {
            tracing::warn!(
                cause = chain(&error),
                "the {what} cannot be defined; agents do not see it at a ticket's side"
            );
            true
        }
        Err(_) => false,
    }
}
