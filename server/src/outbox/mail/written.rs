//! What the mail of a reply says: to whom, about what, in answer to which.

use chatwoot::{Conversation, Direction, Kind, Message};

use super::super::look;
use crate::clock::Millis;
use crate::email::post::{Post, PostError};
use crate::email::reply::{MailFile, ReplyMail};
use crate::failure::chain;
use crate::ownership::OwnedNumber;
use crate::store::outbox::Entry;
use crate::store::{StoreError, customers, messages, tickets as kept};
use crate::sync;
use crate::tickets::{Tickets, by_email};

/// Why a mail was not sent.
pub(super) enum Failed {
    /// So the mail server says, or nobody does.
    Smtp(PostError),
    /// It cannot be made.
    Never(String),
}

/// All that the mail says.
pub(super) struct Written {
    customer: String,
    inbox: String,
    subject: String,
    text: String,
    answers: String,
    date: Millis,
}

impl Written {
    /// None if there is nowhere to send it, or nothing that it could answer.
    pub(super) async fn read(
        tickets: &Tickets,
        entry: &Entry,
        number: OwnedNumber,
    ) -> Result<Option<Result<Self, chatwoot::Error>>, StoreError> {
        let (customer, ticket) = (entry.customer, entry.ticket.clone());
        let (customer, kept, mail_id) = tickets
            .store
            .read(move |tx| {
                let customer = customers::find(tx, customer)?;
                let mail_id = messages::newest_mail_id(tx, &ticket)?;
                Ok((customer, kept::find(tx, &ticket)?, mail_id))
            })
            .await?;
        let (Some(customer), Some(kept)) = (customer, kept) else {
            return Ok(None);
        };
        let asked = async {
            let conversation = tickets.chatwoot.conversation(number.id()).await?;
            let inboxes = sync::mail_inboxes(tickets).await?;
            let last = look::newest(tickets, number).await?;
            Ok((conversation, inboxes, last))
        };
        let (conversation, inboxes, last): (Conversation, Vec<sync::MailInbox>, Vec<Message>) =
            match asked.await {
                Ok(asked) => asked,
                Err(error) => return Ok(Some(Err(error))),
            };
        let inbox = inboxes
            .into_iter()
            .find(|inbox| inbox.id == conversation.inbox)
            .and_then(|inbox| inbox.address);
        let newest = last.iter().rev().find_map(id_of);
        let (Some(inbox), Some(answers)) = (inbox, newest.or(mail_id)) else {
            return Ok(None);
        };
        Ok(Some(Ok(Self {
            customer: customer.address,
            inbox,
            subject: by_email::answer_subject(&kept.row.subject),
            text: entry.text.clone(),
            answers,
            date: entry.created_at,
        })))
    }

    /// Sends it, to the customer too if he is to have a copy.
    pub(super) async fn post(
        &self,
        post: &Post,
        id: &str,
        files: &[MailFile],
        copy: bool,
    ) -> Result<(), Failed> {
        let mail = ReplyMail {
            from: post.from(),
            customer: &self.customer,
            inbox: &self.inbox,
            subject: &self.subject,
            text: &self.text,
            files,
            answers: &self.answers,
            message_id: id,
            date: self.date,
            copy,
        };
        let message = mail
            .message()
            .map_err(|error| Failed::Never(chain(error.as_ref())))?;
        let sent = match files.is_empty() {
            true => post.send(message).await,
            false => post.send_with_files(message).await,
        };
        sent.map_err(Failed::Smtp)
    }
}

/// The Message-ID of the mail that a message came or went as.
fn id_of(message: &Message) -> Option<String> {
    let id = match message.direction {
        Direction::Incoming if message.kind == Kind::IncomingEmail => {
            message.email.as_ref()?.message_id.clone()
        }
        Direction::Outgoing => message.source_id.clone(),
        Direction::Incoming | Direction::Template => None,
    };
    let fits = |id: &String| {
        (3..=250).contains(&id.len())
            && id.contains('@')
            && id
                .bytes()
                .all(|b| b.is_ascii_graphic() && !b"<>\"".contains(&b))
    };
    id.filter(fits)
}
