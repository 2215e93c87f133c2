//! What a signed-in customer can do with his tickets, over HTTP against a fake Chatwoot, on the real store and a clock that
//! stands still until it is moved.

#[path = "tickets/cancelling.rs"]
mod cancelling;
#[path = "tickets/filling.rs"]
mod filling;
#[path = "tickets/following.rs"]
mod following;
#[path = "tickets/opening.rs"]
mod opening;
#[path = "tickets/owning.rs"]
mod owning;
#[path = "tickets/replying.rs"]
mod replying;
#[path = "tickets/support.rs"]
mod support;
