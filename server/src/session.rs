//! Sessions (promise S10): rolling, ended for good after twelve hours, never extended by background traffic. The store has a hash;
//! the exact time of the last use is kept here and written at most once a minute.

mod own;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use base64ct::{Base64UrlUnpadded, Encoding};

use crate::chance::Chance;
use crate::clock::{Clock, Millis};
use crate::keys::KeyRing;
use crate::live::Live;
use crate::store::customers::CustomerId;
use crate::store::sessions::{self, SessionHash, StoredSession};
use crate::store::{Store, StoreError};

/// After this long a session ends whatever is done.
const ABSOLUTE: Duration = Duration::from_hours(12);
/// How often the last use is written.
const WRITE_EACH: Duration = Duration::from_secs(60);

/// A session that holds at this moment.
#[derive(Clone)]
pub struct Session {
    /// What the store knows it by.
    pub hash: SessionHash,
    /// Whose it is.
    pub customer: CustomerId,
    /// His verified address.
    pub address: String,
    /// Language of his mails, if he chose one.
    pub language: Option<String>,
    /// He wants mails about answers.
    pub mails: bool,
    /// When it ends if nothing is done.
    pub ends_at: Millis,
}

/// What a session's id is before and after it is stored.
pub struct NewSession {
    /// For the browser.
    pub id: String,
    /// For the store.
    pub hash: SessionHash,
}

/// The sessions of this portal.
#[derive(Clone)]
pub struct Sessions {
    store: Store,
    clock: Clock,
    chance: Chance,
    keys: KeyRing,
    live: Live,
    idle: Millis,
    /// Last use of sessions seen by this process, and when it was last written.
    used: Arc<Mutex<HashMap<SessionHash, Used>>>,
}

#[derive(Clone, Copy)]
struct Used {
    at: Millis,
    written: Millis,
}

/// Whether a call counts as the customer doing something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// He did something: the session is extended.
    Active,
    /// The browser asked by itself.
    Background,
}

impl Sessions {
    /// Sessions that end after `idle` without use.
    pub fn new(
        store: Store,
        clock: Clock,
        chance: Chance,
        keys: KeyRing,
        live: Live,
        idle: Duration,
    ) -> Self {
        Self {
            store,
            clock,
            chance,
            keys,
            live,
            idle: millis(idle),
            used: Arc::default(),
        }
    }

    /// The session with this id, if it holds.
    pub async fn find(&self, id: &str, how: Use) -> Result<Option<Session>, StoreError> {
        if !is_id(id) {
            return Ok(None);
        }
        let hashes: Vec<_> = self
            .keys
            .all()
            .map(|keys| keys.token_hash("session", id.as_bytes()))
            .collect();
        let found = self
            .store
            .glance(move |tx| {
                for hash in hashes {
                    if let Some(session) = sessions::find(tx, &hash)? {
                        return Ok(Some(session));
                    }
                }
                Ok(None)
            })
            .await?;
        match found {
            Some(stored) => self.hold(stored, how).await,
            None => Ok(None),
        }
    }

    /// Whether a session still holds, without using it; when it ends if so.
    pub async fn ends_at(&self, hash: SessionHash) -> Result<Option<Millis>, StoreError> {
        let stored = self.store.read(move |tx| sessions::find(tx, &hash)).await?;
        match stored {
            Some(stored) => Ok(self
                .hold(stored, Use::Background)
                .await?
                .map(|it| it.ends_at)),
            None => Ok(None),
        }
    }

    async fn hold(&self, stored: StoredSession, how: Use) -> Result<Option<Session>, StoreError> {
        let now = self.clock.now();
        let (last, write) = self.note(&stored, how, now);
        let ends_at = (last + self.idle).min(stored.created_at + millis(ABSOLUTE));
        // A store that cannot be written keeps nobody from reading, and nobody in.
        if now >= ends_at {
            if let Err(error) = self.end(stored.hash).await {
                tracing::warn!(%error, "a session that is over stays in the store");
                self.ended(stored.hash);
            }
            return Ok(None);
        }
        if write {
            let hash = stored.hash;
            let written = self.store.write(move |tx| sessions::touch(tx, &hash, now));
            if let Err(error) = written.await {
                tracing::warn!(%error, "a session's last use is known here and not in the store");
            }
        }
        Ok(Some(Session {
            hash: stored.hash,
            customer: stored.customer,
            address: stored.address,
            language: stored.language,
            mails: stored.mails,
            ends_at,
        }))
    }

    /// Notes a use that came in time. Gives the last use and whether it is to be written.
    fn note(&self, stored: &StoredSession, how: Use, now: Millis) -> (Millis, bool) {
        let mut used = self.lock_used();
        let entry = used.entry(stored.hash).or_insert(Used {
            at: stored.used_at,
            written: stored.used_at,
        });
        let in_time = now < (entry.at + self.idle).min(stored.created_at + millis(ABSOLUTE));
        if how == Use::Background || !in_time {
            return (entry.at, false);
        }
        entry.at = now;
        let write = now >= entry.written + millis(WRITE_EACH);
        if write {
            entry.written = now;
        }
        (now, write)
    }

    /// A fresh id. Nothing that a browser sends ever becomes one (promise S7).
    pub fn make_id(&self) -> NewSession {
        let id = Base64UrlUnpadded::encode_string(&self.chance.bytes::<32>());
        let hash = self.keys.current().token_hash("session", id.as_bytes());
        NewSession { id, hash }
    }

    /// Ends a session, and its live stream.
    pub async fn end(&self, hash: SessionHash) -> Result<(), StoreError> {
        self.store.write(move |tx| sessions::end(tx, &hash)).await?;
        self.ended(hash);
        Ok(())
    }

    /// A session was ended in the store: what this process knows of it goes too.
    pub fn ended(&self, hash: SessionHash) {
        let mut used = self.lock_used();
        used.remove(&hash);
        drop(used);
        self.live.session_ended(hash);
    }

    fn lock_used(&self) -> MutexGuard<'_, HashMap<SessionHash, Used>> {
        self.used.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Seconds without use after which a session ends.
    pub fn idle_seconds(&self, session: &Session) -> u32 {
        let left = session.ends_at.saturating_sub(self.clock.now());
        u32::try_from(left / 1000).unwrap_or(u32::MAX)
    }

    /// Forgets sessions that have ended by themselves.
    pub async fn tidy(&self) -> Result<(), StoreError> {
        let now = self.clock.now();
        let begun_before = now.saturating_sub(millis(ABSOLUTE));
        // The time in the store may be a minute behind the time here.
        let used_before = now.saturating_sub(self.idle + millis(WRITE_EACH));
        self.store
            .write(move |tx| sessions::forget_old(tx, used_before, begun_before))
            .await?;
        let mut used = self.lock_used();
        used.retain(|_, it| it.at + self.idle > now);
        used.shrink_to_fit();
        Ok(())
    }
}

fn is_id(text: &str) -> bool {
    text.len() == 43
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

fn millis(duration: Duration) -> Millis {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
