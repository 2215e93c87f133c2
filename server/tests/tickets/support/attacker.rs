//! Somebody on the internet, with what Chatwoot gives to anybody: the website's widget and, if it leaked, an inbox's identifier.

use serde_json::{Value, json};

use super::Stage;

/// A website visitor.
pub struct Attacker<'a> {
    stage: &'a Stage,
    token: String,
}

impl Stage {
    /// Any call of the fake, from anybody.
    pub async fn http(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> (u16, Value) {
        let http = chatwoot::build_http(None).unwrap();
        let url = format!("{}{path}", self.fake.url());
        let mut request = http.request(method.parse().unwrap(), url).body(body);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = request.send().await.unwrap();
        let status = answer.status().as_u16();
        let body = answer.bytes().await.unwrap();
        (status, serde_json::from_slice(&body).unwrap_or_default())
    }

    /// A call of the account's, with the portal's own token.
    pub async fn as_operator(&self, method: &str, path: &str, body: Value) -> (u16, Value) {
        let given = self.fake.given();
        let path = format!("/api/v1/accounts/{}/{path}", given.account);
        let headers = [
            ("content-type", "application/json"),
            ("api-access-token", given.admin_token.as_str()),
        ];
        self.http(method, &path, &headers, body.to_string().into())
            .await
    }

    /// A mail arrives at Chatwoot's door.
    pub async fn mail_arrives(&self, mail: &str) {
        let mail = mail.replace('\n', "\r\n").into_bytes();
        let headers = [
            ("content-type", "message/rfc822"),
            ("authorization", "Basic YWN0aW9ubWFpbGJveDppbmJvdW5k"),
        ];
        let path = "/rails/action_mailbox/relay/inbound_emails";
        let (status, _) = self.http("POST", path, &headers, mail).await;
        assert_eq!(status, 204);
    }

    /// A call of the public API, which asks for no token.
    pub async fn public(&self, method: &str, path: &str, body: Value) -> (u16, Value) {
        let inbox = &self.fake.given().inbox_identifier;
        let path = format!("/public/api/v1/inboxes/{inbox}/{path}");
        let headers = [("content-type", "application/json")];
        self.http(method, &path, &headers, body.to_string().into())
            .await
    }
}

impl<'a> Attacker<'a> {
    /// Opens the widget.
    pub async fn comes(stage: &'a Stage) -> Self {
        let mut attacker = Self {
            stage,
            token: String::new(),
        };
        let (status, made) = attacker.widget("POST", "config", json!({})).await;
        assert_eq!(status, 200, "{made}");
        let token = made["website_channel_config"]["auth_token"].as_str();
        attacker.token = token.unwrap().to_owned();
        attacker
    }

    /// A call of the widget's.
    pub async fn widget(&self, method: &str, what: &str, body: Value) -> (u16, Value) {
        let website = &self.stage.fake.given().website_token;
        let path = format!("/api/v1/widget/{what}?website_token={website}");
        let headers = [
            ("content-type", "application/json"),
            ("x-auth-token", self.token.as_str()),
        ];
        self.stage
            .http(method, &path, &headers, body.to_string().into())
            .await
    }

    /// Says who he is, as the widget lets him.
    pub async fn says(&self, contact: Value) {
        let (status, answer) = self.widget("PATCH", "contact", contact).await;
        assert_eq!(status, 200, "{answer}");
    }
}
