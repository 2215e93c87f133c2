//! What agents do is followed, and what they do in private leaves no trace.

use std::time::Duration;

use app::error::AppError;
use app::tickets::model::*;
use fake_chatwoot::Weather;

use crate::support::*;

#[tokio::test]
async fn r7_with_no_webhook_an_answer_is_there_within_35_seconds_even_if_nobody_looks() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Printer", "text").await;
    let number = ada.number(&ticket).await;
    for _ in 0..30 {
        stage.pass(30).await;
    }
    stage.fake.agent_replies(number, "Hello").unwrap();
    stage.pass(35).await;
    assert!(ada.row(&ticket).await.unread);
    // Now somebody looks.
    stage.pass(5).await;
    stage.fake.agent_replies(number, "Again").unwrap();
    stage.pass(5).await;
    assert_eq!(
        ada.row(&ticket).await.last,
        Some((Author::Agent("John Doe".into()), "Again".into()))
    );
    assert_eq!(ada.row(&ticket).await.status, Status::WaitingForYou);
}

#[tokio::test]
async fn a3_private_notes_and_labels_move_no_time_order_or_version() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let older = ada.open("Older", "text").await;
    stage.pass(60).await;
    ada.open("Newer", "text").await;
    let number = ada.number(&older).await;
    stage.pass(60).await;
    let (list, view) = (ada.list().await, ada.show(&older).await);
    stage
        .fake
        .agent_writes_private_note(number, "CANARY")
        .unwrap();
    stage.fake.agent_sets_labels(number, &["secret"]).unwrap();
    stage
        .fake
        .agent_assigns(number, stage.fake.given().agent_id);
    for _ in 0..10 {
        stage.pass(10).await;
    }
    assert_eq!(ada.show(&older).await, view);
    assert_eq!(ada.list().await, list);
}

#[tokio::test]
async fn a3_nothing_that_agents_do_among_themselves_moves_anything_or_tells_a_page_to_look() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let bob = stage.signed_in(BOB).await;
    let older = ada.open("Older", "text").await;
    stage.pass(60).await;
    let newer = ada.open("Newer", "text").await;
    stage.pass(60).await;
    let number = ada.number(&older).await;
    stage.fake.agent_replies(number, "Hello").unwrap();
    ada.show(&older).await;
    stage.pass(60).await;
    let known = ada.show(&older).await;
    let seen = ada.can.mark_seen(older.clone(), known.version).await;
    assert_eq!(seen, Ok(()));
    stage.settle().await;
    let contact = stage.fake.contact_of(&stage.source(ADA)).unwrap().id;
    let here = format!("conversations/{number}");
    let list = ada.list().await;
    let order: Vec<_> = list.rows.iter().map(|row| row.id.clone()).collect();
    assert_eq!(order, [older.clone(), newer.clone()]);
    let before = (list, ada.show(&older).await, ada.show(&newer).await);
    let his = bob.list().await;
    let told = stage.told();
    let note = stage.fake.agent_writes_private_note(number, "A note");
    for deed in 0..10 {
        let fake = &stage.fake;
        match deed {
            0 => {}
            1 => fake
                .agent_deletes_message(number, note.clone().unwrap())
                .unwrap(),
            2 => fake.agent_sets_labels(number, &["vip"]).unwrap(),
            3 => fake.agent_assigns(number, fake.given().mary_id),
            4 => fake.agent_sets_status(number, fake_chatwoot::Status::Pending),
            5 => fake.agent_snoozes(number, stage.clock.now().cast_signed() + 9_000_000),
            6 => fake.agent_sets_status(number, fake_chatwoot::Status::Open),
            7 => {
                let urgent = serde_json::json!({ "priority": "urgent" });
                stage
                    .ask("POST", &format!("{here}/toggle_priority"), urgent)
                    .await;
            }
            8 => {
                let more = serde_json::json!({ "custom_attributes": { "portal_subject": "Older", "score": 7 } });
                stage
                    .ask("POST", &format!("{here}/custom_attributes"), more)
                    .await;
            }
            _ => {
                let more = serde_json::json!({ "phone_number": "+4930123456", "custom_attributes": { "tier": 1 } });
                stage
                    .ask("PATCH", &format!("contacts/{contact}"), more)
                    .await;
                for _ in 0..30 {
                    fake.agent_writes_private_note(number, "Another").unwrap();
                }
            }
        }
        // By polling, by looking at the list, and by opening.
        for _ in 0..4 {
            stage.pass(10).await;
        }
        let after = (
            ada.list().await,
            ada.show(&older).await,
            ada.show(&newer).await,
        );
        assert_eq!(after, before, "deed {deed}");
        let known = ada
            .can
            .show_ticket(older.clone(), None, Some(before.1.version))
            .await;
        assert_eq!(known, Ok(Refetched::Unchanged), "deed {deed}");
        assert_eq!(stage.told(), told, "a page was told to look, deed {deed}");
    }
    assert_eq!(bob.list().await, his);
}

