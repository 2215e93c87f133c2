//! Somebody signed in, and what he can do and see.

use std::sync::Arc;

use app::contract::Customer;
use app::error::AppError;
use app::tickets::find::Find;
use app::tickets::markup::plain_text;
use app::tickets::model::*;
use app::tickets::priority::Priority;
use fake_chatwoot::DisplayId;
use server::store::customers::CustomerId;
use server::store::outbox::{self, State};

use super::Stage;

/// Somebody signed in.
pub struct Person<'a> {
    pub stage: &'a Stage,
    pub id: CustomerId,
    pub can: Arc<dyn Customer>,
}

impl Person<'_> {
    pub async fn list(&self) -> TicketList {
        match self
            .can
            .list_tickets(Find::default(), None, None, 0)
            .await
            .unwrap()
        {
            Refetched::Changed(list) => list,
            Refetched::Unchanged => panic!("unchanged, though nothing was known"),
        }
    }

    /// All pages of the list.
    pub async fn everything(&self) -> Vec<TicketRow> {
        let mut rows = Vec::new();
        let mut after = None;
        loop {
            let page = self
                .can
                .list_tickets(Find::default(), after, None, 0)
                .await
                .unwrap();
            let Refetched::Changed(page) = page else {
                panic!("unchanged, though nothing was known")
            };
            rows.extend(page.rows);
            after = page.next;
            if after.is_none() {
                return rows;
            }
        }
    }

    pub async fn try_show(&self, ticket: &TicketId) -> Result<TicketView, AppError> {
        match self.can.show_ticket(ticket.clone(), None, None).await? {
            Refetched::Changed(view) => Ok(view),
            Refetched::Unchanged => panic!("unchanged, though nothing was known"),
        }
    }

    /// Opens it, and again once what that set going is done.
    pub async fn show(&self, ticket: &TicketId) -> TicketView {
        self.try_show(ticket).await.unwrap();
        self.stage.settle().await;
        let view = self.try_show(ticket).await.unwrap();
        // It is read again for this, too: else what happens next would find that reading under way, and be left out by it.
        self.stage.settle().await;
        view
    }

    pub async fn open(&self, subject: &str, message: &str) -> TicketId {
        let ticket = self
            .open_with(self.stage.key(), subject, message)
            .await
            .unwrap();
        self.stage.settle().await;
        ticket
    }

    pub async fn open_with(
        &self,
        key: Key,
        subject: &str,
        message: &str,
    ) -> Result<TicketId, AppError> {
        self.open_as(key, (subject, message), None).await
    }

    pub async fn open_as(
        &self,
        key: Key,
        (subject, message): (&str, &str),
        priority: Option<Priority>,
    ) -> Result<TicketId, AppError> {
        let new = NewTicket {
            key,
            subject: subject.to_owned(),
            message: message.to_owned(),
            files: Vec::new(),
            priority,
        };
        self.can.open_ticket(new).await
    }

    pub async fn reply(&self, ticket: &TicketId, text: &str) -> Message {
        let reply = self
            .can
            .reply(
                ticket.clone(),
                self.stage.key(),
                text.to_owned(),
                Vec::new(),
            )
            .await
            .unwrap();
        self.stage.settle().await;
        reply
    }

    /// Writes, and gives the key it was written with; nothing need have come of it yet.
    pub async fn writes(&self, ticket: &TicketId, text: &str) -> Key {
        let key = self.stage.key();
        self.can
            .reply(ticket.clone(), key.clone(), text.to_owned(), Vec::new())
            .await
            .unwrap();
        key
    }

    /// How far an act of his is, as the store has it.
    pub async fn state(&self, key: &Key) -> State {
        let (id, key) = (self.id, key.clone());
        let store = self.stage.tickets().store();
        let found = store.read(move |tx| outbox::with_key(tx, id, &key)).await;
        found.unwrap().unwrap().state
    }

    pub async fn row(&self, ticket: &TicketId) -> TicketRow {
        let list = self.list().await;
        list.rows.into_iter().find(|row| row.id == *ticket).unwrap()
    }

    /// The number that agents know it by.
    pub async fn number(&self, ticket: &TicketId) -> DisplayId {
        DisplayId(i64::from(self.row(ticket).await.number.unwrap()))
    }
}

/// A thread in short: who said what, and what happened.
pub fn thread(view: &TicketView) -> Vec<String> {
    view.entries.iter().map(line).collect()
}

fn line(entry: &Entry) -> String {
    let message = match entry {
        Entry::Event(event) => return format!("* {:?}", event.kind),
        Entry::Message(message) => message,
    };
    let who = match &message.author {
        Author::You => "you".to_owned(),
        Author::Team => "team".to_owned(),
        Author::Agent(name) => name.clone(),
    };
    let mut line = match message.kind {
        MessageKind::Text => format!("{who}: {}", plain_text(&message.body)),
        other => format!("{who}: ({other:?})"),
    };
    for file in &message.files {
        line.push_str(&format!(" [{}]", file.name));
    }
    match message.delivery {
        Delivery::Sent => {}
        other => line.push_str(&format!(" ({other:?})")),
    }
    line
}
