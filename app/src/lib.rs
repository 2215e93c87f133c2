//! Everything the customer's browser runs, and the contract with the server: wire types, server-function signatures and the two traits that the server keeps.
//!
//! Feature `csr` adds the views, feature `ssr` the bodies of the server functions. A build has one of them.

pub mod call;
pub mod contract;
pub mod error;
pub mod first_view;
pub mod language;
pub mod live;
pub mod part;
pub mod paths;
pub mod screen;
pub mod session;
pub mod tickets;
pub mod wire;

#[cfg(feature = "csr")]
pub mod app;
#[cfg(feature = "csr")]
pub mod browser;
#[cfg(feature = "csr")]
pub mod ui;
