//! The portal server: keeps the contract of `app`, talks to Chatwoot, sends mail, stores what must not be lost, and serves the built files.

pub mod chance;
pub mod check;
pub mod cli;
pub mod client;
pub mod clock;
pub mod config;
pub mod cookies;
mod customer;
#[cfg(feature = "demo")]
pub mod demo;
pub mod email;
pub mod failure;
pub mod headers;
pub mod health;
pub mod hosts;
pub mod keys;
pub mod languages;
pub mod listener;
pub mod live;
pub mod locales_check;
pub mod markup;
mod outbox;
mod ownership;
pub mod pages;
pub mod program;
pub mod rate_limit;
pub mod router;
pub mod server_fns;
pub mod session;
pub mod sign_in;
pub mod startup;
pub mod state;
pub mod store;
mod sync;
pub mod tickets;
pub mod translate;
pub mod visit;
