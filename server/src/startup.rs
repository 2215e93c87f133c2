//! Puts the portal together from a configuration, a clock and a source of chance: the same for the program, the tests and the demo.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::away;
use crate::chance::Chance;
use crate::check::SetUp;
use crate::clock::Clock;
use crate::config::Config;
use crate::email::post::{Post, SmtpError};
use crate::files::Downloads;
use crate::languages::Languages;
use crate::listener::{self, Connections};
use crate::live::{self, Live};
use crate::log;
use crate::pages::Pages;
use crate::rate_limit::{InMemory, Limits};
use crate::router;
use crate::server_fns::Reading;
use crate::session::Sessions;
use crate::sign_in::{ask, mailer};
use crate::state::State;
use crate::store::{Store, StoreError};
use crate::sync;
use crate::tickets::{Parts, Settings, Tickets};
use crate::webhooks::{self, Webhooks};

/// Allowances remembered at a time, for each limited action.
const MOST_KEYS: usize = 200_000;
/// Server functions that run at once. What comes beyond is refused, which is cheap, so that these stay quick.
const CALLS_AT_ONCE: usize = 256;
/// How often what is over is forgotten.
const TIDY_EACH: Duration = Duration::from_secs(600);
/// Wishes for mails are kept this long after they are over, so that their link is told to be expired.
const KEEP_SIGN_INS: Duration = Duration::from_hours(24);
/// How long a stop waits for what is under way.
const PATIENCE: Duration = Duration::from_secs(9);

