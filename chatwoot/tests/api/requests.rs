//! What is sent: always the inbox, always the source id, always a message type, and the token only where it belongs.

use std::num::NonZeroU32;

use chatwoot::{
    Address, Client, ContactId, ContactName, Content, ConversationId, Cursor, Error, InboxId,
    InboxIdentifier, Label, Mark, MessageId, MessageSourceId, NewAttribute, NewContact,
    NewConversation, NewMessage, Priority, SetStatus, Sort, SourceId, Subject,
};
use serde_json::{Value, json};

use crate::support::{Asked, Reply, Server, TOKEN};

const CONVERSATION: &str = r#"{"id":66,"inbox_id":54,"status":"open"}"#;

fn source() -> SourceId {
    SourceId::new("p1_ada").unwrap()
}

fn conversation() -> ConversationId {
    ConversationId::new(66).unwrap()
}

fn body(asked: &Asked) -> Value {
    serde_json::from_str(&asked.body).unwrap()
}

async fn asked<T>(answer: &str, call: impl AsyncFnOnce(Client) -> Result<T, Error>) -> Asked {
    let server = Server::with([Reply::json(200, answer)]).await;
    call(server.client()).await.map(drop).unwrap();
    server.only()
}

#[tokio::test]
async fn a_list_always_says_whose_and_where() {
    let empty = r#"{"data":{"meta":{"all_count":0},"payload":[]}}"#;
    let page = NonZeroU32::new(3).unwrap();
    let request = asked(empty, async |it| {
        it.conversations_of(
            &SourceId::new("a+b@example.com").unwrap(),
            page,
            Sort::CreatedAsc,
        )
        .await
    })
    .await;
    assert_eq!(
        request.target,
        "/api/v1/accounts/7/conversations?status=all&inbox_id=54&source_id=a%2Bb%40example.com&page=3&sort_by=created_at_asc"
    );
    assert_eq!(request.header("api-access-token"), Some(TOKEN));
    assert_eq!(request.header("accept"), Some("application/json"));
    let request = asked(empty, async |it| {
        it.conversations_of(&source(), page, Sort::ActivityDesc)
            .await
    })
    .await;
    assert!(request.target.ends_with("&source_id=p1_ada&page=3"));

    let seconds = NonZeroU32::new(120).unwrap();
    let request = asked(empty, async |it| {
        it.conversations_updated_within(seconds, InboxId::new(55).unwrap())
            .await
    })
    .await;
    assert_eq!(
        request.target,
        "/api/v1/accounts/7/conversations?status=all&inbox_id=55&updated_within=120"
    );
}

#[tokio::test]
async fn a_thread_is_always_asked_for_without_internals() {
    let id = |number| MessageId::new(number).unwrap();
    for (cursor, query) in [
        (Cursor::Newest, ""),
        (Cursor::Before(id(5)), "&before=5"),
        (Cursor::After(id(6)), "&after=6"),
        (Cursor::Between(id(5), id(9)), "&after=5&before=9"),
    ] {
        let request = asked(r#"{"payload":[]}"#, async |it| {
            it.messages(conversation(), cursor).await
        })
        .await;
        assert_eq!(
            request.target,
            format!(
                "/api/v1/accounts/7/conversations/66/messages?filter_internal_messages=true{query}"
            )
        );
    }
}

#[tokio::test]
async fn a_message_is_always_incoming() {
    let answer = r#"{"id":9,"message_type":0,"private":false,"content":"Hi","created_at":1}"#;
    let mut new = NewMessage {
        content: Some(Content::new("Hi").unwrap()),
        source_id: MessageSourceId::new("portal:0001").unwrap(),
        in_reply_to: None,
    };
    let request = asked(answer, async |it| {
        it.post_incoming(conversation(), &new, None).await
    })
    .await;
    assert_eq!(request.method, "POST");
    assert_eq!(
        request.target,
        "/api/v1/accounts/7/conversations/66/messages"
    );
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(
        body(&request),
        json!({"content": "Hi", "message_type": "incoming", "source_id": "portal:0001"})
    );
    new.in_reply_to = MessageId::new(5).ok();
    let request = asked(answer, async |it| {
        it.post_incoming(conversation(), &new, None).await
    })
    .await;
    assert_eq!(
        body(&request)["content_attributes"],
        json!({"in_reply_to": 5})
    );
}

#[tokio::test]
async fn a_new_conversation_says_everything_at_once() {
    let new = NewConversation {
        contact: ContactId::new(99).unwrap(),
        source: source(),
        subject: Subject::new("Printer on fire").unwrap(),
        portal_ticket: Mark::new("uuid-1").unwrap(),
        portal_sig: Mark::new("sig-1").unwrap(),
        content: Some(Content::new("It **burns**.").unwrap()),
        message_source_id: MessageSourceId::new("portal:0001").unwrap(),
    };
    let request = asked(CONVERSATION, async |it| {
        it.open_conversation(&new, None).await
    })
    .await;
    assert_eq!(request.target, "/api/v1/accounts/7/conversations");
    assert_eq!(
        body(&request),
        json!({
            "inbox_id": 54, "contact_id": 99, "source_id": "p1_ada", "status": "open",
            "additional_attributes": {"mail_subject": "Printer on fire", "portal_ticket": "uuid-1", "portal_sig": "sig-1"},
            "custom_attributes": {"portal_subject": "Printer on fire"},
            "message": {"content": "It **burns**.", "message_type": "incoming", "source_id": "portal:0001"},
        })
    );
}

