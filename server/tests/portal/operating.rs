//! What an operator does beside a running portal: a copy of the store that a portal starts on, and signing customers out.

use std::time::Duration;

use server::operate::{self, OperateError, Whom};
use server::store::{Store, customers};

use crate::support::Stage;

const ADA: &str = "ada@example.com";
const BOB: &str = "bob@example.com";

#[tokio::test]
async fn a_copy_made_while_the_portal_runs_is_a_store_that_knows_its_customers() {
    let stage = Stage::set_up().await;
    stage.signed_in(ADA).await;
    let data = &stage.state().config.data_dir;
    std::fs::create_dir_all(data.join("uploads")).unwrap();
    std::fs::write(data.join("uploads/file"), "to be sent").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("copy");
    let copied = operate::copy(data, &copy).unwrap();
    assert_eq!(copied.customers, 1);
    assert_eq!(
        std::fs::read(copy.join("uploads/file")).unwrap(),
        b"to be sent"
    );
    assert!(!copy.join("lock").exists() && !copy.join("model.db").exists());

    let store = Store::open(&copy).unwrap();
    let found = store
        .read(|tx| customers::by_address(tx, ADA))
        .await
        .unwrap();
    assert!(found.is_some());

    // Never over one that is there.
    let again = operate::copy(data, &copy).unwrap_err();
    assert!(matches!(again, OperateError::Exists(_)), "{again}");
    let nothing = operate::copy(folder.path(), &folder.path().join("other")).unwrap_err();
    assert!(matches!(nothing, OperateError::NoStore(_)), "{nothing}");
}

#[tokio::test]
async fn copies_may_lie_in_the_stores_own_folder_and_hold_no_other_copy() {
    let stage = Stage::set_up().await;
    let data = &stage.state().config.data_dir;
    for name in ["first", "second"] {
        operate::copy(data, &data.join(name)).unwrap();
    }
    assert!(data.join("second/portal.db").is_file());
    assert!(!data.join("second/first").exists() && !data.join("second/second").exists());
}

#[tokio::test]
async fn r1_what_waited_when_a_copy_was_made_is_looked_for_before_it_is_sent_from_the_copy() {
    let folder = tempfile::tempdir().unwrap();
    let (data, copy) = (folder.path().join("data"), folder.path().join("copy"));
    let state = async |store: &Store| {
        let read = store.read(|tx| {
            let query = "SELECT state, attempted_at = created_at FROM outbox";
            Ok(tx.query_row(query, [], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, bool>(1)?))
            })?)
        });
        read.await.unwrap()
    };
    let store = Store::open(&data).unwrap();
    let waits = store.write(|tx| {
        let customer = customers::find_or_make(tx, ADA, None, 5)?;
        tx.execute(
            "INSERT INTO outbox (customer, key, ticket, kind, subject, text, state, created_at)
             VALUES (?1, 'key', 'ticket', 'reply', '', 'Hello', 'queued', 5)",
            [customer.id.number()],
        )?;
        Ok(())
    });
    waits.await.unwrap();
    operate::copy(&data, &copy).unwrap();
    assert_eq!(state(&store).await, ("queued".to_owned(), false));
    let copied = Store::open(&copy).unwrap();
    assert_eq!(state(&copied).await, ("doubtful".to_owned(), true));
}

#[cfg(unix)]
#[tokio::test]
async fn no_other_user_of_the_machine_can_look_into_the_store_or_a_copy() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let (data, copy) = (folder.path().join("deep/data"), folder.path().join("copy"));
    let _store = Store::open(&data).unwrap();
    operate::copy(&data, &copy).unwrap();
    for made in [data, copy] {
        let mode = made.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700, "{}", made.display());
    }
}

#[tokio::test]
async fn s10_an_operator_ends_the_sessions_of_one_customer_or_of_all_while_the_portal_runs() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in(ADA).await;
    let mut phone = stage.signed_in(ADA).await;
    let mut bob = stage.signed_in(BOB).await;
    let data = &stage.state().config.data_dir;

    let one = Whom::One(" Ada@Example.com ".to_owned());
    assert_eq!(operate::sign_out(data, &one).unwrap(), 2);
    assert_eq!(ada.list().await.status, 401);
    assert_eq!(phone.list().await.status, 401);
    assert_eq!(bob.list().await.status, 200);

    assert_eq!(operate::sign_out(data, &Whom::Everybody).unwrap(), 1);
    assert_eq!(bob.list().await.status, 401);

    let nobody = operate::sign_out(data, &Whom::One("nobody".to_owned())).unwrap_err();
    assert!(matches!(nobody, OperateError::NoAddress(_)), "{nobody}");
}

#[tokio::test]
async fn s10_streams_close_within_a_second_of_an_operators_end_of_their_sessions() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let bob = stage.signed_in(BOB).await;
    stage.rests().await;
    let (mut hers, mut his) = (ada.live().await, bob.live().await);
    hers.next().await.unwrap();
    his.next().await.unwrap();
    // A while after they began, as they do.
    stage.time_passes(Duration::from_secs(5)).await;
    while his.ready().is_some() {}
    let one = Whom::One(ADA.to_owned());
    assert_eq!(
        operate::sign_out(&stage.state().config.data_dir, &one).unwrap(),
        1
    );
    stage.time_passes(Duration::from_secs(1)).await;
    while hers.next().await.is_some() {}
    assert!(his.is_silent());
    assert_eq!(stage.state().live.sessions().len(), 1);
}

#[tokio::test]
async fn s10_a_mail_that_is_out_signs_nobody_in_after_an_operator_ended_the_sessions() {
    let stage = Stage::set_up().await;
    for (address, whom) in [(ADA, Whom::One(ADA.to_owned())), (BOB, Whom::Everybody)] {
        let mut laptop = stage.signed_in(address).await;
        let mut phone = stage.browser();
        let link = stage.link_for(&mut phone, address).await;
        operate::sign_out(&stage.state().config.data_dir, &whom).unwrap();
        assert!(!phone.open_link(&link).await.begins_a_session());
        assert_eq!(laptop.list().await.status, 401);
    }
}
