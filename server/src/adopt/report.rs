//! What was taken over, and what was left out and why.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use chatwoot::ContactId;

/// So many contacts are named for each reason.
const NAMED: usize = 50;

/// Why tickets were left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Nobody is there whose they could be.
    NoContact,
    /// Nobody could sign in to see them.
    NoAddress,
    /// Nor with this address.
    OddAddress,
    /// Anybody who opens the website's widget can join a contact and change its address.
    WebsiteVisitor,
    /// What the earlier portal filed them under names another address than the contact has now.
    OtherAddress,
    /// Several of this portal's customers have become one contact.
    SeveralCustomers,
}

impl Reason {
    /// Whether the operator can say that all is well.
    pub fn can_be_trusted(self) -> bool {
        match self {
            Self::NoContact | Self::NoAddress | Self::OddAddress => false,
            Self::WebsiteVisitor | Self::OtherAddress | Self::SeveralCustomers => true,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::NoContact => "they have no contact any more",
            Self::NoAddress => "the contact has no address",
            Self::OddAddress => "the portal sends no mail to such an address",
            Self::WebsiteVisitor => {
                "the contact is a website visitor too, and any visitor can become any contact and change its address"
            }
            Self::OtherAddress => "they were filed under another address than the contact has now",
            Self::SeveralCustomers => "several customers were merged into the contact",
        }
    }
}

/// What was left out for one reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// How many tickets.
    pub tickets: u64,
    /// Of which contacts, by Chatwoot's numbers.
    pub contacts: BTreeSet<u64>,
}

/// What was taken over, and what was left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Tickets that are somebody's now.
    pub adopted: u64,
    /// Customers who got some.
    pub customers: u64,
    /// Tickets that were somebody's before, or were refused for good.
    pub already: u64,
    /// Tickets that this portal made.
    pub ours: u64,
    /// Those left out.
    pub left_out: BTreeMap<Reason, LeftOut>,
}

impl Report {
    pub(super) fn leave_out(&mut self, reason: Reason, contact: Option<ContactId>, tickets: usize) {
        let row = self.left_out.entry(reason).or_default();
        row.tickets += tickets as u64;
        row.contacts.extend(contact.map(ContactId::number));
    }
}

/// As the log and the operator's terminal have it: numbers of contacts, no address.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            adopted,
            customers,
            already,
            ..
        } = self;
        write!(
            f,
            "{adopted} tickets of {customers} customers were taken over"
        )?;
        if *already > 0 {
            write!(f, ", {already} were dealt with before")?;
        }
        for (reason, LeftOut { tickets, contacts }) in &self.left_out {
            let words = reason.words();
            write!(f, "\nleft out: {tickets} tickets, since {words}")?;
            let named: Vec<String> = contacts.iter().take(NAMED).map(u64::to_string).collect();
            if !named.is_empty() {
                let more = contacts.len() - named.len();
                let more = (more > 0).then(|| format!(" and {more} more"));
                write!(
                    f,
                    " (contacts {}{})",
                    named.join(", "),
                    more.unwrap_or_default()
                )?;
            }
        }
        if self.left_out.keys().any(|reason| reason.can_be_trusted()) {
            write!(
                f,
                "\nlook at these contacts in Chatwoot; `chatwoot-portal adopt --again --trust <contact>` takes one as it is now"
            )?;
        }
        Ok(())
    }
}
