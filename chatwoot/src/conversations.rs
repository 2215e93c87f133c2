//! Conversations: a customer’s, page by page; what changed lately; one; a new one.

use std::num::NonZeroU32;

use reqwest::multipart::Form;
use serde::Serialize;

use crate::changes::SetStatus;
use crate::client::{Client, NOTHING, Route};
use crate::error::Error;
use crate::ids::{ContactId, ConversationId, InboxId};
use crate::sending::NewFiles;
use crate::types::conversation::{Conversation, List};
use crate::words::{Content, Mark, MessageSourceId, SourceId, Subject};

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Oldest first: rows do not move while pages are read, so that none is missed.
    CreatedAsc,
    /// What moved last first, private notes and activity included. Rows move while pages are read.
    ActivityDesc,
}

/// A page of conversations.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Those of the inbox that was asked for.
    pub rows: Vec<Conversation>,
    /// Rows of another inbox, dropped. There should be none: log it.
    pub foreign: usize,
    /// How many conversations there are on all pages, if Chatwoot says.
    pub total: Option<u64>,
    /// Whether nothing comes after. It can be a page late, never early.
    pub last: bool,
}

/// A conversation to be begun in the portal’s inbox, with its first message.
#[derive(Debug, Clone)]
pub struct NewConversation {
    /// The contact that has the source id now.
    pub contact: ContactId,
    /// The customer’s own source id.
    pub source: SourceId,
    /// What it is about.
    pub subject: Subject,
    /// The portal’s own id of the ticket.
    pub portal_ticket: Mark,
    /// The proof that the portal wrote it, for this customer.
    pub portal_sig: Mark,
    /// The first message; none if it has only files.
    pub content: Option<Content>,
    /// What marks the first message as ours.
    pub message_source_id: MessageSourceId,
}

/// Left out, the first message would be one from the service user.
const INCOMING: &str = "incoming";

impl NewConversation {
    fn form(&self, inbox: InboxId) -> Form {
        let form = Form::new()
            .text("inbox_id", inbox.to_string())
            .text("contact_id", self.contact.to_string())
            .text("source_id", self.source.as_str().to_owned())
            .text("status", "open")
            .text(
                "additional_attributes[mail_subject]",
                self.subject.as_str().to_owned(),
            )
            .text(
                "additional_attributes[portal_ticket]",
                self.portal_ticket.as_str().to_owned(),
            )
            .text(
                "additional_attributes[portal_sig]",
                self.portal_sig.as_str().to_owned(),
            )
            .text(
                "custom_attributes[portal_subject]",
                self.subject.as_str().to_owned(),
            )
            .text("message[message_type]", INCOMING)
            .text(
                "message[source_id]",
                self.message_source_id.as_str().to_owned(),
            );
        match &self.content {
            Some(content) => form.text("message[content]", content.as_str().to_owned()),
            None => form,
        }
    }
}

impl Client {
    /// A page, from 1, of the conversations that are filed under a source id in the portal’s inbox, whatever their
    /// status.
    pub async fn conversations_of(
        &self,
        source: &SourceId,
        page: NonZeroU32,
        sort: Sort,
    ) -> Result<Page, Error> {
        self.conversations_filed(self.inbox_id(), source, page, sort)
            .await
    }

    /// The same of any inbox. In one for e-mail a source id is an address, as the contact has it there: the case of its letters
    /// counts.
    pub async fn conversations_filed(
        &self,
        inbox: InboxId,
        source: &SourceId,
        page: NonZeroU32,
        sort: Sort,
    ) -> Result<Page, Error> {
        let mut url = self.in_account(&["conversations"]);
        {
            let mut query = url.query_pairs_mut();
            query
                .append_pair("status", "all")
                .append_pair("inbox_id", &inbox.to_string())
                .append_pair("source_id", source.as_str())
                .append_pair("page", &page.to_string());
            match sort {
                Sort::CreatedAsc => {
                    query.append_pair("sort_by", "created_at_asc");
                }
                Sort::ActivityDesc => {}
            }
        }
        self.list(url, inbox, page).await
    }

    /// Every conversation of an inbox that changed in the last so many seconds, on one page. Deletions of messages do
    /// not count as a change.
    pub async fn conversations_updated_within(
        &self,
        seconds: NonZeroU32,
        inbox: InboxId,
    ) -> Result<Page, Error> {
        let mut url = self.in_account(&["conversations"]);
        url.query_pairs_mut()
            .append_pair("status", "all")
            .append_pair("inbox_id", &inbox.to_string())
            .append_pair("updated_within", &seconds.to_string());
        let page = self.list(url, inbox, NonZeroU32::MIN).await?;
        Ok(Page { last: true, ..page })
    }

