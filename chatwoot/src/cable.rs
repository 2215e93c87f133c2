//! The cable: a WebSocket on which Chatwoot tells an administrator what happens in his account. It needs no way in from
//! Chatwoot, and is the only one that tells of deleted and merged contacts. At most once, with no replay: whoever connects
//! looks for himself what he missed.

use base64ct::{Base64, Encoding};
use futures_util::{SinkExt, StreamExt};
use http::{StatusCode, Version, header};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::value::RawValue;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};
use tokio_tungstenite::tungstenite::{self, Message};

use crate::client::{Client, NOTHING, Route, send_error};
use crate::error::{Error, Words};
use crate::events::Event;
use crate::ids::UserId;

/// Most bytes of a frame.
const LARGEST: usize = 8 * 1024 * 1024;
const PROTOCOL: &str = "actioncable-v1-json";

/// Why the cable is not there, or no longer.
#[derive(Debug, thiserror::Error)]
pub enum CableError {
    /// Chatwoot was not reached, or did not say who we are.
    #[error(transparent)]
    Call(#[from] Error),
    /// It was answered, but not with a WebSocket: a proxy in between does not pass them on.
    #[error("{0} instead of a WebSocket: see whether a proxy before Chatwoot passes on /cable")]
    NoWebSocket(StatusCode),
    /// The connection broke.
    #[error("the cable broke")]
    Broken(#[source] tungstenite::Error),
    /// Chatwoot closed it.
    #[error("Chatwoot closed the cable: {0}")]
    Closed(Words),
}

/// An open cable.
pub struct Cable {
    socket: WebSocketStream<reqwest::Upgraded>,
    subscribe: SecretString,
}

/// What came.
#[derive(Debug, Clone, PartialEq)]
pub enum Frame {
    /// From now on events come. Where it never comes, the token was refused: nothing else says so.
    Subscribed,
    /// The cable is alive. Chatwoot says so every three seconds.
    Ping,
    /// Something happened.
    Event(Event),
}

#[derive(Deserialize)]
struct Received<'a> {
    #[serde(rename = "type", default)]
    kind: Option<&'a str>,
    #[serde(default, borrow)]
    message: Option<&'a RawValue>,
    #[serde(default)]
    reason: Option<&'a str>,
}

#[derive(Deserialize)]
struct Told<'a> {
    event: &'a str,
    #[serde(borrow)]
    data: &'a RawValue,
}

#[derive(Deserialize)]
struct Me {
    id: UserId,
    pubsub_token: String,
}

impl Client {
    /// Connects as the service user and asks for what he is told. `http1` speaks HTTP/1.1 only ([`crate::build_http1`]); `key`
    /// is random.
    pub async fn cable(&self, http1: &reqwest::Client, key: [u8; 16]) -> Result<Cable, CableError> {
        const ROUTE: Route = Route::get("/api/v1/profile");
        let profile = self.call(ROUTE, self.at(["api", "v1", "profile"]), NOTHING);
        let me: Me = profile.await?.json()?;
        let key = Base64::encode_string(&key);
        let mut request = http1
            .get(self.at(["cable"]))
            .version(Version::HTTP_11)
            .header(header::CONNECTION, "Upgrade")
            .header(header::UPGRADE, "websocket")
            .header(header::SEC_WEBSOCKET_VERSION, "13")
            .header(header::SEC_WEBSOCKET_KEY, &key)
            .header(header::SEC_WEBSOCKET_PROTOCOL, PROTOCOL);
        if self.forwarded_https() {
            request = request.header("x-forwarded-proto", "https");
        }
        let response = request.send().await.map_err(send_error)?;
        let status = response.status();
        let accepted = response.headers().get(header::SEC_WEBSOCKET_ACCEPT);
        let is_ours = accepted.is_some_and(|it| it == derive_accept_key(key.as_bytes()).as_str());
        if status != StatusCode::SWITCHING_PROTOCOLS || !is_ours {
            return Err(CableError::NoWebSocket(status));
        }
        let upgraded = response.upgrade().await.map_err(send_error)?;
        let config = WebSocketConfig::default()
            .max_message_size(Some(LARGEST))
            .max_frame_size(Some(LARGEST));
        let socket = WebSocketStream::from_raw_socket(upgraded, Role::Client, Some(config)).await;
        let identifier = serde_json::json!({
            "channel": "RoomChannel",
            "pubsub_token": me.pubsub_token,
            "account_id": self.account_id(),
            "user_id": me.id,
        });
        let subscribe =
            serde_json::json!({ "command": "subscribe", "identifier": identifier.to_string() });
        Ok(Cable {
            socket,
            subscribe: subscribe.to_string().into(),
        })
    }
}

