//! Somebody who may or may not be signed in: the contract's `Portal`, kept for one request.

use std::sync::Arc;

use app::contract::{Account, Customer, Portal};
use app::error::AppError;
use app::live::BACKGROUND_HEADER;
use app::session::model::{LinkOpened, SessionView, SignInRequest, SignedIn};
use async_trait::async_trait;
use http::request::Parts;
use tower_cookies::Cookies;

use crate::account::OwnAccount;
use crate::client::Client;
use crate::cookies::{BrowserId, Jar, Kind};
use crate::failure::Failure;
use crate::rate_limit::LimitedAction;
use crate::session::{Session, Use};
use crate::sign_in::ask;
use crate::sign_in::redeem::{self, Begun, Holder, Link};
use crate::state::State;
use crate::store::customers;

/// One request's visitor.
pub struct Visit {
    state: Arc<State>,
    cookies: Cookies,
    client: Client,
    how: Use,
}

impl Visit {
    /// The visitor of a request.
    pub fn new(state: Arc<State>, cookies: Cookies, parts: &Parts) -> Self {
        let how = if parts.headers.contains_key(BACKGROUND_HEADER) {
            Use::Background
        } else {
            Use::Active
        };
        Self {
            client: Client::of(parts, &state.config.trusted_proxies),
            state,
            cookies,
            how,
        }
    }

    fn jar(&self) -> Jar<'_> {
        Jar::new(&self.cookies, self.state.config.cookies)
    }

    /// The session that holds, if any.
    pub async fn find_session(&self, how: Use) -> Result<Option<Session>, Failure> {
        match self.jar().session() {
            Some(id) => Ok(self.state.sessions.find(&id, how).await?),
            None => Ok(None),
        }
    }

    /// The customer of a session.
    pub fn customer_of(&self, session: &Session) -> Arc<dyn Customer> {
        self.state.tickets.customer_for(session.customer)
    }

    /// What the browser may know of a session.
    pub fn view(&self, session: &Session) -> SessionView {
        SessionView {
            address: session.address.clone(),
            language: session.language.clone().unwrap_or_default(),
            idle_seconds: self.state.sessions.idle_seconds(session),
            mails: self.mails(session.mails),
        }
    }

    /// Whether he is mailed of answers; nothing, where nobody is.
    fn mails(&self, wanted: bool) -> Option<bool> {
        self.state.config.notify.after.map(|_| wanted)
    }

    async fn holder(&self) -> Result<Holder, Failure> {
        Ok(Holder {
            browser: self.jar().browser(&self.state.keys),
            session: self.find_session(Use::Background).await?,
            device: self.client.device(),
        })
    }

    fn allow_redeeming(&self) -> Result<(), Failure> {
        let taken = self
            .state
            .limits
            .take(LimitedAction::RedeemFromClient, self.client.who());
        taken.map_err(|wait| AppError::from(wait).into())
    }

    /// Gives the browser its session. The id is fresh, and what bound the browser to its mails is gone.
    fn signed_in(&self, begun: Begun) -> SignedIn {
        self.state.tickets.signed_in(begun.customer.id);
        let jar = self.jar();
        jar.set_session(&begun.id);
        jar.remove(Kind::Browser);
        let language = begun.customer.language.unwrap_or_default();
        SignedIn {
            session: SessionView {
                address: begun.customer.address,
                language,
                idle_seconds: self.state.config.session_minutes * 60,
                mails: self.mails(begun.customer.mails),
            },
            return_to: back(begun.return_to),
        }
    }

    async fn try_code(&self, code: &str) -> Result<SignedIn, Failure> {
        self.allow_redeeming()?;
        let begun = redeem::by_code(&self.state, self.holder().await?, code).await?;
        Ok(self.signed_in(begun))
    }

    async fn try_open(&self, token: &str) -> Result<LinkOpened, Failure> {
        self.allow_redeeming()?;
        let holder = self.holder().await?;
        match redeem::look(&self.state, &holder, token).await? {
            Link::Already(session, return_to) => {
                Ok(LinkOpened::SignedIn(self.already(&session, return_to)))
            }
            Link::Asker => {
                let begun = redeem::by_link(&self.state, holder, token).await?;
                Ok(LinkOpened::SignedIn(self.signed_in(begun)))
            }
            Link::Press(wish) => Ok(LinkOpened::AskFirst {
                address: wish.address,
                device: wish.device,
                asked_at: wish.asked_at,
                signed_in_as: holder.session.map(|session| session.address),
            }),
        }
    }

    async fn try_confirm(&self, token: &str) -> Result<SignedIn, Failure> {
        self.allow_redeeming()?;
        let holder = self.holder().await?;
        match redeem::look(&self.state, &holder, token).await? {
            Link::Already(session, return_to) => Ok(self.already(&session, return_to)),
            Link::Asker | Link::Press(_) => {
                let begun = redeem::by_link(&self.state, holder, token).await?;
                Ok(self.signed_in(begun))
            }
        }
    }

    fn already(&self, session: &Session, return_to: Option<String>) -> SignedIn {
        SignedIn {
            session: self.view(session),
            return_to: back(return_to),
        }
    }

    async fn try_language(&self, language: String) -> Result<(), Failure> {
        if !self.state.languages.has(&language) {
            return Err(AppError::BadRequest.into());
        }
        self.jar().set_language(&language);
        if let Some(session) = self.find_session(self.how).await? {
            let id = session.customer;
            let chosen = self
                .state
                .store
                .write(move |tx| customers::choose_language(tx, id, &language));
            chosen.await?;
        }
        Ok(())
    }

    async fn try_sign_out(&self) -> Result<(), Failure> {
        let session = self.find_session(Use::Background).await?;
        if let Some(session) = session {
            self.state.sessions.end(session.hash).await?;
        }
        self.jar().remove(Kind::Session);
        Ok(())
    }
}

