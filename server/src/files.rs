//! `GET /files/{ticket}/{file}`: a file of a ticket, streamed from Chatwoot through us. Its owner is checked, its type told by its
//! content, and only pictures, PDF, audio and video are shown in place (promise A8). The browser never sees Chatwoot's address.

mod answer;
mod name;
mod part;
mod places;
#[cfg(test)]
mod tests;
mod waiting;

use std::sync::Arc;

use app::error::AppError;
use app::tickets::model::TicketId;
use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{self, RawQuery};
use axum::response::Response;
use bytes::{Bytes, BytesMut};
use chatwoot::{ByteRange, Download};
use futures_util::StreamExt;
use futures_util::stream::{self, BoxStream};
use http::{HeaderMap, header};
use tower_cookies::Cookies;

pub use places::Downloads;
pub use waiting::upload;

use crate::cookies::Jar;
use crate::failure::Failure;
use crate::ownership::OwnedTicket;
use crate::server_fns::error_response;
use crate::session::Use;
use crate::state::State;
use crate::store::customers::CustomerId;
use crate::store::messages::{self, FileName, FilePlace};
use crate::tickets::Tickets;
use crate::translate::MOST_INLINE;

/// So many bytes tell what a file is.
const HEAD: usize = 8 * 1024;

/// A file for whoever is signed in.
pub async fn file(
    extract::State(state): extract::State<Arc<State>>,
    cookies: Cookies,
    path: Result<extract::Path<(String, String)>, PathRejection>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let wish = Wish::of(query.as_deref(), &headers);
    of_session(&state, &cookies, async |customer| {
        let extract::Path((ticket, file)) = path.map_err(|_| AppError::NotFound)?;
        fetch(&state.tickets, customer, &ticket, &file, wish).await
    })
    .await
}

/// Answers with a file of whoever is signed in. It has a place until the last byte.
async fn of_session(
    state: &State,
    cookies: &Cookies,
    file: impl AsyncFnOnce(CustomerId) -> Result<Response, Failure>,
) -> Response {
    let answered = async {
        let id = Jar::new(cookies, state.config.cookies).session();
        let session = match id {
            Some(id) => state.sessions.find(&id, Use::Background).await?,
            None => None,
        };
        let customer = session.ok_or(AppError::SignedOut)?.customer;
        let held = state.downloads.place(&state.clock, customer).await?;
        let response = file(customer).await?;
        // Until the last byte, or until the browser does not want it any more.
        Ok(response.map(|body| {
            let bytes = body.into_data_stream();
            Body::from_stream(bytes.inspect(move |_| {
                let _held = &held;
            }))
        }))
    };
    answered
        .await
        .unwrap_or_else(|failure: Failure| error_response(&AppError::from(failure)))
}

/// What a browser wants of a file.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Wish<'a> {
    /// To save it, not to show it.
    pub(crate) save: bool,
    /// A part of it.
    pub(crate) range: Option<&'a str>,
}

impl<'a> Wish<'a> {
    fn of(query: Option<&str>, headers: &'a HeaderMap) -> Self {
        Self {
            save: query == Some("download"),
            // We give no file a tag: whoever has a part of one has a part of something else.
            range: headers
                .get(header::RANGE)
                .filter(|_| !headers.contains_key(header::IF_RANGE))
                .and_then(|it| it.to_str().ok()),
        }
    }
}

/// A customer's file. Another's, a missing one and a malformed name are the same.
pub(crate) async fn fetch(
    tickets: &Tickets,
    customer: CustomerId,
    ticket: &str,
    file: &str,
    wish: Wish<'_>,
) -> Result<Response, Failure> {
    let (ticket, file) = TicketId::parse(ticket)
        .zip(file_name(file))
        .ok_or(AppError::NotFound)?;
    let place = place(tickets, customer, ticket, file)
        .await?
        .ok_or(AppError::NotFound)?;
    let range = wish.range.and_then(ByteRange::parse);
    let mut download = get(tickets, &place, range.as_ref()).await?;
    let head = if is_the_beginning(&download) {
        let head = head_of(&mut download.bytes).await?;
        let rest = std::mem::replace(&mut download.bytes, stream::empty().boxed());
        let first = head.clone();
        download.bytes = stream::once(async move { Ok(first) }).chain(rest).boxed();
        head
    } else {
        // A part of a file does not tell what it is.
        let first = ByteRange::first(HEAD as u64);
        let mut begin = get(tickets, &place, Some(&first)).await?;
        head_of(&mut begin.bytes).await?
    };
    if let (200, Some(_), Some(range)) = (download.status, range, wish.range) {
        download = part::cut(download, range);
    }
    Ok(answer::with(download, &head, &place.name, wish.save))
}

/// Whether enough of what comes tells what the whole is.
fn is_the_beginning(download: &Download) -> bool {
    let part = download.content_range.as_deref().unwrap_or_default();
    download.status == 200
        || (part.starts_with("bytes 0-") && download.length.is_some_and(|it| it >= HEAD as u64))
}

/// Where Chatwoot has a file, if the ticket is this customer's and has it.
async fn place(
    tickets: &Tickets,
    customer: CustomerId,
    ticket: TicketId,
    file: FileName,
) -> Result<Option<FilePlace>, Failure> {
    let found = tickets
        .store
        .read(move |tx| match OwnedTicket::check(tx, customer, &ticket)? {
            Some(owned) => messages::file(tx, owned.id(), file),
            None => Ok(None),
        });
    Ok(found.await?)
}

async fn get(
    tickets: &Tickets,
    place: &FilePlace,
    range: Option<&ByteRange>,
) -> Result<Download, Failure> {
    match tickets.chatwoot.download(&place.url, range).await {
        Ok(download) => Ok(download),
        Err(chatwoot::Error::NotFound) => Err(AppError::NotFound.into()),
        Err(error) => Err(error.into()),
    }
}

/// The first bytes, enough to tell the type by.
async fn head_of(
    bytes: &mut BoxStream<'static, Result<Bytes, chatwoot::Error>>,
) -> Result<Bytes, chatwoot::Error> {
    let mut head = BytesMut::new();
    while head.len() < HEAD
        && let Some(part) = bytes.next().await
    {
        head.extend_from_slice(&part?);
    }
    Ok(head.freeze())
}

/// A file's name as our own pages write it: `66` for an attached one, `4711-0` for a picture within a text.
fn file_name(text: &str) -> Option<FileName> {
    match text.split_once('-') {
        None => number(text).map(FileName::Attached),
        Some((message, nth)) => {
            let nth = if nth == "0" { Some(0) } else { number(nth) };
            let nth = nth.filter(|nth| *nth < MOST_INLINE)?;
            Some(FileName::Inline(number(message)?, nth))
        }
    }
}

/// Chatwoot's number as our own pages write it.
fn number(text: &str) -> Option<u64> {
    let plain = (1..=10).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && !text.starts_with('0');
    plain.then(|| text.parse().ok()).flatten()
}
