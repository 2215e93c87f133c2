//! Labels and custom attributes that are defined.

use serde_json::{Map, Value, json};

use super::admit::{Asked, administrator};
use crate::answer::{Answer, Reply};
use crate::refusal::Refusal;
use crate::request::Call;
use crate::store::account::{AttributeDefinition, Label};

/// `GET labels`.
pub(super) async fn labels(asked: Asked) -> Reply {
    let data = asked.fake.data();
    let rows: Vec<_> = data.labels.iter().map(Label::json).collect();
    Ok(Answer::json(json!({ "payload": rows })))
}

/// `POST labels`.
pub(super) async fn define_label(asked: Asked) -> Reply {
    let mut data = asked.fake.data();
    administrator(&asked.user)?;
    let fields = inner(&asked.call, "label");
    let text = |name: &str| fields.get(name).and_then(Value::as_str).map(str::to_owned);
    let title = text("title").unwrap_or_default().to_lowercase();
    if title.is_empty()
        || !title
            .chars()
            .all(|c| c.is_alphanumeric() || c == '_' || c == '-')
    {
        return Err(Refusal::invalid("Title is invalid", "title").into());
    }
    if data.labels.iter().any(|label| label.title == title) {
        return Err(Refusal::invalid("Title has already been taken", "title").into());
    }
    let label = Label {
        id: data.next_row(),
        title,
        description: text("description"),
        color: text("color").unwrap_or_else(|| "#1f93ff".to_owned()),
        show_on_sidebar: fields.get("show_on_sidebar").and_then(Value::as_bool),
    };
    let out = label.json();
    data.labels.push(label);
    Ok(Answer::json(out))
}

/// `GET custom_attribute_definitions?attribute_model=0`: 0 is of conversations, 1 of contacts.
pub(super) async fn attributes(asked: Asked) -> Reply {
    let data = asked.fake.data();
    let wanted = match asked.call.query.get("attribute_model").map(String::as_str) {
        Some("0" | "conversation_attribute") => Some("conversation_attribute"),
        Some("1" | "contact_attribute") => Some("contact_attribute"),
        _ => None,
    };
    let rows = data
        .attribute_definitions
        .iter()
        .filter(|row| wanted.is_none_or(|model| row.model == model));
    let rows: Vec<_> = rows.map(AttributeDefinition::json).collect();
    Ok(Answer::json(json!(rows)))
}

/// `POST custom_attribute_definitions`.
pub(super) async fn define_attribute(asked: Asked) -> Reply {
    let mut data = asked.fake.data();
    administrator(&asked.user)?;
    let fields = inner(&asked.call, "custom_attribute_definition");
    let text = |name: &str| {
        fields
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let (key, model) = (text("attribute_key"), text("attribute_model"));
    if key.is_empty() {
        return Err(Refusal::invalid("Attribute key can't be blank", "attribute_key").into());
    }
    if data
        .attribute_definitions
        .iter()
        .any(|row| row.key == key && row.model == model)
    {
        return Err(
            Refusal::invalid("Attribute key has already been taken", "attribute_key").into(),
        );
    }
    let definition = AttributeDefinition {
        id: data.next_row(),
        name: text("attribute_display_name"),
        key,
        display_type: text("attribute_display_type"),
        model,
        values: fields
            .get("attribute_values")
            .cloned()
            .unwrap_or_else(|| json!([])),
        created_at: data.now(),
    };
    let out = definition.json();
    data.attribute_definitions.push(definition);
    Ok(Answer::json(out))
}

/// Parameters may be wrapped in the model's name or not.
fn inner(call: &Call, name: &str) -> Map<String, Value> {
    call.param(name).as_object().unwrap_or(&call.params).clone()
}
