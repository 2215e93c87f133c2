//! Drafts are sealed: nobody reads one in a file, nor in another's place, nor under a secret that is gone.

use serde_json::json;

use super::{ADA, BOB, WORDS, keep, kept, words};
use crate::support::Stage;

#[tokio::test]
async fn a_draft_is_sealed_and_no_word_of_it_is_in_a_file() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    for n in 1..40 {
        keep(&mut ada, None, &format!("{WORDS} {n}"), (1, n, 0)).await;
    }
    assert_eq!(
        kept(&mut ada, None).await,
        words(39, &format!("{WORDS} 39"))
    );
    for entry in std::fs::read_dir(stage.data_dir()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        let holds = |text: &str| bytes.windows(text.len()).any(|it| it == text.as_bytes());
        assert!(!holds("Zephyr"), "{}", path.display());
        if path.ends_with("portal.db-wal") {
            assert!(holds(ADA), "the test looks");
        }
    }
}

#[tokio::test]
async fn a_draft_in_anothers_place_does_not_open() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    let mut bob = stage.signed_in(BOB).await;
    keep(&mut ada, None, WORDS, (1, 1, 0)).await;
    keep(&mut bob, None, "Bob's", (1, 1, 0)).await;
    let exchange =
        "UPDATE drafts SET sealed = (SELECT sealed FROM drafts ORDER BY customer LIMIT 1)";
    let store = &stage.state().store;
    let moved = store.write(move |tx| Ok(tx.execute(exchange, [])?)).await;
    assert_eq!(moved.unwrap(), 2);
    assert_eq!(kept(&mut ada, None).await, words(1, WORDS));
    assert_eq!(kept(&mut bob, None).await, (1, None));
}

#[tokio::test]
async fn drafts_outlive_a_changed_secret_while_the_earlier_one_is_listed_and_are_gone_without_a_fault_else()
 {
    for earlier_listed in [true, false] {
        let mut stage = Stage::set_up().await;
        let mut ada = stage.signed_in(ADA).await;
        keep(&mut ada, None, WORDS, (1, 1, 0)).await;
        stage.change_secret(earlier_listed).await;
        let mut ada = stage.signed_in(ADA).await;
        let expected = earlier_listed.then(|| WORDS.to_owned());
        assert_eq!(kept(&mut ada, None).await, (1, expected));
        let again = keep(&mut ada, None, "New words", (2, 1, 1)).await;
        assert_eq!(again.json(), json!({ "kept": 2 }), "{earlier_listed}");
        assert_eq!(kept(&mut ada, None).await, words(2, "New words"));
    }
}
