//! The account's webhooks: listed, made, changed, removed. For administrators only.

use serde::{Deserialize, Serialize};

use crate::client::{Client, NOTHING, Route};
use crate::error::Error;
use crate::ids::WebhookId;
use crate::types::lenient;
use crate::webhook::HookSecret;

/// A webhook of the account.
#[derive(Debug, Clone, Deserialize)]
pub struct Hook {
    /// Its id.
    pub id: WebhookId,
    /// What it is called, 4.8 and later.
    #[serde(default, deserialize_with = "lenient::value")]
    pub name: Option<String>,
    /// Where it posts to.
    #[serde(default, deserialize_with = "lenient::value")]
    pub url: String,
    /// What it tells of.
    #[serde(default, deserialize_with = "lenient::list")]
    pub subscriptions: Vec<String>,
    /// What its deliveries are signed with; none before 4.12.
    #[serde(default, deserialize_with = "lenient::value")]
    pub secret: Option<HookSecret>,
}

/// What a webhook should be.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct HookSettings {
    /// What it is called.
    pub name: String,
    /// Where it posts to.
    pub url: String,
    /// What it tells of. An empty list would be refused.
    pub subscriptions: Vec<&'static str>,
}

#[derive(Serialize)]
struct Body<'a> {
    webhook: &'a HookSettings,
}

#[derive(Deserialize)]
struct One {
    payload: OnePayload,
}

#[derive(Deserialize)]
struct OnePayload {
    webhook: Hook,
}

impl Client {
    /// All webhooks of the account.
    pub async fn hooks(&self) -> Result<Vec<Hook>, Error> {
        const ROUTE: Route = Route::get("/api/v1/accounts/{account}/webhooks");
        #[derive(Deserialize)]
        struct All {
            payload: Payload,
        }
        #[derive(Deserialize)]
        struct Payload {
            webhooks: Vec<Hook>,
        }
        let answer = self.call(ROUTE, self.in_account(&["webhooks"]), NOTHING);
        Ok(answer.await?.json::<All>()?.payload.webhooks)
    }

    /// Makes a webhook. [`Error::Taken`] if another has its address.
    pub async fn make_hook(&self, settings: &HookSettings) -> Result<Hook, Error> {
        const ROUTE: Route = Route::post("/api/v1/accounts/{account}/webhooks");
        let body = Body { webhook: settings };
        let answer = self.call(ROUTE, self.in_account(&["webhooks"]), Some(&body));
        Ok(answer.await?.json::<One>()?.payload.webhook)
    }

    /// Changes a webhook. Its secret stays.
    pub async fn change_hook(&self, id: WebhookId, settings: &HookSettings) -> Result<Hook, Error> {
        const ROUTE: Route = Route::patch("/api/v1/accounts/{account}/webhooks/{webhook}");
        let url = self.in_account(&["webhooks", &id.to_string()]);
        let body = Body { webhook: settings };
        let answer = self.call(ROUTE, url, Some(&body));
        Ok(answer.await?.json::<One>()?.payload.webhook)
    }

    /// Removes a webhook.
    pub async fn remove_hook(&self, id: WebhookId) -> Result<(), Error> {
        const ROUTE: Route = Route::delete("/api/v1/accounts/{account}/webhooks/{webhook}");
        let url = self.in_account(&["webhooks", &id.to_string()]);
        self.call(ROUTE, url, NOTHING).await?.good()?;
        Ok(())
    }
}
