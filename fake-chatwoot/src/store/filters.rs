//! The two filter calls: conditions joined by `and` and `or`, as SQL joins them. No condition at all means everything.

use serde_json::{Value, json};

use crate::refusal::Refusal;
use crate::store::Data;
use crate::store::rows::{Contact, Conversation};

const CONTACT_KEYS: &str = "name,phone_number,email,identifier,country_code,city,company_name,labels,created_at,last_activity_at,blocked";
const CONVERSATION_KEYS: &str = "status,assignee_id,inbox_id,team_id,contact_id,priority,display_id,campaign_id,labels,\
browser_language,conversation_language,referer,created_at,last_activity_at,mail_subject";
const NUMBERS: [&str; 6] = [
    "assignee_id",
    "inbox_id",
    "team_id",
    "contact_id",
    "display_id",
    "campaign_id",
];

/// One row of a filter.
#[derive(Debug)]
struct Condition {
    key: String,
    operator: String,
    values: Vec<Value>,
    or_next: bool,
}

impl Data {
    /// The contacts that match; only those who have an address, a number or an identifier.
    pub(crate) fn filter_contacts(&self, payload: &Value) -> Result<Vec<&Contact>, Refusal> {
        let conditions = self.conditions(payload, CONTACT_KEYS, "contact_attribute")?;
        let resolved = |row: &&Contact| {
            row.email.is_some() || row.phone_number.is_some() || row.identifier.is_some()
        };
        let rows = self.contacts.values().filter(resolved);
        let mut found = Vec::new();
        for row in rows {
            if holds(&conditions, |key| contact_values(row, key))? {
                found.push(row);
            }
        }
        Ok(found)
    }

    /// The conversations that match, in any inbox.
    pub(crate) fn filter_conversations(
        &self,
        payload: &Value,
    ) -> Result<Vec<&Conversation>, Refusal> {
        let conditions = self.conditions(payload, CONVERSATION_KEYS, "conversation_attribute")?;
        let mut found = Vec::new();
        for row in self.conversations.values() {
            if holds(&conditions, |key| conversation_values(row, key))? {
                found.push(row);
            }
        }
        Ok(found)
    }

    fn conditions(
        &self,
        payload: &Value,
        keys: &str,
        model: &str,
    ) -> Result<Vec<Condition>, Refusal> {
        let rows = payload.as_array().ok_or(Refusal::Broken)?;
        let mut conditions = Vec::new();
        for row in rows {
            if crate::request::holds_nul(row) {
                return Err(Refusal::Broken);
            }
            let text = |name: &str| {
                row.get(name)
                    .and_then(Value::as_str)
                    .unwrap_or_default()
                    .to_owned()
            };
            let key = text("attribute_key");
            let custom = self
                .attribute_definitions
                .iter()
                .any(|row| row.model == model && row.key == key);
            if !custom && !keys.split(',').any(|known| known == key) {
                let words = format!(
                    "Invalid attribute key - [{key}]. The key should be one of [{keys}] or a custom attribute defined in the account."
                );
                return Err(Refusal::Unprocessable(words));
            }
            let values = match row.get("values") {
                Some(Value::Array(values)) => values.clone(),
                Some(Value::Null) | None => Vec::new(),
                Some(single) => vec![single.clone()],
            };
            let numeric = NUMBERS.contains(&key.as_str());
            let odd = |value: &Value| {
                if numeric {
                    as_number(value).is_none()
                } else {
                    key == "email" && !value.is_string()
                }
            };
            if values.iter().any(odd) {
                return Err(Refusal::Broken);
            }
            let or_next = text("query_operator").eq_ignore_ascii_case("or");
            conditions.push(Condition {
                key,
                operator: text("filter_operator"),
                values,
                or_next,
            });
        }
        Ok(conditions)
    }
}

/// `a and b or c` is `(a and b) or c`.
fn holds(
    conditions: &[Condition],
    values_of: impl Fn(&str) -> Vec<Value>,
) -> Result<bool, Refusal> {
    if conditions.is_empty() {
        return Ok(true);
    }
    let (mut any, mut all) = (false, true);
    for condition in conditions {
        all &= matches(condition, &values_of(&condition.key))?;
        if condition.or_next {
            any |= all;
            all = true;
        }
    }
    Ok(any || all)
}

fn matches(condition: &Condition, have: &[Value]) -> Result<bool, Refusal> {
    let wanted = &condition.values;
    let everything = condition.key == "status" && wanted.iter().any(|value| value == "all");
    let equal = || {
        everything
            || have
                .iter()
                .any(|have| wanted.iter().any(|wanted| plain(have) == plain(wanted)))
    };
    let contained = || {
        have.iter().any(|have| {
            wanted
                .iter()
                .any(|wanted| plain(have).contains(&plain(wanted)))
        })
    };
    let compared = |order: std::cmp::Ordering| {
        have.iter().any(|have| {
            wanted
                .iter()
                .any(|wanted| plain(have).as_str().cmp(plain(wanted).as_str()) == order)
        })
    };
    match condition.operator.as_str() {
        "equal_to" => Ok(equal()),
        "not_equal_to" => Ok(!equal()),
        "contains" => Ok(contained()),
        "does_not_contain" => Ok(!contained()),
        "is_present" => Ok(!have.is_empty()),
        "is_not_present" => Ok(have.is_empty()),
        "is_greater_than" => Ok(compared(std::cmp::Ordering::Greater)),
        "is_less_than" => Ok(compared(std::cmp::Ordering::Less)),
        _ => Err(Refusal::Unprocessable(format!(
            "Invalid operator. The allowed operators for {} are [equal_to,not_equal_to,contains,does_not_contain].",
            condition.key
        ))),
    }
}

fn as_number(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

/// As text in small letters: Ruby's and Unicode's, so the KELVIN SIGN becomes a `k`, as on the real one.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.to_lowercase(),
        other => other.to_string().to_lowercase(),
    }
}

fn contact_values(row: &Contact, key: &str) -> Vec<Value> {
    let value = match key {
        "name" => json!(row.name),
        "email" => json!(row.email),
        "phone_number" => json!(row.phone_number),
        "identifier" => json!(row.identifier),
        "blocked" => json!(row.blocked),
        "created_at" => json!(row.created_at.iso()),
        "last_activity_at" => crate::moment::iso_or_null(row.last_activity_at),
        other => row
            .additional_attributes
            .get(other)
            .or_else(|| row.custom_attributes.get(other))
            .cloned()
            .unwrap_or_default(),
    };
    if value.is_null() {
        Vec::new()
    } else {
        vec![value]
    }
}

fn conversation_values(row: &Conversation, key: &str) -> Vec<Value> {
    let value = match key {
        "status" => json!(row.status.as_str()),
        "assignee_id" => json!(row.assignee),
        "inbox_id" => json!(row.inbox),
        "contact_id" => json!(row.contact),
        "display_id" => json!(row.id),
        "priority" => json!(row.priority),
        "created_at" => json!(row.created_at.iso()),
        "last_activity_at" => json!(row.last_activity_at.iso()),
        "labels" => return row.labels.iter().map(|label| json!(label)).collect(),
        other => row
            .additional_attributes
            .get(other)
            .or_else(|| row.custom_attributes.get(other))
            .cloned()
            .unwrap_or_default(),
    };
    if value.is_null() {
        Vec::new()
    } else {
        vec![value]
    }
}
