//! Signing in by link or code (promises S1, S2, S4, S7). What a token still gives is counted and taken in one transaction with the session
//! that it begins.

use app::error::{AppError, Field, Problem};
use rusqlite::Transaction;
use subtle::ConstantTimeEq;

use super::token;
use crate::cookies::BrowserId;
use crate::failure::Failure;
use crate::keys::KeyRing;
use crate::session::{NewSession, Session};
use crate::state::State;
use crate::store::StoreError;
use crate::store::customers::{self, Customer};
use crate::store::sessions::{self, SessionHash};
use crate::store::sign_ins::{self, SignIn};

/// Who holds the link or code.
pub struct Holder {
    /// His browser, if it asked for a mail.
    pub browser: Option<BrowserId>,
    /// The session that holds in his browser now.
    pub session: Option<Session>,
    /// His device.
    pub device: String,
}

/// A session that began.
pub struct Begun {
    /// For the cookie.
    pub id: String,
    /// Whose it is.
    pub customer: Customer,
    /// Where he wanted to go.
    pub return_to: Option<String>,
}

/// What a link is, for this holder.
pub enum Link {
    /// He is signed in as its address already.
    Already(Session, Option<String>),
    /// His browser asked for it, and nobody else is signed in: it signs in by itself.
    Asker,
    /// It takes a press.
    Press(Box<SignIn>),
}

/// Looks at a link and uses nothing up.
pub async fn look(state: &State, holder: &Holder, link: &str) -> Result<Link, Failure> {
    let now = state.clock.now();
    let wish = find(state, link).await?.ok_or(AppError::LinkExpired)?;
    if let Some(session) = &holder.session
        && session.address == wish.address
    {
        return Ok(Link::Already(session.clone(), wish.return_to));
    }
    let asked = holder.asked(&state.keys, &wish);
    if !wish.armed || wish.expires_at <= now || places_left(&wish, asked) == 0 {
        return Err(AppError::LinkExpired.into());
    }
    Ok(if asked && holder.session.is_none() {
        Link::Asker
    } else {
        Link::Press(Box::new(wish))
    })
}

/// Signs in by link.
pub async fn by_link(state: &State, holder: Holder, link: &str) -> Result<Begun, Failure> {
    if !token::is_link(link) {
        return Err(AppError::LinkExpired.into());
    }
    let hashes = link_hashes(&state.keys, link);
    let begun = begin(state, holder, move |tx, holder, keys| {
        let mut found = None;
        for hash in &hashes {
            found = found.or(sign_ins::by_link(tx, hash)?);
        }
        Ok(match found {
            None => Err(AppError::LinkExpired),
            Some(wish) => Ok(holder.take_place(keys, wish)),
        })
    });
    noted("link", begun.await)
}

/// Signs in by code, in the browser that asked.
pub async fn by_code(state: &State, holder: Holder, typed: &str) -> Result<Begun, Failure> {
    if typed.trim().is_empty() {
        return Err(AppError::field(Field::Code, Problem::Empty).into());
    }
    let code = token::read_code(typed);
    if holder.browser.is_none() {
        return Err(AppError::LinkExpired.into());
    }
    let now = state.clock.now();
    let begun = begin(state, holder, move |tx, holder, keys| {
        let mut open = Vec::new();
        let hashes = holder.browser_hashes(keys);
        for hash in &hashes {
            open.extend(sign_ins::of_browser(tx, hash, now)?);
        }
        let Some(most) = open.iter().map(|wish| wish.tries_left).max() else {
            return Ok(Err(AppError::LinkExpired));
        };
        let fits = |wish: &SignIn| {
            let same = |code: &String| {
                keys.all().any(|keys| {
                    bool::from(token::hash_code(keys, &wish.id, code).ct_eq(&wish.code_hash))
                })
            };
            wish.armed && code.as_ref().is_some_and(same)
        };
        if let Some(wish) = open.into_iter().find(fits) {
            return Ok(Ok(Some(Place { wish, asked: true })));
        }
        for hash in &hashes {
            sign_ins::count_wrong_code(tx, hash)?;
        }
        Ok(Err(AppError::field(
            Field::Code,
            Problem::WrongCode {
                tries_left: most - 1,
            },
        )))
    });
    noted("code", begun.await)
}

