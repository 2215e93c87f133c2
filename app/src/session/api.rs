//! Calls about signing in and out.

use leptos::prelude::*;
use server_fn::codec::Json;

use super::model::{LinkOpened, SessionView, SignInRequest, SignedIn};
use crate::call::PortalClient;
#[cfg(feature = "ssr")]
use crate::contract::portal;
use crate::error::AppError;

/// Who is signed in in this browser, if anybody. Does not prolong the session.
#[server(prefix = "/api", endpoint = "session/current", input = Json, client = PortalClient)]
pub async fn current_session() -> Result<Option<SessionView>, AppError> {
    portal()?.session().await
}

/// Sends a link and a code to the address. The answer is the same for every address that can be one.
#[server(prefix = "/api", endpoint = "sign-in/request", input = Json, client = PortalClient)]
pub async fn request_sign_in(request: SignInRequest) -> Result<(), AppError> {
    portal()?.request_sign_in(request).await
}

/// Signs in the browser that asked, by the code of the mail.
#[server(prefix = "/api", endpoint = "sign-in/code", input = Json, client = PortalClient)]
pub async fn enter_code(code: String) -> Result<SignedIn, AppError> {
    portal()?.enter_code(code).await
}

/// Opens a link: signs in the browser that asked, and tells any other what one press would do.
#[server(prefix = "/api", endpoint = "sign-in/open-link", input = Json, client = PortalClient)]
pub async fn open_link(token: String) -> Result<LinkOpened, AppError> {
    portal()?.open_link(token).await
}

/// The one press in a browser that did not ask.
#[server(prefix = "/api", endpoint = "sign-in/confirm-link", input = Json, client = PortalClient)]
pub async fn confirm_link(token: String) -> Result<SignedIn, AppError> {
    portal()?.confirm_link(token).await
}

/// Ends the session on the server.
#[server(prefix = "/api", endpoint = "session/sign-out", input = Json, client = PortalClient)]
pub async fn sign_out() -> Result<(), AppError> {
    portal()?.sign_out().await
}

/// Remembers the language for this browser and, when somebody is signed in, for his mails.
#[server(prefix = "/api", endpoint = "session/language", input = Json, client = PortalClient)]
pub async fn choose_language(language: String) -> Result<(), AppError> {
    portal()?.choose_language(language).await
}
