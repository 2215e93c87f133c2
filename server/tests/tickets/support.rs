//! The stage: a fake Chatwoot, a store in a folder of its own, and people. A test waits for what it names, by the portal's own
//! word that something changed, and never for a time.

mod attacker;
#[path = "../shared/folder.rs"]
mod folder;
mod liar;
mod losses;
pub mod mails;
mod person;
mod told;

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Once};
use std::time::Duration;

use app::tickets::model::{Key, TicketId};
use chatwoot::{AccountId, Client, InboxId};
use fake_chatwoot::{DisplayId, FakeChatwoot, Mailbox, Options};
use server::chance::Chance;
use server::clock::Clock;
use server::config::Config;
use server::email::post::Post;
use server::keys::{KeyRing, Keys};
use server::rate_limit::{InMemory, Rates};
use server::store::Store;
use server::store::customers::{self, CustomerId};
use server::tickets::{Changes, Parts, Settings, Tickets};

pub use attacker::Attacker;
pub use liar::Liar;
pub use person::{Person, thread};
use told::Told;

const START: u64 = 1_790_000_000_000;
pub const SECRET: &[u8] = b"a secret for tests, long enough: 0123456789";
pub const ADA: &str = "ada@example.com";
pub const BOB: &str = "bob@example.com";

/// Everything there is.
pub struct Stage {
    pub fake: FakeChatwoot,
    pub clock: Clock,
    /// So many milliseconds Chatwoot's clock is ahead of it.
    pub ahead: Arc<AtomicI64>,
    pub tickets: Option<Tickets>,
    pub ring: KeyRing,
    pub settings: Settings,
    /// How often a customer may do what: as often as a test likes, if it says nothing.
    pub rates: Rates,
    /// How long the portal waits for an answer of Chatwoot's.
    pub patience: Duration,
    /// Where the portal asks, if not the fake itself.
    pub asks: Option<String>,
    /// Where its mails go, and from where Chatwoot fetches those to its inboxes.
    pub mailbox: Mailbox,
    /// The mail server's port, if nothing is to be there.
    pub smtp_port: Option<u16>,
    /// Whether replies to tickets begun by e-mail are sent as mails.
    pub replies_by_mail: bool,
    told: Arc<Told>,
    folder: tempfile::TempDir,
    next_key: std::cell::Cell<u32>,
}

impl Stage {
    pub async fn set_up() -> Self {
        let mut stage = Self::not_started().await;
        stage.start().await;
        stage
    }

    /// Everything but the portal, which was never started.
    pub async fn not_started() -> Self {
        static TLS: Once = Once::new();
        TLS.call_once(|| {
            rustls::crypto::ring::default_provider()
                .install_default()
                .unwrap();
        });
        let clock = Clock::still(START);
        let time = clock.clone();
        let keys = Keys::from_secret(SECRET);
        let marks = keys.clone();
        let ahead = Arc::new(AtomicI64::new(0));
        let by = Arc::clone(&ahead);
        let time: fake_chatwoot::Clock =
            Arc::new(move || time.now().cast_signed() + by.load(Ordering::Relaxed));
        let mailbox = Mailbox::start_with(0, Arc::clone(&time)).await.unwrap();
        let fake = FakeChatwoot::start(Options {
            clock: time,
            mailbox: Some(mailbox.clone()),
            source_id_of: Arc::new(move |address| keys.source_id(address)),
            mark_of: Arc::new(move |source, ticket| marks.owner_mark(source, ticket)),
            ..Options::default()
        })
        .await
        .unwrap();
        Self {
            fake,
            clock,
            ahead,
            tickets: None,
            ring: KeyRing::from_secrets(SECRET, []),
            settings: Settings::default(),
            rates: Rates {
                tickets_per_hour: 100_000,
                replies_per_hour: 100_000,
                reads_per_minute: 100_000,
                ..Rates::default()
            },
            patience: Duration::from_secs(10),
            asks: None,
            mailbox,
            smtp_port: None,
            replies_by_mail: true,
            told: Arc::default(),
            folder: folder::new(),
            next_key: std::cell::Cell::new(0),
        }
    }

    /// Starts the portal's half on the same folder.
    pub async fn start(&mut self) {
        self.tickets = Some(Tickets::start(Parts {
            store: self.store().await,
            clock: self.clock.clone(),
            chance: Chance::system(),
            keys: self.ring.clone(),
            chatwoot: self.client(),
            changes: Arc::clone(&self.told) as Arc<dyn Changes>,
            post: self.replies_by_mail.then(|| Arc::new(self.post())),
            limits: Arc::new(InMemory::new(self.clock.clone(), 10_000, self.rates)),
            settings: self.settings,
        }));
    }

    /// The portal's way to the mail server.
    fn post(&self) -> Post {
        let config = Config::read(&|name| {
            let said = match name {
                "PORTAL_URL" => "http://localhost:3001".to_owned(),
                "SESSION_SECRET" => String::from_utf8_lossy(SECRET).into_owned(),
                "CHATWOOT_API_TOKEN" => "token".to_owned(),
                "CHATWOOT_INBOX_ID" => "1".to_owned(),
                "SMTP_ADDRESS" => "127.0.0.1".to_owned(),
                "SMTP_PORT" => self.smtp_port.unwrap_or(self.mailbox.port()).to_string(),
                "SMTP_FROM" => "portal@acme.example".to_owned(),
                _ => return None,
            };
            Some(said)
        });
        Post::new(&config.unwrap()).unwrap()
    }

