mod webhooks;

use std::path::Path;
use std::sync::Arc;

use axum::body::to_bytes;
use axum::extract::Request;
use fake_chatwoot::{FakeChatwoot, MailFault, Mailbox, Options, Weather};
use serde_json::{Value, json};

use super::*;
use crate::store::Store;

struct Stage {
    fake: FakeChatwoot,
    mailbox: Mailbox,
    folder: tempfile::TempDir,
}

impl Stage {
    async fn new() -> Self {
        Self {
            fake: FakeChatwoot::start(Options::default()).await.unwrap(),
            mailbox: Mailbox::start(0).await.unwrap(),
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn config(&self, more: &[(&str, &str)]) -> Config {
        let given = self.fake.given();
        let usual = [
            ("PORTAL_URL", "http://localhost:3001".to_owned()),
            (
                "SESSION_SECRET",
                "0123456789abcdef0123456789abcdef".to_owned(),
            ),
            ("CHATWOOT_URL", self.fake.url()),
            ("CHATWOOT_API_TOKEN", given.admin_token.clone()),
            ("CHATWOOT_ACCOUNT_ID", given.account.to_string()),
            ("CHATWOOT_INBOX_ID", given.inbox.to_string()),
            ("SMTP_ADDRESS", "127.0.0.1".to_owned()),
            ("SMTP_PORT", self.mailbox.port().to_string()),
            ("SMTP_FROM", "support@acme.example".to_owned()),
            (
                "DATA_DIR",
                self.folder
                    .path()
                    .join("data")
                    .to_string_lossy()
                    .into_owned(),
            ),
        ];
        Config::read(&|name| {
            let said = more
                .iter()
                .find(|(it, _)| *it == name)
                .map(|(_, value)| (*value).to_owned());
            said.or_else(|| {
                usual
                    .iter()
                    .find(|(it, _)| *it == name)
                    .map(|(_, value)| value.clone())
            })
        })
        .unwrap()
    }

    /// The faults, as `part: problem / cure`.
    async fn faults(&self, more: &[(&str, &str)]) -> Vec<String> {
        let report = examine(&self.config(more)).await;
        let fault = |line: &Line| match &line.verdict {
            Verdict::Fault { problem, cure } => Some(format!("{}: {problem} / {cure}", line.part)),
            Verdict::Ok(_) | Verdict::Note(_) => None,
        };
        let faults: Vec<String> = report.lines.iter().filter_map(fault).collect();
        assert_eq!(report.has_faults(), !faults.is_empty());
        faults
    }
}

/// One fault, of this part, with this in its cure.
fn is_one(faults: &[String], part: &str, cure: &str) {
    assert!(
        faults.len() == 1
            && faults[0].starts_with(&format!("{part}: "))
            && faults[0].contains(cure),
        "{part} {cure}: {faults:?}"
    );
}

#[tokio::test]
async fn a_good_set_up_has_no_faults_and_changes_nothing() {
    let stage = Stage::new().await;
    assert_eq!(stage.faults(&[]).await, [""; 0]);
    assert!(stage.mailbox.mails().is_empty());
    let report = examine(&stage.config(&[])).await.to_string();
    for part in [
        "ok     store",
        "ok     mail",
        "ok     chatwoot   4.14.2",
        "ok     token",
        "ok     account",
        "ok     inbox",
        "ok     webhook    http://localhost:3001/portal/webhooks/chatwoot is registered",
        "SAFE_FETCH_ALLOW_PRIVATE_NETWORK",
    ] {
        assert!(report.contains(part), "{part}: {report}");
    }
}

#[tokio::test]
async fn clocks_that_are_apart_are_told_of_and_no_fault() {
    let mut stage = Stage::new().await;
    let real = Options::default().clock;
    stage.fake = FakeChatwoot::start(Options {
        clock: Arc::new(move || real() + 400_000),
        ..Options::default()
    })
    .await
    .unwrap();
    let report = examine(&stage.config(&[])).await;
    assert!(!report.has_faults());
    let said = report.to_string();
    let told = ["400", "401"]
        .map(|apart| said.contains(&format!("clock is {apart} s ahead of the portal's")));
    assert!(told.contains(&true), "{said}");
}

#[tokio::test]
async fn r11_every_wrong_answer_about_chatwoot_has_its_cure() {
    let stage = Stage::new().await;
    let given = stage.fake.given();
    for (variable, value, part, cure) in [
        ("CHATWOOT_API_TOKEN", "wrong", "token", "Access token"),
        (
            "CHATWOOT_API_TOKEN",
            given.agent_token.as_str(),
            "token",
            "administrator",
        ),
        ("CHATWOOT_INBOX_ID", "9999", "inbox", "CHATWOOT_INBOX_ID"),
        (
            "CHATWOOT_INBOX_ID",
            &given.email_inbox.to_string(),
            "inbox",
            "kind API",
        ),
        (
            "CHATWOOT_URL",
            "http://127.0.0.1:1",
            "chatwoot",
            "CHATWOOT_URL",
        ),
    ] {
        let faults = stage.faults(&[(variable, value)]).await;
        let first = faults.first().map(std::slice::from_ref).unwrap_or_default();
        is_one(first, part, cure);
    }
    let faults = stage.faults(&[("CHATWOOT_ACCOUNT_ID", "77")]).await;
    assert!(
        faults.iter().any(|it| it.contains("CHATWOOT_ACCOUNT_ID")),
        "{faults:?}"
    );
}

/// A Chatwoot like the fake, but for what one of its answers says.
async fn with_another_answer(
    fake: &FakeChatwoot,
    path: String,
    at: &'static str,
    says: Value,
) -> String {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0))
        .await
        .unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (to, http) = (fake.url(), chatwoot::build_http(None).unwrap());
    let pass_on = move |request: Request| async move {
        let (parts, body) = request.into_parts();
        let body = to_bytes(body, 1 << 20).await.unwrap();
        let mut headers = parts.headers;
        headers.remove(http::header::HOST);
        let sent = http.request(parts.method, format!("{to}{}", parts.uri));
        let answer = sent.headers(headers).body(body).send().await.unwrap();
        let (status, bytes) = (answer.status(), answer.bytes().await.unwrap());
        let mut body: Value = serde_json::from_slice(&bytes).unwrap_or_default();
        if parts.uri.path().ends_with(&path) {
            *body.pointer_mut(at).unwrap() = says;
        }
        (status, axum::Json(body))
    };
    let app = axum::Router::new().fallback(pass_on);
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    url
}

