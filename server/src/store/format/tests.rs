//! Older, newer and broken files.

use super::super::{Store, owners};
use super::*;

fn set_format(dir: &Path, file: &str, format: i64) {
    let connection = Connection::open(dir.join(file)).unwrap();
    connection
        .execute_batch(&format!("PRAGMA user_version = {format}"))
        .unwrap();
}

async fn made() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    store
        .write(|tx| {
            owners::refuse(tx, 7, "x", 1)?;
            tx.execute_batch(
                "INSERT INTO customers (id, address, created_at) VALUES (1, 'a@example.com', 1);
                 INSERT INTO outbox (customer, key, ticket, kind, subject, text, state, created_at)
                 VALUES (1, 'key', 'ticket', 'reply', '', 'Hello', 'queued', 5);",
            )?;
            tx.execute_batch("CREATE TABLE model.mark (x)")?;
            Ok(())
        })
        .await
        .unwrap();
    store.close().await;
    dir
}

async fn count(store: &Store, query: &'static str) -> i64 {
    let counted = store.read(move |tx| Ok(tx.query_row(query, [], |row| row.get(0))?));
    counted.await.unwrap()
}

const KEPT: &str = "SELECT count(*) FROM refused_conversations";
const MARKED: &str = "SELECT count(*) FROM model.sqlite_schema WHERE name = 'mark'";

#[tokio::test]
async fn r8_a_file_of_a_newer_program_is_refused_with_its_cure_and_stays_as_it_is() {
    for file in ["portal.db", "model.db"] {
        let dir = made().await;
        set_format(dir.path(), file, 99);
        let before = std::fs::read(dir.path().join(file)).unwrap();
        let refused = Store::open(dir.path()).err().unwrap().to_string();
        assert!(
            refused.contains(file) && refused.contains("99"),
            "{refused}"
        );
        assert!(refused.contains("newer"), "{refused}");
        assert_eq!(std::fs::read(dir.path().join(file)).unwrap(), before);
    }
}

#[tokio::test]
async fn r10_an_older_store_is_copied_brought_up_and_keeps_what_it_has() {
    let dir = made().await;
    set_format(dir.path(), "portal.db", 0);
    let store = Store::open(dir.path()).unwrap();
    assert_eq!(count(&store, KEPT).await, 1);
    assert_eq!(count(&store, "PRAGMA main.user_version").await, known());
    let copy = Connection::open(dir.path().join("portal.db.format-0")).unwrap();
    let kept: i64 = copy.query_row(KEPT, [], |row| row.get(0)).unwrap();
    assert_eq!(kept, 1);
    // Whoever goes back to it does so later: what waited then may have arrived since.
    let waits: String = copy
        .query_row("SELECT group_concat(state) FROM outbox", [], |row| {
            row.get(0)
        })
        .unwrap();
    assert_eq!(waits, "doubtful");
    let waits = "SELECT count(*) FROM outbox WHERE state = 'queued'";
    assert_eq!(count(&store, waits).await, 1);
    // The read model is of our format, and stays.
    assert_eq!(count(&store, MARKED).await, 1);
}

#[tokio::test]
async fn r10_what_waited_to_be_mailed_before_reopening_was_is_mailed_still() {
    let dir = tempfile::tempdir().unwrap();
    let mut old = Connection::open(dir.path().join("portal.db")).unwrap();
    let tx = old.transaction().unwrap();
    for step in &STEPS[..9] {
        step(&tx).unwrap();
    }
    tx.execute_batch(
        "PRAGMA user_version = 9;
         INSERT INTO customers (id, address, created_at) VALUES (1, 'a@example.com', 1);
         INSERT INTO away (ticket, customer, solved) VALUES ('a', 1, 1), ('b', 1, 0);
         INSERT INTO away_mails VALUES ('a', 1, 0, 0, 0, 0, 1, 0, 0, 0);",
    )
    .unwrap();
    tx.commit().unwrap();
    drop(old);
    let store = Store::open(dir.path()).unwrap();
    const SOLVED: &str = "SELECT (SELECT count(*) FROM away WHERE status = 'solved')
         + 10 * (SELECT count(*) FROM away WHERE status IS NULL)
         + 100 * (SELECT count(*) FROM away_mails WHERE status = 'solved')";
    assert_eq!(count(&store, SOLVED).await, 111);
}

#[tokio::test]
async fn r8_an_older_or_broken_read_model_is_begun_anew() {
    let dir = made().await;
    set_format(dir.path(), "model.db", 0);
    let store = Store::open(dir.path()).unwrap();
    assert_eq!(
        (count(&store, MARKED).await, count(&store, KEPT).await),
        (0, 1)
    );
    store.close().await;
    drop(store);
    for name in ["model.db-wal", "model.db-shm"] {
        let _ = std::fs::remove_file(dir.path().join(name));
    }
    std::fs::write(dir.path().join("model.db"), vec![b'x'; 8192]).unwrap();
    let store = Store::open(dir.path()).unwrap();
    assert_eq!(count(&store, KEPT).await, 1);
}

#[tokio::test]
async fn r8_a_broken_portal_db_is_named_with_its_cure() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("portal.db"), vec![b'x'; 8192]).unwrap();
    let refused = Store::open(dir.path()).err().unwrap().to_string();
    assert!(
        refused.contains("portal.db") && refused.contains("copy"),
        "{refused}"
    );
}

#[tokio::test]
async fn trying_to_write_changes_nothing_not_even_the_format() {
    let dir = made().await;
    set_format(dir.path(), "portal.db", 3);
    Store::try_writing(dir.path()).unwrap();
    let file = Connection::open(dir.path().join("portal.db")).unwrap();
    let format: i64 = file
        .query_row("PRAGMA user_version", [], |row| row.get(0))
        .unwrap();
    assert_eq!(format, 3);
    set_format(dir.path(), "portal.db", 99);
    let refused = Store::try_writing(dir.path()).unwrap_err();
    assert!(matches!(refused, StoreError::Newer { .. }), "{refused}");

    let none = tempfile::tempdir().unwrap();
    Store::try_writing(&none.path().join("data")).unwrap();
    assert_eq!(std::fs::read_dir(none.path()).unwrap().count(), 0);
    std::fs::write(none.path().join("file"), "").unwrap();
    let refused = Store::try_writing(&none.path().join("file")).unwrap_err();
    assert!(matches!(refused, StoreError::Folder(..)), "{refused}");
}