    /// A page, from 1, of all conversations of the portal’s inbox, oldest first, whatever their status and whosever they
    /// are: for taking over those of an earlier portal, and for nothing that is shown.
    pub async fn conversations_of_inbox(&self, page: NonZeroU32) -> Result<Page, Error> {
        let inbox = self.inbox_id();
        let mut url = self.in_account(&["conversations"]);
        url.query_pairs_mut()
            .append_pair("status", "all")
            .append_pair("inbox_id", &inbox.to_string())
            .append_pair("page", &page.to_string())
            .append_pair("sort_by", "created_at_asc");
        self.list(url, inbox, page).await
    }

    /// A page, from 1, of the conversations of the portal’s inbox that moved last, whatever their status and whosever they are: for
    /// noticing which are gone, and for nothing that is shown.
    pub async fn conversations_that_moved_last(&self, page: NonZeroU32) -> Result<Page, Error> {
        let inbox = self.inbox_id();
        let mut url = self.in_account(&["conversations"]);
        url.query_pairs_mut()
            .append_pair("status", "all")
            .append_pair("inbox_id", &inbox.to_string())
            .append_pair("page", &page.to_string());
        self.list(url, inbox, page).await
    }

    async fn list(&self, url: url::Url, inbox: InboxId, page: NonZeroU32) -> Result<Page, Error> {
        const ROUTE: Route = Route::get("/api/v1/accounts/{account}/conversations");
        let list: List = self.call(ROUTE, url, NOTHING).await?.json()?;
        let mut rows = list.data.payload;
        let total = list.data.meta.all_count;
        // An operator can set the size of a page, so that a short one need not be the last.
        let shown = u64::from(page.get()).saturating_mul(rows.len() as u64);
        let last = rows.is_empty() || total.is_some_and(|total| shown >= total);
        let all = rows.len();
        rows.retain(|row| row.inbox == inbox);
        let foreign = all - rows.len();
        if foreign > 0 {
            tracing::warn!(foreign, "Chatwoot listed conversations of another inbox");
        }
        Ok(Page {
            rows,
            foreign,
            total,
            last,
        })
    }

    /// A conversation by its id. Whose it is, this does not say.
    pub async fn conversation(&self, id: ConversationId) -> Result<Conversation, Error> {
        const ROUTE: Route = Route::get("/api/v1/accounts/{account}/conversations/{conversation}");
        let url = self.in_account(&["conversations", &id.to_string()]);
        self.call(ROUTE, url, NOTHING).await?.json()
    }

    /// Begins a conversation. Chatwoot knows no idempotency: look for the mark before it is sent again. If the answer
    /// has another `portal_ticket`, the inbox is locked to a single conversation. A bot makes it pending, a blocked
    /// contact resolved.
    pub async fn open_conversation(
        &self,
        new: &NewConversation,
        files: Option<NewFiles>,
    ) -> Result<Conversation, Error> {
        const ROUTE: Route = Route::post("/api/v1/accounts/{account}/conversations");
        let url = self.in_account(&["conversations"]);
        let content = match (&new.content, files) {
            (_, Some(files)) => {
                let limit = files.limit(self.limits());
                let form = files.into_form(new.form(self.inbox_id()), "message[attachments][]");
                return self.send_form(ROUTE, url, form, limit).await?.json();
            }
            (Some(content), None) => content,
            (None, None) => return Err(Error::nothing_to_say()),
        };
        #[derive(Serialize)]
        struct Body<'a> {
            inbox_id: InboxId,
            contact_id: ContactId,
            source_id: &'a SourceId,
            status: SetStatus,
            additional_attributes: Additional<'a>,
            custom_attributes: Custom<'a>,
            message: First<'a>,
        }
        #[derive(Serialize)]
        struct Additional<'a> {
            mail_subject: &'a Subject,
            portal_ticket: &'a Mark,
            portal_sig: &'a Mark,
        }
        #[derive(Serialize)]
        struct Custom<'a> {
            portal_subject: &'a Subject,
        }
        #[derive(Serialize)]
        struct First<'a> {
            content: &'a Content,
            message_type: &'static str,
            source_id: &'a MessageSourceId,
        }
        let body = Body {
            inbox_id: self.inbox_id(),
            contact_id: new.contact,
            source_id: &new.source,
            status: SetStatus::Open,
            additional_attributes: Additional {
                mail_subject: &new.subject,
                portal_ticket: &new.portal_ticket,
                portal_sig: &new.portal_sig,
            },
            custom_attributes: Custom {
                portal_subject: &new.subject,
            },
            message: First {
                content,
                message_type: INCOMING,
                source_id: &new.message_source_id,
            },
        };
        self.call(ROUTE, url, Some(&body)).await?.json()
    }
}
