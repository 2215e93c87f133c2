//! A5: the program itself, logging all that it and its libraries have to say, tells no secret, no link, no session and no whole address. Its
//! accept loop answers here too, as it does for customers.

use std::net::TcpListener;
use std::process::Stdio;

use fake_chatwoot::{MailFault, Weather};
use serde_json::{Value, json};
use tokio::io::AsyncReadExt;
use tokio::process::{Child, Command};

use crate::canaries::internals;
use crate::support::{SECRET, Stage, code_in, link_in, soon};

const ADA: &str = "ada@example.com";
const PASSWORD: &str = "hunter2-and-more-of-it";

/// The program, and a client of it.
struct Program {
    child: Child,
    port: u16,
    http: reqwest::Client,
    cookies: Vec<String>,
}

impl Program {
    /// Starts it beside the stage, on a store of its own, and waits until it answers.
    async fn start(stage: &Stage, folder: &std::path::Path) -> Self {
        let free = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        let given = stage.fake.given();
        let child = Command::new(env!("CARGO_BIN_EXE_chatwoot-portal"))
            .current_dir(folder)
            .env_clear()
            .env("RUST_LOG", "trace")
            .env("PORTAL_URL", format!("http://localhost:{port}"))
            .env("PORT", port.to_string())
            .env("SESSION_SECRET", SECRET)
            .env("CHATWOOT_URL", stage.fake.url())
            .env("CHATWOOT_API_TOKEN", &given.admin_token)
            .env("CHATWOOT_ACCOUNT_ID", given.account.to_string())
            .env("CHATWOOT_INBOX_ID", given.inbox.to_string())
            .env("SMTP_ADDRESS", "127.0.0.1")
            .env("SMTP_PORT", stage.mailbox.port().to_string())
            .env("SMTP_USERNAME", "portal@acme.example")
            .env("SMTP_PASSWORD", PASSWORD)
            // What goes over it may be logged too.
            .env("CABLE", "on")
            .env("DATA_DIR", folder.join("data"))
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let http = chatwoot::build_http(None).unwrap();
        let program = Self {
            child,
            port,
            http,
            cookies: Vec::new(),
        };
        let alive = program.url("/healthz");
        soon(async {
            while program.http.get(&alive).send().await.is_err() {
                tokio::task::yield_now().await;
            }
        })
        .await;
        program
    }

    fn url(&self, path: &str) -> String {
        format!("http://localhost:{}/portal{path}", self.port)
    }

    fn cookie(&self) -> String {
        self.cookies.join("; ")
    }

    async fn get(&self, path: &str) -> u16 {
        let request = self
            .http
            .get(self.url(path))
            .header("cookie", self.cookie());
        let answer = soon(request.send()).await.unwrap();
        answer.status().as_u16()
    }

    async fn call(&mut self, endpoint: &str, body: Value) -> Value {
        let request = self
            .http
            .post(self.url(&format!("/api/{endpoint}")))
            .header("cookie", self.cookie())
            .header("origin", format!("http://localhost:{}", self.port))
            .json(&body);
        let answer = soon(request.send()).await.unwrap();
        for line in answer.headers().get_all("set-cookie") {
            let pair = line.to_str().unwrap().split(';').next().unwrap();
            self.cookies.push(pair.to_owned());
        }
        let text = soon(answer.text()).await.unwrap();
        serde_json::from_str(&text).unwrap_or(Value::Null)
    }

    /// Asks for a mail; the answer leaves before anything is done.
    async fn ask(&mut self, address: &str) {
        let ask = json!({ "request": { "address": address, "language": "en", "return_to": null } });
        self.call("sign-in/request", ask).await;
    }
}

#[tokio::test]
async fn a5_no_secret_link_session_or_whole_address_is_in_the_log_at_any_level() {
    let stage = Stage::with_canaries(&[]).await;
    let folder = tempfile::tempdir().unwrap();
    let mut program = Program::start(&stage, folder.path()).await;
    let mut stderr = program.child.stderr.take().unwrap();
    // It is read all the time: a full pipe would hold the program up.
    let log = tokio::spawn(async move {
        let mut words = Vec::new();
        stderr.read_to_end(&mut words).await.unwrap();
        String::from_utf8_lossy(&words).into_owned()
    });

    program.ask(ADA).await;
    let mail = stage.mail(ADA, 1).await;
    let (link, code) = (link_in(&mail), code_in(&mail));
    program
        .call("sign-in/code", json!({ "code": "2222-2222" }))
        .await;
    let signed_in = program
        .call("sign-in/open-link", json!({ "token": link }))
        .await;
    assert_eq!(
        signed_in["signed_in"]["session"]["address"], ADA,
        "{signed_in}"
    );
    let key = "11111111-2222-4333-8444-555555555555";
    let new = json!({ "new": { "key": key, "subject": "Printer", "message": "Mine is zoe@example.org" } });
    let ticket = program.call("tickets/open", new).await;
    let ticket = ticket.as_str().unwrap().to_owned();
    program
        .call("tickets/list", json!({ "after": null, "known": null }))
        .await;
    program
        .call(
            "tickets/show",
            json!({ "ticket": ticket, "earlier": null, "known": null }),
        )
        .await;
    assert_eq!(program.get(&format!("/tickets/{ticket}")).await, 200);
    program.get(&format!("/files/{ticket}/1")).await;
    program.get("/tickets?q=ada%40example.com&token=x").await;
    // Mail servers and Chatwoot that fail, in words that quote.
    stage.mailbox.set_fault(MailFault::Refuse);
    program.ask("bob@example.com").await;
    program.ask("maria@example.com").await;
    program.ask("no address at all").await;
    let refused = async || {
        let sessions = stage.mailbox.sessions();
        sessions.iter().any(|it| {
            it.commands
                .iter()
                .any(|line| line.contains("RCPT TO:<bob@"))
        })
    };
    stage.until(refused).await;
    for weather in [
        Weather::Down503,
        Weather::Html,
        Weather::Unauthorized,
        Weather::Cutting,
    ] {
        stage.fake.set_weather(weather);
        program.ask("stranger@example.com").await;
        program
            .call(
                "tickets/show",
                json!({ "ticket": ticket, "earlier": null, "known": null }),
            )
            .await;
        program.get(&format!("/files/{ticket}/1")).await;
    }
    program.call("session/sign-out", json!({})).await;
    let cookies = program.cookies.clone();
    drop(program);
    let log = soon(log).await.unwrap();

    assert!(log.contains("TRACE"), "everything was logged");
    assert!(log.lines().count() > 100, "{log}");
    assert!(
        log.contains("b…@example.com"),
        "the refusal of bob's mail was logged: {log}"
    );
    let mut words = internals(&stage);
    // It says where it asks Chatwoot.
    words.retain(|word| {
        *word != stage.fake.url() && word != "conversation_id" && word != "source_id"
    });
    words.extend([link, code.replace('-', ""), code, PASSWORD.to_owned()]);
    for address in [
        ADA,
        "bob@example.com",
        "maria@example.com",
        "stranger@example.com",
        "zoe@example.org",
        "portal@acme.example",
    ] {
        words.push(address.to_owned());
        words.push(address.replace('@', "%40"));
    }
    for cookie in cookies {
        let value = cookie.split_once('=').unwrap().1.to_owned();
        words.extend((value.len() > 8).then_some(value));
    }
    for word in words {
        let found = log.lines().find(|line| line.contains(&word));
        assert!(found.is_none(), "{word} is in the log: {found:?}");
    }
}
