//! Chatwoot's side of webhooks: what it signs, and what the portal makes of it.

use axum::body::Body;
use chatwoot::HookSecret;
use hmac::{Hmac, KeyInit, Mac};
use http::{Request, header};
use serde_json::{Value, json};
use sha2::Sha256;

use super::Stage;

pub(crate) const RECEIVER: &str = "/portal/webhooks/chatwoot";
pub(crate) const HOOK_SECRET: &str = "s3cr3tToken24charsLongXX";

/// A delivery that is yet to be sent.
#[derive(Clone)]
pub(crate) struct Delivery {
    pub(crate) body: Vec<u8>,
    pub(crate) seconds: u64,
    pub(crate) secret: String,
    pub(crate) id: String,
}

impl Delivery {
    pub(crate) fn request(&self) -> Request<Body> {
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(self.secret.as_bytes()).unwrap();
        mac.update(format!("{}.", self.seconds).as_bytes());
        mac.update(&self.body);
        let hex: String = mac
            .finalize()
            .into_bytes()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        Request::post(RECEIVER)
            .header(header::HOST, "portal.internal:3001")
            .header(header::CONTENT_TYPE, "application/json")
            .header("x-chatwoot-delivery", &self.id)
            .header("x-chatwoot-timestamp", self.seconds.to_string())
            .header("x-chatwoot-signature", format!("sha256={hex}"))
            .body(Body::from(self.body.clone()))
            .unwrap()
    }
}

impl Stage {
    /// The portal believes what is signed with the tests' secret.
    pub(crate) fn believes_tests(&self) {
        let secret = HookSecret::new(HOOK_SECRET.to_owned());
        self.state().webhooks.set_secret(secret);
    }

    /// A delivery of this, signed now with the tests' secret.
    pub(crate) fn delivery(&self, body: &Value) -> Delivery {
        Delivery {
            body: body.to_string().into_bytes(),
            seconds: self.clock.now() / 1000,
            secret: HOOK_SECRET.to_owned(),
            id: self.state().chance.uuid(),
        }
    }

    /// That a message came into a conversation of the portal's inbox.
    pub(crate) fn message_came(&self, conversation: impl ToString, message: u64) -> Value {
        let given = self.fake.given();
        json!({
            "event": "message_created", "id": message, "private": false, "message_type": "outgoing",
            "account": { "id": given.account }, "inbox": { "id": given.inbox },
            "conversation": { "id": conversation.to_string().parse::<u64>().unwrap() },
        })
    }

    /// Sends a request to the portal. Answers with the status.
    pub(crate) async fn sends(&self, request: Request<Body>) -> u16 {
        let response = self.door.ask(request).await;
        response.status().as_u16()
    }

    /// Sends a delivery.
    pub(crate) async fn delivers(&self, delivery: &Delivery) -> u16 {
        self.sends(delivery.request()).await
    }

    /// What `/healthz` says.
    pub(crate) async fn health(&self) -> Value {
        self.browser().get("/portal/healthz").await.json()
    }

    /// Waits until `/healthz` says this of webhooks.
    pub(crate) async fn hook_is(&self, word: &str) {
        self.until(|| async { self.health().await["webhooks"] == word })
            .await;
    }

    /// How often conversations and threads were asked for.
    pub(crate) fn readings(&self) -> u64 {
        let calls = self.fake.calls();
        let of = |route: &str| {
            let route = format!("GET /api/v1/accounts/{{account}}/conversations/{{id}}{route}");
            calls.get(&route).copied().unwrap_or_default()
        };
        of("") + of("/messages")
    }
}
