//! What is asked when the portal starts, and by `check`: version, token, account, inbox, attributes, labels.

use serde::{Deserialize, Serialize};

use crate::client::{Client, NOTHING, Route};
use crate::error::Error;
use crate::types::account::{Account, Profile, Version};
use crate::types::inbox::{AgentBot, AgentBotAnswer, AttributeDefinition, Inbox};
use crate::types::lenient;
use crate::words::Label;

/// An attribute of conversations to be defined, of type text.
#[derive(Debug, Clone)]
pub struct NewAttribute {
    /// Its key in `custom_attributes`, for example `portal_subject`.
    pub key: String,
    /// What agents read, for example “Subject”.
    pub display_name: String,
}

impl Client {
    /// Which Chatwoot answers. Needs no token.
    pub async fn version(&self) -> Result<Version, Error> {
        const ROUTE: Route = Route::get("/api").public();
        self.call(ROUTE, self.at(["api"]), NOTHING).await?.json()
    }

    /// Whom the token belongs to: the way to tell a bad token from a single refusal.
    pub async fn profile(&self) -> Result<Profile, Error> {
        const ROUTE: Route = Route::get("/api/v1/profile");
        let url = self.at(["api", "v1", "profile"]);
        self.call(ROUTE, url, NOTHING).await?.json()
    }

    /// The account’s settings. 404 if the token has no part in it.
    pub async fn account(&self) -> Result<Account, Error> {
        const ROUTE: Route = Route::get("/api/v1/accounts/{account}");
        self.call(ROUTE, self.in_account(&[]), NOTHING)
            .await?
            .json()
    }

    /// The portal’s inbox.
    pub async fn inbox(&self) -> Result<Inbox, Error> {
        const ROUTE: Route = Route::get("/api/v1/accounts/{account}/inboxes/{inbox}");
        let url = self.in_account(&["inboxes", &self.inbox_id().to_string()]);
        self.call(ROUTE, url, NOTHING).await?.json()
    }

    /// All inboxes that the token sees.
    pub async fn inboxes(&self) -> Result<Vec<Inbox>, Error> {
        const ROUTE: Route = Route::get("/api/v1/accounts/{account}/inboxes");
        #[derive(Deserialize)]
        struct Inboxes {
            payload: Vec<Inbox>,
        }
        let answer = self.call(ROUTE, self.in_account(&["inboxes"]), NOTHING);
        Ok(answer.await?.json::<Inboxes>()?.payload)
    }

    /// The bot of the portal’s inbox, which should have none.
    pub async fn agent_bot(&self) -> Result<Option<AgentBot>, Error> {
        const ROUTE: Route = Route::get("/api/v1/accounts/{account}/inboxes/{inbox}/agent_bot");
        let url = self.in_account(&["inboxes", &self.inbox_id().to_string(), "agent_bot"]);
        let answer: AgentBotAnswer = self.call(ROUTE, url, NOTHING).await?.json()?;
        let bare = answer.id.map(|_| AgentBot { name: answer.name });
        Ok(answer.agent_bot.or(bare))
    }

    /// The attributes that conversations can have.
    pub async fn conversation_attributes(&self) -> Result<Vec<AttributeDefinition>, Error> {
        const ROUTE: Route = Route::get("/api/v1/accounts/{account}/custom_attribute_definitions");
        let mut url = self.in_account(&["custom_attribute_definitions"]);
        url.query_pairs_mut().append_pair("attribute_model", "0");
        self.call(ROUTE, url, NOTHING).await?.json()
    }

    /// Defines an attribute of conversations, so that agents see it. Administrators only; [`Error::Taken`] if it is there.
    pub async fn define_conversation_attribute(&self, new: &NewAttribute) -> Result<(), Error> {
        const ROUTE: Route = Route::post("/api/v1/accounts/{account}/custom_attribute_definitions");
        #[derive(Serialize)]
        struct Body<'a> {
            custom_attribute_definition: Definition<'a>,
        }
        #[derive(Serialize)]
        struct Definition<'a> {
            attribute_display_name: &'a str,
            attribute_key: &'a str,
            attribute_display_type: &'static str,
            attribute_model: &'static str,
        }
        let body = Body {
            custom_attribute_definition: Definition {
                attribute_display_name: &new.display_name,
                attribute_key: &new.key,
                attribute_display_type: "text",
                attribute_model: "conversation_attribute",
            },
        };
        let url = self.in_account(&["custom_attribute_definitions"]);
        self.call(ROUTE, url, Some(&body)).await?.good()?;
        Ok(())
    }

    /// The labels that are defined in the account.
    pub async fn defined_labels(&self) -> Result<Vec<Label>, Error> {
        const ROUTE: Route = Route::get("/api/v1/accounts/{account}/labels");
        #[derive(Deserialize)]
        struct Labels {
            #[serde(deserialize_with = "lenient::list")]
            payload: Vec<Defined>,
        }
        #[derive(Deserialize)]
        struct Defined {
            title: Label,
        }
        let answer = self.call(ROUTE, self.in_account(&["labels"]), NOTHING);
        let labels: Labels = answer.await?.json()?;
        Ok(labels
            .payload
            .into_iter()
            .map(|label| label.title)
            .collect())
    }

    /// Defines a label, so that agents see it properly. Administrators only; [`Error::Taken`] if it is there.
    pub async fn define_label(&self, label: &Label) -> Result<(), Error> {
        const ROUTE: Route = Route::post("/api/v1/accounts/{account}/labels");
        #[derive(Serialize)]
        struct Body<'a> {
            title: &'a Label,
            color: &'static str,
            show_on_sidebar: bool,
        }
        let body = Body {
            title: label,
            color: "#888888",
            show_on_sidebar: true,
        };
        let url = self.in_account(&["labels"]);
        self.call(ROUTE, url, Some(&body)).await?.good()?;
        Ok(())
    }
}
