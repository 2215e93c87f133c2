//! S10: a customer sees his sessions, and ends one or all others. Another's do not exist for him.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{Browser, Stage, code_in, link_in, soon};

const ADA: &str = "ada@example.com";
const MINUTE: Duration = Duration::from_secs(60);
const NOBODYS: &str = "AAAAAAAAAAAAAAAAAAAAAA";

async fn sessions(browser: &mut Browser) -> Vec<Value> {
    let answer = browser.call("session/list", &json!({})).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.json().as_array().unwrap().clone()
}

async fn end(browser: &mut Browser, handle: &Value) -> u16 {
    let body = json!({ "session": handle });
    browser.call("session/end", &body).await.status
}

/// The handle of the one session that is not this browser's.
async fn other(browser: &mut Browser) -> Value {
    let all = sessions(browser).await;
    let mut others = all.into_iter().filter(|it| it["here"] == json!(false));
    let found = others.next().expect("there is another session");
    assert_eq!(others.next(), None);
    found["handle"].clone()
}

#[tokio::test]
async fn s10_the_list_says_which_device_began_when_and_was_used_when() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    let began = stage.clock.now();
    stage.clock.advance(5 * MINUTE);
    let mut phone = stage.signed_in(ADA).await;
    stage.clock.advance(MINUTE);
    ada.list().await;
    stage.clock.advance(Duration::from_secs(30));
    phone.list_in_background().await;
    let shown: Vec<_> = sessions(&mut ada)
        .await
        .into_iter()
        .map(|mut it| {
            let handle = it.as_object_mut().unwrap().remove("handle").unwrap();
            assert_eq!(handle.as_str().unwrap().len(), 22);
            it
        })
        .collect();
    let device = "Firefox, Windows";
    let signed_in = began + 5 * 60_000;
    assert_eq!(
        shown,
        [
            json!({ "device": device, "began_at": began, "used_at": stage.clock.now(), "here": true }),
            json!({ "device": device, "began_at": signed_in, "used_at": signed_in, "here": false }),
        ]
    );
}

#[tokio::test]
async fn s3_what_the_list_shows_is_neither_a_session_id_nor_what_is_stored_of_it() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    let id = ada.cookies["__Host-portal-session"].clone();
    let handle = sessions(&mut ada).await[0]["handle"].clone();
    let handle = handle.as_str().unwrap();
    assert!(!id.contains(handle));
    let stored: Vec<String> = stage
        .state()
        .store
        .read(|tx| {
            let mut query = tx.prepare("SELECT hash FROM sessions")?;
            let rows = query.query_map([], |row| row.get::<_, Vec<u8>>(0))?;
            Ok(rows.collect::<Result<Vec<_>, _>>()?)
        })
        .await
        .unwrap()
        .iter()
        .map(|hash| {
            use base64ct::Encoding;
            base64ct::Base64UrlUnpadded::encode_string(hash)
        })
        .collect();
    assert!(stored.iter().all(|hash| !hash.contains(handle)), "{handle}");
    let mut thief = stage.browser();
    let planted = format!("{handle}{handle}")[..43].to_owned();
    for value in [handle.to_owned(), planted] {
        thief
            .cookies
            .insert("__Host-portal-session".to_owned(), value);
        assert_eq!(thief.signed_in_as().await, None);
    }
}

#[tokio::test]
async fn s10_ending_a_session_closes_its_stream_within_a_second_and_no_other() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    let mut phone = stage.signed_in(ADA).await;
    stage.state().tickets.idle().await;
    let (mut here, mut there) = (ada.live().await, phone.live().await);
    here.next().await.unwrap();
    let handle = other(&mut ada).await;
    let ended = async {
        assert_eq!(end(&mut ada, &handle).await, 200);
        let mut last = String::new();
        while let Some(event) = there.next().await {
            last = event;
        }
        assert_eq!(last, "event: over\ndata: 1\n\n");
    };
    // No time passes on the clock.
    soon(ended).await;
    assert!(here.is_silent());
    assert_eq!(phone.list().await.status, 401);
    assert_eq!(ada.signed_in_as().await.as_deref(), Some(ADA));
    assert_eq!(sessions(&mut ada).await.len(), 1);
    assert_eq!(end(&mut ada, &handle).await, 404, "it is gone");
}

