//! JSON as calls carry it. The server reads with serde_json; the browser with a reader of its own, which is a third of the size since it
//! reads only what our server writes and has no words for faults. A test holds the two to the same values.

#[cfg(any(feature = "csr", test))]
mod reader;
#[cfg(test)]
mod tests;

use bytes::Bytes;
use serde::Serialize;
use serde::de::DeserializeOwned;
use server_fn::codec::Post;
use server_fn::{ContentType, Decodes, Encodes, Format, FormatType};

/// The encoding of calls, answers and errors.
pub struct JsonEncoding;

/// Arguments and answers as JSON in the body of a POST.
pub type Json = Post<JsonEncoding>;

impl ContentType for JsonEncoding {
    const CONTENT_TYPE: &'static str = "application/json";
}

impl FormatType for JsonEncoding {
    const FORMAT_TYPE: Format = Format::Text;
}

impl<T: Serialize> Encodes<T> for JsonEncoding {
    type Error = serde_json::Error;

    fn encode(value: &T) -> Result<Bytes, Self::Error> {
        serde_json::to_vec(value).map(Bytes::from)
    }
}

#[cfg(not(feature = "csr"))]
impl<T: DeserializeOwned> Decodes<T> for JsonEncoding {
    type Error = serde_json::Error;

    fn decode(bytes: Bytes) -> Result<T, Self::Error> {
        serde_json::from_slice(&bytes)
    }
}

#[cfg(feature = "csr")]
impl<T: DeserializeOwned> Decodes<T> for JsonEncoding {
    type Error = reader::Fault;

    fn decode(bytes: Bytes) -> Result<T, Self::Error> {
        reader::read(&bytes)
    }
}

/// A value of ours out of JSON that we wrote; none if it is not one.
#[cfg(feature = "csr")]
pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    reader::read(text.as_bytes()).ok()
}