impl Cable {
    /// The next frame that says something. Frames of other kinds are passed over. May be dropped while it waits.
    pub async fn next(&mut self) -> Result<Frame, CableError> {
        loop {
            let message = match self.socket.next().await {
                Some(message) => message.map_err(CableError::Broken)?,
                None => return Err(CableError::Closed(Words::new("without a word"))),
            };
            let text = match &message {
                Message::Text(text) => text.as_str(),
                Message::Close(_) => return Err(CableError::Closed(Words::new("by a frame"))),
                _ => continue,
            };
            let Ok(received) = serde_json::from_str::<Received<'_>>(text) else {
                continue;
            };
            match (received.kind, received.message) {
                (Some("welcome"), _) => self.subscribe().await?,
                (Some("confirm_subscription"), _) => return Ok(Frame::Subscribed),
                (Some("ping"), _) => return Ok(Frame::Ping),
                (Some("disconnect" | "reject_subscription"), _) => {
                    let reason = received.reason.unwrap_or("refused");
                    return Err(CableError::Closed(Words::new(reason)));
                }
                (None, Some(message)) => {
                    if let Some(event) = event_of(message) {
                        return Ok(Frame::Event(event));
                    }
                }
                _ => {}
            }
        }
    }

    async fn subscribe(&mut self) -> Result<(), CableError> {
        let subscribe = Message::text(self.subscribe.expose_secret());
        self.socket
            .send(subscribe)
            .await
            .map_err(CableError::Broken)
    }
}

fn event_of(message: &RawValue) -> Option<Event> {
    let told: Told<'_> = serde_json::from_str(message.get()).ok()?;
    Event::of_frame(told.event, told.data.get())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::About;

    #[test]
    fn every_recorded_frame_of_an_administrator_is_read() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../fake-chatwoot/recordings/cable.json"
        );
        let all: serde_json::Value =
            serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let mut read = Vec::new();
        for frame in all["frames"].as_array().unwrap() {
            if frame["as"] != "admin" || frame["direction"] != "in" {
                continue;
            }
            let received: Received<'_> =
                serde_json::from_str(frame["text"].as_str().unwrap()).unwrap();
            if received.kind.is_some() {
                continue;
            }
            let event = event_of(received.message.unwrap()).unwrap();
            let about = match event.about {
                About::Message(it) => {
                    assert!(it.inbox.is_some());
                    format!("message of {} internal {}", it.conversation, it.internal)
                }
                About::Conversation {
                    id,
                    inbox,
                    updated_at,
                } => {
                    assert!(inbox.is_some() && updated_at.is_some());
                    format!("conversation {id}")
                }
                About::Contact(id) => format!("contact {id}"),
                About::ContactGone(id) => format!("gone {id}"),
                About::ContactTouched(it) => {
                    let name = it.name.as_deref().unwrap();
                    format!("touched {} {name} {}", it.id, it.blocked)
                }
                About::Typing(it) => {
                    assert!(it.inbox.is_some());
                    let name = it.name.as_deref().unwrap();
                    format!("{name} types in {}: {}", it.conversation, it.on)
                }
                About::Other => continue,
            };
            assert!(event.account.is_some(), "{frame}");
            read.push(format!("{}: {about}", frame["trigger"].as_str().unwrap()));
        }
        for line in [
            "conversation created: conversation 1",
            "agent replies (first reply): message of 1 internal false",
            "private note: message of 1 internal true",
            "agent deletes a message with attachment: message of 1 internal false",
            "agent typing on: John Doe types in 1: true",
            "agent typing off: John Doe types in 1: false",
            "agent resolves: conversation 1",
            "agent resolves: message of 1 internal true",
            "contact updated: touched 109 Ada L. false",
            "contact merged (Bob into Ada): gone 109",
            "contact merged (Bob into Ada): gone 214",
            "contact merged (Bob into Ada): conversation 3",
            "contact deleted (with conversation): gone 216",
        ] {
            assert!(read.iter().any(|it| it == line), "{line}: {read:#?}");
        }
        let typing = read.iter().filter(|line| line.contains("types in"));
        assert_eq!(
            typing.count(),
            2,
            "neither a contact's nor a note's: {read:#?}"
        );
    }
}
