//! Tickets: what the operations, the outbox and the synchronisation share. `Tickets::start` begins the background work,
//! `Tickets::customer_for` hands out what a signed-in customer can do.

mod background;
pub(crate) mod by_email;
pub(crate) mod cancel;
mod changes;
pub(crate) mod draft;
pub(crate) mod files;
pub(crate) mod input;
pub(crate) mod list;
mod locks;
pub(crate) mod open;
mod priority;
pub(crate) mod reply;
pub(crate) mod retry;
pub(crate) mod seen;
pub(crate) mod show;
mod stored;
pub(crate) mod take_back;
pub(crate) mod typing;
mod version;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use app::contract;
use app::error::AppError;

pub use background::Background;
pub(crate) use background::{Bell, Busy};
pub use changes::Changes;
pub use input::{MESSAGE_LIMIT, SUBJECT_LIMIT};
pub(crate) use locks::Locks;
pub use priority::PriorityUse;

use crate::away::Waker;
use crate::chance::Chance;
use crate::clock::Clock;
use crate::customer::OwnTickets;
use crate::email::post::Post;
use crate::keys::KeyRing;
use crate::lasting;
use crate::outbox::Outbox;
use crate::ownership::Recognised;
use crate::rate_limit::{LimitedAction, Limits, Who};
use crate::store::Store;
use crate::store::customers::CustomerId;
use crate::sync::signals::Signals;
use crate::sync::{Ear, Sync};
use crate::uploads::{self, Uploads};
use app::tickets::model::{Freshness, TicketId};

/// What tickets are made of.
pub struct Parts {
    /// Where they are kept.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    /// Random names and jitter.
    pub chance: Chance,
    /// Source ids and owner marks.
    pub keys: KeyRing,
    /// Where the agents are.
    pub chatwoot: chatwoot::Client,
    /// Who is told of changes.
    pub changes: Arc<dyn Changes>,
    /// How often customers may do what.
    pub limits: Arc<dyn Limits>,
    /// What sends replies to tickets begun by e-mail; none where customers send them themselves.
    pub post: Option<Arc<Post>>,
    /// What the operator chose.
    pub settings: Settings,
}

/// What the operator can choose.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// A ticket's first message begins with its subject in bold, since agents see it nowhere else at a glance.
    pub subject_line: bool,
    /// What files may be sent.
    pub files: uploads::Settings,
    /// Tickets that customers began by e-mail are in their lists too.
    pub email_tickets: bool,
    /// Whether customers see priorities, and choose one.
    pub priority: PriorityUse,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            subject_line: true,
            files: uploads::Settings::default(),
            email_tickets: true,
            priority: PriorityUse::Off,
        }
    }
}

/// All tickets of this portal; clones share them.
#[derive(Clone)]
pub struct Tickets(Arc<Shared>);

/// What the parts of this area reach each other by.
pub struct Shared {
    pub(crate) store: Store,
    pub(crate) clock: Clock,
    pub(crate) chance: Chance,
    pub(crate) keys: KeyRing,
    pub(crate) chatwoot: chatwoot::Client,
    pub(crate) changes: Arc<dyn Changes>,
    pub(crate) limits: Arc<dyn Limits>,
    pub(crate) post: Option<Arc<Post>>,
    pub(crate) settings: Settings,
    /// Files that wait for a message, or with it.
    pub(crate) uploads: Uploads,
    pub(crate) background: Background,
    pub(crate) outbox: Outbox,
    pub(crate) sync: Sync,
    /// Wakes who mails answers.
    pub(crate) away: Waker,
    /// Which customers agents see typing.
    pub(crate) hands: typing::Hands,
    /// One writer for each ticket.
    pub(crate) ticket_locks: Locks<TicketId>,
    /// One opening at a time for each customer.
    pub(crate) customer_locks: Locks<CustomerId>,
    /// Conversations without our mark that were refused, since the start.
    pub(crate) refused: AtomicU64,
    /// Which tickets' conversations were recognised lately.
    pub(crate) recognised: Recognised,
    /// It is settled whether an earlier portal's tickets are to be taken over.
    pub(crate) adoption_decided: AtomicBool,
}

impl From<Arc<Shared>> for Tickets {
    fn from(shared: Arc<Shared>) -> Self {
        Self(shared)
    }
}

