//! Whose a contact's tickets are: its address of this moment, unless something shows that it may have been taken over.

use chatwoot::{Channel, Contact, ContactId, InboxId};

use super::report::Reason;
use super::scan::OURS;
use super::{Parts, Trust};
use crate::sign_in::address::Address;

/// What is judged of a contact.
pub(super) enum Verdict {
    /// Its tickets are this address's.
    Whose(String),
    /// They are nobody's.
    LeftOut(Reason),
}

/// Contacts, and what they are judged by.
pub(super) struct Contacts<'a> {
    parts: &'a Parts,
    trust: &'a Trust,
    websites: Vec<InboxId>,
}

impl<'a> Contacts<'a> {
    pub(super) async fn new(parts: &'a Parts, trust: &'a Trust) -> Result<Self, chatwoot::Error> {
        let inboxes = parts.chatwoot.inboxes().await?;
        let websites = inboxes
            .into_iter()
            .filter(|inbox| inbox.channel == Channel::WebWidget)
            .map(|inbox| inbox.id)
            .collect();
        Ok(Self {
            parts,
            trust,
            websites,
        })
    }

    pub(super) async fn judge(&self, id: ContactId) -> Result<Verdict, chatwoot::Error> {
        let contact = match self.parts.chatwoot.contact(id).await {
            Ok(contact) => contact,
            Err(chatwoot::Error::NotFound) => return Ok(Verdict::LeftOut(Reason::NoContact)),
            Err(error) => return Err(error),
        };
        let Some(written) = contact.email.as_deref().filter(|it| !it.is_empty()) else {
            return Ok(Verdict::LeftOut(Reason::NoAddress));
        };
        let address = match Address::parse(written) {
            Ok(address) if address.as_str().eq_ignore_ascii_case(written) => address,
            _ => return Ok(Verdict::LeftOut(Reason::OddAddress)),
        };
        let doubt = self.doubt(&contact, address.as_str());
        Ok(match doubt.filter(|_| !self.trust.covers(id)) {
            Some(reason) => Verdict::LeftOut(reason),
            None => Verdict::Whose(address.as_str().to_owned()),
        })
    }

    /// What shows that others may have had a hand in it.
    fn doubt(&self, contact: &Contact, address: &str) -> Option<Reason> {
        let inbox = self.parts.chatwoot.inbox_id();
        let own: Vec<String> = self
            .parts
            .keys
            .all()
            .map(|keys| keys.source_id(address))
            .collect();
        let mut places = contact.sources_in(inbox).map(chatwoot::SourceId::as_str);
        if places.any(|it| it.starts_with(OURS) && !own.iter().any(|own| own == it)) {
            return Some(Reason::SeveralCustomers);
        }
        let mut places = contact.sources_in(inbox).map(chatwoot::SourceId::as_str);
        if places.any(|it| it.contains('@') && !it.eq_ignore_ascii_case(address)) {
            return Some(Reason::OtherAddress);
        }
        let is_website = |it: &chatwoot::ContactInbox| self.websites.contains(&it.inbox);
        contact
            .inboxes
            .iter()
            .any(is_website)
            .then_some(Reason::WebsiteVisitor)
    }
}
