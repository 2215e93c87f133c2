//! The portal's cookies, each with its attributes said once (promise A7): HttpOnly, SameSite=Lax, Path=/, and over https Secure with the
//! `__Host-` prefix, so that no other host can plant them.

use base64ct::{Base64UrlUnpadded, Encoding};
use http::{HeaderMap, HeaderValue, header};
use subtle::ConstantTimeEq;
use tower_cookies::cookie::SameSite;
use tower_cookies::cookie::time::Duration;
use tower_cookies::{Cookie, Cookies};

use crate::chance::Chance;
use crate::config::CookieSafety;
use crate::keys::{KeyRing, Keys};

/// What a cookie is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The session.
    Session,
    /// The browser that asked for a sign-in mail.
    Browser,
    /// The language that was chosen.
    Language,
}

impl Kind {
    fn name(self, safety: CookieSafety) -> &'static str {
        match (safety, self) {
            (CookieSafety::Secure, Self::Session) => "__Host-portal-session",
            (CookieSafety::Secure, Self::Browser) => "__Host-portal-browser",
            (CookieSafety::Secure, Self::Language) => "__Host-portal-language",
            (CookieSafety::Plain, Self::Session) => "portal-session",
            (CookieSafety::Plain, Self::Browser) => "portal-browser",
            (CookieSafety::Plain, Self::Language) => "portal-language",
        }
    }
}

/// Takes away every cookie of ours that comes twice with different values. A browser sends two where another host or path has planted one,
/// which it can over plain http, and nobody can tell which is ours: neither is believed (promise S7).
pub fn take_doubles(headers: &mut HeaderMap) {
    let lines: Vec<_> = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .collect();
    let pairs: Vec<_> = lines
        .iter()
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .map(|(name, value)| (name.trim(), value.trim()))
        .collect();
    let is_doubtful = |name: &str, value: &str| {
        let mut others = pairs.iter().filter(|(other, _)| *other == name);
        is_ours(name) && others.any(|(_, other)| *other != value)
    };
    if !pairs.iter().any(|(name, value)| is_doubtful(name, value)) {
        return;
    }
    let kept: Vec<_> = pairs
        .iter()
        .filter(|(name, value)| !is_doubtful(name, value))
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    match HeaderValue::from_str(&kept.join("; ")) {
        Ok(line) => _ = headers.insert(header::COOKIE, line),
        Err(_) => _ = headers.remove(header::COOKIE),
    }
}

fn is_ours(name: &str) -> bool {
    let kinds = [Kind::Session, Kind::Browser, Kind::Language];
    kinds.into_iter().any(|kind| {
        [CookieSafety::Secure, CookieSafety::Plain]
            .into_iter()
            .any(|safety| kind.name(safety) == name)
    })
}

/// The cookies of a request and its answer.
pub struct Jar<'a> {
    cookies: &'a Cookies,
    safety: CookieSafety,
}

impl<'a> Jar<'a> {
    /// Those of a request.
    pub fn new(cookies: &'a Cookies, safety: CookieSafety) -> Self {
        Self { cookies, safety }
    }

    /// The session's id.
    pub fn session(&self) -> Option<String> {
        self.value(Kind::Session)
    }

    /// The language that was chosen in this browser.
    pub fn language(&self) -> Option<String> {
        self.value(Kind::Language)
    }

    /// The id of this browser as one that asked, if it is one that we gave.
    pub fn browser(&self, keys: &KeyRing) -> Option<BrowserId> {
        BrowserId::read(&self.value(Kind::Browser)?, keys)
    }

    /// Signs this browser in: the session lasts as long as the browser, or as the server says.
    pub fn set_session(&self, id: &str) {
        self.set(Kind::Session, id.to_owned(), None);
    }

    /// Remembers the browser while its links are good.
    pub fn set_browser(&self, id: &BrowserId, minutes: u32) {
        self.set(
            Kind::Browser,
            id.0.clone(),
            Some(Duration::minutes(i64::from(minutes))),
        );
    }

