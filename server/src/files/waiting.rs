//! `GET /uploads/{upload}`: a file that waits to be sent, from our own disk, for whoever sent it. It is answered as any other file.

use std::sync::Arc;

use app::error::AppError;
use app::tickets::upload::UploadId;
use axum::extract::rejection::PathRejection;
use axum::extract::{self, RawQuery};
use axum::response::Response;
use bytes::Bytes;
use chatwoot::Download;
use futures_util::{StreamExt, stream};
use http::HeaderMap;
use tower_cookies::Cookies;

use super::{Wish, answer, of_session, part};
use crate::failure::Failure;
use crate::state::State;
use crate::store::customers::CustomerId;
use crate::store::uploads;
use crate::tickets::Tickets;
use crate::uploads::About;

/// A waiting file for whoever is signed in.
pub async fn upload(
    extract::State(state): extract::State<Arc<State>>,
    cookies: Cookies,
    path: Result<extract::Path<String>, PathRejection>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let wish = Wish::of(query.as_deref(), &headers);
    of_session(&state, &cookies, async |customer| {
        let extract::Path(id) = path.map_err(|_| AppError::NotFound)?;
        open(&state.tickets, customer, &id, wish).await
    })
    .await
}

/// A customer's waiting file. Another's, a missing one and a malformed name are the same.
async fn open(
    tickets: &Tickets,
    customer: CustomerId,
    id: &str,
    wish: Wish<'_>,
) -> Result<Response, Failure> {
    let id = UploadId::parse(id).ok_or(AppError::NotFound)?;
    let found = tickets
        .store
        .read(move |tx| uploads::find(tx, customer, &id))
        .await?;
    let row = found.ok_or(AppError::NotFound)?;
    let about = About::of(&tickets.keys, customer, &row).ok_or(AppError::NotFound)?;
    let (Some(name), Some(key)) = (&row.file, about.key()) else {
        return Err(AppError::NotFound.into());
    };
    let mut bytes = tickets.uploads.folder().read(name, row.size, key);
    // What cannot be read is told before anything is answered.
    let head: Bytes = match bytes.next().await {
        Some(Ok(first)) => first,
        Some(Err(error)) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(AppError::NotFound.into());
        }
        Some(Err(error)) => return Err(Failure::unavailable(error)),
        None => Bytes::new(),
    };
    let first = head.clone();
    let rest = bytes.map(|part| {
        part.map_err(|error| {
            tracing::error!(%error, "a waiting file cannot be read");
            chatwoot::Error::NotFound
        })
    });
    let mut download = Download {
        status: 200,
        content_type: None,
        length: Some(row.size),
        content_range: None,
        bytes: stream::once(async move { Ok(first) }).chain(rest).boxed(),
    };
    if let Some(range) = wish.range {
        download = part::cut(download, range);
    }
    Ok(answer::with(download, &head, &about.name, wish.save))
}
