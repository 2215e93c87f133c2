//! The portal server: keeps the contract of `app`, talks to Chatwoot, sends mail, stores what must not be lost, and serves the built files.

pub mod chance;
pub mod clock;
pub mod config;
pub mod failure;
pub mod keys;
pub mod store;