/// Writes down who came in, and that somebody did not.
fn noted(way: &'static str, begun: Result<Begun, Failure>) -> Result<Begun, Failure> {
    match &begun {
        Ok(begun) => {
            let customer = begun.customer.id;
            tracing::info!(way, %customer, "a customer signed in");
        }
        Err(_) => tracing::info!(way, "a sign-in was refused"),
    }
    begun
}

/// A place that a token gives: for the browser that asked, or for another.
struct Place {
    wish: SignIn,
    asked: bool,
}

/// What of a holder goes into the transaction.
struct InTransaction {
    browser: Option<BrowserId>,
    device: String,
    ends: Option<SessionHash>,
}

impl Holder {
    fn asked(&self, keys: &KeyRing, wish: &SignIn) -> bool {
        asked(self.browser.as_ref(), keys, wish)
    }
}

impl InTransaction {
    fn browser_hashes(&self, keys: &KeyRing) -> Vec<[u8; 32]> {
        let browser = self.browser.iter();
        browser
            .flat_map(|it| keys.all().map(|keys| it.hash(keys)))
            .collect()
    }

    fn take_place(&self, keys: &KeyRing, wish: SignIn) -> Option<Place> {
        let asked = asked(self.browser.as_ref(), keys, &wish);
        (places_left(&wish, asked) > 0).then_some(Place { wish, asked })
    }
}

fn asked(browser: Option<&BrowserId>, keys: &KeyRing, wish: &SignIn) -> bool {
    browser.is_some_and(|browser| {
        keys.all()
            .any(|keys| bool::from(browser.hash(keys).ct_eq(&wish.browser_hash)))
    })
}

fn places_left(wish: &SignIn, asked: bool) -> u32 {
    if asked {
        wish.for_asker
    } else {
        wish.for_others
    }
}

/// Finds a place and begins a session in one transaction. The refusal of `find` is an answer, not an error: what it counted is kept.
async fn begin(
    state: &State,
    holder: Holder,
    find: impl FnOnce(
        &Transaction<'_>,
        &InTransaction,
        &KeyRing,
    ) -> Result<Result<Option<Place>, AppError>, StoreError>
    + Send
    + 'static,
) -> Result<Begun, Failure> {
    let now = state.clock.now();
    let keys = state.keys.clone();
    let NewSession { id, hash } = state.sessions.make_id();
    let ends = holder.session.map(|session| session.hash);
    let holder = InTransaction {
        browser: holder.browser,
        device: holder.device,
        ends,
    };
    let work = move |tx: &Transaction<'_>| {
        let place = match find(tx, &holder, &keys)? {
            Err(refusal) => return Ok(Err(refusal)),
            Ok(place) => place.filter(|it| it.wish.armed && it.wish.expires_at > now),
        };
        let Some(Place { wish, asked }) = place else {
            return Ok(Err(AppError::LinkExpired));
        };
        if asked {
            sign_ins::use_for_asker(tx, &wish.address)?;
        } else {
            sign_ins::use_for_another(tx, &wish.id, &wish.address)?;
        }
        let mut customer = customers::find_or_make(tx, &wish.address, None, now)?;
        if customer.language.is_none() {
            customers::choose_language(tx, customer.id, &wish.language)?;
            customer.language = Some(wish.language);
        }
        if let Some(old) = &holder.ends {
            sessions::end(tx, old)?;
        }
        sessions::begin(tx, &hash, customer.id, &holder.device, now)?;
        Ok(Ok(Begun {
            id,
            customer,
            return_to: wish.return_to,
        }))
    };
    let begun = state.store.write(work).await??;
    if let Some(old) = ends {
        state.sessions.ended(old);
    }
    Ok(begun)
}

async fn find(state: &State, link: &str) -> Result<Option<SignIn>, StoreError> {
    if !token::is_link(link) {
        return Ok(None);
    }
    let hashes = link_hashes(&state.keys, link);
    state
        .store
        .read(move |tx| {
            let mut found = None;
            for hash in &hashes {
                found = found.or(sign_ins::by_link(tx, hash)?);
            }
            Ok(found)
        })
        .await
}

fn link_hashes(keys: &KeyRing, link: &str) -> Vec<[u8; 32]> {
    keys.all()
        .map(|keys| token::hash_link(keys, link))
        .collect()
}
