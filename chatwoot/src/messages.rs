//! Messages: a thread, part by part, without what is not for customers; and a customer’s own.

use reqwest::multipart::Form;
use serde::Serialize;

use crate::client::{Client, NOTHING, Route};
use crate::error::{Error, Misfit, Words};
use crate::ids::{ConversationId, MessageId};
use crate::sending::NewFiles;
use crate::types::message::{Message, Row, Thread};
use crate::words::{Content, MessageSourceId};

/// Which part of a thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cursor {
    /// The last 20.
    Newest,
    /// The 20 before this one.
    Before(MessageId),
    /// Up to 100 from the first on.
    First,
    /// Up to 100 after this one. Ids are given before commit, so let cursors overlap.
    After(MessageId),
    /// Up to 1000: from the first, included, to the second, not included.
    Between(MessageId, MessageId),
}

impl Cursor {
    /// How many rows Chatwoot answers with at most.
    fn most(self) -> usize {
        match self {
            Self::Newest | Self::Before(_) => 20,
            Self::First | Self::After(_) => 100,
            Self::Between(..) => 1000,
        }
    }
}

/// A part of a thread.
#[derive(Debug, Clone, PartialEq)]
pub struct Messages {
    /// What a customer may see, by time and then by id.
    pub messages: Vec<Message>,
    /// The lowest id that Chatwoot answered with, shown or not: where [`Cursor::Before`] goes on.
    pub lowest: Option<MessageId>,
    /// The highest: where [`Cursor::After`] goes on.
    pub highest: Option<MessageId>,
    /// Whether there may be more beyond: the part is as long as one can be.
    pub more: bool,
}

/// A customer’s message to be posted.
#[derive(Debug, Clone)]
pub struct NewMessage {
    /// Its text; none if there are only files.
    pub content: Option<Content>,
    /// What marks it as ours.
    pub source_id: MessageSourceId,
    /// The message that it answers.
    pub in_reply_to: Option<MessageId>,
}

#[derive(Serialize)]
struct Attributes {
    in_reply_to: MessageId,
}

impl NewMessage {
    fn form(&self, content: Option<&Content>) -> Result<Form, Error> {
        let mut form = Form::new()
            .text("message_type", INCOMING)
            .text("source_id", self.source_id.as_str().to_owned());
        if let Some(content) = content {
            form = form.text("content", content.as_str().to_owned());
        }
        if let Some(in_reply_to) = self.in_reply_to {
            // In a form it is JSON as text.
            let attributes = serde_json::to_string(&Attributes { in_reply_to });
            let attributes = attributes.map_err(|_| Error::nothing_to_say())?;
            form = form.text("content_attributes", attributes);
        }
        Ok(form)
    }
}

/// Left out, a message would be an agent’s answer, sent by e-mail perhaps.
const INCOMING: &str = "incoming";

const THREAD: &str = "/api/v1/accounts/{account}/conversations/{conversation}/messages";

impl Client {
    /// A part of a thread. Private notes and activity are left out twice: Chatwoot is asked to, and then looked at
    /// again.
    pub async fn messages(&self, id: ConversationId, cursor: Cursor) -> Result<Messages, Error> {
        const ROUTE: Route = Route::get(THREAD);
        let mut url = self.in_account(&["conversations", &id.to_string(), "messages"]);
        {
            let mut query = url.query_pairs_mut();
            query.append_pair("filter_internal_messages", "true");
            match cursor {
                Cursor::Newest => {}
                Cursor::Before(message) => {
                    query.append_pair("before", &message.to_string());
                }
                Cursor::First => {
                    query.append_pair("after", "0");
                }
                Cursor::After(message) => {
                    query.append_pair("after", &message.to_string());
                }
                Cursor::Between(from, to) => {
                    query
                        .append_pair("after", &from.to_string())
                        .append_pair("before", &to.to_string());
                }
            }
        }
        let thread: Thread = self.call(ROUTE, url, NOTHING).await?.json()?;
        let ids = || thread.payload.iter().map(|row| row.id);
        let (lowest, highest) = (ids().min(), ids().max());
        let more = thread.payload.len() >= cursor.most();
        let mut messages: Vec<Message> = thread
            .payload
            .into_iter()
            .filter_map(Row::visible)
            .collect();
        messages.sort_by_key(|message| (message.created_at, message.id));
        Ok(Messages {
            messages,
            lowest,
            highest,
            more,
        })
    }

    /// Posts a customer’s message; API inboxes only. A resolved conversation opens, unless the contact is blocked.
    /// Chatwoot knows no idempotency: look for the source id before it is sent again.
    pub async fn post_incoming(
        &self,
        id: ConversationId,
        new: &NewMessage,
        files: Option<NewFiles>,
    ) -> Result<Message, Error> {
        const ROUTE: Route = Route::post(THREAD);
        #[derive(Serialize)]
        struct Body<'a> {
            content: &'a Content,
            message_type: &'static str,
            source_id: &'a MessageSourceId,
            #[serde(skip_serializing_if = "Option::is_none")]
            content_attributes: Option<Attributes>,
        }
        let url = self.in_account(&["conversations", &id.to_string(), "messages"]);
        let answer = match (&new.content, files) {
            (content, Some(files)) => {
                let limit = files.limit(self.limits());
                let form = files.into_form(new.form(content.as_ref())?, "attachments[]");
                self.send_form(ROUTE, url, form, limit).await?
            }
            (Some(content), None) => {
                let body = Body {
                    content,
                    message_type: INCOMING,
                    source_id: &new.source_id,
                    content_attributes: new
                        .in_reply_to
                        .map(|in_reply_to| Attributes { in_reply_to }),
                };
                self.call(ROUTE, url, Some(&body)).await?
            }
            (None, None) => return Err(Error::nothing_to_say()),
        };
        let row: Row = answer.json()?;
        row.visible().ok_or_else(|| {
            Error::NotUnderstood(Misfit::Body(Words::new(
                "the posted message is not visible",
            )))
        })
    }
}
