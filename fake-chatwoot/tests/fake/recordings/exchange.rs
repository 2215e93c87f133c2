//! One recorded exchange: filled with variables, sent, compared, and what it captures remembered.

use std::collections::BTreeMap;

use base64ct::{Base64, Encoding};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Map, Value, json};
use sha2::Sha256;

use super::compare::compare;
use crate::client::{Got, send};

/// What `{{name}}` stands for.
pub(crate) struct Variables(BTreeMap<String, Value>);

impl Variables {
    pub(crate) fn new(given: &Map<String, Value>) -> Self {
        Self(
            given
                .iter()
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect(),
        )
    }

    /// Hex HMAC-SHA256, the only thing that is ever computed.
    pub(crate) fn compute(&mut self, wanted: &Value) {
        for (name, how) in wanted.as_object().unwrap() {
            let how = self.fill(&how["hmac_sha256_hex"]);
            let mut mac =
                Hmac::<Sha256>::new_from_slice(how["key"].as_str().unwrap().as_bytes()).unwrap();
            mac.update(how["text"].as_str().unwrap().as_bytes());
            let hex: String = mac
                .finalize()
                .into_bytes()
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect();
            self.0.insert(name.clone(), json!(hex));
        }
    }

    /// A variable alone in a text keeps its type.
    fn fill(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => self.fill_text(text),
            Value::Array(items) => items.iter().map(|item| self.fill(item)).collect(),
            Value::Object(map) if map.contains_key("$repeat") => {
                let count = usize::try_from(map["$repeat"][1].as_u64().unwrap()).unwrap();
                json!(map["$repeat"][0].as_str().unwrap().repeat(count))
            }
            Value::Object(map) => map
                .iter()
                .map(|(key, value)| (key.clone(), self.fill(value)))
                .collect(),
            other => other.clone(),
        }
    }

    fn fill_text(&self, text: &str) -> Value {
        let is_name =
            |name: &str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
        let whole = text
            .strip_prefix("{{")
            .and_then(|rest| rest.strip_suffix("}}"))
            .filter(|name| is_name(name));
        if let Some(name) = whole {
            return self.value(name);
        }
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{{") {
            out.push_str(before);
            match after.split_once("}}").filter(|(name, _)| is_name(name)) {
                Some((name, after)) => {
                    let value = self.value(name);
                    out.push_str(
                        &value
                            .as_str()
                            .map_or_else(|| value.to_string(), str::to_owned),
                    );
                    rest = after;
                }
                None => {
                    out.push_str("{{");
                    rest = after;
                }
            }
        }
        out.push_str(rest);
        json!(out)
    }

    fn value(&self, name: &str) -> Value {
        self.0
            .get(name)
            .cloned()
            .unwrap_or_else(|| json!(format!("no {name} was captured")))
    }
}

/// A recorded exchange.
pub(crate) struct Exchange<'a>(&'a Value);

impl<'a> Exchange<'a> {
    pub(crate) fn new(recorded: &'a Value) -> Self {
        Self(recorded)
    }

    pub(crate) fn name(&self) -> &str {
        self.0["name"].as_str().unwrap()
    }

    /// Sends it as often as it repeats, and says what differs.
    pub(crate) async fn replay(&self, base: &str, variables: &mut Variables) -> Vec<String> {
        let mut problems = Vec::new();
        let mut last = None;
        for turn in 1..=self.0["repeat"].as_u64().unwrap_or(1) {
            variables.0.insert("i".to_owned(), json!(turn));
            let got = self.send(base, variables).await;
            problems = compare(self.0, &got);
            last = Some(got);
            if !problems.is_empty() {
                break;
            }
        }
        let Some(got) = last else { return problems };
        let body: Value = serde_json::from_slice(&got.raw).unwrap_or_default();
        for (name, path) in self.0["capture"].as_object().into_iter().flatten() {
            let path = path.as_str().unwrap();
            let found = match path.strip_prefix('#') {
                Some(header) => got.headers.get(header).map(|value| json!(value)),
                None => body.pointer(path).cloned(),
            };
            match found {
                Some(value) => {
                    variables.0.insert(name.clone(), value);
                }
                None => problems.push(format!("no {path}, which later exchanges need")),
            }
        }
        problems
    }

    async fn send(&self, base: &str, variables: &Variables) -> Got {
        let request = variables.fill(&self.0["request"]);
        let mut headers: Vec<(&str, String)> = Vec::new();
        match request["auth"].as_str() {
            None => {}
            Some("bad") => headers.push(("api-access-token", "not-a-token".to_owned())),
            Some("mailbox") => {
                let word = Base64::encode_string(b"actionmailbox:inbound");
                headers.push(("Authorization", format!("Basic {word}")));
            }
            Some(who) => {
                let token = variables.value(&format!("{who}_token"));
                headers.push(("api-access-token", token.as_str().unwrap().to_owned()));
            }
        }
        let mut body = None;
        if let Some(json) = request.get("json") {
            headers.push(("Content-Type", "application/json".to_owned()));
            body = Some(json.to_string().into_bytes());
        } else if let Some(raw) = request.get("raw") {
            headers.push((
                "Content-Type",
                request["type"]
                    .as_str()
                    .unwrap_or("application/json")
                    .to_owned(),
            ));
            body = Some(raw.as_str().unwrap().as_bytes().to_vec());
        } else if let Some(form) = request.get("form") {
            headers.push((
                "Content-Type",
                "multipart/form-data; boundary=boundary7f3a".to_owned(),
            ));
            body = Some(multipart(form));
        }
        let path = request["path"].as_str().unwrap();
        let url = if path.starts_with("http") {
            path.to_owned()
        } else {
            format!("{base}{path}")
        };
        send(&url, request["method"].as_str().unwrap(), &headers, body).await
    }
}

fn multipart(fields: &Value) -> Vec<u8> {
    let mut out = Vec::new();
    for field in fields.as_array().unwrap() {
        let (name, value) = (field[0].as_str().unwrap(), &field[1]);
        out.extend_from_slice(
            format!("--boundary7f3a\r\nContent-Disposition: form-data; name=\"{name}\"").as_bytes(),
        );
        if value.is_object() {
            let (file, kind) = (
                value["filename"].as_str().unwrap(),
                value["type"].as_str().unwrap(),
            );
            out.extend_from_slice(
                format!("; filename=\"{file}\"\r\nContent-Type: {kind}\r\n\r\n").as_bytes(),
            );
            match value["base64"].as_str() {
                Some(encoded) => out.extend(Base64::decode_vec(encoded).unwrap()),
                None => out.extend_from_slice(value["text"].as_str().unwrap().as_bytes()),
            }
        } else {
            let text = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            out.extend_from_slice(format!("\r\n\r\n{text}").as_bytes());
        }
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(b"--boundary7f3a--\r\n");
    out
}
