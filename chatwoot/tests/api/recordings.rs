//! Answers recorded from a real Chatwoot, the newest and the oldest that we serve, to requests of ours: given to the
//! client by a server, and read.

mod all;
mod values;

use std::path::Path;

use serde_json::Value;

use crate::support::Reply;

/// From 4.14.2.
pub(crate) const NEWEST: &str = "../fake-chatwoot/recordings";
/// From 4.7.0.
pub(crate) const OLDEST: &str = "recordings-4.7.0";

/// The chapters in which the portal’s requests are answered.
const CHAPTERS: [&str; 11] = [
    "01-start",
    "02-contacts",
    "03-tickets",
    "04-pages",
    "05-thread",
    "06-public",
    "07-email",
    "08-rating",
    "09-hours",
    "11-webhooks",
    "12-refusals",
];

/// An exchange as it was recorded.
pub(crate) struct Exchange {
    pub(crate) name: String,
    pub(crate) call: Option<&'static str>,
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
}

impl Exchange {
    pub(crate) fn reply(&self) -> Reply {
        let head = vec![("content-type".to_owned(), "application/json".to_owned())];
        Reply::Whole(self.status, head, self.body.clone())
    }
}

/// Which of our calls a recorded request is, if it is one: by method and path, variables standing for any id.
fn call_of(request: &Value) -> Option<&'static str> {
    let path = request["path"].as_str()?;
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let path: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    Some(match (request["method"].as_str()?, path.as_slice()) {
        ("GET", ["api"]) => "version",
        ("GET", ["api", "v1", "profile"]) => "profile",
        (
            "POST",
            [
                "public",
                "api",
                "v1",
                "inboxes",
                _,
                "contacts",
                _,
                "conversations",
                _,
                "toggle_status",
            ],
        ) => "public_resolve",
        (
            "POST",
            [
                "public",
                "api",
                "v1",
                "inboxes",
                _,
                "contacts",
                _,
                "conversations",
                _,
                "update_last_seen",
            ],
        ) => "public_update_last_seen",
        (
            "POST",
            [
                "public",
                "api",
                "v1",
                "inboxes",
                _,
                "contacts",
                _,
                "conversations",
                _,
                "toggle_typing",
            ],
        ) => "public_toggle_typing",
        (method, ["api", "v1", "accounts", _, below @ ..]) => match (method, below) {
            ("GET", []) => "account",
            ("GET", ["inboxes"]) => "inboxes",
            ("GET", ["inboxes", _]) => "inbox",
            ("GET", ["inboxes", _, "agent_bot"]) => "agent_bot",
            ("GET", ["custom_attribute_definitions"]) => "conversation_attributes",
            ("POST", ["custom_attribute_definitions"]) => "define_conversation_attribute",
            ("GET", ["labels"]) => "defined_labels",
            ("POST", ["labels"]) => "define_label",
            ("POST", ["contact_inboxes", "filter"]) => "contact_by_source",
            ("POST", ["contacts", "filter"]) => "contacts_by_email",
            ("POST", ["contacts"]) => "create_contact",
            ("GET", ["contacts", id]) if *id != "search" => "contact",
            ("PATCH", ["contacts", _]) => "rename_contact",
            ("POST", ["contacts", _, "contact_inboxes"]) => "attach_contact_inbox",
            ("GET", ["conversations"]) if query.contains("updated_within") => {
                "conversations_updated_within"
            }
            ("GET", ["conversations"]) => "conversations_of",
            ("POST", ["conversations"]) => "open_conversation",
            ("GET", ["conversations", _]) => "conversation",
            ("POST", ["conversations", _, "toggle_status"]) => "toggle_status",
            ("POST", ["conversations", _, "toggle_priority"]) => "toggle_priority",
            ("GET", ["conversations", _, "labels"]) => "labels",
            ("POST", ["conversations", _, "labels"]) => "set_labels",
            ("GET", ["conversations", _, "messages"]) => "messages",
            // Agents’ private notes are not ours to post: the client refuses them as an answer.
            ("POST", ["conversations", _, "messages"]) if request["json"]["private"] != true => {
                "post_incoming"
            }
            _ => return None,
        },
        _ => return None,
    })
}

pub(crate) fn recorded(folder: &str) -> Vec<Exchange> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut exchanges = Vec::new();
    for chapter in CHAPTERS {
        let path = folder.join(chapter).with_extension("json");
        let text = std::fs::read_to_string(&path)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let chapter: Value = serde_json::from_str(&text).unwrap();
        for exchange in chapter["exchanges"].as_array().unwrap() {
            let response = &exchange["response"];
            let Some(status) = response["status"].as_u64() else {
                continue;
            };
            let body = match (response.get("body"), response["text"].as_str()) {
                (Some(body), _) => named(body.clone()).to_string(),
                (None, Some(text)) => text.to_owned(),
                // Repeated requests were recorded without their answers.
                (None, None) if response.get("bytes").is_none() => continue,
                (None, None) => String::new(),
            };
            exchanges.push(Exchange {
                name: exchange["name"].as_str().unwrap_or_default().to_owned(),
                call: call_of(&exchange["request"]),
                status: status.try_into().unwrap(),
                body: body.into_bytes(),
            });
        }
    }
    exchanges
}

/// Captured values were left out as `{{names}}`: here a value is its own name.
fn named(body: Value) -> Value {
    match body {
        Value::String(text) => text.replace("{{", "").replace("}}", "").into(),
        Value::Array(items) => items.into_iter().map(named).collect(),
        Value::Object(fields) => Value::Object(
            fields
                .into_iter()
                .map(|(key, value)| (key, named(value)))
                .collect(),
        ),
        other => other,
    }
}