    /// Remembers a language.
    pub fn set_language(&self, language: &str) {
        self.set(
            Kind::Language,
            language.to_owned(),
            Some(Duration::days(365)),
        );
    }

    /// Takes a cookie away.
    pub fn remove(&self, kind: Kind) {
        if self.value(kind).is_some() {
            self.set(kind, String::new(), Some(Duration::ZERO));
        }
    }

    fn value(&self, kind: Kind) -> Option<String> {
        self.cookies
            .get(kind.name(self.safety))
            .map(|cookie| cookie.value().to_owned())
            .filter(|value| !value.is_empty())
    }

    fn set(&self, kind: Kind, value: String, max_age: Option<Duration>) {
        let mut cookie = Cookie::new(kind.name(self.safety), value);
        cookie.set_http_only(true);
        cookie.set_secure(self.safety == CookieSafety::Secure);
        cookie.set_same_site(SameSite::Lax);
        cookie.set_path("/");
        cookie.set_max_age(max_age);
        self.cookies.add(cookie);
    }
}

/// A browser that asked for a mail: random bytes and our mark on them, so that a made-up id is not adopted (promise S7).
#[derive(Clone)]
pub struct BrowserId(String);

impl BrowserId {
    /// A fresh one.
    pub fn make(chance: &Chance, keys: &KeyRing) -> Self {
        let random = chance.bytes::<16>();
        let mark = mark(keys.current(), &random);
        Self(Base64UrlUnpadded::encode_string(&[random, mark].concat()))
    }

    fn read(text: &str, keys: &KeyRing) -> Option<Self> {
        let bytes: [u8; 32] = Base64UrlUnpadded::decode_vec(text).ok()?.try_into().ok()?;
        let (random, theirs) = bytes.split_at(16);
        let random: [u8; 16] = random.try_into().ok()?;
        keys.all()
            .any(|keys| bool::from(mark(keys, &random).ct_eq(theirs)))
            .then(|| Self(text.to_owned()))
    }

    /// What is stored of it.
    pub fn hash(&self, keys: &Keys) -> [u8; 32] {
        keys.token_hash("stored browser", self.0.as_bytes())
    }
}

fn mark(keys: &Keys, random: &[u8; 16]) -> [u8; 16] {
    let hash = keys.token_hash("browser", random);
    let mut mark = [0; 16];
    mark.copy_from_slice(&hash[..16]);
    mark
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s7_of_a_cookie_that_comes_twice_neither_is_believed() {
        for (lines, kept) in [
            (
                &["portal-session=a; x=1"][..],
                &["portal-session=a; x=1"][..],
            ),
            (&["portal-session=a; x=1; portal-session=b"], &["x=1"]),
            (
                &["portal-session=a; x=1", "portal-session=b; x=2"],
                &["x=1; x=2"],
            ),
            (
                &["portal-session=a; portal-session=a"],
                &["portal-session=a; portal-session=a"],
            ),
            (
                &["__Host-portal-session=a;__Host-portal-session=; y=2"],
                &["y=2"],
            ),
            (
                &["portal-session=a; __Host-portal-session=b"],
                &["portal-session=a; __Host-portal-session=b"],
            ),
            (&["x=1; x=2"], &["x=1; x=2"]),
        ] {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append(header::COOKIE, HeaderValue::from_static(line));
            }
            take_doubles(&mut headers);
            let left: Vec<_> = headers.get_all(header::COOKIE).iter().collect();
            assert_eq!(left, kept, "{lines:?}");
        }
    }

    #[test]
    fn s7_a_browser_id_that_we_did_not_give_is_not_adopted() {
        let keys = KeyRing::from_secrets(b"secret", []);
        let ours = BrowserId::make(&Chance::seeded(1), &keys);
        assert!(BrowserId::read(&ours.0, &keys).is_some());
        let other = KeyRing::from_secrets(b"another", []);
        assert!(BrowserId::read(&ours.0, &other).is_none());
        for planted in ["", "x", &"A".repeat(43), "ä", &ours.0[1..]] {
            assert!(BrowserId::read(planted, &keys).is_none(), "{planted}");
        }
    }
}
