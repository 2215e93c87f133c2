//! What Chatwoot’s answers say, as far as the portal needs it: fields that are not named here are never read.

pub(crate) mod account;
pub(crate) mod attributes;
pub(crate) mod contact;
pub(crate) mod conversation;
pub(crate) mod inbox;
pub(crate) mod lenient;
pub(crate) mod message;
