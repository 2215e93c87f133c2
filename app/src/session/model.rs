//! What the browser knows of a session.

use serde::{Deserialize, Serialize};

use crate::tickets::upload::FileLimits;

/// The signed-in customer as he sees himself: the portal's own profile, never Chatwoot's contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionView {
    /// The verified address.
    pub address: String,
    /// Language of his mails and screens, a tag such as `en` or `pt-BR`.
    pub language: String,
    /// Seconds until the session ends when nothing is done.
    pub idle_seconds: u32,
    /// Whether he gets mails about answers that he has not seen; nothing, where nobody gets any.
    pub mails: Option<bool>,
}

/// Most characters of a customer's name.
pub const NAME_LIMIT: u32 = 100;

/// What the support team calls the customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// His name, or what stands before the @ of his address.
    pub name: String,
}

/// A session's name for its own customer: it tells nothing of the session's id, and opens nothing. On the wire every other text is a name that
/// no session has, so that it is answered as any session that does not exist (promise A1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct SessionHandle(String);

impl SessionHandle {
    /// Reads 22 characters of base64url; `None` for everything else.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = text.len() == 22
            && text
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        fits.then(|| Self(text.to_owned()))
    }
}

impl From<String> for SessionHandle {
    fn from(text: String) -> Self {
        Self::parse(&text).unwrap_or_else(|| Self("A".repeat(22)))
    }
}

impl From<SessionHandle> for String {
    fn from(handle: SessionHandle) -> Self {
        handle.0
    }
}

/// A session, as its customer sees it in the list of his own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRow {
    /// Names it when it is to be ended.
    pub handle: SessionHandle,
    /// The device, such as "Firefox, Windows"; empty if it did not say.
    pub device: String,
    /// When it began, Unix milliseconds.
    pub began_at: u64,
    /// When it was last used, Unix milliseconds.
    pub used_at: u64,
    /// It is the one that asks.
    pub here: bool,
}

/// What is asked of "send me a link".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInRequest {
    /// As typed.
    pub address: String,
    /// Language of the mail.
    pub language: String,
    /// Page of ours to go to afterwards, with no base; anything else is ignored.
    pub return_to: Option<String>,
}

/// Signed in; where to go on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedIn {
    /// The session that began.
    pub session: SessionView,
    /// A page of ours, with no base.
    pub return_to: String,
}

/// What opening a link did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkOpened {
    /// This browser asked for it, and is signed in now.
    SignedIn(SignedIn),
    /// Another browser asked: one press is needed. Nothing was used up.
    AskFirst {
        /// The mailbox that will be signed in, shown whole: whoever has the link has the mail.
        address: String,
        /// The device that asked, such as "Firefox, Windows".
        device: String,
        /// When it asked, Unix milliseconds.
        asked_at: u64,
        /// Somebody else is signed in here now, and would be signed out.
        signed_in_as: Option<String>,
    },
}

/// What every visitor's browser may know of the configuration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PortalConfig {
    /// Name of the company's support.
    pub brand_name: String,
    /// Address of the logo, below the base path.
    pub logo: Option<String>,
    /// Languages there are, in the order of their tags.
    pub languages: Vec<LanguageChoice>,
    /// Language this page was served in.
    pub language: String,
    /// Most characters of a subject.
    pub subject_limit: u32,
    /// Most characters of a message.
    pub message_limit: u32,
    /// What files may be sent.
    pub files: FileLimits,
    /// Who opens a ticket is asked how urgent it is.
    pub asks_priority: bool,
    /// Minutes for which a link and code are good.
    pub link_minutes: u32,
    /// Version of the bundle that this server serves: another one means a reload is due.
    pub version: String,
}

/// A language to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LanguageChoice {
    /// Its tag, such as `es`.
    pub tag: String,
    /// Its own name, such as "Español" (message `language-name`).
    pub name: String,
    /// `ltr` or `rtl` (message `language-direction`).
    pub direction: String,
    /// Changes when its texts change; part of the address they are fetched from.
    pub version: String,
}
