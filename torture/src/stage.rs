//! Everything that a part needs: a fake Chatwoot, the proxy before it, a mailbox, the real portal, and signed-in people.

use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use fake_chatwoot::{FakeChatwoot, Mailbox, Options};
use server::clock::Clock;

use crate::Outcome;
use crate::dice::Dice;
use crate::person::Person;
use crate::portal::{Portal, Start};
use crate::proxy::{Proxy, Sky};
use crate::written::Book;

/// The stage of one part.
pub(crate) struct Stage {
    /// What counts in the end.
    pub(crate) fake: FakeChatwoot,
    /// What goes wrong.
    pub(crate) proxy: Proxy,
    /// What is tortured.
    pub(crate) portal: Portal,
    /// The time of all of them.
    pub(crate) clock: Clock,
    /// Chance.
    pub(crate) dice: Dice,
    /// Who is signed in.
    pub(crate) people: Vec<Person>,
    /// What was acknowledged.
    pub(crate) book: Book,
    mailbox: Mailbox,
    _folder: tempfile::TempDir,
}

impl Stage {
    /// A running portal with so many people signed in, and nothing wrong yet.
    pub(crate) async fn set_up(
        program: &Path,
        speed: u32,
        dice: Dice,
        people: usize,
    ) -> Outcome<Self> {
        let since = Clock::machine().now();
        let clock = Clock::hurried(since, speed);
        let time = clock.clone();
        let time: fake_chatwoot::Clock = Arc::new(move || time.now().cast_signed());
        let mailbox = Mailbox::start_with(0, Arc::clone(&time)).await?;
        let fake = FakeChatwoot::start(Options {
            clock: time,
            ..Options::default()
        })
        .await?;
        let proxy = Proxy::before(fake.url(), clock.clone(), dice.another()).await?;
        let folder = tempfile::tempdir()?;
        let port = free_port()?;
        let start = Start {
            program: std::path::absolute(program)?,
            folder: folder.path().to_owned(),
            port,
            speed,
            since,
            variables: variables(port, &fake, &proxy, &mailbox),
            largest_file: None,
        };
        let portal = Portal::start(start).await?;
        let mut stage = Self {
            fake,
            proxy,
            portal,
            clock,
            dice,
            people: Vec::new(),
            book: Book::default(),
            mailbox,
            _folder: folder,
        };
        for _ in 0..people {
            stage.somebody().await?;
        }
        Ok(stage)
    }

    /// One more who signs in.
    pub(crate) async fn somebody(&mut self) -> Outcome<Person> {
        let number = self.people.len();
        let port = self.portal.port();
        let person = Person::new(
            number,
            port,
            self.clock.clone(),
            self.dice.another(),
            self.book.clone(),
        )?;
        self.fake
            .add_contact(&format!("Person {number}"), &person.address)
            .map_err(|refusal| format!("{refusal:?}"))?;
        person.sign_in(&self.mailbox).await?;
        self.people.push(person.clone());
        Ok(person)
    }

    /// Lets so much of the clock's time pass.
    pub(crate) async fn pass(&self, time: Duration) {
        self.clock.sleep(time).await;
    }

    /// Ends everything that goes wrong.
    pub(crate) fn clear(&self) {
        self.proxy.set(Sky::Clear);
    }
}

fn variables(
    port: u16,
    fake: &FakeChatwoot,
    proxy: &Proxy,
    mailbox: &Mailbox,
) -> Vec<(&'static str, String)> {
    let given = fake.given();
    vec![
        ("PORT", port.to_string()),
        ("PORTAL_URL", format!("http://localhost:{port}")),
        (
            "SESSION_SECRET",
            "a secret for torture, on this machine only".to_owned(),
        ),
        ("SESSION_MINUTES", "600".to_owned()),
        ("TICKETS_PER_HOUR", "100000".to_owned()),
        ("REPLIES_PER_HOUR", "100000".to_owned()),
        ("CHATWOOT_URL", proxy.url()),
        ("CHATWOOT_API_TOKEN", given.admin_token.clone()),
        ("CHATWOOT_ACCOUNT_ID", given.account.to_string()),
        ("CHATWOOT_INBOX_ID", given.inbox.to_string()),
        ("SMTP_ADDRESS", "127.0.0.1".to_owned()),
        ("SMTP_PORT", mailbox.port().to_string()),
        ("SMTP_FROM", "support@acme.example".to_owned()),
        ("TRUSTED_PROXIES", "127.0.0.1".to_owned()),
        ("DATA_DIR", "data".to_owned()),
        (
            "RUST_LOG",
            std::env::var("RUST_LOG").unwrap_or_else(|_| "warn".to_owned()),
        ),
    ]
}

fn free_port() -> Outcome<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?
        .local_addr()?
        .port())
}
