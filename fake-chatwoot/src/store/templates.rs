//! What Chatwoot writes by itself: greeting, out of office, survey; and the little Liquid that they and agents use.

use serde_json::{Map, json};

use crate::ids::DisplayId;
use crate::refusal::Refusal;
use crate::store::Data;
use crate::store::messages::NewMessage;
use crate::store::rows::{Message, MessageType};

impl Data {
    /// After a customer's message: out of office if closed, else the greeting. The first hides the second, as was seen.
    pub(crate) fn send_templates(&mut self, id: DisplayId) -> Result<(), Refusal> {
        let now = self.time();
        let Some(row) = self.conversations.get(&id) else {
            return Ok(());
        };
        let Some(inbox) = self.inboxes.get(&row.inbox) else {
            return Ok(());
        };
        let messages = self.messages_of(row);
        let is_template = |message: &&&Message| message.kind == MessageType::Template;
        let spoken_lately = messages.iter().any(|message| {
            message.kind == MessageType::Outgoing
                && !message.private
                && now.0 - message.created_at.0 < 300_000_000
        });
        let template_today = messages
            .iter()
            .filter(is_template)
            .any(|message| message.created_at.day() == now.day());
        let away = inbox
            .out_of_office_message
            .clone()
            .filter(|text| !text.is_empty());
        let away = away.filter(|_| inbox.is_closed(now) && !spoken_lately && !template_today);
        let answered = messages
            .iter()
            .any(|message| message.kind == MessageType::Outgoing && !message.private);
        let greeting = inbox
            .greeting_message
            .clone()
            .filter(|text| !text.is_empty());
        let first = messages.iter().filter(is_template).count() == 0 && away.is_none();
        let greeting = greeting.filter(|_| inbox.greeting_enabled && first && !answered);
        for text in [away, greeting].into_iter().flatten() {
            self.insert_message(id, NewMessage::text(MessageType::Template, None, &text))?;
        }
        Ok(())
    }

    /// After resolving: the survey, once in the life of a conversation.
    pub(crate) fn send_survey(&mut self, id: DisplayId) {
        let Some(row) = self.conversations.get(&id) else {
            return;
        };
        let Some(inbox) = self
            .inboxes
            .get(&row.inbox)
            .filter(|inbox| inbox.csat_survey_enabled)
        else {
            return;
        };
        let asked = self
            .messages_of(row)
            .iter()
            .any(|message| message.content_type == "input_csat");
        if asked {
            return;
        }
        let display = inbox
            .csat_config
            .get("display_type")
            .cloned()
            .unwrap_or_else(|| json!("emoji"));
        let words = inbox
            .csat_config
            .get("message")
            .and_then(|text| text.as_str())
            .filter(|text| !text.is_empty());
        let words = words.unwrap_or("Please rate the conversation").to_owned();
        let mut survey = NewMessage::text(MessageType::Template, None, &words);
        survey.content_type = "input_csat".to_owned();
        survey.content_attributes = Map::from_iter([("display_type".to_owned(), display)]);
        // It can fail only where there is no such conversation.
        let _ = self.insert_message(id, survey);
    }

    /// What `{{ contact.name }}` and its like stand for.
    pub(crate) fn liquid_names(&self, id: DisplayId) -> Vec<(&'static str, String)> {
        let row = self.conversations.get(&id);
        let contact = row.and_then(|row| self.contacts.get(&row.contact));
        let name = contact
            .map(|contact| contact.name.clone())
            .unwrap_or_default();
        let mut words = name.split_whitespace();
        let first = words.next().unwrap_or_default().to_owned();
        let last = words.last().unwrap_or_default().to_owned();
        let inbox = row.and_then(|row| self.inboxes.get(&row.inbox));
        let assignee = row
            .and_then(|row| row.assignee)
            .and_then(|user| self.users.get(&user));
        vec![
            ("contact.name", name),
            ("contact.first_name", first),
            ("contact.last_name", last),
            (
                "contact.email",
                contact
                    .and_then(|contact| contact.email.clone())
                    .unwrap_or_default(),
            ),
            (
                "contact.phone_number",
                contact
                    .and_then(|contact| contact.phone_number.clone())
                    .unwrap_or_default(),
            ),
            ("conversation.display_id", id.to_string()),
            (
                "inbox.name",
                inbox.map(|inbox| inbox.name.clone()).unwrap_or_default(),
            ),
            ("account.name", self.account.name.clone()),
            (
                "agent.name",
                assignee
                    .map(|user| user.available_name().to_owned())
                    .unwrap_or_default(),
            ),
        ]
    }
}

/// A text with its `{{ names }}` filled in; what is not understood stays as it is.
pub(crate) fn evaluated(text: &str, names: &[(&'static str, String)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("{{") {
        let Some(length) = rest[start..].find("}}") else {
            break;
        };
        let inside = rest[start + 2..start + length].trim();
        out.push_str(&rest[..start]);
        match names.iter().find(|(name, _)| *name == inside) {
            Some((_, value)) => out.push_str(value),
            None => out.push_str(&rest[start..start + length + 2]),
        }
        rest = &rest[start + length + 2..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_names_are_filled_in_and_broken_liquid_is_kept() {
        let names = [("contact.name", "Ada".to_owned())];
        assert_eq!(
            evaluated("Hi {{contact.name}}, {{ contact.name }} {{x}} {{", &names),
            "Hi Ada, Ada {{x}} {{"
        );
    }
}
