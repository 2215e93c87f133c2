//! What is kept of a file besides its bytes and size: its name and the key of its bytes. While it waits for a message it is sealed, as a draft
//! is; with its message it is as plain as the text, so that a changed SESSION_SECRET loses nothing that was taken.

use app::tickets::upload::{UploadId, Uploaded};
use base64ct::{Base64, Encoding};
use serde::{Deserialize, Serialize};

use super::sealed::FileKey;
use crate::chance::Chance;
use crate::keys::KeyRing;
use crate::store::customers::CustomerId;
use crate::store::uploads::Row;

/// Name and key of a file.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct About {
    /// Its name, made safe.
    pub(crate) name: String,
    key: String,
}

impl About {
    pub(super) fn new(name: String, key: &FileKey) -> Self {
        Self {
            name,
            key: Base64::encode_string(key.bytes()),
        }
    }

    /// Of a customer's file. None if no known secret opens it: then the file is gone.
    pub(crate) fn of(keys: &KeyRing, customer: CustomerId, row: &Row) -> Option<Self> {
        if row.entry.is_some() {
            return Self::plain_of(row);
        }
        let text = keys.open(&purpose(customer, &row.id), &row.about)?;
        serde_json::from_str(&text).ok()
    }

    /// Of a file that a message has taken.
    pub(crate) fn plain_of(row: &Row) -> Option<Self> {
        serde_json::from_slice(&row.about).ok()
    }

    /// As it is kept while the file waits for a message.
    pub(crate) fn sealed(
        &self,
        keys: &KeyRing,
        chance: &Chance,
        customer: CustomerId,
        id: &UploadId,
    ) -> Option<Vec<u8>> {
        let text = serde_json::to_string(self).ok()?;
        keys.current().seal(chance, &purpose(customer, id), &text)
    }

    /// As it is kept with a message.
    pub(crate) fn plain(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// The key of the bytes.
    pub(crate) fn key(&self) -> Option<FileKey> {
        let bytes = Base64::decode_vec(&self.key).ok()?;
        Some(FileKey::from(<[u8; 32]>::try_from(bytes).ok()?))
    }

    /// The file as its customer sees it.
    pub(crate) fn uploaded(self, row: &Row) -> Uploaded {
        Uploaded {
            id: row.id.clone(),
            name: self.name,
            size: row.size,
            kind: row.kind,
        }
    }
}

/// What it is sealed for: it opens for nobody else and for no other file.
fn purpose(customer: CustomerId, id: &UploadId) -> String {
    format!("upload {} {id}", customer.number())
}
