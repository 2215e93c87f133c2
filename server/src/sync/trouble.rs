//! Why something that needs both the store and Chatwoot was not done.

use std::time::Duration;

use chatwoot::ConversationId;

use super::health::is_down;
use super::hints::{Reason, Thing};
use super::millis;
use crate::failure::{Failure, chain};
use crate::store::StoreError;
use crate::tickets::Tickets;

/// A ticket that was passed over is read again after this, as often as a poll comes.
const AGAIN: Duration = Duration::from_secs(30);

/// One of the two did not do it.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Chatwoot.
    #[error(transparent)]
    Chatwoot(#[from] chatwoot::Error),
}

impl Trouble {
    /// Whether this says something of one ticket, and nothing of Chatwoot as a whole: then it must not hold up all others.
    pub(super) fn is_of_one_ticket(&self, tickets: &Tickets) -> bool {
        use chatwoot::{Breakage, Error, Refusal};
        match self {
            Self::Store(_) => false,
            Self::Chatwoot(
                Error::NotFound
                | Error::NotUnderstood(_)
                | Error::Refused(Refusal::Object)
                | Error::Broken(Breakage::TooLarge),
            ) => true,
            Self::Chatwoot(error) => is_passing(error) && !is_down(tickets),
        }
    }

    /// Goes on without this ticket. What may pass is tried again; else it is read when it is opened or changes. `changed` is a message
    /// that was to be read for being changed or deleted.
    pub(super) fn pass_over(
        &self,
        tickets: &Tickets,
        number: ConversationId,
        changed: Option<u64>,
    ) {
        tracing::warn!(conversation = %number, cause = chain(self), "a ticket was not read");
        let Self::Chatwoot(error) = self else {
            return;
        };
        if is_passing(error) {
            again(tickets, number, changed);
        }
    }
}

/// Has a ticket read again in a while.
pub(super) fn again(tickets: &Tickets, number: ConversationId, changed: Option<u64>) {
    let reason = Reason {
        always: true,
        changed,
        ..Reason::default()
    };
    let due = tickets.clock.now() + millis(AGAIN);
    let hints = &tickets.sync.hints;
    hints.add(Thing::Conversation(number.number()), reason, due);
    hints.bell.ring(tickets.background.busy());
}

/// Whether the same call may go well later.
fn is_passing(error: &chatwoot::Error) -> bool {
    use chatwoot::{Breakage, Error};
    matches!(
        error,
        Error::ServerError(_) | Error::NoAnswer | Error::Broken(Breakage::Cut(_))
    )
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Self {
        Self::unavailable(trouble)
    }
}
