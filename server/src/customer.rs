//! The signed-in customer: keeps the contract, and the rule that only his own tickets exist for him.

use app::contract::Customer;
use app::error::AppError;
use app::tickets::draft::{Keeping, Keepsake, Kept};
use app::tickets::find::Find;
use app::tickets::markup::Node;
use app::tickets::model::{
    Cursor, Key, Message, NewTicket, Refetched, TakenBack, TicketId, TicketList, TicketView,
};
use app::tickets::upload::UploadId;
use async_trait::async_trait;

use crate::away::switch;
use crate::failure::Failure;
use crate::ownership::OwnedTicket;
use crate::store::customers::CustomerId;
use crate::tickets::{
    Tickets, cancel, draft, files, input, list, open, reply, retry, seen, show, take_back, typing,
};

/// A customer and all tickets there are; what he reaches of them is his own.
pub(crate) struct OwnTickets {
    tickets: Tickets,
    customer: CustomerId,
    /// He asks himself; else it is his page, or a page that is only being made.
    asks: bool,
}

impl OwnTickets {
    pub(crate) fn new(tickets: Tickets, customer: CustomerId, asks: bool) -> Self {
        Self {
            tickets,
            customer,
            asks,
        }
    }

    /// Where a draft belongs: to a ticket of his, or to his new one.
    async fn place(&self, ticket: Option<TicketId>) -> Result<draft::Place, Failure> {
        Ok(match ticket {
            Some(ticket) => draft::Place::of(&self.own(ticket).await?),
            None => draft::Place::of_new(self.customer),
        })
    }

    /// The ticket, if it is his; else it does not exist.
    async fn own(&self, ticket: TicketId) -> Result<OwnedTicket, Failure> {
        let customer = self.customer;
        let owned = self
            .tickets
            .store
            .read(move |tx| OwnedTicket::check(tx, customer, &ticket))
            .await?;
        owned.ok_or_else(|| AppError::NotFound.into())
    }
}

#[async_trait]
impl Customer for OwnTickets {
    async fn list_tickets(
        &self,
        find: Find,
        after: Option<Cursor>,
        known: Option<u64>,
        rows: u32,
    ) -> Result<Refetched<TicketList>, AppError> {
        Ok(list::list(&self.tickets, self.customer, find, after, known, rows).await?)
    }

    async fn show_ticket(
        &self,
        ticket: TicketId,
        earlier: Option<u64>,
        known: Option<u64>,
    ) -> Result<Refetched<TicketView>, AppError> {
        if self.asks {
            show::tell_status(&self.tickets, self.customer, &ticket).await?;
        }
        Ok(show::show(&self.tickets, self.customer, ticket, earlier, known).await?)
    }

    async fn open_ticket(&self, new: NewTicket) -> Result<TicketId, AppError> {
        Ok(open::open(&self.tickets, self.customer, new).await?)
    }

    async fn reply(
        &self,
        ticket: TicketId,
        key: Key,
        text: String,
        files: Vec<UploadId>,
    ) -> Result<Message, AppError> {
        let ticket = self.own(ticket).await?;
        Ok(reply::reply(&self.tickets, &ticket, key, &text, files).await?)
    }

    async fn drop_upload(&self, file: UploadId) -> Result<(), AppError> {
        Ok(files::drop(&self.tickets, self.customer, file).await?)
    }

    async fn preview(&self, text: String) -> Result<Vec<Node>, AppError> {
        Ok(input::preview(&text)?)
    }

    async fn retry(&self, ticket: TicketId, key: Key) -> Result<(), AppError> {
        let ticket = self.own(ticket).await?;
        Ok(retry::retry(&self.tickets, &ticket, key).await?)
    }

    async fn take_back(&self, ticket: TicketId, key: Key) -> Result<TakenBack, AppError> {
        let ticket = self.own(ticket).await?;
        Ok(take_back::take_back(&self.tickets, &ticket, key).await?)
    }

    async fn cancel(&self, ticket: TicketId, key: Key) -> Result<bool, AppError> {
        let ticket = self.own(ticket).await?;
        Ok(cancel::cancel(&self.tickets, &ticket, key).await?)
    }

    async fn mark_seen(&self, ticket: TicketId, version: u64) -> Result<(), AppError> {
        let ticket = self.own(ticket).await?;
        Ok(seen::mark_seen(&self.tickets, &ticket, version).await?)
    }

    async fn set_mails(&self, ticket: Option<TicketId>, on: bool) -> Result<(), AppError> {
        let ticket = match ticket {
            Some(ticket) => Some(self.own(ticket).await?.id().clone()),
            None => None,
        };
        let set = switch::set(&self.tickets, self.customer, ticket, on);
        Ok(set.await.map_err(Failure::from)?)
    }

    async fn typing(&self, ticket: TicketId, on: bool) -> Result<(), AppError> {
        let ticket = self.own(ticket).await?;
        Ok(typing::typing(&self.tickets, &ticket, on)?)
    }

    async fn draft(&self, ticket: Option<TicketId>) -> Result<Kept, AppError> {
        let place = self.place(ticket).await?;
        Ok(draft::read(&self.tickets, place).await?)
    }

    async fn keep_draft(
        &self,
        ticket: Option<TicketId>,
        keeping: Keeping,
    ) -> Result<Keepsake, AppError> {
        let place = self.place(ticket).await?;
        Ok(draft::keep(&self.tickets, place, keeping).await?)
    }
}
