//! Speaks to a fake as the portal would: with the administrator's token, JSON in and out.

use fake_chatwoot::{FakeChatwoot, Options, still_clock};
use serde_json::{Value, json};

use crate::client;

/// When it is in the tests.
pub(crate) const NOW: i64 = 1_795_265_259_000;

/// A fake and a token.
pub(crate) struct Api {
    pub(crate) fake: FakeChatwoot,
}

impl Api {
    pub(crate) async fn start() -> Self {
        Self::start_with(Options::default()).await
    }

    pub(crate) async fn start_with(options: Options) -> Self {
        let (clock, by) = still_clock(NOW);
        let options = Options {
            clock,
            move_clock: Some(by),
            ..options
        };
        Self {
            fake: FakeChatwoot::start(options).await.unwrap(),
        }
    }

    pub(crate) fn inbox(&self) -> i64 {
        self.fake.given().inbox.0
    }

    /// A path below the account.
    pub(crate) async fn get(&self, path: &str) -> (u16, Value) {
        self.call("GET", &self.account(path), None).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> (u16, Value) {
        self.call("POST", &self.account(path), Some(body)).await
    }

    fn account(&self, path: &str) -> String {
        format!("/api/v1/accounts/{}{path}", self.fake.given().account)
    }

    /// Any path. What is no JSON comes back as text.
    pub(crate) async fn call(&self, method: &str, path: &str, body: Option<Value>) -> (u16, Value) {
        self.call_with(method, path, body, &[]).await
    }

    pub(crate) async fn call_with(
        &self,
        method: &str,
        path: &str,
        body: Option<Value>,
        more: &[(&str, String)],
    ) -> (u16, Value) {
        let mut headers = vec![("api-access-token", self.fake.given().admin_token.clone())];
        headers.extend(more.iter().cloned());
        if body.is_some() {
            headers.push(("Content-Type", "application/json".to_owned()));
        }
        let body = body.map(|body| body.to_string().into_bytes());
        let got = client::send(
            &format!("{}{path}", self.fake.url()),
            method,
            &headers,
            body,
        )
        .await;
        let text = String::from_utf8_lossy(&got.raw).into_owned();
        (
            got.status,
            serde_json::from_str(&text).unwrap_or(Value::String(text)),
        )
    }

    /// Whether the connection ended with no answer.
    pub(crate) async fn is_cut(&self, path: &str, body: Value) -> bool {
        let headers = [
            ("api-access-token", self.fake.given().admin_token.clone()),
            ("Content-Type", "application/json".to_owned()),
        ];
        let url = format!("{}{}", self.fake.url(), self.account(path));
        client::answer(&url, "POST", &headers, Some(body.to_string().into_bytes()))
            .await
            .is_empty()
    }

    /// A contact with a first ticket under `p1_…`; his id and the ticket's number.
    pub(crate) async fn customer(&self, name: &str) -> (i64, i64) {
        let email = format!("{name}@example.com");
        let source_id = format!("p1_{name}");
        let body = json!({ "name": name, "email": email, "inbox_id": self.inbox(), "source_id": source_id });
        let (status, made) = self.post("/contacts", body).await;
        assert_eq!(status, 200, "{made}");
        let contact = made["payload"]["contact"]["id"].as_i64().unwrap();
        let message = json!({ "content": format!("{name}'s secret"), "message_type": "incoming" });
        let body = json!({ "inbox_id": self.inbox(), "contact_id": contact, "source_id": source_id, "message": message });
        let (status, made) = self.post("/conversations", body).await;
        assert_eq!(status, 200, "{made}");
        (contact, made["id"].as_i64().unwrap())
    }

    /// The numbers that the portal's inbox lists under a source_id.
    pub(crate) async fn listed(&self, source_id: &str) -> Vec<i64> {
        let path = format!(
            "/conversations?status=all&inbox_id={}&source_id={source_id}",
            self.inbox()
        );
        let (_, found) = self.get(&path).await;
        let rows = found["data"]["payload"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        rows.iter().filter_map(|row| row["id"].as_i64()).collect()
    }
}
