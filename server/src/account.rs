//! The contract's `Account`, kept for one session: its customer's sessions, and what the portal keeps of him.

use std::sync::Arc;

use app::contract::Account;
use app::error::{AppError, Field, Problem};
use app::session::model::{NAME_LIMIT, Profile, SessionHandle, SessionRow};
use async_trait::async_trait;
use tower_cookies::Cookies;

use crate::cookies::{Jar, Kind};
use crate::failure::{Failure, chain};
use crate::rate_limit::LimitedAction;
use crate::session::Session;
use crate::state::State;
use crate::store::forgotten::{self, Forgot};
use crate::store::{customers, names, uploads};
use crate::sync;
use crate::tickets::input;

/// The account of whoever has this session.
pub(crate) struct OwnAccount {
    state: Arc<State>,
    cookies: Cookies,
    session: Session,
}

impl OwnAccount {
    pub(crate) fn new(state: Arc<State>, cookies: Cookies, session: Session) -> Self {
        Self {
            state,
            cookies,
            session,
        }
    }

    async fn rows(&self) -> Result<Vec<SessionRow>, Failure> {
        let sessions = &self.state.sessions;
        let own = sessions.own(&self.session).await?;
        let rows = own.into_iter().filter_map(|one| {
            Some(SessionRow {
                handle: sessions.handle(&one.hash)?,
                device: one.device,
                began_at: one.created_at,
                used_at: one.used_at,
                here: one.hash == self.session.hash,
            })
        });
        Ok(rows.collect())
    }

    async fn end(&self, session: &SessionHandle) -> Result<(), Failure> {
        match self.state.sessions.end_own(&self.session, session).await? {
            true => Ok(()),
            false => Err(AppError::NotFound.into()),
        }
    }

    async fn own_profile(&self) -> Result<Profile, Failure> {
        let id = self.session.customer;
        let found = self.state.store.read(move |tx| customers::find(tx, id));
        let customer = found.await?.ok_or(AppError::SignedOut)?;
        Ok(Profile {
            name: customer.called().to_owned(),
        })
    }

    /// Another may have signed in in this browser, and the page not know it yet.
    fn must_be(&self, address: &str) -> Result<(), AppError> {
        match address == self.session.address {
            true => Ok(()),
            false => Err(AppError::SignedOut),
        }
    }

    async fn call_me(&self, address: &str, name: &str) -> Result<Profile, Failure> {
        self.must_be(address)?;
        let name = input::name(name);
        let actual = u32::try_from(name.chars().count()).unwrap_or(u32::MAX);
        if actual > NAME_LIMIT {
            let limit = NAME_LIMIT;
            return Err(AppError::field(Field::Name, Problem::TooLong { limit, actual }).into());
        }
        let (id, now) = (self.session.customer, self.state.clock.now());
        self.state.tickets.allow(LimitedAction::Rename, id)?;
        let name = Some(name).filter(|name| !name.is_empty());
        let known = self.state.store.write(move |tx| {
            // He may have been forgotten a moment ago.
            let known = customers::is_known(tx, id)?;
            if known {
                names::set(tx, id, name.as_deref(), now)?;
            }
            Ok(known)
        });
        if !known.await? {
            return Err(AppError::SignedOut.into());
        }
        sync::tell_names(&self.state.tickets);
        self.own_profile().await
    }

    async fn try_forget(&self, address: &str) -> Result<(), Failure> {
        let State { store, keys, .. } = self.state.as_ref();
        self.must_be(address)?;
        let customer = self.session.customer;
        let source = keys.current().source_id(&self.session.address);
        let forgot = store
            .write(move |tx| {
                let files = uploads::files_of(tx, customer)?;
                Ok((forgotten::forget(tx, customer, &source)?, files))
            })
            .await?;
        let (forgot, files) = forgot;
        let ended = match forgot {
            Forgot::StillSending => return Err(AppError::StillSending.into()),
            Forgot::Whole(ended) => ended,
        };
        self.state.tickets.uploads.folder().remove(files).await;
        for hash in ended {
            self.state.sessions.ended(hash);
        }
        let jar = Jar::new(&self.cookies, self.state.config.cookies);
        jar.remove(Kind::Session);
        jar.remove(Kind::Browser);
        tracing::info!(%customer, "a customer was forgotten, as he wished");
        // He is forgotten by now: what is left of it is for the files, and for the operator if it fails.
        match store.scrub().await {
            Ok(true) => {}
            Ok(false) => {
                tracing::warn!(
                    "what was deleted is still in the store's logs; they are emptied later"
                );
            }
            Err(error) => {
                tracing::error!(cause = chain(&error), "the store's logs cannot be emptied");
            }
        }
        Ok(())
    }
}

#[async_trait]
impl Account for OwnAccount {
    async fn list_sessions(&self) -> Result<Vec<SessionRow>, AppError> {
        Ok(self.rows().await?)
    }

    async fn end_session(&self, session: SessionHandle) -> Result<(), AppError> {
        Ok(self.end(&session).await?)
    }

    async fn end_other_sessions(&self) -> Result<(), AppError> {
        let ended = self.state.sessions.end_others(&self.session).await;
        Ok(ended.map_err(Failure::from)?)
    }

    async fn profile(&self) -> Result<Profile, AppError> {
        Ok(self.own_profile().await?)
    }

    async fn rename(&self, address: String, name: String) -> Result<Profile, AppError> {
        Ok(self.call_me(&address, &name).await?)
    }

    async fn forget(&self, address: String) -> Result<(), AppError> {
        Ok(self.try_forget(&address).await?)
    }
}
