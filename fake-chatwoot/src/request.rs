//! A request as Rails sees it: query, JSON and forms in one bag of parameters, files apart.

use std::collections::HashMap;

use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{HeaderMap, Method, StatusCode, header};
use bytes::Bytes;
use http_body_util::BodyExt;
use serde_json::{Map, Value, json};

use crate::answer::Answer;
use crate::inside::{LedgerEntry, Shared};
use crate::watch::CallNumber;

/// A file in a form.
#[derive(Clone, Debug)]
pub(crate) struct Upload {
    pub(crate) filename: String,
    pub(crate) content_type: String,
    pub(crate) bytes: Bytes,
}

/// What was asked.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) number: u64,
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) headers: HeaderMap,
    pub(crate) query: HashMap<String, String>,
    /// Body parameters; where a file was, `{"$file": n}` points into `uploads`.
    pub(crate) params: Map<String, Value>,
    pub(crate) uploads: Vec<Upload>,
    /// The body as it came, if it was no form.
    pub(crate) raw: Bytes,
}

impl Call {
    /// A header as text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// A parameter of the body.
    pub(crate) fn param(&self, name: &str) -> &Value {
        self.params.get(name).unwrap_or(&Value::Null)
    }

    /// A parameter of the body or, if it is not there, of the query; numbers as text too.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        match self.params.get(name) {
            Some(value) => text_of(value),
            None => self.query.get(name).cloned(),
        }
    }

    /// A parameter as a row's number, as leniently as Ruby's `to_i`.
    pub(crate) fn id(&self, name: &str) -> Option<i64> {
        self.text(name).map(|text| lenient(&text))
    }

    /// Hash parameters, empty if there are none.
    pub(crate) fn map(&self, name: &str) -> Map<String, Value> {
        self.param(name).as_object().cloned().unwrap_or_default()
    }

    /// The files under a parameter: an array, or the fault that Rails makes of anything else.
    pub(crate) fn files(&self, value: &Value) -> Result<Vec<FileParam>, String> {
        match value {
            Value::Null => Ok(Vec::new()),
            Value::Array(items) => Ok(items.iter().filter_map(|item| self.file(item)).collect()),
            Value::Object(map) if map.contains_key("$file") => Err(
                "undefined method `each' for an instance of ActionDispatch::Http::UploadedFile"
                    .to_owned(),
            ),
            Value::Object(_) => Err("undefined method `each' for an instance of Hash".to_owned()),
            _ => Err("undefined method `each' for an instance of String".to_owned()),
        }
    }

    fn file(&self, item: &Value) -> Option<FileParam> {
        match item {
            Value::String(signed) => Some(FileParam::Stored(signed.clone())),
            Value::Object(map) => {
                let index = usize::try_from(map.get("$file")?.as_u64()?).ok()?;
                self.uploads.get(index).cloned().map(FileParam::Sent)
            }
            _ => None,
        }
    }
}

/// A file of a message: sent along, or stored before.
#[derive(Clone, Debug)]
pub(crate) enum FileParam {
    Sent(Upload),
    Stored(String),
}

impl FromRequest<Shared> for Call {
    type Rejection = Answer;

    async fn from_request(request: Request, fake: &Shared) -> Result<Self, Answer> {
        let call = Self::read(request, fake).await?;
        if call.method != Method::GET && call.method != Method::HEAD {
            let entry = LedgerEntry {
                number: call.number,
                at: (fake.options.clock)(),
                method: call.method.to_string(),
                path: call.path.clone(),
                json: Value::Object(call.params.clone()),
                status: None,
                made: None,
            };
            fake.ledger().entries.push(entry);
        }
        Ok(call)
    }
}

