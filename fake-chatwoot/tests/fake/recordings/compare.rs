//! What counts as the same answer.

use std::collections::{BTreeSet, HashSet};

use serde_json::{Map, Value};

use crate::client::Got;

const IGNORED_KEYS: [&str; 2] = ["avatar_url_hash", "last_avatar_sync_at"];

/// The rules of one exchange.
struct Rules {
    volatile: HashSet<String>,
    loose: HashSet<String>,
    lengths: Map<String, Value>,
}

/// Says in which ways an answer is not the recorded one.
pub(crate) fn compare(exchange: &Value, got: &Got) -> Vec<String> {
    let real = &exchange["response"];
    if real["status"] != got.status {
        let text = String::from_utf8_lossy(&got.raw)
            .chars()
            .take(200)
            .collect::<String>();
        return vec![format!(
            "status {}, the real answer {}: {text}",
            got.status, real["status"]
        )];
    }
    if let Some(body) = real.get("body") {
        let is_json = got
            .headers
            .get("content-type")
            .is_some_and(|kind| kind.contains("json"));
        let Some(document) = serde_json::from_slice::<Value>(&got.raw)
            .ok()
            .filter(|_| is_json)
        else {
            return vec!["no JSON".to_owned()];
        };
        if exchange["name"]
            .as_str()
            .is_some_and(|name| name.contains("no order"))
        {
            let same = document.as_array().map(Vec::len)
                == exchange["lengths"][""]
                    .as_u64()
                    .map(|length| length as usize);
            return if same {
                Vec::new()
            } else {
                vec!["another number of elements".to_owned()]
            };
        }
        let set = |name: &str| {
            exchange[name]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|path| path.as_str().map(str::to_owned))
                .collect()
        };
        let rules = Rules {
            volatile: set("volatile"),
            loose: set("loose"),
            lengths: exchange["lengths"].as_object().cloned().unwrap_or_default(),
        };
        let mut problems = Vec::new();
        rules.differ(body, &document, "", &mut problems);
        return problems;
    }
    if real["bytes"] == 0 && !got.raw.is_empty() {
        return vec!["a body where the real answer is empty".to_owned()];
    }
    if let Some(text) = real["text"].as_str()
        && text.as_bytes() != got.raw
    {
        return vec![format!("another text than {text:?}")];
    }
    if let Some(disposition) = real["headers"]["content-disposition"].as_str()
        && got.headers.get("content-disposition").map(String::as_str) != Some(disposition)
    {
        return vec![format!("header content-disposition is not {disposition}")];
    }
    if real["headers"].get("location").is_some()
        && got.headers.get("location").is_none_or(String::is_empty)
    {
        return vec!["no header location".to_owned()];
    }
    Vec::new()
}

impl Rules {
    fn differ(&self, real: &Value, got: &Value, path: &str, problems: &mut Vec<String>) {
        if self.loose.contains(path) {
            return;
        }
        match (real, got) {
            (Value::Object(real), Value::Object(got)) => {
                self.differ_in_keys(real, got, path, problems)
            }
            (Value::Array(real), Value::Array(got)) => {
                self.differ_in_items(real, got, path, problems)
            }
            _ => self.differ_in_value(real, got, path, problems),
        }
    }

    fn differ_in_keys(
        &self,
        real: &Map<String, Value>,
        got: &Map<String, Value>,
        path: &str,
        problems: &mut Vec<String>,
    ) {
        let counts = |key: &&String| {
            !IGNORED_KEYS.contains(&key.as_str()) && !self.loose.contains(&format!("{path}/{key}"))
        };
        for key in real
            .keys()
            .filter(counts)
            .filter(|key| !got.contains_key(*key))
        {
            problems.push(format!("{path}/{key} is missing"));
        }
        for key in got
            .keys()
            .filter(counts)
            .filter(|key| !real.contains_key(*key))
        {
            problems.push(format!("{path}/{key} is not in the real answer"));
        }
        for (key, value) in real
            .iter()
            .filter(|(key, _)| !IGNORED_KEYS.contains(&key.as_str()))
        {
            if let Some(other) = got.get(key) {
                let key = key.replace('~', "~0").replace('/', "~1");
                self.differ(value, other, &format!("{path}/{key}"), problems);
            }
        }
    }

    fn differ_in_items(
        &self,
        real: &[Value],
        got: &[Value],
        path: &str,
        problems: &mut Vec<String>,
    ) {
        let shortened = self.lengths.get(path).and_then(Value::as_u64);
        let want = shortened.unwrap_or(real.len() as u64);
        if got.len() as u64 != want {
            problems.push(format!(
                "{path} has {} elements, the real answer {want}",
                got.len()
            ));
        }
        for (index, (real, got)) in real.iter().zip(got).enumerate() {
            self.differ(real, got, &format!("{path}/{index}"), problems);
        }
        let ids: Vec<_> = got
            .iter()
            .filter_map(|item| item.get("id"))
            .map(Value::to_string)
            .collect();
        if ids.iter().collect::<HashSet<_>>().len() != ids.len() {
            problems.push(format!("{path} has an id twice"));
        }
        if let (Some(_), Some(Value::Object(first))) = (shortened, real.first()) {
            let wanted: BTreeSet<_> = first
                .keys()
                .filter(|key| *key != "last_non_activity_message")
                .collect();
            for (index, item) in got.iter().enumerate().skip(1) {
                let has = item
                    .as_object()
                    .is_some_and(|item| wanted.iter().all(|key| item.contains_key(*key)));
                if !has {
                    problems.push(format!("{path}/{index} is not like the others"));
                }
            }
        }
    }

    fn differ_in_value(&self, real: &Value, got: &Value, path: &str, problems: &mut Vec<String>) {
        let measured = |value: &Value| value.is_null() || value.is_i64();
        if (path.ends_with("/width") || path.ends_with("/height"))
            && measured(real)
            && measured(got)
        {
            return;
        }
        if kind(real) != kind(got) {
            problems.push(format!(
                "{path} is {}, in the real answer {}",
                kind(got),
                kind(real)
            ));
            return;
        }
        if self.volatile.contains(path) {
            if !is_blank(real) && is_blank(got) {
                problems.push(format!(
                    "{path} is {got}, in the real answer it has a value"
                ));
            }
        } else if real != got {
            let short = |value: &Value| value.to_string().chars().take(80).collect::<String>();
            problems.push(format!(
                "{path} is {}, in the real answer {}",
                short(got),
                short(real)
            ));
        }
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Null => "null",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// What Python calls false, but for false itself.
fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(_) => false,
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(map) => map.is_empty(),
    }
}
