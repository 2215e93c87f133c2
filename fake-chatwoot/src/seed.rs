//! The demo's customers and tickets. Every act happens at its own time before now, in order over all tickets, as if it had.

mod ada;
mod files;
mod mails;
mod others;
mod perform;
mod script;

use std::sync::Arc;

use serde_json::{Map, json};

use crate::given::Given;
use crate::ids::{ContactId, DisplayId, UserId};
use crate::options::Options;
use crate::refusal::Refusal;
use crate::store::Data;
use crate::store::account::{Label, Role};
use crate::store::contacts::ContactFields;
use crate::store::conversations::NewConversation;
use script::{Act, Customer, Ticket};

/// Fills an empty account.
pub(crate) fn sow(data: &mut Data, given: &Given, options: &Options) {
    let clock = Arc::clone(&options.clock);
    let now = clock();
    let mut sower = Sower {
        data,
        given,
        options,
        priya: given.agent_id,
        now,
    };
    // What is written here was tried: a refusal would be a slip in the script, and the test of the seed finds it.
    let _ = sower.sow();
    sower.data.set_clock(clock);
}

struct Sower<'a> {
    data: &'a mut Data,
    given: &'a Given,
    options: &'a Options,
    priya: UserId,
    now: i64,
}

/// One act of one ticket, at its time.
struct Due<'a> {
    at: i64,
    ticket: usize,
    act: &'a Act,
}

impl Sower<'_> {
    fn sow(&mut self) -> Result<(), Refusal> {
        self.pretend(self.now - 400 * 86_400_000);
        self.furnish();
        let customers = [
            ada::customer(),
            others::bob(),
            others::maria(),
            others::blocked(),
        ];
        let mut tickets: Vec<(&Customer, ContactId, &Ticket)> = Vec::new();
        for customer in &customers {
            let contact = self.contact(customer.name, customer.address)?;
            tickets.extend(
                customer
                    .tickets
                    .iter()
                    .map(|ticket| (customer, contact, ticket)),
            );
        }
        for (name, address) in others::WITHOUT_TICKETS {
            self.contact(name, address)?;
        }
        let mut due = Vec::new();
        for (index, (_, _, ticket)) in tickets.iter().enumerate() {
            let begun = self.now - ticket.minutes_ago * 60_000;
            due.extend(ticket.acts.iter().map(|(minutes, act)| Due {
                at: begun + minutes * 60_000,
                ticket: index,
                act,
            }));
        }
        due.sort_by_key(|due| (due.at, due.ticket));
        let mut opened: Vec<Option<DisplayId>> = vec![None; tickets.len()];
        for Due { at, ticket, act } in due {
            self.pretend(at.min(self.now));
            let (customer, contact, script) = tickets[ticket];
            let id = match opened[ticket] {
                Some(id) => id,
                None => self.open(customer, contact, script)?,
            };
            let first = opened[ticket].replace(id).is_none();
            self.perform(id, contact, script, act, first)?;
        }
        for (minutes_ago, post) in mails::mails(&self.given.support_email) {
            self.pretend(self.now - minutes_ago * 60_000);
            self.mail(&post)?;
        }
        self.pretend(self.now);
        if let Some(contact) = self
            .data
            .contact_by_email("blocked@example.com")
            .map(|contact| contact.id)
        {
            self.data
                .change_contact(contact, |contact| contact.blocked = true);
        }
        Ok(())
    }

    fn pretend(&mut self, millis: i64) {
        self.data.set_clock(Arc::new(move || millis));
    }

    fn furnish(&mut self) {
        self.priya = self
            .data
            .add_user("Priya Natarajan", "priya@acme.test", Role::Agent);
        for user in self.data.users.values_mut() {
            user.availability_status = "online";
            if user.name == "Priya Natarajan" {
                user.display_name = Some("Priya".to_owned());
            }
        }
        if let Some(inbox) = self.data.inboxes.get_mut(&self.given.inbox) {
            inbox.members.push(self.priya);
        }
        for title in ["cancelled-by-customer", "billing", "hardware"] {
            let id = self.data.next_row();
            let color = "#1f93ff".to_owned();
            let label = Label {
                id,
                title: title.to_owned(),
                description: None,
                color,
                show_on_sidebar: Some(true),
            };
            self.data.labels.push(label);
        }
    }

    fn contact(&mut self, name: &str, address: &str) -> Result<ContactId, Refusal> {
        self.data.create_contact(ContactFields {
            name: Some(name.to_owned()),
            email: Some(Some(address.to_owned())),
            custom_attributes: Map::from_iter([("plan".to_owned(), json!("gold"))]),
            ..ContactFields::default()
        })
    }

    /// A ticket as the portal opens it: listed under the derived source_id, with its mark.
    fn open(
        &mut self,
        customer: &Customer,
        contact: ContactId,
        ticket: &Ticket,
    ) -> Result<DisplayId, Refusal> {
        let source_id = (self.options.source_id_of)(customer.address);
        let of = self
            .data
            .build_contact_inbox(contact, self.given.inbox, Some(&source_id), false);
        let of = of.map_err(|_| Refusal::Broken)?;
        let uuid = self.data.chance.uuid();
        let mark = (self.options.mark_of)(&source_id, &uuid);
        let additional =
            json!({ "mail_subject": ticket.subject, "portal_ticket": uuid, "portal_sig": mark });
        let custom = json!({ "portal_subject": ticket.subject });
        let new = NewConversation {
            additional_attributes: additional.as_object().cloned().unwrap_or_default(),
            custom_attributes: custom.as_object().cloned().unwrap_or_default(),
            ..NewConversation::default()
        };
        self.data.open_conversation(of, new).map(|(id, _)| id)
    }
}
