//! The portal server: keeps the contract of `app`, talks to Chatwoot, sends mail, stores what must not be lost, and serves the built files.

pub mod chance;
pub mod clock;
pub mod config;
mod customer;
pub mod failure;
pub mod keys;
pub mod markup;
mod outbox;
mod ownership;
pub mod store;
mod sync;
pub mod tickets;
pub mod translate;
