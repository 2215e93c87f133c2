//! The cable, for an administrator: what happens in the account, over a WebSocket. As on the real one, whatever is not a right
//! subscription is answered by silence.

use std::time::Duration;

use axum::extract::State;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::response::Response;
use serde_json::{Value, json};
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{MissedTickBehavior, interval};

use crate::inside::Shared;
use crate::store::account::Role;
use crate::store::events::Event;

const PING: Duration = Duration::from_secs(3);

/// `GET /cable`.
pub(crate) async fn open(State(fake): State<Shared>, upgrade: WebSocketUpgrade) -> Response {
    upgrade
        .protocols(["actioncable-v1-json"])
        .on_upgrade(async move |socket| {
            // A socket that breaks is its owner's business.
            let _ = converse(fake, socket).await;
        })
}

async fn converse(fake: Shared, mut socket: WebSocket) -> Result<(), axum::Error> {
    let mut cut = fake.cables_cut.subscribe();
    let mut events = fake.data().listen();
    let mut subscribed: Option<String> = None;
    let mut ping = interval(PING);
    ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
    send(&mut socket, &json!({ "type": "welcome" })).await?;
    loop {
        tokio::select! {
            _ = cut.changed() => return Ok(()),
            _ = ping.tick() => {
                let seconds = fake.data().time().seconds();
                send(&mut socket, &json!({ "type": "ping", "message": seconds })).await?;
            }
            received = socket.recv() => match received {
                Some(Ok(Message::Text(text))) if subscribed.is_none() => {
                    subscribed = wanted(&fake, text.as_str());
                    if let Some(identifier) = &subscribed {
                        let confirm = json!({ "identifier": identifier, "type": "confirm_subscription" });
                        send(&mut socket, &confirm).await?;
                        let present = presence(&fake);
                        tell(&mut socket, identifier, "presence.update", present).await?;
                    }
                }
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Ok(()),
            },
            event = events.recv() => match event {
                Ok(event) => {
                    if let Some(identifier) = &subscribed {
                        for (name, data) in frames(&fake, &event) {
                            tell(&mut socket, identifier, name, data).await?;
                        }
                    }
                }
                Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return Ok(()),
            },
        }
    }
}

fn frames(fake: &Shared, event: &Event) -> Vec<(&'static str, Value)> {
    fake.data().cable_frames(event, fake.given.admin_id)
}

/// The identifier of a subscription that an administrator may have.
fn wanted(fake: &Shared, text: &str) -> Option<String> {
    let command: Value = serde_json::from_str(text).ok()?;
    if command["command"] != "subscribe" {
        return None;
    }
    let text = command["identifier"].as_str()?;
    let identifier: Value = serde_json::from_str(text).ok()?;
    let data = fake.data();
    let is_right = identifier["channel"] == "RoomChannel"
        && identifier["account_id"] == json!(data.account.id)
        && data.users.values().any(|user| {
            user.role == Role::Administrator
                && identifier["user_id"] == json!(user.id)
                && identifier["pubsub_token"] == user.pubsub_token.as_str()
        });
    is_right.then(|| text.to_owned())
}

fn presence(fake: &Shared) -> Value {
    let data = fake.data();
    let admin = fake.given.admin_id.to_string();
    json!({ "account_id": data.account.id, "users": { admin: "online" }, "contacts": {} })
}

async fn tell(
    socket: &mut WebSocket,
    identifier: &str,
    event: &str,
    data: Value,
) -> Result<(), axum::Error> {
    let message = json!({ "event": event, "data": data });
    send(
        socket,
        &json!({ "identifier": identifier, "message": message }),
    )
    .await
}

async fn send(socket: &mut WebSocket, frame: &Value) -> Result<(), axum::Error> {
    socket.send(Message::text(frame.to_string())).await
}