fn back(return_to: Option<String>) -> String {
    return_to.unwrap_or_else(|| app::paths::TICKETS.to_owned())
}

#[async_trait]
impl Portal for Visit {
    async fn session(&self) -> Result<Option<SessionView>, AppError> {
        let session = self.find_session(Use::Background).await?;
        Ok(session.map(|session| self.view(&session)))
    }

    async fn customer(&self) -> Result<Arc<dyn Customer>, AppError> {
        let session = self.find_session(self.how).await?;
        let session = session.ok_or(AppError::SignedOut)?;
        Ok(match self.how {
            Use::Active => self.state.tickets.customer_who_asks(session.customer),
            Use::Background => self.customer_of(&session),
        })
    }

    async fn account(&self) -> Result<Arc<dyn Account>, AppError> {
        let session = self.find_session(self.how).await?;
        let session = session.ok_or(AppError::SignedOut)?;
        Ok(Arc::new(OwnAccount::new(
            Arc::clone(&self.state),
            self.cookies.clone(),
            session,
        )))
    }

    async fn request_sign_in(&self, request: SignInRequest) -> Result<(), AppError> {
        let jar = self.jar();
        let browser = jar
            .browser(&self.state.keys)
            .unwrap_or_else(|| BrowserId::make(&self.state.chance, &self.state.keys));
        ask::take(&self.state, &self.client, &browser, request)?;
        jar.set_browser(&browser, self.state.config.link_minutes);
        Ok(())
    }

    async fn enter_code(&self, code: String) -> Result<SignedIn, AppError> {
        Ok(self.try_code(&code).await?)
    }

    async fn open_link(&self, token: String) -> Result<LinkOpened, AppError> {
        Ok(self.try_open(&token).await?)
    }

    async fn confirm_link(&self, token: String) -> Result<SignedIn, AppError> {
        Ok(self.try_confirm(&token).await?)
    }

    async fn sign_out(&self) -> Result<(), AppError> {
        Ok(self.try_sign_out().await?)
    }

    async fn choose_language(&self, language: String) -> Result<(), AppError> {
        Ok(self.try_language(language).await?)
    }
}
