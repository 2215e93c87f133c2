//! Status, priority, labels, assignee: each change with the activity row that the real one writes.

use crate::ids::{DisplayId, UserId};
use crate::moment::Moment;
use crate::refusal::Refusal;
use crate::store::Data;
use crate::store::events::Event;
use crate::store::messages::Actor;
use crate::store::rows::{Conversation, Status};

impl Data {
    /// Sets the status; the same one again changes nothing.
    pub(crate) fn set_status(
        &mut self,
        id: DisplayId,
        status: Status,
        until: Option<Moment>,
        actor: Actor,
    ) {
        let Some(row) = self.conversations.get(&id) else {
            return;
        };
        if row.status == status && row.snoozed_until == until {
            return;
        }
        self.change_status(id, status, until);
        let words = match status {
            Status::Open => "reopened",
            Status::Resolved => "marked resolved",
            Status::Pending => "marked as pending",
            Status::Snoozed => "snoozed",
        };
        match actor {
            Actor::User(user) => {
                let name = self.name_of(user);
                self.note_activity(id, &format!("Conversation was {words} by {name}"));
            }
            Actor::Contact => {
                let contact = self
                    .conversations
                    .get(&id)
                    .and_then(|row| self.contacts.get(&row.contact));
                let name = contact
                    .map(|contact| contact.name.clone())
                    .unwrap_or_default();
                let words = if status == Status::Resolved {
                    "resolved"
                } else {
                    words
                };
                self.note_activity(id, &format!("Conversation was {words} by {name}"));
            }
            Actor::System => {}
        }
        if status == Status::Resolved {
            self.send_survey(id);
        }
    }

    /// Sets the status with no activity row.
    pub(crate) fn set_status_silently(&mut self, id: DisplayId, status: Status) {
        self.change_status(id, status, None);
    }

    fn change_status(&mut self, id: DisplayId, status: Status, until: Option<Moment>) {
        let until = until.filter(|_| status == Status::Snoozed);
        self.change_conversation(id, |row| {
            row.status = status;
            row.snoozed_until = until;
        });
        if status == Status::Resolved
            && let Some(row) = self.conversations.get_mut(&id)
        {
            // Without a word to anybody, as the real one's update_column.
            row.waiting_since = None;
        }
        self.emit(Event::ConversationStatusChanged(id));
    }

    /// Sets or clears the priority.
    pub(crate) fn set_priority(
        &mut self,
        id: DisplayId,
        priority: Option<&'static str>,
        by: UserId,
    ) {
        let before = self.conversations.get(&id).and_then(|row| row.priority);
        if before == priority {
            return;
        }
        self.change_conversation(id, |row| row.priority = priority);
        let name = self.name_of(by);
        let words = match (before, priority) {
            (_, None) => format!("{name} removed the priority"),
            (None, Some(now)) => format!("{name} set the priority to {now}"),
            (Some(before), Some(now)) => {
                format!("{name} changed the priority from {before} to {now}")
            }
        };
        self.note_activity(id, &words);
    }

    /// Replaces all labels.
    pub(crate) fn set_labels(
        &mut self,
        id: DisplayId,
        labels: Vec<String>,
        by: UserId,
    ) -> Result<(), Refusal> {
        if labels.iter().any(|label| label.contains('\0')) {
            return Err(Refusal::Broken);
        }
        if labels.iter().any(|label| label.chars().count() > 255) {
            return Err(Refusal::Unprocessable(
                "Validation failed: Name is too long (maximum is 255 characters)".to_owned(),
            ));
        }
        let before = self
            .conversations
            .get(&id)
            .ok_or(Refusal::NotFound)?
            .labels
            .clone();
        let mut wanted: Vec<String> = Vec::new();
        for label in labels {
            if !label.is_empty() && !wanted.contains(&label) {
                wanted.push(label);
            }
        }
        let added: Vec<_> = wanted
            .iter()
            .filter(|label| !before.contains(label))
            .cloned()
            .collect();
        let removed: Vec<_> = before
            .iter()
            .filter(|label| !wanted.contains(label))
            .cloned()
            .collect();
        if added.is_empty() && removed.is_empty() {
            return Ok(());
        }
        self.change_conversation(id, |row| row.labels = wanted);
        let name = self.name_of(by);
        for (labels, verb) in [(added, "added"), (removed, "removed")] {
            if !labels.is_empty() {
                self.note_activity(id, &format!("{name} {verb} {}", labels.join(", ")));
            }
        }
        Ok(())
    }

    /// Gives the conversation to an agent, or to nobody.
    pub(crate) fn assign(&mut self, id: DisplayId, assignee: Option<UserId>, by: UserId) {
        let before = self.conversations.get(&id).and_then(|row| row.assignee);
        if before == assignee {
            return;
        }
        self.change_conversation(id, |row| row.assignee = assignee);
        let name = self.name_of(by);
        let words = match assignee {
            None => format!("Conversation unassigned by {name}"),
            Some(agent) if agent == by => format!("{name} self-assigned this conversation"),
            Some(agent) => format!("Assigned to {} by {name}", self.name_of(agent)),
        };
        self.note_activity(id, &words);
    }

    /// Writes the conversation's own attributes over.
    pub(crate) fn set_custom_attributes(
        &mut self,
        id: DisplayId,
        attributes: serde_json::Map<String, serde_json::Value>,
    ) -> Result<(), Refusal> {
        super::conversations::check_attributes(
            "Custom attributes",
            "custom_attributes",
            &attributes,
        )?;
        self.change_conversation(id, |row| row.custom_attributes = attributes);
        Ok(())
    }

    /// A user's name, as activity rows have it.
    pub(crate) fn name_of(&self, user: UserId) -> String {
        self.users
            .get(&user)
            .map(|user| user.name.clone())
            .unwrap_or_default()
    }

    /// Whether agents see the conversation as muted.
    pub(crate) fn is_muted(&self, row: &Conversation) -> bool {
        self.contacts
            .get(&row.contact)
            .is_some_and(|contact| contact.blocked)
    }
}
