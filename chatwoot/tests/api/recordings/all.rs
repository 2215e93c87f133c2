//! Every recorded answer to a request of ours is read, and counted.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use chatwoot::{
    Address, Client, ContactId, ContactName, Content, ConversationId, Cursor, Error,
    InboxIdentifier, Label, Mark, MessageSourceId, NewAttribute, NewContact, NewConversation,
    NewMessage, Priority, SetStatus, Sort, SourceId, Subject,
};

use super::{NEWEST, OLDEST, recorded};
use crate::support::Server;

/// Makes the call, and tells what was read of the answer.
async fn made(client: &Client, call: &str) -> Result<String, Error> {
    let source = SourceId::new("p1_ada").unwrap();
    let portal = InboxIdentifier::new("Ident1").unwrap();
    let contact = ContactId::new(99).unwrap();
    let id = ConversationId::new(1).unwrap();
    let one = NonZeroU32::MIN;
    let ada = Address::new("ada@example.com").unwrap();
    let words = Content::new("Hello").unwrap();
    let mark = MessageSourceId::new("portal:0001").unwrap();
    let label = Label::new("vip").unwrap();
    macro_rules! told {
        ($call:expr) => {
            $call.await.map(|read| format!("{read:?}"))
        };
    }
    match call {
        "version" => told!(client.version()),
        "profile" => told!(client.profile()),
        "account" => told!(client.account()),
        "inboxes" => told!(client.inboxes()),
        "inbox" => told!(client.inbox()),
        "agent_bot" => told!(client.agent_bot()),
        "conversation_attributes" => told!(client.conversation_attributes()),
        "define_conversation_attribute" => {
            let new = NewAttribute {
                key: "k".into(),
                display_name: "K".into(),
            };
            told!(client.define_conversation_attribute(&new))
        }
        "defined_labels" => told!(client.defined_labels()),
        "define_label" => told!(client.define_label(&label)),
        "contact_by_source" => told!(client.contact_by_source(&source)),
        "contacts_by_email" => told!(client.contacts_by_email(&ada)),
        "contact" => told!(client.contact(contact)),
        "create_contact" => {
            let name = ContactName::new("Ada").unwrap();
            told!(client.create_contact(&NewContact {
                name,
                email: ada,
                source
            }))
        }
        "rename_contact" => {
            let name = ContactName::new("Ada").unwrap();
            told!(client.rename_contact(contact, &name))
        }
        "attach_contact_inbox" => told!(client.attach_contact_inbox(contact, &source)),
        "conversations_of" => told!(client.conversations_of(&source, one, Sort::CreatedAsc)),
        "conversations_updated_within" => {
            told!(client.conversations_updated_within(one, client.inbox_id()))
        }
        "conversation" => told!(client.conversation(id)),
        "open_conversation" => {
            let new = NewConversation {
                contact,
                source,
                subject: Subject::new("S").unwrap(),
                portal_ticket: Mark::new("t").unwrap(),
                portal_sig: Mark::new("s").unwrap(),
                content: Some(words),
                message_source_id: mark,
            };
            told!(client.open_conversation(&new, None))
        }
        "toggle_status" => told!(client.toggle_status(id, SetStatus::Open)),
        "toggle_priority" => told!(client.toggle_priority(id, Priority::High)),
        "labels" => told!(client.labels(id)),
        "set_labels" => told!(client.set_labels(id, vec![label])),
        "messages" => told!(client.messages(id, Cursor::Newest)),
        "post_incoming" => {
            let new = NewMessage {
                content: Some(words),
                source_id: mark,
                in_reply_to: None,
            };
            told!(client.post_incoming(id, &new, None))
        }
        "public_resolve" => told!(client.public_resolve(&portal, &source, id)),
        "public_toggle_typing" => {
            told!(client.public_toggle_typing(&portal, &source, id, true))
        }
        "public_update_last_seen" => told!(client.public_update_last_seen(&portal, &source, id)),
        other => panic!("{other} is not called"),
    }
}

