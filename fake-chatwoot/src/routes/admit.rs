//! Who calls, and whether he may.

use std::collections::HashMap;

use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::StatusCode;
use serde_json::json;

use crate::answer::Answer;
use crate::ids::{DisplayId, InboxId, UserId};
use crate::inside::Shared;
use crate::refusal::Refusal;
use crate::request::{Call, lenient};
use crate::store::Data;
use crate::store::account::{Role, User};
use crate::store::rows::Conversation;

/// The user whose token came along.
pub(super) fn user(data: &Data, call: &Call) -> Result<User, Answer> {
    let token = call
        .header("api-access-token")
        .or_else(|| call.header("api_access_token"));
    let Some(token) = token.filter(|token| !token.is_empty()) else {
        let body = json!({ "errors": ["You need to sign in or sign up before continuing."] });
        return Err(Answer::json_with(StatusCode::UNAUTHORIZED, body));
    };
    let user = data.user_by_token(token).cloned();
    user.ok_or_else(|| Answer::error(StatusCode::UNAUTHORIZED, "Invalid Access Token"))
}

/// A call to an account by a user who has part in it.
pub(super) struct Asked {
    pub(super) fake: Shared,
    pub(super) user: User,
    pub(super) call: Call,
    /// What the path names behind the account; empty where it names nothing.
    pub(super) id: String,
    /// The message within it, likewise.
    pub(super) message: String,
}

impl FromRequest<Shared> for Asked {
    type Rejection = Answer;

    async fn from_request(request: Request, fake: &Shared) -> Result<Self, Answer> {
        let (mut parts, body) = request.into_parts();
        let Path(mut named) = Path::<HashMap<String, String>>::from_request_parts(&mut parts, fake)
            .await
            .map_err(|_| Answer::rails(StatusCode::NOT_FOUND))?;
        let mut named = |name: &str| named.remove(name).unwrap_or_default();
        let (account, id, message) = (named("account"), named("id"), named("message"));
        let call = Call::from_request(Request::from_parts(parts, body), fake).await?;
        let user = admit(&fake.data(), &call, &account)?;
        Ok(Self {
            fake: fake.clone(),
            user,
            call,
            id,
            message,
        })
    }
}

impl Asked {
    /// The conversation that the path names, if the user sees it. Its number is read as leniently as the real one reads it.
    pub(super) fn conversation<'a>(&self, data: &'a Data) -> Result<&'a Conversation, Answer> {
        let row = data
            .conversations
            .get(&DisplayId(lenient(&self.id)))
            .ok_or_else(Answer::not_found)?;
        if data.sees(self.user.id, row.inbox) {
            Ok(row)
        } else {
            Err(Refusal::NotPermitted.into())
        }
    }
}

/// The same, if he has part in this account.
pub(super) fn admit(data: &Data, call: &Call, account: &str) -> Result<User, Answer> {
    let user = user(data, call)?;
    if lenient(account) == data.account.id.0 {
        return Ok(user);
    }
    Err(Answer::error(
        StatusCode::UNAUTHORIZED,
        "You are not authorized to access this account",
    ))
}

/// Only for administrators.
pub(super) fn administrator(user: &User) -> Result<(), Answer> {
    match user.role {
        Role::Administrator => Ok(()),
        Role::Agent => Err(Refusal::NotPermitted.into()),
    }
}

/// An inbox that the user sees.
pub(super) fn inbox(data: &Data, user: UserId, id: i64) -> Result<InboxId, Answer> {
    let id = InboxId(id);
    if !data.inboxes.contains_key(&id) {
        return Err(Answer::not_found());
    }
    if data.sees(user, id) {
        Ok(id)
    } else {
        Err(Refusal::NotPermitted.into())
    }
}

/// A cursor or page number: what fits no bigint breaks the real one's query.
pub(super) fn number(call: &Call, name: &str) -> Result<Option<i64>, Answer> {
    let Some(text) = call.query.get(name).filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    if text.contains('\0') || text.chars().filter(char::is_ascii_digit).count() > 18 {
        return Err(Answer::broken());
    }
    Ok(Some(lenient(text)))
}

/// One page of a list; the first is 1.
pub(super) fn page<T>(rows: Vec<T>, number: i64, size: usize) -> Vec<T> {
    let before = usize::try_from(number.max(1) - 1)
        .unwrap_or(0)
        .saturating_mul(size);
    rows.into_iter().skip(before).take(size).collect()
}
