//! Personas and the stage they act on. `Stage::set_up` starts fake, mailbox and portal on a clock that stands still; a `Browser` keeps
//! cookies and calls as our pages do.

mod answer;
mod browser;
mod certificates;
mod chatwoots;
#[path = "../shared/folder.rs"]
mod folder;
mod log;
mod mail_server;
mod people;
mod storage;
mod stored;
mod waiting;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use fake_chatwoot::{FakeChatwoot, Mailbox, Options, Seed};
use server::chance::Chance;
use server::clock::Clock;
use server::config::Config;
use server::keys::Keys;
use server::startup::Running;
use server::state::State;

pub(crate) use answer::Answer;
use browser::Door;
pub(crate) use browser::{Browser, LiveStream};
pub(crate) use certificates::Authority;
pub(crate) use chatwoots::{HOOK_SECRET, RECEIVER};
pub(crate) use log::Log;
pub(crate) use mail_server::{MailServer, Manner};
pub(crate) use people::{code_in, link_in};
pub(crate) use storage::{Says, Storage};
pub(crate) use waiting::soon;

/// The portal's origin in tests.
pub(crate) const ORIGIN: &str = "https://support.example.com";
pub(crate) const SECRET: &str = "a secret for tests, long enough: 0123456789";

/// Everything there is, and the portal in front.
pub(crate) struct Stage {
    pub(crate) clock: Clock,
    /// So many milliseconds Chatwoot's clock is ahead of it.
    pub(crate) ahead: Arc<AtomicI64>,
    pub(crate) fake: FakeChatwoot,
    pub(crate) mailbox: Mailbox,
    running: Option<Running>,
    door: Door,
    settings: Vec<(&'static str, String)>,
    folder: tempfile::TempDir,
}

impl Stage {
    /// A portal over https with nobody signed in.
    pub(crate) async fn set_up() -> Self {
        Self::set_up_with(&[]).await
    }

