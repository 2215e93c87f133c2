//! A customer's own sessions: which there are, and ending them (promise S10). They are named by handles, from which neither the id
//! nor its hash can be told.

use app::session::model::SessionHandle;
use base64ct::{Base64UrlUnpadded, Encoding};

use super::{ABSOLUTE, Session, Sessions, millis};
use crate::store::sessions::{self, OwnSession, SessionHash};
use crate::store::{StoreError, sign_ins};

impl Sessions {
    /// The sessions of a session's customer that hold: this one first, then by their last use.
    pub async fn own(&self, session: &Session) -> Result<Vec<OwnSession>, StoreError> {
        let (customer, here) = (session.customer, session.hash);
        let mut all = self
            .store
            .read(move |tx| sessions::of_customer(tx, customer))
            .await?;
        let now = self.clock.now();
        {
            let used = self.lock_used();
            for one in &mut all {
                if let Some(used) = used.get(&one.hash) {
                    one.used_at = one.used_at.max(used.at);
                }
            }
        }
        all.retain(|one| now < (one.used_at + self.idle).min(one.created_at + millis(ABSOLUTE)));
        all.sort_by_key(|one| {
            let last_first = std::cmp::Reverse((one.used_at, one.created_at));
            (one.hash != here, last_first)
        });
        Ok(all)
    }

    /// What a session is called in the list.
    pub fn handle(&self, hash: &SessionHash) -> Option<SessionHandle> {
        let name = self.keys.current().token_hash("session handle", hash);
        SessionHandle::parse(&Base64UrlUnpadded::encode_string(&name[..16]))
    }

    /// Ends the session of this customer's that is called so. False if he has none.
    pub async fn end_own(
        &self,
        session: &Session,
        handle: &SessionHandle,
    ) -> Result<bool, StoreError> {
        let own = self.own(session).await?;
        let found = own
            .into_iter()
            .find(|one| self.handle(&one.hash).as_ref() == Some(handle));
        let Some(found) = found else {
            return Ok(false);
        };
        self.end_all(session, vec![found.hash]).await?;
        Ok(true)
    }

    /// Ends all sessions of this customer's but this one.
    pub async fn end_others(&self, session: &Session) -> Result<(), StoreError> {
        let own = self.own(session).await?;
        let others = own.into_iter().map(|one| one.hash);
        let others = others.filter(|hash| *hash != session.hash).collect();
        self.end_all(session, others).await
    }

    /// Whoever held them does not come back by a mail that is still out.
    async fn end_all(&self, session: &Session, ends: Vec<SessionHash>) -> Result<(), StoreError> {
        let (address, hashes) = (session.address.clone(), ends.clone());
        self.store
            .write(move |tx| {
                for hash in &hashes {
                    sessions::end(tx, hash)?;
                }
                sign_ins::close_to_others(tx, &address)
            })
            .await?;
        for hash in ends {
            self.ended(hash);
        }
        Ok(())
    }
}
