//! What any website visitor can do to any contact of a real Chatwoot, he can do here: the portal must stand it.

use serde_json::{Value, json};

use crate::api::Api;

/// A visitor of the website, who has a token like everybody.
async fn visitor(api: &Api) -> String {
    let path = format!(
        "/api/v1/widget/config?website_token={}",
        api.fake.given().website_token
    );
    let (status, made) = api.call("POST", &path, Some(json!({}))).await;
    assert_eq!(status, 200, "{made}");
    made["website_channel_config"]["auth_token"]
        .as_str()
        .unwrap()
        .to_owned()
}

async fn says(api: &Api, visitor: &str, contact: Value) -> (u16, Value) {
    let path = format!(
        "/api/v1/widget/contact?website_token={}",
        api.fake.given().website_token
    );
    api.call_with(
        "PATCH",
        &path,
        Some(contact),
        &[("X-Auth-Token", visitor.to_owned())],
    )
    .await
}

async fn found(api: &Api, email: &str) -> Vec<i64> {
    let row = json!({ "attribute_key": "email", "filter_operator": "equal_to", "values": [email], "query_operator": null });
    let (_, found) = api
        .post("/contacts/filter", json!({ "payload": [row] }))
        .await;
    found["payload"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["id"].as_i64().unwrap())
        .collect()
}

#[tokio::test]
async fn a_visitor_becomes_whoever_he_says_he_is() {
    let api = Api::start().await;
    let (victim, _) = api.customer("victim").await;
    let visitor = visitor(&api).await;
    let (status, who) = says(&api, &visitor, json!({ "email": "victim@example.com" })).await;
    assert_eq!((status, who["id"].as_i64()), (200, Some(victim)));
    says(&api, &visitor, json!({ "email": "evil@example.com" })).await;
    assert_eq!(found(&api, "victim@example.com").await, Vec::<i64>::new());
    assert_eq!(found(&api, "evil@example.com").await, [victim]);
}

#[tokio::test]
async fn the_attackers_own_contact_swallows_the_victim() {
    let api = Api::start().await;
    let (victim, ticket) = api.customer("victim").await;
    let (evil, own) = api.customer("evil").await;
    let visitor = visitor(&api).await;
    says(&api, &visitor, json!({ "email": "victim@example.com" })).await;
    says(&api, &visitor, json!({ "email": "evil@example.com" })).await;
    assert_eq!(api.get(&format!("/contacts/{victim}")).await.0, 404);
    let (_, all) = api.get(&format!("/contacts/{evil}/conversations")).await;
    let mut all: Vec<_> = all["payload"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["id"].as_i64().unwrap())
        .collect();
    all.sort_unstable();
    assert_eq!(all, [ticket, own]);
    // Only the contact moved: the source_ids still list what they listed.
    assert_eq!(api.listed("p1_victim").await, [ticket]);
    assert_eq!(api.listed("p1_evil").await, [own]);
}

#[tokio::test]
async fn the_victims_recipe_breaks_after_the_attack() {
    let api = Api::start().await;
    api.customer("victim").await;
    api.customer("evil").await;
    let visitor = visitor(&api).await;
    says(&api, &visitor, json!({ "email": "victim@example.com" })).await;
    says(&api, &visitor, json!({ "email": "evil@example.com" })).await;
    let body = json!({ "name": "V", "email": "victim@example.com", "inbox_id": api.inbox(), "source_id": "p1_victim" });
    assert_eq!(api.post("/contacts", body).await.0, 500);
    assert!(
        api.fake.contact_by_email("victim@example.com").is_none(),
        "the failed contact was rolled back"
    );
}

#[tokio::test]
async fn the_form_before_the_chat_merges_and_hands_out_the_raw_row() {
    let api = Api::start().await;
    let (victim, _) = api.customer("victim").await;
    let visitor = visitor(&api).await;
    let path = format!(
        "/api/v1/widget/conversations?website_token={}",
        api.fake.given().website_token
    );
    let body =
        json!({ "contact": { "email": "victim@example.com" }, "message": { "content": "hi" } });
    let (status, made) = api
        .call_with("POST", &path, Some(body), &[("X-Auth-Token", visitor)])
        .await;
    assert_eq!(status, 200);
    assert_eq!(made["contact"]["id"].as_i64(), Some(victim));
    assert_eq!(made["contact"]["email"], "victim@example.com");
}

#[tokio::test]
async fn the_helper_does_what_the_route_does() {
    let api = Api::start().await;
    let (victim, _) = api.customer("victim").await;
    let visitor = api.fake.widget_visitor().unwrap();
    assert_eq!(
        api.fake
            .widget_visitor_takes_email(visitor, "victim@example.com")
            .unwrap()
            .0,
        victim
    );
    api.fake
        .widget_visitor_takes_email(visitor, "evil@example.com")
        .unwrap();
    assert!(api.fake.contact_by_email("victim@example.com").is_none());
    assert_eq!(
        api.fake.contact_of("p1_victim").unwrap().email.as_deref(),
        Some("evil@example.com")
    );
}

#[tokio::test]
async fn merging_moves_the_contact_and_not_the_tickets() {
    let api = Api::start().await;
    let (ada, ticket) = api.customer("ada").await;
    let (bob, other) = api.customer("bob").await;
    api.fake.merge_contacts(bob, ada).unwrap();
    assert!(api.fake.contact(ada).is_none());
    assert_eq!(api.listed("p1_ada").await, [ticket]);
    assert_eq!(api.listed("p1_bob").await, [other]);
    assert_eq!(api.fake.conversation(ticket).unwrap().contact.0, bob);
}

#[tokio::test]
async fn anybody_who_has_seen_a_mail_can_append_to_a_ticket() {
    let api = Api::start().await;
    let (_, ticket) = api.customer("ada").await;
    let uuid = api.fake.conversation(ticket).unwrap().uuid;
    let mail = format!(
        "From: evil@example.com\r\nTo: reply+{uuid}@acme.test\r\nMessage-ID: <e1@x>\r\nSubject: Re\r\n\r\nIt is me\r\n"
    );
    api.fake.mail_arrives(mail.as_bytes());
    api.fake.mail_arrives(mail.as_bytes());
    let messages = api.fake.messages(ticket);
    assert_eq!(messages.len(), 2, "the same mail twice makes one message");
    assert_eq!(messages[1].content_type, "incoming_email");
    assert_eq!(messages[1].sender, messages[0].sender);
    assert_eq!(
        messages[1].content_attributes["email"]["from"],
        json!(["evil@example.com"])
    );
}

#[tokio::test]
async fn reply_to_wins_over_from() {
    let api = Api::start().await;
    let support = api.fake.given().support_email.clone();
    let mail = format!(
        "From: real@x.test\r\nReply-To: Victim@x.test\r\nTo: {support}\r\nMessage-ID: <r1@x>\r\nSubject: S\r\n\r\nB\r\n"
    );
    api.fake.mail_arrives(mail.as_bytes());
    let contact = api.fake.contact_by_email("victim@x.test").unwrap();
    let inboxes = api.fake.contact_inboxes_of(contact.id);
    assert_eq!(
        inboxes[0].source_id, "Victim@x.test",
        "the spelling of the first mail is kept"
    );
}
