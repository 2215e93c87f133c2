//! The cable tells what the recorded one told, and is silent where that was.

use std::collections::BTreeSet;
use std::time::Duration;

use fake_chatwoot::{FakeChatwoot, Options};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

async fn next(socket: &mut Socket) -> Value {
    loop {
        let frame = tokio::time::timeout(Duration::from_secs(5), socket.next()).await;
        let frame = frame.unwrap().unwrap().unwrap();
        let frame: Value = serde_json::from_str(frame.to_text().unwrap()).unwrap();
        if frame["type"] != "ping" {
            return frame;
        }
    }
}

async fn connected(fake: &FakeChatwoot) -> Socket {
    let url = fake.url().replace("http://", "ws://");
    let (mut socket, _) = connect_async(format!("{url}/cable")).await.unwrap();
    assert_eq!(next(&mut socket).await, json!({ "type": "welcome" }));
    socket
}

async fn subscribe(fake: &FakeChatwoot, socket: &mut Socket, token: &str) {
    let given = fake.given();
    let identifier = json!({ "channel": "RoomChannel", "pubsub_token": token, "account_id": given.account, "user_id": given.admin_id });
    let command = json!({ "command": "subscribe", "identifier": identifier.to_string() });
    socket
        .send(Message::text(command.to_string()))
        .await
        .unwrap();
}

fn recorded() -> Vec<Value> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/recordings/cable.json");
    let all: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let frames = all["frames"].as_array().unwrap().iter();
    frames
        .filter(|frame| frame["as"] == "admin" && frame["direction"] == "in")
        .map(|frame| serde_json::from_str(frame["text"].as_str().unwrap()).unwrap())
        .collect()
}

/// The same keys at every depth but in what people fill and in what the fake does not know.
fn same_keys(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            let keys = |it: &serde_json::Map<String, Value>| {
                it.keys().cloned().collect::<BTreeSet<String>>()
            };
            keys(one) == keys(other)
                && one.iter().all(|(key, value)| {
                    key.ends_with("_attributes")
                        || key == "previous_changes"
                        || same_keys(value, &other[key])
                })
        }
        (Value::Array(one), Value::Array(other)) => one
            .first()
            .zip(other.first())
            .is_none_or(|(one, other)| same_keys(one, other)),
        _ => true,
    }
}

/// A cable whose every frame is like a recorded one.
struct Told {
    socket: Socket,
    recorded: Vec<Value>,
    names: BTreeSet<String>,
}

impl Told {
    async fn until(&mut self, wanted: &str) {
        loop {
            let frame = next(&mut self.socket).await;
            let name = frame["message"]["event"].as_str().unwrap().to_owned();
            let alike = self
                .recorded
                .iter()
                .filter(|it| it["message"]["event"] == name.as_str())
                .any(|it| same_keys(it, &frame));
            assert!(alike, "no recorded {name} has the keys of\n{frame:#}");
            self.names.insert(name.clone());
            if name == wanted {
                return;
            }
        }
    }
}

#[tokio::test]
async fn frames_have_the_keys_of_the_recorded_ones() {
    let fake = FakeChatwoot::start(Options::default()).await.unwrap();
    let ada = fake.add_contact("Ada", "ada@example.com").unwrap();
    let bob = fake.add_contact("Bob", "bob@example.com").unwrap();
    let profile = fake.admin_pubsub_token();
    let mut socket = connected(&fake).await;
    subscribe(&fake, &mut socket, &profile).await;
    assert_eq!(next(&mut socket).await["type"], "confirm_subscription");
    assert_eq!(
        next(&mut socket).await["message"]["event"],
        "presence.update"
    );
    let mut told = Told {
        socket,
        recorded: recorded(),
        names: BTreeSet::new(),
    };
    // A frame shows what is there when it is sent, so each act waits for the frames of the one before.
    let number = fake
        .add_ticket(ada, "p1_ada", json!({}), "Printer")
        .unwrap();
    told.until("contact.updated").await;
    let message = fake.agent_replies(number, "Hello").unwrap();
    told.until("conversation.updated").await;
    fake.agent_writes_private_note(number, "CANARY").unwrap();
    told.until("message.created").await;
    fake.agent_deletes_message(number, message).unwrap();
    told.until("message.updated").await;
    fake.agent_resolves(number);
    told.until("conversation.updated").await;
    fake.merge_contacts(ada, bob).unwrap();
    told.until("contact.deleted").await;
    fake.delete_contact(ada).unwrap();
    told.until("contact.deleted").await;
    let names = told.names;
    for name in [
        "contact.updated",
        "contact.merged",
        "conversation.created",
        "conversation.status_changed",
        "conversation.updated",
        "message.created",
        "message.updated",
    ] {
        assert!(names.contains(name), "{name}: {names:?}");
    }
}

#[tokio::test]
async fn a_wrong_token_is_answered_by_nothing_and_a_right_one_later_is_taken() {
    let fake = FakeChatwoot::start(Options::default()).await.unwrap();
    let mut socket = connected(&fake).await;
    subscribe(&fake, &mut socket, "wrong").await;
    socket.send(Message::text("no json")).await.unwrap();
    fake.add_contact("Ada", "ada@example.com").unwrap();
    subscribe(&fake, &mut socket, &fake.admin_pubsub_token()).await;
    assert_eq!(next(&mut socket).await["type"], "confirm_subscription");
}
