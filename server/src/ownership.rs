//! Whose a ticket is (api.md §0b.1–2). Nothing here looks at a contact's address or number to give anything away: a
//! conversation becomes a customer's only if Chatwoot lists it under his own source id, and we know that it is ours.

mod mark;
mod unmarked;

use std::num::NonZeroU32;

use app::tickets::model::TicketId;
use chatwoot::{Conversation, Sort, SourceId};
use rusqlite::Transaction;

pub(crate) use unmarked::has_address;

use crate::store::StoreError;
use crate::store::customers::{Customer, CustomerId};
use crate::store::owners::{self, Owner};
use crate::sync::Trouble;
use crate::tickets::Tickets;

/// A ticket that is this customer's: what every operation on one takes. Only the check makes it.
#[derive(Clone, Debug)]
pub(crate) struct OwnedTicket(Owner);

impl OwnedTicket {
    /// The ticket, if it is this customer's. Another's, a missing and a forgotten one are all none.
    pub(crate) fn check(
        tx: &Transaction<'_>,
        customer: CustomerId,
        ticket: &TicketId,
    ) -> Result<Option<Self>, StoreError> {
        Ok(owners::of_customer(tx, customer, ticket)?.map(Self))
    }

    /// The ticket.
    pub(crate) fn id(&self) -> &TicketId {
        &self.0.ticket
    }

    /// Whose it is.
    pub(crate) fn customer(&self) -> CustomerId {
        self.0.customer
    }

    /// Chatwoot's number of it; none until Chatwoot has it.
    pub(crate) fn conversation(&self) -> Option<u64> {
        self.0.conversation
    }
}

/// A conversation that is known to be a customer's ticket. Only the checks here make it.
#[derive(Clone, Debug)]
pub(crate) struct OwnedConversation {
    owner: Owner,
    conversation: Conversation,
}

impl OwnedConversation {
    /// Our record of it.
    pub(crate) fn owner(&self) -> &Owner {
        &self.owner
    }

    /// As Chatwoot has it.
    pub(crate) fn conversation(&self) -> &Conversation {
        &self.conversation
    }

    /// By our record alone: which customer a conversation is filed under never changes in Chatwoot, and the record was made
    /// when it was listed.
    pub(crate) fn by_record(owner: Owner, conversation: Conversation) -> Option<Self> {
        (owner.conversation == Some(conversation.id.number())).then_some(Self {
            owner,
            conversation,
        })
    }
}

/// A conversation that Chatwoot lists under a customer's source id: the first half of the proof.
pub(crate) struct Listed(Conversation);

impl Listed {
    /// Chatwoot's number of it.
    pub(crate) fn number(&self) -> u64 {
        self.0.id.number()
    }

    /// Whether it says that it is this ticket. Saying it proves nothing.
    pub(crate) fn names(&self, ticket: &TicketId) -> bool {
        self.0.marks.portal_ticket.as_deref() == Some(ticket.as_str())
    }
}

/// A page of what Chatwoot lists under a source id.
pub(crate) struct ListedPage {
    /// The rows.
    pub rows: Vec<Listed>,
    /// Nothing comes after.
    pub last: bool,
}

/// Asks Chatwoot what it lists under a customer's source id in the portal's inbox.
pub(crate) async fn list(
    tickets: &Tickets,
    source: &SourceId,
    page: NonZeroU32,
    sort: Sort,
) -> Result<ListedPage, chatwoot::Error> {
    let page = tickets
        .chatwoot
        .conversations_of(source, page, sort)
        .await?;
    Ok(ListedPage {
        last: page.last,
        rows: page.rows.into_iter().map(Listed).collect(),
    })
}

/// The second half: whether we know a listed conversation as this customer's. None is final for an unmarked one, and an
/// error is no verdict: it is asked again.
pub(crate) async fn judge(
    tickets: &Tickets,
    customer: &Customer,
    source: &SourceId,
    listed: Listed,
) -> Result<Option<OwnedConversation>, Trouble> {
    let conversation = listed.0;
    let owner = match mark::read(tickets, customer, source, &conversation).await? {
        mark::Found::Owned(owner) => owner,
        mark::Found::Hidden => return Ok(None),
        mark::Found::Unmarked => {
            match unmarked::judge(tickets, customer, source, &conversation).await? {
                Some(owner) => owner,
                None => return Ok(None),
            }
        }
    };
    Ok(OwnedConversation::by_record(owner, conversation))
}
