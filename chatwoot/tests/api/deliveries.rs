//! Webhook deliveries as a real Chatwoot sent them: every signature holds, and each is read as what it is about.

use chatwoot::{About, AccountId, Event, HookSecret, Signature};
use serde_json::Value;

fn recorded(path: &str) -> Value {
    let path = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn text<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value.pointer(pointer).unwrap().as_str().unwrap()
}

fn in_short(event: &Event) -> String {
    match &event.about {
        About::Message(it) => format!(
            "message {} of {} in {}{}{}",
            it.id,
            it.conversation,
            it.inbox.unwrap(),
            if it.is_new { " new" } else { "" },
            if it.internal { " internal" } else { "" },
        ),
        About::Conversation {
            id,
            inbox,
            updated_at,
        } => {
            assert!(updated_at.unwrap() > 1.7e9);
            format!("conversation {id} in {}", inbox.unwrap())
        }
        About::Contact(id) => format!("contact {id}"),
        About::ContactGone(id) => format!("contact {id} gone"),
        About::ContactTouched(it) => {
            let name = it.name.as_deref().unwrap();
            format!("contact {} touched: {name}, {}", it.id, it.blocked)
        }
        About::Typing(it) => {
            assert!(it.inbox.is_some());
            let (name, on) = (it.name.as_deref().unwrap(), it.on);
            format!("{name} types in {}: {on}", it.conversation)
        }
        About::Other => "-".to_owned(),
    }
}

#[test]
fn a10_every_recorded_delivery_is_signed_and_read() {
    let all = recorded("../fake-chatwoot/recordings/deliveries.json");
    let secret = HookSecret::new(text(&all, "/secret").to_owned()).unwrap();
    let deliveries = all["deliveries"].as_array().unwrap();
    let mut read = Vec::new();
    for delivery in deliveries {
        let header = |name: &str| text(&delivery["headers"], &format!("/{name}"));
        let signature = Signature::read(
            header("X-Chatwoot-Timestamp"),
            header("X-Chatwoot-Signature"),
        );
        let raw = text(delivery, "/raw").as_bytes();
        assert!(signature.unwrap().is_of(raw, &secret), "{delivery}");
        let event = Event::of_delivery(raw).unwrap();
        // Where there is something to look at, it says in which account.
        let account = event.account.map(AccountId::number);
        assert!(
            account == Some(6) || matches!(event.about, About::Other | About::Typing(_)),
            "{delivery}"
        );
        read.push(format!(
            "{}: {}",
            text(delivery, "/trigger"),
            in_short(&event)
        ));
    }
    assert_eq!(read.len(), 45);
    for line in [
        "contact created (admin API): -",
        "contact updated: contact 109",
        "conversation created: conversation 1 in 20",
        "conversation created: message 1490 of 1 in 20 new",
        "conversation created: -",
        "agent replies (first reply): message 1544 of 1 in 20 new",
        "private note: message 1678 of 1 in 20 new internal",
        "public update_last_seen after three outgoing: message 1544 of 1 in 20",
        "public update_last_seen after three outgoing: message 1678 of 1 in 20 internal",
        "agent typing on: John Doe types in 1: true",
        "agent typing off: John Doe types in 1: false",
        "agent typing on (private note): -",
        "contact typing on (public): -",
        "agent deletes a message with attachment: message 1938 of 1 in 20",
        "agent resolves: conversation 1 in 20",
        "contact blocked (PUT contact): contact 109",
        "contact e-mail changed: contact 109",
        "conversation created with greeting: message 2905 of 6 in 20 new",
        "contact merged (mergee brings phone number): -",
        "inbound e-mail creates a conversation: message 3118 of 8 in 21 new",
        "website widget opened (webwidget.triggered): -",
    ] {
        assert!(read.iter().any(|it| it == line), "{line}: {read:#?}");
    }
}

#[test]
fn deliveries_of_an_older_chatwoot_are_read_too() {
    let all = recorded("recordings-4.7.0/deliveries.json");
    let deliveries = all["deliveries"].as_array().unwrap();
    assert!(deliveries.len() >= 8);
    for delivery in deliveries {
        let event = Event::of_delivery(text(delivery, "/raw").as_bytes()).unwrap();
        let is_contact = text(delivery, "/event").starts_with("contact");
        assert_eq!(in_short(&event) == "-", is_contact, "{delivery}");
    }
}
