//! Mails as the page gets them: quoted history folded, pictures of others' servers left where they are, pictures of the mail's own through
//! us and to their owner alone (promises A6, A8).

use serde_json::{Value, json};

use crate::support::{Browser, Stage};

/// The demo's mail with a picture, as the page gets it.
async fn opened(stage: &Stage, who: &mut Browser) -> Value {
    stage.rests().await;
    let rows = json!({ "find": { "words": "crooked" }, "after": null, "known": null });
    let list = who.call("tickets/list", &rows).await.json();
    let row = &list["changed"]["rows"][0];
    assert_eq!(row["subject"], "Labels come out crooked", "{list}");
    let show = json!({ "ticket": row["id"], "earlier": null, "known": null });
    who.call("tickets/show", &show).await;
    stage.state().tickets.idle().await;
    who.call("tickets/show", &show).await.json()
}

/// The first node of this kind.
fn first<'a>(value: &'a Value, kind: &str) -> Option<&'a Value> {
    match value {
        Value::Object(fields) => fields
            .get(kind)
            .or_else(|| fields.values().find_map(|inner| first(inner, kind))),
        Value::Array(all) => all.iter().find_map(|inner| first(inner, kind)),
        _ => None,
    }
}

#[tokio::test]
async fn a8_a_picture_within_a_mail_comes_through_us_and_to_its_owner_alone() {
    let stage = Stage::with_canaries(&[]).await;
    let mut ada = stage.signed_in("ada@example.com").await;
    let view = opened(&stage, &mut ada).await;
    let image = first(&view, "image").unwrap();
    assert_eq!(image[1], "The tray from above");
    let path = format!("/portal{}", image[0].as_str().unwrap());
    let picture = ada.get(&path).await;
    assert_eq!(picture.status, 200, "{picture:?}");
    assert_eq!(picture.header("content-type"), "image/png");
    let policy = picture.header("content-security-policy");
    assert!(
        policy.starts_with("sandbox; default-src 'none'"),
        "{policy}"
    );
    let mut bob = stage.signed_in("bob@example.com").await;
    assert_eq!(bob.get(&path).await.status, 404);
    for odd in ["-1", "-64", "-00", "-", "-0-0"] {
        let odd = path.replace("-0", odd);
        assert_eq!(ada.get(&odd).await.status, 404, "{odd}");
    }
    let mut nobody = stage.browser();
    assert_eq!(nobody.get(&path).await.status, 401);
}

#[tokio::test]
async fn a6_what_a_mail_quotes_is_folded_and_pictures_elsewhere_are_only_named() {
    let stage = Stage::with_canaries(&[]).await;
    let mut ada = stage.signed_in("ada@example.com").await;
    let view = opened(&stage, &mut ada).await;
    let folded = first(&view, "folded").unwrap().to_string();
    assert!(folded.contains("can you send us a picture"), "{folded}");
    let picture = json!([
        "https://cdn.analytical.example/signature.png",
        "Analytical Engines"
    ]);
    assert_eq!(first(&view, "picture"), Some(&picture));
    let all = view.to_string();
    for never in ["track.example.net", "active_storage", &stage.fake.url()] {
        assert!(!all.contains(never), "{never}: {all}");
    }
}
