//! Files: uploaded alone, and downloaded in two steps, a lasting address that redirects to a short-lived one.

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use serde_json::json;

use super::admit::Asked;
use crate::answer::{Answer, Reply};
use crate::inside::Shared;
use crate::render::message::encoded_name;
use crate::request::{Call, FileParam};
use crate::store::rows::Blob;

/// `POST upload`: a file on its own.
pub(super) async fn upload(asked: Asked) -> Reply {
    let mut data = asked.fake.data();
    let given = asked
        .call
        .files(&json!([asked.call.param("attachment")]))
        .unwrap_or_default();
    let Some(FileParam::Sent(upload)) = given.into_iter().next() else {
        return Err(Answer::unprocessable("No file or URL provided"));
    };
    let blob = data.store_file(&upload.filename, &upload.content_type, upload.bytes);
    let signed = data.signed_id(blob, "blob_id");
    let name = data
        .blobs
        .get(&blob)
        .map(|blob| encoded_name(&blob.filename))
        .unwrap_or_default();
    let url = format!(
        "{}/rails/active_storage/blobs/redirect/{signed}/{name}",
        data.frontend_url
    );
    Ok(Answer::json(json!({ "file_url": url, "blob_id": signed })))
}

/// The lasting address of a file: leads to the disk, on the host that was asked.
pub(super) async fn redirect(
    State(fake): State<Shared>,
    Path((signed, _name)): Path<(String, String)>,
    call: Call,
) -> Reply {
    let data = fake.data();
    let blob = data
        .blob_by_signed_id(&signed, "blob_id")
        .ok_or_else(gone)?;
    Ok(to_disk(&data.signed_id(blob.id, "blob_key"), blob, &call))
}

/// The lasting address of a smaller picture. The fake has no smaller ones.
pub(super) async fn thumbnail(
    State(fake): State<Shared>,
    Path((signed, _variation, _name)): Path<(String, String, String)>,
    call: Call,
) -> Reply {
    let data = fake.data();
    let blob = data
        .blob_by_signed_id(&signed, "blob_id")
        .ok_or_else(gone)?;
    Ok(to_disk(&data.signed_id(blob.id, "blob_key"), blob, &call))
}

/// The file itself under its lasting address.
pub(super) async fn proxy(
    State(fake): State<Shared>,
    Path((signed, _name)): Path<(String, String)>,
) -> Reply {
    let data = fake.data();
    let blob = data
        .blob_by_signed_id(&signed, "blob_id")
        .ok_or_else(gone)?;
    Ok(sent(blob).with(header::CACHE_CONTROL, "max-age=3155695200, public"))
}

/// The file itself.
pub(super) async fn disk(
    State(fake): State<Shared>,
    Path((signed, _name)): Path<(String, String)>,
) -> Reply {
    let data = fake.data();
    let blob = data
        .blob_by_signed_id(&signed, "blob_key")
        .ok_or_else(gone)?;
    Ok(sent(blob))
}

fn to_disk(key: &str, blob: &Blob, call: &Call) -> Answer {
    let host = call.header("host").unwrap_or("localhost");
    let name = encoded_name(&blob.filename);
    let location = format!("http://{host}/rails/active_storage/disk/{key}/{name}");
    Answer::redirect(&location).with(header::CACHE_CONTROL, "max-age=300, private")
}

/// Pictures, PDF and sound are shown in place; what could carry a script is a download of unknown kind.
fn sent(blob: &Blob) -> Answer {
    let kind = blob.content_type.as_str();
    let shown = kind.starts_with("audio/")
        || matches!(
            kind,
            "image/png" | "image/jpeg" | "image/gif" | "image/webp" | "application/pdf"
        );
    let risky = matches!(
        kind,
        "text/html" | "image/svg+xml" | "application/xml" | "text/xml"
    );
    let content_type = if risky {
        "application/octet-stream"
    } else {
        kind
    };
    let disposition = if shown { "inline" } else { "attachment" };
    let plain: String = blob
        .filename
        .chars()
        .map(|c| if c.is_ascii() { c } else { plain_letter(c) })
        .collect();
    let (plain, utf8) = (
        escaped(&plain, b" !#$+.^_`|~-"),
        escaped(&blob.filename, b"!#$&+.^_`|~-"),
    );
    Answer::new(StatusCode::OK, "", blob.bytes.clone())
        .with(header::CONTENT_TYPE, content_type)
        .with(
            header::CONTENT_DISPOSITION,
            &format!("{disposition}; filename=\"{plain}\"; filename*=UTF-8''{utf8}"),
        )
}

fn plain_letter(c: char) -> char {
    match c {
        'á' | 'à' | 'â' | 'ä' | 'ã' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        _ => '?',
    }
}

fn escaped(text: &str, also: &[u8]) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || also.contains(&byte);
    text.bytes()
        .map(|byte| {
            if plain(byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

fn gone() -> Answer {
    Answer::rails(StatusCode::NOT_FOUND)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_escaped_as_rails_escapes_them() {
        assert_eq!(escaped("a b\"c.txt", b" !#$+.^_`|~-"), "a b%22c.txt");
        assert_eq!(escaped("é", b"."), "%C3%A9");
    }
}
