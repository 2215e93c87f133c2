//! Fetches a customer's tickets. What moved last is shown first; then all pages by creation time, so that none is missed while rows move.
//! Begun anew after a restart, it passes over what is here already.

use std::collections::HashSet;
use std::num::NonZeroU32;

use chatwoot::{ConversationId, Sort, SourceId};

use super::reread;
use crate::ownership::{self, MailPlace, OwnedConversation, OwnedTicket};
use crate::store::customers::{Customer, CustomerId};
use crate::store::owners::{self, Origin};
use crate::store::{lists, tickets as kept};
use crate::sync::{self, Moment, Trouble, contacts, moment, others_of, source_of, thread};
use crate::tickets::Tickets;
use crate::translate;

/// So many pages of a customer's tickets begun by e-mail are fetched from an inbox, a thousand tickets: anybody can send mails in a
/// customer's name.
const MOST_PAGES: u32 = 40;

/// Fetches them all.
pub(super) async fn fill(tickets: &Tickets, id: CustomerId) -> Result<(), Trouble> {
    let began_at = tickets.clock.now();
    let Some(customer) = reread(tickets, id).await? else {
        return Ok(());
    };
    let source = source_of(tickets, &customer).await?;
    let contact = tickets.chatwoot.contact_by_source(&source).await?;
    if let Some(contact) = &contact {
        contacts::take(tickets, &customer, contact, began_at).await?;
    }
    let mut filler = Filler {
        tickets,
        customer: reread(tickets, id).await?.unwrap_or(customer),
        seen: HashSet::new(),
        owned: Vec::new(),
    };
    if contact.is_some() {
        filler.all_pages(&source).await?;
    }
    for other in others_of(tickets, &filler.customer, &source) {
        if tickets.chatwoot.contact_by_source(&other).await?.is_some() {
            filler.all_pages(&other).await?;
        }
    }
    filler.mails().await?;
    // What is not listed is read by our records: what came from an earlier portal is not filed under his source id, and of what he
    // began by e-mail somebody may have changed the contact.
    filler.recorded(Origin::Adopted).await?;
    if tickets.settings.email_tickets {
        filler.recorded(Origin::Mail).await?;
    }
    filler.forget_gone().await?;
    let now = tickets.clock.now();
    tickets
        .store
        .write(move |tx| lists::filled(tx, id, began_at, now))
        .await?;
    tickets.changes.changed(id, None);
    filler.complete_threads().await
}

struct Filler<'a> {
    tickets: &'a Tickets,
    customer: Customer,
    seen: HashSet<u64>,
    owned: Vec<OwnedConversation>,
}