/// Why the portal does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The store cannot be opened.
    #[error("{0} (`chatwoot-portal check` says what to do)")]
    Store(#[from] StoreError),
    /// The client for Chatwoot cannot be made.
    #[error(transparent)]
    Http(#[from] chatwoot::HttpClientError),
    /// Chatwoot's settings are no settings.
    #[error("CHATWOOT_URL or CHATWOOT_API_TOKEN: {0}")]
    Chatwoot(#[from] chatwoot::SettingsError),
    /// TLS for mail cannot be set up.
    #[error("SMTP: {0}")]
    Smtp(#[from] SmtpError),
    /// The port cannot be listened on.
    #[error(
        "cannot listen on {0}: {1}; set BIND and PORT to an address of this machine that is free"
    )]
    Listen(std::net::SocketAddr, io::Error),
}

/// A portal that runs: its parts, and the router that answers.
pub struct Running {
    /// What the parts share.
    pub state: Arc<State>,
    /// Answers requests.
    pub router: Router,
}

/// The one TLS provider, for Chatwoot and mail. A second call does nothing.
pub fn install_tls() {
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// Makes a client for Chatwoot. It waits as long as the clock says: less, when that is in a hurry.
pub fn chatwoot_client(config: &Config, clock: &Clock) -> Result<chatwoot::Client, StartError> {
    install_tls();
    // Whoever talks to Chatwoot may log.
    log::hide_secrets(config);
    let chatwoot = &config.chatwoot;
    let limits = chatwoot::Limits::default();
    Ok(chatwoot::Client::new(chatwoot::Settings {
        url: chatwoot.url.clone(),
        public_url: chatwoot.public_url.clone(),
        storage_hosts: chatwoot.storage_hosts.clone(),
        token: chatwoot.token.clone(),
        account: chatwoot.account,
        inbox: chatwoot.inbox,
        limits: chatwoot::Limits {
            read: limits.read / clock.speed(),
            write: limits.write / clock.speed(),
            ..limits
        },
        http: chatwoot::build_http(config.ca.as_deref())?,
    })?)
}

impl Running {
    /// Starts everything but the listener.
    pub fn start(config: Config, clock: Clock, chance: Chance) -> Result<Self, StartError> {
        let chatwoot = chatwoot_client(&config, &clock)?;
        let post = Arc::new(Post::new(&config)?);
        let store = Store::open(&config.data_dir)?;
        let keys = config.secrets.keys();
        let live = Live::default();
        let sessions = Sessions::new(
            store.clone(),
            clock.clone(),
            chance.clone(),
            keys.clone(),
            live.clone(),
            Duration::from_secs(u64::from(config.session_minutes) * 60),
        );
        let languages = Languages::new(
            config.locales_dir.clone(),
            config.default_language.clone(),
            clock.clone(),
        );
        let limits: Arc<dyn Limits> =
            Arc::new(InMemory::new(clock.clone(), MOST_KEYS, config.rates));
        let tickets = Tickets::start(Parts {
            store: store.clone(),
            clock: clock.clone(),
            chance: chance.clone(),
            keys: keys.clone(),
            chatwoot: chatwoot.clone(),
            changes: Arc::new(live.clone()),
            limits: Arc::clone(&limits),
            post: config.email_replies.then(|| Arc::clone(&post)),
            settings: Settings {
                subject_line: config.subject_line,
                files: config.files,
                email_tickets: config.email_tickets,
                priority: config.priority,
            },
        });
        let state = Arc::new(State {
            calls: Arc::new(tokio::sync::Semaphore::new(CALLS_AT_ONCE)),
            reading: Reading::default(),
            pages: Pages::new(&config),
            limits,
            stopping: CancellationToken::new(),
            tasks: TaskTracker::new(),
            config,
            store,
            clock,
            chance,
            keys,
            chatwoot,
            live,
            sessions,
            languages,
            tickets,
            set_up: SetUp::default(),
            downloads: Downloads::default(),
            webhooks: Webhooks::new(),
            post,
            wishes: ask::Wishes::default(),
        });
        let http1 = chatwoot::build_http1(state.config.ca.as_deref())?;
        state.keep("wishes for sign-in mails", ask::store_wishes);
        state.keep("sign-in mails", mailer::work);
        away::start(&state);
        state.keep("tidying", tidy);
        state.keep(
            "watch for sessions that were ended from outside",
            live::elsewhere::watch,
        );
        state.keep("fetching of the logo", fetch_brand);
        state.keep("webhooks", webhooks::keep);
        state.keep("cable", move |state| {
            sync::cable::hold(state, http1.clone())
        });
        let router = router::router(&state);
        Ok(Self { state, router })
    }

    /// Takes the port that the configuration names.
    pub fn bind(&self) -> Result<TcpListener, StartError> {
        let at = self.state.config.listen;
        let refused = |error| StartError::Listen(at, error);
        listener::bind(at).map_err(refused)
    }

    /// Answers until `stop` is done; then finishes what runs, within ten seconds.
    pub async fn serve(self, listener: TcpListener, stop: impl Future<Output = ()>) {
        let stopping = self.state.stopping.clone();
        let connections = Connections::of(&self.state.config);
        let serving = listener::serve(listener, self.router.clone(), connections, stopping.clone());
        let mut serving = std::pin::pin!(serving);
        tokio::select! {
            () = &mut serving => self.stop().await,
            () = stop => {
                stopping.cancel();
                let all = async { tokio::join!(serving, self.finish()) };
                let _ = tokio::time::timeout(PATIENCE, all).await;
                self.close().await;
            }
        }
    }

    /// Ends the work in the background.
    pub async fn stop(self) {
        let _ = tokio::time::timeout(PATIENCE, self.finish()).await;
        self.close().await;
    }

    async fn close(&self) {
        ask::store_last(&self.state).await;
        self.state.store.close().await;
    }

    async fn finish(&self) {
        self.state.stopping.cancel();
        self.state.tasks.close();
        self.state.tickets.stop().await;
        self.state.tasks.wait().await;
    }
}

/// Asks Chatwoot for its logo, once.
async fn fetch_brand(state: Arc<State>) {
    let State {
        pages,
        chatwoot,
        config,
        clock,
        ..
    } = state.as_ref();
    pages.fetch_brand(chatwoot, config, clock).await;
}

/// Forgets what is over, again and again.
async fn tidy(state: Arc<State>) {
    loop {
        state.limits.tidy();
        let now = state.clock.now();
        let keep = u64::try_from(KEEP_SIGN_INS.as_millis()).unwrap_or(u64::MAX);
        let ended_before = now.saturating_sub(keep);
        let forgotten = state
            .store
            .write(move |tx| {
                crate::store::drafts::forget_old(tx, now)?;
                crate::store::sign_ins::forget_old(tx, ended_before)
            })
            .await;
        if let Err(error) = forgotten.and(state.sessions.tidy().await) {
            tracing::error!(%error, "what is over cannot be forgotten");
        }
        state.clock.sleep(TIDY_EACH).await;
    }
}
