//! `POST /uploads`: the body is one file, streamed to the disk. Everything that can be known before is looked at before: whose page, whose
//! session, how much. It is acknowledged when it is on disk, with its row (promises A8, R8).

mod headers;
mod writing;

use super::About;
use super::coming::{Place, fits};
use super::folder::Writing;
use super::sealed::FileKey;
use crate::failure::Failure;
use crate::listener::Patience;
use crate::rate_limit::LimitedAction;
use crate::server_fns::{error_response, is_from_our_pages};
use crate::session::Use;
use crate::state::State;
use crate::store::customers::{self, CustomerId};
use crate::store::uploads::{self, Row};
use crate::tickets::Tickets;
use crate::visit::Visit;
use app::error::AppError;
use app::tickets::upload::{FileProblem, UploadId, Uploaded};
use axum::Json;
use axum::body::BodyDataStream;
use axum::extract::{self, Request};
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt;
use http::StatusCode;
use http::request::Parts;
use std::sync::Arc;
use std::time::Duration;
use tower_cookies::Cookies;

use headers::{length_told, named};
use writing::{not_written, write};

/// What is still coming of a body that was refused is read for so long, and thrown away: a browser that is cut off in the middle of sending
/// does not read why.
const LINGER: Duration = Duration::from_secs(10);

/// Takes a file.
pub(crate) async fn receive(
    extract::State(state): extract::State<Arc<State>>,
    cookies: Cookies,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    if !is_from_our_pages(&parts, state.config.portal.origin()) {
        return error_response(&AppError::ForeignOrigin);
    }
    let mut body = body.into_data_stream();
    let taken = taken(&state, cookies, &parts, &mut body).await;
    match taken {
        Ok(uploaded) => {
            linger(&state, &mut body).await;
            (StatusCode::CREATED, Json(uploaded)).into_response()
        }
        Err(failure) => {
            linger(&state, &mut body).await;
            error_response(&AppError::from(failure))
        }
    }
}

async fn taken(
    state: &Arc<State>,
    cookies: Cookies,
    parts: &Parts,
    body: &mut BodyDataStream,
) -> Result<Uploaded, Failure> {
    let (id, name) = named(&parts.headers).ok_or(AppError::BadRequest)?;
    let visit = Visit::new(Arc::clone(state), cookies, parts);
    let session = visit.find_session(Use::Active).await?;
    let customer = session.ok_or(AppError::SignedOut)?.customer;
    let told = length_told(&parts.headers)?;
    if let Some(patience) = parts.extensions.get::<Patience>() {
        patience.is_for_a_file();
    }
    take(&state.tickets, customer, (id, name), told, body).await
}

/// Takes a file of a customer's. The same name of the browser's gives the same answer.
async fn take(
    tickets: &Tickets,
    customer: CustomerId,
    (id, name): (UploadId, String),
    told: Option<u64>,
    body: &mut BodyDataStream,
) -> Result<Uploaded, Failure> {
    let ours = &tickets.uploads;
    let known = {
        let id = id.clone();
        let known = tickets.store.read(move |tx| {
            let found = uploads::find(tx, customer, &id)?;
            Ok((found, uploads::waiting(tx, customer)?))
        });
        known.await?
    };
    if let (Some(row), _) = &known {
        return answer_to(tickets, customer, row);
    }
    let limit = ours.limits().bytes;
    let too_large = AppError::File(FileProblem::TooLarge { limit });
    match told {
        Some(0) => return Err(AppError::File(FileProblem::Empty).into()),
        Some(told) if told > limit => return Err(too_large.into()),
        _ => {}
    }
    tickets.allow(LimitedAction::Upload, customer)?;
    let file = tickets.chance.uuid();
    let place = ours.coming.begin(
        (customer, file.clone()),
        told.unwrap_or(limit),
        known.1,
        &ours.settings,
    )?;
    let key = FileKey::make(&tickets.chance);
    let mut writing = match ours.folder.begin(&file, key.clone()) {
        Ok(writing) => writing,
        Err(error) => return Err(not_written(error)),
    };
    let written = match write(ours, &mut writing, limit, body).await {
        Ok(written) => written,
        Err(failure) => {
            writing.forget().await;
            return Err(failure);
        }
    };
    let about = About::new(name, &key);
    let sealed = about.sealed(&tickets.keys, &tickets.chance, customer, &id);
    let row = Row {
        id,
        file: Some(file),
        size: written.size,
        kind: written.told.kind,
        content_type: written.told.content_type.to_owned(),
        about: sealed.ok_or_else(|| Failure::unavailable("a file's name cannot be sealed"))?,
        entry: None,
    };
    keep(tickets, customer, row, (writing, place)).await
}

/// Gives it its row. Another of the same name may have been quicker: then that one is the file.
async fn keep(
    tickets: &Tickets,
    customer: CustomerId,
    row: Row,
    (writing, place): (Writing, Place),
) -> Result<Uploaded, Failure> {
    let settings = tickets.uploads.settings;
    let (now, mine) = (tickets.clock.now(), row.file.clone());
    // Whatever becomes of this call, the row and the file stay together.
    let this = tickets.clone();
    let keeping = tokio::spawn(async move {
        let kept = this
            .store
            .write(move |tx| {
                // He may have been forgotten while the file came.
                if !customers::is_known(tx, customer)? {
                    return Ok(Err(AppError::SignedOut));
                }
                if let Some(known) = uploads::find(tx, customer, &row.id)? {
                    return Ok(Ok(known));
                }
                let waiting = uploads::waiting(tx, customer)?;
                if let Err(full) = fits(waiting, row.size, &settings) {
                    return Ok(Err(full));
                }
                uploads::add(tx, customer, &row, now)?;
                Ok(Ok(row))
            })
            .await;
        match &kept {
            Ok(Ok(kept)) if kept.file == mine => writing.keep(),
            // What was not kept has no row. Only after an error of the commit nobody knows: then the sweep decides.
            Ok(_) => writing.forget().await,
            Err(_) => writing.keep(),
        }
        drop(place);
        kept
    });
    let kept = keeping.await.map_err(Failure::unavailable)??;
    answer_to(tickets, customer, &kept?)
}

fn answer_to(tickets: &Tickets, customer: CustomerId, row: &Row) -> Result<Uploaded, Failure> {
    let about = About::of(&tickets.keys, customer, row);
    let file = row.id.clone();
    let about = about.ok_or(AppError::File(FileProblem::Gone { file }))?;
    Ok(about.uploaded(row))
}

/// Reads what is still coming, for a while.
async fn linger(state: &State, body: &mut BodyDataStream) {
    let limit = state.tickets.uploads.limits().bytes;
    let rest = async {
        let mut read = 0;
        while let Some(Ok(bytes)) = body.next().await {
            read += bytes.len() as u64;
            if read > limit {
                return;
            }
        }
    };
    tokio::select! {
        () = rest => {}
        () = tokio::time::sleep(LINGER) => {}
    }
}
