//! Drafts: what a customer is writing is kept as he types, sealed, so that it is there again after a crash and on another device.
//! The newest wins: a write that knows nothing of what is kept by now is told what that is.

use app::error::{AppError, Field, FieldError, Problem};
use app::tickets::draft::{Draft, Keeping, Keepsake, Kept};
use app::tickets::model::{Key, TicketId};
use app::tickets::priority::Priority;
use app::tickets::upload::UploadId;
use rusqlite::Transaction;
use serde::{Deserialize, Serialize};

use super::input::{MESSAGE_LIMIT, SUBJECT_LIMIT};
use super::{Shared, Tickets, files};
use crate::failure::Failure;
use crate::ownership::OwnedTicket;
use crate::rate_limit::LimitedAction;
use crate::store::customers::{self, CustomerId};
use crate::store::drafts::{self, Row};
use crate::store::outbox::State;
use crate::store::{StoreError, outbox, uploads};

/// Most drafts that one customer has at a time.
pub(crate) const DRAFT_LIMIT: u32 = 200;

/// Where a draft belongs: to a ticket of its customer's, or to his new one.
#[derive(Clone)]
pub(crate) struct Place {
    customer: CustomerId,
    ticket: Option<TicketId>,
}

impl Place {
    /// In a ticket.
    pub(crate) fn of(ticket: &OwnedTicket) -> Self {
        Self {
            customer: ticket.customer(),
            ticket: Some(ticket.id().clone()),
        }
    }

    /// In the form for a new ticket.
    pub(crate) fn of_new(customer: CustomerId) -> Self {
        Self {
            customer,
            ticket: None,
        }
    }

    /// Its name in the store.
    fn name(&self) -> &str {
        drafts::name(self.ticket.as_ref())
    }

    fn find(&self, tx: &Transaction<'_>) -> Result<Option<Row>, StoreError> {
        drafts::find(tx, self.customer, self.ticket.as_ref())
    }

    /// What its words are sealed for: they open nowhere else.
    fn purpose(&self) -> String {
        format!("draft {} {}", self.customer.number(), self.name())
    }
}

/// What is sealed.
#[derive(Serialize, Deserialize)]
struct Words<T> {
    subject: T,
    text: T,
    #[serde(default)]
    files: Vec<UploadId>,
    #[serde(default)]
    priority: Option<Priority>,
}

/// The draft of a place.
pub(crate) async fn read(tickets: &Tickets, place: Place) -> Result<Kept, Failure> {
    let this = tickets.clone();
    let found = tickets.store.read(move |tx| {
        let row = place.find(tx)?;
        kept(tx, &this, &place, row)
    });
    Ok(found.await?)
}

/// Keeps a draft, unless what is kept is newer.
pub(crate) async fn keep(
    tickets: &Tickets,
    place: Place,
    keeping: Keeping,
) -> Result<Keepsake, Failure> {
    check(&keeping.draft)?;
    let named = keeping.draft.files.iter().map(|it| it.id.clone());
    let files = files::each_once(named.collect());
    files::check_count(tickets.uploads.limits(), &files)?;
    let sealed = seal(tickets, &place, &keeping.draft)?;
    let now = tickets.clock.now();
    let this = tickets.clone();
    let answer = tickets
        .store
        .write(move |tx| {
            let customer = place.customer;
            // He may have been forgotten while this call was on its way.
            if !customers::is_known(tx, customer)? {
                return Ok(Err(AppError::SignedOut));
            }
            let found = place.find(tx)?;
            if !may_replace(found.as_ref(), &keeping) || was_sent(tx, customer, &keeping.draft.key)?
            {
                return Ok(Ok(Keepsake::Newer(kept(tx, &this, &place, found)?)));
            }
            if let Err(wait) = this.allow(LimitedAction::KeepDraft, customer) {
                return Ok(Err(wait));
            }
            let is_new = found.as_ref().is_none_or(|row| row.sealed.is_none());
            if sealed.is_some() && is_new && drafts::count(tx, customer)? >= DRAFT_LIMIT {
                let limit = DRAFT_LIMIT;
                let problem = Problem::TooManyDrafts { limit };
                return Ok(Err(AppError::field(Field::Message, problem)));
            }
            let version = found.map_or(0, |row| row.version) + 1;
            let row = Row {
                key: keeping.draft.key.as_str().to_owned(),
                sealed,
                version,
                page: keeping.page.as_str().to_owned(),
                number: keeping.number,
            };
            drafts::put(tx, customer, place.ticket.as_ref(), &row, now)?;
            uploads::in_draft(tx, customer, place.name(), &files, now)?;
            Ok(Ok(Keepsake::Kept(version)))
        })
        .await?;
    Ok(answer?)
}