#[tokio::test]
async fn s10_all_other_sessions_end_at_once_and_this_one_goes_on() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    let mut bob = stage.signed_in("bob@example.com").await;
    let mut others = vec![stage.signed_in(ADA).await, stage.signed_in(ADA).await];
    let mut streams = Vec::new();
    for other in &others {
        streams.push(other.live().await);
    }
    assert_eq!(sessions(&mut ada).await.len(), 3);
    let answer = ada.call("session/end-others", &json!({})).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    for (other, stream) in others.iter_mut().zip(&mut streams) {
        assert_eq!(other.signed_in_as().await, None);
        while stream.next().await.is_some() {}
    }
    assert_eq!(sessions(&mut ada).await.len(), 1);
    assert_eq!(
        bob.signed_in_as().await.as_deref(),
        Some("bob@example.com"),
        "another customer's goes on"
    );
}

#[tokio::test]
async fn s10_what_has_ended_by_itself_is_not_listed() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    stage.signed_in(ADA).await;
    stage.clock.advance(20 * MINUTE);
    ada.list().await;
    stage.clock.advance(20 * MINUTE);
    assert_eq!(sessions(&mut ada).await.len(), 1);
}

#[tokio::test]
async fn a1_anothers_session_answers_as_one_that_does_not_exist() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    let mut bob = stage.signed_in("bob@example.com").await;
    let hers = sessions(&mut ada).await[0]["handle"].clone();
    let his = bob.call("session/end", &json!({ "session": hers })).await;
    let nobodys = bob
        .call("session/end", &json!({ "session": NOBODYS }))
        .await;
    assert_eq!(his.status, 404, "{his:?}");
    assert_eq!(
        (his.status, &his.body, &his.headers),
        (nobodys.status, &nobodys.body, &nobodys.headers)
    );
    assert_eq!(ada.signed_in_as().await.as_deref(), Some(ADA));
    for malformed in [
        json!(""),
        json!("x"),
        json!("Ä".repeat(11)),
        json!("/".repeat(22)),
    ] {
        assert_eq!(end(&mut bob, &malformed).await, 404, "{malformed}");
    }
}

#[tokio::test]
async fn s1_a_robots_session_is_in_the_list_and_its_end_closes_the_link_to_it() {
    let stage = Stage::set_up().await;
    stage.knows(ADA);
    let mut ada = stage.browser();
    let mail = stage.mail_for(&mut ada, ADA).await;
    let link = link_in(&mail);
    let mut robot = stage.browser();
    robot.open_link(&link).await;
    assert!(robot.confirm_link(&link).await.begins_a_session());
    // The human still gets in, by the code, and sees who else did.
    assert!(ada.enter_code(&code_in(&mail)).await.begins_a_session());
    let handle = other(&mut ada).await;
    assert_eq!(end(&mut ada, &handle).await, 200);
    assert_eq!(robot.signed_in_as().await, None);
    assert_eq!(robot.confirm_link(&link).await.status, 410);
    assert_eq!(sessions(&mut ada).await.len(), 1);
}

#[tokio::test]
async fn s1_ending_a_robots_session_takes_the_second_place_of_a_link_that_is_out() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    let link = stage.link_for(&mut stage.browser(), ADA).await;
    let mut robot = stage.browser();
    assert!(robot.confirm_link(&link).await.begins_a_session());
    let handle = other(&mut ada).await;
    assert_eq!(end(&mut ada, &handle).await, 200);
    assert_eq!(robot.confirm_link(&link).await.status, 410);
}
