//! What a signed-in customer can do with his tickets, over HTTP against a fake Chatwoot, on the real store and a clock that
//! stands still until it is moved.

#![expect(
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a test may fail where it stands, and its parts are modules of one binary"
)]

mod adopted;
mod adopting;
mod attacks;
mod breaking;
mod cancelling;
mod doubting;
mod filling;
mod finding;
mod following;
mod lasting;
mod limits;
mod looking;
mod mail_replies;
mod mails;
mod not_storing;
mod one_by_one;
mod opening;
mod owning;
mod priorities;
mod replying;
mod secrets;
mod support;
