//! Files that go with a message: a form that is read as it is sent, never held whole.

use std::io;
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream::BoxStream;
use reqwest::Body;
use reqwest::multipart::{Form, Part};

use crate::client::Limits;

/// Files go at so many bytes a second at least, or are given up: 512 KiB.
const SLOWEST: u64 = 512 * 1024;

/// A file to be sent with a message.
pub struct NewFile {
    /// Its name. One without a name would be no file to Chatwoot.
    pub name: String,
    /// What it is. Chatwoot looks for itself, and shows pictures by what it is told here.
    pub content_type: String,
    /// How many bytes are coming.
    pub length: u64,
    /// The bytes.
    pub bytes: BoxStream<'static, io::Result<Bytes>>,
}

/// The files of a message: one at least.
pub struct NewFiles(Vec<NewFile>);

impl NewFiles {
    /// These, if there are any.
    pub fn new(files: Vec<NewFile>) -> Option<Self> {
        (!files.is_empty()).then_some(Self(files))
    }

    /// How long a write with them may take.
    pub(crate) fn limit(&self, limits: Limits) -> Duration {
        limits.write_of(self.0.iter().map(|file| file.length).sum())
    }

    /// Adds them to a form. `list` must be the name of a list: under another Chatwoot takes none.
    pub(crate) fn into_form(self, form: Form, list: &'static str) -> Form {
        self.0
            .into_iter()
            .fold(form, |form, file| form.part(list, part(file)))
    }
}

impl Limits {
    /// How long a write with so many bytes of files may take.
    pub fn write_of(self, bytes: u64) -> Duration {
        self.write + Duration::from_millis(bytes.saturating_mul(1000) / SLOWEST)
    }
}

fn part(file: NewFile) -> Part {
    let name = if file.name.is_empty() {
        "file".to_owned()
    } else {
        file.name
    };
    let bytes = Body::wrap_stream(file.bytes);
    let part = |bytes| Part::stream_with_length(bytes, file.length).file_name(name);
    // What is no type is left out, and Chatwoot finds it by itself.
    match Part::text("").mime_str(&file.content_type) {
        Ok(_) => part(bytes)
            .mime_str(&file.content_type)
            .unwrap_or_else(|_| Part::text("")),
        Err(_) => part(bytes),
    }
}