#[tokio::test]
async fn a_deleted_message_is_deleted_at_the_next_opening() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Printer", "text").await;
    let number = ada.number(&ticket).await;
    let message = stage.fake.agent_replies(number, "Oops").unwrap();
    assert_eq!(
        thread(&ada.show(&ticket).await),
        ["you: text", "John Doe: Oops"]
    );
    stage.fake.agent_deletes_message(number, message).unwrap();
    let view = ada.show(&ticket).await;
    assert_eq!(thread(&view), ["you: text", "John Doe: (Deleted)"]);
    assert_eq!(view.row.last, Some((Author::You, "text".into())));
}

#[tokio::test]
async fn a_deleted_ticket_is_gone_at_the_next_opening_but_not_in_bad_weather() {
    let stage = Stage::for_weather(Weather::Hanging).await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Printer", "text").await;
    let number = ada.number(&ticket).await;
    for weather in Weather::ALL.map(|(weather, _)| weather) {
        stage.fake.set_weather(weather);
        assert_eq!(ada.show(&ticket).await.entries.len(), 1, "{weather:?}");
    }
    stage.fake.set_weather(Weather::Well);
    stage.pass(10).await;
    stage.fake.agent_deletes_conversation(number).unwrap();
    ada.try_show(&ticket).await.unwrap();
    stage.settle().await;
    assert_eq!(ada.try_show(&ticket).await, Err(AppError::NotFound));
    assert_eq!(ada.list().await.total, 0);
}

#[tokio::test]
async fn after_a_long_pause_each_list_is_fetched_again() {
    let mut stage = Stage::set_up().await;
    let (kept, deleted) = {
        let ada = stage.signed_in(ADA).await;
        (
            ada.open("Kept", "text").await,
            ada.open("Deleted", "text").await,
        )
    };
    let numbers = {
        let ada = stage.comes(ADA).await;
        (ada.number(&kept).await, ada.number(&deleted).await)
    };
    stage.kill().await;
    stage.clock.advance(Duration::from_hours(5));
    stage
        .fake
        .agent_replies(numbers.0, "While you were away")
        .unwrap();
    stage.fake.agent_resolves(numbers.0);
    stage.fake.agent_deletes_conversation(numbers.1).unwrap();
    stage.clock.advance(Duration::from_hours(5));
    stage.start().await;
    stage.settle().await;
    let ada = stage.comes(ADA).await;
    ada.list().await;
    stage.settle().await;
    let list = ada.list().await;
    assert_eq!(
        (list.total, list.rows[0].status, list.rows[0].unread),
        (1, Status::Solved, true)
    );
}

#[tokio::test]
async fn r4_every_page_says_how_old_it_is_while_chatwoot_is_away() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Printer", "text").await;
    stage.pass(5).await;
    let well_at = stage.clock.now();
    stage.fake.goes_away().await;
    stage.pass(300).await;
    stage.pass(300).await;
    let view = ada.show(&ticket).await;
    let Freshness::AsOf(then) = view.freshness else {
        panic!("{view:?}")
    };
    assert_eq!(then, well_at);
    assert_eq!(ada.list().await.freshness, Freshness::AsOf(well_at));
    let known = ada
        .can
        .show_ticket(ticket.clone(), None, Some(view.version))
        .await;
    assert_eq!(known, Ok(Refetched::Unchanged));
    stage.fake.comes_back().await.unwrap();
    stage.pass(30).await;
    let known = ada.can.show_ticket(ticket, None, Some(view.version)).await;
    assert!(
        matches!(
            known,
            Ok(Refetched::Changed(TicketView {
                freshness: Freshness::Live,
                ..
            }))
        ),
        "{known:?}"
    );
}

#[tokio::test]
async fn open_pages_are_told_when_chatwoot_goes_and_when_it_is_back() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    ada.list().await;
    stage.settle().await;
    let quiet = stage.told();
    stage.pass(30).await;
    assert_eq!(stage.told(), quiet);
    stage.fake.goes_away().await;
    stage.pass(30).await;
    assert_eq!(stage.told(), quiet + 1);
    stage.fake.comes_back().await.unwrap();
    stage.pass(30).await;
    assert_eq!(stage.told(), quiet + 2);
}

#[tokio::test]
async fn the_subject_attribute_and_the_label_are_defined_at_the_start() {
    let stage = Stage::set_up().await;
    stage.settle().await;
    let calls = stage.fake.calls();
    let made: Vec<_> = calls
        .keys()
        .filter(|route| {
            route.starts_with("POST")
                && (route.contains("custom_attribute_definitions") || route.ends_with("/labels"))
        })
        .collect();
    assert_eq!(made.len(), 2, "{calls:?}");
}
