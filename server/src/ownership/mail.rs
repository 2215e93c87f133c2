//! Tickets begun by e-mail (api.md §0b.3). One is a customer's if it lies under his address in an e-mail inbox, its first message is a
//! mail of which he alone is the author, and its contact has his address now. The first two never change and are judged once; the last
//! is looked at whenever the ticket is read, since others can write it.

use std::num::NonZeroU32;

use chatwoot::{Address, Conversation, Cursor, Direction, InboxId, Kind, Message, Sort, SourceId};

use super::OwnedConversation;
use super::unmarked::accept;
use crate::store::customers::Customer;
use crate::store::owners::{self, Origin, Owner};
use crate::sync::{self, Trouble};
use crate::tickets::Tickets;
use crate::translate;

/// A customer's place in an e-mail inbox: his address as his contact is known by there.
pub(crate) struct MailPlace {
    inbox: InboxId,
    source: SourceId,
}

impl MailPlace {
    /// The inbox.
    pub(crate) fn inbox(&self) -> InboxId {
        self.inbox
    }
}

/// A conversation that Chatwoot lists under a customer's address: the first part of the proof.
pub(crate) struct ListedMail(Conversation);

impl ListedMail {
    /// Chatwoot's number of it.
    pub(crate) fn number(&self) -> u64 {
        self.0.id.number()
    }
}

/// Where a customer's mails lie: with the contact that has his address now, spelt as his first mail there had it.
pub(crate) async fn mail_places(
    tickets: &Tickets,
    customer: &Customer,
) -> Result<Vec<MailPlace>, Trouble> {
    let inboxes = sync::mail_inboxes(tickets).await?;
    let Ok(address) = Address::new(customer.address.as_str()) else {
        return Ok(Vec::new());
    };
    if inboxes.is_empty() {
        return Ok(Vec::new());
    }
    let contacts = tickets.chatwoot.contacts_by_email(&address).await?;
    let mut places: Vec<MailPlace> = Vec::new();
    for way in contacts.into_iter().flat_map(|contact| contact.inboxes) {
        let is_mail = inboxes.iter().any(|inbox| inbox.id == way.inbox);
        let is_new = |place: &MailPlace| (place.inbox, &place.source) != (way.inbox, &way.source);
        if is_mail && address.is(way.source.as_str()) && places.iter().all(is_new) {
            places.push(MailPlace {
                inbox: way.inbox,
                source: way.source,
            });
        }
    }
    Ok(places)
}

/// Asks Chatwoot what it lists in such a place. True if nothing comes after.
pub(crate) async fn list_mail(
    tickets: &Tickets,
    place: &MailPlace,
    page: NonZeroU32,
    sort: Sort,
) -> Result<(Vec<ListedMail>, bool), chatwoot::Error> {
    let page = tickets
        .chatwoot
        .conversations_filed(place.inbox, &place.source, page, sort)
        .await?;
    let rows = page.rows.into_iter().map(ListedMail).collect();
    Ok((rows, page.last))
}

/// Whether a listed conversation is this customer's. What its first message says is kept, of its contact nothing is.
pub(crate) async fn judge_mail(
    tickets: &Tickets,
    customer: &Customer,
    listed: ListedMail,
) -> Result<Option<OwnedConversation>, Trouble> {
    let conversation = listed.0;
    if !contact_is(&conversation, customer) {
        return Ok(None);
    }
    let number = conversation.id.number();
    let (known, refused) = tickets
        .store
        .read(move |tx| {
            let known = owners::of_conversation(tx, number)?;
            Ok((known, owners::was_refused(tx, number)?))
        })
        .await?;
    let owner = match known {
        Some(owner) if owner.customer == customer.id => owner,
        Some(_) => return Ok(None),
        None if refused => return Ok(None),
        None => match judge_first(tickets, customer, &conversation).await? {
            Some(owner) => owner,
            None => return Ok(None),
        },
    };
    Ok(Some(OwnedConversation {
        owner,
        conversation,
    }))
}

/// Judges by the first message, once.
async fn judge_first(
    tickets: &Tickets,
    customer: &Customer,
    conversation: &Conversation,
) -> Result<Option<Owner>, Trouble> {
    let part = tickets
        .chatwoot
        .messages(conversation.id, Cursor::First)
        .await?;
    // Nothing is there yet: no verdict.
    let Some(first) = part.messages.iter().min_by_key(|message| message.id) else {
        return Ok(None);
    };
    let Some(reason) = fault(first, customer) else {
        let number = conversation.id.number();
        return accept(tickets, customer, number, Origin::Mail).await;
    };
    let (number, now) = (conversation.id.number(), tickets.clock.now());
    let new = tickets
        .store
        .write(move |tx| owners::refuse(tx, number, reason, now))
        .await?;
    if new {
        tracing::info!(
            conversation = number,
            customer = %customer.id,
            reason,
            "a conversation of an e-mail inbox is not shown"
        );
    }
    Ok(None)
}

fn fault(first: &Message, customer: &Customer) -> Option<&'static str> {
    if first.direction != Direction::Incoming {
        return Some("the support team began it");
    }
    let Some(email) = first
        .email
        .as_ref()
        .filter(|_| first.kind == Kind::IncomingEmail)
    else {
        return Some("its first message is no mail");
    };
    if !translate::is_mail_of(email, &customer.address) {
        return Some("its first mail is not his alone");
    }
    None
}

/// Whether what our record means still lies where it lay, and its contact has the customer's address.
pub(super) async fn holds(
    tickets: &Tickets,
    customer: &Customer,
    conversation: &Conversation,
) -> Result<bool, Trouble> {
    let inboxes = sync::mail_inboxes(tickets).await?;
    let filed = conversation.source_hint();
    Ok(inboxes.iter().any(|inbox| inbox.id == conversation.inbox)
        && filed.is_none_or(|filed| customer.has_address(filed.as_str()))
        && contact_is(conversation, customer))
}

fn contact_is(conversation: &Conversation, customer: &Customer) -> bool {
    conversation
        .sender()
        .and_then(|sender| sender.email.as_deref())
        .is_some_and(|address| customer.has_address(address))
}