/// Every call that the client has, but for files: none may be without a recorded answer.
const CALLS: [&str; 29] = [
    "account",
    "agent_bot",
    "attach_contact_inbox",
    "contact",
    "contact_by_source",
    "contacts_by_email",
    "conversation",
    "conversation_attributes",
    "conversations_of",
    "conversations_updated_within",
    "create_contact",
    "define_conversation_attribute",
    "define_label",
    "defined_labels",
    "inbox",
    "inboxes",
    "labels",
    "messages",
    "open_conversation",
    "post_incoming",
    "profile",
    "public_resolve",
    "public_toggle_typing",
    "public_update_last_seen",
    "rename_contact",
    "set_labels",
    "toggle_priority",
    "toggle_status",
    "version",
];

/// What must never be read from an answer: private notes, activity, agents’ addresses, keys, other people’s attributes.
const NEVER: [&str; 11] = [
    "She is *always* like that",
    "Conversation was marked resolved",
    "Assigned to",
    "john@r",
    "admin_pubsub",
    "admin_token",
    "45XhkXhtYKNPhqgswvXM8R1e",
    "Engines",
    "gold",
    "Ada King",
    "Ada Lovelace",
];

fn fits(status: u16, read: &Result<String, Error>) -> bool {
    match (status, read) {
        (200, Ok(_)) => true,
        (404, Ok(read)) => read == "None",
        (400, Err(Error::Invalid(_))) => true,
        (401, Err(Error::Refused(_))) => true,
        (404, Err(Error::NotFound)) => true,
        (422, Err(Error::Taken(_) | Error::Invalid(_))) => true,
        // Mistakes in requests that cannot be made with the client: no known refusal.
        (422, Err(Error::NotUnderstood(misfit))) => {
            let words = misfit.to_string();
            [
                "undefined method",
                "is not a valid message_type",
                "expected attachable",
            ]
            .iter()
            .any(|known| words.contains(known))
        }
        (500, Err(Error::ServerError(500))) => true,
        _ => false,
    }
}

async fn all_read(folder: &str) -> BTreeMap<&'static str, (usize, usize)> {
    let server = Server::with([]).await;
    let client = server.client();
    let mut counts = BTreeMap::new();
    for exchange in recorded(folder) {
        let Some(call) = exchange.call else {
            continue;
        };
        server.reply(exchange.reply());
        let read = made(&client, call).await;
        let name = format!("{folder}: {} ({call})", exchange.name);
        let status = exchange.status;
        assert!(fits(status, &read), "{name}: {status} read as {read:?}");
        let (good, bad): &mut (usize, usize) = counts.entry(call).or_default();
        match read {
            Ok(read) => {
                *good += 1;
                for never in NEVER {
                    assert!(!read.contains(never), "{name}: {never} in {read}");
                }
            }
            Err(_) => *bad += 1,
        }
    }
    counts
}

#[tokio::test]
async fn every_answer_of_the_newest_and_the_oldest_chatwoot_is_read() {
    for (folder, expected) in [(NEWEST, (111, 42)), (OLDEST, (110, 43))] {
        let counts = all_read(folder).await;
        for call in CALLS {
            let read = counts.get(call).is_some_and(|(good, _)| *good > 0);
            assert!(read, "{folder}: no answer to {call}");
        }
        let total = counts
            .values()
            .fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        assert_eq!(total, expected, "{folder}: {counts:?}");
    }
}

#[test]
fn what_must_never_be_read_is_there_to_be_read() {
    let answers: Vec<String> = recorded(NEWEST)
        .into_iter()
        .filter(|exchange| exchange.call.is_some())
        .map(|exchange| String::from_utf8(exchange.body).unwrap())
        .collect();
    for never in NEVER {
        let there = answers.iter().any(|answer| answer.contains(never));
        assert!(there, "{never}");
    }
}
