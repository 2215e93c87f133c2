//! What every part of the running portal shares. Made once, by `startup`.

use std::sync::Arc;

use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::chance::Chance;
use crate::check::SetUp;
use crate::clock::Clock;
use crate::config::Config;
use crate::email::post::Post;
use crate::files::Downloads;
use crate::keys::KeyRing;
use crate::languages::Languages;
use crate::lasting;
use crate::live::Live;
use crate::pages::Pages;
use crate::rate_limit::Limits;
use crate::server_fns::Reading;
use crate::session::Sessions;
use crate::sign_in::ask::Wishes;
use crate::store::Store;
use crate::tickets::Tickets;
use crate::webhooks::Webhooks;

/// The running portal's parts.
pub struct State {
    /// What the operator said.
    pub config: Config,
    /// What must not be lost, and the read model.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    /// Random bytes.
    pub chance: Chance,
    /// What is derived from SESSION_SECRET.
    pub keys: KeyRing,
    /// The help desk.
    pub chatwoot: chatwoot::Client,
    /// Tells open pages what changed.
    pub live: Live,
    /// How often something may be done.
    pub limits: Arc<dyn Limits>,
    /// Server functions that may run at once.
    pub calls: Arc<tokio::sync::Semaphore>,
    /// Their bodies, while they come.
    pub reading: Reading,
    /// Who is signed in.
    pub sessions: Sessions,
    /// Languages and their texts.
    pub languages: Languages,
    /// The built files.
    pub pages: Pages,
    /// All tickets, and what is under way to Chatwoot.
    pub tickets: Tickets,
    /// What is wrong with how Chatwoot is set up.
    pub set_up: SetUp,
    /// Files that are being fetched.
    pub downloads: Downloads,
    /// What verifies that Chatwoot tells something.
    pub webhooks: Webhooks,
    /// Sends mail.
    pub post: Arc<Post>,
    /// Takes wishes for sign-in mails.
    pub wishes: Wishes,
    /// Cancelled when the portal stops.
    pub stopping: CancellationToken,
    /// Work in the background, waited for at the stop.
    pub tasks: TaskTracker,
}

impl State {
    /// Keeps work going in the background until it ends by itself or the portal stops: what panics is begun again after a pause. What
    /// must not be broken off in the middle looks at `stopping` itself.
    pub fn keep<F>(
        self: &Arc<Self>,
        what: &'static str,
        work: impl Fn(Arc<Self>) -> F + Send + Sync + 'static,
    ) where
        F: Future<Output = ()> + Send + 'static,
    {
        let this = Arc::clone(self);
        self.tasks.spawn(async move {
            let lasting = async {
                while lasting::caught(what, work(Arc::clone(&this)))
                    .await
                    .is_none()
                {
                    this.clock.sleep(lasting::PAUSE).await;
                }
            };
            tokio::select! {
                () = this.stopping.cancelled() => {}
                () = lasting => {}
            }
        });
    }
}