impl Filler<'_> {
    async fn all_pages(&mut self, source: &SourceId) -> Result<(), Trouble> {
        let newest = self
            .page(source, NonZeroU32::MIN, Sort::ActivityDesc)
            .await?;
        let mut page = Some(NonZeroU32::MIN).filter(|_| !newest);
        while let Some(number) = page {
            let last = self.page(source, number, Sort::CreatedAsc).await?;
            page = number.checked_add(1).filter(|_| !last);
        }
        Ok(())
    }

    /// Takes a page. True if nothing comes after.
    async fn page(
        &mut self,
        source: &SourceId,
        page: NonZeroU32,
        sort: Sort,
    ) -> Result<bool, Trouble> {
        let asked = moment(self.tickets);
        let listed = ownership::list(self.tickets, source, page, sort).await?;
        for row in listed.rows {
            if !self.seen.insert(row.number()) {
                continue;
            }
            let number = row.number();
            let judged = ownership::judge(self.tickets, &self.customer, source, row).await;
            self.take_judged(number, judged, asked).await?;
        }
        Ok(listed.last)
    }

    /// What he began by e-mail, in each inbox where his address is known.
    async fn mails(&mut self) -> Result<(), Trouble> {
        for place in ownership::mail_places(self.tickets, &self.customer).await? {
            let newest = self
                .page_of_mails(&place, NonZeroU32::MIN, Sort::ActivityDesc)
                .await?;
            let mut page = Some(NonZeroU32::MIN).filter(|_| !newest);
            while let Some(number) = page {
                let last = self.page_of_mails(&place, number, Sort::CreatedAsc).await?;
                page = number.checked_add(1).filter(|_| !last);
                if page.is_some_and(|page| page.get() > MOST_PAGES) {
                    tracing::warn!(customer = %self.customer.id, "a customer has more tickets begun by e-mail than are fetched");
                    break;
                }
            }
        }
        Ok(())
    }

    async fn page_of_mails(
        &mut self,
        place: &MailPlace,
        page: NonZeroU32,
        sort: Sort,
    ) -> Result<bool, Trouble> {
        let asked = moment(self.tickets);
        let (rows, last) = ownership::list_mail(self.tickets, place, page, sort).await?;
        for row in rows {
            if !self.seen.insert(row.number()) {
                continue;
            }
            let number = row.number();
            let judged = ownership::judge_mail(self.tickets, &self.customer, row).await;
            self.take_judged(number, judged, asked).await?;
        }
        Ok(last)
    }

    /// Takes what is his. One that Chatwoot cannot serve holds up no other.
    async fn take_judged(
        &mut self,
        number: u64,
        judged: Result<Option<OwnedConversation>, Trouble>,
        asked: Moment,
    ) -> Result<(), Trouble> {
        let taken = match judged {
            Ok(Some(owned)) => self.take(owned, asked).await,
            Ok(None) => Ok(()),
            Err(trouble) => Err(trouble),
        };
        self.unless_its_own(number, taken)
    }

    fn unless_its_own(&self, number: u64, done: Result<(), Trouble>) -> Result<(), Trouble> {
        match (done, ConversationId::new(number)) {
            (Err(trouble), Ok(id)) if trouble.is_of_one_ticket(self.tickets) => {
                trouble.pass_over(self.tickets, id, None);
                Ok(())
            }
            (done, _) => done,
        }
    }

    async fn take(&mut self, owned: OwnedConversation, asked: Moment) -> Result<(), Trouble> {
        let ticket = owned.owner().ticket.clone();
        let _lock = self.tickets.ticket_locks.lock(&ticket).await;
        let known = self
            .tickets
            .store
            .read(move |tx| kept::find(tx, &ticket))
            .await?;
        let upstream = owned.conversation().updated_at;
        // It may have been read when its priority was not shown.
        let priorities = self.tickets.settings.priority;
        let priority = translate::shown_priority(owned.conversation(), priorities);
        let fresh = known.is_some_and(|it| {
            it.read
                && it.upstream.is_some()
                && it.upstream == upstream
                && it.row.priority == priority
        });
        if !fresh {
            thread::read(self.tickets, owned.clone(), asked).await?;
        }
        self.owned.push(owned);
        Ok(())
    }

    /// What is his by our record, as far as it was not listed.
    async fn recorded(&mut self, origin: Origin) -> Result<(), Trouble> {
        let customer = self.customer.id;
        let records = self
            .tickets
            .store
            .read(move |tx| owners::of_origin(tx, customer, origin))
            .await?;
        for (ticket, number) in records {
            let (false, Ok(id)) = (self.seen.contains(&number), ConversationId::new(number)) else {
                continue;
            };
            let asked = moment(self.tickets);
            let conversation = match self.tickets.chatwoot.conversation(id).await {
                Ok(conversation) => conversation,
                // Whether it is gone is looked at below.
                Err(chatwoot::Error::NotFound) => continue,
                Err(error) => {
                    self.unless_its_own(number, Err(error.into()))?;
                    // It is not gone.
                    self.seen.insert(number);
                    continue;
                }
            };
            self.seen.insert(number);
            let owner = self
                .tickets
                .store
                .read(move |tx| owners::of_customer(tx, customer, &ticket))
                .await?;
            let Some(owner) = owner else {
                continue;
            };
            let known = ownership::recognise(self.tickets, owner, conversation).await;
            self.take_judged(number, known, asked).await?;
        }
        Ok(())
    }

    /// What we have and Chatwoot did not list may be deleted there.
    async fn forget_gone(&self) -> Result<(), Trouble> {
        let customer = self.customer.id;
        let ours = self
            .tickets
            .store
            .read(move |tx| kept::known_to_chatwoot(tx, customer))
            .await?;
        for (ticket, conversation) in ours {
            if self.seen.contains(&conversation) {
                continue;
            }
            let owned = self
                .tickets
                .store
                .read(move |tx| OwnedTicket::check(tx, customer, &ticket))
                .await?;
            if let Some(owned) = owned {
                sync::check_gone(self.tickets, &owned).await;
            }
        }
        Ok(())
    }

    /// Reads what is left of each thread, those that moved last first.
    async fn complete_threads(&self) -> Result<(), Trouble> {
        let customer = self.customer.id;
        let incomplete = self
            .tickets
            .store
            .read(move |tx| kept::incomplete(tx, customer))
            .await?;
        for (_, conversation) in incomplete {
            let of = |it: &&OwnedConversation| it.conversation().id.number() == conversation;
            if let Some(owned) = self.owned.iter().find(of) {
                let read = thread::complete(self.tickets, owned).await;
                self.unless_its_own(conversation, read)?;
            }
        }
        Ok(())
    }
}
