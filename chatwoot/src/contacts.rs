//! Contacts: who is known, by his source id or his address, and how he gets one.

use serde::Serialize;

use crate::client::{Client, NOTHING, Route};
use crate::error::Error;
use crate::ids::{ContactId, InboxId};
use crate::types::contact::{Contact, Created, Many, One};
use crate::words::{Address, ContactName, SourceId};

/// A contact to be made, with its place in the portal’s inbox.
#[derive(Debug, Clone)]
pub struct NewContact {
    /// What agents see.
    pub name: ContactName,
    /// The verified address.
    pub email: Address,
    /// What ties it to the portal’s inbox.
    pub source: SourceId,
}

/// A place in the portal’s inbox, to be looked for or made.
#[derive(Serialize)]
struct Place<'a> {
    inbox_id: InboxId,
    source_id: &'a SourceId,
}

impl Client {
    /// The contact that has this source id in the portal’s inbox.
    pub async fn contact_by_source(&self, source: &SourceId) -> Result<Option<Contact>, Error> {
        const ROUTE: Route = Route::look_up("/api/v1/accounts/{account}/contact_inboxes/filter");
        let body = Place {
            inbox_id: self.inbox_id(),
            source_id: source,
        };
        let url = self.in_account(&["contact_inboxes", "filter"]);
        let answer = self.call(ROUTE, url, Some(&body)).await?;
        // Nobody is a 404 with no body; with one it is the account or the inbox that is missing.
        if answer.status == 404 && answer.is_empty() {
            return Ok(None);
        }
        answer.json().map(Some)
    }

    /// The contacts that have this address now: none or one, two in accounts with rows of old. Who has the address
    /// need not be who owns any ticket (api.md §0b.1).
    pub async fn contacts_by_email(&self, email: &Address) -> Result<Vec<Contact>, Error> {
        const ROUTE: Route = Route::look_up("/api/v1/accounts/{account}/contacts/filter");
        #[derive(Serialize)]
        struct Body<'a> {
            // Of fixed length: an empty filter would answer with every contact.
            payload: [Condition<'a>; 1],
        }
        #[derive(Serialize)]
        struct Condition<'a> {
            attribute_key: &'static str,
            filter_operator: &'static str,
            values: [&'a str; 1],
            query_operator: Option<()>,
        }
        let body = Body {
            payload: [Condition {
                attribute_key: "email",
                filter_operator: "equal_to",
                values: [email.as_str()],
                query_operator: None,
            }],
        };
        let mut url = self.in_account(&["contacts", "filter"]);
        url.query_pairs_mut().append_pair("page", "1");
        let found: Many = self.call(ROUTE, url, Some(&body)).await?.json()?;
        let same = |contact: &Contact| contact.email.as_deref().is_some_and(|it| email.is(it));
        Ok(found.payload.into_iter().filter(same).collect())
    }

    /// A contact by its id; 404 after a merge.
    pub async fn contact(&self, id: ContactId) -> Result<Contact, Error> {
        const ROUTE: Route = Route::get("/api/v1/accounts/{account}/contacts/{contact}");
        let url = self.in_account(&["contacts", &id.to_string()]);
        Ok(self.call(ROUTE, url, NOTHING).await?.json::<One>()?.payload)
    }

    /// Gives a contact another name; what else agents keep of it stays.
    pub async fn rename_contact(&self, id: ContactId, name: &ContactName) -> Result<(), Error> {
        const ROUTE: Route = Route::patch("/api/v1/accounts/{account}/contacts/{contact}");
        #[derive(Serialize)]
        struct Body<'a> {
            name: &'a ContactName,
        }
        let url = self.in_account(&["contacts", &id.to_string()]);
        self.call(ROUTE, url, Some(&Body { name })).await?.good()?;
        Ok(())
    }

    /// Makes a contact and its place in the portal’s inbox. After [`Error::Taken`] or a 500 somebody was quicker: look
    /// again. One at a time per customer.
    pub async fn create_contact(&self, new: &NewContact) -> Result<Contact, Error> {
        const ROUTE: Route = Route::post("/api/v1/accounts/{account}/contacts");
        #[derive(Serialize)]
        struct Body<'a> {
            name: &'a ContactName,
            email: &'a Address,
            #[serde(flatten)]
            place: Place<'a>,
        }
        let body = Body {
            name: &new.name,
            email: &new.email,
            place: Place {
                inbox_id: self.inbox_id(),
                source_id: &new.source,
            },
        };
        let url = self.in_account(&["contacts"]);
        let created: Created = self.call(ROUTE, url, Some(&body)).await?.json()?;
        Ok(created.payload.contact)
    }

    /// Gives a contact its place in the portal’s inbox; twice is once. A 500 can mean that another contact has the
    /// source id.
    pub async fn attach_contact_inbox(
        &self,
        contact: ContactId,
        source: &SourceId,
    ) -> Result<(), Error> {
        const ROUTE: Route =
            Route::post("/api/v1/accounts/{account}/contacts/{contact}/contact_inboxes");
        let body = Place {
            inbox_id: self.inbox_id(),
            source_id: source,
        };
        let url = self.in_account(&["contacts", &contact.to_string(), "contact_inboxes"]);
        self.call(ROUTE, url, Some(&body)).await?.good()?;
        Ok(())
    }
}
