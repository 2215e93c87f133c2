//! Stored files: kept in memory, named by a signed id that needs no other key.

use base64ct::{Base64, Encoding};
use bytes::Bytes;
use sha2::{Digest, Sha256};

use crate::ids::{AttachmentId, BlobId};
use crate::store::Data;
use crate::store::rows::{Attachment, Blob};
use crate::store::sniff::sniff;

impl Data {
    /// Stores a file. Its type is told by its content, whatever the uploader called it.
    pub(crate) fn store_file(&mut self, filename: &str, called: &str, bytes: Bytes) -> BlobId {
        let id = BlobId(self.next_row());
        let filename = clean_name(filename);
        let content_type = sniff(&bytes, &filename, called).to_owned();
        self.blobs.insert(
            id,
            Blob {
                id,
                filename,
                content_type,
                bytes,
            },
        );
        id
    }

    /// An attachment row of a stored file.
    pub(crate) fn attachment(&mut self, blob: BlobId, called: &str) -> Attachment {
        let file_type = match called.split('/').next() {
            Some("image") => "image",
            Some("audio") => "audio",
            Some("video") => "video",
            _ => "file",
        };
        Attachment {
            id: AttachmentId(self.next_row()),
            blob,
            file_type,
            measured: false,
        }
    }

    /// The address part that opens a file for good and without a key, in the shape that Rails gives it.
    pub(crate) fn signed_id(&self, blob: BlobId, purpose: &str) -> String {
        let message = Base64::encode_string(
            format!("{{\"_rails\":{{\"data\":{blob},\"pur\":\"{purpose}\"}}}}").as_bytes(),
        );
        let digest = Sha256::digest(format!("{message}{}", self.account.name));
        let signature: String = digest
            .iter()
            .take(20)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        format!("{message}--{signature}")
    }

    /// The file that a signed id opens.
    pub(crate) fn blob_by_signed_id(&self, signed: &str, purpose: &str) -> Option<&Blob> {
        let (message, _) = signed.split_once("--")?;
        let decoded = Base64::decode_vec(message).ok()?;
        let document: serde_json::Value = serde_json::from_slice(&decoded).ok()?;
        let id = BlobId(document.get("_rails")?.get("data")?.as_i64()?);
        (self.signed_id(id, purpose) == signed).then(|| self.blobs.get(&id))?
    }
}

/// As Active Storage keeps names: the last part of a path, no character that a file system minds.
fn clean_name(name: &str) -> String {
    let decoded = name.replace("%2e", ".").replace("%2f", "/");
    let last = decoded.rsplit(['/', '\\']).next().unwrap_or_default();
    let odd =
        |c: char| c.is_control() || matches!(c, ';' | ':' | '\u{202e}' | '\t' | '|' | '?' | '*');
    last.chars().map(|c| if odd(c) { '-' } else { c }).collect()
}

/// Width and height of a PNG; of nothing else, the fake's own pictures are PNG.
pub(crate) fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let header = bytes.get(..24)?;
    if !header.starts_with(b"\x89PNG\r\n\x1a\n") {
        return None;
    }
    let number = |at: usize| {
        header
            .get(at..at + 4)
            .and_then(|four| four.try_into().ok())
            .map(u32::from_be_bytes)
    };
    Some((number(16)?, number(20)?))
}
