//! `POST /uploads`: the body is one file, streamed to the disk. Everything that can be known before is looked at before: whose page, whose
//! session, how much. It is acknowledged when it is on disk, with its row (promises A8, R8).

use std::io;
use std::sync::Arc;
use std::time::Duration;

use app::error::AppError;
use app::tickets::upload::{FileProblem, NAME_HEADER, UPLOAD_HEADER, UploadId, Uploaded};
use axum::Json;
use axum::body::BodyDataStream;
use axum::extract::{self, Request};
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt;
use http::request::Parts;
use http::{HeaderMap, StatusCode, header};
use tower_cookies::Cookies;

use super::coming::{Place, fits};
use super::folder::Writing;
use super::sealed::{FileKey, PART};
use super::{About, Uploads, kind};
use crate::failure::Failure;
use crate::listener::Patience;
use crate::rate_limit::LimitedAction;
use crate::server_fns::{error_response, is_from_our_pages};
use crate::session::Use;
use crate::state::State;
use crate::store::customers::{self, CustomerId};
use crate::store::uploads::{self, Row};
use crate::tickets::Tickets;
use crate::translate::safe_name;
use crate::visit::Visit;

/// Most bytes of the header with the name.
const LONGEST_NAME: usize = 4 * 1024;
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

/// The browser's name of the file, and the customer's, made safe.
fn named(headers: &HeaderMap) -> Option<(UploadId, String)> {
    let one = |name: &str| {
        let mut all = headers.get_all(name).iter();
        match (all.next(), all.next()) {
            (Some(one), None) => one.to_str().ok(),
            _ => None,
        }
    };
    let id = UploadId::parse(one(UPLOAD_HEADER)?)?;
    let name = one(NAME_HEADER)?;
    if name.len() > LONGEST_NAME {
        return None;
    }
    let decoded = percent_encoding::percent_decode_str(name).decode_utf8();
    Some((id, safe_name(&decoded.ok()?)))
}

/// How many bytes the body is said to have, if that is said.
fn length_told(headers: &HeaderMap) -> Result<Option<u64>, AppError> {
    match headers.get(header::CONTENT_LENGTH) {
        None => Ok(None),
        Some(told) => {
            let told = told.to_str().ok().and_then(|it| it.parse().ok());
            told.map(Some).ok_or(AppError::BadRequest)
        }
    }
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

struct Written {
    size: u64,
    told: kind::Told,
}

/// Writes what comes, part by part.
async fn write(
    ours: &Uploads,
    writing: &mut Writing,
    limit: u64,
    body: &mut BodyDataStream,
) -> Result<Written, Failure> {
    let mut part = Vec::with_capacity(PART);
    let mut size = 0_u64;
    let mut told = None;
    while let Some(bytes) = body.next().await {
        // It broke off, or did not come in time: there is nobody to tell.
        let mut bytes = bytes.map_err(|_| AppError::BadRequest)?;
        size += bytes.len() as u64;
        if size > limit {
            return Err(AppError::File(FileProblem::TooLarge { limit }).into());
        }
        while !bytes.is_empty() {
            // A full part is written only when more has come: the last one is sealed as such.
            if part.len() == PART {
                look(ours, &part, &mut told)?;
                writing.write(&part, false).await.map_err(not_written)?;
                part.clear();
            }
            let room = bytes.len().min(PART - part.len());
            part.extend_from_slice(&bytes.split_to(room));
        }
    }
    if size == 0 {
        return Err(AppError::File(FileProblem::Empty).into());
    }
    let told = look(ours, &part, &mut told)?;
    writing.write(&part, true).await.map_err(not_written)?;
    writing.sync().await.map_err(not_written)?;
    Ok(Written { size, told })
}

/// Looks at a part before it is written: the first says what the file is.
fn look(
    ours: &Uploads,
    part: &[u8],
    told: &mut Option<kind::Told>,
) -> Result<kind::Told, AppError> {
    let runs = (told.is_none() && kind::is_program(part)) || kind::is_installer(part);
    if runs && !ours.settings.programs {
        return Err(AppError::File(FileProblem::Program));
    }
    Ok(*told.get_or_insert_with(|| kind::of(part)))
}

/// The disk did not take it.
fn not_written(error: io::Error) -> Failure {
    use io::ErrorKind::{QuotaExceeded, StorageFull};
    if matches!(error.kind(), StorageFull | QuotaExceeded) {
        tracing::error!(%error, "a customer's file was refused: the disk of DATA_DIR is full; make room on it");
        return AppError::File(FileProblem::NoRoom).into();
    }
    Failure::unavailable(error)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r8_a_full_disk_is_told_as_such_and_another_fault_is_not() {
        for kind in [io::ErrorKind::StorageFull, io::ErrorKind::QuotaExceeded] {
            let failure = not_written(kind.into());
            assert_eq!(*failure.public(), AppError::File(FileProblem::NoRoom));
        }
        let other = not_written(io::ErrorKind::PermissionDenied.into());
        assert!(matches!(other.public(), AppError::Unavailable { .. }));
    }

    #[test]
    fn what_a_file_is_called_is_read_strictly_and_made_safe() {
        let id = "22222222-3333-4444-8555-000000000001";
        let read = |pairs: &[(&'static str, &str)]| {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                headers.append(*name, value.parse().unwrap());
            }
            named(&headers).map(|(_, name)| name)
        };
        let name = |name: &str| read(&[(UPLOAD_HEADER, id), (NAME_HEADER, name)]);
        for (given, safe) in [
            ("Gr%C3%B6%C3%9Fe%201.png", "Größe 1.png"),
            ("a+b.txt", "a+b.txt"),
            ("..%2F..%2Fetc%2Fpasswd", "passwd"),
            ("%0D%0ASet-Cookie%3A%20x.txt", "Set-Cookie_ x.txt"),
            ("bill%E2%80%AEfdp.exe", "billfdp.exe"),
            ("%00", "file"),
            ("", "file"),
        ] {
            assert_eq!(name(given).as_deref(), Some(safe), "{given}");
        }
        assert_eq!(name("%ff"), None);
        assert_eq!(name(&"a".repeat(LONGEST_NAME + 1)), None);
        assert_eq!(read(&[(UPLOAD_HEADER, id)]), None);
        assert_eq!(read(&[(NAME_HEADER, "a")]), None);
        let twice = [(UPLOAD_HEADER, id), (UPLOAD_HEADER, id), (NAME_HEADER, "a")];
        assert_eq!(read(&twice), None);
        let nobodys = UploadId::nobodys();
        let nil = [(UPLOAD_HEADER, nobodys.as_str()), (NAME_HEADER, "a")];
        assert_eq!(read(&nil), None);
    }
}
