//! What agents do, as sentences.

use serde_json::{Map, Value};

use super::FakeChatwoot;
use crate::ids::{DisplayId, MessageId, UserId};
use crate::moment::Moment;
use crate::refusal::Refusal;
use crate::store::events::Event;
use crate::store::messages::{Actor, NewMessage};
use crate::store::rows::{MessageType, Sender, Status};

/// A file that somebody attaches.
#[derive(Clone, Debug)]
pub struct File {
    /// Its name.
    pub name: String,
    /// What it is called: `image/png`.
    pub content_type: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl FakeChatwoot {
    /// John Doe answers; the customer sees it.
    pub fn agent_replies(
        &self,
        id: impl Into<DisplayId>,
        text: &str,
    ) -> Result<MessageId, Refusal> {
        self.agent_replies_as(self.inside.given.agent_id, id, text)
    }

    /// Another agent answers.
    pub fn agent_replies_as(
        &self,
        agent: UserId,
        id: impl Into<DisplayId>,
        text: &str,
    ) -> Result<MessageId, Refusal> {
        self.written(
            id.into(),
            NewMessage::text(MessageType::Outgoing, Some(Sender::User(agent)), text),
            agent,
        )
    }

    /// John Doe answers with files, the text may be empty.
    pub fn agent_sends_files(
        &self,
        id: impl Into<DisplayId>,
        text: &str,
        files: Vec<File>,
    ) -> Result<MessageId, Refusal> {
        let agent = self.inside.given.agent_id;
        let mut message = NewMessage::text(MessageType::Outgoing, Some(Sender::User(agent)), text);
        message.content = Some(text.to_owned()).filter(|text| !text.is_empty());
        message.files = self.stored(files);
        self.written(id.into(), message, agent)
    }

    /// John Doe writes what the customer must never see.
    pub fn agent_writes_private_note(
        &self,
        id: impl Into<DisplayId>,
        text: &str,
    ) -> Result<MessageId, Refusal> {
        let agent = self.inside.given.agent_id;
        let mut message = NewMessage::text(MessageType::Outgoing, Some(Sender::User(agent)), text);
        message.private = true;
        self.written(id.into(), message, agent)
    }

    /// A message of any content type, from an agent: cards, a form, a survey.
    pub fn agent_sends(
        &self,
        id: impl Into<DisplayId>,
        text: &str,
        content_type: &str,
        content_attributes: Map<String, Value>,
    ) -> Result<MessageId, Refusal> {
        let agent = self.inside.given.agent_id;
        let mut message = NewMessage::text(MessageType::Outgoing, Some(Sender::User(agent)), text);
        content_type.clone_into(&mut message.content_type);
        message.content_attributes = content_attributes;
        self.written(id.into(), message, agent)
    }

    /// John Doe resolves it.
    pub fn agent_resolves(&self, id: impl Into<DisplayId>) {
        self.agent_sets_status(id, Status::Resolved);
    }

    /// John Doe opens it again.
    pub fn agent_reopens(&self, id: impl Into<DisplayId>) {
        self.agent_sets_status(id, Status::Open);
    }

    /// John Doe sets any status.
    pub fn agent_sets_status(&self, id: impl Into<DisplayId>, status: Status) {
        let actor = Actor::User(self.inside.given.agent_id);
        self.inside
            .data()
            .set_status(id.into(), status, None, actor);
    }

    /// John Doe puts it off until this unix millisecond.
    pub fn agent_snoozes(&self, id: impl Into<DisplayId>, until: i64) {
        let actor = Actor::User(self.inside.given.agent_id);
        self.inside.data().set_status(
            id.into(),
            Status::Snoozed,
            Some(Moment::from_millis(until)),
            actor,
        );
    }

    /// John Doe replaces the labels.
    pub fn agent_sets_labels(
        &self,
        id: impl Into<DisplayId>,
        labels: &[&str],
    ) -> Result<(), Refusal> {
        let labels = labels.iter().map(|label| (*label).to_owned()).collect();
        self.inside
            .data()
            .set_labels(id.into(), labels, self.inside.given.agent_id)
    }

    /// The super admin switches a feature of the account on.
    pub fn feature_is_on(&self, feature: &str) {
        let mut data = self.inside.data();
        data.account.extra_features.push(feature.to_owned());
    }

    /// The ticket is given to an agent.
    pub fn agent_assigns(&self, id: impl Into<DisplayId>, to: UserId) {
        self.inside
            .data()
            .assign(id.into(), Some(to), self.inside.given.admin_id);
    }

    /// John Doe types, or has stopped.
    pub fn agent_types(&self, id: impl Into<DisplayId>, on: bool, private: bool) {
        self.inside.data().emit(Event::Typing {
            on,
            conversation: id.into(),
            by: Sender::User(self.inside.given.agent_id),
            private,
        });
    }

    /// An agent deletes a message: the row stays, `updated_at` of the conversation too.
    pub fn agent_deletes_message(
        &self,
        id: impl Into<DisplayId>,
        message: impl Into<MessageId>,
    ) -> Result<(), Refusal> {
        self.inside.data().delete_message(id.into(), message.into())
    }

    /// An administrator deletes the whole conversation. Nobody is told.
    pub fn agent_deletes_conversation(&self, id: impl Into<DisplayId>) -> Result<(), Refusal> {
        self.inside.data().delete_conversation(id.into())
    }

    /// An agent begins a ticket for whoever the portal's inbox knows by this source_id; it bears no mark of the portal's.
    pub fn agent_opens_ticket_for(
        &self,
        source_id: &str,
        text: &str,
    ) -> Result<DisplayId, Refusal> {
        let inbox = self.inside.given.inbox;
        let agent = self.inside.given.agent_id;
        let mut data = self.inside.data();
        let of = data
            .contact_inbox_by_source(inbox, source_id)
            .map(|row| row.id)
            .ok_or(Refusal::NotFound)?;
        let (id, _) =
            data.open_conversation(of, crate::store::conversations::NewConversation::default())?;
        let message = NewMessage::text(MessageType::Outgoing, Some(Sender::User(agent)), text);
        data.create_message(id, message, Actor::User(agent))?;
        Ok(id)
    }

    fn written(
        &self,
        id: DisplayId,
        message: NewMessage,
        agent: UserId,
    ) -> Result<MessageId, Refusal> {
        let mut data = self.inside.data();
        let made = data.create_message(id, message, Actor::User(agent))?;
        data.mail_is_out(made);
        Ok(made)
    }

    pub(super) fn stored(&self, files: Vec<File>) -> Vec<(crate::ids::BlobId, String)> {
        let mut data = self.inside.data();
        let stored = files.into_iter().map(|file| {
            let blob = data.store_file(&file.name, &file.content_type, file.bytes.into());
            (blob, file.content_type)
        });
        stored.collect()
    }
}
