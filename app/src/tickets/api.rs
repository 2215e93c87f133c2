//! Calls about tickets. Each is one line: the session hands out the customer, and his tickets are all he can reach.

use leptos::prelude::*;

use super::draft::{Keeping, Keepsake, Kept};
use super::find::Find;
use super::markup::Node;
use super::model::{
    Cursor, Key, Message, NewTicket, Refetched, TakenBack, TicketId, TicketList, TicketView,
};
use super::upload::UploadId;
use crate::call::PortalClient;
#[cfg(feature = "ssr")]
use crate::contract::customer;
use crate::error::AppError;
use crate::wire::Json;

/// One page of the customer's tickets that `find` asks for, of `rows` rows if that many are shown already; `known` is the version the
/// browser has of its first page.
#[server(prefix = "/api", endpoint = "tickets/list", input = Json, output = Json, client = PortalClient)]
pub async fn list_tickets(
    #[server(default)] find: Find,
    after: Option<Cursor>,
    known: Option<u64>,
    #[server(default)] rows: u32,
) -> Result<Refetched<TicketList>, AppError> {
    let customer = customer().await?;
    customer.list_tickets(find, after, known, rows).await
}

/// One ticket with its newest entries, or those before `earlier`; `known` is the version the browser has.
#[server(prefix = "/api", endpoint = "tickets/show", input = Json, output = Json, client = PortalClient)]
pub async fn show_ticket(
    ticket: TicketId,
    earlier: Option<u64>,
    known: Option<u64>,
) -> Result<Refetched<TicketView>, AppError> {
    customer().await?.show_ticket(ticket, earlier, known).await
}

/// Opens a ticket. The same key gives the same ticket.
#[server(prefix = "/api", endpoint = "tickets/open", input = Json, output = Json, client = PortalClient)]
pub async fn open_ticket(new: NewTicket) -> Result<TicketId, AppError> {
    customer().await?.open_ticket(new).await
}

/// Writes to a ticket. Stored before it is answered; the same key gives the same message. The text may be blank if there are files.
#[server(prefix = "/api", endpoint = "tickets/reply", input = Json, output = Json, client = PortalClient)]
pub async fn reply(
    ticket: TicketId,
    key: Key,
    text: String,
    #[server(default)] files: Vec<UploadId>,
) -> Result<Message, AppError> {
    customer().await?.reply(ticket, key, text, files).await
}

/// Removes a file that waits for a message. One that a message has taken, or that is not there, is as well.
#[server(prefix = "/api", endpoint = "tickets/drop-upload", input = Json, output = Json, client = PortalClient)]
pub async fn drop_upload(file: UploadId) -> Result<(), AppError> {
    customer().await?.drop_upload(file).await
}

/// Tries again what could not be delivered.
#[server(prefix = "/api", endpoint = "tickets/retry", input = Json, output = Json, client = PortalClient)]
pub async fn retry(ticket: TicketId, key: Key) -> Result<(), AppError> {
    customer().await?.retry(ticket, key).await
}

/// Takes back what was not sent yet; refused as not allowed from the moment it may have been.
#[server(prefix = "/api", endpoint = "tickets/take-back", input = Json, output = Json, client = PortalClient)]
pub async fn take_back(ticket: TicketId, key: Key) -> Result<TakenBack, AppError> {
    customer().await?.take_back(ticket, key).await
}

/// Cancels a ticket. The same key cancels once. False while Chatwoot does not know yet.
#[server(prefix = "/api", endpoint = "tickets/cancel", input = Json, output = Json, client = PortalClient)]
pub async fn cancel(ticket: TicketId, key: Key) -> Result<bool, AppError> {
    customer().await?.cancel(ticket, key).await
}

/// Everything up to this version of the ticket has been on the customer's screen.
#[server(prefix = "/api", endpoint = "tickets/seen", input = Json, output = Json, client = PortalClient)]
pub async fn mark_seen(ticket: TicketId, version: u64) -> Result<(), AppError> {
    customer().await?.mark_seen(ticket, version).await
}

/// What is written as the support team will see it, once it is sent.
#[server(prefix = "/api", endpoint = "tickets/preview", input = Json, output = Json, client = PortalClient)]
pub async fn preview(text: String) -> Result<Vec<Node>, AppError> {
    customer().await?.preview(text).await
}

/// Switches mails about a ticket, or with none about all answers, on or off.
#[server(prefix = "/api", endpoint = "tickets/mails", input = Json, output = Json, client = PortalClient)]
pub async fn set_mails(ticket: Option<TicketId>, on: bool) -> Result<(), AppError> {
    customer().await?.set_mails(ticket, on).await
}

/// The customer types in a ticket, or has stopped: agents see that, and nothing of what he types.
#[server(prefix = "/api", endpoint = "tickets/typing", input = Json, output = Json, client = PortalClient)]
pub async fn typing(ticket: TicketId, on: bool) -> Result<(), AppError> {
    customer().await?.typing(ticket, on).await
}

/// The draft of a ticket, or of the new one, as the server has it.
#[server(prefix = "/api", endpoint = "tickets/draft", input = Json, output = Json, client = PortalClient)]
pub async fn draft(ticket: Option<TicketId>) -> Result<Kept, AppError> {
    customer().await?.draft(ticket).await
}

/// Keeps a draft, unless what is kept is newer. It is forgotten in the moment in which it is taken to be sent.
#[server(prefix = "/api", endpoint = "tickets/keep-draft", input = Json, output = Json, client = PortalClient)]
pub async fn keep_draft(ticket: Option<TicketId>, keeping: Keeping) -> Result<Keepsake, AppError> {
    customer().await?.keep_draft(ticket, keeping).await
}
