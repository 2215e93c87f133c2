//! Rows as JSON, key by key as the real one writes them.

pub(crate) mod account;
mod cable;
pub(crate) mod contact;
pub(crate) mod conversation;
pub(crate) mod inbox;
pub(crate) mod message;
pub(crate) mod user;
pub(crate) mod webhook;
