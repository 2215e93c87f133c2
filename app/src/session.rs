//! Signing in and out: who the customer is, and how he proves it.

pub mod api;
pub mod code;
pub mod model;

#[cfg(feature = "csr")]
pub mod account;
#[cfg(feature = "csr")]
pub mod asked;
#[cfg(feature = "csr")]
pub mod check_email;
#[cfg(feature = "csr")]
pub mod code_form;
#[cfg(feature = "csr")]
pub mod confirm;
#[cfg(feature = "csr")]
pub mod forget;
#[cfg(feature = "csr")]
pub mod mails;
#[cfg(feature = "csr")]
pub mod menu;
#[cfg(feature = "csr")]
pub mod named;
#[cfg(feature = "csr")]
pub mod over;
#[cfg(feature = "csr")]
pub mod overview;
#[cfg(feature = "csr")]
pub mod preferences;
#[cfg(feature = "csr")]
pub mod sign_in;
#[cfg(feature = "csr")]
pub mod state;