    /// The same with other settings.
    pub(crate) async fn set_up_with(settings: &[(&'static str, &str)]) -> Self {
        Self::with(settings, Options::default()).await
    }

    /// With a Chatwoot that has the demo's tickets.
    pub(crate) async fn with_demo(settings: &[(&'static str, &str)]) -> Self {
        let options = Options {
            seed: Seed::Demo,
            ..Options::default()
        };
        Self::with(settings, options).await
    }

    /// With a Chatwoot that has the demo's tickets, and in which everything internal is a canary.
    pub(crate) async fn with_canaries(settings: &[(&'static str, &str)]) -> Self {
        let options = Options {
            seed: Seed::Demo,
            canaries: true,
            ..Options::default()
        };
        Self::with(settings, options).await
    }

    async fn with(settings: &[(&'static str, &str)], options: Options) -> Self {
        let clock = Clock::still(1_790_000_000_000);
        let read = clock.clone();
        let time: fake_chatwoot::Clock = Arc::new(move || read.now().cast_signed());
        let ahead = Arc::new(AtomicI64::new(0));
        let (by, here) = (Arc::clone(&ahead), Arc::clone(&time));
        let keys = Keys::from_secret(SECRET.as_bytes());
        let marks = keys.clone();
        let mailbox = Mailbox::start_with(0, Arc::clone(&time)).await.unwrap();
        let fake = FakeChatwoot::start(Options {
            clock: Arc::new(move || here() + by.load(Ordering::Relaxed)),
            move_clock: None,
            mailbox: Some(mailbox.clone()),
            source_id_of: Arc::new(move |address| keys.source_id(address)),
            mark_of: Arc::new(move |source, ticket| marks.owner_mark(source, ticket)),
            ..options
        })
        .await
        .unwrap();
        let mut stage = Self {
            clock,
            ahead,
            fake,
            mailbox,
            running: None,
            door: Door::default(),
            settings: settings
                .iter()
                .map(|(name, value)| (*name, (*value).to_owned()))
                .collect(),
            folder: folder::new(),
        };
        stage.start();
        stage
    }

    /// A portal that Chatwoot reaches.
    pub(crate) async fn set_up_reachable(settings: &[(&'static str, &str)]) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let mut all = vec![("WEBHOOK_URL", url.as_str())];
        all.extend_from_slice(settings);
        let stage = Self::set_up_with(&all).await;
        stage.door.serve(listener);
        stage.hook_is("registered").await;
        stage
    }

    fn config(&self) -> Config {
        let given = self.fake.given();
        Config::read(&|name| {
            if let Some((_, value)) = self.settings.iter().find(|(it, _)| *it == name) {
                return Some(value.clone());
            }
            Some(match name {
                "PORTAL_URL" => ORIGIN.to_owned(),
                "SESSION_SECRET" => SECRET.to_owned(),
                "CHATWOOT_URL" => self.fake.url(),
                "CHATWOOT_API_TOKEN" => given.admin_token.clone(),
                "CHATWOOT_ACCOUNT_ID" => given.account.to_string(),
                "CHATWOOT_INBOX_ID" => given.inbox.to_string(),
                "SMTP_ADDRESS" => "127.0.0.1".to_owned(),
                "SMTP_PORT" => self.mailbox.port().to_string(),
                "SMTP_FROM" => "Acme Support <support@acme.example>".to_owned(),
                "BRAND_NAME" => "Acme Support".to_owned(),
                "DATA_DIR" => self.folder.path().to_string_lossy().into_owned(),
                "TRUSTED_PROXIES" => "127.0.0.1".to_owned(),
                _ => return None,
            })
        })
        .unwrap()
    }

    fn start(&mut self) {
        let chance = Chance::system();
        let running = Running::start(self.config(), self.clock.clone(), chance).unwrap();
        let https = running.state.config.portal.is_https();
        self.door.open(running.router.clone(), https);
        self.running = Some(running);
    }

    /// Stops the portal and starts it again on the same data.
    pub(crate) async fn restart(&mut self) {
        self.door.close();
        self.running.take().unwrap().stop().await;
        self.start();
    }

    /// The portal is stopped, its read model taken away, and started again.
    pub(crate) async fn loses_its_read_model(&mut self) {
        self.door.close();
        self.running.take().unwrap().stop().await;
        for name in ["model.db", "model.db-wal", "model.db-shm"] {
            // The logs may be gone already.
            let _ = std::fs::remove_file(self.data_dir().join(name));
        }
        self.start();
    }

    /// The operator changes a setting and starts it again.
    pub(crate) async fn set(&mut self, name: &'static str, value: &str) {
        self.settings.retain(|(known, _)| *known != name);
        self.settings.push((name, value.to_owned()));
        self.restart().await;
    }

    /// The operator gives another SESSION_SECRET, and lists the earlier one or not.
    pub(crate) async fn change_secret(&mut self, earlier_listed: bool) {
        let new = "another secret for tests, long enough: 0123456789";
        self.settings.push(("SESSION_SECRET", new.to_owned()));
        if earlier_listed {
            self.settings
                .push(("SESSION_SECRET_PREVIOUS", SECRET.to_owned()));
        }
        self.restart().await;
    }

    /// The portal's parts.
    pub(crate) fn state(&self) -> &Arc<State> {
        &self.running.as_ref().unwrap().state
    }

    /// The folder of its store.
    pub(crate) fn data_dir(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// What an address's tickets are filed under.
    pub(crate) fn source(&self, address: &str) -> String {
        self.state().keys.current().source_id(address)
    }

    /// The address below the base path of a file that is named by its content, if a bundle was built.
    pub(crate) async fn an_asset(&self) -> Option<String> {
        let page = self.browser().get("/portal/").await.body;
        let (_, after) = page.split_once("\"/portal/assets/")?;
        let (name, _) = after.split_once('"')?;
        Some(format!("/assets/{name}"))
    }

    /// Everything in the store, row by row.
    pub(crate) async fn stored(&self) -> Vec<String> {
        let mut rows = stored::rows(&self.state().store).await;
        // How far each inbox was polled moves by itself, whatever a browser does.
        rows.retain(|row| !row.starts_with("model.polls:"));
        rows
    }
}

/// Fails with the rows that differ.
pub(crate) fn same(before: &[String], after: &[String]) {
    let without = |all: &[String], others: &[String]| -> Vec<String> {
        all.iter()
            .filter(|row| !others.contains(row))
            .cloned()
            .collect()
    };
    let (gone, new) = (without(before, after), without(after, before));
    assert!(
        gone.is_empty() && new.is_empty(),
        "gone: {gone:#?}\nnew: {new:#?}"
    );
}
