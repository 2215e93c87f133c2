//! Whose a ticket is (api.md §0b.1–2). Nothing here looks at a contact's address or number to give anything away: a
//! conversation becomes a customer's only if Chatwoot lists it under his own source id, and we know that it is ours; one of an e-mail
//! inbox by the rule of its own in `mail`.

mod alarm;
mod lately;
mod mail;
mod mark;
mod named;
mod own;
mod unmarked;

use std::num::NonZeroU32;

use app::tickets::model::TicketId;
use chatwoot::{Conversation, ConversationId, Sort, SourceId};
use rusqlite::Transaction;

pub(crate) use alarm::watch;
pub(crate) use lately::Recognised;
pub(crate) use mail::{MailPlace, judge_mail, list_mail, mail_places};
pub(crate) use named::{is_his_alone, learn_name};

use crate::store::StoreError;
use crate::store::adoption;
use crate::store::customers::{self, Customer, CustomerId};
use crate::store::owners::{self, Origin, Owner};
use crate::store::tickets as kept;
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

    /// Chatwoot's number of it, if it is filed under his own source id, so that the public API reaches it.
    pub(crate) fn conversation_of_contact(&self) -> Option<ConversationId> {
        let number = self.0.conversation.filter(|_| match self.0.origin {
            Origin::Portal | Origin::Agent => true,
            Origin::Adopted | Origin::Mail => false,
        });
        number.and_then(|number| ConversationId::new(number).ok())
    }

    /// Where the public API reaches it: its number and what it is filed under, as an earlier portal chose it for its own.
    pub(crate) fn place_of_contact(
        &self,
        tx: &Transaction<'_>,
    ) -> Result<Option<(ConversationId, SourceId)>, StoreError> {
        let Some(number) = self.0.conversation.filter(|_| self.has_place_of_contact()) else {
            return Ok(None);
        };
        let source = match self.0.origin {
            Origin::Portal | Origin::Agent => {
                customers::find(tx, self.0.customer)?.and_then(|it| it.source)
            }
            Origin::Adopted => adoption::features(tx, number)?.and_then(|it| it.source),
            Origin::Mail => None,
        };
        let source = source.and_then(|source| SourceId::new(source).ok());
        Ok(ConversationId::new(number).ok().zip(source))
    }

    /// Whether there may be one.
    pub(crate) fn has_place_of_contact(&self) -> bool {
        self.0.conversation.is_some() && self.0.origin != Origin::Mail
    }

    /// How it came to be his.
    pub(crate) fn origin(&self) -> Origin {
        self.0.origin
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

    /// Chatwoot's number of it.
    pub(crate) fn number(&self) -> OwnedNumber {
        OwnedNumber(self.conversation.id)
    }
}

/// Chatwoot's number of a customer's ticket: what every call takes that writes to a conversation by its number. Only the checks here
/// make it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OwnedNumber(ConversationId);

impl OwnedNumber {
    /// The number.
    pub(crate) fn id(self) -> ConversationId {
        self.0
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
    Ok(Some(OwnedConversation {
        owner,
        conversation,
    }))
}

/// The conversation that we have a record of: which customer it is filed under never changes in Chatwoot, and the record was
/// made when it was listed. A number alone proves nothing, since another Chatwoot may have been put in this one's place: it must
/// bear our ticket's name too or, having none, be filed under the customer's source id.
pub(crate) async fn recognise(
    tickets: &Tickets,
    owner: Owner,
    conversation: Conversation,
) -> Result<Option<OwnedConversation>, Trouble> {
    let id = owner.customer;
    let customer = tickets
        .store
        .read(move |tx| customers::find(tx, id))
        .await?;
    if owner.origin == Origin::Mail {
        let holds = match &customer {
            Some(customer) => mail::holds(tickets, customer, &conversation).await?,
            None => false,
        };
        return settle(tickets, owner, conversation, holds).await;
    }
    let source = customer.and_then(|customer| customer.source);
    let filed = conversation.source_hint().map(SourceId::as_str);
    let same = match owner.origin {
        Origin::Portal => {
            conversation.marks.portal_ticket.as_deref() == Some(owner.ticket.as_str())
        }
        Origin::Agent => filed.is_none() || filed == source.as_deref(),
        // An earlier portal's tickets are filed under whatever that one chose.
        Origin::Adopted => {
            let number = conversation.id.number();
            let known = tickets
                .store
                .read(move |tx| adoption::features(tx, number))
                .await?;
            known.is_some_and(|known| {
                known.began_at == conversation.created_at.unwrap_or_default()
                    && (filed.is_none()
                        || known.source.is_none()
                        || filed == known.source.as_deref())
            })
        }
        Origin::Mail => false,
    };
    let same = same && conversation.inbox == tickets.chatwoot.inbox_id();
    settle(tickets, owner, conversation, same).await
}

/// What follows from whether a conversation is what our record means: where it is not, nothing of it is shown.
async fn settle(
    tickets: &Tickets,
    owner: Owner,
    conversation: Conversation,
    same: bool,
) -> Result<Option<OwnedConversation>, Trouble> {
    if same && owner.conversation == Some(conversation.id.number()) {
        tickets.recognised.note(&owner.ticket, tickets.clock.now());
        return Ok(Some(OwnedConversation {
            owner,
            conversation,
        }));
    }
    if owner.origin == Origin::Mail {
        tracing::warn!(
            ticket = %owner.ticket, conversation = %conversation.id,
            "a ticket begun by e-mail is not shown: its contact has another address now, or it is filed under another one"
        );
    } else {
        tracing::error!(
            ticket = %owner.ticket, conversation = %conversation.id,
            "a conversation is not the one that our record means: is this another Chatwoot, account or inbox than before?"
        );
    }
    let (ticket, now) = (owner.ticket.clone(), tickets.clock.now());
    let forgot = tickets
        .store
        .write(move |tx| kept::forget(tx, &ticket, now))
        .await?;
    if forgot {
        tickets.changes.changed(owner.customer, Some(&owner.ticket));
    }
    Ok(None)
}

/// The number of a customer's ticket, to write to it: what has that number in Chatwoot now was recognised, just now or a short while
/// ago. None if it is another conversation, or Chatwoot does not have the ticket yet.
pub(crate) async fn reach(
    tickets: &Tickets,
    ticket: &OwnedTicket,
) -> Result<Option<OwnedNumber>, Trouble> {
    let number = ticket.conversation().map(ConversationId::new);
    let Some(Ok(number)) = number else {
        return Ok(None);
    };
    if tickets.recognised.lately(ticket.id(), tickets.clock.now()) {
        return Ok(Some(OwnedNumber(number)));
    }
    let conversation = tickets.chatwoot.conversation(number).await?;
    let owned = recognise(tickets, ticket.0.clone(), conversation).await?;
    Ok(owned.map(|owned| owned.number()))
}