impl std::ops::Deref for Tickets {
    type Target = Shared;
    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl Tickets {
    /// Begins to send what is waiting, and to follow what agents do.
    pub fn start(parts: Parts) -> Self {
        let clock = parts.clock.clone();
        if let Err(error) = parts.store.begins_at(clock.now()) {
            tracing::error!(
                cause = crate::failure::chain(&error),
                "what waits cannot be looked through at the start: what a clock wrote that ran ahead may wait long"
            );
        }
        let folder = parts.store.folder().join(uploads::FOLDER);
        let tickets = Self(Arc::new_cyclic(|shared| Shared {
            background: Background::new(clock),
            outbox: Outbox::default(),
            sync: Sync::new(&parts.clock),
            hands: typing::Hands::default(),
            store: parts.store,
            clock: parts.clock,
            chance: parts.chance,
            keys: parts.keys,
            chatwoot: parts.chatwoot.watched_by(Ear::of(shared)),
            changes: parts.changes,
            away: Waker::default(),
            limits: parts.limits,
            post: parts.post,
            settings: parts.settings,
            uploads: Uploads::new(parts.settings.files, folder),
            ticket_locks: Locks::default(),
            customer_locks: Locks::default(),
            refused: AtomicU64::new(0),
            recognised: Recognised::default(),
            adoption_decided: AtomicBool::new(false),
        }));
        priority::start(&tickets);
        crate::outbox::start(&tickets);
        uploads::start(&tickets);
        crate::sync::start(&tickets);
        tickets
    }

    /// What this customer can do with his tickets. Call it for the customer of a valid session only.
    pub fn customer_for(&self, customer: CustomerId) -> Arc<dyn contract::Customer> {
        Arc::new(OwnTickets::new(self.clone(), customer, false))
    }

    /// The same for a call that he made himself, not his page.
    pub(crate) fn customer_who_asks(&self, customer: CustomerId) -> Arc<dyn contract::Customer> {
        Arc::new(OwnTickets::new(self.clone(), customer, true))
    }

    /// Takes one of a customer's allowance. Ask it within the write, once it is known that this was not answered before.
    pub(crate) fn allow(
        &self,
        action: LimitedAction,
        customer: CustomerId,
    ) -> Result<(), AppError> {
        Ok(self.limits.take(action, Who::Customer(customer))?)
    }

    /// Keeps work going in the background until it ends by itself or the portal does: what panics is begun again after a pause.
    pub(crate) fn keep<F>(
        &self,
        what: &'static str,
        work: impl Fn(Self, Busy) -> F + Send + std::marker::Sync + 'static,
    ) where
        F: Future<Output = ()> + Send + 'static,
    {
        let (this, mut busy) = (self.clone(), self.background.busy());
        self.background.spawn(what, async move {
            while lasting::caught(what, work(this.clone(), busy))
                .await
                .is_none()
            {
                let until = this.clock.now() + crate::sync::millis(lasting::PAUSE);
                busy = this.background.rest(this.background.busy(), until).await;
                if this.background.is_stopping() {
                    return;
                }
            }
        });
    }

    /// A customer has signed in: his tickets are fetched if they are not here yet.
    pub fn signed_in(&self, customer: CustomerId) {
        crate::sync::want_fill(self, customer);
    }

    /// Waits until nothing is under way that does not itself wait for a later time.
    pub async fn idle(&self) {
        self.background.idle().await;
    }

    /// Ends the background work: what is being sent is let finish, nothing new begins.
    pub async fn stop(&self) {
        self.background.stop().await;
    }

    /// Ends the background work wherever it is, as a crash would.
    pub async fn kill(&self) {
        self.background.kill().await;
    }

    /// Where tickets are kept.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Whether Chatwoot answers, and if not, since when what is shown is old.
    pub fn freshness(&self) -> Freshness {
        crate::sync::freshness(self)
    }

    /// What the operator can do about it, if Chatwoot does not answer.
    pub fn cure(&self) -> Option<&'static str> {
        crate::sync::cure_now(self)
    }

    /// A webhook's delivery came and is Chatwoot's: what it is about is read again.
    pub fn delivered(&self, event: &chatwoot::Event) {
        self.sync.signals.came(self.clock.now());
        crate::sync::told(self, event);
    }

    /// Whether Chatwoot tells by itself what happens.
    pub(crate) fn signals(&self) -> &Signals {
        &self.sync.signals
    }

    /// How many conversations without our mark were refused since the start.
    pub fn refused(&self) -> u64 {
        self.refused.load(Ordering::Relaxed)
    }
}
