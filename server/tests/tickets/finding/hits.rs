//! What is found in a message names that message, as the thread does, so that the ticket opens there.

use super::*;

/// The id of the message in which the words are.
async fn hit(person: &Person<'_>, typed: &str) -> Option<String> {
    let list = ask(person, words(typed), None).await;
    let found = list.rows.into_iter().next().and_then(|row| row.found);
    let (id, ..) = found.and_then(|found| found.message)?;
    Some(id)
}

/// The text of the message that a thread has under this id.
async fn text_of(person: &Person<'_>, ticket: &TicketId, id: &str) -> Option<String> {
    let view = person.show(ticket).await;
    view.entries.into_iter().find_map(|entry| match entry {
        Entry::Message(message) if message.id == id => {
            Some(app::tickets::markup::plain_text(&message.body))
        }
        _ => None,
    })
}

#[tokio::test]
async fn a_hit_names_the_newest_message_that_has_the_most_of_the_words() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Fruit", "An apple").await;
    let number = ada.number(&ticket).await;
    for answer in ["A ripe apple", "A pear", "An apple tree", "Nothing"] {
        stage.fake.agent_replies(number, answer).unwrap();
        stage.pass(10).await;
    }
    for (typed, text) in [
        ("apple", "An apple tree"),
        ("apple ripe", "A ripe apple"),
        ("pear tree", "An apple tree"),
        ("pear", "A pear"),
    ] {
        let hit = hit(&ada, typed).await.unwrap();
        assert!(hit.starts_with('m'), "{typed}: {hit}");
        let there = text_of(&ada, &ticket, &hit).await;
        assert_eq!(there.as_deref(), Some(text), "{typed}");
    }
    assert_eq!(hit(&ada, "fruit").await, None, "it is in the subject alone");
}

#[tokio::test]
async fn a_hit_in_what_waits_names_it_as_long_as_it_waits() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Fruit", "Apple").await;
    stage.fake.set_weather(fake_chatwoot::Weather::Down503);
    let key = stage.key();
    let reply = ada
        .can
        .reply(ticket.clone(), key.clone(), "Pear".to_owned(), Vec::new());
    reply.await.unwrap();
    let waits = hit(&ada, "pear").await.unwrap();
    assert_eq!(waits, format!("k{key}"));
    assert_eq!(
        text_of(&ada, &ticket, &waits).await.as_deref(),
        Some("Pear")
    );
    stage.fake.set_weather(fake_chatwoot::Weather::Well);
    for _ in 0..12 {
        stage.pass(10).await;
    }
    let sent = hit(&ada, "pear").await.unwrap();
    assert!(sent.starts_with('m'), "{sent}");
    assert_eq!(text_of(&ada, &ticket, &sent).await.as_deref(), Some("Pear"));
}

#[tokio::test]
async fn a_message_that_was_deleted_is_no_hit() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Fruit", "An apple").await;
    let number = ada.number(&ticket).await;
    let answer = stage.fake.agent_replies(number, "A ripe apple").unwrap();
    stage.pass(10).await;
    let before = hit(&ada, "apple").await.unwrap();
    assert_eq!(before, format!("m{answer}"));
    stage.fake.agent_deletes_message(number, answer).unwrap();
    stage.pass(10).await;
    ada.show(&ticket).await;
    let after = hit(&ada, "apple").await.unwrap();
    assert_ne!(after, before);
    assert_eq!(
        text_of(&ada, &ticket, &after).await.as_deref(),
        Some("An apple")
    );
}