    /// The portal's way to the fake.
    pub fn client(&self) -> Client {
        let given = self.fake.given();
        Client::new(chatwoot::Settings {
            url: self
                .asks
                .clone()
                .unwrap_or_else(|| self.fake.url())
                .parse()
                .unwrap(),
            public_url: None,
            storage_hosts: Vec::new(),
            token: given.admin_token.clone().into(),
            account: AccountId::new(given.account.0.cast_unsigned()).unwrap(),
            inbox: InboxId::new(given.inbox.0.cast_unsigned()).unwrap(),
            limits: chatwoot::Limits {
                read: self.patience,
                write: self.patience,
                ..chatwoot::Limits::default()
            },
            http: chatwoot::build_http(None).unwrap(),
        })
        .unwrap()
    }

    /// Opens the store as soon as whoever had it has let go of it.
    pub async fn store(&self) -> Store {
        soon("the store is free", async {
            loop {
                match Store::open(self.folder.path()) {
                    Ok(store) => return store,
                    Err(_) => tokio::task::yield_now().await,
                }
            }
        })
        .await
    }

    /// How often open pages were told of something.
    pub fn told(&self) -> u64 {
        self.told.0.borrow().len() as u64
    }

    /// Of which tickets a customer's open pages were told.
    pub fn told_of(&self, customer: CustomerId) -> Vec<TicketId> {
        let told = self.told.0.borrow();
        let his = told.iter().filter(|(whose, _)| *whose == customer);
        his.filter_map(|(_, ticket)| ticket.clone()).collect()
    }

    /// Whoever tells open pages this many words from now on panics.
    pub fn panics_at_word(&self, count: u32) {
        self.told.1.store(count, Ordering::SeqCst);
    }

    /// Somebody did.
    pub fn has_panicked(&self) -> bool {
        self.told.1.load(Ordering::SeqCst) == 0
    }

    pub fn tickets(&self) -> &Tickets {
        self.tickets.as_ref().unwrap()
    }

    /// Nothing is under way that does not wait for a later time.
    pub async fn settle(&self) {
        soon("everything rests", self.tickets().idle()).await;
    }

    /// Moves the clock and lets everything happen that is due.
    pub async fn pass(&self, seconds: u64) {
        self.settle().await;
        self.clock.advance(Duration::from_secs(seconds));
        self.settle().await;
    }

    /// What the fake knows an address by.
    pub fn source(&self, address: &str) -> String {
        Keys::from_secret(SECRET).source_id(address)
    }

    /// Somebody who has signed in just now and whose tickets are here.
    pub async fn signed_in(&self, address: &str) -> Person<'_> {
        let person = self.comes(address).await;
        self.tickets().signed_in(person.id);
        self.settle().await;
        person
    }

    /// Somebody known, with nothing fetched yet.
    pub async fn comes(&self, address: &str) -> Person<'_> {
        let known = address.to_owned();
        let source = (self.ring.all().count() == 1).then(|| self.ring.current().source_id(address));
        let now = self.clock.now();
        let customer = self
            .tickets()
            .store()
            .write(move |tx| customers::find_or_make(tx, &known, source.as_deref(), now))
            .await
            .unwrap();
        Person {
            stage: self,
            id: customer.id,
            can: self.tickets().customer_for(customer.id),
        }
    }

    /// How many customers' contacts the operator is told to look at.
    pub async fn alarms(&self) -> u64 {
        let count = self.tickets().store().read(server::store::alarms::count);
        count.await.unwrap()
    }

    /// A key that was never used.
    pub fn key(&self) -> Key {
        self.next_key.set(self.next_key.get() + 1);
        Key::parse(&format!(
            "00000000-0000-4000-8000-{:012}",
            self.next_key.get()
        ))
        .unwrap()
    }

    /// Asks the fake as an administrator, past the portal.
    pub async fn ask(&self, method: &str, path: &str, body: serde_json::Value) {
        let (status, answer) = self.as_operator(method, path, body).await;
        assert_eq!(status, 200, "{answer}");
    }

    /// A message of the customer's with this mark, past the portal.
    pub async fn posts(&self, number: DisplayId, text: &str, source_id: &str) {
        let body = serde_json::json!({ "content": text, "message_type": "incoming", "source_id": source_id });
        self.ask("POST", &format!("conversations/{number}/messages"), body)
            .await;
    }

    /// All that Chatwoot has of an act of writing.
    pub fn arrived(&self, key: &Key) -> usize {
        self.fake
            .messages_with_source(&format!("portal:{key}"))
            .len()
    }
}

/// Fails loudly instead of hanging. How long what happens really takes is a matter of how busy the machine is.
pub async fn soon<T>(what: &str, happens: impl Future<Output = T>) -> T {
    match tokio::time::timeout(Duration::from_secs(60), happens).await {
        Ok(value) => value,
        Err(_) => panic!("not within a minute: {what}"),
    }
}
