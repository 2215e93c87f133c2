//! The little that only a contact can do, by the public API: close a ticket, have seen it, and be typing in it.
//!
//! It asks for no token: inbox identifier and source id are the capability, so check ownership before each call.

use crate::client::{Client, Route};
use crate::error::Error;
use crate::ids::ConversationId;
use crate::types::conversation::{Public, Status};
use crate::words::{InboxIdentifier, SourceId};

/// `{}`: what these calls send.
#[derive(serde::Serialize)]
struct Empty {}

/// Whether somebody types. Any other word does nothing.
#[derive(serde::Serialize)]
struct Typing {
    typing_status: &'static str,
}

impl Client {
    /// Closes a conversation as its contact: agents read that the customer did it. Twice is once; it cannot reopen.
    pub async fn public_resolve(
        &self,
        inbox: &InboxIdentifier,
        source: &SourceId,
        id: ConversationId,
    ) -> Result<Status, Error> {
        const ROUTE: Route = Route::post(
            "/public/api/v1/inboxes/{inbox}/contacts/{source}/conversations/{conversation}/toggle_status",
        )
        .public();
        let url = self.as_contact(inbox, source, id, "toggle_status");
        let answer: Public = self.call(ROUTE, url, Some(&Empty {})).await?.json()?;
        Ok(answer.status)
    }

    /// Says that the contact has seen the conversation: agents get read marks, and Chatwoot sends no reminder.
    pub async fn public_update_last_seen(
        &self,
        inbox: &InboxIdentifier,
        source: &SourceId,
        id: ConversationId,
    ) -> Result<(), Error> {
        const ROUTE: Route = Route::post(
            "/public/api/v1/inboxes/{inbox}/contacts/{source}/conversations/{conversation}/update_last_seen",
        )
        .public();
        let url = self.as_contact(inbox, source, id, "update_last_seen");
        self.call(ROUTE, url, Some(&Empty {})).await?.good()?;
        Ok(())
    }

    /// Says that the contact is typing, or has stopped. Agents see it for half a minute if nothing more is said.
    pub async fn public_toggle_typing(
        &self,
        inbox: &InboxIdentifier,
        source: &SourceId,
        id: ConversationId,
        on: bool,
    ) -> Result<(), Error> {
        const ROUTE: Route = Route::post(
            "/public/api/v1/inboxes/{inbox}/contacts/{source}/conversations/{conversation}/toggle_typing",
        )
        .public();
        let url = self.as_contact(inbox, source, id, "toggle_typing");
        let typing_status = if on { "on" } else { "off" };
        self.call(ROUTE, url, Some(&Typing { typing_status }))
            .await?
            .good()?;
        Ok(())
    }

    fn as_contact(
        &self,
        inbox: &InboxIdentifier,
        source: &SourceId,
        id: ConversationId,
        action: &str,
    ) -> url::Url {
        let id = id.to_string();
        self.at([
            "public",
            "api",
            "v1",
            "inboxes",
            inbox.as_str(),
            "contacts",
            source.as_str(),
            "conversations",
            &id,
            action,
        ])
    }
}
