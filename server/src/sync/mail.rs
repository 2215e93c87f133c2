//! Inboxes for e-mail: which there are, when they are polled, and whose a conversation may be that is new there.

use std::num::NonZeroU32;
use std::time::Duration;

use chatwoot::{Channel, Conversation, InboxId, Sort};

use super::poll::{self, PAGES};
use super::{Trouble, lock, millis, moment, thread};
use crate::clock::Millis;
use crate::failure::chain;
use crate::ownership;
use crate::store::owners::Origin;
use crate::store::{customers, lists, tickets as kept};
use crate::tickets::Tickets;

/// What is known of the inboxes is asked again after this.
const KEPT: Duration = Duration::from_mins(5);

/// An inbox for e-mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MailInbox {
    /// Chatwoot's number of it.
    pub id: InboxId,
    /// The address that customers write to, if it has one.
    pub address: Option<String>,
}

/// What is known of them.
pub(super) struct Known {
    at: Millis,
    inboxes: Vec<MailInbox>,
}

/// All inboxes for e-mail; none where the operator leaves their tickets out.
pub(crate) async fn mail_inboxes(tickets: &Tickets) -> Result<Vec<MailInbox>, chatwoot::Error> {
    if !tickets.settings.email_tickets {
        return Ok(Vec::new());
    }
    let now = tickets.clock.now();
    if let Some(known) = lock(&tickets.sync.mail).as_ref()
        && now < known.at + millis(KEPT)
    {
        return Ok(known.inboxes.clone());
    }
    let all = tickets.chatwoot.inboxes().await?.into_iter();
    let inboxes: Vec<MailInbox> = all
        .filter(|inbox| inbox.channel == Channel::Email)
        .map(|inbox| MailInbox {
            id: inbox.id,
            address: inbox.email.filter(|address| !address.is_empty()),
        })
        .collect();
    *lock(&tickets.sync.mail) = Some(Known {
        at: now,
        inboxes: inboxes.clone(),
    });
    Ok(inboxes)
}

/// Whether this is known to be one of them.
pub(super) fn is_known(tickets: &Tickets, inbox: InboxId) -> bool {
    lock(&tickets.sync.mail)
        .as_ref()
        .is_some_and(|known| known.inboxes.iter().any(|it| it.id == inbox))
}

/// What is known of where one writes to one of them.
pub(crate) enum MailAddress {
    /// Chatwoot has not said which inboxes there are, since the portal started.
    Unknown,
    /// It has none.
    None,
    /// This.
    Some(String),
}

/// Where one writes to this inbox.
pub(crate) fn mail_address(tickets: &Tickets, inbox: InboxId) -> MailAddress {
    let known = lock(&tickets.sync.mail);
    let Some(known) = known.as_ref() else {
        return MailAddress::Unknown;
    };
    let of_inbox = known.inboxes.iter().find(|it| it.id == inbox);
    match of_inbox.and_then(|it| it.address.clone()) {
        Some(address) => MailAddress::Some(address),
        None => MailAddress::None,
    }
}

/// Those that were not polled for so long. There may be many mails of people who are no customers here: they are never polled closely.
pub(super) async fn inboxes_to_poll(
    tickets: &Tickets,
    now: Millis,
    each: Duration,
) -> Result<Vec<InboxId>, Trouble> {
    let inboxes = mail_inboxes(tickets).await?;
    let due = tickets.store.read(move |tx| {
        let mut due = Vec::new();
        for inbox in inboxes {
            let polled = lists::polled(tx, inbox.id.number())?;
            if polled.is_none_or(|then| now >= then + millis(each)) {
                due.push(inbox.id);
            }
        }
        Ok(due)
    });
    Ok(due.await?)
}

/// A conversation of such an inbox that we have no record of. True if something shows that did not before.
pub(super) async fn take_new(
    tickets: &Tickets,
    conversation: &Conversation,
) -> Result<bool, Trouble> {
    let Some(filed) = conversation.source_hint() else {
        return Ok(false);
    };
    // A hint only, which decides where to look and nothing else.
    let address = filed.as_str().to_ascii_lowercase();
    let customer = tickets
        .store
        .read(move |tx| customers::by_address(tx, &address))
        .await?;
    let Some(customer) = customer else {
        let now = tickets.clock.now();
        tickets.sync.nobodys.note(conversation.id.number(), now);
        return Ok(false);
    };
    // Before that the filling brings it, and it counts as seen.
    if !poll::is_filled(tickets, customer.id).await? {
        return Ok(false);
    }
    let number = conversation.id.number();
    for place in ownership::mail_places(tickets, &customer).await? {
        for page in 1..=PAGES {
            let Some(page) = NonZeroU32::new(page).filter(|_| place.inbox() == conversation.inbox)
            else {
                break;
            };
            let asked = moment(tickets);
            let (rows, last) =
                ownership::list_mail(tickets, &place, page, Sort::ActivityDesc).await?;
            if let Some(row) = rows.into_iter().find(|row| row.number() == number) {
                let judged = ownership::judge_mail(tickets, &customer, row).await?;
                let Some(owned) = judged else {
                    return Ok(false);
                };
                let _lock = tickets.ticket_locks.lock(&owned.owner().ticket).await;
                return thread::read(tickets, owned, asked).await;
            }
            if last {
                break;
            }
        }
    }
    Ok(false)
}

/// Where the operator leaves tickets begun by e-mail out, those that were shown before are gone at once. Switched on again, every list
/// is fetched anew, since no poll of these inboxes is known then.
pub(super) fn start(tickets: &Tickets) {
    if tickets.settings.email_tickets {
        return;
    }
    let busy = tickets.background.busy();
    let this = tickets.clone();
    tickets
        .background
        .spawn("leaving out of tickets begun by e-mail", async move {
            let (own, now) = (this.chatwoot.inbox_id().number(), this.clock.now());
            let forgot = this.store.write(move |tx| {
                lists::forget_polls_but(tx, own)?;
                kept::forget_origin(tx, Origin::Mail, now)
            });
            if let Err(error) = forgot.await {
                tracing::error!(
                    cause = chain(&error),
                    "tickets begun by e-mail cannot be taken out"
                );
            }
            drop(busy);
        });
}