#[tokio::test]
async fn contacts_are_looked_for_by_something() {
    let place = json!({"inbox_id": 54, "source_id": "p1_ada"});
    let contact = r#"{"id":99}"#;
    let request = asked(contact, async |it| it.contact_by_source(&source()).await).await;
    assert_eq!(request.target, "/api/v1/accounts/7/contact_inboxes/filter");
    assert_eq!(body(&request), place);

    let ada = Address::new("Ada@Example.com").unwrap();
    let request = asked(r#"{"payload":[]}"#, async |it| {
        it.contacts_by_email(&ada).await
    })
    .await;
    assert_eq!(request.target, "/api/v1/accounts/7/contacts/filter?page=1");
    assert_eq!(
        body(&request),
        json!({"payload": [{"attribute_key": "email", "filter_operator": "equal_to",
            "values": ["ada@example.com"], "query_operator": null}]})
    );

    let id = ContactId::new(99).unwrap();
    let request = asked(r#"{"source_id":"p1_ada"}"#, async |it| {
        it.attach_contact_inbox(id, &source()).await
    })
    .await;
    assert_eq!(
        request.target,
        "/api/v1/accounts/7/contacts/99/contact_inboxes"
    );
    assert_eq!(body(&request), place);

    let new = NewContact {
        name: ContactName::new("Ada").unwrap(),
        email: ada,
        source: source(),
    };
    let made = r#"{"payload":{"contact":{"id":99}}}"#;
    let request = asked(made, async |it| it.create_contact(&new).await).await;
    assert_eq!(request.target, "/api/v1/accounts/7/contacts");
    assert_eq!(
        body(&request),
        json!({"name": "Ada", "email": "ada@example.com", "inbox_id": 54, "source_id": "p1_ada"})
    );

    let name = ContactName::new("Ada King").unwrap();
    let id = ContactId::new(99).unwrap();
    let request = asked("{}", async |it| it.rename_contact(id, &name).await).await;
    assert_eq!(request.method, "PATCH");
    assert_eq!(request.target, "/api/v1/accounts/7/contacts/99");
    assert_eq!(body(&request), json!({"name": "Ada King"}));
}

#[tokio::test]
async fn a_status_a_priority_and_labels_are_always_named() {
    let toggled = r#"{"payload":{"current_status":"open"}}"#;
    let request = asked(toggled, async |it| {
        it.toggle_status(conversation(), SetStatus::Open).await
    })
    .await;
    assert_eq!(
        request.target,
        "/api/v1/accounts/7/conversations/66/toggle_status"
    );
    assert_eq!(body(&request), json!({"status": "open"}));

    let request = asked("", async |it| {
        it.toggle_priority(conversation(), Priority::Urgent).await
    })
    .await;
    assert_eq!(
        request.target,
        "/api/v1/accounts/7/conversations/66/toggle_priority"
    );
    assert_eq!(body(&request), json!({"priority": "urgent"}));

    let labels = vec![Label::new("undefined one").unwrap()];
    let answer = r#"{"payload":["undefined one"]}"#;
    let request = asked(answer, async |it| {
        it.set_labels(conversation(), labels).await
    })
    .await;
    assert_eq!(request.target, "/api/v1/accounts/7/conversations/66/labels");
    assert_eq!(body(&request), json!({"labels": ["undefined one"]}));
    let request = asked(r#"{"payload":[]}"#, async |it| {
        it.set_labels(conversation(), vec![]).await
    })
    .await;
    assert_eq!(body(&request), json!({"labels": []}));
}

#[tokio::test]
async fn the_public_api_gets_no_token() {
    let portal = InboxIdentifier::new("Ident1").unwrap();
    let path = "/public/api/v1/inboxes/Ident1/contacts/p1_ada/conversations/66";
    let request = asked(r#"{"status":"resolved"}"#, async |it| {
        it.public_resolve(&portal, &source(), conversation()).await
    })
    .await;
    assert_eq!(request.target, format!("{path}/toggle_status"));
    assert_eq!(request.header("api-access-token"), None);
    assert!(!request.head.contains(TOKEN));
    let request = asked("", async |it| {
        it.public_update_last_seen(&portal, &source(), conversation())
            .await
    })
    .await;
    assert_eq!(request.target, format!("{path}/update_last_seen"));
    assert_eq!(request.header("api-access-token"), None);
    for (on, word) in [(true, "on"), (false, "off")] {
        let request = asked("", async |it| {
            it.public_toggle_typing(&portal, &source(), conversation(), on)
                .await
        })
        .await;
        assert_eq!(request.target, format!("{path}/toggle_typing"));
        assert_eq!(request.header("api-access-token"), None);
        assert_eq!(body(&request), json!({ "typing_status": word }));
    }
}

#[tokio::test]
async fn definitions_are_for_conversations() {
    let new = NewAttribute {
        key: "portal_subject".into(),
        display_name: "Subject".into(),
    };
    let request = asked("{}", async |it| {
        it.define_conversation_attribute(&new).await
    })
    .await;
    assert_eq!(
        body(&request),
        json!({"custom_attribute_definition": {"attribute_display_name": "Subject", "attribute_key": "portal_subject",
            "attribute_display_type": "text", "attribute_model": "conversation_attribute"}})
    );
    let request = asked("[]", async |it| it.conversation_attributes().await).await;
    assert_eq!(
        request.target,
        "/api/v1/accounts/7/custom_attribute_definitions?attribute_model=0"
    );
}