impl Call {
    async fn read(request: Request, state: &Shared) -> Result<Self, Answer> {
        let method = request.method().clone();
        let path = request.uri().path().to_owned();
        let headers = request.headers().clone();
        let query =
            url::form_urlencoded::parse(request.uri().query().unwrap_or_default().as_bytes())
                .into_owned()
                .collect();
        let kind = headers
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
            .to_owned();
        let number = request
            .extensions()
            .get::<CallNumber>()
            .map_or(0, |number| number.0);
        let mut call = Self {
            number,
            method,
            path,
            headers,
            query,
            params: Map::new(),
            uploads: Vec::new(),
            raw: Bytes::new(),
        };
        if kind.starts_with("multipart/form-data") {
            call.read_form(request, state).await?;
            return Ok(call);
        }
        let collected = request
            .into_body()
            .collect()
            .await
            .map_err(|_| call.bad_request())?;
        call.raw = collected.to_bytes();
        if kind.starts_with("application/json") && !call.raw.iter().all(u8::is_ascii_whitespace) {
            match serde_json::from_slice(&call.raw) {
                Ok(Value::Object(map)) => call.params = map,
                Ok(other) => call.params = Map::from_iter([("_json".to_owned(), other)]),
                Err(_) => return Err(call.bad_request()),
            }
        } else if kind.starts_with("application/x-www-form-urlencoded") {
            let fields: Vec<_> = url::form_urlencoded::parse(&call.raw)
                .into_owned()
                .collect();
            for (name, value) in fields {
                put(&mut call.params, &name, json!(value));
            }
        }
        Ok(call)
    }

    async fn read_form(&mut self, request: Request, state: &Shared) -> Result<(), Answer> {
        let bad = self.bad_request();
        let mut form = Multipart::from_request(request, state)
            .await
            .map_err(|_| bad.clone())?;
        while let Some(field) = form.next_field().await.map_err(|_| bad.clone())? {
            let name = field.name().unwrap_or_default().to_owned();
            let filename = field.file_name().map(str::to_owned);
            let content_type = field.content_type().unwrap_or_default().to_owned();
            let bytes = field.bytes().await.map_err(|_| bad.clone())?;
            let value = match filename {
                // An empty name is no file to Rails.
                Some(filename) if filename.is_empty() => continue,
                Some(filename) => {
                    self.uploads.push(Upload {
                        filename,
                        content_type,
                        bytes,
                    });
                    json!({ "$file": self.uploads.len() - 1 })
                }
                None => json!(String::from_utf8(bytes.to_vec()).map_err(|_| bad.clone())?),
            };
            put(&mut self.params, &name, value);
        }
        Ok(())
    }

    fn bad_request(&self) -> Answer {
        if self.path.starts_with("/public/") {
            return Answer::new(
                StatusCode::BAD_REQUEST,
                "text/html; charset=UTF-8",
                String::new(),
            );
        }
        Answer::rails(StatusCode::BAD_REQUEST)
    }
}

/// `message[attachments][]` and its like, as Rack nests them.
fn put(params: &mut Map<String, Value>, name: &str, value: Value) {
    let (head, rest) = match name.split_once('[') {
        Some((head, rest)) => (head, Some(rest)),
        None => (name, None),
    };
    let Some(rest) = rest else {
        params.insert(head.to_owned(), value);
        return;
    };
    let (inner, after) = rest.split_once(']').unwrap_or((rest, ""));
    if inner.is_empty() {
        let list = params.entry(head).or_insert_with(|| json!([]));
        if let Some(list) = list.as_array_mut() {
            list.push(value);
        }
        return;
    }
    let map = params.entry(head).or_insert_with(|| json!({}));
    if let Some(map) = map.as_object_mut() {
        put(map, &format!("{inner}{after}"), value);
    }
}

/// A value as text, numbers and truth too; null is none.
pub(crate) fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

/// Ruby's `to_i`: the digits at the beginning, so that `66abc` is 66, and 0 where there are none.
pub(crate) fn lenient(text: &str) -> i64 {
    let text = text.trim_start();
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap_or(0)
}

/// Whether a NUL is anywhere in it.
pub(crate) fn holds_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(items) => items.iter().any(holds_nul),
        Value::Object(map) => map
            .iter()
            .any(|(key, value)| key.contains('\0') || holds_nul(value)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_read_as_ruby_reads_them() {
        assert_eq!(lenient("66abc"), 66);
        assert_eq!(lenient("abc"), 0);
    }

    #[test]
    fn form_names_nest_as_in_rack() {
        let mut params = Map::new();
        put(&mut params, "message[attachments][]", json!("a"));
        put(&mut params, "message[attachments][]", json!("b"));
        put(&mut params, "message[content]", json!("c"));
        assert_eq!(
            Value::Object(params),
            json!({"message": {"attachments": ["a", "b"], "content": "c"}})
        );
    }
}
