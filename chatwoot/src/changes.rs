//! What is changed about a conversation as a whole: its status, its priority, its labels.

use serde::{Deserialize, Serialize};

use crate::client::{Client, NOTHING, Route};
use crate::error::Error;
use crate::ids::ConversationId;
use crate::types::conversation::{Priority, Status, Toggled};
use crate::words::Label;

/// A status that can be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SetStatus {
    /// Somebody has to do something.
    Open,
    /// Done, said by the service user. A customer’s own closing is [`Client::public_resolve`].
    Resolved,
    /// Waiting to be opened.
    Pending,
}

impl Client {
    /// Sets the status, as the service user. Setting it twice is once.
    pub async fn toggle_status(
        &self,
        id: ConversationId,
        status: SetStatus,
    ) -> Result<Status, Error> {
        const ROUTE: Route =
            Route::post("/api/v1/accounts/{account}/conversations/{conversation}/toggle_status");
        #[derive(Serialize)]
        struct Body {
            // Left out, Chatwoot would choose.
            status: SetStatus,
        }
        let url = self.in_account(&["conversations", &id.to_string(), "toggle_status"]);
        let toggled: Toggled = self
            .call(ROUTE, url, Some(&Body { status }))
            .await?
            .json()?;
        Ok(toggled.payload.current_status)
    }

    /// Sets the priority, as the service user. Setting it twice is once. At creation Chatwoot takes none.
    pub async fn toggle_priority(
        &self,
        id: ConversationId,
        priority: Priority,
    ) -> Result<(), Error> {
        const ROUTE: Route =
            Route::post("/api/v1/accounts/{account}/conversations/{conversation}/toggle_priority");
        #[derive(Serialize)]
        struct Body {
            // Left out, Chatwoot would take it away.
            priority: Priority,
        }
        let url = self.in_account(&["conversations", &id.to_string(), "toggle_priority"]);
        self.call(ROUTE, url, Some(&Body { priority }))
            .await?
            .good()?;
        Ok(())
    }

    /// A conversation’s labels.
    pub async fn labels(&self, id: ConversationId) -> Result<Vec<Label>, Error> {
        const ROUTE: Route =
            Route::get("/api/v1/accounts/{account}/conversations/{conversation}/labels");
        let url = self.in_account(&["conversations", &id.to_string(), "labels"]);
        let answer: Labels = self.call(ROUTE, url, NOTHING).await?.json()?;
        Ok(answer.payload)
    }

    /// Replaces all labels of a conversation: read them first, under the ticket’s lock.
    pub async fn set_labels(
        &self,
        id: ConversationId,
        labels: Vec<Label>,
    ) -> Result<Vec<Label>, Error> {
        const ROUTE: Route =
            Route::post("/api/v1/accounts/{account}/conversations/{conversation}/labels");
        #[derive(Serialize)]
        struct Body {
            labels: Vec<Label>,
        }
        let url = self.in_account(&["conversations", &id.to_string(), "labels"]);
        let answer: Labels = self
            .call(ROUTE, url, Some(&Body { labels }))
            .await?
            .json()?;
        Ok(answer.payload)
    }
}

#[derive(Deserialize)]
struct Labels {
    payload: Vec<Label>,
}