/// Whether it knows of what is there: it is written on top of that, or later by the same page.
fn may_replace(there: Option<&Row>, keeping: &Keeping) -> bool {
    match there {
        None => keeping.base == 0,
        Some(row) if row.page == keeping.page.as_str() => keeping.number > row.number,
        Some(row) => keeping.base == row.version,
    }
}

/// A write that comes after the words were sent.
fn was_sent(tx: &Transaction<'_>, customer: CustomerId, key: &Key) -> Result<bool, StoreError> {
    let sent = outbox::with_key(tx, customer, key)?;
    Ok(sent.is_some_and(|entry| entry.state != State::TakenBack))
}

/// Only its size is looked at: it is not sent yet, and comes back as it was typed.
fn check(draft: &Draft) -> Result<(), AppError> {
    let fault = |(field, text, limit): (Field, &str, u32)| {
        let actual = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        let problem = Problem::TooLong { limit, actual };
        (actual > limit).then_some(FieldError { field, problem })
    };
    let faults: Vec<_> = [
        (Field::Subject, draft.subject.as_str(), SUBJECT_LIMIT),
        (Field::Message, draft.text.as_str(), MESSAGE_LIMIT),
    ]
    .into_iter()
    .filter_map(fault)
    .collect();
    if faults.is_empty() {
        Ok(())
    } else {
        Err(AppError::Invalid(faults))
    }
}

/// Nothing for a draft without words.
fn seal(tickets: &Shared, place: &Place, draft: &Draft) -> Result<Option<Vec<u8>>, Failure> {
    if draft.is_blank() {
        return Ok(None);
    }
    let words = serde_json::to_string(&Words {
        subject: &draft.subject,
        text: &draft.text,
        files: draft.files.iter().map(|it| it.id.clone()).collect(),
        priority: draft.priority,
    })
    .map_err(Failure::unavailable)?;
    let keys = tickets.keys.current();
    let sealed = keys.seal(&tickets.chance, &place.purpose(), &words);
    let sealed = sealed.ok_or_else(|| Failure::unavailable("a draft cannot be sealed"))?;
    Ok(Some(sealed))
}

/// What is kept, as its customer sees it. What no known secret opens is gone.
fn kept(
    tx: &Transaction<'_>,
    tickets: &Shared,
    place: &Place,
    row: Option<Row>,
) -> Result<Kept, StoreError> {
    let Some(row) = row else {
        return Ok(Kept {
            version: 0,
            draft: None,
        });
    };
    let open = |sealed: &[u8]| {
        let words = tickets.keys.open(&place.purpose(), sealed)?;
        serde_json::from_str::<Words<String>>(&words).ok()
    };
    let words = row.sealed.as_deref().and_then(open);
    let key = Key::parse(&row.key);
    let draft = match words.zip(key) {
        Some((words, key)) => Some(Draft {
            key,
            subject: words.subject,
            text: words.text,
            files: files::waiting(tx, tickets, place.customer, &words.files)?,
            priority: words.priority,
        }),
        None => None,
    };
    Ok(Kept {
        version: row.version,
        draft,
    })
}
