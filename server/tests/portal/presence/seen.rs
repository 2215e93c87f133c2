//! Read marks: agents see what a customer has seen, once for all of it, and never more than he has.

use std::time::Duration;

use fake_chatwoot::Weather;

use super::{answered, calls, sees, shown, view};
use crate::support::Stage;

const A_MOMENT: Duration = Duration::from_secs(3);

fn marks(stage: &Stage) -> u64 {
    calls(stage, "update_last_seen")
}

/// The statuses of what agents wrote.
fn statuses(stage: &Stage) -> Vec<String> {
    let number = stage.fake.conversations()[0].id;
    let messages = stage.fake.messages(number);
    let theirs = messages.iter().filter(|it| it.kind.as_str() == "outgoing");
    theirs.map(|it| it.status.to_string()).collect()
}

#[tokio::test]
async fn what_a_customer_has_seen_is_marked_for_agents_with_one_call() {
    let stage = Stage::set_up_reachable(&[]).await;
    let (mut ada, ticket, number) = stage.ada_with_a_ticket().await;
    stage.fake.agent_replies(number, "One").unwrap();
    stage.fake.agent_replies(number, "Two").unwrap();
    let version = answered(&stage, &mut ada, &ticket, "Three").await;
    stage.time_passes(A_MOMENT).await;
    assert_eq!(marks(&stage), 0, "fetching is not having seen");
    for _ in 0..5 {
        sees(&mut ada, &ticket, version).await;
    }
    stage.rests().await;
    assert_eq!(marks(&stage), 0, "more may be seen in this moment");
    stage.all_is_heard().await;
    let (told, before) = (stage.fake.deliveries().len(), stage.readings());
    stage.time_passes(A_MOMENT).await;
    assert_eq!(marks(&stage), 1);
    assert_eq!(statuses(&stage), ["read", "read", "read"]);
    // Chatwoot tells of each: nothing is read again for it.
    stage.all_is_heard().await;
    assert!(stage.fake.deliveries().len() >= told + 3);
    stage.time_passes(Duration::from_secs(1)).await;
    assert_eq!(stage.readings(), before);
    sees(&mut ada, &ticket, version).await;
    stage.time_passes(A_MOMENT).await;
    assert_eq!(marks(&stage), 1, "nothing new was seen");
}

#[tokio::test]
async fn a_deletion_just_after_a_read_mark_is_no_echo_of_it() {
    let stage = Stage::set_up_reachable(&[]).await;
    let (mut ada, ticket, number) = stage.ada_with_a_ticket().await;
    let version = answered(&stage, &mut ada, &ticket, "Oops").await;
    stage.all_is_heard().await;
    let before = stage.fake.deliveries().len();
    sees(&mut ada, &ticket, version).await;
    stage.time_passes(A_MOMENT).await;
    assert_eq!(marks(&stage), 1);
    // What Chatwoot tells of the mark itself.
    stage.all_is_heard().await;
    let told = stage.fake.deliveries().len();
    assert!(told > before);
    let last = stage.fake.messages(number).pop().unwrap();
    stage.fake.agent_deletes_message(number, last.id).unwrap();
    stage.all_is_heard().await;
    assert!(stage.fake.deliveries().len() > told);
    stage.time_passes(Duration::from_secs(1)).await;
    let list = ada.list_in_background().await.body;
    assert!(!list.contains("Oops"), "{list}");
}

#[tokio::test]
async fn a_private_note_asks_for_no_read_mark() {
    let stage = Stage::set_up_reachable(&[]).await;
    let (mut ada, ticket, number) = stage.ada_with_a_ticket().await;
    let version = answered(&stage, &mut ada, &ticket, "Hello").await;
    sees(&mut ada, &ticket, version).await;
    stage.time_passes(A_MOMENT).await;
    assert_eq!(marks(&stage), 1);
    stage.all_is_heard().await;
    let told = stage.fake.deliveries().len();
    stage
        .fake
        .agent_writes_private_note(number, "CANARY")
        .unwrap();
    stage.all_is_heard().await;
    assert!(stage.fake.deliveries().len() > told);
    let version = view(&mut ada, &ticket).await["version"].as_u64().unwrap();
    sees(&mut ada, &ticket, version).await;
    stage.time_passes(A_MOMENT).await;
    assert_eq!(marks(&stage), 1);
}

#[tokio::test]
async fn what_came_since_is_not_marked_with_what_was_seen() {
    let stage = Stage::set_up_reachable(&[]).await;
    let (mut ada, ticket, _) = stage.ada_with_a_ticket().await;
    let first = answered(&stage, &mut ada, &ticket, "First").await;
    let second = answered(&stage, &mut ada, &ticket, "Second").await;
    sees(&mut ada, &ticket, first).await;
    stage.time_passes(A_MOMENT).await;
    assert_eq!(statuses(&stage), ["sent", "sent"], "one call marks all");
    sees(&mut ada, &ticket, second).await;
    stage.time_passes(A_MOMENT).await;
    assert_eq!(statuses(&stage), ["read", "read"]);
    assert_eq!(marks(&stage), 1);
}

#[tokio::test]
async fn r4_read_marks_wait_while_chatwoot_is_down_and_are_neither_lost_nor_piled_up() {
    let mut stage = Stage::set_up_reachable(&[]).await;
    let (mut ada, ticket, _) = stage.ada_with_a_ticket().await;
    let first = answered(&stage, &mut ada, &ticket, "First").await;
    let second = answered(&stage, &mut ada, &ticket, "Second").await;
    stage.fake.set_weather(Weather::Down503);
    sees(&mut ada, &ticket, first).await;
    stage.time_passes(A_MOMENT).await;
    sees(&mut ada, &ticket, second).await;
    for _ in 0..30 {
        stage.time_passes(Duration::from_secs(10)).await;
    }
    let tried = marks(&stage);
    assert!(tried <= 1, "{tried} calls to a Chatwoot that is down");
    stage.restart().await;
    stage.fake.set_weather(Weather::Well);
    for _ in 0..30 {
        stage.time_passes(Duration::from_secs(2)).await;
    }
    assert_eq!(statuses(&stage), ["read", "read"]);
    assert_eq!(marks(&stage), tried + 1);
    shown(&stage, &mut ada, &ticket, "Second").await;
}
