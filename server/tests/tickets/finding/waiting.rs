//! What waits in the outbox is found as what was sent is, and for no longer than it waits.

use super::*;

#[tokio::test]
async fn what_waits_while_chatwoot_is_away_is_found_once() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    stage.fake.set_weather(fake_chatwoot::Weather::Down503);
    let ticket = ada.open("Waiting", "Hippopotamus").await;
    let list = ask(&ada, words("hippo"), None).await;
    let found = list.rows[0].found.as_ref().unwrap();
    assert_eq!(shown(&found.message.as_ref().unwrap().2), "[Hippopotamus]");
    stage.fake.set_weather(fake_chatwoot::Weather::Well);
    stage.pass(120).await;
    ada.show(&ticket).await;
    let list = ask(&ada, words("hippo"), None).await;
    assert_eq!((list.rows.len(), list.counts.all), (1, 1));
    assert_eq!(list.rows[0].delivery, Delivery::Sent);
}

#[tokio::test]
async fn each_thing_that_waits_is_found_until_it_is_taken_back() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Fruit", "Apple").await;
    stage.fake.set_weather(fake_chatwoot::Weather::Down503);
    // So that nothing is under way to it any more.
    ada.reply(&ticket, "Banana").await;
    let key = stage.key();
    for (key, text) in [(key.clone(), "Pear tree"), (stage.key(), "Pear juice")] {
        let text = text.to_owned();
        let reply = ada.can.reply(ticket.clone(), key, text, Vec::new());
        reply.await.unwrap();
    }
    let excerpt = async |typed| {
        let list = ask(&ada, words(typed), None).await;
        let found = list.rows.first().and_then(|row| row.found.clone());
        let message = found.and_then(|found| found.message);
        message.map(|(_, _, pieces)| shown(&pieces))
    };
    assert_eq!(excerpt("apple").await.as_deref(), Some("[Apple]"));
    assert_eq!(excerpt("banana").await.as_deref(), Some("[Banana]"));
    assert_eq!(excerpt("pear").await.as_deref(), Some("[Pear] juice"));
    assert_eq!(excerpt("pear tree").await.as_deref(), Some("[Pear] [tree]"));
    // All words stand in the ticket, if not in one message.
    assert_eq!(finds(&ada, "apple banana juice").await, ["Fruit"]);

    ada.can.take_back(ticket.clone(), key).await.unwrap();
    assert_eq!(excerpt("tree").await, None);
    assert_eq!(excerpt("pear").await.as_deref(), Some("[Pear] juice"));

    stage.fake.set_weather(fake_chatwoot::Weather::Well);
    stage.pass(120).await;
    ada.show(&ticket).await;
    for (typed, subjects) in [("banana juice", &["Fruit"][..]), ("tree", &[])] {
        assert_eq!(finds(&ada, typed).await, subjects, "{typed}");
    }
}
