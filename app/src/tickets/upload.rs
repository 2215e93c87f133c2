//! Files on their way from the browser: sent to the server one by one before the message that takes them, where they wait for it. Each is the
//! body of a `POST` to [`crate::paths::UPLOADS`], with its name and the browser's name of it in two headers; the answer is an [`Uploaded`].

use serde::{Deserialize, Serialize};

use super::model::FileKind;

/// The header with the browser's name of the file, an [`UploadId`]: sent twice it is one file, and answered alike.
pub const UPLOAD_HEADER: &str = "x-upload";
/// The header with the file's name, percent-encoded UTF-8.
pub const NAME_HEADER: &str = "x-file-name";

/// The browser's name for one file that it sends: a UUID in lower case with dashes. Another customer's is a file that does not exist. On the
/// wire every other text is the nil UUID, which no file has (promise A1).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct UploadId(String);

impl UploadId {
    /// Reads a UUID other than the nil one; `None` for everything else.
    pub fn parse(text: &str) -> Option<Self> {
        let id = Self(text.to_owned());
        (super::model::is_uuid(text) && id != Self::nobodys()).then_some(id)
    }

    /// The name of no file.
    pub fn nobodys() -> Self {
        Self("00000000-0000-0000-0000-000000000000".to_owned())
    }

    /// The UUID.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for UploadId {
    fn from(text: String) -> Self {
        Self::parse(&text).unwrap_or_else(Self::nobodys)
    }
}

impl From<UploadId> for String {
    fn from(id: UploadId) -> Self {
        id.0
    }
}

impl std::fmt::Display for UploadId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A file that the server has, until a message takes it. It opens at [`crate::paths::upload`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Uploaded {
    /// The browser's name of it.
    pub id: UploadId,
    /// Its name, made safe.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// How it can be shown, by its content.
    pub kind: FileKind,
}

/// How much may be sent; said before one chooses files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileLimits {
    /// Most bytes of a file.
    pub bytes: u64,
    /// Most files of a message.
    pub files: u32,
    /// Most bytes of all files of a message.
    pub bytes_in_all: u64,
}

/// Most files of a message that goes by mail: Chatwoot takes no more from one.
const MAIL_FILES: u32 = 15;
/// Most bytes of them together: 25 MB as they are written in a mail, which is what mail servers take that take much.
const MAIL_BYTES: u64 = 18 << 20;

impl FileLimits {
    /// Those of a message that goes by mail.
    pub fn by_mail(self) -> Self {
        Self {
            bytes: self.bytes.min(MAIL_BYTES),
            files: self.files.min(MAIL_FILES),
            bytes_in_all: self.bytes_in_all.min(MAIL_BYTES),
        }
    }
}

/// Why a file cannot be taken, or a message not with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileProblem {
    /// It has more bytes than a file may have (413).
    TooLarge {
        /// Most bytes.
        limit: u64,
    },
    /// It has no bytes (422).
    Empty,
    /// It is a program, by its content (415).
    Program,
    /// So many bytes of this customer's wait already; some must be sent or removed first (409).
    TooMuchWaiting {
        /// Most bytes that may wait; a small file counts as 64 KiB.
        limit: u64,
    },
    /// The server has no room now; nothing was kept (507).
    NoRoom,
    /// This file of the message is not there, or no more: it must be added again (422).
    Gone {
        /// Which.
        file: UploadId,
    },
    /// The message has more files than it may have (422).
    TooMany {
        /// Most files.
        limit: u32,
    },
    /// The files of the message have more bytes together than they may have (422).
    TooLargeInAll {
        /// Most bytes.
        limit: u64,
    },
}
