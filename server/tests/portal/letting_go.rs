//! Files whose message nobody can send or take back any more take no room from their customer for ever.

use std::time::Duration;

use fake_chatwoot::Weather;

use crate::sending::{opens, replies};
use crate::support::Stage;
use crate::uploads::{at, id, on_disk};

const ADA: &str = "ada@example.com";
const HOUR: Duration = Duration::from_hours(1);

#[tokio::test]
async fn what_waits_for_a_ticket_that_agents_deleted_is_let_go_of_after_a_day() {
    let limits = [
        ("WAITING_MIB_PER_CUSTOMER", "2"),
        ("MESSAGE_MIB", "1"),
        ("FILE_MIB", "1"),
    ];
    let stage = Stage::set_up_with(&limits).await;
    let mut ada = stage.signed_in(ADA).await;
    let deleted = opens(&stage, &mut ada, 50).await;
    let number = stage.fake.conversations().last().unwrap().id;
    let kept = opens(&stage, &mut ada, 51).await;
    let large = vec![b'x'; 700_000];
    for n in [1, 2] {
        assert_eq!(ada.uploads(&id(n), "a.txt", &large).await.status, 201);
    }
    // Of the other ticket one is refused too.
    stage.fake.set_weather(Weather::Down503);
    let taken = replies(&mut ada, &kept, 61, "See this", &[2]).await;
    assert_eq!(taken.status, 200, "{taken:?}");
    stage.rests().await;
    let refuse = "UPDATE outbox SET state = 'failed' WHERE state <> 'done'";
    let refused = stage.state().store.write(|tx| Ok(tx.execute(refuse, [])?));
    assert_eq!(refused.await.unwrap(), 1);
    stage.fake.set_weather(Weather::Well);
    stage.time_passes(Duration::from_secs(30)).await;
    stage.fake.agent_deletes_conversation(number).unwrap();
    let taken = replies(&mut ada, &deleted, 62, "See that", &[1]).await;
    assert_eq!(taken.status, 200, "{taken:?}");
    stage.rests().await;
    assert_eq!(on_disk(&stage).len(), 2);
    assert_eq!(ada.uploads(&id(3), "a.txt", &large).await.status, 409);

    stage.time_passes(25 * HOUR).await;
    stage.signed_in(ADA).await;
    stage.rests().await;
    stage.time_passes(HOUR).await;
    let mut ada = stage.signed_in(ADA).await;
    // What she can still send or take back stays.
    assert_eq!(on_disk(&stage).len(), 1);
    assert_eq!(ada.get(&at(2)).await.status, 200);
    assert_eq!(ada.uploads(&id(3), "a.txt", &large).await.status, 201);
}
