//! Calls about signing in and out.

use leptos::prelude::*;

use super::model::{
    LinkOpened, Profile, SessionHandle, SessionRow, SessionView, SignInRequest, SignedIn,
};
use crate::call::PortalClient;
#[cfg(feature = "ssr")]
use crate::contract::{account, portal};
use crate::error::AppError;
use crate::wire::Json;

/// Who is signed in in this browser, if anybody. Does not prolong the session.
#[server(prefix = "/api", endpoint = "session/current", input = Json, output = Json, client = PortalClient)]
pub async fn current_session() -> Result<Option<SessionView>, AppError> {
    portal()?.session().await
}

/// Sends a link and a code to the address. The answer is the same for every address that can be one.
#[server(prefix = "/api", endpoint = "sign-in/request", input = Json, output = Json, client = PortalClient)]
pub async fn request_sign_in(request: SignInRequest) -> Result<(), AppError> {
    portal()?.request_sign_in(request).await
}

/// Signs in the browser that asked, by the code of the mail.
#[server(prefix = "/api", endpoint = "sign-in/code", input = Json, output = Json, client = PortalClient)]
pub async fn enter_code(code: String) -> Result<SignedIn, AppError> {
    portal()?.enter_code(code).await
}

/// Opens a link: signs in the browser that asked, and tells any other what one press would do.
#[server(prefix = "/api", endpoint = "sign-in/open-link", input = Json, output = Json, client = PortalClient)]
pub async fn open_link(token: String) -> Result<LinkOpened, AppError> {
    portal()?.open_link(token).await
}

/// The one press in a browser that did not ask.
#[server(prefix = "/api", endpoint = "sign-in/confirm-link", input = Json, output = Json, client = PortalClient)]
pub async fn confirm_link(token: String) -> Result<SignedIn, AppError> {
    portal()?.confirm_link(token).await
}

/// Ends the session on the server.
#[server(prefix = "/api", endpoint = "session/sign-out", input = Json, output = Json, client = PortalClient)]
pub async fn sign_out() -> Result<(), AppError> {
    portal()?.sign_out().await
}

/// Remembers the language for this browser and, when somebody is signed in, for his mails.
#[server(prefix = "/api", endpoint = "session/language", input = Json, output = Json, client = PortalClient)]
pub async fn choose_language(language: String) -> Result<(), AppError> {
    portal()?.choose_language(language).await
}

/// Where the customer is signed in, this browser first.
#[server(prefix = "/api", endpoint = "session/list", input = Json, output = Json, client = PortalClient)]
pub async fn list_sessions() -> Result<Vec<SessionRow>, AppError> {
    account().await?.list_sessions().await
}

/// Ends one of the customer's sessions.
#[server(prefix = "/api", endpoint = "session/end", input = Json, output = Json, client = PortalClient)]
pub async fn end_session(session: SessionHandle) -> Result<(), AppError> {
    account().await?.end_session(session).await
}

/// Ends all of the customer's sessions but this one.
#[server(prefix = "/api", endpoint = "session/end-others", input = Json, output = Json, client = PortalClient)]
pub async fn end_other_sessions() -> Result<(), AppError> {
    account().await?.end_other_sessions().await
}

/// What the customer is called.
#[server(prefix = "/api", endpoint = "session/profile", input = Json, output = Json, client = PortalClient)]
pub async fn show_profile() -> Result<Profile, AppError> {
    account().await?.profile().await
}

/// Calls the customer otherwise, here and in Chatwoot; the answer is how. The address is the one that he saw.
#[server(prefix = "/api", endpoint = "session/name", input = Json, output = Json, client = PortalClient)]
pub async fn rename(address: String, name: String) -> Result<Profile, AppError> {
    account().await?.rename(address, name).await
}

/// Forgets all that the portal keeps of the customer. The address is the one that he saw: another may have signed in meanwhile.
#[server(prefix = "/api", endpoint = "session/forget", input = Json, output = Json, client = PortalClient)]
pub async fn forget_me(address: String) -> Result<(), AppError> {
    account().await?.forget(address).await
}
