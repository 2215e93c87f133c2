//! The demo's stage: a fake Chatwoot full of tickets, a mail server, a configuration that names both.

use std::collections::HashMap;
use std::io;
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use fake_chatwoot::{FakeChatwoot, Latency, Mailbox, Options, Seed};
use tokio::net::TcpListener;

use super::{DemoOptions, Problem, helper};
use crate::clock::Clock;
use crate::config::{Config, Faults};
use crate::keys::Keys;
use crate::listener;
use crate::tickets::Tickets;

/// No secret: the demo is on this machine only, and its tickets are made up.
const SECRET: &str = "the demo's secret, which is none, is long enough";
/// Ports that are tried for the helper pages.
const TRIES: u16 = 50;

/// Everything around the portal.
pub(super) struct Stage {
    fake: Arc<FakeChatwoot>,
    mailbox: Mailbox,
    clock: Clock,
    helper: TcpListener,
    helper_port: u16,
    portal_port: u16,
    data_dir: PathBuf,
}

impl Stage {
    pub(super) async fn set_up(
        options: &DemoOptions,
        clock: &Clock,
        portal_port: u16,
    ) -> Result<Self, Problem> {
        let read = clock.clone();
        let time: fake_chatwoot::Clock = Arc::new(move || read.now().cast_signed());
        let moved = clock.clone();
        let mailbox = Mailbox::start_with(options.smtp_port, Arc::clone(&time)).await?;
        let keys = Keys::from_secret(SECRET.as_bytes());
        let marks = keys.clone();
        let fake = FakeChatwoot::start(Options {
            clock: time,
            move_clock: Some(Arc::new(move |by| {
                moved.advance(Duration::from_millis(u64::try_from(by).unwrap_or(0)));
            })),
            latency: if options.slow {
                Latency::AsReal
            } else {
                Latency::None
            },
            seed: Seed::Demo,
            canaries: options.canaries,
            source_id_of: Arc::new(move |address| keys.source_id(&address.to_ascii_lowercase())),
            mark_of: Arc::new(move |source, ticket| marks.owner_mark(source, ticket)),
            mailbox: Some(mailbox.clone()),
            ..Options::default()
        })
        .await?;
        let helper = match options.desk_port {
            Some(port) => listen(port, 1)?,
            None => listen(portal_port.checked_add(1).unwrap_or(3002), TRIES)?,
        };
        Ok(Self {
            fake: Arc::new(fake),
            mailbox,
            clock: clock.clone(),
            helper_port: helper.local_addr()?.port(),
            helper,
            portal_port,
            data_dir: options.data_dir.clone(),
        })
    }

    /// The portal's configuration, read as an operator's is. Languages and brand may come from the environment.
    pub(super) fn config(&self) -> Result<Config, Faults> {
        let given = self.fake.given();
        let said: HashMap<&str, String> = [
            (
                "PORTAL_URL",
                format!("http://localhost:{}", self.portal_port),
            ),
            ("PORT", self.portal_port.to_string()),
            ("SESSION_SECRET", SECRET.to_owned()),
            ("CHATWOOT_URL", self.fake.url()),
            ("CHATWOOT_API_TOKEN", given.admin_token.clone()),
            ("CHATWOOT_ACCOUNT_ID", given.account.to_string()),
            ("CHATWOOT_INBOX_ID", given.inbox.to_string()),
            ("SMTP_ADDRESS", "127.0.0.1".to_owned()),
            ("SMTP_PORT", self.mailbox.port().to_string()),
            ("SMTP_FROM", "support@acme.example".to_owned()),
            // Whoever plays, or tests, opens many.
            ("TICKETS_PER_HOUR", "500".to_owned()),
            ("REPLIES_PER_HOUR", "1000".to_owned()),
            ("DATA_DIR", self.data_dir.to_string_lossy().into_owned()),
        ]
        .into();
        let environment = |name: &str| {
            let free = [
                "BRAND_NAME",
                "BRAND_COLOR",
                "BRAND_ASSETS",
                "DEFAULT_LANGUAGE",
                "EMAIL_REPLIES",
                "EMAIL_TICKETS",
                "INSECURE_COOKIES",
                "PRIORITY",
            ];
            free.contains(&name)
                .then(|| std::env::var(name).ok())
                .flatten()
        };
        let brand = |name: &str| (name == "BRAND_NAME").then(|| "Acme Support".to_owned());
        let mut config = Config::read(&|name| {
            let value = said.get(name).cloned();
            value.or_else(|| environment(name)).or_else(|| brand(name))
        })?;
        // A translator may make the folder while the demo runs.
        config.locales_dir = std::env::var_os("LOCALES_DIR").map(PathBuf::from);
        Ok(config)
    }

    /// Serves the pages around the portal.
    pub(super) async fn helper(&self, tickets: &Tickets) {
        helper::serve(
            &self.helper,
            &self.fake,
            &self.mailbox,
            &self.clock,
            tickets,
        )
        .await;
    }

    /// What to open.
    pub(super) fn says(&self) -> String {
        let portal = format!("http://localhost:{}/portal", self.portal_port);
        let helper = format!("http://localhost:{}", self.helper_port);
        format!(
            "
  The portal     {portal}
  The mailbox    {helper}/mailbox     every mail that the portal sends
  The desk       {helper}/desk        answer as an agent, write a private note, resolve

  Sign in as     ada@example.com       many tickets, in every state
                 bob@example.com       a few tickets
                 maria@example.com     writes Spanish
                 new@example.com       known, without a ticket
  Or as          nobody@example.com    not known: the same answer, and no mail

  Safari takes no secure cookies from this machine: for it, start with INSECURE_COOKIES=1.
  Ctrl-C ends it.
"
        )
    }
}

/// Listens on the first free port of some.
pub(super) fn listen(first: u16, tries: u16) -> io::Result<TcpListener> {
    let mut refused = io::Error::from(io::ErrorKind::AddrInUse);
    for port in (first..=u16::MAX).take(usize::from(tries)) {
        match listener::bind((Ipv4Addr::LOCALHOST, port).into()) {
            Ok(listener) => return Ok(listener),
            Err(error) => refused = io::Error::new(error.kind(), format!("port {port}: {error}")),
        }
    }
    Err(refused)
}
