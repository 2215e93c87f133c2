//! Acts of the script, carried out.

use serde_json::{Map, json};

use super::Sower;
use super::files::SeedFile;
use super::mails::Post;
use super::script::{self, Act, Ticket};
use crate::ids::{ContactId, DisplayId};
use crate::moment::Moment;
use crate::refusal::Refusal;
use crate::store::messages::{Actor, NewMessage};
use crate::store::rows::{MessageType, Sender, Status};

impl Sower<'_> {
    /// A mail that came, or an answer to one.
    pub(super) fn mail(&mut self, post: &Post) -> Result<(), Refusal> {
        let (answered, text) = match post {
            Post::Came(mail) => {
                self.data.receive_mail(mail.as_bytes());
                return Ok(());
            }
            Post::Answered(id, text) => (format!("{id}@example.com"), *text),
        };
        let mails = self.data.messages.values();
        let found = mails
            .filter(|row| row.source_id.as_deref() == Some(answered.as_str()))
            .map(|row| row.conversation)
            .next();
        let john = Sender::User(self.given.agent_id);
        let id = found.ok_or(Refusal::NotFound)?;
        self.write(id, MessageType::Outgoing, john, text, &[], false)
    }

    /// Does one act. `first` is the ticket's first message, which bears the subject.
    pub(super) fn perform(
        &mut self,
        id: DisplayId,
        contact: ContactId,
        ticket: &Ticket,
        act: &Act,
        first: bool,
    ) -> Result<(), Refusal> {
        let (john, mary, priya) = (self.given.agent_id, self.given.mary_id, self.priya);
        match act {
            Act::Customer(text, files) => {
                let bold = format!("**{}**\n\n{text}", script::escaped(ticket.subject));
                let text = if first { bold } else { text.to_string() };
                self.write(
                    id,
                    MessageType::Incoming,
                    Sender::Contact(contact),
                    &text,
                    files,
                    false,
                )
            }
            Act::John(text, files) => self.write(
                id,
                MessageType::Outgoing,
                Sender::User(john),
                text,
                files,
                false,
            ),
            Act::Mary(text) => self.write(
                id,
                MessageType::Outgoing,
                Sender::User(mary),
                text,
                &[],
                false,
            ),
            Act::Priya(text) => self.write(
                id,
                MessageType::Outgoing,
                Sender::User(priya),
                text,
                &[],
                false,
            ),
            Act::Note(text) => self.write(
                id,
                MessageType::Outgoing,
                Sender::User(john),
                text,
                &[],
                true,
            ),
            Act::Deleted(text) => {
                self.write(
                    id,
                    MessageType::Outgoing,
                    Sender::User(john),
                    text,
                    &[],
                    false,
                )?;
                let last = self
                    .data
                    .conversations
                    .get(&id)
                    .and_then(|row| row.messages.last().copied());
                last.map_or(Ok(()), |message| self.data.delete_message(id, message))
            }
            Act::Template(text) => {
                let message = NewMessage::text(MessageType::Template, None, text);
                self.data.insert_message(id, message).map(|_| ())
            }
            Act::Survey => {
                let mut message = NewMessage::text(MessageType::Template, None, "How did we do?");
                message.content_type = "input_csat".to_owned();
                message.content_attributes =
                    Map::from_iter([("display_type".to_owned(), json!("emoji"))]);
                self.data.insert_message(id, message).map(|_| ())
            }
            Act::Assign => {
                self.data.assign(id, Some(john), mary);
                Ok(())
            }
            Act::Status(status) => {
                let until = (*status == Status::Snoozed)
                    .then(|| Moment::from_millis(self.now + 4 * 86_400_000));
                self.data.set_status(id, *status, until, Actor::User(john));
                Ok(())
            }
            Act::Cancel => {
                self.data
                    .set_status(id, Status::Resolved, None, Actor::Contact);
                self.data.set_labels(
                    id,
                    vec!["cancelled-by-customer".to_owned()],
                    self.given.admin_id,
                )
            }
            Act::Labels(labels) => {
                let labels = labels.iter().map(|label| (*label).to_owned()).collect();
                self.data.set_labels(id, labels, john)
            }
        }
    }

    fn write(
        &mut self,
        id: DisplayId,
        kind: MessageType,
        sender: Sender,
        text: &str,
        files: &[SeedFile],
        private: bool,
    ) -> Result<(), Refusal> {
        let mut message = NewMessage::text(kind, Some(sender), text);
        message.private = private;
        message.content = Some(text.to_owned()).filter(|text| !text.is_empty());
        if kind == MessageType::Incoming {
            message.source_id = Some(format!("portal:{}", self.data.chance.uuid()));
        }
        for file in files {
            let (name, content_type, bytes) = file.made();
            message.files.push((
                self.data.store_file(name, content_type, bytes.into()),
                content_type.to_owned(),
            ));
        }
        let actor = match sender {
            Sender::User(user) => Actor::User(user),
            Sender::Contact(_) => Actor::System,
        };
        let made = self.data.create_message(id, message, actor)?;
        if let (Sender::User(_), Some(row)) = (sender, self.data.conversations.get_mut(&id)) {
            row.agent_last_seen_at = Some(row.last_activity_at);
        }
        if let Some(message) = self.data.messages.get_mut(&made) {
            for attachment in &mut message.attachments {
                attachment.measured = true;
            }
        }
        Ok(())
    }
}