#[tokio::test]
async fn r4_what_makes_the_portal_unsafe_or_wrong_is_a_fault_that_says_what_to_do() {
    let stage = Stage::new().await;
    let on = |feature: &str| json!({ feature: true });
    let given = stage.fake.given();
    let account = format!("/accounts/{}", given.account);
    let inbox = format!("/inboxes/{}", given.inbox);
    for (path, at, says, part, cure) in [
        (
            &"/api".to_owned(),
            "/version",
            json!("4.6.9"),
            "chatwoot",
            "Update Chatwoot to 4.7 or later",
        ),
        (
            &account,
            "/features",
            on("crm_v2"),
            "account",
            "SIGN_IN=anyone",
        ),
        (
            &account,
            "/features",
            on("email_continuity_on_api_channel"),
            "account",
            "Switch it off for this account",
        ),
        (
            &inbox,
            "/lock_to_single_conversation",
            json!(true),
            "inbox",
            "\"Lock to single conversation\"",
        ),
    ] {
        let url = with_another_answer(&stage.fake, path.clone(), at, says.clone()).await;
        let faults = stage.faults(&[("CHATWOOT_URL", &url)]).await;
        is_one(&faults, part, cure);
    }
}

#[tokio::test]
async fn r4_a_chatwoot_that_is_not_well_is_said_to_be() {
    let stage = Stage::new().await;
    for (weather, part, cure) in [
        (Weather::Throttling, "chatwoot", "RACK_ATTACK_ALLOWED_IPS"),
        (Weather::Down503, "chatwoot", "Chatwoot's own log"),
        (Weather::Html, "chatwoot", "CHATWOOT_URL"),
        (Weather::Cutting, "chatwoot", "Chatwoot's own log"),
        (Weather::Unauthorized, "chatwoot", "Access token"),
    ] {
        stage.fake.set_weather(weather);
        is_one(&stage.faults(&[]).await, part, cure);
    }
}

#[tokio::test]
async fn a_mail_server_that_does_not_do_as_asked_is_named() {
    let stage = Stage::new().await;
    is_one(
        &stage.faults(&[("SMTP_PORT", "1")]).await,
        "mail",
        "SMTP_PORT",
    );
    is_one(
        &stage.faults(&[("SMTP_TLS", "starttls")]).await,
        "mail",
        "SMTP_TLS",
    );
    stage.mailbox.set_fault(MailFault::Refuse);
    // Recipients are refused, which a check that sends no mail cannot see.
    assert_eq!(stage.faults(&[]).await, [""; 0]);
}

#[tokio::test]
async fn a_store_in_use_is_well_and_a_folder_that_is_a_file_is_not() {
    let stage = Stage::new().await;
    let data = stage.folder.path().join("data");
    let running = Store::open(&data).unwrap();
    assert_eq!(stage.faults(&[]).await, [""; 0]);
    drop(running);
    let file = stage.folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    is_one(
        &stage.faults(&[("DATA_DIR", &path(&file))]).await,
        "store",
        "DATA_DIR",
    );
}

fn path(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

#[tokio::test]
async fn contacts_that_were_taken_over_are_a_fault_also_while_the_portal_runs() {
    use crate::store::{alarms, customers};
    let stage = Stage::new().await;
    let config = stage.config(&[]);
    let store = Store::open(&config.data_dir).unwrap();
    store
        .write(|tx| {
            let ada = customers::find_or_make(tx, "ada@example.com", None, 1)?;
            alarms::note(tx, ada.id, Some("it has another address"), 1)
        })
        .await
        .unwrap();
    is_one(&stage.faults(&[]).await, "contacts", "website inbox");
    store.close().await;
    let faults = stage.faults(&[]).await;
    is_one(&faults, "contacts", "website inbox");
    assert!(!faults[0].contains("ada"), "{faults:?}");
}
