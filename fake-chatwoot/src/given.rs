//! What was made at the start, under the names that the recordings use for it.

use serde::Serialize;

use crate::ids::{AccountId, InboxId, UserId};

/// Tokens and ids of the account, as the recordings' README names them under "Given".
#[derive(Clone, Debug, Serialize)]
pub struct Given {
    /// The account "Acme Support".
    pub account: AccountId,
    /// "Customer portal", an administrator in no inbox.
    pub admin_id: UserId,
    /// Its token.
    pub admin_token: String,
    /// "John Doe", an agent in the portal and the e-mail inbox.
    pub agent_id: UserId,
    /// His token.
    pub agent_token: String,
    /// "Mary Major", an administrator.
    pub mary_id: UserId,
    /// Her token.
    pub mary_token: String,
    /// The API inbox "Portal".
    pub inbox: InboxId,
    /// Its identifier in the public API.
    pub inbox_identifier: String,
    /// Its key for identifier hashes.
    pub hmac_token: String,
    /// The e-mail inbox "Support e-mail".
    pub email_inbox: InboxId,
    /// Its address.
    pub support_email: String,
    /// The website inbox "Website".
    pub web_inbox: InboxId,
    /// The token of its widget.
    pub website_token: String,
    /// A second API inbox, with no members.
    pub other_inbox: InboxId,
    /// Its identifier.
    pub other_identifier: String,
}
